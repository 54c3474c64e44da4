"""Norms of dialogue kept or not: the days they plan, what was held, what was missed, which villages had their turn."""

import calendar
import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from organizations import tree
from organizations.models import OrganizationVersion
from organizations.models.paths import steps

from .dialogues import villages_of
from .models import Dialogue, DialogueNorm
from .models.norms import TIMES, WEEKDAYS

NEAR = dt.timedelta(days=7)  # a dialogue this close to a planned day may be the one that was planned
MONTHS_OF_A_QUARTER = 3
PROPOSED_WEEKDAY = 5  # Friday, on which communes of the district meet the people
QUARTERS = {1: "Quý I", 2: "Quý II", 3: "Quý III", 4: "Quý IV"}
HELD, AHEAD, OVERDUE, POSTPONED = "held", "ahead", "overdue", "postponed"
WORDS = {HELD: "đã tổ chức", AHEAD: "sắp tới", OVERDUE: "quá hạn, chưa tổ chức", POSTPONED: "hoãn"}


@dataclass(frozen=True)
class Stretch:
    """A quarter or a month in which a norm wants a dialogue, and how many were held. `state`: kept, missed, running, ahead, unasked."""

    label: str
    starts_on: dt.date
    ends_on: dt.date
    held: int
    state: str

    @property
    def sentence(self):
        """What to tell about it, "" when there is nothing to."""
        if self.state not in ("missed", "running"):
            return ""
        return f"{self.label} chưa có cuộc nào, {self.label.split()[0].lower()} kết thúc ngày {self.ends_on.day}/{self.ends_on.month}."


@dataclass(frozen=True)
class Keeping:
    """How one body keeps a norm in a year."""

    organization_id: int
    name: str
    stretches: list

    @property
    def held(self):
        return sum(stretch.held for stretch in self.stretches)

    @property
    def missed(self):
        return [stretch for stretch in self.stretches if stretch.state == "missed"]

    @property
    def sentences(self):
        return [stretch.sentence for stretch in self.stretches if stretch.sentence]

    @property
    def is_kept(self):
        """True when no stretch that is over was missed."""
        return not self.missed


@dataclass(frozen=True)
class Coverage:
    """Which villages had dialogues: how many each, by name in the order of the list."""

    sessions: int = 0
    by_village: dict = field(default_factory=dict)

    @property
    def total(self):
        return len(self.by_village)

    @property
    def covered(self):
        return sum(1 for n in self.by_village.values() if n)

    @property
    def rounds(self):
        """How many times every village has had its turn."""
        return min(self.by_village.values(), default=0)

    @property
    def without(self):
        return [name for name, n in self.by_village.items() if not n]


