"""Inspections counted: what each adds to the figures, totals of a list, the year's programme against what was done.

Source: 885-QĐ/UBKTTW, 29/12/2022 (forms of the inspection commissions). Every line counts three things apart: cuộc, organisations, members.
Finance inspections of a commission stand on their own line, those of a chi bộ outside the total; supervision of every day is not counted.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from partyreports.vietnamese import count, pair, percent

from .models import Inspection, InspectionPlan
from .models.inspections import Doer

ABOVE_CELLS = (Doer.COMMITTEE, Doer.COMMISSION)  # whose cuộc make up the totals of a body
KINDS = Inspection.Kind
KEYS = (
    *("inspections", "inspections:committee", "inspections:inspection_commission", "inspections:cell"),
    *("inspected_cells:committee", "inspected_cells:inspection_commission"),
    *("inspected_members:committee", "inspected_members:inspection_commission", "inspected_members:cell"),
    *("finance_inspections:inspection_commission", "finance_inspected_cells:inspection_commission"),
    *("supervisions", "supervisions:committee", "supervisions:inspection_commission", "supervisions:cell"),
    *("supervised_cells:committee", "supervised_cells:inspection_commission"),
    *("supervised_members:committee", "supervised_members:inspection_commission", "supervised_members:cell"),
    *("violation_inspected_members", "violation_found_members", "violation_to_discipline_members", "violation_disciplined_members"),
    "inspections_done",
)  # of the catalogue of indicators; "inspections_planned" comes from the programme


def figures(inspection):
    """What one cuộc adds to each indicator: dict key → number, without zeros. Knows its row alone."""
    kind, doer, own = inspection.kind, inspection.doer, {}
    if kind == KINDS.FINANCE and doer == Doer.COMMISSION:
        own = {"inspections": 1, "finance_inspections:inspection_commission": 1, "finance_inspected_cells:inspection_commission": inspection.cells}
    elif kind in Inspection.INSPECTIONS:
        own = _line("inspections", "inspected", inspection)
    elif kind == KINDS.SUPERVISION:
        own = _line("supervisions", "supervised", inspection)
    if kind == KINDS.VIOLATION:
        own |= {
            "violation_inspected_members": inspection.members,
            "violation_found_members": inspection.violating_members,
            "violation_to_discipline_members": inspection.to_discipline_members,
            "violation_disciplined_members": inspection.disciplined_members,
        }
    if is_done(inspection):
        own["inspections_done"] = 1
    return {key: amount for key, amount in own.items() if amount and key in KEYS}


def is_done(inspection):
    """A cuộc of the year's programme is done when it was concluded within the year in which it began."""
    return inspection.in_programme and inspection.is_concluded and inspection.concluded_on.year == inspection.started_on.year


def strange_doer(version, doer):
    """Why a body of this version has no such doer (a sentence), "" when it may have."""
    if doer == Doer.CELL and not version.kind.is_cell:
        return f"“{version.name}” không phải chi bộ: chọn chủ thể khác, hoặc ghi ở chính chi bộ tiến hành."
    if doer == Doer.COMMISSION and version.kind.is_cell:
        return "Chi bộ không có ủy ban kiểm tra: chọn chủ thể “chi bộ”, hoặc ghi ở cấp ủy cấp trên."
    return ""


def doers_of(organization, year):
    """The doers whose columns a programme has: those that a body of its kind has, and any other for whom something is written already."""
    version = organization.version(on=dt.date(year, 12, 31))
    is_cell = version is not None and version.kind.is_cell
    written = set(InspectionPlan.objects.filter(organization=organization, year=year).values_list("doer", flat=True))
    made = Inspection.objects.standing().filter(organization=organization, started_on__year=year, in_programme=True)
    written |= set(made.order_by().values_list("doer", flat=True).distinct())
    return [doer for doer in Doer if (doer == Doer.CELL) == is_cell or doer in written]


def _line(sessions, objects, inspection):
    total = {sessions: 1} if inspection.doer in ABOVE_CELLS else {}
    return total | {
        f"{sessions}:{inspection.doer}": 1,
        f"{objects}_cells:{inspection.doer}": inspection.cells,
        f"{objects}_members:{inspection.doer}": inspection.members,
    }


