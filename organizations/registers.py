"""What each register counted in a year, told in one line on the page that leads to them."""

import datetime as dt

from django.db.models import Count, Q
from django.utils import timezone

from partyreports.vietnamese import count, number, screen_date

from . import roster
from .access import heads
from .models import Candidate, Reference, Stage, StageTaken
from .models.members import REGISTERS_SEEN_WITH

COUNTED = []  # functions of the rooms above, in their modules `registers`: (user, branch, year) → what `counted` returns
STAGES = {
    Stage.SENT: "được cử học lớp nhận thức về Đảng",
    Stage.ADMITTED: "được kết nạp",
    Stage.OFFICIAL: "được công nhận chính thức",
}


def counted(user, branch, year):
    """dict: register → its counts of `year`, each (number in words, what it counts): of `branch`, or of all that `user` sees when it is None.

    A constant number of queries. The roster is counted for one branch alone: without a chosen one for the branch of a user who has only one.
    """
    found = {
        "members": _members(user, branch, year),
        "candidates": _candidates(user, branch, year),
        "references": _references(user, branch, year),
    }
    for count_more in COUNTED:
        found |= count_more(user, branch, year)
    return found


def within(rows, branch):
    return rows.within(branch) if branch else rows


def days_of(year):
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _members(user, branch, year):
    today = timezone.localdate()
    on = min(days_of(year)[1], today)
    if branch is None:
        tops = list(heads(user, *REGISTERS_SEEN_WITH, on=today).select_related("organization")[:2])
        branch = tops[0].organization if len(tops) == 1 else None
    return [(number(roster.count(branch, on=on)), f"đảng viên ngày {screen_date(on)}")] if branch else []


def _candidates(user, branch, year):
    candidates = within(Candidate.objects.visible_to(user), branch).order_by()
    taken = StageTaken.objects.filter(candidate__in=candidates, stage__in=list(STAGES), taken_on__range=days_of(year))
    by_stage = dict(taken.order_by().values_list("stage").annotate(Count("pk")))
    return [(count(by_stage.get(stage, 0)), words) for stage, words in STAGES.items()]


def _references(user, branch, year):
    rows = within(Reference.objects.visible_to(user), branch).order_by()
    sums = rows.aggregate(total=Count("pk"), issued=Count("pk", filter=Q(issued_on__range=days_of(year))))
    return [(count(sums["issued"]), "văn bản ban hành trong năm"), (count(sums["total"]), "văn bản trong sổ")]
