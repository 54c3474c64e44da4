"""Dates as Vietnamese writes them: the day first, always.

On paper the day takes a leading zero below 10 and the month only when it is 1 or 2 (domain rule of official papers: 05/02, 05/6, 05/11).
On screen both always have two figures.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from partyreports.vietnamese.folding import fold
from partyreports.vietnamese.numbers import NO_VALUE
from partyreports.vietnamese.unclear import DateError, asking

FIRST_YEAR, LAST_YEAR = 1900, 2099
LAST_MONTH = 12
BLANK = "\u00a0" * 6

# All read folded text. A separator may be a stroke, a hyphen or a dot, the same one twice.
DAY_FIRST = re.compile(r"(?:ngay )?([0-9]{1,4}) ?([/.-]) ?([0-9]{1,4}) ?\2 ?([0-9]{1,5})")
DAY_IN_WORDS = re.compile(r"(?:ngay )?([0-9]{1,4}) ?(thang) ?([0-9]{1,4}),? ?nam ?([0-9]{1,5})")
MONTH_FIRST = re.compile(r"(?:(?:ngay [ .]*)?thang ?)?([0-9]{1,2}) ?(?:[/.-]|,? ?nam) ?([0-9]{4})")
YEAR_ALONE = re.compile(r"(?:nam )?([0-9]{4})")


@dataclass(frozen=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self):
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        _existing(1 if self.day is None else self.day, 1 if self.month is None else self.month, self.year)

    def __str__(self):
        if self.month is None:
            return f"năm {self.year}"
        if self.day is None:
            return f"tháng {_month(self.month)}/{self.year}"
        return short_date(date(self.year, self.month, self.day))


def parse_date(text):
    """The date that `text` means: 05/06/2024 and 5-6-2024 are 5 June, and so is "ngày 5 tháng 6 năm 2024".

    Raises DateError for anything else: an impossible date is refused with the nearest possible ones, "5/6/24" asks about the century.
    """
    folded = fold(text)
    match = DAY_FIRST.fullmatch(folded) or DAY_IN_WORDS.fullmatch(folded)
    if match is None:
        raise DateError("Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/06/2024.")
    first, _, month, last = match.groups()
    if len(first) == len("2024"):
        raise _unusual_order(int(first), int(month), int(last))
    if len(last) < len("2024"):
        raise _short_year(int(first), int(month), last)
    return _existing(int(first), int(month), int(last))


def parse_partial_date(text):
    """The PartialDate that `text` means: what `parse_date` reads, or "tháng 01/2025", "01/2025", "năm 2025", "2025". Raises DateError."""
    folded = fold(text)
    if match := YEAR_ALONE.fullmatch(folded):
        return PartialDate(int(match[1]))
    if match := MONTH_FIRST.fullmatch(folded):
        month, year = int(match[1]), int(match[2])
        if not 1 <= month <= LAST_MONTH:
            likely = [f"{near:02d}/{year}" for near in _likely_months(month)]
            raise DateError(f"Không có tháng {month}: nhập tháng từ 01 đến 12. {asking(likely)}", likely)
        return PartialDate(year, month)
    if DAY_FIRST.fullmatch(folded) or DAY_IN_WORDS.fullmatch(folded):
        whole = parse_date(text)
        return PartialDate(whole.year, whole.month, whole.day)
    raise DateError("Nhập ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 05/06/2024, 06/2024 hoặc 2024.")


def short_date(when):
    """A date inside a printed text: 02/8/2019 · 21/02/2022 · 14/6/2024. None gives "–"."""
    return NO_VALUE if when is None else f"{when.day:02d}/{_month(when.month)}/{when.year}"


def screen_date(when):
    """A date on screen: dd/mm/yyyy. None gives "–"."""
    return NO_VALUE if when is None else f"{when.day:02d}/{when.month:02d}/{when.year:04d}"


def moment(when):
    """A moment on screen, in its own time zone: "14:05 ngày 03/12/2024". None gives "–"."""
    return NO_VALUE if when is None else f"{when.hour:02d}:{when.minute:02d} ngày {screen_date(when)}"


def date_line(day, month, year):
    """The date in the heading of a paper: "ngày 05 tháng 02 năm 2026". What is None stays blank, to be filled in by hand."""
    if None not in (day, month, year):
        _existing(day, month, year)
    shown_day = BLANK if day is None else f" {day:02d} "
    shown_month = BLANK if month is None else f" {_month(month)} "
    return f"ngày{shown_day}tháng{shown_month}năm{BLANK if year is None else f' {year}'}"


def _month(month):
    return f"{month:02d}" if month in {1, 2} else str(month)


def _existing(day, month, year):
    """The date, or DateError with the nearest ones that exist."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    if 1 <= month <= LAST_MONTH and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    likely = [screen_date(near) for near in _likely_dates(day, month, year)]
    raise DateError(f"Không có ngày {day:02d}/{month:02d}/{year}. {asking(likely)}", likely)


def _likely_dates(day, month, year):
    if 1 <= month <= LAST_MONTH:
        last = monthrange(year, month)[1]
        if day < 1:
            return [date(year, month, 1)]
        following = date(year + month // LAST_MONTH, month % LAST_MONTH + 1, 1)
        return [date(year, month, last)] + [following] * (following.year <= LAST_YEAR)
    if 1 <= day <= LAST_MONTH and 1 <= month <= monthrange(year, day)[1]:
        return [date(year, day, month)]
    return [date(year, near, min(max(day, 1), monthrange(year, near)[1])) for near in _likely_months(month)]


def _likely_months(month):
    """December (or January for 0), then what one figure too many may have hidden: 32 gives 12, 3, 2."""
    figures = [int(figure) for figure in str(month) if figure != "0"]
    return list(dict.fromkeys([LAST_MONTH if month > LAST_MONTH else 1, *figures]))[:3]


def _unusual_order(year, month, day):
    try:
        likely = [screen_date(_existing(day, month, year))]
    except DateError as error:
        return error
    return DateError(f"Nhập ngày trước, năm sau. {asking(likely)}", likely)


def _short_year(day, month, figures):
    if len(figures) != len("24"):
        return DateError("Nhập năm đủ bốn chữ số, ví dụ 05/06/2024.")
    try:
        likely = [screen_date(_existing(day, month, int(f"{'20' if figures <= '50' else '19'}{figures}")))]
    except DateError as error:
        return error
    return DateError(f"Nhập năm đủ bốn chữ số. {asking(likely)}", likely)
