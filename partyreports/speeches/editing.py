"""What the two ways of editing share: the record of figures, the limits, and how lines become blocks of the tree.

A figure travels as its id. What it shows is taken from the server's own record, never from what was posted; an id that the record does
not know becomes ordinary words.
"""

from partyreports.documents import Figure, Heading, ListBlock, ListItem, Paragraph, Text, TreeError, blocks_from_json, blocks_to_json
from partyreports.vietnamese import normalise

from .figures import figure_id
from .gaps import inlines_of

LONGEST = 200_000
SIGNS = ("-", "+")


class EditingError(ValueError):
    """Posted text that cannot be taken; the message is a Vietnamese sentence."""


def record_of(*trees, offered=()):
    """dict: id → figure node, of everything the trees show and everything the page has offered."""
    nodes = [inline for blocks in trees for inline in inlines_of(blocks) if isinstance(inline, Figure)]
    return {figure_id(node): Figure(node.shown, node.key, node.missing) for node in [*nodes, *offered]}


def simple(blocks):
    """The blocks with numbered lists as paragraphs with typed numbers: the page knows dashes and pluses only."""
    for block in blocks:
        if isinstance(block, ListBlock) and block.style not in SIGNS:
            for mark, item in zip(block.marks(), block.items, strict=True):
                yield Paragraph((Text(f"{mark} "), *item.inlines))
        else:
            yield block


def joined_blocks(lines):
    """Blocks of (form, inlines): empty ones left out, items that follow each other in one list."""
    blocks = []
    for form, inlines in lines:
        clean = _clean(inlines)
        if not clean:
            continue
        kind, of = form
        if kind == "heading":
            blocks.append(Heading(of, clean))
        elif kind == "paragraph":
            blocks.append(Paragraph(clean))
        elif blocks and isinstance(blocks[-1], ListBlock) and blocks[-1].style == of:
            blocks[-1] = ListBlock((*blocks[-1].items, ListItem(clean)), of)
        else:
            blocks.append(ListBlock((ListItem(clean),), of))
    return tuple(blocks)


def _clean(inlines):
    """Inlines with the house's spelling of letters, neighbours of one look joined, no space at either end; () when nothing is said."""
    joined = []
    for inline in inlines:
        if isinstance(inline, Text):
            words = _spelt(inline.text)
            last = joined[-1] if joined else None
            if isinstance(last, Text) and last.text.endswith(" "):
                words = words.lstrip(" ")
            if not words:
                continue
            if isinstance(last, Text) and (last.bold, last.italic) == (inline.bold, inline.italic):
                joined[-1] = Text(_spelt(last.text + words), last.bold, last.italic)
            else:
                joined.append(Text(words, inline.bold, inline.italic))
        else:
            joined.append(inline)
    if joined and isinstance(joined[0], Text):
        joined[0] = Text(joined[0].text.lstrip(), joined[0].bold, joined[0].italic)
    if joined and isinstance(joined[-1], Text):
        joined[-1] = Text(joined[-1].text.rstrip(), joined[-1].bold, joined[-1].italic)
    said = [inline for inline in joined if inline.text]
    return tuple(said) if any(inline.text.strip() for inline in said) else ()


def _spelt(text):
    """`text` in NFC and old-style tone marks, runs of spaces as one, the spaces at its ends kept as one."""
    words = normalise(" ".join(text.split()))
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{words}{after}" if words else " " if text.isspace() else ""


def refuse_long(text):
    if len(text.encode()) > LONGEST:
        raise EditingError("Nội dung quá dài (hơn 200 KB): rút gọn hoặc chia thành hai bài.")


def checked(blocks):
    try:
        return blocks_from_json(blocks_to_json(blocks))
    except TreeError as error:
        raise EditingError(str(error)) from error
