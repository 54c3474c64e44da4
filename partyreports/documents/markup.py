"""The tree as HTML: blocks for the screen, the whole paper for printing. Every word is escaped; there is no style in it."""

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from partyreports.documents.closing import signature_of
from partyreports.documents.flow import led, pieces
from partyreports.documents.front import front_of
from partyreports.documents.layouts import rules_for
from partyreports.documents.tree import Figure, Heading, ListBlock, Table, printed

ALIGNMENT_CLASSES = {"justify": "paragraph", "center": "paragraph centred", "right": "paragraph right"}
TEMPLATE = "documents/paper.html"


def body_html(blocks):
    """Safe HTML of the blocks. Figures are <span class="figure" data-figure="key">, missing ones also have class "missing"."""
    return format_html_join("\n", "{}", ((_block(block, leads=leads),) for block, leads in led(blocks)))


def paper_html(document, rules):
    """The HTML that is printed; `rules` are those of its date."""
    context = {
        "document": document,
        "front": front_of(document, rules),
        "rules": rules,
        "signature": signature_of(document, rules),
        "body": body_html(document.blocks),
        "written_on": f"{document.dated.isoformat()}T00:00:00+07:00",
    }
    return render_to_string(TEMPLATE, context)


def rules_of(document):
    """The rule set for a document; a paper without letterhead follows the Party's."""
    return rules_for(document.letterhead.style if document.letterhead else "party", document.dated)


def _block(block, *, leads):
    if isinstance(block, ListBlock):
        items = zip(block.marks(), block.items, strict=True)
        return format_html(
            '<ul class="list">{}</ul>',
            format_html_join("", "<li>{} {}</li>", ((marked, _inlines(item.inlines)) for marked, item in items)),
        )
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading):
        tag = f"h{block.level + 1}"
        return format_html('<{} class="heading{}">{}</{}>', tag, block.level, _inlines(block.inlines), tag)
    name = ALIGNMENT_CLASSES[block.align] + (" leading" if leads else "")
    return format_html('<p class="{}">{}</p>', name, _inlines(block.inlines))


def _table(table):
    """The width of a column is a class, in whole percent of the line: the style sheet knows one for each."""
    widths = format_html_join("", '<col class="width-{}">', ((round(share * 100),) for share in table.shares))
    titles = format_html_join("", '<th scope="col">{}</th>', ((_inlines([title]),) for title in table.titles))
    rows = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (
                format_html_join(
                    "",
                    '<td class="{}">{}</td>',
                    ((f"cell {column.align}", _inlines(cell)) for column, cell in zip(table.columns, row, strict=True)),
                ),
            )
            for row in table.rows
        ),
    )
    return format_html('<table class="ruled-table"><colgroup>{}</colgroup><thead><tr>{}</tr></thead><tbody>{}</tbody></table>', widths, titles, rows)


def _inlines(inlines):
    return format_html_join("", "{}", ((_inline(inline, text),) for inline, text in printed(inlines)))


def _inline(inline, text):
    html = format_html_join("", "{}", ((_piece(piece, is_number),) for piece, is_number in pieces(text)))
    if isinstance(inline, Figure):
        name = "figure missing" if inline.missing else "figure"
        html = format_html('<span class="{}" data-figure="{}">{}</span>', name, inline.key, html)
    if inline.italic:
        html = format_html("<em>{}</em>", html)
    if inline.bold:
        html = format_html("<strong>{}</strong>", html)
    return html


def _piece(piece, is_number):
    """A number of a document or a date is held on one line by style alone: what is copied from the page is what was typed."""
    return format_html('<span class="number-together">{}</span>', piece) if is_number else piece
