"""The DOCX is measured with python-docx and in its XML, against the same numbers as the PDF."""

import io
import zipfile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from partyreports import documents
from partyreports.documents.fonts import text_width
from tests.documents.papers import PAPERS, docx_of, paper, paragraph, text_of_docx, word_of

ALL = list(PAPERS)
TWIP = 635  # English metric units; Word keeps lengths in twentieths of a point


def near(length):
    return pytest.approx(length, abs=TWIP)


def rule_widths(holder, width):
    """Lengths in mm of the rules below `holder`: flat paragraphs with an upper border between two indents."""
    for each in holder.paragraphs:
        if each._p.find(f".//{qn('w:pBdr')}/{qn('w:top')}") is not None:
            layout = each.paragraph_format
            yield width - layout.left_indent.mm - layout.right_indent.mm


def style_of(word, name):
    """(size, bold, italic) of a paragraph style."""
    font = word.styles[name].font
    return font.size.pt, font.bold, font.italic


@pytest.mark.parametrize("name", ALL)
def test_the_page_is_a4_with_the_margins_of_the_rules(name):
    [section] = word_of(docx_of(name)).sections

    assert (section.page_width, section.page_height) == (near(Mm(210)), near(Mm(297)))
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert margins == (near(Mm(20)), near(Mm(20)), near(Mm(30)), near(Mm(15)))


