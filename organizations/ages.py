"""Age and years in the Party (tuổi đảng), exact on a date.

A year or month is complete on the day of the same number; where the month has no such day (29/02, 31), on its last day. Source: Bộ luật
Dân sự 2015, Điều 148 (how a term of months or years ends). Years in the Party run from the day of the decision of admission; the time
between leaving the Party and being given back membership does not count. Source: 24-QĐ/TW, 30/7/2021.
"""

import calendar
import datetime as dt
from dataclasses import dataclass

from .models import Stay

LEFT_THE_PARTY = (Stay.Departure.EXPELLED, Stay.Departure.STRUCK, Stay.Departure.RESIGNED)
SOURCE = "Tuổi đảng tính từ ngày quyết định kết nạp, không kể thời gian gián đoạn (Quy định số 24-QĐ/TW, 30/7/2021)."


@dataclass(frozen=True)
class Age:
    """Complete years and months. `is_exact` False: only the year of birth is known, so that it may be one year less."""

    years: int
    months: int = 0
    is_exact: bool = True

    def __str__(self):
        """41 tuổi 3 tháng · khoảng 41 tuổi"""
        if not self.is_exact:
            return f"khoảng {self.years} tuổi"
        return f"{self.years} tuổi {self.months} tháng" if self.months else f"{self.years} tuổi"

    @property
    def in_party(self):
        """30 năm 2 tháng"""
        return f"{self.years} năm {self.months} tháng" if self.months else f"{self.years} năm"


def months_between(earlier, later):
    """Complete months from `earlier` to `later`; 0 when the order is reversed."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return max(0, months - (later < add_months(earlier, months)))


def add_months(day, months):
    """The day so many months later (or earlier, when negative): the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age(member, *, on):
    """The Age of a member (or candidate) on a day, from `born_on`, or else roughly from `birth_year`."""
    if member.born_on:
        return Age(*divmod(months_between(member.born_on, on), 12))
    return Age(max(0, on.year - member.birth_year), is_exact=False)


def party_age(member, stays, *, on):
    """The tuổi đảng of a member on a day: an Age. `stays` are his lasting stays in the order of time."""
    return Age(*divmod(months_between(counted_from(member, stays, on=on), on), 12))


def counted_from(member, stays, *, on):
    """The day from which years in the Party count: of the decision, later by the days lost up to `on`."""
    return member.admitted_on + dt.timedelta(days=days_lost(stays, on=on))


def days_lost(stays, *, on):
    """Days up to `on` in which the member was out of the Party, between leaving it and coming back; not counting who never came back."""
    lost, left = 0, None
    for stay in stays:
        if left and stay.since <= on:
            lost += (stay.since - left).days
        left = stay.until if stay.left_by in LEFT_THE_PARTY else None
    return lost
