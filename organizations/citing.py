"""Where a cited document is used: rooms above tell it, each through a function of its own."""

from dataclasses import dataclass

CITED_IN = []  # functions of the rooms above: (reference, user) → iterable of Citing, of what `user` may see


@dataclass(frozen=True)
class Citing:
    """One thing that stands on a document: what it is in a word or two, its title, its page ("" when it has none)."""

    words: str
    title: str
    url: str = ""


def citings(reference, user):
    """Everything within reach of `user` that cites `reference`."""
    return [citing for find in CITED_IN for citing in find(reference, user)]
