"""The sheet of a report: its lines by section, each with what stands in the cell, what is held against it, and what is wrong with it."""

from dataclasses import dataclass, field
from functools import cached_property

from organizations.review import Problem

from . import balance, counted
from .cells import Cell
from .models import BalanceRule
from .sensitive import is_sensitive
from .values import BLANK


@dataclass(frozen=True)
class Section:
    """One section of the form."""

    title: str
    anchor: str
    cells: tuple

    @property
    def asked(self):
        return sum(not cell.indicator.is_computed for cell in self.cells)

    @property
    def filled(self):
        return self.asked - sum(cell.is_empty for cell in self.cells)

    @property
    def says_something(self):
        return any(cell.says_something for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A whole report on one page. What every row of the page asks for is worked out once."""

    sections: tuple
    findings: tuple
    kept: dict = field(default_factory=dict)

    @cached_property
    def cells(self):
        return [cell for section in self.sections for cell in section.cells]

    @property
    def asked(self):
        return sum(section.asked for section in self.sections)

    @property
    def filled(self):
        return sum(section.filled for section in self.sections)

    @property
    def left(self):
        return self.asked - self.filled

    @cached_property
    def counted(self):
        """How many cells the registers say something of."""
        return sum(bool(cell.counted) for cell in self.cells)

    @cached_property
    def fillable(self):
        """How many empty cells could be filled from the registers."""
        return sum(bool(cell.counted) and cell.is_empty for cell in self.cells)

    @cached_property
    def missing(self):
        """Cells that must be filled before the report is sent up."""
        return [cell for cell in self.cells if cell.line.is_required and cell.is_empty]

    @property
    def next_empty(self):
        """Key of the first cell to fill: a required one before the others; None when all are filled."""
        empty = self.missing or [cell for cell in self.cells if cell.is_empty]
        return empty[0].key if empty else None

    @cached_property
    def problems(self):
        """What was typed and is not saved, then what does not balance: the same words as at the cells."""
        names = {cell.key: cell.indicator.name for cell in self.cells}
        unsaved = [Problem(f"{name}: {self.kept[key].sentence}", where=key) for key, name in names.items() if key in self.kept]
        unexplained = [
            Problem(counted.sentence_of_difference(cell.indicator.name, cell.was, cell.count), where=cell.key)
            for cell in self.cells
            if cell.is_unexplained
        ]
        return unsaved + unexplained + [Problem(each.sentence, where=each.cell_among(names), severity=each.severity) for each in self.findings]

    @property
    def errors(self):
        return [problem for problem in self.problems if problem.severity == BalanceRule.Severity.ERROR]

    @property
    def warnings(self):
        return [problem for problem in self.problems if problem.severity == BalanceRule.Severity.WARNING]


def sheet_of(report, *, kept=None, hides=False):
    """The Sheet of `report` as saved now, with the cells of `kept` (key → Kept) as they were typed. A constant number of queries.

    `hides` is for a reader outside the reporting line: sensitive numbers are not shown, nor sentences that hold one.
    """
    kept = kept or {}
    lines, now, before = report.lines, report.values(), report.previous_values()
    figures = {figure.indicator_id: figure for figure in report.figures.all()}
    counts = report.counts() if report.is_open else {}
    found = balance.findings(now, before)
    if hides:
        found = [finding for finding in found if not any(is_sensitive(term.indicator) for term in finding.rule.terms.all())]
    keys = {line.indicator.key for line in lines}
    at = {}
    for finding in found:
        at.setdefault(finding.cell_among(keys), []).append(finding)
    depths = _depths(lines)
    sections = {}
    for line in lines:
        key = line.indicator.key
        cell = Cell(
            line=line,
            value=now.get(key, BLANK),
            before=None if before is None else before.get(key, BLANK),
            figure=figures.get(line.indicator_id),
            kept=kept.get(key),
            findings=tuple(at.get(key, ())),
            depth=depths[line.indicator_id],
            is_hidden=hides and is_sensitive(line.indicator),
            parts=_parts(line.indicator, lines),
            count=counts.get(key) if report.is_open else _frozen(figures.get(line.indicator_id)),
        )
        sections.setdefault(line.section, []).append(cell)
    numbered = enumerate(sections.items(), start=1)
    return Sheet(tuple(Section(title, f"muc-{number}", tuple(cells)) for number, (title, cells) in numbered), tuple(found), kept)


def _frozen(figure):
    return counted.frozen(figure) if figure else None


def _depths(lines):
    """dict: indicator → how deep its line stands: a part one step below its whole when that stands above it in the same section.

    A computed line stands as deep as its numerator and changes nothing for the lines after it.
    """
    depths, stack, section = {}, [], None
    for line in lines:
        indicator = line.indicator
        if line.section != section:
            stack, section = [], line.section
        if indicator.is_computed:
            depths[indicator.pk] = depths.get(indicator.numerator_id, 0) if indicator.numerator_id in stack else 0
            continue
        stack = [*stack[: stack.index(indicator.part_of_id) + 1], indicator.pk] if indicator.part_of_id in stack else [indicator.pk]
        depths[indicator.pk] = len(stack) - 1
    return depths


def _parts(indicator, lines):
    partition = [line.indicator for line in lines if line.indicator.part_of_id == indicator.pk and line.indicator.part_kind == "partition"]
    return tuple(part.key for part in partition) if len(partition) > 1 else ()
