"""Inspections of the year and the programme they follow: true totals, invented days."""

from organizations.models import LogEntry
from partyreports.activities.models import Inspection, InspectionPlan

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
    for facts in FILE["inspection"]:
        inspection = Inspection(organization=bodies[facts["body"]], **{name: value for name, value in facts.items() if name != "body"})
        inspection.full_clean(exclude=["search"])
        inspection.save()
        LogEntry.write("add", by=by, about=inspection)
