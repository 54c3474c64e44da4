"""How many models a list holds, and in which states."""

from dataclasses import dataclass

from django.db.models import Count

from .models import ModelYear


@dataclass(frozen=True)
class StateCount:
    state: str
    label: str
    number: int


@dataclass(frozen=True)
class Counts:
    """`total` models; of one year also how many stand in each state, those in none left out."""

    total: int
    states: tuple


def counts_of(registrations, year=""):
    """Counts of the queryset `registrations`, by state in the year with the code `year`. One query."""
    if not year:
        return Counts(registrations.count(), ())
    rows = ModelYear.objects.filter(period__code=year, registration__in=registrations.order_by().values("pk"))
    found = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    states = tuple(StateCount(state.value, state.label, found[state]) for state in ModelYear.State if state in found)
    return Counts(sum(found.values()), states)
