"""The year of a norm laid out: the days that are not planned yet, body by body, the villages in turn."""

from django.db import transaction

from organizations.models import LogEntry

from .dialogues import villages_of
from .models import Dialogue, DialogueNorm, PlannedDialogue
from .norms import bodies_of, planned_days, stretch_of


@transaction.atomic
def plan_year(norm, year, *, by):
    """Write the planned days of a year that are not there yet, the villages in turn from the last one on. Returns how many are new.

    A month (of a norm of quarters: a quarter) that has a plan already keeps it, wherever its day was moved.
    """
    DialogueNorm.objects.select_for_update().get(pk=norm.pk)
    new = []
    for version, days in _days_of_bodies(norm, year):
        turns = _Turns(norm, version.organization, before=days[0][0]) if norm.rotates else None
        for day, plan in days:
            if plan is None:
                village = turns.next() if turns else None
                new.append(PlannedDialogue(norm=norm, organization_id=version.organization_id, planned_on=day, village_id=village))
            elif turns:
                turns.last = plan.village_id or turns.last
    PlannedDialogue.objects.bulk_create(new)
    if new:
        LogEntry.write("plan_year", by=by, about=norm, after={"year": year, "days": len(new)})
    return len(new)


def unplanned(norm, year):
    """How many days `plan_year` would write. Three queries."""
    return sum(plan is None for _, days in _days_of_bodies(norm, year) for _, plan in days)


def _days_of_bodies(norm, year):
    """(version of a body, [(day, its plan or None)]) for each body on which the norm lies, the days as `planned_days` gives them."""
    days = planned_days(norm, year)
    if not days:
        return []
    standing = {}
    for plan in norm.planned.filter(planned_on__year=year):
        standing.setdefault(plan.organization_id, {})[stretch_of(norm, plan.planned_on)] = plan
    bodies = bodies_of(norm, on=days[-1])
    return [(version, [(day, standing.get(key, {}).get(stretch_of(norm, day))) for day in days]) for key, version in bodies.items()]


class _Turns:
    """The villages of a body one after another."""

    def __init__(self, norm, organization, *, before):
        self.keys = [village.pk for village in villages_of(organization, on=before)]
        planned = norm.planned.filter(organization=organization, planned_on__lt=before).exclude(village=None).order_by("planned_on")
        held = Dialogue.objects.counted().filter(organization=organization, held_on__lt=before).exclude(village=None).order_by("held_on", "pk")
        last = planned.last() or held.last()
        self.last = last.village_id if last else None

    def next(self):
        if not self.keys:
            return None
        self.last = self.keys[(self.keys.index(self.last) + 1) % len(self.keys)] if self.last in self.keys else self.keys[0]
        return self.last
