"""A speech as HTML for the screen and the editor, and back: only what a tree can hold is kept."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3
from django.utils.html import format_html, format_html_join

from partyreports.documents import Figure, Heading, ListBlock, Text

from .editing import EditingError, checked, joined_blocks, refuse_long, simple
from .figures import figure_id

DEEPEST = 50
FIRST_HEADING = 2  # the page has the only h1
DROPPED = {"script", "style", "template", "textarea", "title", "noscript", "iframe", "object", "svg", "math", "select"}
HOLDERS = {"p": ("paragraph", ""), "h1": ("heading", 1), "h2": ("heading", 1), "h3": ("heading", 2)} | {
    name: ("heading", 3) for name in ("h4", "h5", "h6")
}
LISTS = {"ul", "ol"}
BREAKING = {*HOLDERS, *LISTS, "li", "div", "blockquote", "tr", "td", "th", "pre"}
CLEANER = nh3.Cleaner(
    tags={*BREAKING, "br", "span", "strong", "em", "b", "i", "table", "tbody"},
    clean_content_tags=DROPPED,
    attributes={"span": {"data-figure"}},
    allowed_classes={"ul": {"plus"}},
    link_rel=None,
)
TAG = re.compile(r"<(/?)([a-zA-Z]+)")
VOID = {"br", "hr", "img", "input", "wbr", "col", "meta", "link"}


@dataclass(frozen=True)
class Marked(Text):
    """Words of a page alone that want a look; `name` is what a link leads to."""

    name: str = ""


def to_html(blocks, *, about=None, doubtful=(), anchored=False):
    """Safe HTML of the blocks. `about` tells of each figure id where it comes from; `anchored` gives problems something to link to."""
    seen = set() if anchored else None
    return format_html_join("\n", "{}", ((_block_html(block, about or {}, doubtful, seen),) for block in simple(blocks)))


def _block_html(block, about, doubtful, seen):
    def inlines(holder):
        return format_html_join("", "{}", ((_inline_html(inline, about, doubtful, seen),) for inline in holder.inlines))

    if isinstance(block, ListBlock):
        items = format_html_join("", "<li><p>{}</p></li>", ((inlines(item),) for item in block.items))
        return format_html('<ul class="plus">{}</ul>' if block.style == "+" else "<ul>{}</ul>", items)
    tag = f"h{block.level + FIRST_HEADING - 1}" if isinstance(block, Heading) else "p"
    return format_html("<{}>{}</{}>", tag, inlines(block), tag)


def _inline_html(inline, about, doubtful, seen):
    html = format_html("{}", inline.text)
    if isinstance(inline, Figure):
        name = figure_id(inline)
        look = "figure-gap" if inline.missing else "figure-chip figure-chip-doubt" if name in doubtful else "figure-chip"
        about_it, anchor = about.get(name, ""), _anchor(name, seen)
        html = format_html('<span class="{}" data-figure="{}" title="{}"{}>{}</span>', look, name, about_it, anchor, inline.text)
    elif isinstance(inline, Marked):
        html = format_html('<span class="title-doubt"{}>{}</span>', _anchor(inline.name, seen), inline.text)
    if inline.italic:
        html = format_html("<em>{}</em>", html)
    return format_html("<strong>{}</strong>", html) if inline.bold else html


def _anchor(name, seen):
    """What a link can lead to: the first place alone that shows `name`; `seen` holds the names so far, None on a page without links."""
    if seen is None or name in seen:
        return ""
    seen.add(name)
    return format_html(' id="cell-{}"', name)


def from_html(html, record):
    """(blocks, how many figures were not known) of posted HTML. Raises EditingError when it is too long or nested too deeply."""
    refuse_long(html)
    _refuse_deep(html)
    reader = _Reader(record)
    # Cleaning comes first for a second reason: html.parser takes minutes over a few thousand unclosed tags, and none over clean ones.
    reader.feed(CLEANER.clean(html))
    reader.close()
    return checked(reader.finished()), reader.unknown


def _refuse_deep(html):
    """The cleaner's time grows with the square of the nesting, so this one pass counts tags and nothing else."""
    depth = 0
    for closing, name in TAG.findall(html):
        if name.lower() not in VOID:
            depth = max(depth - 1, 0) if closing else depth + 1
        if depth > DEEPEST:
            raise EditingError("Nội dung lồng nhau quá nhiều lớp: dán lại ở dạng chữ thường.")


class _Reader(HTMLParser):
    """Gathers (form, inlines) from cleaned HTML: what a tree can hold; every other tag is passed over, its words are kept."""

    def __init__(self, record):
        super().__init__(convert_charrefs=True)
        self.record, self.unknown = record, 0
        self.lines, self.inlines = [], []
        self.open, self.lists = [], []
        self.form, self.figure, self.known = ("paragraph", ""), None, False

    def handle_starttag(self, tag, attributes):
        if tag == "br":
            self._end_line()
            return
        self.open.append(tag)
        if tag in BREAKING:
            self._end_line()
        if tag in LISTS:
            self.lists.append("+" if self.lists or ("class", "plus") in attributes else "-")
        elif tag == "li" or tag in HOLDERS:
            self.form = ("item", self.lists[-1]) if self.lists else HOLDERS.get(tag, ("paragraph", ""))
        elif tag == "span" and self.figure is None and "data-figure" in dict(attributes):
            self._begin_figure(dict(attributes)["data-figure"])

    def handle_startendtag(self, tag, attributes):
        if tag in BREAKING or tag == "br":
            self._end_line()

    def handle_endtag(self, tag):
        if tag not in self.open:
            return
        closed = None
        while closed != tag:
            closed = self.open.pop()
            if closed in BREAKING:
                self._end_line()
            if closed in LISTS:
                self.lists.pop()
        if self.figure is not None and len(self.open) < self.figure:
            self.figure = None

    def handle_data(self, data):
        if self.figure is not None and self.known:
            return
        self.inlines.append(Text(data, *self._marks()))

    def finished(self):
        self._end_line()
        return joined_blocks(self.lines)

    def _begin_figure(self, name):
        known = self.record.get(name)
        self.figure, self.known = len(self.open), known is not None
        if known is None:
            self.unknown += 1
        else:
            self.inlines.append(Figure(known.shown, known.key, known.missing, *self._marks()))

    def _marks(self):
        return bool({"strong", "b"} & set(self.open)), bool({"em", "i"} & set(self.open))

    def _end_line(self):
        self.lines.append((self.form, self.inlines))
        self.inlines = []
        self.form = ("item", self.lists[-1]) if self.lists else ("paragraph", "")
