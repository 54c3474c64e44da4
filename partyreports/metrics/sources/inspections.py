"""Figures counted from the registers of inspections, of the yearly programme and of discipline carried out: what each row adds is said there."""

from functools import partial

from partyreports.activities import discipline, inspections
from partyreports.activities.models import Discipline, Inspection, InspectionPlan

from .registry import Register, counts, sum_of

PLANNED, DONE = "inspections_planned", "inspections_done"


def _gather(ground, rows, noun, day, figures):
    """key of a body → key of an indicator → (identity, what it adds) pairs, for each body with a row up to the last day. Two queries."""
    found = {root: {} for root in ground.in_use(rows, day)}
    for row in rows.filter(organization__in=ground.bodies, **{f"{day}__range": (ground.starts_on, ground.ends_on)}).order_by(day, "pk"):
        adds = figures(row)
        for root in ground.above(row.organization_id, getattr(row, day)):
            parts = found.setdefault(root, {})
            for key, number in adds.items():
                parts.setdefault(key, []).append((f"{noun}:{row.pk}", number))
    return found


def gather_inspections(ground):
    """Two queries."""
    return _gather(ground, Inspection.objects.standing(), "inspection", "started_on", inspections.figures)


def gather_discipline(ground):
    """Two queries."""
    return _gather(ground, Discipline.objects.standing(), "discipline", "decided_on", discipline.figures)


def gather_programme(ground):
    """The same for the programme of the year, with the inspections made under it; a body without a programme says nothing. Up to three queries."""
    found = {}
    for pk, organization, planned in InspectionPlan.objects.filter(organization__in=ground.bodies, year=ground.year).values_list(
        "pk", "organization", "planned"
    ):
        for root in ground.above(organization, ground.ends_on):
            found.setdefault(root, {}).setdefault(PLANNED, []).append((f"plan:{pk}", planned))
    if found:
        for root, parts in gather_inspections(ground).items():
            if root in found:
                found[root][DONE] = parts.get(DONE, [])
    return found


INSPECTIONS = Register("inspections", "Sổ kiểm tra, giám sát", gather_inspections, "đã có ít nhất một cuộc ghi trong sổ đến hết kỳ")
PROGRAMME = Register("programme", "Chương trình kiểm tra, giám sát năm", gather_programme, "đã ghi chương trình của năm")
DISCIPLINE = Register("discipline", "Sổ thi hành kỷ luật", gather_discipline, "đã có ít nhất một quyết định ghi trong sổ đến hết kỳ")

UNITS = (("organisations", "tổ chức"), ("cells", "chi bộ"), ("members", "đảng viên"))


def _unit(key):
    return next((unit for word, unit in UNITS if word in key), "cuộc")


def _added_up(key, parts):
    return sum_of(parts.get(key, ()))


for _key in inspections.KEYS:
    if _key in (PLANNED, DONE):
        continue
    counts(_key, unit=_unit(_key), words="Cộng các cuộc bắt đầu trong kỳ.", register=INSPECTIONS)(partial(_added_up, _key))
for _key, _words in ((PLANNED, "Cộng số cuộc theo chương trình năm."), (DONE, "Đếm cuộc theo chương trình đã kết thúc trong kỳ.")):
    counts(_key, unit="cuộc", words=_words, register=PROGRAMME)(partial(_added_up, _key))
for _key in discipline.KEYS:
    counts(_key, unit=_unit(_key), words="Cộng theo quyết định trong kỳ.", register=DISCIPLINE)(partial(_added_up, _key))
