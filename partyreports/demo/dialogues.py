"""Dialogues of the demonstration, with the villages that take turns and the norms that ask for them."""

from organizations.models import LogEntry, OrganizationKind
from partyreports.activities.models import Dialogue, DialogueNorm, Petition, Subject, Village
from partyreports.activities.plans import plan_year

from .files import described


def hold_dialogues(bodies, references, *, by):
    """Write what the file tells: villages, dialogues, then the norms with their planned days, each linked to what was held on it."""
    file = described("dialogues.toml")
    villages = {
        (code, name): Village.objects.create(organization=bodies[code], name=name) for code, names in file["villages"].items() for name in names
    }
    subjects = {subject.name: subject for subject in Subject.objects.all()}
    for facts in file["dialogue"]:
        _hold(facts, bodies, villages, subjects, by=by)
    for facts in file["norm"]:
        _lay(facts, bodies, references, by=by)


def _hold(facts, bodies, villages, subjects, *, by):
    code, raised, petitions = facts.pop("body"), facts.pop("subjects", []), facts.pop("petitions", [])
    village = villages[code, facts.pop("village")] if "village" in facts else None
    dialogue = Dialogue(organization=bodies[code], village=village, **facts)
    dialogue.full_clean(exclude=["search"])
    dialogue.save()
    dialogue.subjects.set(subjects[name] for name in raised)
    Petition.objects.bulk_create(Petition(dialogue=dialogue, **{**petition, "subject": subjects[petition["subject"]]}) for petition in petitions)
    LogEntry.write("add", by=by, about=dialogue)


def _lay(facts, bodies, references, *, by):
    number, cited_by, kinds, year = facts.pop("basis"), facts.pop("cited_by"), facts.pop("kinds", []), facts.pop("plan", None)
    basis = next(reference for reference in references[cited_by] if reference.number == number)
    norm = DialogueNorm(organization=bodies[facts.pop("body")], basis=basis, **facts)
    norm.full_clean()
    norm.save()
    norm.kinds.set(OrganizationKind.objects.filter(code__in=kinds))
    LogEntry.write("add", by=by, about=norm)
    if year:
        plan_year(norm, year, by=by)
    if year and norm.is_by_weekday:
        held = {dialogue.held_on: dialogue for dialogue in Dialogue.objects.counted().filter(organization=norm.organization)}
        for plan in norm.planned.filter(planned_on__in=held):
            plan.link(held[plan.planned_on])
