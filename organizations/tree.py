"""Who is under whom, called what, on a date."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from partyreports.vietnamese import fold

from .models import Organization, OrganizationVersion
from .models.paths import steps

MOST_WORDS = 16  # of a search: no name needs more, and each costs a condition
DASHES = {"–", "-", "—"}  # between a name and the body above it, as lists print them


@dataclass(frozen=True)
class Place:
    """One line of the tree on a date: the version valid then, how deep it stands below the branch asked for, and how many stand directly below."""

    version: OrganizationVersion
    depth: int
    children: int


def names(organizations, *, on=None):
    """dict: organisation key → its version on the date `on` (or the last one before, or the first). One query for any number."""
    on = on or timezone.localdate()
    wanted = {getattr(organization, "pk", organization) for organization in organizations}
    found = {}
    for version in OrganizationVersion.objects.filter(organization__in=wanted).select_related("kind").order_by("organization", "valid_from"):
        if version.organization_id not in found or version.valid_from <= on:
            found[version.organization_id] = version
    return found


def told_apart(organizations, *, on=None):
    """dict: organisation key → its name on `on`, with the body above where names repeat: "Chi bộ thôn 1 – Đảng bộ xã Lạc Xuân".

    Names repeat below the second level of the tree. One query for any number.
    """
    on = on or timezone.localdate()
    wanted = {getattr(organization, "pk", organization) for organization in organizations}
    above = OrganizationVersion.objects.filter(organization=OuterRef("parent"), valid_from__lte=on).order_by("-valid_from")
    rows = OrganizationVersion.objects.filter(organization__in=wanted).order_by("organization", "valid_from")
    found = {}
    for pk, name, since, level, party, parent in rows.values_list(
        "organization", "name", "valid_from", "level", Subquery(above.values("party_name")[:1]), Subquery(above.values("name")[:1])
    ):
        if pk not in found or since <= on:
            found[pk] = f"{name} – {party or parent}" if level >= 2 and (party or parent) else name
    return found


def outline(branch, *, on):
    """The branch as it stood on `on`, top down, siblings in the order of their kinds and then of the Vietnamese alphabet: a list of Place."""
    versions = list(OrganizationVersion.objects.under(branch, on=on).select_related("kind", "organization"))
    below = {}
    for version in versions:
        below.setdefault(version.parent_id, []).append(version)
    for siblings in below.values():
        siblings.sort(key=lambda version: (version.kind.order, version.sort))
    top = next((version for version in versions if version.organization_id == branch.pk), None)
    lines, waiting = [], [top] if top else []
    while waiting:
        version = waiting.pop()
        children = below.get(version.organization_id, [])
        lines.append(Place(version, version.level - top.level, len(children)))
        waiting.extend(reversed(children))
    return lines


def children(organization, *, on):
    """Versions of the organisations directly under `organization` on `on`, in the order of kinds and alphabet; each knows `below`, its own number."""
    below = OrganizationVersion.objects.on(on).filter(parent=OuterRef("organization")).order_by().values("parent").annotate(n=Count("pk"))
    versions = OrganizationVersion.objects.on(on).filter(parent=organization).select_related("kind")
    return versions.annotate(below=Coalesce(Subquery(below.values("n")), 0)).order_by("kind__order", "sort", "pk")


def ancestors(organization, *, on):
    """Versions of the organisations above `organization` on `on`, from the top down."""
    path = OrganizationVersion.objects.on(on).filter(organization=organization).values_list("path", flat=True).first() or ""
    return list(OrganizationVersion.objects.on(on).filter(organization__in=steps(path)[:-1]).select_related("kind").order_by("level"))


def is_under(organization, branch, *, on):
    """True when `organization` is `branch` or stands below it on `on`."""
    path = OrganizationVersion.objects.on(on).filter(organization=organization).values_list("path", flat=True).first() or ""
    return branch.pk in steps(path)


def search(text, *, on, among=None, also_ended=False, also_above=False):
    """Versions valid on `on` whose name has every word of `text`, marks, case and uỷ/ủy aside.

    `among` limits them to a queryset of organisations; `also_ended` takes bodies that have ended, or are still to begin, by their nearest
    version, behind those that stand; `also_above` lets the name of the body directly above, now or earlier, have words too, behind those
    of the name ("thôn 9 Lạc Xuân"): these come after the bodies whose own name has them all.
    """
    found = OrganizationVersion.objects.last_standing(on=on) if also_ended else OrganizationVersion.objects.on(on)
    if among is not None:
        found = found.filter(organization__in=among.values("pk"))
    words = [word for word in fold(text).split() if word not in DASHES][:MOST_WORDS] or fold(text).split()[:1]
    own = Q(*(Q(search__contains=word) for word in dict.fromkeys(words)))
    order = ("level", "kind__order", "sort", "pk")
    if also_ended:
        order = (Case(When(valid_to__lte=on, then=1), default=0), *order)
    if also_above and len(words) > 1:
        # Asked for apart: with an "or" between them PostgreSQL would read every name.
        by_own, either = Case(When(own, then=0), default=1), OrganizationVersion.objects.filter(own).values("pk").union(_with_above(words, on=on))
        return found.filter(pk__in=either).select_related("kind").order_by(by_own, *order)
    return found.filter(own).select_related("kind").order_by(*order)


def _with_above(words, *, on):
    """Keys of versions: the name has the first of `words`, that of the body above the last one, and every word stands in one of the two.

    The bodies that have the last word are gathered once for all rows; only what stands under them is looked at word by word.
    """
    above = OrganizationVersion.objects.filter(valid_from__lte=on, search__contains=words[-1])
    found = OrganizationVersion.objects.filter(search__contains=words[0], parent__in=above.values("organization"))
    if middle := list(dict.fromkeys(words[1:-1])):
        either = above.filter(organization=OuterRef("parent")).alias(own=ExpressionWrapper(OuterRef("search"), CharField()))
        for word in middle:
            either = either.filter(Q(search__contains=word) | Q(own__contains=word))
        found = found.filter(Exists(either))
    return found.values("pk")


def root(*, on=None):
    """The organisation at the top of the tree on `on` (today when None), or None in an empty portal."""
    top = OrganizationVersion.objects.on(on or timezone.localdate()).filter(parent=None).order_by("valid_from").first()
    return top.organization if top else Organization.objects.filter(ended_on__isnull=False).order_by("-ended_on").first()
