"""A cell of the sheet of a report: what stands in it, what the registers count, what somebody typed that is not saved, and what is wrong with it."""

from dataclasses import dataclass
from functools import cached_property

from partyreports.vietnamese import GIVEN, MISSING, number, percent

from . import counted
from .fields import decimals_of
from .models import BalanceRule, CellConflict, Figure, ReportFormLine
from .sensitive import HIDDEN
from .sources import SOURCES, Count
from .values import Value, show, show_amount

DEEPEST = 2


@dataclass(frozen=True)
class Kept:
    """What somebody typed into a cell and the portal has not saved: why, which readings it offers, and what he had seen there before."""

    text: str
    seen: str
    was: str
    sentence: str
    suggestions: tuple = ()
    conflict: CellConflict | None = None
    reason: str | None = None  # why it differs from the registers, as typed; None where that was not asked


@dataclass(frozen=True)
class Cell:
    """One line of the sheet."""

    line: ReportFormLine
    value: Value
    before: Value | None  # of the year before; None when that year has no final report
    figure: Figure | None
    kept: Kept | None
    findings: tuple  # of balance.Finding
    depth: int
    is_hidden: bool = False  # a sensitive number before somebody outside the reporting line
    parts: tuple = ()  # keys of the parts that must add up to it, when they all stand in the sheet
    count: Count | None = None  # what the registers say: now, or when a closed report was sent up

    @property
    def indicator(self):
        return self.line.indicator

    @property
    def key(self):
        return self.indicator.key

    @property
    def was(self):
        """The text of the cell as it is saved."""
        return self.figure.text if self.figure else ""

    @property
    def text(self):
        return self.kept.text if self.kept else self.was

    @property
    def seen(self):
        return self.kept.seen if self.kept else self.figure.version if self.figure else 0

    @property
    def seen_text(self):
        return self.kept.was if self.kept else self.was

    @property
    def is_empty(self):
        return not self.indicator.is_computed and self.value.state == MISSING

    @property
    def says_something(self):
        """True when a reader who skips empty lines still wants this one."""
        return self.value.state != MISSING or self.value.target is not None or self.is_wrong or bool(self.counted)

    @property
    def shown(self):
        if self.is_hidden and self.value.state != MISSING:
            return HIDDEN
        return "" if self.value.state == MISSING else show(self.indicator, self.value)

    @property
    def shown_before(self):
        if self.is_hidden:
            return HIDDEN
        return show(self.indicator, self.before) if self.before and self.before.state != MISSING else "–"

    @property
    def shown_target(self):
        return show_amount(self.indicator, self.value.target)

    @property
    def shown_attainment(self):
        return "" if self.value.attainment is None or self.indicator.is_computed or self.is_hidden else percent(self.value.attainment)

    @property
    def decimals(self):
        return decimals_of(self.indicator)

    @property
    def target_text(self):
        """The target as a plain number for what is computed while typing; "" when nothing is assigned."""
        return "" if self.value.target is None else number(self.value.target)

    @property
    def divisor_text(self):
        """The number a target ratio is divided by; other computed lines name their denominator."""
        is_against_target = self.indicator.kind == self.indicator.Kind.TARGET_RATIO
        return number(self.value.denominator) if is_against_target and self.value.denominator is not None else ""

    @cached_property
    def counted(self):
        """What the registers say, as a cell writes it; "" where they say nothing or it is not for this reader."""
        return "" if self.count is None or self.is_hidden else counted.said(self.count)

    @property
    def shown_count(self):
        """The same as the report shows its own figure: 03."""
        return show(self.indicator, Value(GIVEN, self.count.value, self.count.qualifier)) if self.counted else ""

    @property
    def register(self):
        """The register it is counted from, as people call it."""
        return SOURCES[self.key].register.title if self.key in SOURCES else ""

    @property
    def reason(self):
        if self.kept and self.kept.reason is not None:
            return self.kept.reason
        return self.figure.reason if self.figure else ""

    @property
    def differs(self):
        """True when what is saved in the cell is not what the registers say."""
        return bool(self.counted) and self.figure is not None and not counted.agrees(self.figure.entry, self.count)

    @cached_property
    def is_unexplained(self):
        return self.differs and not self.figure.reason and not self.kept

    @property
    def asks_reason(self):
        """True when the box for the reason stands open."""
        return bool(self.counted) and (self.differs or bool(self.reason) or bool(self.kept and self.kept.reason is not None))

    @property
    def is_wrong(self):
        return bool(self.kept or self.findings or self.is_unexplained)

    @property
    def state_class(self):
        if self.kept or self.is_unexplained or any(finding.severity == BalanceRule.Severity.ERROR for finding in self.findings):
            return "cell-wrong"
        return "cell-warning" if self.findings else ""

    @property
    def depth_class(self):
        return ("", "part-of", "part-of-part")[min(self.depth, DEEPEST)]
