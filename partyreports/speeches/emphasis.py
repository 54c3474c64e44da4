"""Typed lines: **bold**, *italic*, [[slot]]; a backslash before a sign makes it an ordinary letter. Read once, never again."""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"\\([\\*\[\]#+{-])|\[\[([^\[\]\n]*)\]\]|(\*\*)|(\*)")
SIGNS = re.compile(r"[\\*\[\]]")
LINE_MARK = re.compile(r"#{1,3} |[-+] |\{")


@dataclass(frozen=True)
class Run:
    """A stretch of a line in one weight and slope: words, or what stands between the brackets of a slot."""

    text: str
    bold: bool = False
    italic: bool = False
    is_slot: bool = False


def runs(line):
    """The Runs of a typed line. A star or bracket that is never closed stays an ordinary sign."""
    tokens = list(_tokens(line))
    paired = _paired(tokens)
    found, bold, italic = [], False, False
    for place, (kind, text) in enumerate(tokens):
        if place in paired:
            bold, italic = bold != (kind == "**"), italic != (kind == "*")
        elif kind == "slot":
            found.append(Run(text, bold, italic, is_slot=True))
        elif found and found[-1] == Run(found[-1].text, bold, italic):
            found[-1] = Run(found[-1].text + text, bold, italic)
        else:
            found.append(Run(text, bold, italic))
    return found


def typed(line):
    """Runs as a typed line, which `runs` reads back as they are."""
    text, bold, italic = "", False, False
    for run in line:
        text += _change(bold, italic, run) + (f"[[{run.text}]]" if run.is_slot else SIGNS.sub(lambda sign: "\\" + sign[0], run.text))
        bold, italic = run.bold, run.italic
    return text + _change(bold, italic, Run(""))


def typed_paragraph(line):
    """As `typed`, for a line that is a paragraph whatever it begins with."""
    text = typed(line)
    return f"\\{text}" if LINE_MARK.match(text) else text


def _change(bold, italic, run):
    return ("**" if bold != run.bold else "") + ("*" if italic != run.italic else "")


def _tokens(line):
    place = 0
    for match in TOKEN.finditer(line):
        if match.start() > place:
            yield "text", line[place : match.start()]
        letter, slot, strong, _ = match.groups()
        if letter:
            yield "text", letter
        elif slot is not None:
            yield "slot", slot
        else:
            yield ("**", "**") if strong else ("*", "*")
        place = match.end()
    if line[place:]:
        yield "text", line[place:]


def _paired(tokens):
    """Places of the stars that open or close something: in pairs of their kind, the odd last one left out."""
    paired = set()
    for mark in ("**", "*"):
        places = [place for place, (kind, _) in enumerate(tokens) if kind == mark]
        paired.update(places[: len(places) // 2 * 2])
    return paired
