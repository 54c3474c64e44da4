"""Papers that the tests print, and what they read out of the files."""

import io
from datetime import date
from functools import cache

import docx as python_docx
import pdfplumber

from partyreports import documents
from partyreports.documents import Document, Figure, Heading, Letterhead, ListBlock, ListItem, Paragraph, Text

MM = 72 / 25.4
ASCENT = 0.891  # of Liberation Serif, in parts of the size
DESCENT = 0.216
LONG = (
    "Câu mẫu của bài kiểm tra đủ dài để chiếm nhiều dòng trên trang giấy, có dấu thanh, có số 1.932 và tỷ lệ 55,56%, có dấu ngoặc “kép” – "
    "và gạch ngang, để đo được độ rộng của dòng, khoảng cách giữa các dòng và giữa các đoạn như người đọc nhìn thấy trên giấy in ra."
)


def paragraph(*words, **layout):
    return Paragraph(tuple(Text(word) if isinstance(word, str) else word for word in words), **layout)


def blocks(count=12):
    return (
        paragraph("Kính thưa: ………………………"),
        Heading(1, (Text("I. ĐẶC ĐIỂM TÌNH HÌNH"),)),
        paragraph("Có ", Figure("05", "villages@2024#mau", bold=True), " thôn và ", Text("rất", italic=True), " nhiều việc."),
        paragraph("Còn thiếu ", Figure("số lượt người dự", "attended@2024#mau", missing=True), " trong báo cáo."),
        Heading(2, (Text("1. Cách làm"),)),
        Heading(3, (Text("a) Bước đầu"),)),
        ListBlock((ListItem((Text(LONG),)), ListItem((Text("Việc thứ hai"),)))),
        ListBlock(tuple(ListItem((Text(f"điểm số {number}"),)) for number in range(6)), "a)"),
        ListBlock((ListItem((Text("việc một"),)), ListItem((Text("việc hai"),))), "1."),
        *(paragraph(LONG) for _ in range(count)),
        paragraph("Xin trân trọng cảm ơn!", align="center"),
        paragraph("Người trình bày", align="right"),
    )


def party(**changes):
    head = {"parent": "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG", "issuer": "ĐẢNG ỦY XÃ MẪU", "place": "Đơn Dương", "month": 1, "year": 2025}
    return Letterhead("party", **head | changes)


def state(**changes):
    head = {
        "parent": "ỦY BAN MTTQ VIỆT NAM HUYỆN ĐƠN DƯƠNG",
        "issuer": "BAN THƯỜNG TRỰC",
        "number": "Số:       /BC-MT",
        "place": "Đơn Dương",
        "month": 1,
        "year": 2025,
    }
    return Letterhead("state", **head | changes)


def paper(letterhead=None, **changes):
    content = {
        "letterhead": letterhead or party(),
        "kind": "THAM LUẬN",
        "title": "Tên bài mẫu dài hơn một dòng để thấy cách chia dòng của tên bài trên trang giấy thứ nhất",
        "blocks": blocks(),
        "dated": date(2025, 1, 15),
        "author": "Đảng ủy xã Mẫu",
    }
    return Document(**content | changes)


PAPERS = {
    "commune": paper(),
    "advisory": paper(party(parent="HUYỆN ỦY ĐƠN DƯƠNG", issuer="BAN TUYÊN GIÁO")),
    "cell": paper(party(issuer="CHI BỘ TRUNG TÂM NÔNG NGHIỆP"), kind="BÁO CÁO THAM LUẬN"),
    "front": paper(state(), kind="BÁO CÁO THAM LUẬN"),
    "new rules": paper(party(parent="ĐẢNG BỘ TỈNH LÂM ĐỒNG", issuer="ĐẢNG ỦY XÃ MẪU", day=5, month=10, year=2026), dated=date(2026, 10, 5)),
    "draft": paper(is_draft=True),
}


@cache
def pdf_of(name):
    return documents.pdf(PAPERS[name])


@cache
def docx_of(name):
    return documents.docx(PAPERS[name])


@cache
def pages_of(content):
    """The pages' letters, rules and sizes as pdfplumber sees them, read once."""
    with pdfplumber.open(io.BytesIO(content)) as file:
        return [Page(page) for page in file.pages]


class Page:
    def __init__(self, page):
        self.width, self.height = page.width / MM, page.height / MM
        self.letters = [letter for letter in page.chars if not letter["text"].isspace()]
        self.all_letters = page.chars
        self.rules = [*page.lines, *(rect for rect in page.rects if rect["height"] < 2)]

    def lines(self):
        """The letters of each line, from the top; a line is known by its baseline."""
        found = {}
        for letter in self.letters:
            found.setdefault(round(self.baseline(letter), 1), []).append(letter)
        return [found[place] for place in sorted(found)]

    def baseline(self, letter):
        """Points from the top of the page."""
        return self.height * MM - letter["matrix"][5]

    def line(self, words):
        """The first line whose letters are those of `words`."""
        wanted = "".join(words.split())
        for letters in self.lines():
            text = "".join(letter["text"] for letter in letters)
            if wanted in text:
                start = text.index(wanted)
                return letters[start : start + len(wanted)]
        raise AssertionError(f"{words} stands on no line")

    def text(self):
        """The words in the order in which they were written, without the page number."""
        text, last = "", None
        for letter in self.all_letters:
            if self.baseline(letter) < 20 * MM:
                continue
            if last and abs(self.baseline(letter) - self.baseline(last)) > 2:
                text += " "
            text += letter["text"]
            last = letter
        return text


def text_of_pdf(content):
    return " ".join(" ".join(page.text() for page in pages_of(content)).split())


def word_of(content):
    return python_docx.Document(io.BytesIO(content))


def text_of_docx(content):
    word = word_of(content)
    paragraphs = []
    for part in word.iter_inner_content():
        if hasattr(part, "rows"):
            paragraphs += [each.text for cell in part.rows[0].cells for each in cell.paragraphs]
        else:
            paragraphs.append(part.text)
    return " ".join(" ".join(paragraphs).split())


def left(letters):
    return min(letter["x0"] for letter in letters) / MM


def right(letters):
    return max(letter["x1"] for letter in letters) / MM
