"""Classification of members for a year: the sheet of a body, counts by level, and the ceiling of the highest level."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count

from . import roster
from .access import rights_on
from .models import LogEntry, MemberRating, OrganizationVersion, RatingCap, Stay
from .models.members import WRITERS
from .models.paths import below_any, steps

Level = MemberRating.Level
RATED = (Level.EXCELLENT, Level.GOOD, Level.DONE, Level.NOT_DONE)
SOURCE = "21-HD/BTCTW, 18/10/2019; 366-QĐ/TW, 30/8/2025"
LARGEST = 600  # members on one sheet: a base organisation has some hundred


@dataclass(frozen=True)
class Ceiling:
    """How many may reach the highest level, of how many, and how that was reckoned."""

    most: int
    base: int
    cap: RatingCap

    @property
    def rate(self):
        return self.cap.percent


@dataclass(frozen=True)
class Line:
    """The ratings of one base organisation: members on its roster at the end of the year, and how many of each level."""

    version: OrganizationVersion
    members: int
    counts: dict
    ceiling: Ceiling

    @property
    def excellent(self):
        return self.counts[Level.EXCELLENT]

    @property
    def levels(self):
        """(name, number) of each level, in order."""
        return [(level.label, self.counts[level]) for level in Level]

    @property
    def missing(self):
        return max(0, self.members - sum(self.counts.values()))

    @property
    def is_above(self):
        return self.excellent > self.ceiling.most


def last_day(year):
    return dt.date(year, 12, 31)


def cap_of(year):
    """The cap of that year: its own row, else the newest one before, else the usual one (20 % of those who did well, rounded down)."""
    return RatingCap.objects.filter(year__lte=year).order_by("-year").first() or RatingCap(year=year, source=SOURCE)


def cap_to_edit(year):
    """The row of that year, or a new one that says what held before."""
    cap = cap_of(year)
    return cap if cap.year == year else RatingCap(year=year, rate=cap.rate, base=cap.base, rounding=cap.rounding, source=cap.source)


def ceiling(cap, counts):
    """The Ceiling for `counts` (level → number)."""
    good, excellent = counts.get(Level.GOOD, 0), counts.get(Level.EXCELLENT, 0)
    bases = {
        RatingCap.Base.GOOD: good,
        RatingCap.Base.GOOD_AND_ABOVE: good + excellent,
        RatingCap.Base.RATED: sum(counts.get(level, 0) for level in RATED),
    }
    base = bases[cap.base]
    exact = Decimal(base) * cap.rate / 100
    rounding = ROUND_DOWN if cap.rounding == RatingCap.Rounding.DOWN else ROUND_HALF_UP
    return Ceiling(int(exact.quantize(Decimal(1), rounding=rounding)), base, cap)


def base_of(organization, year):
    """Key of the base organisation that `organization` belongs to at the end of the year: itself or the nearest above; itself when there is none."""
    on = last_day(year)
    path = OrganizationVersion.objects.on(on).filter(organization=organization).values_list("path", flat=True).first() or ""
    bases = OrganizationVersion.objects.on(on).filter(organization__in=steps(path), kind__is_base=True).order_by("-level")
    return bases.values_list("organization", flat=True).first() or organization.pk


def lines(versions, year):
    """A Line for each of `versions`, valid at the end of the year, one not above another. Four queries, whatever their number."""
    on, wanted = last_day(year), {version.organization_id for version in versions}
    here = below_any([version.path for version in versions])
    below = OrganizationVersion.objects.on(on).filter(here) if here else OrganizationVersion.objects.none()
    members, counts = dict.fromkeys(wanted, 0), {key: dict.fromkeys(Level, 0) for key in wanted}
    places = {organization: key for organization, path in below.values_list("organization", "path") for key in wanted.intersection(steps(path))}
    stays = Stay.objects.lasting().on(on).filter(organization__in=below.values("organization")).order_by()
    for organization, n in stays.values_list("organization").annotate(n=Count("pk")):
        members[places[organization]] += n
    ratings = MemberRating.objects.filter(year=year, organization__in=below.values("organization")).order_by()
    for organization, level, n in ratings.values_list("organization", "level").annotate(n=Count("pk")):
        counts[places[organization]][Level(level)] += n
    cap = cap_of(year)
    return [Line(v, members[v.organization_id], counts[v.organization_id], ceiling(cap, counts[v.organization_id])) for v in versions]


def sheet(organization, year):
    """Stays on the roster of `organization` at the end of the year, by chi bộ and name, each with `level` ("" when not rated). Three queries."""
    stays = roster.stays_on(organization, on=last_day(year)).select_related("member").order_by("organization", "member__sort", "pk")[: LARGEST + 1]
    stays = list(stays)
    levels = dict(MemberRating.objects.filter(year=year, member__in=[stay.member_id for stay in stays]).values_list("member", "level"))
    for stay in stays:
        stay.level = levels.get(stay.member_id, "")
    return stays


@transaction.atomic
def rate(stays, year, chosen, *, by):
    """Write the levels of `chosen` (member key → level, "" for none) of the members of `stays`, a sheet of that year. Returns how many changed.

    Raises PermissionDenied when the right is missing on any chi bộ concerned: all or nothing.
    """
    changed = [stay for stay in stays if stay.member_id in chosen and chosen[stay.member_id] != stay.level]
    if any(not rights_on(by, body) & set(WRITERS) for body in {stay.organization_id for stay in changed}):
        raise PermissionDenied("Đồng chí không có quyền ghi sổ đảng viên của tổ chức này.")
    for stay in changed:
        level = chosen[stay.member_id]
        if level:
            facts = {"organization_id": stay.organization_id, "level": level}
            MemberRating.objects.update_or_create(member=stay.member, year=year, defaults=facts)
        else:
            MemberRating.objects.filter(member=stay.member, year=year).delete()
        before, after = ({"rating": Level(each).label if each else ""} for each in (stay.level, level))
        LogEntry.write("rate", by=by, about=stay.member, organization_pk=stay.organization_id, place=f"năm {year}", before=before, after=after)
    return len(changed)
