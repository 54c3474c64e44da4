"""Numbers of a summary as its page and its workbook show them."""

from dataclasses import dataclass
from decimal import Decimal

from partyreports.metrics.models import Indicator
from partyreports.metrics.values import BLANK, Value
from partyreports.vietnamese import GIVEN, MISSING, NO_VALUE, NOT_APPLICABLE, NOTHING, QUALIFIERS, STATES, count, number, pair, percent

SHORT = {MISSING: NO_VALUE, NOTHING: "kps", NOT_APPLICABLE: "kad"}


def plain_amount(indicator, amount):
    """An amount in a table, its unit standing in a column of its own: 05 · 7,49 · 55,56% · 112,5%, as on the report."""
    if indicator.is_percent:
        return percent(amount, decimals=indicator.decimals)
    if indicator.kind == Indicator.Kind.AVERAGE:
        return number(amount, decimals=indicator.decimals)
    return number(amount) if indicator.kind == Indicator.Kind.MONEY else count(amount)


@dataclass(frozen=True)
class Cell:
    """One number of a summary; `mask` is what stands in its place when the reader may not see it, and then there is no value."""

    indicator: Indicator
    value: Value = BLANK
    mask: str = ""

    @property
    def is_blank(self):
        return not self.mask and self.value.state == MISSING

    @property
    def is_given(self):
        return self.value.state == GIVEN

    @property
    def text(self):
        if self.mask or not self.is_given:
            return self.mask or SHORT[self.value.state]
        return f"{self.prefix} {plain_amount(self.indicator, self.value.value)}".lstrip()

    @property
    def prefix(self):
        """The word before the number: hơn, khoảng …"""
        return QUALIFIERS[self.value.qualifier]

    @property
    def words(self):
        """What an abbreviation means, "" when there is none."""
        return STATES[self.value.state] if self.value.state in (NOTHING, NOT_APPLICABLE) else ""


@dataclass(frozen=True)
class Change:
    """How far a number stands from last year's; percentages by points. `is_rough` when one of the two is only about right.

    `bodies` is how many bodies it is told of, where not the same bodies have both years; None when they are the same.
    """

    indicator: Indicator
    amount: Decimal
    is_rough: bool = False
    bodies: int | None = None

    @classmethod
    def between(cls, indicator, now, before, *, bodies=None):
        """The change from the Value `before` to the Value `now`; None when one of them is no number."""
        if now.amount is None or before.amount is None:
            return None
        return cls(indicator, now.amount - before.amount, bool(now.qualifier or before.qualifier), bodies)

    @property
    def text(self):
        size = plain_amount(self.indicator, self.amount.copy_abs())
        sign = ("+" if self.amount > 0 else "−") if size.strip("0,%") else ""
        if self.indicator.is_percent:
            size = f"{size.removesuffix('%')} điểm %"
        return f"{'khoảng ' if self.is_rough else ''}{sign}{size}"


@dataclass(frozen=True)
class Aim:
    """A result held against its target, over the bodies that have both: 09/8."""

    result: Value
    target: Decimal

    @property
    def prefix(self):
        return QUALIFIERS[self.result.qualifier]

    @property
    def text(self):
        return f"{self.prefix} {pair(self.result.amount, self.target)}".lstrip()

    @property
    def percent(self):
        """In percent, unrounded; None when the target is 0."""
        return Value(self.result.state, self.result.value, target=self.target).attainment

    @property
    def percent_text(self):
        return percent(self.percent)
