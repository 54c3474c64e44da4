"""What a data-entry cell may hold: nothing yet, a number with its qualifier, "không phát sinh", "không áp dụng"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from partyreports.vietnamese.folding import fold
from partyreports.vietnamese.numbers import number, parse_number
from partyreports.vietnamese.unclear import NumberError
from partyreports.vietnamese.words import normalise

MISSING, GIVEN, NOTHING, NOT_APPLICABLE = "missing", "given", "nothing", "not_applicable"
STATES = {MISSING: "chưa nhập", GIVEN: "đã nhập", NOTHING: "không phát sinh", NOT_APPLICABLE: "không áp dụng"}
QUALIFIERS = {
    "": "",
    "over": "hơn",
    "about": "khoảng",
    "nearly": "gần",
    "at_least": "ít nhất",
    "estimated": "ước",
    "basically": "cơ bản",
}

# Both tables are folded: a clerk in a hurry types without marks.
SAID_STATES = {
    "khong phat sinh": NOTHING,
    "kps": NOTHING,
    "k": NOTHING,
    "khong ap dung": NOT_APPLICABLE,
    "kad": NOT_APPLICABLE,
}
SAID_QUALIFIERS = {fold(word): code for code, word in QUALIFIERS.items()} | {
    "tren": "over",
    "uoc dat": "estimated",
    "uoc tinh": "estimated",
}
WORDS_THEN_NUMBER = re.compile(r"([^0-9.,+−–-]*)(.*)")


@dataclass(frozen=True)
class Entry:
    """What one cell says. `value` is there when `state` is "given" and only then; `qualifier` is a code of QUALIFIERS."""

    state: str
    value: Decimal | None = None
    qualifier: str = ""

    def __post_init__(self):
        if self.state not in STATES or self.qualifier not in QUALIFIERS:
            raise ValueError(f"unknown state or qualifier: {self.state!r}, {self.qualifier!r}")
        if (self.state == GIVEN) != isinstance(self.value, Decimal) or (self.state != GIVEN and (self.value is not None or self.qualifier)):
            raise ValueError("a Decimal belongs to a given entry, and to no other")


def parse_figure(text, *, decimals=None, allow_negative=False):
    """The Entry that the text of a cell means; marks and capitals of its words do not matter. Raises NumberError."""
    typed = " ".join(normalise(text).split())
    if not typed:
        return Entry(MISSING)
    folded = fold(typed)
    if folded in SAID_STATES:
        return Entry(SAID_STATES[folded])
    if folded in {"khong", "-", "--"}:
        raise NumberError("Nhập 0 nếu kết quả bằng không, nhập “không phát sinh” nếu trong kỳ không có việc này.", ["0", "không phát sinh"])
    said, rest = WORDS_THEN_NUMBER.match(typed).groups()
    said = said.strip(" :")
    if fold(said) == "duoi":
        raise NumberError(f"Chưa ghi được “{typed[:40]}”: nhập số đúng, hoặc dùng “gần”, “khoảng”.")
    qualifier = SAID_QUALIFIERS.get(fold(said), "")
    if not qualifier:
        rest = typed
    elif not rest:
        raise NumberError(f"Sau “{said}” còn thiếu số, ví dụ “{QUALIFIERS[qualifier]} 245”.")
    try:
        return Entry(GIVEN, parse_number(rest, decimals=decimals, allow_negative=allow_negative), qualifier)
    except NumberError as error:
        raise NumberError(error.sentence, [_qualified(qualifier, shown) for shown in error.suggestions]) from error


def write_figure(entry, *, decimals=None):
    """The text of a cell that `parse_figure` reads back as `entry`. `decimals` fixes how many are shown, and may round."""
    if entry.state == GIVEN:
        return _qualified(entry.qualifier, number(entry.value, decimals=decimals))
    return "" if entry.state == MISSING else STATES[entry.state]


def _qualified(qualifier, shown):
    return f"{QUALIFIERS[qualifier]} {shown}".lstrip()
