"""Writes the described sheets as one .xlsx file."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from partyreports.sheets.names import sheet_names
from partyreports.sheets.parts import Cell, SheetError

AUTHOR = "Cổng báo cáo xây dựng Đảng"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_TEXT = 32_767  # UTF-16 units of one cell
NO_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# Excel reads these at the beginning of a cell as the beginning of a formula once somebody edits it.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
A4 = 9
FITS_ON_A_PAGE = 180  # characters of all columns together that stay readable on one page across
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
BORDER = {"border": 1, "border_color": "#8A8378"}
STYLES = {"": {}, "section": {"bold": True, "bg_color": "#EFEBE4"}, "total": {"bold": True, "top": 2}}


def workbook(sheets, *, title, author=AUTHOR, mark="", made_at=NO_DATE):
    """The bytes of a workbook of `sheets`; the same sheets and `made_at` give the same bytes.

    Numbers, percentages and dates are written as such and shown by the reader's own locale; everything else is text, whatever it
    begins with: no formula, no link. None leaves a cell empty. `mark` stands at the foot of each printed page and among the file's
    properties. Raises SheetError for a value that is none of these.
    """
    if not sheets:
        raise SheetError("A workbook has at least one sheet.")
    stream = BytesIO()
    book = new_book(stream, title=title, author=author, mark=mark, made_at=made_at)
    formats = Formats(book)
    for sheet, name in zip(sheets, sheet_names([sheet.title for sheet in sheets]), strict=True):
        _SheetWriter(book.add_worksheet(name), sheet, formats).write(title, mark)
    book.close()
    return stream.getvalue()


def new_book(stream, *, title, author, made_at, mark=""):
    """An empty workbook in which text stays text."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    facts = {"title": title, "author": author, "created": made_at.astimezone(dt.UTC).replace(tzinfo=None)}
    book.set_properties(facts | ({"comments": mark} if mark else {}))
    return book


def footer(title, mark=""):
    """The foot of each printed page: what it is, whose copy, which page. Excel takes 255 characters."""
    left, middle = (text.replace("&", "&&") for text in (title[:100], mark[:110]))
    return f"&L{left}{f'&C{middle}' if middle else ''}&RTrang &P/&N"


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book):
        self.book, self.made = book, {}

    def __call__(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format({**FONT, **properties})
        return self.made[key]


class _SheetWriter:
    """Writes one sheet from the top down."""

    def __init__(self, page, sheet, formats):
        self.page, self.sheet, self.formats, self.at = page, sheet, formats, 0

    def write(self, title, mark):
        for number, line in enumerate(self.sheet.heading):
            self._text(self.at, 0, line, bold=number == 0, font_size=14 if number == 0 else 11)
            self.at += 1
        self.at += bool(self.sheet.heading)
        head = self.at
        for number, column in enumerate(self.sheet.columns):
            self.page.set_column(number, number, column.width)
            self._text(head, number, column.title, bold=True, text_wrap=True, align="center", bg_color="#EFEBE4", **BORDER)
        for line in self.sheet.lines:
            self.at += 1
            for number, column in enumerate(self.sheet.columns):
                value = line.cells[number] if number < len(line.cells) else None
                cell = value if isinstance(value, Cell) else Cell(value)
                self._cell(number, cell, cell.kind or column.kind, line)
        self.at += 2
        for note in self.sheet.notes:
            self._text(self.at, 0, note, italic=True)
            self.at += 1
        self._lay_out(head, title, mark)

    def _cell(self, number, cell, kind, line):
        style = {**BORDER, **STYLES[line.style]}
        if number == 0 and line.indent:
            style["indent"] = line.indent
        value = cell.value
        if value is None:
            self.page.write_blank(self.at, number, None, self.formats(**style))
        elif isinstance(value, str):
            self._text(self.at, number, value, text_wrap=True, align="left" if kind == "text" else "right", **style)
        elif isinstance(value, dt.date):
            self.page.write_datetime(self.at, number, _day(value), self.formats(num_format="dd/mm/yyyy", align="center", **style))
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            shown = self.formats(num_format=number_format(cell, kind), align="right", **style)
            self.page.write_number(self.at, number, float(value / Decimal(100) if kind == "percent" else value), shown)
        else:
            raise SheetError(f"A cell holds text, a whole number, a Decimal or a date, not {type(value).__name__}.")

    def _text(self, row, number, text, **properties):
        """Text stays text: marked as quoted when it begins as a formula does, cut with "…" when it is longer than a cell may be."""
        if text.startswith(BEGINS_A_FORMULA):
            properties["quote_prefix"] = True
        self.page.write_string(row, number, cut(text), self.formats(**properties))

    def _lay_out(self, head, title, mark):
        page, sheet = self.page, self.sheet
        page.freeze_panes(head + 1, sheet.frozen)
        page.hide_gridlines(2)
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.repeat_rows(head)
        if sheet.frozen:
            page.repeat_columns(0, sheet.frozen - 1)
        if sum(column.width for column in sheet.columns) <= FITS_ON_A_PAGE:
            page.fit_to_pages(1, 0)
        page.set_footer(footer(title, mark))


def cut(text):
    """As much of `text` as one cell may hold, ending in "…" when that is not all."""
    if len(text.encode("utf-16-le")) <= 2 * LONGEST_TEXT:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def number_format(cell, kind):
    """The format of a number: always written the English way, shown by Excel as the reader's locale does (1.981 · 50,3 · 55,56%)."""
    decimals = cell.decimals
    if decimals is None:
        decimals = 2 if kind == "percent" else 0 if kind == "count" else _decimals_of(cell.value)
    shown = "0" if kind == "percent" else "#,##0"
    if decimals:
        shown += "." + "0" * decimals
    return _words(cell.prefix, after=" ") + shown + ("%" if kind == "percent" else "") + _words(cell.suffix, before=" ")


def _words(text, *, before="", after=""):
    """Words inside a number format stand in quotes."""
    return '"{}{}{}"'.format(before, text.replace('"', ""), after) if text else ""


def _decimals_of(value):
    return max(0, -Decimal(value).normalize().as_tuple().exponent)


def _day(value):
    """A date, or the day of a moment: what a cell of dates holds."""
    return value.date() if isinstance(value, dt.datetime) else value
