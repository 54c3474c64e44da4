"""What a workbook is described with: sheets of columns and rows."""

from dataclasses import dataclass, field

KINDS = ("text", "count", "number", "money", "percent", "date")


class SheetError(ValueError):
    """A description that cannot become a workbook: a mistake of the caller, never of a user."""


@dataclass(frozen=True)
class Column:
    """A column: its heading, what its cells hold unless they say otherwise, and its width in characters."""

    title: str
    kind: str = "text"
    width: float = 12

    def __post_init__(self):
        if self.kind not in KINDS:
            raise SheetError(f"{self.kind!r} is no kind of column.")


@dataclass(frozen=True)
class Cell:
    """A value that is not shown as the rest of its column is.

    `prefix` and `suffix` are words shown around a number that stays a number ("hơn 245"). A percentage is given in percent: 55.56 for 55,56%.
    `decimals` fixes how many are shown; None shows as many as the value has (two for a percentage).
    """

    value: object
    kind: str | None = None
    decimals: int | None = None
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self):
        if self.kind not in (None, *KINDS):
            raise SheetError(f"{self.kind!r} is no kind of cell.")


@dataclass(frozen=True)
class Row:
    """A row that looks different: `style` "section" (a heading among the rows) or "total"; `indent` moves its first cell to the right."""

    cells: tuple
    style: str = ""
    indent: int = 0

    def __post_init__(self):
        if self.style not in ("", "section", "total"):
            raise SheetError(f"{self.style!r} is no style of row.")


@dataclass(frozen=True)
class Sheet:
    """One sheet: heading lines, a table with its head row, notes below.

    A row is a Row, or a sequence of values and Cells. The head row and `frozen` columns stay while the table scrolls, and are repeated on
    each printed page (A4, landscape).
    """

    title: str
    columns: tuple
    rows: tuple = ()
    heading: tuple = ()
    notes: tuple = ()
    frozen: int = 1
    lines: tuple = field(init=False, repr=False)

    def __post_init__(self):
        lines = tuple(row if isinstance(row, Row) else Row(tuple(row)) for row in self.rows)
        for number, line in enumerate(lines, start=1):
            if len(line.cells) > len(self.columns):
                raise SheetError(f"Row {number} has {len(line.cells)} cells for {len(self.columns)} columns.")
        object.__setattr__(self, "lines", lines)
