"""Tables: the same words in PDF and DOCX, headings on every page, widths by share, nothing taken as markup."""

import pytest
from docx.oxml.ns import qn

from partyreports import documents
from partyreports.documents import Column, Figure, Table, Text, TreeError, blocks_from_json, blocks_to_json, body_html, plain_text
from partyreports.documents.tree import refuse_large

from .papers import pages_of, paper, paragraph, text_of_pdf, word_of

COLUMNS = (Column("STT", 1, "center"), Column("Tên mô hình", 5), Column("Số buổi", 2, "right"))


def table(rows):
    cells = [((Text(str(n)),), (Text(f"Mô hình thứ {n} <b>"),), (Figure("05", "dialogue_sessions@2024#1"),)) for n in range(1, rows + 1)]
    return Table(COLUMNS, tuple(cells))


def test_a_table_comes_back_from_json_as_it_went():
    blocks = (table(2),)

    assert blocks_from_json(blocks_to_json(blocks)) == blocks


@pytest.mark.parametrize(
    "changes",
    [
        {"columns": []},
        {"columns": [{"title": "a"}] * 13, "rows": []},
        {"columns": [{"title": "a", "share": 0}]},
        {"columns": [{"title": "a", "align": "justify"}]},
        {"columns": [{"title": "a", "width": "9mm"}]},
        {"rows": [[[], []]]},
        {"rows": [[]]},
        {"style": "red"},
    ],
)
def test_what_is_no_table_is_refused(changes):
    with pytest.raises(TreeError):
        blocks_from_json([{"type": "table", "columns": [{"title": "a"}], "rows": [[[]]], **changes}])


def test_a_table_of_more_rows_than_a_paper_holds_is_refused():
    with pytest.raises(TreeError, match=r"3\.000"):
        documents.pdf(paper(blocks=(table(3_001),)))


def test_a_table_may_say_more_than_a_text_and_not_without_end():
    wide = "chữ " * 49
    rows = tuple(tuple((Text(wide),) for _ in range(3)) for _ in range(1_000))
    long = Table((Column("a"), Column("b"), Column("c")), rows)

    with pytest.raises(TreeError, match=r"500\.000"):
        documents.pdf(paper(blocks=(long,)))
    refuse_large((Table(long.columns, rows[:800]),))


def test_html_of_a_table_escapes_every_word_and_has_no_style():
    html = body_html((table(1),))

    assert "Mô hình thứ 1 &lt;b&gt;" in html
    assert "style" not in html
    assert html.count("<th ") == 3


def test_plain_text_reads_a_table_row_by_row():
    assert plain_text((table(1),)) == "STT | Tên mô hình | Số buổi\n1 | Mô hình thứ 1 <b> | 05"


def test_pdf_and_docx_of_a_table_say_the_same_and_repeat_the_headings():
    document = paper(blocks=(paragraph("Danh mục:"), table(60), paragraph("Hết danh mục.")))
    pdf, docx = documents.pdf(document), documents.docx(document)

    pages = [page.text() for page in pages_of(pdf)]
    assert len(pages) > 1
    assert all("Tên mô hình" in page for page in pages)
    assert "Mô hình thứ 60 <b>" in text_of_pdf(pdf)
    rows = word_of(docx).tables[1].rows
    assert [cell.text for cell in rows[60].cells] == ["60", "Mô hình thứ 60 <b>", "05"]
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert round(rows[1].cells[1].width.mm / rows[1].cells[0].width.mm) == 5
