"""Tables of a DOCX, in a child process only: the letterhead without rules, and the ruled tables of a text."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from partyreports.documents.word_styles import element, set_font

ALIGNMENTS = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
EIGHTHS = 8
PADDING = 1.4  # millimetres left and right of the words of a cell
GAP = 2  # points above and below them
LINE = 1.1


def plain_table(word, widths, *, padding=0):
    """A table of one row without rules, its columns so many millimetres wide."""
    table = word.add_table(rows=1, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    for tag in ("w:tblStyle", "w:tblLook", "w:tblW"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(0, element("tblW", w=Mm(sum(widths)).twips, type="dxa"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=Mm(padding).twips, type="dxa"))
    properties.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = column.cells[0].width = Mm(width)
    return table


def write_table(word, block, rules, *, write):
    """The table `block`, ruled, its headings repeated on each page. `write(paragraph, inlines)` writes the words of a cell."""
    widths = [share * rules.page.text_width for share in block.shares]
    table = plain_table(word, widths, padding=PADDING)
    size = rules.parts.table.size if rules.parts.table else rules.body.size
    _rule(table, rules.letterhead.rule_weight)
    _fill(table.rows[0], [("center", (title,)) for title in block.titles], write)
    mark_row(table.rows[0], "tblHeader")
    for row in block.rows:
        added = table.add_row()
        for cell, width in zip(added.cells, widths, strict=True):
            cell.width = Mm(width)
        _fill(added, [(column.align, inlines) for column, inlines in zip(block.columns, row, strict=True)], write)
    for run in (run for row in table.rows for cell in row.cells for run in cell.paragraphs[0].runs):
        set_font(run._r.get_or_add_rPr(), rules.body.font, size)
    word.add_paragraph(style="Normal").paragraph_format.line_spacing = Pt(rules.body.gap)  # Word joins two tables that touch


def _fill(row, cells, write):
    mark_row(row, "cantSplit")
    for cell, (align, inlines) in zip(row.cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        write(paragraph, inlines)
        paragraph.alignment = ALIGNMENTS[align]
        layout = paragraph.paragraph_format
        layout.line_spacing, layout.space_before, layout.space_after = LINE, Pt(GAP), Pt(GAP)


def _rule(table, weight):
    borders = element("tblBorders")
    for side in SIDES:
        borders.append(element(side, val="single", sz=round(weight * EIGHTHS), space=0, color="000000"))
    properties = table._tbl.tblPr
    properties.find(qn("w:tblCellMar")).addprevious(borders)


def mark_row(row, name):
    """Give a row one of Word's own marks, as tblHeader or cantSplit."""
    row._tr.get_or_add_trPr().append(element(name))
