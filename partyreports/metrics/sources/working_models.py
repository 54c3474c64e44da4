"""Figures counted from the registrations of working models."""

from models_registry.models import ModelYear, Registration

from .registry import Register, counts, how_many, sum_of

REGISTERED, RECOGNISED, GROUPS = "registered", "recognised", "groups"


def gather(ground):
    """key of a body → name of a group → what it holds, for each body that has an approved registration. Three queries."""
    found, here = {}, ground.bodies
    for organization in set(Registration.objects.final().filter(organization__in=here).order_by().values_list("organization", flat=True)):
        for root in ground.above(organization, ground.ends_on):
            found.setdefault(root, {REGISTERED: [], RECOGNISED: [], GROUPS: []})
    for name, rows in ((REGISTERED, ModelYear.objects.registered), (RECOGNISED, ModelYear.objects.recognised)):
        of_period = rows(ground.period, as_of=ground.as_of).filter(registration__organization__in=here).order_by("registration")
        for pk, organization, size in of_period.values_list("registration_id", "registration__organization_id", "registration__working_group_size"):
            for root in ground.above(organization, ground.ends_on):
                groups = found.setdefault(root, {REGISTERED: [], RECOGNISED: [], GROUPS: []})
                groups[name].append(f"model:{pk}")
                if name == REGISTERED and size:
                    groups[GROUPS].append((f"model:{pk}", size))
    return found


REGISTER = Register("models", "Đăng ký mô hình", gather, "đã có ít nhất một mô hình được duyệt")


@counts("working_models_registered", unit="mô hình", words="Đếm mô hình có đăng ký được duyệt cho năm này.", register=REGISTER)
def registered(groups):
    return how_many(groups[REGISTERED])


@counts("working_models_recognised", unit="mô hình", words="Đếm mô hình được công nhận trong năm.", register=REGISTER)
def recognised(groups):
    return how_many(groups[RECOGNISED])


@counts("working_group_members", unit="người", words="Cộng số thành viên Tổ công tác của các mô hình đăng ký năm này.", register=REGISTER)
def working_group_members(groups):
    return sum_of(groups[GROUPS]) if groups[GROUPS] else None
