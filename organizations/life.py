"""The path of one person: candidate, admission, chi bộ after chi bộ, badges, ratings of each year, in one line of time."""

import datetime as dt
from dataclasses import dataclass

from partyreports.vietnamese import sentence_case

from . import tree
from .access import reach
from .models import Stage, Stay
from .models.members import REGISTERS_SEEN_WITH

STAGES = {Stage.OFFICIAL: "Quyết định công nhận chính thức"}
FAR_BODY = "Tổ chức đảng ngoài phạm vi của đồng chí"


@dataclass(frozen=True)
class Event:
    """One day of the path: what happened, where, on what basis. `stay` when it is the beginning of one that may be corrected."""

    on: dt.date
    what: str
    where: str = ""
    basis: str = ""
    stay: Stay | None = None


def path_of(member, user):
    """The Events of `member`, oldest first, and his stays (lasting and temporary, in order of time). Seven queries at the most.

    A body outside what `user` reaches is not named, unless the stay itself says where he came from or went to.
    """
    stays = list(member.stays.order_by("since", "pk"))
    near = set(reach(user, *REGISTERS_SEEN_WITH).filter(pk__in={stay.organization_id for stay in stays}).values_list("pk", flat=True))
    names = tree.told_apart(near)
    events = [*_stages(member), *_stay_events(stays, near, names)]
    if member.official_on:
        events.append(Event(member.official_on, "Đảng viên chính thức"))
    if not any(stay.arrived_by == Stay.Arrival.ADMITTED for stay in stays):
        events.append(Event(member.admitted_on, "Vào Đảng"))
    if member.exempt_since:
        events.append(Event(member.exempt_since, "Miễn công tác, sinh hoạt"))
    events += [Event(badge.round_on, f"Huy hiệu {badge.years} năm tuổi Đảng", basis=badge.number) for badge in member.badges.all()]
    events += [Event(dt.date(each.year, 12, 31), f"Xếp loại năm {each.year}: {each.get_level_display()}") for each in member.ratings.all()]
    return sorted(events, key=lambda event: event.on), stays


def _stages(member):
    """The stages on the way to admission. The ceremony is told by the stay that begins with it; the background check stays with the candidate."""
    candidate = getattr(member, "candidate", None)
    taken = candidate.stages.exclude(stage__in=[Stage.ADMITTED, Stage.CHECKED]) if candidate else ()
    return [Event(stage.taken_on, STAGES.get(stage.stage, sentence_case(stage.get_stage_display())), basis=stage.number) for stage in taken]


def _stay_events(stays, near, names):
    for stay in stays:
        body = names.get(stay.organization_id, "") if stay.organization_id in near else FAR_BODY
        if stay.is_temporary:
            yield Event(stay.since, "Sinh hoạt tạm thời", stay.went_to or body, stay.arrival_basis, stay)
            if stay.until:
                yield Event(stay.until, "Hết thời gian sinh hoạt tạm thời", basis=stay.departure_basis)
            continue
        source = f" (từ {stay.came_from})" if stay.came_from else ""
        yield Event(stay.since, sentence_case(stay.get_arrived_by_display()), f"{body}{source}", stay.arrival_basis, stay)
        # A transfer is told once, by the chi bộ that he came to.
        if stay.until and not any(other.since == stay.until and not other.is_temporary for other in stays):
            yield Event(stay.until, sentence_case(stay.get_left_by_display()), stay.went_to, stay.departure_basis)
