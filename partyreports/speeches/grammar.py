"""The grammar of a speech template: lines with conditions, headings, items, words and slots. Plain text that no engine ever reads."""

import re
from dataclasses import dataclass

from .emphasis import runs
from .slots import Slot, SlotError, Term, read_slot, read_term

LONGEST_LINE = 4_000
LONGEST_TEXT = 60_000
CONDITION = re.compile(r"\{([^{}\n]*)\}\s*")
GIVEN, ABSENT, ABOVE_ZERO, ZERO, MODEL, NO_MODEL, DOCUMENTS = "?", "!", ">0", "=0", "mô hình", "không mô hình", "văn bản"
OF_FIGURES = re.compile(r"(\?|!|>0|=0)\s*(target:)?\s*(\S+)")
OUT_OF_PLACE = re.compile(r"\{(\?|!|>0|=0|mô hình\}|không mô hình\}|văn bản\})")
KNOWN = "{? mã}, {! mã}, {>0 mã}, {=0 mã}, {mô hình}, {không mô hình}, {văn bản}"
MARKS = {"# ": ("heading", 1), "## ": ("heading", 2), "### ": ("heading", 3), "- ": ("item", "-"), "+ ": ("item", "+")}


@dataclass(frozen=True)
class Condition:
    """When a line is kept: `kind` is one of the signs above, `term` the figure asked about, `of_target` when its target is meant."""

    kind: str
    term: Term | None = None
    of_target: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: words as they are, or a slot."""

    content: str | Slot
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Line:
    """One line of a template: `form` is ("heading", level), ("item", sign) or ("paragraph", "")."""

    number: int
    conditions: tuple
    form: tuple
    pieces: tuple

    @property
    def slots(self):
        return [piece.content for piece in self.pieces if isinstance(piece.content, Slot)]

    @property
    def keys(self):
        """The indicators that it shows or asks about."""
        terms = [term for slot in self.slots for term in slot.terms] + [condition.term for condition in self.conditions if condition.term]
        return [term.indicator for term in terms]


def lines_of(text):
    """The Lines of a template, blank ones left out. What cannot be read stays in the line as ordinary words: see `faults`."""
    return [line for line, _ in _read(text) if line]


def faults(text, *, keys=None):
    """Vietnamese sentences about what cannot be read in a template, in the order of its lines; with `keys`, also about any other key."""
    if len(text) > LONGEST_TEXT:
        return [f"Mẫu dài quá {LONGEST_TEXT:,} ký tự: rút gọn hoặc chia thành hai mẫu.".replace(",", ".")]
    found = []
    for line, (number, sentences) in _read(text):
        unknown = [key for key in line.keys if key not in keys] if line and keys is not None else []
        found += [f"Dòng {number}: {sentence}" for sentence in sentences]
        found += [f"Dòng {number}: không có chỉ tiêu mã “{key}” trong danh mục." for key in unknown]
    return list(dict.fromkeys(found))


def _read(text):
    """For each line: (Line or None, (number, sentences about it))."""
    for number, raw in enumerate(text.splitlines(), start=1):
        if len(raw) > LONGEST_LINE:
            yield None, (number, ["Dòng quá dài (hơn 4.000 ký tự): tách thành nhiều đoạn."])
            continue
        sentences = []
        conditions, rest = _conditions(raw.strip(), sentences)
        mark = next((mark for mark in sorted(MARKS, key=len, reverse=True) if rest.startswith(mark)), "")
        # A condition that cannot be read is told once: what follows is left alone.
        pieces = tuple(_pieces(rest.removeprefix(mark).strip(), [] if sentences else sentences))
        line = Line(number, tuple(conditions), MARKS.get(mark, ("paragraph", "")), pieces) if pieces else None
        if conditions and not pieces:
            sentences.append("Sau điều kiện còn thiếu nội dung của dòng.")
        yield line, (number, sentences)


def _conditions(rest, sentences):
    conditions = []
    while rest.startswith("{"):
        match = CONDITION.match(rest)
        try:
            if match is None:
                raise SlotError("Dấu { mở đầu dòng chưa có dấu } khép lại.")
            conditions.append(_condition(match[1].strip()))
        except SlotError as error:
            sentences.append(str(error))
            break
        rest = rest[match.end() :]
    return conditions, rest


def _condition(text):
    if text in (MODEL, NO_MODEL, DOCUMENTS):
        return Condition(text)
    match = OF_FIGURES.fullmatch(text)
    if match is None:
        raise SlotError(f"Không có điều kiện {{{text}}}: dùng một trong các dấu {KNOWN}.")
    sign, target, key = match.groups()
    return Condition(sign, read_term(key), bool(target))


def _pieces(line, sentences):
    for run in runs(line):
        content = run.text
        if run.is_slot:
            try:
                content = read_slot(run.text)
            except SlotError as error:
                sentences.append(str(error))
                content = f"[[{run.text}]]"
        elif OUT_OF_PLACE.search(content):
            sentences.append("Điều kiện { … } chỉ đứng ở đầu dòng.")
        elif "[[" in content or "]]" in content:
            sentences.append("Ngoặc [[ … ]] chưa đủ cặp hoặc lồng vào nhau: mỗi chỗ điền viết trong một cặp ngoặc.")
        yield Piece(content, run.bold, run.italic)
