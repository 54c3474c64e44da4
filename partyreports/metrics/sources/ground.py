"""What the sources of one question stand on: the bodies asked for, the days counted, and who stood under whom on each of them."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from organizations.models import OrganizationKind, OrganizationVersion
from organizations.models.paths import below_any, steps
from partyreports.periods.models import Period


@dataclass(frozen=True)
class Span:
    """One version of a body below those asked for: from which day to which it stood there, and under which of them."""

    since: dt.date
    until: dt.date | None
    roots: tuple  # keys of the bodies asked for at or above it
    kind_id: int

    def covers(self, day):
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True)
class Ground:
    """The bodies to count for, the first day and the last one, and the tree between them. Made by `ground_of`."""

    roots: frozenset
    starts_on: dt.date
    ends_on: dt.date  # the last day of the period, or the day "as of" which is counted when that is earlier
    year: int | None  # None for a span of years: what is kept by year has no row for it
    period: Period
    as_of: dt.date | None
    tells: bool  # whether the sources say on which events their counts stand
    spans: dict  # key of a body → tuple of Span in order of time
    founded: dict  # key of a body asked for → the day it began
    paths: tuple  # on which the bodies asked for stand

    @property
    def opens_on(self):
        """The day whose evening the period takes over from."""
        return self.starts_on - dt.timedelta(days=1)

    def above(self, organization, day):
        """Keys of the bodies asked for that `organization` stood in or under on `day`."""
        return next((span.roots for span in self.spans.get(organization, ()) if span.covers(day)), ())

    @cached_property
    def at_end(self):
        """dict: key of a body that stands at the end → its Span of that day."""
        found = {}
        for organization, spans in self.spans.items():
            for span in spans:
                if span.covers(self.ends_on):
                    found[organization] = span
        return found

    @cached_property
    def turned(self):
        """Bodies that came under one of those asked for, or left it, between the first day and the last."""
        return [
            organization
            for organization, spans in self.spans.items()
            if any(self.starts_on <= day <= self.ends_on for span in spans for day in (span.since, span.until) if day)
        ]

    @cached_property
    def bodies(self):
        """Every body that ever stood in one of the branches between the first day and the last: a condition for the rows of a register."""
        return OrganizationVersion.objects.filter(self._here).values("organization")

    def in_use(self, rows, day):
        """Bodies asked for in whose branch the register `rows` had an entry before the period, by its field `day`. One query."""
        earlier = rows.filter(organization__in=self.bodies, **{f"{day}__lt": self.starts_on}).order_by()
        bodies = earlier.values_list("organization", flat=True).distinct()
        return {root for body in bodies for root in self.above(body, self.opens_on) or self.above(body, self.starts_on)}

    @cached_property
    def _here(self):
        return _meanwhile(self.opens_on, self.ends_on) & (below_any(self.paths) or Q(pk=None))


def ground_of(roots, period, *, as_of=None, tells=False):
    """The Ground of `roots` (keys) for `period`; None when the period had not begun by `as_of`. Three queries."""
    ends_on = min(as_of or period.ends_on, period.ends_on)
    if ends_on < period.starts_on:
        return None
    opens_on = period.starts_on - dt.timedelta(days=1)
    asked = OrganizationVersion.objects.filter(_meanwhile(opens_on, ends_on), organization__in=roots)
    paths = tuple(sorted(set(asked.values_list("path", flat=True))))
    founded = dict(asked.values_list("organization", "organization__founded_on"))
    wanted, spans = frozenset(roots), {}
    if paths:
        below = OrganizationVersion.objects.filter(_meanwhile(opens_on, ends_on) & below_any(paths)).order_by("valid_from")
        for organization, since, until, path, kind in below.values_list("organization", "valid_from", "valid_to", "path", "kind"):
            over = tuple(key for key in steps(path) if key in wanted)
            spans[organization] = (*spans.get(organization, ()), Span(since, until, over, kind))
    year = period.year if period.starts_on.year == period.ends_on.year else None
    return Ground(wanted, period.starts_on, ends_on, year, period, as_of, tells, spans, founded, paths)


def reported_of(organizations, period):
    """dict: key of a body → the body whose whole branch it reports of: the one above it for a body of the Front's kind, which stands beside
    the communes, and itself for a body that has such a one directly below. No other body is asked. One query."""
    state = OrganizationKind.LetterheadStyle.STATE
    fronts = OrganizationVersion.objects.last_standing(on=period.ends_on).filter(kind__letterhead_style=state, parent__isnull=False)
    pairs = list(fronts.filter(Q(organization__in=organizations) | Q(parent__in=organizations)).values_list("organization", "parent"))
    return {parent: parent for _, parent in pairs} | dict(pairs)


def _meanwhile(first, last):
    return Q(Q(valid_to=None) | Q(valid_to__gt=first), valid_from__lte=last)
