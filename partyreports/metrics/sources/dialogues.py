"""Figures counted from the register of dialogues: sessions, attendances, opinions, villages, petitions."""

from dataclasses import dataclass

from partyreports.activities.dialogues import combined
from partyreports.activities.models import Dialogue, Petition

from .registry import ABOVE, OWN, Count, Register, counts, how_many, sum_of


@dataclass(frozen=True)
class Meeting:
    """One dialogue of the branch in the period."""

    identity: str
    participants: int
    level: str
    kind: str
    village: int | None
    qualifier: str
    opinions: int
    opinions_qualifier: str


def gather(ground):
    """key of a body → list of Meeting, for each in whose branch a dialogue was held up to the last day. Two queries."""
    standing = Dialogue.objects.standing()
    found = {root: [] for root in ground.in_use(standing, "held_on")}
    rows = standing.filter(organization__in=ground.bodies, held_on__range=(ground.starts_on, ground.ends_on)).order_by("held_on", "pk")
    for pk, organization, held_on, people, officials, *facts in rows.values_list(
        "pk", "organization", "held_on", "people", "officials", "level", "kind", "village", "qualifier", "opinions", "opinions_qualifier"
    ):
        meeting = Meeting(f"dialogue:{pk}", people + officials, *facts)
        for root in ground.above(organization, held_on):
            found.setdefault(root, []).append(meeting)
    return found


def gather_petitions(ground):
    """key of a body → (identity, state, count) of each petition of the period, for each in whose branch one was ever written down. Two queries.

    A body that holds dialogues and writes down no petitions has not counted them: that is no 0.
    """
    standing = Dialogue.objects.standing()
    found = {root: [] for root in ground.in_use(standing.filter(petitions__isnull=False), "held_on")}
    held = standing.filter(organization__in=ground.bodies, held_on__range=(ground.starts_on, ground.ends_on))
    rows = Petition.objects.filter(dialogue__in=held.order_by()).order_by("dialogue__held_on", "dialogue", "pk")
    for pk, state, number, kind, organization, held_on in rows.values_list(
        "pk", "state", "count", "dialogue__kind", "dialogue__organization", "dialogue__held_on"
    ):
        for root in ground.above(organization, held_on):
            raised = found.setdefault(root, [])
            if kind != Dialogue.Kind.MERGER:
                raised.append((f"petition:{pk}", state, number))
    return found


REGISTER = Register("dialogues", "Sổ đối thoại", gather, "đã có ít nhất một cuộc đối thoại ghi trong sổ đến hết kỳ")
PETITIONS = Register("petitions", "Sổ đối thoại", gather_petitions, "đã ghi ít nhất một kiến nghị tại hội nghị đối thoại đến hết kỳ")
LEVELS = {"": (None, OWN), ":district": (Dialogue.Level.DISTRICT, ABOVE), ":commune": (Dialogue.Level.COMMUNE, ABOVE)}


def _regular(meetings, level=None):
    """Dialogues but for the meetings on a merger, which are counted by themselves."""
    return [meeting for meeting in meetings if meeting.kind != Dialogue.Kind.MERGER and level in (None, meeting.level)]


def _both(meetings):
    """Those of the district and of the communes: what the Front adds up."""
    return [meeting for meeting in _regular(meetings) if meeting.level != Dialogue.Level.CELL]


def _at_level(part, level, scope):
    words = "hội nghị đối thoại trong kỳ, không kể cuộc gặp mặt về phương án sáp nhập"

    @counts(f"dialogue_sessions{part}", unit="hội nghị", words=f"Đếm {words}.", register=REGISTER, scope=scope)
    def sessions(meetings):
        return how_many(meeting.identity for meeting in _regular(meetings, level))

    @counts(f"dialogue_participants{part}", unit="lượt người", words=f"Cộng lượt người dự của {words}.", register=REGISTER, scope=scope)
    def participants(meetings):
        held = _regular(meetings, level)
        return sum_of([(meeting.identity, meeting.participants) for meeting in held], qualifier=combined([each.qualifier for each in held]))

    @counts(f"dialogue_opinions{part}", unit="lượt", words=f"Cộng lượt ý kiến của {words}.", register=REGISTER, scope=scope)
    def opinions(meetings):
        held = _regular(meetings, level)
        return sum_of([(meeting.identity, meeting.opinions) for meeting in held], qualifier=combined([each.opinions_qualifier for each in held]))


for _part, (_level, _scope) in LEVELS.items():
    _at_level(_part, _level, _scope)


@counts("dialogue_sessions_all", unit="hội nghị", words="Cộng hội nghị cấp huyện và cấp xã.", register=REGISTER, scope=ABOVE)
def sessions_all(meetings):
    return how_many(meeting.identity for meeting in _both(meetings))


@counts("villages_covered", unit="thôn", words="Đếm thôn có ít nhất một cuộc đối thoại.", register=REGISTER)
def villages_covered(meetings):
    return _villages(_regular(meetings), meetings)


@counts("villages_covered:merger_meeting", unit="thôn", words="Đếm thôn có cuộc gặp mặt về phương án sáp nhập.", register=REGISTER)
def villages_met_on_the_merger(meetings):
    return _villages([meeting for meeting in meetings if meeting.kind == Dialogue.Kind.MERGER], meetings)


def _villages(held, meetings):
    """How many thôn; None when no meeting of the year says in which thôn it was, for then nobody can tell."""
    named = [meeting for meeting in held if meeting.village]
    if meetings and not any(meeting.village for meeting in meetings):
        return None
    events = tuple(meeting.identity for meeting in named)
    return Count(how_many({meeting.village for meeting in named}).value, "", events, len(events))


STATES = {"": None, ":resolved": Petition.State.SOLVED, ":in_progress": Petition.State.UNDER_WAY, ":pending": Petition.State.OPEN}


def _in_state(part, state):
    @counts(f"petitions{part}", unit="kiến nghị", words="Cộng số kiến nghị của các hội nghị, theo tình trạng đang ghi.", register=PETITIONS)
    def petitions(raised):
        return sum_of((identity, number) for identity, its_state, number in raised if state in (None, its_state))


for _part, _state in STATES.items():
    _in_state(_part, _state)
