"""What stands above the first paragraph: letterhead, kind and title, set in lines, with the lengths of the rules under them."""

import re
from dataclasses import dataclass
from functools import partial

from partyreports.documents.fonts import text_width
from partyreports.documents.layouts import LayoutError
from partyreports.documents.lines import even_lines
from partyreports.documents.tree import squeezed

NO_BREAK = "\u00a0"
GAP = NO_BREAK * 6  # a blank to be filled in by hand
MARGIN = 1  # millimetres kept free in a column, for kerning is not counted


@dataclass(frozen=True)
class Front:
    """Lines are tuples of text; lengths of rules are millimetres, 0 where there is no rule."""

    parent: tuple
    issuer: tuple
    issuer_rule: float
    star: str
    number: str
    draft: str
    nation: str
    nation_rule: float
    motto: str
    motto_rule: float
    place_date: str
    kind: tuple
    title: tuple
    closing: str
    closing_rule: float


def front_of(document, rules):
    """The Front of `document` under `rules`; without a letterhead its lines are empty."""
    head, parts, block = document.letterhead, rules.parts, rules.heading_block
    if head and head.style != rules.style:
        raise LayoutError(f"Phần đầu văn bản loại “{head.style}” không dùng được với {rules.title}.")
    issuer = _lines(head.issuer, rules.letterhead.left - MARGIN, parts.issuer) if head else ()
    title = _lines(document.title, block.width, parts.title)
    return Front(
        parent=_lines(head.parent, rules.letterhead.left - MARGIN, parts.parent) if head else (),
        issuer=issuer,
        issuer_rule=round(_width(issuer[-1], parts.issuer) * rules.letterhead.rule_share, 2) if issuer else 0,
        star=rules.letterhead.star if head else "",
        number=_with_gaps(head.number) if head else "",
        draft=parts.draft.text if document.is_draft else "",
        nation=parts.nation.text if head else "",
        nation_rule=_rule(parts.nation) if head else 0,
        motto=parts.motto.text if head and parts.motto else "",
        motto_rule=_rule(parts.motto) if head and parts.motto else 0,
        place_date=place_and_date(head) if head else "",
        kind=_lines(document.kind, block.width, parts.kind),
        title=title,
        closing=block.below_title if title else "",
        closing_rule=block.below_title_rule if title else 0,
    )


def place_and_date(head):
    """ "Đơn Dương, ngày 05 tháng 01 năm 2025"; what is not known is a gap. Days below 10 and the months 1 and 2 take a zero."""
    day = GAP if head.day is None else f"{NO_BREAK}{head.day:02d}{NO_BREAK}"
    month = GAP if head.month is None else NO_BREAK + (f"{head.month:02d}" if head.month < 3 else f"{head.month}") + NO_BREAK
    year = GAP if head.year is None else f"{NO_BREAK}{head.year}"
    place = squeezed(head.place).strip()
    return f"{place}, ngày{day}tháng{month}năm{year}" if place else f"Ngày{day}tháng{month}năm{year}"


def _lines(text, width, part):
    return even_lines(text, width, partial(_width, part=part))


def _width(text, part):
    return text_width(text, part.size, bold=part.bold, italic=part.italic)


def _rule(part):
    return round(_width(part.text, part), 2) if part.ruled else 0


def _with_gaps(number):
    """The blanks that a writer leaves in "Số:      /BC-MT" stay as wide as he typed them."""
    return re.sub(" {2,}", lambda blank: NO_BREAK * len(blank[0]), number.strip())
