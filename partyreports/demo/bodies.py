"""The tree: the district, its bodies and their chi bộ, with what happened to them."""

from organizations.models import LogEntry, Organization, OrganizationKind

from .files import described

FILE = described("bodies.toml")
FOUNDED = FILE["founded"]
FACTS = ("name", "party_name", "heading", "symbol")


def found_bodies():
    """dict: code → organisation, for every body and chi bộ of the file."""
    kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
    bodies = {}
    for facts in FILE["body"]:
        parent = bodies.get(facts.get("parent"))
        body = _found(facts["code"], kinds[facts["kind"]], parent, **{name: facts[name] for name in FACTS if name in facts})
        bodies[facts["code"]] = body
        for group in facts.get("cells", []):
            for n in range(1, group["count"] + 1):
                code = f"{facts['code']}-{group['code']}-{n}"
                bodies[code] = _found(code, kinds[group["kind"]], body, name=group["name"].format(n=n), symbol="CB")
    return bodies


def tell_what_happened(bodies):
    """Write the changes and ends of the file, each on its day and with its basis."""
    for facts in FILE["body"]:
        body = bodies[facts["code"]]
        for action, event in (("change", facts.get("changed")), ("end", facts.get("ended"))):
            if event:
                act = body.change if action == "change" else body.end
                act(on=event["on"], basis=event["basis"])
                LogEntry.write(action, by=None, about=body, note=event["basis"], after={"from": event["on"].isoformat()})


def _found(code, kind, parent, **facts):
    body = Organization.objects.found(on=FOUNDED, code=code, kind=kind, parent=parent, place=FILE["place"], **facts)
    LogEntry.write("found", by=None, about=body, after={"name": facts["name"], "from": FOUNDED.isoformat()})
    return body
