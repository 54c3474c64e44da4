"""Where a number of a summary leads: the summary of the body below, or the report behind the figure."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from .lines import Line
from .summary import Column


@dataclass(frozen=True)
class Head:
    """A column with its address, "" when it leads nowhere."""

    column: Column
    url: str


@dataclass(frozen=True)
class Shown:
    """A cell of a row as the page shows it: there are thousands, so everything is ready."""

    name: str  # of its column
    text: str
    words: str  # what an abbreviation means
    url: str  # "" when it leads nowhere
    css_class: str


@dataclass(frozen=True)
class Row:
    """One line as the page shows it."""

    line: Line
    total_url: str
    cells: tuple


@dataclass(frozen=True)
class Group:
    """A section of rows."""

    name: str
    anchor: str
    rows: tuple


def heads_of(summary):
    """The heads of the body columns."""
    return [Head(column, _address(column, summary.period)) for column in summary.columns]


def groups_of(summary, sections, heads):
    """The sections as rows whose numbers know where they lead; a hidden or empty one leads nowhere."""
    own = reverse("metrics:show", args=[summary.report]) if summary.report and not heads else ""
    return [Group(section.name, section.anchor, tuple(_row(line, heads, own) for line in section.lines)) for section in sections]


def _row(line, heads, own):
    key = line.indicator.key
    cells = (_shown(cell, head, key) for cell, head in zip(line.cells, heads, strict=True))
    return Row(line, f"{own}#cell-{key}" if own and _leads(line.total) else "", tuple(cells))


def _shown(cell, head, key):
    return Shown(head.column.name, cell.text, cell.words, _at_cell(head, key) if _leads(cell) else "", " blank" if cell.is_blank else "")


def _leads(cell):
    return not (cell.mask or cell.is_blank)


def _at_cell(head, key):
    return f"{head.url}#cell-{key}" if head.column.report and head.url else head.url


def _address(column, period):
    if column.has_bodies_below:
        return f"{reverse('summaries:show')}?{urlencode({'nhanh': column.body, 'ky': period.code})}"
    return reverse("metrics:show", args=[column.report]) if column.report else ""
