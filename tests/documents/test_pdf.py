"""The PDF is measured as printed: millimetres and points read from the file, never from our own style sheet."""

import io
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from partyreports import documents
from tests.documents.papers import ASCENT, DESCENT, MM, PAPERS, left, pages_of, paper, paragraph, party, pdf_of, right, text_of_docx, text_of_pdf
from tests.documents.papers import docx_of as word_file_of

PARTY = ["commune", "advisory", "cell", "new rules"]
ALL = list(PAPERS)


def near(value, tolerance=0.3):
    return pytest.approx(value, abs=tolerance)


@pytest.mark.parametrize("name", ALL)
def test_the_page_is_a4_with_the_margins_of_the_rules(name):
    pages = pages_of(pdf_of(name))
    rules = documents.rules_for(PAPERS[name].letterhead.style, PAPERS[name].dated)

    assert len(pages) == 3
    for page in pages:
        assert (page.width, page.height) == (near(210), near(297))
        lines = [letters for letters in page.lines() if page.baseline(letters[0]) > 20 * MM]
        assert min(left(letters) for letters in lines) == near(30)
        assert max(right(letters) for letters in lines) == near(195)
        half_leading = (rules.body.pitch - 14 * (ASCENT + DESCENT)) / 2
        assert page.baseline(lines[-1][0]) + 14 * DESCENT + half_leading <= 277 * MM + 0.2
    first_on_second = next(letters for letters in pages[1].lines() if pages[1].baseline(letters[0]) > 20 * MM)
    assert (pages[1].baseline(first_on_second[0]) - half_leading - 14 * ASCENT) / MM == near(20)


@pytest.mark.parametrize("name", PARTY)
def test_party_lines_stand_exactly_18_points_apart_and_paragraphs_6_more(name):
    page = pages_of(pdf_of(name))[1]
    places = [page.baseline(letters[0]) for letters in page.lines() if page.baseline(letters[0]) > 20 * MM]
    steps = {round(below - above, 1) for above, below in pairwise(places)}

    assert steps == {18.0, 24.0}


def test_state_lines_stand_1_2_lines_apart():
    page = pages_of(pdf_of("front"))[1]
    places = [page.baseline(letters[0]) for letters in page.lines() if page.baseline(letters[0]) > 20 * MM]
    steps = sorted({round(below - above, 1) for above, below in pairwise(places)})

    assert steps == [near(1.2 * 1.149 * 14, 0.2), near(1.2 * 1.149 * 14 + 6, 0.2)]


@pytest.mark.parametrize(("name", "indent"), [("commune", 10), ("new rules", 10), ("front", 12.7)])
def test_paragraphs_headings_and_list_items_begin_with_the_indent(name, indent):
    page = pages_of(pdf_of(name))[0]

    for words in ("Kính thưa:", "I. ĐẶC ĐIỂM TÌNH HÌNH", "1. Cách làm", "a) Bước đầu", "- Câu mẫu", "- Việc thứ hai", "đ) điểm số 4", "2. việc hai"):
        assert left(page.line(words)) == near(30 + indent), words


def test_alignment_other_than_justified_has_no_indent():
    page = pages_of(pdf_of("commune"))[-1]

    thanks, speaker = page.line("Xin trân trọng cảm ơn!"), page.line("Người trình bày")

    assert (left(thanks) + right(thanks)) / 2 == near(112.5)
    assert right(speaker) == near(195)


@pytest.mark.parametrize("name", ALL)
def test_the_page_number_stands_in_the_middle_10_mm_from_the_top_from_page_2(name):
    pages = pages_of(documents.pdf(paper(PAPERS[name].letterhead, dated=PAPERS[name].dated, blocks=PAPERS[name].blocks * 2)))

    assert [letter for letter in pages[0].letters if pages[0].baseline(letter) < 20 * MM] == []
    assert len(pages) >= 3
    for number, page in enumerate(pages[1:], start=2):
        [letter] = [letter for letter in page.letters if page.baseline(letter) < 20 * MM]
        assert (letter["text"], letter["size"]) == (str(number), near(14, 0.01))
        assert "Bold" not in letter["fontname"]
        assert (letter["x0"] + letter["x1"]) / 2 / MM == near(112.5)
        assert (page.baseline(letter) - 14 * ASCENT) / MM == near(10, 0.5)


