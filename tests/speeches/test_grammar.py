"""The grammar of templates: a closed list, read once, and nothing of what a person types is ever run."""

import pytest

from partyreports.speeches import grammar
from partyreports.speeches.emphasis import Run, runs, typed, typed_paragraph
from partyreports.speeches.grammar import Condition, faults, lines_of
from partyreports.speeches.slots import Slot, Term
from partyreports.speeches.templates import check_text, check_title


def test_lines_take_their_form_from_what_they_begin_with():
    lines = lines_of("# I. Đầu\n\n## 1. Giữa\n### a) Cuối\n- gạch\n+ cộng\nđoạn văn")

    assert [line.form for line in lines] == [("heading", 1), ("heading", 2), ("heading", 3), ("item", "-"), ("item", "+"), ("paragraph", "")]
    assert [line.pieces[0].content for line in lines] == ["I. Đầu", "1. Giữa", "a) Cuối", "gạch", "cộng", "đoạn văn"]


def test_conditions_stand_before_the_mark_and_may_be_repeated():
    (line,) = lines_of("{>0 members:female}{! target:members@trước}{mô hình}- nữ: [[số: members:female@2020-2023]]")

    assert line.conditions == (
        Condition(">0", Term("members:female")),
        Condition("!", Term("members", "trước"), of_target=True),
        Condition(grammar.MODEL),
    )
    assert line.form == ("item", "-")
    assert line.slots == [Slot("số", (Term("members:female", "2020-2023"),))]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[tên đơn vị]]", "Dòng 1: Không có chỗ điền [[tên đơn vị]] trong danh sách: kiểm tra lại cách viết."),
        ("[[số]]", "Dòng 1: Chỗ điền [[số]] viết chưa đúng: viết [[số: mã]]."),
        ("[[cặp: a]]", "Dòng 1: Chỗ điền [[cặp: a]] viết chưa đúng: viết [[cặp: mã / mã tổng]]."),
        ("[[số: a b]]", "Dòng 1: “a b” không phải mã chỉ tiêu: viết như members_admitted:rural hoặc members_admitted@trước."),
        ("một [[số: a", "Dòng 1: Ngoặc [[ … ]] chưa đủ cặp hoặc lồng vào nhau: mỗi chỗ điền viết trong một cặp ngoặc."),
        ("{nếu a}b", f"Dòng 1: Không có điều kiện {{nếu a}}: dùng một trong các dấu {grammar.KNOWN}."),
        ("{? a b", "Dòng 1: Dấu { mở đầu dòng chưa có dấu } khép lại."),
        ("{? a}", "Dòng 1: Sau điều kiện còn thiếu nội dung của dòng."),
        ("chữ {? a} chữ", "Dòng 1: Điều kiện { … } chỉ đứng ở đầu dòng."),
        ("x" * 4_001, "Dòng 1: Dòng quá dài (hơn 4.000 ký tự): tách thành nhiều đoạn."),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(text, sentence):
    assert faults(text) == [sentence]


def test_a_template_too_long_to_read_is_refused_whole():
    assert faults("x\n" * 40_000) == ["Mẫu dài quá 60.000 ký tự: rút gọn hoặc chia thành hai mẫu."]


def test_every_fault_of_a_text_is_told_at_once(indicators):
    assert check_text("[[số: khong_co]]\n[[tên lạ]]\n{? cung_khong}Thêm.\nBỏ ngỏ [[số: members_admitted") == [
        "Dòng 1: không có chỉ tiêu mã “khong_co” trong danh mục.",
        "Dòng 2: Không có chỗ điền [[tên lạ]] trong danh sách: kiểm tra lại cách viết.",
        "Dòng 3: không có chỉ tiêu mã “cung_khong” trong danh mục.",
        "Dòng 4: Ngoặc [[ … ]] chưa đủ cặp hoặc lồng vào nhau: mỗi chỗ điền viết trong một cặp ngoặc.",
    ]


def test_an_indicator_that_the_catalogue_lacks_is_named(indicators):
    assert check_text("Có [[số: members_admitted]] và [[số: khong_co]].\n{? cung_khong}Thêm.") == [
        "Dòng 1: không có chỉ tiêu mã “khong_co” trong danh mục.",
        "Dòng 2: không có chỉ tiêu mã “cung_khong” trong danh mục.",
    ]


def test_a_title_is_one_line_of_words(db):
    assert check_title("Công tác đối thoại năm [[năm]]") == []
    assert check_title("Kết nạp [[số: members_admitted]]") == ["Trích yếu chỉ dùng chỗ điền bằng chữ, không dùng số liệu và điều kiện."]
    assert check_title("{mô hình}Mô hình") == ["Trích yếu chỉ dùng chỗ điền bằng chữ, không dùng số liệu và điều kiện."]
    assert check_title("một\nhai") == ["Trích yếu viết trên một dòng, không quá 400 ký tự."]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**đậm** và *nghiêng*", [Run("đậm", bold=True), Run(" và "), Run("nghiêng", italic=True)]),
        ("***cả hai***", [Run("cả hai", bold=True, italic=True)]),
        ("5 * 3 = 15", [Run("5 * 3 = 15")]),
        (r"\*không nghiêng\*", [Run("*không nghiêng*")]),
        ("**[[năm]]**", [Run("năm", bold=True, is_slot=True)]),
    ],
)
def test_stars_mark_emphasis_in_pairs(line, expected):
    assert runs(line) == expected


@pytest.mark.parametrize("text", ["- không phải mục", "# không phải đề mục", "{không phải điều kiện}", "a * b [[c]] \\ d", "+ cộng"])
def test_typed_text_is_read_back_as_it_was(text):
    assert runs(typed_paragraph([Run(text)])) == [Run(text)]


def test_every_change_of_weight_and_slope_is_read_back():
    line = [Run("a", True, True), Run("b", False, True), Run("c", True), Run("d"), Run("e", True, True)]

    assert runs(typed(line)) == line
