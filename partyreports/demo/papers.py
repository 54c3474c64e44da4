"""Registrations of working models and the speeches of the conference: written by secretaries, approved by the reviewer."""

from models_registry.links import link
from models_registry.models import Registration
from organizations.models import LogEntry
from partyreports.speeches.compose import compose
from partyreports.speeches.models import SpeechTemplate

from .accounts import secretary_of
from .files import described
from .models import tell_results, tell_stages


def register_models(bodies, periods, references, accounts, *, reviewer):
    """dict: code of a body → its approved registration, the last one of the file where it has several."""
    registered = {}
    for facts in described("registrations.toml")["registration"]:
        code, years = facts.pop("organization"), facts.pop("years")
        stages, results, relation = facts.pop("stages", []), facts.pop("outcomes", []), facts.pop("follows", "")
        secretary = accounts[secretary_of(code)]
        parts = {name: text.strip() if isinstance(text, str) else text for name, text in facts.items()}
        registration = Registration.objects.create(organization=bodies[code], **parts)
        registration.periods.set(periods[str(year)] for year in years)
        registration.basis.set(reference for reference in references.get(code, []) if reference.number and reference.symbol)
        LogEntry.write("create", by=secretary, about=registration, after=registration.content())
        registration.take("submit", by=secretary)
        registration.take("approve", by=reviewer)
        tell_stages(registration, stages, by=secretary)
        tell_results(registration, results, periods, by=secretary)
        if relation:
            link(registration, registered[code], relation, by=secretary)
        registered[code] = registration
    return registered


def write_speeches(bodies, periods, registrations, accounts, *, reviewer):
    """Each speech of the file: composed from approved figures, headed as the conference heard it, sent up and approved."""
    file = described("speeches.toml")
    templates = {template.code: template for template in SpeechTemplate.objects.all()}
    for facts in file["speech"]:
        code = facts["body"]
        secretary, registration = accounts[secretary_of(code)], registrations.get(code)
        speech = compose(
            organization=bodies[code],
            period=periods[file["period"]],
            template=templates[facts["template"]],
            registration=registration,
            by=secretary,
        )
        head = {name: facts[name] for name in ("document_type", "title") if name in facts}
        if facts.get("month") == 0:
            head["month"] = None
        speech.write(by=secretary, seen_version=speech.version, **head)
        speech.take("submit", by=secretary)
        speech.take("approve", by=reviewer)
