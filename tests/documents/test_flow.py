"""What the end of a page and the end of a line must not part."""

import pytest

from partyreports import documents
from partyreports.documents import Heading, Text, body_html
from partyreports.documents.flow import led, pieces
from tests.documents.papers import LONG, docx_of, pages_of, paper, paragraph, text_of_docx, text_of_pdf, word_of

NUMBERS = ["83/KH-BCH", "38-KH/ĐU", "12-NQ/TW", "28/12/2023", "1234/QĐ-UBND", "43-HD/BTGTW"]
HEADING = Heading(1, (Text("II. Kết quả"),))


def numbers_in(text):
    return [piece for piece, is_number in pieces(text) if is_number]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_or_a_date_is_one_piece(number):
    assert numbers_in(f"Kế hoạch số {number}, ngày ký") == [number]


def test_words_and_endless_numbers_are_left_as_they_are():
    assert numbers_in("năm 2024 - 2025, đạt 55,56%, và/hoặc") == []
    assert numbers_in("1/1" * 100) == []


@pytest.mark.parametrize("words", ["Kính thưa Hội nghị!", "Sau đây là kết quả."])
def test_a_short_address_before_a_heading_stays_with_it(words):
    assert [leads for _, leads in led((paragraph(words), HEADING, paragraph(LONG)))] == [True, True, False]


@pytest.mark.parametrize("words", [LONG, "Kính thưa: ………"])
def test_other_paragraphs_may_end_a_page(words):
    assert [leads for _, leads in led((paragraph(words), HEADING))] == [False, True]


def test_the_last_words_never_stand_alone_on_a_page():
    thanks = paragraph("Trân trọng cảm ơn!")

    assert [leads for _, leads in led((paragraph(LONG), paragraph(LONG), thanks))] == [False, True, False]
    assert [leads for _, leads in led((thanks,))] == [False]
    for count in range(5):
        blocks = (*(paragraph("Một dòng.") for _ in range(17 + 2 * count)), paragraph(LONG), thanks)
        last = "".join(letter["text"] for letter in pages_of(documents.pdf(paper(blocks=blocks)))[-1].letters)
        assert "trêngiấyinra." in last


def test_an_address_is_never_the_last_line_of_a_page():
    for count in range(0, 12):
        blocks = (*(paragraph("Một dòng.") for _ in range(15 + count)), paragraph("Kính thưa Hội nghị!"), HEADING, paragraph("Đoạn sau."))
        first = "".join(letter["text"] for letter in pages_of(documents.pdf(paper(blocks=blocks)))[0].letters)
        assert ("Hộinghị!" in first) == ("Đoạnsau" in first)


def test_word_keeps_the_address_with_its_heading():
    word = word_of(documents.docx(paper(blocks=(paragraph("Kính thưa Hội nghị!"), HEADING, paragraph("Đoạn sau.")))))
    kept = {each.text: each.paragraph_format.keep_with_next for each in word.paragraphs}

    assert kept["Kính thưa Hội nghị!"] is True
    assert kept["Đoạn sau."] is None


def test_numbers_stay_on_one_line_and_are_read_as_typed():
    blocks = tuple(paragraph("a" * 2 * shift + " " + "Kế hoạch số 1083/KH-BCH ngày 28/12/2023; " * 8) for shift in range(12))
    one = paper(blocks=blocks)
    content = documents.pdf(one)
    lines = ["".join(letter["text"] for letter in line) for page in pages_of(content) for line in page.lines()]

    for number in ("1083/KH-BCH", "28/12/2023"):
        assert sum(line.count(number) for line in lines) == 96
    assert text_of_pdf(content) == text_of_docx(documents.docx(one))


def test_words_of_a_file_hold_no_odd_letters():
    assert "\u2011" not in text_of_docx(docx_of("commune"))
    assert body_html((paragraph("Số 12-NQ/TW & khác"),)) == ('<p class="paragraph">Số <span class="number-together">12-NQ/TW</span> &amp; khác</p>')
