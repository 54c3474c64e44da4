"""What each line of a speech's log changed: fields as words, the text as lines taken out and put in."""

import difflib
from dataclasses import dataclass

from partyreports.documents import TreeError, blocks_from_json, plain_text

from .models import EDIT, Speech

MOST_LINES = 40


@dataclass(frozen=True)
class Change:
    """One log line, with `fields` as (label, before, after) and the lines of text that went and came; `hidden` lines are not listed."""

    entry: object
    fields: tuple
    gone: tuple
    come: tuple
    hidden: int = 0


def changes_of(speech):
    """The life of a speech, newest first, as a list of Change. One query."""
    found, before = [], []
    for entry in speech.history().reverse():
        content = entry.after or {}
        gone, come = (), ()
        if "blocks" in content:
            lines = _lines(content["blocks"])
            gone, come = ([], []) if entry.action == "compose" else _difference(before, lines)
            before = lines
        fields = tuple(_fields(entry)) if entry.action == EDIT else ()
        hidden = max(len(gone) + len(come) - MOST_LINES, 0)
        found.append(Change(entry, fields, tuple(gone[:MOST_LINES]), tuple(come[: max(MOST_LINES - len(gone), 0)]), hidden))
    return found[::-1]


def _fields(entry):
    before, after = entry.before or {}, entry.after or {}
    for name in Speech.CONTENT:
        if name in before and before[name] != after.get(name):
            yield Speech._meta.get_field(name).verbose_name, _said(before[name]), _said(after.get(name))


def _said(value):
    return "(trống)" if value in (None, "") else str(value)


def _lines(blocks):
    try:
        return plain_text(blocks_from_json(blocks)).splitlines()
    except TreeError:
        return []


def _difference(before, after):
    gone, come = [], []
    for tag, old_start, old_end, new_start, new_end in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[old_start:old_end]
            come += after[new_start:new_end]
    return gone, come
