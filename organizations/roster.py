"""Who stood on the roster of a body on a date, and how the roster of a branch went from one day to another: opening + in − out = closing.

A branch holds a member on a day when one of his lasting stays covers the day and the chi bộ of that stay stands at or below the branch on
that day. Each member's days within the branch are joined into unbroken spells; a spell that begins in a period is an arrival, one that ends
in it a departure. So every movement between two chi bộ of the branch is none of the branch's own, and opening + in − out = closing holds for
any body, any interval and any date: of each spell, "stood before" + "began" − "ended" is "stands at the end".
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from .models import Member, OrganizationVersion, Stay
from .models.paths import below_any, steps

ARRIVALS = [reason for reason in Stay.Arrival if reason != Stay.Arrival.TEMPORARY]
DEPARTURES = [reason for reason in Stay.Departure if reason != Stay.Departure.RETURNED]
DAY = dt.timedelta(days=1)
FOREVER = dt.date.max
WIDE = 3000  # bodies: what more of them hold is counted after it is shown
MANY = 1000  # bodies named one by one in a question; beyond that all are asked for


@dataclass(frozen=True)
class Movement:
    """One member who came into a branch, or left it, on the day `on`. `stay` is the one that began or ended, or whose body moved.

    A year of a province has thousands of them: whoever shows some asks for their members (`prefetch_related_objects`).
    """

    stay: Stay
    on: dt.date
    reason: str
    is_arrival: bool

    @property
    def label(self):
        """The reason, in words."""
        return (Stay.Arrival if self.is_arrival else Stay.Departure)(self.reason).label

    @property
    def elsewhere(self):
        """Where he came from or went to, when the movement itself says so."""
        if self.is_arrival:
            return self.stay.came_from if self.on == self.stay.since else ""
        return self.stay.went_to if self.on == self.stay.until else ""

    @property
    def basis(self):
        if self.is_arrival:
            return self.stay.arrival_basis if self.on == self.stay.since else ""
        return self.stay.departure_basis if self.on == self.stay.until else ""


@dataclass(frozen=True)
class Balance:
    """The roster of a branch over the days `start` to `end`, both included. `movements` in the order of days."""

    start: dt.date
    end: dt.date
    opening: int
    closing: int
    movements: list = field(default_factory=list)

    @property
    def arrivals(self):
        """dict: reason (Stay.Arrival) → stays that came by it, for every reason that occurs."""
        return self._by_reason(ARRIVALS, is_arrival=True)

    @property
    def departures(self):
        """dict: reason (Stay.Departure) → stays that left for it, for every reason that occurs."""
        return self._by_reason(DEPARTURES, is_arrival=False)

    @property
    def arrived(self):
        return sum(movement.is_arrival for movement in self.movements)

    @property
    def departed(self):
        return len(self.movements) - self.arrived

    def _by_reason(self, reasons, *, is_arrival):
        found = {reason: [] for reason in reasons}
        for movement in self.movements:
            if movement.is_arrival == is_arrival:
                found.setdefault(movement.reason, []).append(movement.stay)
        return {reason: stays for reason, stays in found.items() if stays}


def is_wide(bodies):
    """True when the queryset `bodies` holds so many that whoever waits for a count of their members should see something first. One query."""
    return bodies.order_by()[: WIDE + 1].count() > WIDE


def stays_on(branch, *, on, among=None):
    """Queryset of the lasting stays on the roster of `branch` on the day `on`, as the tree stood that day. `branch` None: of every body.

    `among`: the queryset of stays to choose from, such as those visible to a user.

    One query for the branch's place in the tree, which makes the rest use the index.
    """
    stays = (Stay.objects.all() if among is None else among).lasting().on(on)
    if branch is None:  # of a body that exists that day, by its own row: its versions would be joined for every one of a country
        return stays.filter(Q(organization__ended_on=None) | Q(organization__ended_on__gt=on), organization__founded_on__lte=on)
    return stays.filter(organization__in=OrganizationVersion.objects.under(branch, on=on).values("organization"))


def members_on(branch, *, on):
    """Queryset of the members on the roster of `branch` on the day `on`."""
    bodies = OrganizationVersion.objects.under(branch, on=on).values("organization")
    here = Stay.objects.lasting().on(on).filter(member=OuterRef("pk"), organization__in=bodies)
    return Member.objects.filter(Exists(here))


def count(branch, *, on):
    """How many members stand on the roster of `branch` at the end of the day `on`. Two queries, one of them by key."""
    bodies = OrganizationVersion.objects.under(branch, on=on).values("organization")
    return Stay.objects.lasting().on(on).filter(organization__in=bodies).count()


def tallies(stays, *, on):
    """How the roster `stays` of the day `on` is made up: dict of total, official, probationary, female, exempt. One query."""
    official = Q(member__official_on__lte=on)
    return stays.aggregate(
        total=Count("pk"),
        official=Count("pk", filter=official),
        probationary=Count("pk", filter=~official | Q(member__official_on=None)),
        female=Count("pk", filter=Q(member__gender=Member.Gender.FEMALE)),
        exempt=Count("pk", filter=Q(member__exempt_since__lte=on)),
    )


def tallies_today(bodies):
    """The same of all who stand on a roster today in the queryset `bodies`, counted from an index alone: every member knows where he stands now."""
    today = timezone.localdate()
    standing = bodies.filter(Q(ended_on=None) | Q(ended_on__gt=today), founded_on__lte=today).order_by()
    official = Q(official_on__lte=today)
    return Member.objects.filter(is_active=True, organization__in=standing.values("pk")).aggregate(
        total=Count("organization"),
        official=Count("organization", filter=official),
        probationary=Count("organization", filter=~official | Q(official_on=None)),
        female=Count("organization", filter=Q(gender=Member.Gender.FEMALE)),
        exempt=Count("organization", filter=Q(exempt_since__lte=today)),
    )


def balance(branch, start, end):
    """How the roster of `branch` went from the eve of `start` to the end of the day `end`: a Balance. Four queries, whatever the size.

    A member of a chi bộ that moves into the branch, or out of it, or that ends with him on its roster, comes or goes by "do sắp xếp tổ chức".
    """
    return balances([branch], start, end)[branch.pk]


def balances(branches, start, end):
    """dict: organisation key → the Balance of its branch, for any number of branches (one may hold another). Four queries."""
    keys = [branch.pk for branch in branches]
    paths = list(OrganizationVersion.objects.filter(organization__in=keys).values_list("path", flat=True))
    versions = versions_within(paths, start, end)
    places = _places(versions, set(keys))
    heads = _heads(versions, start - DAY, end)
    stays = _moved(versions, places, start, end)
    found = {}
    for key in keys:
        times = places.get(key, {})
        movements = sorted(_movements(_spells(stays, times), start, end), key=order_of_days)
        opened, closed = (_sum(heads, times, day, place) for place, day in enumerate((start - DAY, end)))
        found[key] = Balance(start, end, opened, closed, movements)
    return found


def movements_of(stays, versions, branch, start, end):
    """Movements of `branch` that `stays` make, all of some members in the order of time; `versions` of their bodies within the branch. One query."""
    times = _places(versions, {branch.pk})[branch.pk]
    return sorted(_movements(_spells(stays, times), start, end), key=order_of_days)


def order_of_days(move):
    return move.on, not move.is_arrival, move.stay.pk


def left_behind(organizations, *, on):
    """Open lasting stays in those of the queryset `organizations` that have ended by the day `on`: members who stand on no roster any more."""
    ended = organizations.filter(ended_on__lte=on)
    return Stay.objects.lasting().on(on).filter(organization__in=ended.values("pk"))


def bodies_left_behind(organizations, *, on):
    """(key, number of members) of each ended body of `organizations` with `left_behind`, in the order of their ends: a queryset."""
    left = left_behind(organizations, on=on).order_by("organization__ended_on", "organization")
    return left.values_list("organization").annotate(number=Count("pk"))


def versions_within(paths, start, end):
    """Versions that stood on one of `paths` or below it at some time from the eve of `start` to the day `end`."""
    here = below_any(paths)
    versions = OrganizationVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gte=start), valid_from__lte=end)
    return versions.filter(here) if here else versions.none()


def _places(versions, wanted):
    """dict: branch key → organisation key → the unbroken times (since, until) in which it stood there, for the branches `wanted`."""
    places = {key: {} for key in wanted}
    for organization, path, since, until in versions.order_by("valid_from").values_list("organization", "path", "valid_from", "valid_to"):
        for key in wanted.intersection(steps(path)):
            spans = places[key].setdefault(organization, [])
            if spans and spans[-1][1] == since:
                spans[-1] = (spans[-1][0], until or FOREVER)
            else:
                spans.append((since, until or FOREVER))
    return places


def _heads(versions, eve, end):
    """dict: organisation key → how many stood on its own roster at the end of the days `eve` and `end`. One query, read from an index alone."""
    stays = Stay.objects.lasting().filter(Q(until=None) | Q(until__gt=eve), since__lte=end, organization__in=versions.values("organization"))
    # What is counted stands in the index of rosters: the key does not.
    opened = Count("since", filter=Q(since__lte=eve))
    closed = Count("since", filter=Q(until=None) | Q(until__gt=end))
    return {key: numbers for key, *numbers in stays.order_by().values_list("organization").annotate(opened=opened, closed=closed)}


def _sum(heads, times, day, place):
    standing = (key for key, spans in times.items() if any(since <= day < until for since, until in spans))
    return sum(heads[key][place] for key in standing if key in heads)


def _moved(versions, places, start, end):
    """The stays of every member who may have come or gone: they begin or end in the period, or their body came or went in it. In order of time."""
    # Bodies by their keys: asked for within the "or", they would make PostgreSQL read every stay there is.
    turned = {key for times in places.values() for key, spans in times.items() if any(start <= day <= end for span in spans for day in span)}
    here = Q(since__gte=start, since__lte=end) | Q(until__gte=start, until__lte=end) | Q(organization__in=turned)
    here = here if len(turned) <= MANY else Q()
    stays = Stay.objects.lasting().filter(Q(until=None) | Q(until__gte=start), here, since__lte=end, organization__in=versions.values("organization"))
    return list(stays.order_by("since", "pk"))


def _spells(stays, times):
    """Every unbroken spell of a member within a branch, as (first stay, last stay, since, until)."""
    spells = {}
    for stay in stays:
        for since, until in times.get(stay.organization_id, ()):
            begin, finish = max(since, stay.since), min(until, stay.until or FOREVER)
            if begin >= finish:
                continue
            own = spells.setdefault(stay.member_id, [])
            if own and own[-1][3] == begin:
                own[-1] = (own[-1][0], stay, own[-1][2], finish)
            else:
                own.append((stay, stay, begin, finish))
    return [spell for own in spells.values() for spell in own]


def _movements(spells, start, end):
    for first, last, since, until in spells:
        if start <= since <= end:
            reason = first.arrived_by if since == first.since else Stay.Arrival.REORGANIZED
            yield Movement(first, since, reason, is_arrival=True)
        if start <= until <= end:
            reason = last.left_by if until == last.until else Stay.Departure.REORGANIZED
            yield Movement(last, until, reason, is_arrival=False)
