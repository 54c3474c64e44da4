"""Months and working days, counted as the rules on admission count them. Knows no table.

Source of the days off: `data/holidays.toml`.
"""

import calendar
import datetime as dt
import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "holidays.toml"
EVERY_YEAR = {(1, 1), (4, 30), (5, 1), (9, 2)}  # Tết Dương lịch, 30/4, 01/5, Quốc khánh
SATURDAY = 5


def add_months(day, months):
    """The same day `months` later (earlier when negative); the last of the month where that month is shorter: 29/02 + 12 is 28/02."""
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_by_calendar(earlier, later):
    """Months from the month of `earlier` to the month of `later`, whatever the day: age "tính theo tháng"."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def end_of_month(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_working_days(day, number):
    """The day that is `number` working days after `day`, which itself does not count."""
    while number:
        day += dt.timedelta(days=1)
        number -= is_working_day(day)
    return day


def is_working_day(day):
    """False on Saturdays, Sundays and public holidays; a Saturday worked for another day counts as worked."""
    off, worked = _exceptions()
    if day in worked:
        return True
    return day.weekday() < SATURDAY and day not in off and (day.month, day.day) not in EVERY_YEAR


def knows_holidays_of(year):
    """True when the days off of `year` stand in the file; for other years only the four that never move are left out."""
    return any(day.year == year for day in _exceptions()[0])


@cache
def _exceptions():
    """The days off that the calendar alone does not tell, and the Saturdays worked instead: two sets."""
    years = tomllib.loads(FILE.read_text(encoding="utf-8"))["year"]
    return {day for year in years for day in _days(year["off"])}, {day for year in years for day in year.get("worked", [])}


def _days(spans):
    for span in spans:
        first, last = (span[0], span[-1]) if isinstance(span, list) else (span, span)
        yield from (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
