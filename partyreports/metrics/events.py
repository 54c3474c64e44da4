"""The events a count stands on, told to one reader: what his rights let him see is listed, the rest is only counted."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from models_registry.models import Registration
from organizations import tree
from organizations.access import reach
from organizations.models import BadgeAward, Candidate, LogEntry, Member, MemberRating, Organization, StageTaken, Stay
from organizations.models.members import REGISTERS_SEEN_WITH
from partyreports.activities.models import Dialogue, Discipline, Inspection, InspectionPlan, Petition
from partyreports.vietnamese import QUALIFIERS, number, sentence_case

ADDED, GONE, CHANGED = "thêm sau khi trình", "không còn được đếm", "sửa sau khi trình"
LOGGED = {
    "dialogue": Dialogue,
    "inspection": Inspection,
    "discipline": Discipline,
    "candidate": Candidate,
    "model": Registration,
}


@dataclass(frozen=True)
class Event:
    """One line of the list: its day (None where it has none), what it is, whose it is, where it leads, and what became of it."""

    identity: str
    on: dt.date | None
    label: str
    url: str
    organization: int
    body: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Told:
    """Events as one reader sees them, and how many more there are that he does not."""

    events: tuple
    unseen: int


def told(identities, user, *, added=(), gone=(), changed=()):
    """The events of `identities` that `user` may see, in their order; `added`, `gone`, `changed` are marked. A query or two for each kind."""
    asked = {}
    for identity in identities:
        asked.setdefault(identity.partition(":")[0], []).append(identity)
    found = {}
    for kind, its in asked.items():
        for event in READERS[kind](its, user):
            found[event.identity] = event
    names = tree.told_apart({event.organization for event in found.values()})
    marks = dict.fromkeys(changed, CHANGED) | dict.fromkeys(added, ADDED) | dict.fromkeys(gone, GONE)
    events = tuple(
        Event(each.identity, each.on, each.label, each.url, each.organization, names.get(each.organization, ""), marks.get(identity, ""))
        for identity in identities
        if (each := found.get(identity))
    )
    return Told(events, len(identities) - len(events))


def changed_since(identities, moment):
    """Those of `identities` whose rows somebody has written over after `moment`, by the log. One query."""
    rows = {(LOGGED[kind]._meta.label_lower, int(pk)): f"{kind}:{pk}" for kind, _, pk in (one.partition(":") for one in identities) if kind in LOGGED}
    labels, keys = {label for label, _ in rows}, {pk for _, pk in rows}
    lines = LogEntry.objects.filter(action="change", subject__in=labels, subject_pk__in=keys, at__gt=moment).order_by()
    return {rows[line] for line in lines.values_list("subject", "subject_pk") if line in rows}


def _keys(identities):
    return [int(identity.split(":")[1]) for identity in identities]


def _dialogues(identities, user):
    for row in Dialogue.objects.visible_to(user).filter(pk__in=_keys(identities)).select_related("village"):
        came = f"{QUALIFIERS[row.qualifier]} {number(row.participants)}".lstrip()
        label = f"{sentence_case(str(row.village or row.place or row.get_level_display()))}: {came} lượt dự, {number(row.opinions)} lượt ý kiến"
        yield Event(f"dialogue:{row.pk}", row.held_on, label, row.get_absolute_url(), row.organization_id)


def _petitions(identities, user):
    rows = Petition.objects.filter(pk__in=_keys(identities), dialogue__in=Dialogue.objects.visible_to(user)).select_related("dialogue", "subject")
    for row in rows:
        label = f"{row.subject}: {number(row.count)} kiến nghị, {row.get_state_display()}"
        yield Event(f"petition:{row.pk}", row.dialogue.held_on, label, row.dialogue.get_absolute_url(), row.dialogue.organization_id)


def _inspections(identities, user):
    for row in Inspection.objects.visible_to(user).filter(pk__in=_keys(identities)):
        label = f"{sentence_case(row.get_kind_display())} ({row.get_doer_display()})"
        yield Event(f"inspection:{row.pk}", row.started_on, label, row.get_absolute_url(), row.organization_id)


def _discipline(identities, user):
    for row in Discipline.objects.visible_to(user).filter(pk__in=_keys(identities)):
        yield Event(f"discipline:{row.pk}", row.decided_on, sentence_case(str(row)), row.get_absolute_url(), row.organization_id)


def _plans(identities, user):
    for row in InspectionPlan.objects.visible_to(user).filter(pk__in=_keys(identities)):
        label = f"{sentence_case(row.get_kind_display())} ({row.get_doer_display()}): {number(row.planned)} cuộc theo chương trình"
        address = f"{reverse('activities:programme', args=[row.organization_id])}?nam={row.year}"
        yield Event(f"plan:{row.pk}", None, label, address, row.organization_id)


def _stays(identities, user):
    """Who stood on the roster ("stay:5"), came onto it ("stay:5:in") or left it ("stay:5:out")."""
    sides = {}
    for identity in identities:
        sides.setdefault(int(identity.split(":")[1]), []).append(identity)
    for row in Stay.objects.visible_to(user).filter(pk__in=sides).select_related("member"):
        for identity in sides[row.pk]:
            side = identity.split(":")[2:]
            on, what = {"in": (row.since, row.get_arrived_by_display()), "out": (row.until, row.get_left_by_display())}.get("".join(side), (None, ""))
            label = f"{row.member}: {what}" if what else str(row.member)
            yield Event(identity, on, label, row.member.get_absolute_url(), row.organization_id)


def _stages(identities, user):
    rows = StageTaken.objects.filter(pk__in=_keys(identities), organization__in=reach(user, *REGISTERS_SEEN_WITH)).select_related("candidate")
    for row in rows:
        label = f"{row.candidate}: {row.get_stage_display()}"
        yield Event(f"stage:{row.pk}", row.taken_on, label, row.candidate.get_absolute_url(), row.organization_id)


def _candidates(identities, user):
    for row in Candidate.objects.visible_to(user).filter(pk__in=_keys(identities)):
        yield Event(f"candidate:{row.pk}", row.exited_on, str(row), row.get_absolute_url(), row.organization_id)


def _ratings(identities, user):
    for row in MemberRating.objects.visible_to(user).filter(pk__in=_keys(identities)).select_related("member"):
        yield Event(f"rating:{row.pk}", None, str(row.member), row.member.get_absolute_url(), row.organization_id)


def _badges(identities, user):
    rows = BadgeAward.objects.filter(pk__in=_keys(identities), member__in=Member.objects.visible_to(user)).select_related("member")
    for row in rows:
        yield Event(f"badge:{row.pk}", row.round_on, str(row), row.member.get_absolute_url(), row.member.organization_id)


def _bodies(identities, user):
    keys = _keys(identities)
    names = tree.names(keys)
    for row in Organization.objects.filter(pk__in=keys):
        yield Event(f"body:{row.pk}", None, names[row.pk].name if row.pk in names else "", row.get_absolute_url(), row.pk)


def _models(identities, user):
    for row in Registration.objects.visible_to(user).filter(pk__in=_keys(identities)):
        yield Event(f"model:{row.pk}", row.launched_on, row.title, row.get_absolute_url(), row.organization_id)


READERS = {
    "dialogue": _dialogues,
    "petition": _petitions,
    "inspection": _inspections,
    "discipline": _discipline,
    "plan": _plans,
    "stay": _stays,
    "stage": _stages,
    "candidate": _candidates,
    "rating": _ratings,
    "badge": _badges,
    "body": _bodies,
    "model": _models,
}