def year_of(year):
    """First and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def weekday_of_month(year, month, weekday, nth):
    """The nth such weekday (1 is Monday … 7 is Sunday) of a month; -1 is the last one."""
    days = [day for day in range(1, calendar.monthrange(year, month)[1] + 1) if dt.date(year, month, day).isoweekday() == weekday]
    return dt.date(year, month, days[nth if nth < 0 else nth - 1])


def stretches_of(norm, year):
    """(label, first day, last day) of the quarters of a year for a norm of quarters, of its months for any other."""
    months = MONTHS_OF_A_QUARTER if norm.cadence == DialogueNorm.Cadence.QUARTERLY else 1
    found = []
    for place in range(1, 12 // months + 1):
        last = place * months
        label = QUARTERS[place] if months == MONTHS_OF_A_QUARTER else f"Tháng {place}"
        found.append((label, dt.date(year, last - months + 1, 1), dt.date(year, last, calendar.monthrange(year, last)[1])))
    return found


def stretch_of(norm, day):
    """The one of these in which `day` stands: its plan may be moved within it."""
    return next(stretch for stretch in stretches_of(norm, day.year) if stretch[1] <= day <= stretch[2])


def asks_for(norm, first, last):
    """Whether a norm asks for a dialogue in a stretch: it must hold through all of it."""
    return norm.valid_from <= first and (norm.valid_to is None or last < norm.valid_to)


def planned_days(norm, year):
    """The days of a year that a norm of a fixed weekday wants; for any other, one to propose in each stretch: the last Friday of a month,
    of a quarter that of its second month, so that a month is left."""
    if norm.is_by_weekday:
        days = [weekday_of_month(year, month, norm.weekday, norm.nth) for month in range(1, 13)]
        return [day for day in days if norm.valid_from <= day and (norm.valid_to is None or day < norm.valid_to)]
    asked = [(first, last) for _, first, last in stretches_of(norm, year) if asks_for(norm, first, last)]
    return [weekday_of_month(year, (first.month + last.month) // 2, PROPOSED_WEEKDAY, -1) for first, last in asked]


def bodies_of(norm, *, on, among=None):
    """dict: key → version of the bodies a norm lies on, as the tree stood on `on`: its own, then those below of its kinds. Two queries."""
    kinds = [kind.pk for kind in norm.kinds.all()]
    below = OrganizationVersion.objects.under(norm.organization_id, on=on)
    versions = below.filter(Q(organization=norm.organization_id) | Q(kind__in=kinds))
    if among is not None:
        versions = versions.filter(organization__in=among.values("pk"))
    return {version.organization_id: version for version in versions.select_related("kind").order_by("level", "kind__order", "sort")}


def with_states(plans, *, today):
    """The planned days, read with their norms, as a list, each with `state`, `words`, `held` and `suggested`. One query.

    A day of a fixed weekday is held by the dialogue linked to it; those near it that stand for no plan yet are `suggested`. A day of a norm of
    quarters or months is held by the first dialogue of its stretch, on whatever day: nobody has to link it.
    """
    plans = list(plans)
    waiting = [plan for plan in plans if not plan.dialogue_id]
    free = {}
    if waiting:
        spans = [_span(plan) for plan in waiting]
        near = Dialogue.objects.counted().filter(organization__in={plan.organization_id for plan in waiting})
        near = near.filter(held_on__range=(min(first for first, _ in spans), max(last for _, last in spans)))
        for dialogue in near.select_related("village", "planned").order_by("held_on", "pk"):
            free.setdefault(dialogue.organization_id, []).append(dialogue)
    for plan in plans:
        first, last = _span(plan)
        here = [] if plan.dialogue_id else [each for each in free.get(plan.organization_id, ()) if first <= each.held_on <= last]
        by_weekday = plan.norm.is_by_weekday
        plan.held = plan.dialogue if plan.dialogue_id or by_weekday else next(iter(here), None)
        plan.suggested = [each for each in here if not hasattr(each, "planned")] if by_weekday else []
        plan.state = _state_of(plan, today=today)
        plan.words = WORDS[plan.state]
    return plans


def _span(plan):
    """The days on which a dialogue may be the one that was planned."""
    return (plan.planned_on - NEAR, plan.planned_on + NEAR) if plan.norm.is_by_weekday else stretch_of(plan.norm, plan.planned_on)[1:]


def _state_of(plan, *, today):
    if plan.held:
        return HELD
    if plan.note:
        return POSTPONED
    return OVERDUE if plan.planned_on < today else AHEAD


def tally(plans, *, today):
    """dict: state → how many of the planned days; every state is there. Two queries."""
    counts = dict.fromkeys(WORDS, 0)
    for plan in with_states(plans.select_related("norm"), today=today):
        counts[plan.state] += 1
    return counts


def coverage(organization, *, since, until):
    """Coverage of the villages of a body by dialogues that count. Three queries."""
    villages = {village.pk: village.name for village in villages_of(organization, on=until)}
    held = list(Dialogue.objects.counted().filter(organization=organization, held_on__range=(since, until)).values_list("village_id", flat=True))
    return Coverage(len(held), {name: held.count(pk) for pk, name in villages.items()})


def keeping(norm, year, *, today, among=None):
    """Keeping of each body the norm lies on, in a year: a list, in the order of the tree. Four queries, whatever their number."""
    first, last = year_of(year)
    bodies = bodies_of(norm, on=min(last, max(today, first)), among=among)
    names = tree.told_apart(bodies, on=last)
    held = {}
    rows = Dialogue.objects.counted().filter(organization__in=list(bodies), held_on__range=(first, last))
    for key, day in rows.values_list("organization", "held_on"):
        held.setdefault(key, []).append(day)
    return [Keeping(key, names[key], _stretches(norm, year, held.get(key, ()), today=today)) for key in bodies]


def reminders(organization, year, *, today):
    """Sentences about what a body has missed, or still owes, of the norms that lie on it in a year. Three queries."""
    first, last = year_of(year)
    version = organization.version(on=min(last, max(today, first)))
    if version is None:
        return []
    above = Q(organization__in=steps(version.path)[:-1], kinds=version.kind_id)
    norms = DialogueNorm.objects.in_force(first, last).filter(Q(organization=organization) | above).distinct()
    norms = [norm for norm in norms if not norm.is_by_weekday]
    held = Dialogue.objects.counted().filter(organization=organization, held_on__range=(first, last)) if norms else Dialogue.objects.none()
    days = list(held.values_list("held_on", flat=True))
    found = [stretch.sentence for norm in norms for stretch in _stretches(norm, year, days, today=today) if stretch.sentence]
    return list(dict.fromkeys(found))


def _stretches(norm, year, days, *, today):
    found = []
    for label, first, last in stretches_of(norm, year):
        n = sum(first <= day <= last for day in days)
        found.append(Stretch(label, first, last, n, _state(norm, first, last, n, today=today)))
    return found


def _state(norm, first, last, held, *, today):
    if not asks_for(norm, first, last):
        return "unasked"
    if held:
        return "kept"
    if last < today:
        return "missed"
    return "running" if first <= today else "ahead"


def another_weekday(organization, day):
    """Questions about a day that no norm of the body names: [] when it has no such norm, or the day fits. One query."""
    norms = DialogueNorm.objects.filter(organization=organization, cadence=DialogueNorm.Cadence.MONTHLY_WEEKDAY).in_force(day, day)
    found = []
    for norm in norms:
        wanted = weekday_of_month(day.year, day.month, norm.weekday, norm.nth)
        if wanted != day:
            found.append(
                f"Theo định mức, đối thoại vào {WEEKDAYS[norm.weekday]} {TIMES[norm.nth]}, tức ngày {wanted.day}/{wanted.month}; "
                f"ngày {day.day}/{day.month} là {WEEKDAYS[day.isoweekday()]}."
            )
    return found
