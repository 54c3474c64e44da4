"""What a speech still lacks: figures and parts that nobody has given, blanks that are filled by hand."""

import re

from organizations.review import Problem
from partyreports.documents import Figure, ListBlock, Text
from partyreports.vietnamese import sentence_case

from .figures import figure_id

BLANK = re.compile(r"…{2,}|\.{4,}|_{3,}")


def gaps_of(blocks):
    """A Problem for each gap, each thing once: a speech is not sent up with them."""
    missing = {figure_id(inline): inline for inline in inlines_of(blocks) if isinstance(inline, Figure) and inline.missing}
    return [
        Problem(f"{sentence_case(inline.shown)}. Nhập, duyệt số liệu rồi cập nhật vào bài, hoặc sửa lại câu.", where)
        for where, inline in missing.items()
    ]


def blanks_of(blocks):
    """A warning for each row of dots left to fill in."""
    found = []
    for block in blocks:
        for holder in block.items if isinstance(block, ListBlock) else [block]:
            words = "".join(inline.text for inline in holder.inlines if isinstance(inline, Text))
            if BLANK.search(words):
                start = BLANK.split(words.strip())[0].strip()[:60]
                found.append(Problem(f"Còn dòng chấm để điền{f' sau “{start}”' if start else ''}.", "", "warning"))
    return found


def inlines_of(blocks):
    """Every inline of the blocks, in order."""
    for block in blocks:
        for holder in block.items if isinstance(block, ListBlock) else [block]:
            yield from holder.inlines
