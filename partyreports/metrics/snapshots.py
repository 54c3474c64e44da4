"""What the log keeps of figures, told again in words: the life of a cell, and what has changed since a report was approved."""

from dataclasses import dataclass
from decimal import Decimal

from organizations.models import LogEntry
from partyreports.vietnamese import MISSING, STATES, Entry, write_figure

from .sensitive import HIDDEN


@dataclass(frozen=True)
class Change:
    """A cell that says something else now than in the approved snapshot."""

    key: str
    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Writing:
    """One writing of a cell: when, by whom, what stood there before and after."""

    at: object
    who: str
    key: str
    name: str
    before: str
    after: str
    reason: str = ""  # why it differs from the registers


def said(kept):
    """The words of an entry as the log keeps it: 1.932 · hơn 245 · không phát sinh · chưa nhập."""
    if not kept or kept["state"] == MISSING:
        return STATES[MISSING]
    value = None if kept["value"] is None else Decimal(kept["value"])
    return write_figure(Entry(kept["state"], value, kept["qualifier"]))


def writings(entries, names, *, hidden=()):
    """The Writing of each log line of `entries`; `names` maps keys to the names of today, the numbers of `hidden` keys are not told."""
    told = []
    for entry in entries:
        key = entry.place
        before, after = (HIDDEN, HIDDEN) if key in hidden else (said(entry.before), said(entry.after))
        reason = "" if key in hidden else (entry.after or {}).get("reason", "")
        told.append(Writing(entry.at, entry.actor_name, key, names.get(key, key), before, after, reason))
    return told


def last_approval(report):
    """The log line of the last approval, with its snapshot; None when it was never approved."""
    return LogEntry.objects.about(report).filter(action="approve").order_by("-pk").first()


def changes(report, approval, *, hidden=()):
    """What differs now from the snapshot of `approval`: Change objects in the snapshot's order, cells that are new since at the end.

    The numbers of `hidden` keys are not told.
    """
    then, now = approval.snapshot["figures"], report.snapshot()["figures"]
    found = []
    for key in [*then, *(key for key in now if key not in then)]:
        before, after = said(then.get(key)), said(now.get(key))
        if before != after:
            told = (HIDDEN, HIDDEN) if key in hidden else (before, after)
            found.append(Change(key, (now.get(key) or then[key])["name"], *told))
    return found
