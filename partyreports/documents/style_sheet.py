"""The numbers of a rule set as CSS custom properties, and the fonts; the rules that use them are static/css/print.css.

Numbers are written by Python, never through a template, so no language can put a comma in them.
"""

from dataclasses import fields

from partyreports.documents.fonts import FILES

FAMILY = "Liberation Serif Paper"
FONT_SCHEME = "paper-font:"
COLUMN_WIDTHS = "\n".join(f".width-{share} {{ width: {share}%; }}" for share in range(1, 101))


def style_sheet(rules, print_css):
    """The whole style sheet of a rule set; `print_css` is the text of print.css."""
    return "\n".join((_font_faces(), _properties(rules), print_css, COLUMN_WIDTHS))


def _font_faces():
    """The family gets a name of its own, so that an old Liberation Serif on the system is never taken for it."""
    faces = []
    for (bold, italic), name in FILES.items():
        weight, slope = (700 if bold else 400), ("italic" if italic else "normal")
        faces.append(f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {slope}; src: url("{FONT_SCHEME}{name}"); }}')
    return "\n".join(faces)


def _properties(rules):
    page, body, head, block = rules.page, rules.body, rules.letterhead, rules.heading_block
    values = {
        "paper": f"{_number(page.width)}mm {_number(page.height)}mm",
        "margin": " ".join(f"{_number(side)}mm" for side in (page.top, page.right, page.bottom, page.left)),
        "page-number-top": f"{_number(rules.page_number.top)}mm",
        "page-number-size": f"{_number(rules.page_number.size)}pt",
        "family": f'"{FAMILY}"',
        "pitch": f"{_number(body.pitch)}pt",
        "paragraph-gap": f"{_number(body.gap)}pt",
        "indent": f"{_number(body.indent)}mm",
        "left-column": f"{_number(head.left)}mm",
        "right-column": f"{_number(head.right)}mm",
        "head-pitch": f"{_number(head.line)}pt",
        "rule": f"{_number(head.rule_weight)}pt",
        "rule-gap": f"{_number(head.rule_gap)}pt",
        "date-gap": f"{_number(head.date_gap)}pt",
        "head-gap": f"{_number(head.gap)}pt",
        "kind-pitch": f"{_number(block.kind_line)}pt",
        "title-gap": f"{_number(block.gap)}pt",
        "closing-rule": f"{_number(block.below_title_rule)}mm",
        "issuer-rule": f"{_number(head.rule_share * 100)}%",
        "closing-gap": f"{_number(rules.closing.gap)}pt",
        "recipients-column": f"{_number(rules.closing.left)}mm",
        "signature-column": f"{_number(rules.closing.right)}mm",
        "room-to-sign": f"{_number(rules.closing.blank * head.line)}pt",
        "recipients-title-line": "underline" if rules.parts.recipients_title.underlined else "none",
        "body-size": f"{_number(body.size)}pt",
    }
    for field in fields(rules.parts):
        part = getattr(rules.parts, field.name)
        if part:
            name = field.name.replace("_", "-")
            values[f"{name}-size"] = f"{_number(part.size)}pt"
            values[f"{name}-weight"] = "700" if part.bold else "400"
            values[f"{name}-slope"] = "italic" if part.italic else "normal"
    values["draft-text"] = '"' + rules.parts.draft.text.replace("\\", "").replace('"', "") + '"'
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in values.items()) + "}\n"


def _number(value):
    return f"{value:.4f}".rstrip("0").rstrip(".")
