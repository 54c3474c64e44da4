"""The list of a year: bodies with and without a report, as far as one may see."""

import datetime as dt

import pytest

from organizations.models import Right
from organizations.review import Status
from partyreports.metrics.expected import bodies, expected, progress, rows
from tests.makers import make_account, make_form, make_indicator, make_kind, make_organization, make_period, make_report

ADDRESS = "/bao-cao/"


@pytest.fixture
def form(db):
    return make_form(indicators=[make_indicator(code="members_admitted"), make_indicator(code="youth")])


@pytest.fixture
def clerk(district):
    return make_account(rights=[Right.ENTER], organization=district)


def shown(response):
    return [(row.name, row.status, row.filled, row.asked) for row in response.context["rows"]]


def test_an_sees_her_body_before_it_has_a_report(an, cell, other_cell, y2024, form, signed_in):
    response = signed_in(an).get(ADDRESS)

    assert response.status_code == 200
    assert shown(response) == [("Đảng bộ xã Mẫu", "missing", 0, 2)]
    assert f"/bao-cao/ky/2024/{cell.pk}/" in response.content.decode()


def test_a_visitor_is_sent_to_the_login(client, y2024):
    assert client.get(ADDRESS).url == "/dang-nhap/?next=/bao-cao/"


def test_the_list_survives_an_empty_portal(db, signed_in, an):
    response = signed_in(an).get(ADDRESS)

    assert response.status_code == 200
    assert "Chưa có năm báo cáo nào" in response.content.decode()


def test_a_year_without_figures_or_forms_is_an_empty_list(an, y2024, signed_in):
    response = signed_in(an).get(ADDRESS)

    assert shown(response) == []


def test_the_list_counts_what_is_filled_and_what_is_approved(binh, cell, other_cell, y2024, form, signed_in):
    admitted = form.lines.first().indicator
    make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={admitted: 5})

    response = signed_in(binh).get(ADDRESS)

    assert shown(response) == [("Đảng bộ xã Bên", "missing", 0, 2), ("Đảng bộ xã Mẫu", "approved", 1, 2)]
    assert (response.context["approved"], response.context["total"]) == (1, 2)


def test_chi_sees_no_report_of_a_body_outside_her_branch(chi, cell, y2024, form, signed_in):
    make_report(organization=cell, period=y2024, status=Status.APPROVED)

    assert [name for name, *_ in shown(signed_in(chi).get(ADDRESS))] == ["Đảng bộ xã Bên"]


def test_a_manager_sees_no_report(manager, cell, y2024, form, signed_in):
    make_report(organization=cell, period=y2024, status=Status.APPROVED)

    assert shown(signed_in(manager).get(ADDRESS)) == []


def test_a_reader_is_not_told_of_a_draft(cell, district, y2024, form, signed_in):
    make_report(organization=cell, period=y2024, status=Status.SUBMITTED)
    reader = make_account(rights=[Right.READ], organization=district)

    response = signed_in(reader).get(ADDRESS)

    assert shown(response) == [("Đảng bộ xã Mẫu", "missing", 0, 2)]
    assert "Chưa duyệt" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("trang_thai=approved", ["Đảng bộ xã Mẫu"]),
        ("trang_thai=missing", ["Đảng bộ xã Bên"]),
        ("tim=xa+mau", ["Đảng bộ xã Mẫu"]),
        ("tim=Bên", ["Đảng bộ xã Bên"]),
        ("tim=khong+co", []),
        ("nhanh=don+duong", ["Đảng bộ xã Bên", "Đảng bộ xã Mẫu"]),
        ("nhanh=xa+mau", ["Đảng bộ xã Mẫu"]),
        ("trang_thai=la&loai=999&trang=x", ["Đảng bộ xã Bên", "Đảng bộ xã Mẫu"]),
        ("trang=99999999999", ["Đảng bộ xã Bên", "Đảng bộ xã Mẫu"]),
        ("tim=%25", []),
    ],
)
def test_filters_narrow_the_list_and_nonsense_does_not_break_it(binh, cell, other_cell, y2024, form, signed_in, query, names):
    make_report(organization=cell, period=y2024, status=Status.APPROVED)

    response = signed_in(binh).get(f"{ADDRESS}?{query}")

    assert response.status_code == 200
    assert [name for name, *_ in shown(response)] == names


