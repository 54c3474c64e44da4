from datetime import date
from functools import partial
from itertools import pairwise

import pytest

from partyreports.documents import LayoutError, rules_for
from partyreports.documents.fonts import VIETNAMESE_LETTERS, font_files, missing_letters, text_width
from partyreports.documents.layouts import FOLDER, read, rule_sets
from partyreports.documents.lines import even_lines


@pytest.mark.parametrize(
    ("style", "on", "code", "title"),
    [
        ("party", date(2025, 1, 15), "hd36", "Hướng dẫn 36-HD/VPTW"),
        ("party", date(2026, 5, 26), "hd36", "Hướng dẫn 36-HD/VPTW"),
        ("party", date(2026, 5, 27), "hd05", "Hướng dẫn 05-HD/VPTW"),
        ("party", date(2030, 1, 1), "hd05", "Hướng dẫn 05-HD/VPTW"),
        ("state", date(2025, 1, 15), "nd30", "Nghị định 30/2020/NĐ-CP"),
        ("state", date(2026, 11, 22), "nd30", "Nghị định 30/2020/NĐ-CP"),
    ],
)
def test_the_rules_are_those_of_the_style_on_the_day(style, on, code, title):
    rules = rules_for(style, on)

    assert (rules.code, rules.title) == (code, title)


@pytest.mark.parametrize(
    ("style", "on", "sentence"),
    [
        ("party", date(2010, 1, 1), "Chưa có quy định thể thức văn bản của Đảng cho ngày 01/01/2010. Hãy kiểm tra ngày của văn bản."),
        ("state", date(2010, 1, 1), "Chưa có quy định thể thức văn bản hành chính cho ngày 01/01/2010. Hãy kiểm tra ngày của văn bản."),
        ("church", date(2025, 1, 1), "Không có thể thức văn bản loại “church”."),
    ],
)
def test_no_rules_is_said_in_a_sentence(style, on, sentence):
    with pytest.raises(LayoutError) as error:
        rules_for(style, on)

    assert str(error.value) == sentence


@pytest.mark.parametrize("rules", rule_sets(), ids=lambda rules: rules.code)
def test_every_rule_set_has_the_numbers_of_the_guides(rules):
    page = rules.page

    assert (page.width, page.height, page.top, page.bottom, page.left, page.right) == (210, 297, 20, 20, 30, 15)
    assert (rules.page_number.top, rules.page_number.size, rules.body.size, rules.body.gap) == (10, 14, 14, 6)
    assert rules.sources


def test_party_lines_are_exactly_18_points_within_the_band_of_the_newer_guide():
    bodies = [rules_for("party", day).body for day in (date(2025, 1, 1), date(2026, 10, 1))]

    assert [(body.line_rule, body.pitch, body.line_least, body.line_most, body.indent) for body in bodies] == [
        ("exact", 18, 18, 0, 10),
        ("exact", 18, 18, 22, 10),
    ]


def test_no_two_rule_sets_hold_on_the_same_day():
    party = sorted((rules for rules in rule_sets() if rules.style == "party"), key=lambda rules: rules.valid_from)

    assert [(before.valid_to, after.valid_from) for before, after in pairwise(party)] == [(date(2026, 5, 26), date(2026, 5, 27))]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("top = 20", "top = 20\nbottoms = 3", "bottoms"),
        ("indent = 10", "", "indent"),
        ("indent = 10", 'indent = "10"', "indent"),
        ("indent = 10", "indent = true", "indent"),
        ("line = 18\nline_least", "line = 17\nline_least", "body: line"),
        ("left = 76", "left = 70", "left + right"),
        ('mark = "confirmed"', 'mark = "sure"', "sources"),
        ("[page]", "[page", "cú pháp"),
    ],
)
def test_a_wrong_file_of_rules_is_named(tmp_path, old, new, what):
    text = (FOLDER / "hd36.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "sai.toml").write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(LayoutError, match=r"Tệp thể thức sai\.toml") as error:
        read(tmp_path / "sai.toml")

    assert what in str(error.value)


def test_the_fonts_have_every_vietnamese_letter():
    assert len(set(VIETNAMESE_LETTERS)) == 146
    assert [missing_letters(path) for path in font_files().values()] == ["", "", "", ""]


def test_widths_are_those_of_times_new_roman():
    # Advance widths of Times New Roman in thousandths: A 722, space 250, m 778, ầ 444.
    assert text_width("A mầ", 10) == pytest.approx((722 + 250 + 778 + 444) / 1000 * 10 / 72 * 25.4, rel=0.002)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("ĐẢNG ỦY XÃ MẪU", 75, ("ĐẢNG ỦY XÃ MẪU",)),
        ("CHI BỘ TRUNG TÂM NÔNG NGHIỆP", 75, ("CHI BỘ TRUNG TÂM", "NÔNG NGHIỆP")),
        ("ỦY BAN MTTQ VIỆT NAM HUYỆN ĐƠN DƯƠNG", 66, ("ỦY BAN MTTQ VIỆT NAM", "HUYỆN ĐƠN DƯƠNG")),
        ("Một số giải pháp nâng cao chất lượng kiểm tra của chi bộ", 120, ("Một số giải pháp nâng cao", "chất lượng kiểm tra của chi bộ")),
        ("Dòng một\nDòng hai", 120, ("Dòng một", "Dòng hai")),
        ("Một mô hình mới của năm 2024 “Bảy ngày cùng dân thôn Mẫu”", 105, ("Một mô hình mới của năm 2024", "“Bảy ngày cùng dân thôn Mẫu”")),
        ("W" * 60, 75, ("W" * 60,)),
        (" ", 75, ()),
        ("", 75, ()),
    ],
)
def test_names_and_titles_are_broken_where_a_reader_pauses(text, width, lines):
    assert even_lines(text, width, partial(text_width, size=14, bold=True)) == lines


def test_no_title_leaves_one_word_alone_on_its_line():
    measure = partial(text_width, size=14, bold=True)
    title = "Công tác kiểm tra giám sát của cấp cơ sở trong nhiệm kỳ đầu tiên sau khi sắp xếp lại bộ máy các thôn buôn xã miền núi"
    words = title.split(" ")

    for count in range(2, len(words) + 1):
        lines = even_lines(" ".join(words[:count]), 140, measure)
        assert len(lines) == 1 or min(len(line.split()) for line in lines) > 2
        assert all(measure(line) <= 140 for line in lines)
