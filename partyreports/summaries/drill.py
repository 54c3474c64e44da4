"""Where a number of a summary leads: a total to the bodies it is made of, a number of a body to the summary below it or to the report behind
it, and from there to the events that the registers counted it from."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from partyreports.metrics.sensitive import is_sensitive
from partyreports.metrics.sources import SOURCES

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


@dataclass(frozen=True)
class Part:
    """What one body adds to a total, as the page of that total shows it; addresses are "" where the reader finds nothing."""

    shown: Shown
    final: int
    expected: int
    events_url: str


def parts_of(summary, line):
    """The bodies that the total of `line` is made of; none where nothing stands below."""
    key, heads = line.indicator.key, heads_of(summary)
    tells = key in SOURCES and not (summary.hides_small_numbers and is_sensitive(line.indicator))

    def events(body, report, cell):
        asks = tells and report and _leads(cell)
        return reverse("metrics:events_of_body", args=[summary.period.code, body, key]) if asks else ""

    return [
        Part(_part(cell, head, key, summary.period), head.column.final, head.column.expected, events(head.column.body, head.column.report, cell))
        for cell, head in zip(line.cells, heads, strict=True)
    ]


def _part(cell, head, key, period):
    """A body with others below leads to its own parts."""
    if head.column.has_bodies_below and _leads(cell):
        return Shown(head.column.name, cell.text, cell.words, bodies_url(head.column.body, period, key), "")
    return _shown(cell, head, key)


def bodies_url(body, period, key):
    """The page of the bodies behind the total of a branch."""
    return f"{reverse('summaries:bodies', args=[key])}?{urlencode({'nhanh': body, 'ky': period.code})}"


def heads_of(summary):
    """The heads of the body columns."""
    return [Head(column, _address(column, summary.period)) for column in summary.columns]


def groups_of(summary, sections, heads):
    """The sections as rows whose numbers know where they lead; a hidden or empty one leads nowhere."""
    return [Group(section.name, section.anchor, tuple(_row(line, heads, summary) for line in section.lines)) for section in sections]


def _row(line, heads, summary):
    key = line.indicator.key
    cells = (_shown(cell, head, key) for cell, head in zip(line.cells, heads, strict=True))
    return Row(line, _of_total(key, heads, summary) if _leads(line.total) else "", tuple(cells))


def _of_total(key, heads, summary):
    if heads:
        return bodies_url(summary.branch.organization_id, summary.period, key)
    return f"{reverse('metrics:show', args=[summary.report])}#cell-{key}" if summary.report else ""


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
