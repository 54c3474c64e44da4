import random
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from partyreports.vietnamese import person_sort_key, sort_key

quick = settings(deadline=None, max_examples=300)

# The order written out a second way: letters in their places, and the six tones of each vowel.
ALPHABET = " aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = ["aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ", "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ"]
LETTER_AND_TONE = {letter: (letter, 0) for letter in ALPHABET} | {toned: (vowel[0], tone) for vowel in VOWELS for tone, toned in enumerate(vowel)}
words = st.text(st.sampled_from(sorted(LETTER_AND_TONE.keys() - {" "})), min_size=1, max_size=5)


def by_the_book(text):
    pairs = [LETTER_AND_TONE[letter] for letter in text]
    return [ALPHABET.index(letter) for letter, _ in pairs], [tone for _, tone in pairs]


def in_order(*texts):
    shuffled = list(texts)
    random.Random(5).shuffle(shuffled)
    return sorted(shuffled, key=sort_key) == list(texts)


def test_letters_stand_in_vietnamese_order():
    assert in_order("An", "Ăn", "Ân", "Ba", "Ca", "Da", "Đa", "E", "Ê", "Ga", "O", "Ô", "Ơ", "Pa", "U", "Ư", "Va", "Y", "Z")


def test_tones_stand_in_vietnamese_order():
    assert in_order("la", "là", "lả", "lã", "lá", "lạ")


def test_tones_count_only_between_equal_letters():
    assert in_order("ba ba", "bà bà", "ba ca", "bác", "ban")


def test_a_shorter_word_comes_before_a_longer_one():
    assert in_order("Ka Đô", "Ka Đơn", "Lạc Lâm", "Lạc Xuân", "Pró", "Quảng Lập", "Tu Tra")


def test_runs_of_figures_sort_by_their_value():
    assert in_order("Thôn 1", "Thôn 2", "Thôn 2A", "Thôn 10", "Thôn 100", "Thôn Hòa Lạc")
    assert sort_key("Thôn 05") == sort_key("Thôn 5")


def test_signs_capitals_and_spellings_do_not_move_a_text():
    assert len({sort_key(text) for text in ("Huyện ủy", "huyện uỷ", "“HUYỆN  ỦY”", " Huyện-ủy.")}) == 1


def test_other_scripts_come_after_z():
    assert in_order("Zét", "Ω", "漢")


@quick
@given(st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=8))
@example(["ba ý", "bà ăn"])
def test_the_key_agrees_with_the_order_written_out(texts):
    assert sorted(texts, key=sort_key) == sorted(texts, key=by_the_book)


@quick
@given(st.text())
def test_a_key_is_letters_and_figures_that_every_collation_sorts_alike(text):
    key = sort_key(text)
    assert re.fullmatch(r"(?:[0-9a-z][0-9])*00[1-7]*", key) or re.fullmatch("[0-9a-z]*", key)
    assert not re.search("[a-z][a-z]", key)


def test_people_are_listed_by_given_name_then_family_name_then_middle_name():
    people = [
        "Nguyễn Văn An",
        "Trần Thị An",
        "Lê Ái",
        "Bùi Thị Ánh",
        "Nguyễn Văn Hà",
        "Lê Thị Hạ",
        "Ka Hạnh",
        "Nguyễn Thị Hạnh",
        "Nguyễn Văn Hạnh",
        "Đỗ Y",
    ]
    expected = [
        "Lê Ái",
        "Nguyễn Văn An",
        "Trần Thị An",
        "Bùi Thị Ánh",
        "Nguyễn Văn Hà",
        "Lê Thị Hạ",
        "Ka Hạnh",
        "Nguyễn Thị Hạnh",
        "Nguyễn Văn Hạnh",
        "Đỗ Y",
    ]
    random.Random(5).shuffle(people)
    assert sorted(people, key=person_sort_key) == expected


def test_the_tone_of_a_given_name_counts_before_the_family_name():
    assert sorted(["Đỗ Hà", "An Hạ", "Bùi Hà"], key=person_sort_key) == ["Bùi Hà", "Đỗ Hà", "An Hạ"]


@quick
@given(st.lists(words, max_size=4).map(" ".join))
def test_a_persons_key_does_not_mind_spaces(name):
    assert person_sort_key(f" {name.replace(' ', '  ')} ") == person_sort_key(name)
