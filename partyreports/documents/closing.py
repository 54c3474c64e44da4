"""What stands below the last paragraph, set in lines: who signs, and who receives the paper."""

from dataclasses import dataclass
from functools import partial

from partyreports.documents.fonts import text_width
from partyreports.documents.lines import even_lines
from partyreports.documents.tree import squeezed

MARGIN = 1  # millimetres kept free in the column, for kerning is not counted


@dataclass(frozen=True)
class Signature:
    """Lines are tuples of text; `recipients` are printed below `recipients_title`, which is "" when there are none."""

    authority: tuple
    post: tuple
    name: str
    recipients_title: str
    recipients: tuple


def signature_of(document, rules):
    """The Signature of `document` under `rules`, None for a paper that nobody signs."""
    signing, closing, parts = document.signing, rules.closing, rules.parts
    if signing is None:
        return None
    authority = f"{closing.for_a_body} {signing.body}" if signing.body else ""
    ends = [closing.separator] * (len(signing.recipients) - 1) + ["."]
    return Signature(
        authority=_lines(authority, closing.right - MARGIN, parts.authority),
        post=_lines(signing.post, closing.right - MARGIN, parts.post),
        name=squeezed(signing.name).strip(),
        recipients_title=parts.recipients_title.text if signing.recipients else "",
        recipients=tuple(f"- {squeezed(each).strip()}{end}" for each, end in zip(signing.recipients, ends, strict=False)),
    )


def _lines(text, width, part):
    return even_lines(text, width, partial(text_width, size=part.size, bold=part.bold, italic=part.italic))