PARTY_STYLES = [
    ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False),
    ("ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG", 14, False, False),
    ("ĐẢNG ỦY XÃ MẪU", 14, True, False),
    ("*", 14, False, False),
    ("Đơn Dương, ngày", 14, False, True),
    ("THAM LUẬN", 16, True, False),
    ("Tên bài mẫu", 14, True, False),
    ("-----", 14, False, False),
    ("Kính thưa:", 14, False, False),
    ("I. ĐẶC ĐIỂM TÌNH HÌNH", 14, True, False),
    ("1. Cách làm", 14, True, False),
    ("a) Bước đầu", 14, True, True),
    ("05", 14, True, False),
    ("rất", 14, False, True),
]
STATE_STYLES = [
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
    ("Độc lập - Tự do - Hạnh phúc", 14, True, False),
    ("ỦY BAN MTTQ VIỆT NAM", 13, False, False),
    ("HUYỆN ĐƠN DƯƠNG", 13, False, False),
    ("BAN THƯỜNG TRỰC", 13, True, False),
    ("/BC-MT", 13, False, False),
    ("Đơn Dương, ngày", 14, False, True),
    ("BÁO CÁO THAM LUẬN", 14, True, False),
    ("Tên bài mẫu", 14, True, False),
]


@pytest.mark.parametrize(
    ("name", "words", "size", "bold", "italic"),
    [("commune", *style) for style in PARTY_STYLES] + [("front", *style) for style in STATE_STYLES],
)
def test_each_component_has_its_size_weight_and_slope(name, words, size, bold, italic):
    letters = pages_of(pdf_of(name))[0].line(words)

    assert {round(letter["size"], 2) for letter in letters} == {size}
    assert {"Bold" in letter["fontname"] for letter in letters} == {bold}
    assert {"Italic" in letter["fontname"] for letter in letters} == {italic}


@pytest.mark.parametrize(
    ("name", "words"),
    [(name, "ĐẢNG CỘNG SẢN VIỆT NAM") for name in PARTY] + [("front", "Độc lập - Tự do - Hạnh phúc")],
)
def test_the_rule_is_as_long_as_the_words_above_it(name, words):
    page = pages_of(pdf_of(name))[0]
    letters = page.line(words)
    below = page.baseline(letters[0])

    [rule] = [rule for rule in page.rules if below < rule["top"] < below + 12 and rule["x1"] / MM > 110]

    assert (rule["x0"] / MM, rule["x1"] / MM) == (near(left(letters), 1), near(right(letters), 1))


def test_state_papers_have_short_rules_under_the_issuer_and_the_title():
    page = pages_of(pdf_of("front"))[0]
    issuer = page.line("BAN THƯỜNG TRỰC")
    share = {round((rule["x1"] - rule["x0"]) / MM, 1): (rule["x0"] + rule["x1"]) / 2 / MM for rule in page.rules}
    length = right(issuer) - left(issuer)

    [under_issuer] = [size for size in share if length / 3 <= size <= length / 2]
    assert share[under_issuer] == near((left(issuer) + right(issuer)) / 2)
    assert share[40.0] == near(112.5)


@pytest.mark.parametrize("name", PARTY)
def test_the_star_stands_alone_in_the_middle_of_its_column(name):
    page = pages_of(pdf_of(name))[0]
    [star] = page.line("*")
    issuer = page.line(PAPERS[name].letterhead.issuer.split()[-1])

    on_its_line = [letter for letter in page.letters if abs(page.baseline(letter) - page.baseline(star)) < 1 and letter["x0"] / MM < 100]
    assert on_its_line == [star]
    assert (star["x0"] + star["x1"]) / 2 / MM == near(30 + 76 / 2)
    assert page.baseline(star) > page.baseline(issuer[0]) + 10


def test_a_long_name_is_wrapped_and_centred():
    page = pages_of(pdf_of("cell"))[0]

    first, second = page.line("CHI BỘ TRUNG TÂM"), page.line("NÔNG NGHIỆP")

    assert page.baseline(second[0]) - page.baseline(first[0]) == near(18, 0.1)
    assert [(left(line) + right(line)) / 2 for line in (first, second)] == [near(68), near(68)]


def test_no_line_of_the_heading_leaves_the_page_when_a_word_is_endless():
    page = pages_of(documents.pdf(paper(party(issuer="Đ" * 60), title="T" * 200)))[0]

    assert max(right(letters) for letters in page.lines()) <= 195.3


def test_a_day_left_open_is_a_gap_and_a_known_day_has_its_zero():
    assert "Đơn Dương, ngày tháng 01 năm 2025" in text_of_pdf(pdf_of("commune"))
    assert "Đơn Dương, ngày 05 tháng 10 năm 2026" in text_of_pdf(pdf_of("new rules"))
    page = pages_of(pdf_of("commune"))[0]
    assert left(page.line("tháng 01")) - right(page.line("Đơn Dương, ngày")) > 5


def test_a_missing_figure_is_seen():
    page = pages_of(pdf_of("commune"))[0]

    assert "Còn thiếu [số lượt người dự] trong báo cáo." in text_of_pdf(pdf_of("commune"))
    assert page.line("[số lượt người dự]")


