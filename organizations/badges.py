"""Party badges: who reaches which in a round, and the award. Rounds and years are data of this room."""

import datetime as dt
import itertools
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, When

from .access import rights_on
from .ages import LEFT_THE_PARTY, Age, add_months, party_age
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
    """Who of the roster `stays` (a queryset for the day of the round) reaches a badge since the round before: Due, the longest first, by name."""
    return DueList(stays, held)[:]


class DueList:
    """The Dues of a roster in a round; can be cut like a list, so that a page of a country's reads no more than it shows.

    Whoever never left the Party reaches a badge by the day of his admission alone, which the database finds. (No round falls on the end of a month,
    where a year may be complete a day early.) The few who left it and came back are reckoned one by one.
    `years`: of this badge alone. `is_awarded`: only those whose award has been written, or only those whose has not.
    """

    def __init__(self, stays, held, *, years=None, is_awarded=None):
        self.held, self.is_awarded = held, is_awarded
        self.years = sorted((each for each in YEARS if years in (None, each)), reverse=True)
        left = Stay.objects.lasting().filter(left_by__in=LEFT_THE_PARTY, until__lte=held.on)
        self.stays, self.interrupted = stays.filter(~Exists(left.filter(member=OuterRef("member")))), stays.filter(member__in=left.values("member"))

    @cached_property
    def counts(self):
        """Counter: years → how many. Four queries at the most."""
        reached = Case(*(When(self._admitted(years), then=years) for years in self.years), output_field=IntegerField())
        stays = self._of_state(self.stays.filter(self._admitted(*self.years)).annotate(years=reached), OuterRef("years"))
        return Counter(dict(stays.order_by().values_list("years").annotate(Count("pk")))) + Counter(row.years for row in self._reckoned)

    def __getitem__(self, cut):
        """Dues of the rows cut.start to cut.stop. A query for each badge (that has any, once counted) until there are enough, and a few more."""
        found, counted = [], self.__dict__.get("counts")
        for years in self.years:
            if counted is not None and not counted[years]:
                continue
            stays = self._of_state(self.stays.filter(self._admitted(years)), years).select_related("member").order_by("member__sort", "pk")
            reckoned = [row for row in self._reckoned if row.years == years]
            rows = [Due(stay, years, party_age(stay.member, (), on=self.held.on), None) for stay in stays[: cut.stop]]
            found += sorted([*rows, *reckoned], key=lambda row: (row.member.sort, row.stay.pk))
            if cut.stop is not None and len(found) >= cut.stop:
                break
        return self._with_awards(found[cut])

    def _admitted(self, *badges):
        """Condition on stays: the day of admission lies as many years before the days that count as one of `badges` asks."""
        condition = Q()
        for years in badges:
            first, last = (add_months(day, -12 * years) for day in (self.held.previous, self.held.on))
            condition |= Q(member__admitted_on__gt=first, member__admitted_on__lte=last)
        return condition

    def _of_state(self, stays, years):
        if self.is_awarded is None:
            return stays
        written = Exists(BadgeAward.objects.filter(member=OuterRef("member"), years=years))
        return stays.filter(written if self.is_awarded else ~written)

    @cached_property
    def _reckoned(self):
        """Dues of those who left the Party and came back."""
        standing, paths, found = list(self.interrupted.select_related("member")), {}, []
        for stay in Stay.objects.lasting().filter(member__in=[stay.member_id for stay in standing]).order_by("since", "pk"):
            paths.setdefault(stay.member_id, []).append(stay)
        for stay in standing:
            before, now = (party_age(stay.member, paths[stay.member_id], on=day) for day in (self.held.previous, self.held.on))
            found += [Due(stay, years, now, None) for years in self.years if before.years < years <= now.years]
        self._with_awards(found)
        return [row for row in found if self.is_awarded is None or bool(row.award) == self.is_awarded]

    def _with_awards(self, rows):
        awards = {(award.member_id, award.years): award for award in BadgeAward.objects.filter(member__in=[row.stay.member_id for row in rows])}
        for row in rows:
            row.award = awards.get((row.stay.member_id, row.years))
        return rows


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
