"""Names of persons have no place in the registers of dialogues and inspections: whoever is addressed by name is refused, a look-alike asked about."""

import re

# Family names that most people of the province carry. A place or a post may begin with one of them too: the portal asks, it does not refuse.
FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lâm|Mai|Tô|Hà|Cao|Đào|Lương|Lưu|Thái|Tạ|Châu|"
    "Quách|Kiều|Tăng|Ma|Tou|Touneh|Bon|Jơ|Ja|Cil|Kơ|Lơ|Rơ|Dà"
)
RESPECTED = ("Hồ Chí Minh",)  # whose thought is studied, not who sat in the hall
LETTERS = "[A-ZÀ-ỸĐ][a-zà-ỹđ'’]*"
NAME = re.compile(rf"(?<![\w])(?:{FAMILIES})(?: {LETTERS}){{2,4}}(?!\w)")
POSTS = "Bí|Chủ|Phó|Trưởng|Chánh|Ủy|Đảng|Chi|Hội|Đội|Tổ|Ban|Giám|Thường|Hiệu|Cán|Công|Đại|Tổng|Thủ|Kế"  # first words of posts: "đồng chí Bí thư"
NAMED = rf"(?!(?:{POSTS}) [a-zà-ỹđ]){LETTERS}(?: {LETTERS}){{0,4}}"
# In the middle of a text only small letters address somebody, "đường Bà Triệu" is a place; "chị em", "trẻ em" and "anh chị" are nobody's titles.
ADDRESSED = re.compile(
    rf"(?<!\w)(?:đồng chí|đ/c|ông|bà|cụ|(?<!anh )chị|anh|(?<!anh )(?<!chị )(?<!trẻ )em) {NAMED}"
    rf"|(?:^|(?<=[.;:,] ))(?:Đồng chí|Đ/c|Ông|Bà|Cụ|Chị|Anh|Em) {NAMED.replace('{0,4}', '{1,4}')}|(?<!\w)Đồng chí {NAMED}"
)
LOOKS_ADDRESSED = re.compile(rf"(?<!\w)(?:Ông|Bà|ong|ba|Ong|Ba) ({NAMED})")  # the last ones are typed without marks
INSTEAD = {  # what to write instead of a name, by what the field is for
    "place": "ghi nơi chốn, ví dụ “nhà văn hóa thôn”.",
    "post": "ghi chức vụ, ví dụ “Bí thư Đảng ủy”.",
    "office": "ghi tên cơ quan, ví dụ “UBND xã”.",
    "number": "chỉ ghi số, ký hiệu văn bản.",
    "subject": "ghi “đảng viên chi bộ …” hoặc tên tổ chức.",
    "reason": "ghi lý do, không ghi tên người.",
}


def person_addressed(text):
    """The part of `text` that speaks of a person by title and name ("ông Nguyễn Văn A"), "" when none does."""
    found = ADDRESSED.search(_others(text))
    return found[0] if found else ""


def person_named(text):
    """The part of `text` that looks like a person's name, "" when none does."""
    text = _others(text)
    if found := ADDRESSED.search(text):
        return re.sub(r"^(?:đồng chí|\S+) ", "", found[0], flags=re.IGNORECASE)
    if found := LOOKS_ADDRESSED.search(text):
        return found[1]
    found = NAME.search(text)
    return found[0] if found else ""


def look_alikes(*texts, instead=""):
    """A sentence for each of `texts` that looks as if it named a person; `instead` says what the register holds ("chỉ ghi số lượng, ")."""
    return [f"“{name}” giống họ tên một người: sổ này {instead}không ghi tên người." for text in texts if (name := person_named(text or ""))]


def refusals(facts, uses):
    """(field, sentence) for each text of `facts` that speaks of a person by name, or is one where a post belongs; `uses` maps fields to INSTEAD."""
    for name, use in uses.items():
        text = facts.get(name) or ""
        if person := person_addressed(text) or (text if use == "post" and NAME.fullmatch(text) else ""):
            yield name, f"“{person}” là tên người, sổ này không ghi tên người: {INSTEAD[use]}"


def _others(text):
    for known in RESPECTED:
        text = text.replace(known, "")
    return text
