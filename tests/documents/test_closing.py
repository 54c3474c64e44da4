"""Recipients and signature below the last paragraph: the same words in PDF and DOCX, in the forms of each rule set."""

import pytest

from partyreports import documents
from partyreports.documents import Signing
from partyreports.documents.markup import rules_of
from partyreports.documents.store import content_key

from .papers import PAPERS, pages_of, paper, paragraph, party, state, text_of_pdf, word_of

PARTY = Signing("ĐẢNG ỦY", "BÍ THƯ", "Nguyễn Văn Mẫu", ("Huyện ủy Đơn Dương", "Lưu Văn phòng Đảng ủy"))
FRONT = Signing("BAN THƯỜNG TRỰC", "CHỦ TỊCH", "", ("Huyện ủy Đơn Dương", "Lưu: VT"))
SIGNED = {
    "commune": paper(party(), signing=PARTY, blocks=(paragraph("Một đoạn."),)),
    "new rules": paper(party(year=2026), signing=PARTY, blocks=(paragraph("Một đoạn."),), dated=PAPERS["new rules"].dated),
    "front": paper(state(), signing=FRONT, blocks=(paragraph("Một đoạn."),)),
}
LINES = {
    "commune": ["Nơi nhận:", "- Huyện ủy Đơn Dương,", "- Lưu Văn phòng Đảng ủy.", "T/M ĐẢNG ỦY", "BÍ THƯ", "Nguyễn Văn Mẫu"],
    "new rules": ["Nơi nhận:", "- Huyện ủy Đơn Dương;", "- Lưu Văn phòng Đảng ủy.", "T/M ĐẢNG ỦY", "BÍ THƯ", "Nguyễn Văn Mẫu"],
    "front": ["Nơi nhận:", "- Huyện ủy Đơn Dương;", "- Lưu: VT.", "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"],
}


@pytest.mark.parametrize("name", SIGNED)
def test_pdf_and_docx_close_with_the_same_words(name):
    assert text_of_pdf(documents.pdf(SIGNED[name])).split("Một đoạn.")[1].split() == " ".join(LINES[name]).split()

    left, right = word_of(documents.docx(SIGNED[name])).tables[-1].rows[0].cells
    assert [paragraph.text for cell in (left, right) for paragraph in cell.paragraphs] == LINES[name]


def test_the_post_stands_in_the_right_half_and_room_is_left_to_sign():
    page = pages_of(documents.pdf(SIGNED["commune"]))[0]
    post, name, title = page.line("BÍ THƯ"), page.line("Nguyễn Văn Mẫu"), page.line("Nơi nhận:")

    assert title[0]["x0"] < page.width * 72 / 25.4 / 2 < post[0]["x0"]
    assert page.baseline(name[0]) - page.baseline(post[0]) == pytest.approx(5 * 18, abs=1)
    assert abs((post[0]["x0"] + post[-1]["x1"]) - (name[0]["x0"] + name[-1]["x1"])) < 2


def test_a_signature_is_never_alone_on_a_page():
    for count in range(7, 12):
        pages = pages_of(documents.pdf(paper(signing=PARTY, blocks=tuple(paragraph(f"Đoạn {n}. " + "chữ " * 150) for n in range(count)))))
        assert "chữ" in pages[-1].text()
        assert "T/M" in pages[-1].text()


def test_a_paper_that_nobody_signs_has_no_recipients():
    assert "Nơi nhận" not in text_of_pdf(documents.pdf(PAPERS["commune"]))


def test_another_signer_is_another_paper():
    unsigned = paper(blocks=SIGNED["commune"].blocks)

    assert content_key(unsigned, "pdf", rules_of(unsigned)) != content_key(SIGNED["commune"], "pdf", rules_of(unsigned))
