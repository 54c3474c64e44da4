"""Names of persons have no place in the registers of dialogues and inspections: a text that seems to hold one is asked about."""

import re

# Family names that most people of the province carry. A place or a post may begin with one of them too: the portal asks, it never refuses.
FAMILIES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Trịnh|Trương|Lâm|Mai|Tô|Hà|Cao|Đào|Lương|Lưu|Thái|Tạ|Châu|"
    "Quách|Kiều|Tăng|Ma|Tou|Touneh|Bon|Jơ|Ja|Cil|Kơ|Lơ|Rơ|Dà"
)
RESPECTED = ("Hồ Chí Minh",)  # whose thought is studied, not who sat in the hall
LETTERS = "[A-ZÀ-ỸĐ][a-zà-ỹđ'’]*"
NAME = re.compile(rf"(?<![\w])(?:{FAMILIES})(?: {LETTERS}){{2,4}}(?!\w)")
ADDRESSED = re.compile(rf"\b(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à|anh|chị|cụ) ({LETTERS}(?: {LETTERS}){{0,4}})")


def person_named(text):
    """The part of `text` that looks like a person's name, "" when none does."""
    for known in RESPECTED:
        text = text.replace(known, "")
    found = ADDRESSED.search(text)
    if found:
        return "" if found[1].split()[0] in ("Bí", "Chủ", "Phó", "Trưởng", "Chánh") else found[1]
    found = NAME.search(text)
    return found[0] if found else ""
