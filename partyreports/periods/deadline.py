"""How far the deadline of a period is: the words under a heading."""

from dataclasses import dataclass

from django.utils import timezone

from partyreports.vietnamese import screen_date

SOON = 3  # days before which the line turns amber


@dataclass(frozen=True)
class Due:
    """A deadline in words, and its class of look: "due", "due due-soon" under three days, "due due-over" after it."""

    sentence: str
    css_class: str
    days_left: int


def due(period, *, today=None):
    """The Due of `period` on the day `today`, None when it has no deadline."""
    if period is None or period.deadline is None:
        return None
    left = (period.deadline - (today or timezone.localdate())).days
    date = screen_date(period.deadline)
    if left < 0:
        return Due(f"quá hạn {-left} ngày (hạn {date})", "due due-over", left)
    if left == 0:
        return Due(f"hạn hôm nay, {date}", "due due-soon", left)
    return Due(f"hạn {date} (còn {left} ngày)", "due due-soon" if left < SOON else "due", left)
