"""The document tree: what a paper says, with nothing of how it looks. PDF and DOCX are both written from it.

All of it is frozen and plain, so it can be hashed, compared, pickled and kept as JSON (`blocks_to_json`, `blocks_from_json`).
Text is a person's words and never markup. A line break in `kind`, `title`, `parent` and `issuer` is kept; elsewhere any run of
spaces and line breaks is one space, as on a page.
"""

import re
from dataclasses import dataclass
from datetime import date

CHARACTERS = 100_000
CELL_CHARACTERS = 500_000  # of tables: 1,500 rows of six columns have 200,000 and are printed in some 20 seconds
BLOCKS = 3_000
TITLE_CHARACTERS = 1_000
ALIGNMENTS = ("justify", "center", "right")
LIST_STYLES = ("-", "+", "1.", "a)")
CELL_ALIGNMENTS = ("left", "center", "right")
COLUMNS = 12
# The letters that number points in Vietnamese papers: with đ, without f, j, w, z and the vowels with marks.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
# What neither XML nor a page can carry: control characters but tab and line ends, surrogates, non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r"[ \t\r\n]+")


class TreeError(ValueError):
    """The tree cannot be read or printed; the message is a Vietnamese sentence."""


@dataclass(frozen=True)
class Text:
    """A run of words in one weight and slope."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Figure:
    """A figure as the reader sees it; `key` names indicator, period and body, as in "members_admitted:rural@2024#lac-xuan"."""

    shown: str
    key: str = ""
    missing: bool = False
    bold: bool = False
    italic: bool = False

    @property
    def text(self):
        """What is printed: a missing figure is a gap in square brackets that nobody can overlook."""
        if not self.missing:
            return self.shown
        return f"[{self.shown.strip().removeprefix('[').removesuffix(']') or '……'}]"


@dataclass(frozen=True)
class Heading:
    level: int
    inlines: tuple


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple
    align: str = "justify"


@dataclass(frozen=True)
class ListItem:
    inlines: tuple


@dataclass(frozen=True)
class ListBlock:
    """Items with typed marks, numbered from the first: "-", "+", "1.", "a)"."""

    items: tuple
    style: str = "-"

    def marks(self):
        return tuple(mark(self.style, number) for number in range(len(self.items)))


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, and how wide it is in parts of the whole (2 is twice as wide as 1)."""

    title: str
    share: float = 1
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """Rows under headings, ruled; the headings stand again at the top of each page. A row has a tuple of inlines for each column."""

    columns: tuple
    rows: tuple

    @property
    def titles(self):
        return tuple(Text(column.title, bold=True) for column in self.columns)

    @property
    def shares(self):
        """How wide each column is, in parts of 1."""
        whole = sum(column.share for column in self.columns)
        return tuple(column.share / whole for column in self.columns)


@dataclass(frozen=True)
class Letterhead:
    """The head of the first page. `style` is "party" or "state"; names come as they are to be printed; an unknown day is None."""

    style: str
    parent: str
    issuer: str
    number: str = ""
    place: str = ""
    day: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Signing:
    """What closes a paper: the post that signs, in whose name ("" in its own), and who receives it, the archive last. No name: signed by hand."""

    body: str
    post: str
    name: str = ""
    recipients: tuple = ()


@dataclass(frozen=True)
class Document:
    """One paper. `dated` chooses the rules of layout, also when the letterhead leaves the day open."""

    letterhead: Letterhead | None
    kind: str
    title: str
    blocks: tuple
    dated: date
    is_draft: bool = False
    author: str = ""
    subject: str = ""
    language: str = "vi"
    signing: Signing | None = None

    @property
    def name(self):
        """The paper's name in the properties of its file."""
        return squeezed(self.title) or squeezed(self.kind)


def mark(style, number):
    """The typed mark of item `number` (from 0) of a list."""
    if style == "1.":
        return f"{number + 1}."
    if style == "a)":
        rounds, place = divmod(number, len(POINT_LETTERS))
        return POINT_LETTERS[place] * (rounds + 1) + ")"
    return style


def squeezed(text):
    """`text` with every run of spaces and line ends as one space, as a page shows it; a no-break space stays."""
    return SPACES.sub(" ", text)


def inlines_of(block):
    """Every inline of a block, in order."""
    if isinstance(block, ListBlock):
        return tuple(inline for item in block.items for inline in item.inlines)
    if isinstance(block, Table):
        return (*block.titles, *(inline for row in block.rows for cell in row for inline in cell))
    return block.inlines


def refuse_unprintable(document):
    """Raise TreeError when the document is larger than a paper may be, or holds what no page can carry."""
    refuse_large(document.blocks)
    head = document.letterhead
    texts = [document.kind, document.title, document.author, document.subject]
    if head:
        texts += [head.parent, head.issuer, head.number, head.place]
    if document.signing:
        texts += [document.signing.body, document.signing.post, document.signing.name, *document.signing.recipients]
    if any(len(text) > TITLE_CHARACTERS for text in texts):
        raise TreeError("Tên, tiêu đề hoặc phần đầu văn bản dài quá 1.000 ký tự. Hãy rút gọn.")
    texts += [inline.text for block in document.blocks for inline in inlines_of(block)]
    if any(UNPRINTABLE.search(text) for text in texts):
        raise TreeError("Văn bản có ký tự điều khiển không in được. Hãy xóa ký tự đó rồi thử lại.")


def refuse_large(blocks):
    blocks_counted = sum(_size(block) for block in blocks)
    if blocks_counted > BLOCKS:
        raise TreeError("Văn bản dài quá 3.000 đoạn. Hãy chia thành nhiều văn bản.")
    said = [0, 0]  # letters of the text, letters of tables
    for block in blocks:
        said[isinstance(block, Table)] += sum(len(inline.text) for inline in inlines_of(block))
    if said[0] > CHARACTERS:
        raise TreeError("Văn bản dài quá 100.000 ký tự. Hãy rút gọn hoặc chia thành nhiều văn bản.")
    if said[1] > CELL_CHARACTERS:
        raise TreeError("Bảng dài quá 500.000 ký tự. Hãy thu hẹp hoặc chia thành nhiều bảng.")


def _size(block):
    if isinstance(block, ListBlock):
        return len(block.items)
    return len(block.rows) if isinstance(block, Table) else 1


def plain_text(document):
    """The words of a document or of a sequence of blocks, one line a block or list item, in reading order."""
    blocks = document.blocks if isinstance(document, Document) else document
    lines = [squeezed(document.kind), squeezed(document.title)] if isinstance(document, Document) else []
    for block in blocks:
        if isinstance(block, ListBlock):
            lines += [f"{marked} {words(item.inlines)}" for marked, item in zip(block.marks(), block.items, strict=True)]
        elif isinstance(block, Table):
            lines.append(" | ".join(words([title]) for title in block.titles))
            lines += [" | ".join(words(cell) for cell in row) for row in block.rows]
        else:
            lines.append(words(block.inlines))
    return "\n".join(line for line in lines if line)


def words(inlines):
    return "".join(text for _, text in printed(inlines))


def printed(inlines):
    """Pairs (inline, text as printed) of one block: runs of spaces are one space also across inlines, none at either end."""
    pairs, ends_open = [], False
    for inline in inlines:
        text = squeezed(inline.text)
        if not ends_open:
            text = text.removeprefix(" ")
        if text:
            pairs.append((inline, text))
            ends_open = not text.endswith(" ")
    if pairs and pairs[-1][1].endswith(" "):
        inline, text = pairs.pop()
        pairs += [(inline, text[:-1])] if text[:-1] else []
    return pairs
