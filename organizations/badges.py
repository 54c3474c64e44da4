"""Party badges: who reaches which in a round, and the award. Rounds and years are data of this room."""

import datetime as dt
import itertools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from .access import rights_on
from .ages import Age, add_months, party_age
from .models import BadgeAward, LogEntry, Stay
from .models.members import WRITERS

FILE = tomllib.loads((Path(__file__).parent / "data" / "badges.toml").read_text(encoding="utf-8"))
YEARS = FILE["years"]
SOURCE = FILE["source"]


@dataclass(frozen=True)
class Round:
    """One day of a year on which badges are handed out, and the round before it."""

    on: dt.date
    name: str
    previous: dt.date

    def __str__(self):
        return f"{self.name}/{self.on.year}"


@dataclass
class Due:
    """One member who reaches a badge in a round; `award` once it has been written. A page puts beside it what else it shows."""

    stay: Stay
    years: int
    party_age: Age
    award: BadgeAward | None

    @property
    def member(self):
        return self.stay.member

    @property
    def key(self):
        """What tells this row in a form."""
        return f"{self.stay.member_id}-{self.years}"


def rounds(year):
    """The rounds of a year, in the order of days."""
    days = [(dt.date(y, each["month"], each["day"]), each["name"]) for y in (year - 1, year) for each in FILE["round"]]
    return [Round(on, name, previous) for (previous, _), (on, name) in itertools.pairwise(days) if on.year == year]


def round_on(day):
    """The round held on that day, or None."""
    return next((each for each in rounds(day.year) if each.on == day), None)


def due(stays, held):
    """Who of the roster `stays` (a queryset for the day of the round) reaches a badge since the round before: Due, the longest first.

    Four queries, whatever the number of members: whoever was admitted in the days that count, or once left the Party and came back. These two
    are asked for one after the other: with an "or" between them PostgreSQL looks through all stays for every member of a province.
    """
    admitted = Q()
    for years in YEARS:
        admitted |= Q(member__admitted_on__gt=add_months(held.previous, -12 * years), member__admitted_on__lte=add_months(held.on, -12 * years))
    came_back = Stay.objects.filter(arrived_by=Stay.Arrival.RESTORED, since__lte=held.on)
    candidates = [stay for ones in (Q(admitted), Q(member__in=came_back.values("member"))) for stay in stays.filter(ones).select_related("member")]
    standing = sorted({stay.pk: stay for stay in candidates}.values(), key=lambda stay: (stay.member.sort, stay.pk))
    keys = [stay.member_id for stay in standing]
    paths, awards = {}, {}
    for stay in Stay.objects.lasting().filter(member__in=keys).order_by("since", "pk"):
        paths.setdefault(stay.member_id, []).append(stay)
    for award in BadgeAward.objects.filter(member__in=keys):
        awards[award.member_id, award.years] = award
    found = []
    for stay in standing:
        before, now = (party_age(stay.member, paths[stay.member_id], on=day) for day in (held.previous, held.on))
        found += [Due(stay, years, now, awards.get((stay.member_id, years))) for years in YEARS if before.years < years <= now.years]
    return sorted(found, key=lambda each: -each.years)


@transaction.atomic
def award(due_rows, held, *, number, by):
    """Write the badges of `due_rows`, each on its member's own chi bộ's register. Returns how many are new; one that is written stays as it is.

    Raises PermissionDenied when the right is missing on any of them: all or nothing.
    """
    bodies = {row.stay.organization_id for row in due_rows}
    if any(not rights_on(by, body) & set(WRITERS) for body in bodies):
        raise PermissionDenied("Đồng chí không có quyền ghi sổ đảng viên của tổ chức này.")
    new = 0
    for row in due_rows:
        _, is_new = BadgeAward.objects.get_or_create(member=row.member, years=row.years, defaults={"round_on": held.on, "number": number})
        if is_new:
            new += 1
            after = {"badge": row.years, "from": held.on.isoformat(), "basis": number}
            LogEntry.write("award", by=by, about=row.member, organization_pk=row.stay.organization_id, after=after)
    return new
