"""A document as PDF and as DOCX: composed here, made in a child process within limits."""

from pathlib import Path

from django.conf import settings

from partyreports import confined
from partyreports.documents.markup import paper_html, rules_of
from partyreports.documents.style_sheet import style_sheet
from partyreports.documents.tree import refuse_unprintable

SECONDS = 60
MEMORY = 1 << 30
KINDS = ("pdf", "docx")


def pdf(document):
    """The PDF of `document` as bytes: PDF/A-3u, tagged, fonts embedded, the same bytes for the same document.

    Raises TreeError (too large, unprintable letters), LayoutError (no rules for its date), confined.Stopped (limits).
    """
    return printed_as(document, "pdf").content


def docx(document):
    """The DOCX of `document` as bytes, from the same tree and the same rules; raises as `pdf` does."""
    return printed_as(document, "docx").content


def printed_as(document, kind):
    """Printed (content, pages) of `document` as "pdf" or "docx"."""
    refuse_unprintable(document)
    rules = rules_of(document)
    if kind == "pdf":
        job = ("partyreports.documents.printing:print_pdf", paper_html(document, rules), style_sheet(rules, print_css()))
    elif kind == "docx":
        job = ("partyreports.documents.word:write_docx", document, rules)
    else:
        raise ValueError(f"no such kind of paper: {kind}")
    return confined.run(*job, seconds=SECONDS, memory=MEMORY)


def print_css():
    return (Path(settings.BASE_DIR) / "static" / "css" / "print.css").read_text(encoding="utf-8")
