"""Inspections of the year, the programme they follow and discipline carried out: true totals where a body reported, invented days."""

from organizations.models import LogEntry
from partyreports.activities.models import Discipline, Inspection, InspectionPlan

from .files import described

FILE = described("inspections.toml")
OWN = ("body", "year")


def plan_inspections(bodies, *, by):
    """The programmes of the file, row by row."""
    for facts in FILE["programme"]:
        for doer, kinds in ((name, value) for name, value in facts.items() if name not in OWN):
            for kind, planned in kinds.items():
                plan = InspectionPlan(organization=bodies[facts["body"]], year=facts["year"], doer=doer, kind=kind, planned=planned)
                plan.full_clean()
                plan.save()
                LogEntry.write("add", by=by, about=plan, after={"planned": str(planned)})


def record_inspections(bodies, *, by):
    for table, rows in ((Inspection, FILE["inspection"]), (Discipline, FILE["discipline"])):
        for facts in rows:
            event = table(organization=bodies[facts["body"]], **{name: value for name, value in facts.items() if name != "body"})
            event.full_clean(exclude=["search"])
            event.save()
            LogEntry.write("add", by=by, about=event)
