"""How the roster of a branch as wide as a country went: numbers and rows read by the database, where `roster.balance` would read every stay.

The branch is divided. A body that stood in it unchanged over all the days is steady: of members who only stood in such bodies a stay that
begins there is an arrival unless another of theirs ends there that day, and one that ends a departure likewise. Whoever stood in a body that
was founded, moved, renamed or ended meanwhile is read in full and reckoned as `roster` does. Both give what `roster.balance` gives: the
property of the balance is tested on both.
"""

from collections import Counter
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q

from . import roster
from .models import OrganizationVersion, Stay
from .models.paths import begins_with


class Flow:
    """The movements of `branch` over the days `start` to `end`, both included. Can be cut like a list: Movements in the order of days."""

    def __init__(self, branch, start, end, *, way="", reason=""):
        """`way` "den" or "di", `reason` a Stay.Arrival or Stay.Departure: only such movements, when given."""
        self.branch, self.start, self.end, self.way, self.reason = branch, start, end, way, reason
        self.eve = start - roster.DAY
        own = list(branch.versions.values_list("path", "valid_from", "valid_to"))
        self.path = next((path for path, since, until in own if since <= self.eve and (until is None or self.eve < until)), None)
        self.versions = roster.versions_within([path for path, _, _ in own], start, end)
        self.lasting = Stay.objects.lasting().filter(Q(until=None) | Q(until__gte=start), since__lte=end)

    # --- numbers --------------------------------------------------------------------------------------------------------

    @cached_property
    def arrivals(self):
        """Counter: reason → how many came."""
        counted = Counter(dict(self._steady_arrivals().values_list("arrived_by").annotate(Count("pk"))))
        return counted + Counter(move.reason for move in self._rest if move.is_arrival)

    @cached_property
    def departures(self):
        """Counter: reason → how many left."""
        counted = Counter(dict(self._steady_departures().values_list("left_by").annotate(Count("pk"))))
        return counted + Counter(move.reason for move in self._rest if not move.is_arrival)

    @property
    def arrived(self):
        return self.arrivals.total()

    @property
    def departed(self):
        return self.departures.total()

    @cached_property
    def opening(self):
        return roster.count(self.branch, on=self.eve)

    @property
    def closing(self):
        return self.opening + self.arrived - self.departed

    # --- rows -----------------------------------------------------------------------------------------------------------

    def __getitem__(self, cut):
        """Movements of the rows cut.start to cut.stop, among those of the way and reason asked for."""
        found = [move for move in self._rest if self._is_wanted(move)]
        if self.way != "di":
            stays = self._steady_arrivals(arrived_by=self.reason).order_by("since", "pk")[: cut.stop]
            found += [roster.Movement(stay, stay.since, stay.arrived_by, is_arrival=True) for stay in stays]
        if self.way != "den":
            stays = self._steady_departures(left_by=self.reason).order_by("until", "pk")[: cut.stop]
            found += [roster.Movement(stay, stay.until, stay.left_by, is_arrival=False) for stay in stays]
        return sorted(found, key=roster.order_of_days)[cut]

    def _is_wanted(self, move):
        return (not self.way or move.is_arrival == (self.way == "den")) and (not self.reason or move.reason == self.reason)

    # --- the two parts of the branch --------------------------------------------------------------------------------------

    @property
    def _steady(self):
        """Versions of the bodies that stood in the branch, unchanged, from the eve to the end."""
        if self.path is None:
            return OrganizationVersion.objects.none()
        versions = OrganizationVersion.objects.filter(begins_with(self.path), valid_from__lte=self.eve)
        return versions.filter(Q(valid_to=None) | Q(valid_to__gt=self.end))

    @property
    def _touched(self):
        """Versions of the branch that began or ended in these days."""
        return self.versions.filter(Q(valid_from__gte=self.start) | Q(valid_to__lte=self.end))

    def _steady_arrivals(self, **facts):
        before = self.lasting.filter(member=OuterRef("member"), until=OuterRef("since"), organization__in=self._steady.values("organization"))
        stays = self.lasting.filter(~Exists(before), since__gte=self.start)
        return self._of_steady_members(stays, **facts)

    def _steady_departures(self, **facts):
        after = self.lasting.filter(member=OuterRef("member"), since=OuterRef("until"), organization__in=self._steady.values("organization"))
        stays = self.lasting.filter(~Exists(after), until__gte=self.start, until__lte=self.end)
        return self._of_steady_members(stays, **facts)

    def _of_steady_members(self, stays, **facts):
        elsewhere = self.lasting.filter(member=OuterRef("member"), organization__in=self._touched.values("organization"))
        facts = {name: value for name, value in facts.items() if value}
        return stays.filter(~Exists(elsewhere), organization__in=self._steady.values("organization"), **facts).order_by()

    @cached_property
    def _rest(self):
        """Movements of whoever stood in a touched body, reckoned from all his stays."""
        members = self.lasting.filter(organization__in=self._touched.values("organization")).values("member")
        here = self.lasting.filter(member__in=members, organization__in=self.versions.values("organization"))
        stays = list(here.order_by("since", "pk"))
        if not stays:
            return []
        bodies = {stay.organization_id for stay in stays}
        return roster.movements_of(stays, self.versions.filter(organization__in=bodies), self.branch, self.start, self.end)
