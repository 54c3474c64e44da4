"""Vietnamese order as a plain string, for a column that any database sorts the same way.

Source of the order: CLDR, locale vi: a ă â … d đ … e ê … o ô ơ … u ư; tones ngang, huyền, hỏi, ngã, sắc, nặng count only between texts
whose letters are equal. Beyond it, runs of figures sort by their value ("Thôn 2" before "Thôn 10"), and every sign counts as a space.

A key is pairs of characters, one pair a letter, then "00", then one figure a tone. No two letters stand side by side, so no collation
finds a digraph in it, and it has nothing but a-z and 0-9, so none finds a sign to skip.
"""

import re
import unicodedata

from partyreports.vietnamese.words import normalise

PIECES = re.compile(r"(?P<number>[0-9]+)|(?P<letter>[^\W_])(?P<marks>[\u0300-\u036f]*)|(?P<gap>[\W_]+)")
SHAPED = {"a\u0306": "a1", "a\u0302": "a2", "e\u0302": "e1", "o\u0302": "o1", "o\u031b": "o2", "u\u031b": "u1", "đ": "d1"}
SHAPES = "\u0302\u0306\u031b"
TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
NO_TONE, FOREIGN_MARK = "1", "7"
END, GAP, NEXT_FIELD = "00", "01", "0"


def sort_key(text):
    """A string of a-z and 0-9 whose plain order is the Vietnamese order of texts.

    Four characters a letter at the most (Vietnamese text: about three), plus two; other scripts come after z, eleven a letter.
    """
    letters, tones = [], []
    for piece in PIECES.finditer(unicodedata.normalize("NFD", normalise(text).lower())):
        if piece["letter"]:
            letter, tone = _letter(piece["letter"], piece["marks"])
            letters.append(letter)
            tones.append(tone)
        else:
            letters.append(GAP if piece["gap"] else _number(piece["number"]))
    if letters[:1] == [GAP]:
        del letters[0]
    if letters[-1:] == [GAP]:
        del letters[-1]
    return "".join(letters) + END + "".join(tones).rstrip(NO_TONE)


def person_sort_key(full_name):
    """The key under which people are listed: by tên (the last word), then họ (the first), then đệm (what stands between)."""
    words = normalise(full_name).split()
    fields = [words[-1:], words[:-1][:1], words[1:-1]]
    return NEXT_FIELD.join(sort_key(" ".join(field)) for field in fields)


def _letter(letter, marks):
    shape = "".join(mark for mark in marks if mark in SHAPES)
    others = [mark for mark in marks if mark not in SHAPES]
    if letter + shape in SHAPED:
        code = SHAPED[letter + shape]
    elif letter.isascii():
        code = f"{letter}0"
        others += shape
    else:
        code = f"z1{ord(letter):08d}"
    return code, TONES.get(others[0], FOREIGN_MARK) if others else NO_TONE


def _number(digits):
    digits = digits.lstrip("0") or "0"
    return f"1{min(len(digits), 9)}" + "".join(f"2{digit}" for digit in digits)
