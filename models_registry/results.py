"""The table before and after: what a model has changed, in numbers of the yearly reports or typed for the model alone.

This room stands below the reports, so it asks whoever has `given` himself: metrics.model_results, imported at the start.
"""

from dataclasses import dataclass
from decimal import Decimal

from partyreports.vietnamese import NO_VALUE, QUALIFIERS, count, number, percent

from .models import ModelResult

HUNDRED = Decimal(100)
PERCENT = "%"


@dataclass(frozen=True)
class Measure:
    """An indicator that a line of the table may stand on: its key, its name, its unit."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True)
class Side:
    """One number of a line: the amount with its word ("hơn"), the whole it is a part of, the target assigned. `amount` is None while unknown."""

    amount: Decimal | None = None
    whole: Decimal | None = None
    target: Decimal | None = None
    qualifier: str = ""
    unit: str = ""

    @property
    def share(self):
        """The amount in percent of its whole, unrounded."""
        return self.amount * HUNDRED / self.whole if self.amount is not None and self.whole else None

    @property
    def shown(self):
        """05 · hơn 245 · 55,56% · 05/9 (55,56%) · –"""
        if self.amount is None:
            return NO_VALUE
        said = percent(self.amount) if self.unit == PERCENT else count(self.amount)
        if self.share is not None:
            said = f"{said}/{number(self.whole)} ({percent(self.share)})"
        return f"{QUALIFIERS[self.qualifier]} {said}".lstrip()

    @property
    def against_target(self):
        """ "chỉ tiêu 8, đạt 112,5%"; "" without a target."""
        if not self.target:
            return ""
        reached = f", đạt {percent(self.amount * HUNDRED / self.target)}" if self.amount is not None else ""
        return f"chỉ tiêu {percent(self.target) if self.unit == PERCENT else number(self.target)}{reached}"


@dataclass(frozen=True)
class Line:
    """One line of the table: what is compared, before and after."""

    result: ModelResult
    before: Side
    after: Side

    @property
    def change(self):
        """ "tăng 31,42 điểm %" · "giảm 03" · "bằng"; "" where the numbers cannot be held against each other.

        Shares and percentages are compared over any stretch of time, plain numbers only over stretches of the same length.
        """
        before, after = self.before, self.after
        if before.share is not None and after.share is not None:
            return _said(after.share - before.share, in_points=True)
        if before.amount is None or after.amount is None or before.whole or after.whole:
            return ""
        if self.result.unit == PERCENT:
            return _said(after.amount - before.amount, in_points=True)
        return _said(after.amount - before.amount) if _years(self.result.before_period) == _years(self.result.after_period) else ""


class _Reader:
    """What the room above gives: the indicators there are, and the numbers of the lines that name one."""

    indicators = staticmethod(lambda: [])
    read = staticmethod(lambda results: {})


def given_by(*, indicators, read):
    """Take the numbers from the room above.

    `indicators()` answers a list of Measure. `read(results)`, a list of ModelResult with registration and periods, answers a dict: key of the
    row → (Side, Side); what it leaves out is not known yet.
    """
    _Reader.indicators, _Reader.read = staticmethod(indicators), staticmethod(read)


def measures():
    return _Reader.indicators()


def lines_of(registration):
    """The table of a registration, a list of Line. One query and what the reports cost."""
    results = list(registration.outcomes.select_related("before_period", "after_period", "registration"))
    read = _Reader.read([result for result in results if result.key]) if any(result.key for result in results) else {}
    return [Line(result, *(read.get(result.pk, (Side(), Side())) if result.key else _typed(result))) for result in results]


def _typed(result):
    return tuple(Side(getattr(result, f"{side}_value"), target=getattr(result, f"{side}_target"), unit=result.unit) for side in ("before", "after"))


def _years(period):
    return period.ends_on.year - period.starts_on.year


def _said(change, *, in_points=False):
    if not change:
        return "bằng"
    size = change.copy_abs()
    amount = f"{percent(size).removesuffix('%')} điểm %" if in_points else count(size)
    return f"{'tăng' if change > 0 else 'giảm'} {amount}"
