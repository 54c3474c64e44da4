import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyreports.vietnamese import fold

quick = settings(deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Đơn Dương", "don duong"),
        ("ĐƠN  DƯƠNG ", "don duong"),
        ("Ðơn\u00a0Dương", "don duong"),
        ("ðồng", "dong"),
        ("Huyện uỷ", "huyen uy"),
        ("Huyện ủy", "huyen uy"),
        ("hoà bình", "hoa binh"),
        ("Mô hình “Thứ sáu – nghe dân nói”", 'mo hinh "thu sau - nghe dan noi"'),
        ("K’Brếp", "k'brep"),
        ("38-KH/ĐU", "38-kh/du"),
        ("", ""),
    ],
)
def test_a_search_key_has_no_marks_no_capitals_and_plain_signs(text, key):
    assert fold(text) == key


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_forms_of_unicode_fold_to_the_same(form):
    assert fold(unicodedata.normalize(form, "Đảng ủy xã Quảng Lập")) == "dang uy xa quang lap"


def test_every_vietnamese_letter_folds_to_ascii():
    letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
    assert fold(letters).isascii()
    assert fold(letters) == fold(letters.upper())
    assert len(fold(letters)) == len(letters)


@quick
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
