"""Cited documents in one cell of a workbook: named by number and symbol, read back to the same ones."""

import datetime as dt

import pytest

from models_registry.models import Registration
from organizations.models import Reference
from tests import makers
from tests.exchanging import export, import_file, sheet_of

PLAN = {"Tổ chức viện dẫn": "Đảng ủy xã Mẫu", "Loại văn bản": "Kế hoạch", "Số": 41, "Ký hiệu": "KH/ĐU", "Ngày ban hành": "05/02/2024"}
DAY = dt.date(2023, 12, 28)


def bring_in(by, **cells):
    return import_file("van-ban", by=by, content=sheet_of("van-ban", by=by, lines=[PLAN | cells]), confirm=True)


@pytest.fixture
def directive(cell):
    return makers.make_reference(organization=cell, kind="Chỉ thị", number=26, symbol="CT/HU", issued_on=DAY)


@pytest.mark.parametrize("typed", ["26-CT/HU", "26 ct/hu;", "Chỉ thị 26-CT/HU, ngày 28/12/2023"])
def test_a_document_is_named_as_people_name_it_and_the_file_may_come_again(typed, an, directive):
    cells = {"Thực hiện văn bản": typed}

    assert bring_in(an, **cells).state == "done"

    plan = Reference.objects.get(number=41)
    assert list(plan.carries_out.all()) == [directive]
    again = bring_in(an, **cells)
    assert (again.errors, again.changes, again.unchanged) == ([], [], 1)


def test_a_number_alone_is_never_the_key_of_a_row(an, directive):
    work = bring_in(an, **{"Thực hiện văn bản": str(10_000 + directive.pk)})

    assert [error["title"] for error in work.errors] == ["Thực hiện văn bản"]


def test_a_sign_that_two_documents_carry_asks_for_the_day(an, cell, directive):
    older = makers.make_reference(organization=cell, kind="Chỉ thị", number=26, symbol="CT/HU", issued_on=dt.date(2018, 5, 4))

    work = bring_in(an, **{"Thực hiện văn bản": "26-CT/HU"})
    assert [error["sentence"] for error in work.errors] == [
        "“26-CT/HU” khớp với nhiều văn bản trong sổ: ghi đủ số, ký hiệu và ngày, ví dụ “38-KH/ĐU, ngày 28/12/2023”."
    ]

    bring_in(an, **{"Thực hiện văn bản": "26-CT/HU, ngày 04/05/2018"})
    assert list(Reference.objects.get(number=41).carries_out.all()) == [older]


def test_what_lies_outside_the_reach_is_not_found_but_stays_where_it_stands(an, cell, other_cell):
    foreign = makers.make_reference(organization=other_cell, kind="Quyết định", number=7, symbol="QĐ/ĐU")
    plan = makers.make_reference(organization=cell, number=41, symbol="KH/ĐU", issued_on=dt.date(2024, 2, 5))
    plan.carries_out.add(foreign)

    assert bring_in(an, Số=42, **{"Thực hiện văn bản": "07-QĐ/ĐU"}).state == "wrong"
    assert import_file("van-ban", by=an, content=export("van-ban", by=an)).unchanged == 1
    assert bring_in(an, **{"Mã": plan.pk, "Thực hiện văn bản": "Quyết định 07-QĐ/ĐU", "Trích yếu": "việc mới"}).state == "done"
    assert list(plan.carries_out.all()) == [foreign]


def test_the_basis_of_a_model_is_brought_in_with_all_its_parts(an, cell, directive, y2024):
    line = {
        "Tổ chức": cell.name, "Tên mô hình": "Tuyến đường hoa", "Lĩnh vực": "Xây dựng Đảng", "Năm đăng ký": "2024", "Ngày ra mắt": "29/03/2024",
        "Số thành viên Tổ công tác": 18, "Văn bản làm căn cứ": "26-CT/HU", "Kết quả": "Ba thôn đã làm.",
    }  # fmt: skip
    content = sheet_of("mo-hinh", by=an, lines=[line])

    assert import_file("mo-hinh", by=an, content=content, confirm=True).state == "done"

    registration = Registration.objects.get()
    assert (list(registration.basis.all()), registration.working_group_size, registration.results) == ([directive], 18, "Ba thôn đã làm.")
    assert import_file("mo-hinh", by=an, content=content).unchanged == 1
    assert import_file("mo-hinh", by=an, content=export("mo-hinh", by=an)).unchanged == 1
