"""The registers: documents the bodies cite, and invented members."""

from organizations.models import LogEntry, Member, Reference, Stay

from .files import described


def cite_documents(bodies, *, by):
    """dict: code of a body → its references, in the order of the file."""
    cited = {}
    for facts in described("references.toml")["reference"]:
        code = facts.pop("body")
        reference = Reference.objects.create(organization=bodies[code], **facts)
        LogEntry.write("add", by=by, about=reference)
        cited.setdefault(code, []).append(reference)
    return cited


def invent_members(bodies, *, by):
    """Members who do not exist, each marked as invented, on the roster of his chi bộ."""
    for facts in described("people.toml")["member"]:
        member = Member(organization=bodies[facts.pop("cell")], is_invented=True, **facts)
        member.full_clean(exclude=["search", "sort"])
        member.save()
        LogEntry.write("add", by=by, about=member)
        founded = member.organization.founded_on
        arrived_by = Stay.Arrival.ADMITTED if member.admitted_on >= founded else Stay.Arrival.LISTED
        Stay.objects.arrive(member, member.organization, on=max(member.admitted_on, founded), arrived_by=arrived_by, by=by)
