"""What a page end and a line end must not part: a short address from the heading it leads to, the pieces of a document's number."""

import re
from itertools import pairwise

from partyreports.documents.tree import Heading, Paragraph, words

SHORT = 60  # letters of a paragraph that only leads to what follows, as "Kính thưa Hội nghị!"
# 83/KH-BCH, 38-KH/ĐU, 12-NQ/TW, 28/12/2023: digits, then pieces of digits or capitals joined by a slash or a hyphen.
NUMBER = re.compile(r"\d+(?:[/-][0-9A-ZĐ]+)+")
LONGEST_NUMBER = 40


def led(blocks):
    """Pairs (block, whether it stays on one page with the next) in order: headings, a short address before one, what the last words follow."""
    pairs = [(block, isinstance(block, Heading) or _leads(block, following)) for block, following in pairwise((*blocks, None))]
    if len(pairs) > 1 and _is_short(blocks[-1]):
        pairs[-2] = (blocks[-2], True)
    return pairs


def pieces(text):
    """Pairs (piece, whether it is a number that stays on one line); together they are `text`."""
    found, end = [], 0
    for match in NUMBER.finditer(text):
        if len(match[0]) <= LONGEST_NUMBER:
            found += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    return [(piece, is_number) for piece, is_number in (*found, (text[end:], False)) if piece]


def _leads(block, following):
    return isinstance(following, Heading) and _is_short(block)


def _is_short(block):
    if not isinstance(block, Paragraph):
        return False
    said = words(block.inlines)
    return len(said) < SHORT and said.endswith(("!", "."))
