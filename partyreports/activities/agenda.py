"""The calendar of a year: dialogues held and planned, inspections begun, day by day."""

import calendar
import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractMonth

from organizations import tree

from .models import Dialogue, Inspection, PlannedDialogue
from .norms import AHEAD, HELD, OVERDUE, POSTPONED, with_states

SIGNS = {"held": "●", AHEAD: "○", OVERDUE: "!", POSTPONED: "–", "inspection": "■"}
WORDS = {"held": "đối thoại", AHEAD: "dự kiến đối thoại", OVERDUE: "quá hạn, chưa đối thoại", POSTPONED: "hoãn đối thoại", "inspection": ""}


@dataclass(frozen=True)
class Entry:
    """One line of a day: what, where or by whom, and its page."""

    day: dt.date
    state: str  # a key of SIGNS
    words: str
    body: str
    url: str

    @property
    def sign(self):
        return SIGNS[self.state]


@dataclass(frozen=True)
class Day:
    """A square of the month: None for its number when it belongs to another month."""

    day: dt.date | None
    entries: list
    is_today: bool = False


def month_of(year, month, *, user, organizations, kind, today):
    """Weeks of a month, Monday first: a list of lists of Day. Five queries, whatever the number of entries."""
    first, last = dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    by_day = {}
    for entry in _entries(first, last, user=user, organizations=organizations, kind=kind, today=today):
        by_day.setdefault(entry.day, []).append(entry)
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return [[_square(day, month, by_day, today) for day in week] for week in weeks]


def _square(day, month, by_day, today):
    return Day(day, by_day.get(day, []), day == today) if day.month == month else Day(None, [])


def counts_by_month(year, *, user, organizations, kind):
    """How many dialogues and inspections each month of the year holds: a list of twelve pairs. Two queries."""
    pairs = [[0, 0] for _ in range(12)]
    counted = ((_dialogues(user, organizations, kind), "held_on"), (_inspections(user, organizations, kind), "started_on"))
    for place, (rows, field) in enumerate(counted):
        months = rows.filter(**{f"{field}__year": year}).order_by().annotate(month=ExtractMonth(field)).values_list("month").annotate(n=Count("pk"))
        for month, n in months:
            pairs[month - 1][place] = n
    return pairs


def _dialogues(user, organizations, kind):
    rows = Dialogue.objects.visible_to(user).standing().filter(organization__in=organizations)
    return rows if kind in ("", "doi-thoai") else rows.none()


def _inspections(user, organizations, kind):
    rows = Inspection.objects.visible_to(user).standing().filter(organization__in=organizations)
    return rows if kind in ("", "kiem-tra") else rows.none()


def _entries(first, last, *, user, organizations, kind, today):
    held = list(_dialogues(user, organizations, kind).filter(held_on__range=(first, last)).select_related("village").order_by("held_on", "pk"))
    plans = PlannedDialogue.objects.visible_to(user).filter(organization__in=organizations, planned_on__range=(first, last), dialogue=None)
    plans = with_states(plans.select_related("village", "norm"), today=today) if kind in ("", "doi-thoai") else []
    plans = [plan for plan in plans if plan.state != HELD]  # what was held stands there itself
    inspections = list(_inspections(user, organizations, kind).filter(started_on__range=(first, last)).order_by("started_on", "pk"))
    names = tree.told_apart({row.organization_id for row in (*held, *plans, *inspections)})

    def body(row):
        return names.get(row.organization_id, "")

    entries = [Entry(row.held_on, "held", _at(_words(row), row.where), body(row), row.get_absolute_url()) for row in held]
    for plan in plans:
        entries.append(Entry(plan.planned_on, plan.state, _at(WORDS[plan.state], plan.village), body(plan), plan.get_absolute_url()))
    for row in inspections:
        entries.append(Entry(row.started_on, "inspection", _at(row.get_kind_display(), ""), body(row), row.get_absolute_url()))
    return entries


def _words(dialogue):
    return dialogue.get_kind_display() if dialogue.kind == Dialogue.Kind.MERGER else "đối thoại"


def _at(words, place):
    text = f"{words}, {place}" if place else words
    return text[:1].upper() + text[1:]
