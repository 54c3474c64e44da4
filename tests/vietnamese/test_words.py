import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partyreports.vietnamese import join_words, normalise, sentence_case, upper

quick = settings(deadline=None, max_examples=300)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hoà", "hòa"),
        ("HOÀ", "HÒA"),
        ("Hoà giải", "Hòa giải"),
        ("khoẻ", "khỏe"),
        ("uỷ viên", "ủy viên"),
        ("Đảng uỷ", "Đảng ủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("thuỷ, thuý, thuỵ", "thủy, thúy, thụy"),
        ("loà xoà", "lòa xòa"),
        ("nghoà", "nghòa"),
        ("K’Hoà", "K’Hòa"),
        ("hòa ủy", "hòa ủy"),
    ],
)
def test_tone_marks_of_open_syllables_go_to_the_first_vowel(text, kept):
    assert normalise(text) == kept
    assert normalise(unicodedata.normalize("NFD", text)) == kept


@pytest.mark.parametrize("text", ["quý", "Quỳnh", "QUỶ", "quà", "quê", "hoàn", "toán", "khoẻo", "khuỷu", "huýt", "hoài", "thuyền", "Chloé", "Citroé"])
def test_marks_that_already_stand_right_stay(text):
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ðảng ðồng", "Đảng đồng"),
        ("Đơn\u00a0Dương\u2009xã", "Đơn Dương xã"),
        (" \t hai  lần \t", "hai  lần"),
        ("a\x00b\u200bc\u00add\ufeff", "abcd"),
        ("một \r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("e\u0301\u0302", "ế"),
        ("ê\u0301", "ế"),
        ("o\u0309\u031b", "ở"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_each_character_is_kept_in_one_way(text, kept):
    assert normalise(text) == kept


@quick
@given(st.text() | st.text(st.sampled_from("hoàáuỷyqe\u0301\u0302 \n\u00a0\u200b")))
@example("UỲ\u0300")
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_capitals_keep_their_marks():
    assert upper("Đảng ủy xã Quảng Lập") == "ĐẢNG ỦY XÃ QUẢNG LẬP"
    assert upper(unicodedata.normalize("NFD", "ủy")) == "ỦY"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("đảng ủy xã Ka Đơn", "Đảng ủy xã Ka Đơn"), ("“ông” nói", "“Ông” nói"), ("05 chi bộ", "05 chi bộ"), ("…", "…"), ("", "")],
)
def test_a_sentence_begins_with_a_capital_and_keeps_proper_names(text, sentence):
    assert sentence_case(text) == sentence


@pytest.mark.parametrize(("words", "joined"), [([], ""), (["a"], "a"), (["a", "b"], "a và b"), (iter(["a", "b", "c"]), "a, b và c")])
def test_words_are_joined_as_in_a_sentence(words, joined):
    assert join_words(words) == joined


def test_words_may_be_joined_by_another_conjunction():
    assert join_words(["a", "b"], conjunction="hay") == "a hay b"