@dataclass(frozen=True)
class Totals:
    """Sums over cuộc of any kind."""

    inspections: int = 0
    supervisions: int = 0
    others: int = 0
    cells: int = 0
    organisations: int = 0
    members: int = 0
    committee_members: int = 0
    concluded: int = 0

    @property
    def sessions(self):
        return self.inspections + self.supervisions + self.others

    @property
    def parts(self):
        """The line of counts above a list: (words, number) each."""
        rows = [("cuộc kiểm tra", count(self.inspections)), ("cuộc giám sát", count(self.supervisions))]
        if self.others:
            rows.append(("cuộc khác", count(self.others)))
        rows += [("chi bộ", count(self.cells)), ("tổ chức đảng khác", count(self.organisations)), ("đảng viên", count(self.members))]
        return [*rows, ("trong đó cấp ủy viên", count(self.committee_members)), ("đã kết luận", pair(self.concluded, self.sessions))]


def totals(inspections):
    """Totals of a queryset. One query."""
    own = inspections.order_by().aggregate(
        inspections=Count("pk", filter=Q(kind__in=Inspection.INSPECTIONS)),
        supervisions=Count("pk", filter=Q(kind__in=Inspection.SUPERVISIONS)),
        others=Count("pk", filter=~Q(kind__in=[*Inspection.INSPECTIONS, *Inspection.SUPERVISIONS])),
        concluded=Count("concluded_on"),
        **{name: Coalesce(Sum(name), 0) for name in Inspection.COUNTS},
    )
    return Totals(**own)


@dataclass(frozen=True)
class Attainment:
    """How many cuộc of the programme are done, of how many planned."""

    planned: int = 0
    done: int = 0
    under_way: int = 0

    @property
    def rate(self):
        """100%, or "–" where nothing was planned."""
        return percent(Decimal(100 * self.done) / self.planned) if self.planned else "–"

    def __add__(self, other):
        return Attainment(self.planned + other.planned, self.done + other.done, self.under_way + other.under_way)


@dataclass(frozen=True)
class Programme:
    """The programme of one body and year against what it did: `lines` maps (doer, kind) to its Attainment."""

    year: int
    lines: dict
    outside: int = 0  # cuộc made beyond the programme

    @property
    def whole(self):
        """Of what the programme names; of all that was made under it while nobody has entered what it names."""
        return sum((line for line in self.lines.values() if line.planned or not self.is_entered), Attainment())

    @property
    def is_entered(self):
        return any(line.planned for line in self.lines.values())

    @property
    def strayed(self):
        """How many cuộc are said to be of the programme, which names none of their kind."""
        return sum(line.done + line.under_way for line in self.lines.values() if not line.planned) if self.is_entered else 0


def programme(organization, year):
    """The Programme of one body alone. Two queries."""
    lines, outside = {}, 0
    for plan in InspectionPlan.objects.filter(organization=organization, year=year):
        lines[plan.doer, plan.kind] = Attainment(plan.planned)
    for inspection in Inspection.objects.standing().filter(organization=organization, started_on__year=year).order_by():
        if not inspection.in_programme:
            outside += 1
            continue
        done = is_done(inspection)
        place = (inspection.doer, inspection.kind)
        lines[place] = lines.get(place, Attainment()) + Attainment(0, int(done), int(not done))
    return Programme(year, lines, outside)


def attainments(organizations, year):
    """dict: key of each organisation → Attainment of its own programme of the year. Two queries, whatever their number."""
    found = {organization.pk: Attainment() for organization in organizations}
    plans = InspectionPlan.objects.filter(organization__in=found, year=year, planned__gt=0).order_by()
    named = {}
    for key, doer, kind, planned in plans.values_list("organization", "doer", "kind").annotate(n=Sum("planned")):
        found[key] += Attainment(planned)
        named.setdefault(key, set()).add((doer, kind))
    made = Inspection.objects.standing().filter(organization__in=found, started_on__year=year, in_programme=True).order_by()
    of_the_year = Q(concluded_on__year=year)
    made = made.values_list("organization", "doer", "kind").annotate(done=Count("pk", filter=of_the_year), every=Count("pk"))
    for key, doer, kind, done, every in made:
        if (doer, kind) in named.get(key, {(doer, kind)}):
            found[key] += Attainment(0, done, every - done)
    return found
