"""One document tree in, PDF and DOCX out, in the layout that the rules prescribe on the paper's date."""

from partyreports.documents.json_tree import blocks_from_json, blocks_to_json
from partyreports.documents.layouts import LayoutError, rules_for
from partyreports.documents.markup import body_html
from partyreports.documents.papers import docx, pdf
from partyreports.documents.store import StoredPaper, stored
from partyreports.documents.tree import (
    Column,
    Document,
    Figure,
    Heading,
    Letterhead,
    ListBlock,
    ListItem,
    Paragraph,
    Signing,
    Table,
    Text,
    TreeError,
    plain_text,
)

__all__ = [
    "Column",
    "Document",
    "Figure",
    "Heading",
    "LayoutError",
    "Letterhead",
    "ListBlock",
    "ListItem",
    "Paragraph",
    "Signing",
    "StoredPaper",
    "Table",
    "Text",
    "TreeError",
    "blocks_from_json",
    "blocks_to_json",
    "body_html",
    "docx",
    "pdf",
    "plain_text",
    "rules_for",
    "stored",
]