def test_a_draft_says_so_on_every_page_and_a_final_paper_on_none():
    draft, final = pages_of(pdf_of("draft")), pages_of(pdf_of("commune"))

    for page in draft:
        mark = page.line("Dự thảo")
        assert {(round(letter["size"], 2), "Italic" in letter["fontname"]) for letter in mark} == {(14, True)}
    assert not any("Dự thảo" in "".join(letter["text"] for letter in page.all_letters) for page in final)


def test_a_paper_without_letterhead_begins_with_its_kind():
    paper_of_its_own = paper(is_draft=True, blocks=(paragraph("Một đoạn."),))
    bare = documents.Document(None, "BÁO CÁO", "Tổng hợp năm 2024", paper_of_its_own.blocks, paper_of_its_own.dated)

    assert text_of_pdf(documents.pdf(bare)) == "BÁO CÁO Tổng hợp năm 2024 ----- Một đoạn."


@pytest.mark.parametrize("name", ALL)
def test_pdf_and_docx_say_the_same(name):
    assert text_of_pdf(pdf_of(name)).replace("Dự thảo Câu", "Câu") == text_of_docx(word_file_of(name))


@pytest.mark.parametrize("name", ALL)
def test_the_file_is_pdf_a_3u_tagged_and_named(name):
    with pikepdf.open(io.BytesIO(pdf_of(name))) as file:
        with file.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "U")
            assert metadata["dc:title"] == str(file.docinfo["/Title"]) == PAPERS[name].title
        assert str(file.docinfo["/Author"]) == "Đảng ủy xã Mẫu"
        assert str(file.docinfo["/CreationDate"]) == f"D:{PAPERS[name].dated:%Y%m%d}000000+07'00"
        root = file.Root
        assert str(root.Lang) == "vi"
        assert bool(root.ViewerPreferences.DisplayDocTitle) is True
        assert bool(root.MarkInfo.Marked) is True
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert tags_below(root.StructTreeRoot) >= {"/H1", "/H2", "/H3", "/H4", "/P", "/L", "/LI", "/LBody"}
        assert not file.is_encrypted
        assert len(file.attachments) == 0
        assert "/JavaScript" not in root.get("/Names", {})


def tags_below(element):
    found = set()
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            found |= {str(child.get("/S"))} | tags_below(child)
    return found


@pytest.mark.parametrize("name", ALL)
def test_every_font_is_embedded_as_a_subset_and_can_be_read_back(name):
    with pikepdf.open(io.BytesIO(pdf_of(name))) as file:
        fonts = {str(font.BaseFont): font for page in file.pages for font in page.Resources.Font.values()}

        assert {face.partition("+")[2].replace("Liberation-Serif-Paper", "").strip("-") for face in fonts} == {"", "Bold", "Italic", "Bold-Italic"}
        for font in fonts.values():
            assert "/ToUnicode" in font
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert 1_000 < len(descriptor.FontFile2.read_bytes()) < 60_000


@pytest.mark.parametrize("name", ["commune", "front", "draft"])
def test_the_same_document_gives_the_same_bytes_in_any_process(name, tmp_path):
    code = (
        "import sys, django; django.setup(); from pathlib import Path; from partyreports import documents; from tests.documents.papers import PAPERS;"
        "paper = PAPERS[sys.argv[1]];"
        "[Path(sys.argv[2], kind).write_bytes(getattr(documents, kind)(paper)) for kind in ('docx', 'pdf')]"
    )

    subprocess.run([sys.executable, "-c", code, name, str(tmp_path)], check=True)

    assert (tmp_path / "pdf").read_bytes() == documents.pdf(PAPERS[name])
    assert (tmp_path / "docx").read_bytes() == documents.docx(PAPERS[name])


def test_two_papers_differ():
    assert documents.pdf(paper(title="Một")) != documents.pdf(paper(title="Hai"))


def test_only_documents_knows_the_engines_and_only_in_the_child():
    code = (
        "import sys, django; django.setup(); from partyreports import documents; from tests.documents.papers import PAPERS;"
        "documents.pdf(PAPERS['commune']); documents.docx(PAPERS['commune']);"
        "print([name for name in ('weasyprint', 'pikepdf') if name in sys.modules], 'partyreports.documents.word' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout == "[] False\n"


def test_the_template_and_style_sheet_are_ours():
    root = Path(documents.__file__).parent.parent.parent

    for path in (root / "templates/documents/paper.html", root / "static/css/print.css"):
        assert "url(" not in path.read_text(encoding="utf-8")
        assert "http" not in path.read_text(encoding="utf-8")
