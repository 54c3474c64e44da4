"""Titles that say nearly the same: accents, case, word order, a slip of typing and a word more or less aside.

Two steps, so that fifty thousand titles cost what fifty do. Each title keeps BANDS short signs (bands) in an indexed table: a band is the
least of three hashes over its trigrams (minhash), so that two titles share a band about as often as the cube of the share of trigrams they have
in common. Of the titles that share bands with the one asked about, the NEAREST are then compared letter by letter. Two titles that are just
SIMILAR are missed about once in sixty; two spellings of one title never in practice.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count

from organizations import tree
from partyreports.vietnamese import count, fold

SIMILAR = 0.62  # of the trigrams shared; found on pairs of real titles: two spellings of one model reach 0.7, two models 0.5
MOST = 5
BANDS = 40
ROWS = 3
NEAREST = 60  # compared letter by letter
PRIME = (1 << 61) - 1


@dataclass(frozen=True)
class Similar:
    """A registration with a title like the one asked about, and how alike the two are (1: the same without marks)."""

    pk: int
    title: str
    likeness: float


@dataclass(frozen=True)
class Near:
    """A Similar as a page shows it: whose it is, in which years, and how far it has come in each ("2024: đang thực hiện")."""

    pk: int
    title: str
    url: str
    body: str
    years: str


def near_titles(title, *, among, besides=None):
    """The similar titles as pages show them: a list of Near. Four queries when there are any, else one."""
    pks = [similar.pk for similar in similar_titles(title, among=among, besides=besides)]
    if not pks:
        return []
    rows = {row.pk: row for row in among.filter(pk__in=pks).prefetch_related("years__period")}
    names = tree.names([row.organization_id for row in rows.values()])
    return [
        Near(
            pk,
            rows[pk].title,
            rows[pk].get_absolute_url(),
            names[rows[pk].organization_id].name,
            ", ".join(f"{year.period.code}: {year.get_state_display()}" for year in rows[pk].years.all()),
        )
        for pk in pks
        if pk in rows
    ]


def similar_titles(title, *, among, besides=None):
    """The registrations of the queryset `among` whose titles are like `title`, most alike first: at most five. Two queries.

    The index alone says which titles share the most bands; only those are looked up in `among`. A third query looks within `among` itself when
    so many share bands that those of `among` may lie behind them.
    """
    bands = bands_of(title)
    nearest = _nearest(bands, among.model) if bands else []
    if not nearest:
        return []
    alike = _alike(title, among.filter(pk__in=nearest).exclude(pk=besides).order_by())
    if len(nearest) == NEAREST and len(alike) < MOST:
        shared = among.exclude(pk=besides).filter(bands__band__in=bands).annotate(shared=Count("bands"))
        alike = _alike(title, shared.order_by("-shared", "-pk")[:NEAREST])
    return sorted(alike, key=lambda each: (-each.likeness, each.title))[:MOST]


def count_elsewhere(title, *, besides_those):
    """How many approved registrations outside the queryset `besides_those` have titles like `title`: a number alone. Two queries."""
    bands, table = bands_of(title), besides_those.model
    nearest = _nearest(bands, table) if bands else []
    if not nearest:
        return 0
    elsewhere = table.objects.final().filter(pk__in=nearest).exclude(pk__in=besides_those.order_by().values("pk")).order_by()
    return len(_alike(title, elsewhere))


def elsewhere_sentence(number):
    """What is told of the `number` of titles alike out of reach; "" of none."""
    if not number:
        return ""
    return (
        f"Trong toàn đảng bộ còn {count(number)} mô hình đã duyệt có tên gần giống, ngoài phạm vi của đồng chí: "
        "trao đổi với văn phòng cấp trên trước khi đăng ký."
    )


def _nearest(bands, table):
    """Keys of the rows of `table` that share most of `bands`, from the index alone."""
    index = table._meta.get_field("bands").related_model.objects.filter(band__in=bands).order_by()
    return [pk for pk, _ in index.values_list("registration").annotate(Count("pk")).order_by("-pk__count", "-registration")[:NEAREST]]


def _alike(title, rows):
    found = (Similar(pk, other, likeness(title, folded)) for pk, other, folded in rows.values_list("pk", "title", "search"))
    return [each for each in found if each.likeness >= SIMILAR]


def likeness(one, other):
    """Share of common trigrams (Dice), or of common words in the shorter title when it has four words or more: 0 to 1."""
    one, other = _words(one), _words(other)
    shorter, longer = sorted((set(one), set(other)), key=lambda words: (len(words), len(" ".join(words))))
    lengths = min(1, len(" ".join(shorter)) / max(len(" ".join(longer)), 1))
    within = len(shorter & longer) / len(shorter) * lengths if len(shorter) >= 4 else 0
    first, second = _trigrams(one), _trigrams(other)
    shared = 2 * len(first & second) / (len(first) + len(second)) if first or second else 0
    return max(shared, within)


def bands_of(title):
    """The BANDS signs of a title, whole numbers of 63 bits; none for a title without letters."""
    hashes = [_hash(trigram) for trigram in _trigrams(_words(title))]
    if not hashes:
        return []
    least = [min((factor * value + shift) % PRIME for value in hashes) for factor, shift in _permutations()]
    return [_hash(repr((band, least[band * ROWS : (band + 1) * ROWS]))) for band in range(BANDS)]


def _words(title):
    return "".join(character if character.isalnum() else " " for character in fold(title)).split()


def _trigrams(words):
    """Three letters in a row of each word with a space before and after, so that the order of words does not count."""
    return {f" {word} "[start : start + 3] for word in words for start in range(len(word))}


@lru_cache(maxsize=20_000)
def _hash(text):
    """A whole number of 60 bits, the same on every machine and in every year."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 4


@lru_cache(maxsize=1)
def _permutations():
    return [(_hash(f"factor {at}") or 1, _hash(f"shift {at}")) for at in range(BANDS * ROWS)]
