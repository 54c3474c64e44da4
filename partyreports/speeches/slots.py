"""The closed list of slots that a template may hold, and what stands in each. Strings in, strings and figure nodes out."""

import re
from dataclasses import dataclass

from partyreports.documents import Figure, Text
from partyreports.vietnamese import count, fold, short_date

from .figures import CHANGE, INDICATOR, NUMBER, PAIR, PERIOD, RATE, RESULT, TARGET, VERDICT, Source

SALUTATION = "Kính thưa: " + "…" * 15
PREVIOUS = "trước"
FIGURE_SLOTS = {
    "số": NUMBER,
    "cặp": PAIR,
    "so sánh": CHANGE,
    "chỉ tiêu": TARGET,
    "kết quả/chỉ tiêu": RESULT,
    "tỷ lệ đạt": RATE,
    "đánh giá": VERDICT,
}
MODEL_PARTS = {
    "thực trạng": "situation",
    "cách thức": "method",
    "tính mới": "novelty",
    "kết quả": "results",
    "hạn chế": "limits",
    "hướng tới": "next_steps",
}
WORD_SLOTS = {
    "kính thưa": "dòng “Kính thưa: ……” để điền tên người dự",
    "tổ chức": "tên tổ chức đọc tham luận",
    "đảng bộ": "tên đảng bộ (hoặc tên tổ chức nếu không có)",
    "cấp trên": "tên tổ chức cấp trên trực tiếp",
    "đảng bộ cấp trên": "tên đảng bộ cấp trên trực tiếp",
    "địa danh": "địa danh ghi ở dòng ngày tháng",
    "năm": "năm của kỳ báo cáo",
    "năm trước": "năm liền trước",
    "năm sau": "năm liền sau",
    "trích yếu": "tên bài tham luận",
    "các văn bản": "các văn bản có số hoặc có ngày mà tổ chức viện dẫn; đứng một mình sau gạch đầu dòng thì mỗi văn bản một dòng",
    "mô hình": "tên chính thức của mô hình",
    "mô hình.ngày ra mắt": "ngày ra mắt mô hình",
    "mô hình.tổ công tác": "số thành viên Tổ công tác",
    "mô hình.căn cứ": "các văn bản làm căn cứ của mô hình; viết được như [[các văn bản]]",
} | {f"mô hình.{part}": f"phần {part} của mô hình" for part in MODEL_PARTS}
LIST_SLOTS = ("các văn bản", "mô hình.căn cứ")
FIGURE_HELP = {
    "số: mã": "số liệu của chỉ tiêu, ví dụ 05 · 55,56% · hơn 245",
    "cặp: mã / mã tổng": "số liệu trên tổng, ví dụ 22/29",
    "so sánh: mã": "tăng, giảm hoặc bằng năm trước, ví dụ “tăng 27 so với năm 2023”",
    "chỉ tiêu: mã": "chỉ tiêu được giao",
    "kết quả/chỉ tiêu: mã": "kết quả trên chỉ tiêu giao, ví dụ 09/8",
    "tỷ lệ đạt: mã": "tỷ lệ so với chỉ tiêu giao, ví dụ 112,5%",
    "đánh giá: mã": "vượt, đạt hoặc chưa đạt",
    "các văn bản: loại": "chỉ văn bản của một loại, ví dụ [[các văn bản: Kế hoạch]]",
}


@dataclass(frozen=True)
class Term:
    """A figure that a template names: indicator key and period ("" for the speech's own, "trước", or a code such as 2020-2023)."""

    indicator: str
    period: str = ""


@dataclass(frozen=True)
class Slot:
    """A slot read: `name` from the list, `terms` for figures, `kind` for documents of one kind."""

    name: str
    terms: tuple = ()
    kind: str = ""

    @property
    def mode(self):
        return FIGURE_SLOTS.get(self.name)


class SlotError(ValueError):
    """A slot or condition that is not on the list; the message is a Vietnamese sentence."""


def read_term(text):
    """The Term of "members_admitted:rural@2020-2023"; raises SlotError."""
    key, at, period = text.strip().partition("@")
    if not re.fullmatch(INDICATOR, key) or (at and not re.fullmatch(PERIOD, period)):
        raise SlotError(f"“{text.strip()}” không phải mã chỉ tiêu: viết như members_admitted:rural hoặc members_admitted@{PREVIOUS}.")
    return Term(key, period.strip())


def read_slot(text):
    """The Slot between two brackets; raises SlotError with a sentence that names it."""
    name, colon, rest = (" ".join(part.split()) for part in text.partition(":"))
    if name in FIGURE_SLOTS:
        parts = rest.split(" / ")
        if len(parts) != (2 if name == "cặp" else 1) or not rest:
            how = "cặp: mã / mã tổng" if name == "cặp" else f"{name}: mã"
            raise SlotError(f"Chỗ điền [[{text}]] viết chưa đúng: viết [[{how}]].")
        return Slot(name, tuple(read_term(part) for part in parts))
    if name == "các văn bản" and rest:
        return Slot(name, kind=rest)
    if name in WORD_SLOTS and not colon:
        return Slot(name)
    raise SlotError(f"Không có chỗ điền [[{text}]] trong danh sách: kiểm tra lại cách viết.")


def source_of(slot, *, period, organization):
    """The Source of a figure slot in a speech of `organization` for `period`."""
    codes = [code_of(term, period) for term in slot.terms]
    first, *other = slot.terms
    return Source(slot.mode, first.indicator, codes[0], organization.pk, *([other[0].indicator, codes[1]] if other else []))


def code_of(term, period):
    """The code of the period that a term means; the year before of a period that knows none is named by its number."""
    if not term.period:
        return period.code
    if term.period != PREVIOUS:
        return term.period
    return period.previous.code if period.previous else str(period.year - 1)


def words_of(name, facts, *, kind=""):
    """What a slot of words says, or None when nothing is known to put there. Several lines are several paragraphs."""
    if name == "kính thưa":
        return SALUTATION
    if name in LIST_SLOTS:
        return "; ".join(cited(name, facts, kind=kind)) or None
    if name.startswith("mô hình"):
        return _words_of_model(name, facts.registration)
    return facts.words[name] or None


def cited(name, facts, *, kind=""):
    """The documents that a slot of LIST_SLOTS names, each in words."""
    if name == "các văn bản":
        return [reference.citation for reference in facts.references if not kind or fold(reference.kind) == fold(kind)]
    return [reference.citation for reference in facts.registration.basis.all()] if facts.registration else []


def filled(slot, facts, ledger, *, bold=False, italic=False):
    """The inlines that take the slot's place: a figure node, words, or a visible gap."""
    if slot.mode:
        source = source_of(slot, period=facts.period, organization=facts.organization)
        return [ledger.figure(source, bold=bold, italic=italic)]
    words = words_of(slot.name, facts, kind=slot.kind)
    if words is None:
        about = f"văn bản loại {slot.kind}" if slot.kind else WORD_SLOTS[slot.name]
        return [Figure(f"chưa có nội dung: {about}", "", missing=True, bold=bold, italic=italic)]
    return [Text(words, bold, italic)]


def _words_of_model(name, model):
    if model is None:
        return None
    part = name.partition(".")[2]
    if not part:
        return model.title
    if part == "ngày ra mắt":
        return short_date(model.launched_on) if model.launched_on else None
    if part == "tổ công tác":
        return count(model.working_group_size) if model.working_group_size else None
    return getattr(model, MODEL_PARTS[part]).strip() or None
