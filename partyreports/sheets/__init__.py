"""Excel workbooks from plain descriptions: true numbers and dates, and text that never becomes a formula. The only importer of XlsxWriter."""

from partyreports.sheets.parts import Cell, Column, Row, Sheet, SheetError
from partyreports.sheets.writer import CONTENT_TYPE, workbook

__all__ = ["CONTENT_TYPE", "Cell", "Column", "Row", "Sheet", "SheetError", "workbook"]