def test_the_kind_filter_offers_the_kinds_that_report(binh, cell, y2024, form, signed_in):
    front = make_kind(code="mat-tran", name="Mặt trận")
    make_organization(name="Mặt trận huyện", kind=front, parent=cell)

    response = signed_in(binh).get(ADDRESS)

    assert [kind.code for kind in response.context["form"].fields["loai"].queryset] == ["dang-bo-xa"]


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_costs_as_much_for_fifty_bodies_as_for_one(clerk, district, y2024, form, signed_in, django_assert_num_queries, count):
    admitted = form.lines.first().indicator
    for number in range(count):
        body = make_organization(parent=district)
        if number % 2 == 0:
            make_report(organization=body, period=y2024, figures={admitted: number}, by=clerk)
    client = signed_in(clerk)
    client.get(ADDRESS)

    with django_assert_num_queries(17):
        response = client.get(ADDRESS)

    assert len(response.context["rows"]) == count


# Who is expected -----------------------------------------------------------------------------------------------------


def names(versions):
    return sorted(version.name for version in versions)


def test_the_tree_of_the_periods_end_says_who_is_expected(district, cell, other_cell, y2023, y2024, form):
    other_cell.end(on=dt.date(2024, 6, 1))
    make_organization(name="Đảng ủy xã Sau", parent=district, on=dt.date(2025, 1, 1))

    assert names(expected(y2023)) == ["Đảng ủy xã Bên", "Đảng ủy xã Mẫu"]
    assert names(expected(y2024)) == ["Đảng ủy xã Mẫu"]


def test_a_form_is_asked_in_its_years_alone(cell, y2024, form):
    form.last_year = 2023
    form.save()

    assert names(expected(y2024)) == []


def test_nobody_is_expected_for_a_span_of_years(cell, form):
    assert names(expected(make_period(code="2020-2023", kind="span"))) == []


def test_a_body_that_has_ended_keeps_its_report_in_the_list(binh, other_cell, y2024, form):
    make_report(organization=other_cell, period=y2024, status=Status.LOCKED)
    other_cell.end(on=dt.date(2024, 6, 1))

    assert names(bodies(y2024, binh)) == ["Đảng ủy xã Bên"]


def test_a_body_without_any_form_is_not_expected_but_its_report_is_shown(binh, district, y2024, form):
    odd = make_organization(name="Chi bộ lẻ", parent=district, kind=make_kind(code="le"))
    assert names(bodies(y2024, binh)) == []

    make_report(organization=odd, period=y2024)

    (row,) = rows(bodies(y2024, binh), y2024, binh)
    assert (row.name, row.filled, row.asked) == ("Chi bộ lẻ", 0, 0)


def test_progress_counts_every_status(binh, cell, other_cell, y2024, form):
    make_report(organization=cell, period=y2024, status=Status.SUBMITTED)

    assert progress(y2024, binh) == {"missing": 1, "draft": 0, "submitted": 1, "returned": 0, "approved": 0, "locked": 0}


def test_days_late_are_counted_from_the_deadline(binh, cell, y2024, form):
    y2024.deadline = dt.date(2024, 12, 31)
    y2024.save()
    make_report(organization=cell, period=y2024, status=Status.SUBMITTED)

    (row,) = rows(bodies(y2024, binh), y2024, binh)

    assert row.days_late == 5


@pytest.mark.parametrize(("works_on", "seen"), [("cell", ["draft", "missing"]), ("district", ["draft", "draft"]), (None, ["missing", "missing"])])
def test_a_draft_shows_where_one_works_on_it_and_is_missing_where_one_only_reads(works_on, seen, district, cell, other_cell, y2024, form, request):
    """Whoever reads the whole district and types for one of its bodies."""
    for organization in (cell, other_cell):
        make_report(organization=organization, period=y2024)
    reader = make_account(rights=[Right.READ], organization=district)
    if works_on:
        reader.assignments.create(right=Right.ENTER, organization=request.getfixturevalue(works_on), valid_from=dt.date(2020, 1, 1))

    found = bodies(y2024, reader).filter(organization__in=[cell, other_cell]).order_by("organization")

    assert [row.status for row in found] == seen
    assert [row.report_pk is not None for row in found] == [status == "draft" for status in seen]
