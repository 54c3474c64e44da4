"""Excel out and in: true numbers and dates, text that never becomes a formula, and nothing read that was not asked of first.

The only importer of XlsxWriter and openpyxl.
"""

from partyreports import confined
from partyreports.sheets.fields import Field, Line, Refused, Table, Wrong
from partyreports.sheets.limits import LARGEST_FILE
from partyreports.sheets.parts import Cell, Column, Row, Sheet, SheetError
from partyreports.sheets.template import template
from partyreports.sheets.writer import CONTENT_TYPE, workbook

__all__ = [
    "CONTENT_TYPE",
    "LARGEST_FILE",
    "Cell",
    "Column",
    "Field",
    "Line",
    "Refused",
    "Row",
    "Sheet",
    "SheetError",
    "Table",
    "Wrong",
    "read",
    "template",
    "workbook",
]
SECONDS, MEMORY = 30, 512 << 20


def read(content, fields):
    """The Table in the .xlsx file `content`, read in a child process within 30 s and 512 MB.

    `fields` carry their choices as pairs. Raises Refused, whose sentence says what to do, for anything that is no harmless workbook with these
    headings, and confined.Stopped when the child gave no answer.
    """
    return confined.run("partyreports.sheets.reader:read", content, tuple(fields), seconds=SECONDS, memory=MEMORY)
