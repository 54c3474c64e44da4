"""What a workbook that comes back is described with: fields going out, lines and wrong cells coming in."""

from collections.abc import Callable
from dataclasses import dataclass

from partyreports.sheets.parts import SheetError
from partyreports.vietnamese import fold

FIELD_KINDS = ("text", "count", "number", "year", "date", "choice", "choices", "flag", "organization")
WIDTHS = {"text": 24, "count": 10, "number": 12, "year": 10, "date": 13, "choice": 18, "choices": 30, "flag": 9, "organization": 38}


@dataclass(frozen=True)
class Field:
    """One column both ways: the name of the form's field, its heading, what its cells take.

    `choices` are pairs of value and label, or a callable that gives them for a user; of a text they are words that the drop-down offers.
    """

    name: str
    title: str
    kind: str = "text"
    required: bool = False
    choices: tuple | Callable = ()
    help: str = ""
    example: str = ""
    width: float = 0

    def __post_init__(self):
        if self.kind not in FIELD_KINDS:
            raise SheetError(f"{self.kind!r} is no kind of field.")

    @property
    def heading(self):
        """The title as it stands above the column: a star says that no cell may be empty."""
        return f"{self.title} *" if self.required else self.title

    @property
    def empty(self):
        """What a cell with nothing in it is read as."""
        return {"text": "", "choice": "", "choices": ()}.get(self.kind)


@dataclass(frozen=True)
class Line:
    """One row of a sheet that was read: its number in the sheet, and name → value of each column that stands there."""

    row: int
    cells: dict


@dataclass(frozen=True)
class Wrong:
    """A cell (or, without a column, a row) that cannot be taken: where it stands, what was typed, and what to do."""

    row: int
    column: str
    title: str
    typed: str
    sentence: str


@dataclass(frozen=True)
class Table:
    """What a sheet holds: name → letter of its columns, the lines in their order, and every wrong cell."""

    columns: dict
    lines: tuple
    wrong: tuple = ()


class Refused(Exception):
    """A file that is not taken at all; `sentence` tells people why and what to do."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def title_key(text):
    """What headings are compared by: case, marks, stars and spaces aside."""
    return " ".join(fold(text).replace("*", " ").split()).rstrip(": ")
