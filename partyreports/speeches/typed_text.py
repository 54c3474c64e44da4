"""A speech as typed lines, for a page without JavaScript: the form of templates, figures as [[số id: 05]], documents as [[văn bản 38-KH/ĐU]]."""

import re

from partyreports.documents import Figure, Heading, ListBlock, Text

from .editing import checked, joined_blocks, refuse_long, simple
from .emphasis import Run, runs, typed, typed_paragraph
from .figures import figure_id

LINES = {"# ": ("heading", 1), "## ": ("heading", 2), "### ": ("heading", 3), "- ": ("item", "-"), "+ ": ("item", "+")}
FIGURE_TOKEN = re.compile(r"số ([0-9a-f]{10})(?::.*)?", re.DOTALL)
DOCUMENT_TOKEN = re.compile(r"văn bản:? +([^\[\]]+)")
MOST_NAMED = 50


def to_lines(blocks):
    """The blocks as typed lines: the form of templates, figures as [[số id: 05]], one blank line between blocks."""
    written = []
    for block in simple(blocks):
        if isinstance(block, ListBlock):
            written.append("\n".join(f"{block.style} {typed(_runs(item.inlines))}" for item in block.items))
        elif isinstance(block, Heading):
            written.append(f"{'#' * block.level} {typed(_runs(block.inlines))}")
        else:
            written.append(typed_paragraph(_runs(block.inlines)))
    return "\n\n".join(written)


def _runs(inlines):
    for inline in inlines:
        if isinstance(inline, Figure):
            shown = re.sub(r"[\[\]\n]", "", inline.shown)
            yield Run(f"số {figure_id(inline)}: {shown}", inline.bold, inline.italic, is_slot=True)
        else:
            yield Run(" ".join(inline.text.splitlines()), inline.bold, inline.italic)


def documents_named(text):
    """What the lines put into [[văn bản …]], each once."""
    slots = re.findall(r"\[\[([^\[\]]+)\]\]", text)
    named = [match[1].strip() for slot in slots if (match := DOCUMENT_TOKEN.fullmatch(slot.strip()))]
    return list(dict.fromkeys(named))[:MOST_NAMED]


def from_lines(text, record, cited=None):
    """As `from_html`, for typed lines; `cited` has the citation of each document that documents_named has found."""
    refuse_long(text)
    lines, unknown = [], 0
    for raw in text.splitlines():
        line = raw.strip()
        mark = next((mark for mark in sorted(LINES, key=len, reverse=True) if line.startswith(mark)), "")
        inlines = []
        for run in runs(line.removeprefix(mark)):
            token = FIGURE_TOKEN.fullmatch(run.text) if run.is_slot else None
            known = record.get(token[1]) if token else None
            if known:
                inlines.append(Figure(known.shown, known.key, known.missing, run.bold, run.italic))
                continue
            document = DOCUMENT_TOKEN.fullmatch(run.text.strip()) if run.is_slot and cited else None
            if document and document[1].strip() in cited:
                inlines.append(Text(cited[document[1].strip()], run.bold, run.italic))
                continue
            unknown += bool(token)
            words = run.text.partition(":")[2].strip() if token else f"[[{run.text}]]" if run.is_slot else run.text
            inlines.append(Text(words, run.bold, run.italic))
        lines.append((LINES.get(mark, ("paragraph", "")), inlines))
    return checked(joined_blocks(lines)), unknown