@pytest.mark.parametrize("name", ALL)
def test_the_page_number_is_a_field_in_the_middle_10_mm_from_the_top_from_page_2(name):
    [section] = word_of(docx_of(name)).sections
    [header] = section.header.paragraphs

    assert section.header_distance == near(Mm(10))
    assert section.different_first_page_header_footer
    assert section.first_page_header.is_linked_to_previous
    assert [field.get(qn("w:instr")) for field in header._p.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert style_of(word_of(docx_of(name)), "Header") == (14, False, False)
    if name == "draft":
        assert [stop.position.mm for stop in header.paragraph_format.tab_stops] == [pytest.approx(82.5, abs=0.1), pytest.approx(165, abs=0.1)]
        assert header.text == "\t\tDự thảo"
    else:
        assert header.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


@pytest.mark.parametrize(("name", "indent"), [("commune", 10), ("cell", 10), ("new rules", 10), ("front", 12.7)])
def test_paragraphs_are_justified_indented_and_6_points_apart(name, indent):
    word = word_of(docx_of(name))

    for style in ("Body Text", "List Paragraph", "Heading 1", "Heading 2", "Heading 3"):
        layout = word.styles[style].paragraph_format
        assert (layout.alignment, layout.first_line_indent) == (WD_ALIGN_PARAGRAPH.JUSTIFY, near(Mm(indent)))
        assert (layout.space_before, layout.space_after) == (Pt(0), Pt(6))
    assert {each.style.name for each in word.paragraphs[3:]} <= {"Body Text", "List Paragraph", "Heading 1", "Heading 2", "Heading 3", "Normal"}


@pytest.mark.parametrize("name", ["commune", "advisory", "cell", "new rules"])
def test_party_lines_stand_exactly_18_points_apart(name):
    word = word_of(docx_of(name))

    for style in ("Normal", "Body Text", "List Paragraph", "Heading 1", "Heading 2", "Heading 3", "Subtitle"):
        layout = word.styles[style].paragraph_format
        assert (layout.line_spacing, layout.line_spacing_rule) == (Pt(18), WD_LINE_SPACING.EXACTLY)


def test_state_lines_stand_1_2_lines_apart():
    layout = word_of(docx_of("front")).styles["Body Text"].paragraph_format

    assert (layout.line_spacing, layout.line_spacing_rule) == (1.2, WD_LINE_SPACING.MULTIPLE)


@pytest.mark.parametrize("name", ALL)
def test_every_letter_is_times_new_roman_black_and_vietnamese(name):
    word = word_of(docx_of(name))
    fonts = list(word.styles.element.iter(qn("w:rFonts"))) + list(word.element.iter(qn("w:rFonts")))

    assert fonts
    for font in fonts:
        assert {font.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert not [attribute for attribute in font.attrib if attribute.endswith("Theme")]
    assert {color.get(qn("w:val")) for color in word.styles.element.iter(qn("w:color"))} == {"000000"}
    [language] = word.styles.element.iter(qn("w:lang"))
    assert {language.get(qn(f"w:{kind}")) for kind in ("val", "eastAsia", "bidi")} == {"vi-VN"}


def test_the_styles_carry_sizes_and_weights():
    party, state = word_of(docx_of("commune")), word_of(docx_of("front"))

    assert style_of(party, "Normal") == style_of(party, "Body Text") == (14, False, False)
    assert (style_of(party, "Title"), style_of(party, "Subtitle")) == ((16, True, False), (14, True, False))
    assert (style_of(state, "Title"), style_of(state, "Subtitle")) == ((14, True, False), (14, True, False))
    assert [style_of(party, f"Heading {level}") for level in (1, 2, 3)] == [(14, True, False), (14, True, False), (14, True, True)]


@pytest.mark.parametrize(
    ("name", "columns", "left", "right"),
    [
        (
            "commune",
            (76, 89),
            [("ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG", 14, False, False), ("ĐẢNG ỦY XÃ MẪU", 14, True, False), ("*", 14, False, False)],
            [("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False), ("", 0, 0, 0), ("Đơn Dương, ngày tháng 01 năm 2025", 14, False, True)],
        ),
        (
            "cell",
            (76, 89),
            [("ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG", 14, False, False), ("CHI BỘ TRUNG TÂM NÔNG NGHIỆP", 14, True, False), ("*", 14, False, False)],
            [("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False), ("", 0, 0, 0), ("Đơn Dương, ngày tháng 01 năm 2025", 14, False, True)],
        ),
        (
            "front",
            (67, 98),
            [
                ("ỦY BAN MTTQ VIỆT NAM HUYỆN ĐƠN DƯƠNG", 13, False, False),
                ("BAN THƯỜNG TRỰC", 13, True, False),
                ("", 0, 0, 0),
                ("Số: /BC-MT", 13, False, False),
            ],
            [
                ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
                ("Độc lập - Tự do - Hạnh phúc", 14, True, False),
                ("", 0, 0, 0),
                ("Đơn Dương, ngày tháng 01 năm 2025", 14, False, True),
            ],
        ),
    ],
)
def test_the_letterhead_is_a_table_without_borders(name, columns, left, right):
    word = word_of(docx_of(name))
    [table] = word.tables
    cells = table.rows[0].cells

    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None
    assert table._tbl.tblPr.find(qn("w:tblStyle")) is None
    assert tuple(cell.width for cell in cells) == tuple(near(Mm(width)) for width in columns)
    for cell, wanted in zip(cells, (left, right), strict=True):
        found = []
        for each in cell.paragraphs:
            run = each.runs[0] if each.runs else None
            found.append((" ".join(each.text.split()), run.font.size.pt, run.bold, run.italic) if run else ("", 0, 0, 0))
            assert run is None or each.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert found == wanted


@pytest.mark.parametrize(("name", "words", "size"), [("commune", "ĐẢNG CỘNG SẢN VIỆT NAM", 15), ("front", "Độc lập - Tự do - Hạnh phúc", 14)])
def test_the_rule_is_as_long_as_the_words_above_it(name, words, size):
    [table] = word_of(docx_of(name)).tables
    cell = table.rows[0].cells[1]

    assert list(rule_widths(cell, cell.width.mm)) == [pytest.approx(text_width(words, size, bold=True), abs=1)]


def test_state_papers_have_short_rules_under_the_issuer_and_the_title():
    word = word_of(docx_of("front"))
    cell = word.tables[0].rows[0].cells[0]
    line = text_width("BAN THƯỜNG TRỰC", 13, bold=True)

    [under_issuer] = rule_widths(cell, cell.width.mm)
    assert line / 3 <= under_issuer <= line / 2
    assert list(rule_widths(word, 165)) == [pytest.approx(40, abs=1)]


def test_figures_and_emphasis_keep_their_marks():
    word = word_of(docx_of("commune"))
    runs = {run.text: run for each in word.paragraphs for run in each.runs}

    assert runs["05"].bold
    assert runs["rất"].italic
    assert runs["[số lượt người dự]"].font.highlight_color == WD_COLOR_INDEX.YELLOW
    assert [text for text, run in runs.items() if run.font.highlight_color] == ["[số lượt người dự]"]


def test_list_marks_are_typed():
    lists = [each.text for each in word_of(docx_of("commune")).paragraphs if each.style.name == "List Paragraph"]

    assert [text.split()[0] for text in lists] == ["-", "-", "a)", "b)", "c)", "d)", "đ)", "e)", "1.", "2."]


def test_markup_in_words_stays_words():
    words = '<w:p>&amp; "<script>" ]]> file:///etc/passwd'

    assert words in text_of_docx(documents.docx(paper(blocks=(paragraph(words),))))


@pytest.mark.parametrize("name", ALL)
def test_the_file_names_the_paper_and_holds_nothing_else(name):
    properties = word_of(docx_of(name)).core_properties
    with zipfile.ZipFile(io.BytesIO(docx_of(name))) as file:
        names = set(file.namelist())
        times = {entry.date_time for entry in file.infolist()}

    assert (properties.title, properties.author, properties.language) == (PAPERS[name].title, "Đảng ủy xã Mẫu", "vi-VN")
    assert properties.comments == ""
    assert names <= {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/header1.xml",
    }
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_the_draft_note_stands_in_the_letterhead():
    assert "* Dự thảo ĐẢNG CỘNG SẢN VIỆT NAM" in text_of_docx(docx_of("draft"))
    assert "Dự thảo" not in text_of_docx(docx_of("commune"))
