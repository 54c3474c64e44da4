"""The lines of a summary: one indicator with its total, last year's, its target, and what each column says."""

from dataclasses import dataclass

from partyreports.metrics.models import Indicator
from partyreports.metrics.values import BLANK

from .cells import Aim, Cell, Change
from .small_cells import HIDDEN, masks
from .sums import Sums


@dataclass(frozen=True)
class Line:
    """One indicator: its total, last year's, and what each column says."""

    indicator: Indicator
    section: str
    total: Cell
    previous: Cell
    change: Change | None
    aim: Aim | None
    reports: int  # how many reports the total stands on
    below: Cell | None  # what the bodies below say together, where the branch's own report says something else
    cells: tuple
    depth: int  # 0 for a whole, 1 for a part of it ("trong đó"), 2 for a part of a part

    @property
    def row_class(self):
        return ("", "part-of", "part-of-part")[self.depth]

    @property
    def has_figures(self):
        return not all(cell.is_blank for cell in (self.total, self.previous, *self.cells))


@dataclass(frozen=True)
class Reading:
    """Reads lines for the branch `top` and its columns; `hides` small numbers of sensitive groups."""

    top: int
    columns: tuple
    now: Sums
    before: Sums | None
    hides: bool

    def line(self, indicator, section):
        masked = masks(self.now, indicator) if self.hides else {}
        masked_before = masks(self.before, indicator) if self.hides and self.before else {}
        total = _cell(self.now, indicator, [self.top], masked)
        previous = _cell(self.before, indicator, [self.top], masked_before) if self.before else Cell(indicator)
        return Line(
            indicator,
            section,
            total,
            previous,
            self._change(indicator, total, previous, is_masked=bool(masked or masked_before)),
            None if masked else self._aim(indicator),
            self.now.reports(self.top, indicator),
            None if masked else self._differing(indicator, total),
            tuple(self._of_column(column, indicator, masked) for column in self.columns),
            self._depth(indicator),
        )

    def _depth(self, indicator):
        if not indicator.part_of_id:
            return 0
        return 2 if self.now.indicators[indicator.part_of_id].part_of_id else 1

    def _of_column(self, column, indicator, masked):
        if not column.is_own or self.top in masked:
            return _cell(self.now, indicator, column.bodies, masked)
        return Cell(indicator, self.now.own_value(self.top, indicator))

    def _change(self, indicator, total, previous, *, is_masked):
        """How far the total stands from last year's, over the bodies that have both years: one without last year has not grown from nothing."""
        if total.value.amount is None or previous.value.amount is None:
            return None
        now, before = (sums.givers(self.top, indicator) for sums in (self.now, self.before))
        if now == before:
            return Change.between(indicator, total.value, previous.value)
        if is_masked or not now & before:
            return None
        values = (sums.value_of_givers(now & before, indicator) for sums in (self.now, self.before))
        return Change.between(indicator, *values, bodies=len(now & before))

    def _aim(self, indicator):
        found = None if indicator.is_computed else self.now.aim(self.top, indicator)
        return Aim(found.above.value, found.below.amount) if found else None

    def _differing(self, indicator, total):
        """The sum of the bodies below, where the branch's own report says another."""
        below = self.now.below(self.top, indicator)
        return Cell(indicator, below.value) if below and below.amount != total.value.amount else None


def _cell(sums, indicator, bodies, masked):
    """The cell of one body, or of several that are shown together."""
    if hidden := [masked[body] for body in bodies if body in masked]:
        return Cell(indicator, BLANK, hidden[0] if len(bodies) == 1 else HIDDEN)
    return Cell(indicator, sums.value(bodies[0], indicator) if len(bodies) == 1 else sums.value_of_many(bodies, indicator))
