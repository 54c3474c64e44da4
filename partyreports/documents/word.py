"""The tree as DOCX, in a child process only: with word_styles the one importer of python-docx.

Nothing is converted: paragraphs, letterhead and page numbers are written from the same tree and the same rules as the PDF.
"""

import io
import zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from partyreports.documents.closing import signature_of
from partyreports.documents.flow import led, pieces
from partyreports.documents.front import front_of
from partyreports.documents.outcomes import Printed
from partyreports.documents.tree import Figure, Heading, ListBlock, Table, printed
from partyreports.documents.word_styles import element, prepare, set_font, set_pitch
from partyreports.documents.word_tables import mark_row, plain_table, write_table

ALIGNMENTS = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
RULE_LINE = 2  # points of the empty paragraph that carries a rule
EIGHTHS = 8
RECIPIENT_LINE = 1.05
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def write_docx(document, rules):
    """Printed of `document` under `rules`; pages are counted by Word only."""
    word = docx.Document()
    prepare(word, document, rules)
    front = front_of(document, rules)
    if document.letterhead:
        _write_letterhead(word, front, rules)
    elif front.draft:
        _write(word.add_paragraph(), (front.draft,), rules.parts.draft, rules).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write_heading_block(word, front, rules)
    for block, leads in led(document.blocks):
        if isinstance(block, Table):
            write_table(word, block, rules, write=_write_inlines)
        else:
            _write_block(word, block, leads=leads)
    if document.signing:
        _write_signing(word, signature_of(document, rules), rules)
    _write_page_number(word.sections[0].header, front, rules)
    return Printed(_with_fixed_times(word))


def _write_letterhead(word, front, rules):
    """A table without borders, two columns, each paragraph centred in its column."""
    head, parts = rules.letterhead, rules.parts
    left, right = _columns(word, head)
    _centred(left, front.parent, parts.parent, rules)
    _centred(left, front.issuer, parts.issuer, rules)
    if head.below_issuer == "rule":
        _rule(left, front.issuer_rule, head.left, rules)
    if front.star:
        _centred(left, (front.star,), parts.parent, rules, bold=False)
    if front.number:
        _centred(left, (front.number,), parts.number, rules)
    if front.draft:
        _centred(left, (front.draft,), parts.draft, rules)
    _centred(right, (front.nation,), parts.nation, rules)
    if front.motto:
        _centred(right, (front.motto,), parts.motto, rules)
    _rule(right, front.motto_rule or front.nation_rule, head.right, rules)
    _centred(right, (front.place_date,), parts.place_date, rules).paragraph_format.space_before = Pt(max(0, head.date_gap - RULE_LINE))


def _columns(word, head):
    return plain_table(word, (head.left, head.right)).rows[0].cells


def _write_signing(word, signature, rules):
    """As the letterhead, a row that no page end parts and that stays with the last paragraph."""
    closing, parts = rules.closing, rules.parts
    if word.paragraphs:
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    row = plain_table(word, (closing.left, closing.right)).rows[0]
    mark_row(row, "cantSplit")
    left, right = row.cells
    if signature.recipients_title:
        title = _centred(left, (signature.recipients_title,), parts.recipients_title, rules)
        title.alignment, title.runs[0].underline = WD_ALIGN_PARAGRAPH.LEFT, parts.recipients_title.underlined or None
    for recipient in signature.recipients:
        line = _centred(left, (recipient,), parts.recipients, rules)
        line.alignment, line.paragraph_format.line_spacing = WD_ALIGN_PARAGRAPH.LEFT, RECIPIENT_LINE
    if signature.authority:
        _centred(right, signature.authority, parts.authority, rules)
    last = _centred(right, signature.post, parts.post, rules)
    last.paragraph_format.space_after = Pt(closing.blank * rules.letterhead.line)
    if signature.name:
        _centred(right, (signature.name,), parts.signer, rules)
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(closing.gap)
    end = word.add_paragraph(style="Normal").paragraph_format  # a document never ends with a table
    end.space_before = end.space_after = Pt(0)
    set_pitch(end, RULE_LINE)


