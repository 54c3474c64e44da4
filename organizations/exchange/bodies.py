"""Organisations in a workbook: written by name, with the body above where names repeat, and read back to the same organisation."""

from django.utils import timezone

from organizations import tree
from organizations.access import reach
from organizations.fields import LONGEST_KEY
from organizations.models import OrganizationVersion
from partyreports.vietnamese import fold

MOST_OFFERED = 2_000  # names in one drop-down
MOST_SEARCHED = 50
PART = 500


def labels_of(keys):
    """dict: key → the name that a workbook shows. Two bodies whose names and parents' names are alike carry their number too."""
    keys = [key for key in set(keys) if key]
    names = {}
    for start in range(0, len(keys), PART):
        names |= tree.told_apart(keys[start : start + PART])
    met = {}
    for key in sorted(names):
        met.setdefault(fold(names[key]), []).append(key)
    for alike in met.values():
        if len(alike) > 1:
            names |= {key: f"{names[key]} (số {key})" for key in alike}
    return names


def offered_to(user, rights, **kind):
    """Names for the drop-down, in the order of the alphabet; () when the branch is too large for one.

    `kind`: conditions on the version of today; when no body of the branch meets them, all are offered.
    """
    within = reach(user, *rights).filter(ended_on=None)
    if kind:
        fitting = OrganizationVersion.objects.on(timezone.localdate()).filter(**kind).values("organization")
        within = within.filter(pk__in=fitting) if within.filter(pk__in=fitting).exists() else within
    keys = list(within.values_list("pk", flat=True)[: MOST_OFFERED + 1])
    if len(keys) > MOST_OFFERED:
        return ()
    names = labels_of(keys)
    return tuple(sorted(names.values(), key=fold))


def read_bodies(texts, user, rights):
    """dict: text → the keys of the organisations it may name among those `user` reaches with `rights`: its name, its label, its number or code."""
    reached, found = reach(user, *rights), {text: set() for text in texts}
    for text in texts:
        number = text.rpartition("(số ")[2].removesuffix(")") if "(số " in text else text
        if number.isascii() and number.isdigit() and len(number) <= LONGEST_KEY:
            found[text] = {int(number)}
    for pk, code in reached.filter(code__in=[text for text in texts if not found[text]]).values_list("pk", "code"):
        found[code] = {pk}
    known = set(reached.filter(pk__in={key for keys in found.values() for key in keys}).values_list("pk", flat=True))
    found = {text: keys & known for text, keys in found.items()}
    for text, keys in _named([text for text in found if not found[text]], reached).items():
        found[text] = keys
    return found


def refusal(text, keys):
    """Why a text does not tell which organisation is meant."""
    if keys:
        return f"Có {len(keys):02d} tổ chức tên “{text[:60]}”: ghi kèm cấp trên, ví dụ “{sorted(labels_of(keys).values())[0]}”."
    return f"Không có tổ chức “{text[:60]}” trong phạm vi của đồng chí: chọn trong danh sách của mẫu, hoặc ghi đúng tên."


def _named(texts, reached):
    """dict: text → keys of the bodies whose label or name it is; failing that, whose name it is but for marks and capitals."""
    standing = OrganizationVersion.objects.last_standing(on=timezone.localdate()).filter(organization__in=reached.values("pk"))
    exact = sorted({name for text in texts for name in (text, text.partition(" – ")[0], text.rpartition(" – ")[0]) if name})
    keys = set()
    for start in range(0, len(exact), PART):
        keys |= set(standing.filter(name__in=exact[start : start + PART]).values_list("organization", flat=True))
    found = _by_words(keys)
    return {text: found.get(fold(text)) or _searched(text, reached) for text in texts}


def _searched(text, reached):
    versions = tree.search(text.partition(" – ")[0], on=timezone.localdate(), among=reached, also_ended=True)[:MOST_SEARCHED]
    return _by_words({version.organization_id for version in versions}).get(fold(text), set())


def _by_words(keys):
    """dict: folded label → keys, and folded name alone → keys."""
    words, keys = {}, sorted(keys)
    for start in range(0, len(keys), PART):
        for key, label in tree.told_apart(keys[start : start + PART]).items():
            for word in {fold(label), fold(label.rpartition(" – ")[0] or label)}:
                words.setdefault(word, set()).add(key)
    return words
