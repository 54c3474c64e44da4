"""Titles that say nearly the same: accents, case, word order and a word more or less aside."""

from dataclasses import dataclass

from partyreports.vietnamese import fold

SIMILAR = 0.62  # of the trigrams shared; found on pairs of real titles: two spellings of one model reach 0.7, two models 0.5
MOST = 3


@dataclass(frozen=True)
class Similar:
    """A registration with a title like the one asked about, and how alike the two are (1: the same without marks)."""

    pk: int
    title: str
    likeness: float


def similar_titles(title, *, among, besides=None):
    """The registrations of the queryset `among` whose titles are like `title`, most alike first: at most three. One query."""
    rows = among.exclude(pk=besides).values_list("pk", "title", "search")
    found = [Similar(pk, other, likeness(title, folded)) for pk, other, folded in rows]
    alike = [each for each in found if each.likeness >= SIMILAR]
    return sorted(alike, key=lambda each: (-each.likeness, each.title))[:MOST]


def likeness(one, other):
    """Share of common trigrams (Dice), or of common words in the shorter title when it has four words or more: 0 to 1."""
    one, other = _words(one), _words(other)
    shorter, longer = sorted((set(one), set(other)), key=len)
    within = len(shorter & longer) / len(shorter) * len(" ".join(shorter)) / max(len(" ".join(longer)), 1) if len(shorter) >= 4 else 0
    first, second = _trigrams(one), _trigrams(other)
    shared = 2 * len(first & second) / (len(first) + len(second)) if first or second else 0
    return max(shared, within)


def _words(title):
    return "".join(character if character.isalnum() else " " for character in fold(title)).split()


def _trigrams(words):
    """Three letters in a row of each word with a space before and after, so that the order of words does not count."""
    return {f" {word} "[start : start + 3] for word in words for start in range(len(word))}