def _centred(cell, lines, part, rules, **marks):
    """The lines in the cell's first paragraph while that is empty, else in a new one."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    _write(paragraph, lines, part, rules, **marks).alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_pitch(paragraph.paragraph_format, rules.letterhead.line)
    return paragraph


def _write(paragraph, lines, part, rules, *, bold=None):
    for number, line in enumerate(lines):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
        run.bold, run.italic = part.bold if bold is None else bold, part.italic
        set_font(run._r.get_or_add_rPr(), rules.body.font, part.size)
    return paragraph


def _rule(holder, length, width, rules):
    """A rule of `length` mm in the middle of `width` mm: the upper border of a flat paragraph between two indents.

    A border under the words themselves would leave them no room to spare, and Word would break the line.
    """
    paragraph = holder.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm((width - length) / 2)
    layout.space_before, layout.space_after = Pt(rules.letterhead.rule_gap), Pt(0)
    set_pitch(layout, RULE_LINE)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=round(rules.letterhead.rule_weight * EIGHTHS), space=0, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    mark = element("rPr")
    mark.append(element("sz", val=2))
    properties.append(mark)
    return paragraph


def _write_heading_block(word, front, rules):
    gap = Pt(rules.heading_block.gap)
    last = None
    if front.kind:
        last = _write_styled(word, front.kind, "Title")
    if front.title:
        last = _write_styled(word, front.title, "Subtitle")
    if front.closing:
        last = word.add_paragraph(front.closing, style="Normal")
        last.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if front.closing_rule:
        last = _rule(word, front.closing_rule, rules.page.text_width, rules)
    if last is not None:
        last.paragraph_format.space_after = gap


def _write_styled(word, lines, style):
    paragraph = word.add_paragraph(style=style)
    for number, line in enumerate(lines):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(line)
    return paragraph


def _write_block(word, block, *, leads):
    if isinstance(block, ListBlock):
        for marked, item in zip(block.marks(), block.items, strict=True):
            paragraph = word.add_paragraph(f"{marked} ", style="List Paragraph")
            _write_inlines(paragraph, item.inlines)
    elif isinstance(block, Heading):
        _write_inlines(word.add_paragraph(style=f"Heading {block.level}"), block.inlines)
    else:
        paragraph = word.add_paragraph(style="Body Text")
        paragraph.paragraph_format.keep_with_next = leads or None
        if block.align in ALIGNMENTS:
            paragraph.alignment = ALIGNMENTS[block.align]
            paragraph.paragraph_format.first_line_indent = Mm(0)
        _write_inlines(paragraph, block.inlines)


def _write_inlines(paragraph, inlines):
    for inline, text in printed(inlines):
        run = paragraph.add_run()
        for piece, is_number in pieces(text):
            _write_piece(run, piece, is_number)
        run.bold, run.italic = inline.bold or None, inline.italic or None
        if isinstance(inline, Figure) and inline.missing:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _write_piece(run, piece, is_number):
    """Hyphens of a number are Word's own no-break hyphens, which are read as hyphens; at a slash Word does not break."""
    first, *more = piece.split("-") if is_number else [piece]
    run.add_text(first)
    for part in more:
        run._r.append(element("noBreakHyphen"))
        run.add_text(part)


def _write_page_number(header, front, rules):
    """Pages from the second on; the first page's header is another one, and empty."""
    paragraph = header.paragraphs[0]
    if front.draft:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(rules.page.text_width / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(rules.page.text_width), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t")
    field = element("fldSimple", instr="PAGE")
    run = OxmlElement("w:r")
    run.text = "2"
    field.append(run)
    paragraph._p.append(field)
    if front.draft:
        _write(paragraph, ("\t" + front.draft,), rules.parts.draft, rules)


def _with_fixed_times(word):
    """The bytes of the file, its entries dated alike whenever it is written."""
    written = io.BytesIO()
    word.save(written)
    fixed = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(zipfile.ZipInfo(entry.filename, FIRST_DAY), source.read(entry), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
