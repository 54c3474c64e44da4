"""What the tables never allow, reckoned from the values of a row: as the database itself would answer."""

import datetime as dt
import itertools

import pytest
from django.db.models import BooleanField, CheckConstraint, DateField, F, ForeignKey, Func, IntegerField, Q, UniqueConstraint

from organizations.exchange import registers
from organizations.exchange.rules import Unreckonable, _fields, reckon
from organizations.models import Member, Reference
from tests import makers
from tests.exchanging import import_file, sheet_of

DAYS = [None, dt.date(2024, 1, 1), dt.date(2024, 1, 2)]
PLAN = {"Tổ chức viện dẫn": "Đảng ủy xã Mẫu", "Loại văn bản": "Kế hoạch", "Số": 38, "Ký hiệu": "KH/ĐU", "Ngày ban hành": "28/12/2023"}


def values_of(field):
    if isinstance(field, DateField):
        return DAYS
    if isinstance(field, BooleanField):
        return [True, False]
    if isinstance(field, IntegerField | ForeignKey):
        return [*([None] if field.null else []), 0, 1, 3]
    return ["", *([choice for choice, _ in field.choices][:3] if field.choices else ["a"])]


@pytest.mark.parametrize("slug", sorted(registers()))
def test_a_condition_is_reckoned_as_the_database_reckons_it(slug, db):
    table = registers()[slug].table
    for constraint in [one for one in table._meta.constraints if isinstance(one, CheckConstraint)]:
        names = sorted(_fields(constraint.condition))
        for values in itertools.islice(itertools.product(*(values_of(table._meta.get_field(name)) for name in names)), 40):
            row = table(**{table._meta.get_field(name).attname: value for name, value in zip(names, values, strict=True)})

            asked = Q(constraint.condition).check(row._get_field_expression_map(meta=table._meta))

            assert (reckon(constraint.condition, row) is not False) == asked, (constraint.name, values)


@pytest.mark.parametrize("condition", [Q(full_name__icontains="a"), Q(birth_year=Func(F("birth_year"))), Q(organization__code="x"), Q(nobody=1)])
def test_what_only_the_database_can_answer_is_left_to_it(condition):
    with pytest.raises(Unreckonable):
        reckon(condition, Member(full_name="a", birth_year=1985))


def test_a_row_too_near_another_is_told_at_its_line_among_all_others(an, cell):
    assert [one for one in Reference._meta.constraints if isinstance(one, UniqueConstraint)]
    makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 28), issuer="Huyện ủy", subject="cũ")

    work = import_file(
        "van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[PLAN | {"Số": 1}, PLAN | {"Cơ quan ban hành": "Huyện ủy"}, PLAN | {"Số": 2}])
    )

    assert (work.state, [error["row"] for error in work.errors], work.added) == ("wrong", [3], 2)
