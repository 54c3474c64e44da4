"""The calendar: what stands on each day of a month, and the strip of the year."""

import datetime as dt

import pytest
from django.urls import reverse

from partyreports.activities.models import Inspection
from tests.activities.rows import make_dialogue, make_friday_norm, make_village

ADDRESS = reverse("activities:calendar")


def entries_of(response):
    return {square.day.day: [entry.words for entry in square.entries] for week in response.context["weeks"] for square in week if square.entries}


def make_inspection(*, organization, started_on=dt.date(2024, 3, 12), **fields):
    return Inspection.objects.create(organization=organization, started_on=started_on, doer="committee", kind="programme", members=1, **fields)


@pytest.fixture
def march(cell, y2024):
    """March 2024: a dialogue on the 29th, a planned one on the 22nd that never was, an inspection begun on the 12th."""
    make_dialogue(organization=cell, village=make_village(organization=cell))
    make_friday_norm(organization=cell).planned.create(organization=cell, planned_on=dt.date(2024, 3, 22), village=make_village(organization=cell))
    make_inspection(organization=cell)


def test_a_month_shows_what_was_held_planned_and_inspected(march, an, signed_in):
    page = signed_in(an).get(f"{ADDRESS}?nam=2024&thang=3")

    assert entries_of(page) == {
        12: ["Kiểm tra theo chương trình"],
        22: ["Quá hạn, chưa đối thoại, Thôn 1"],
        29: ["Đối thoại, Thôn 1"],
    }
    assert page.context["months"][2] == (3, [1, 1])
    assert "Đảng ủy xã Mẫu" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "days"),
    [("&loai=doi-thoai", [22, 29]), ("&loai=kiem-tra", [12]), ("&to_chuc=xa+mau", [12, 22, 29]), ("&to_chuc=khong+co", [12, 22, 29])],
)
def test_it_is_narrowed_by_kind_and_branch(query, days, march, an, signed_in):
    assert sorted(entries_of(signed_in(an).get(f"{ADDRESS}?nam=2024&thang=3{query}"))) == days


def test_nothing_of_another_branch_shows(march, chi, signed_in):
    page = signed_in(chi).get(f"{ADDRESS}?nam=2024&thang=3")

    assert (entries_of(page), page.context["months"][2]) == ({}, (3, [0, 0]))


def test_weeks_begin_on_monday_and_an_empty_month_is_whole(y2024, an, signed_in):
    weeks = signed_in(an).get(f"{ADDRESS}?nam=2024&thang=2").context["weeks"]

    assert [square.day and square.day.day for square in weeks[0]] == [None, None, None, 1, 2, 3, 4]
    assert weeks[-1][3].day == dt.date(2024, 2, 29)


@pytest.mark.parametrize("query", ["?thang=13", "?nam=1024", "?nam=2024&thang=x", "?thang=0"])
def test_a_month_that_is_none_leads_nowhere(query, y2024, an, signed_in):
    assert signed_in(an).get(ADDRESS + query).status_code == 404


def test_what_was_withdrawn_is_gone(cell, an, y2024, signed_in):
    make_dialogue(organization=cell).withdraw(by=an, reason="Ghi trùng")

    assert entries_of(signed_in(an).get(f"{ADDRESS}?nam=2024&thang=3")) == {}


@pytest.mark.parametrize("n", [1, 3, 50])
def test_it_asks_as_often_whatever_the_month_holds(n, cell, an, y2024, signed_in, django_assert_num_queries):
    for _ in range(n):
        make_dialogue(organization=cell, village=make_village(organization=cell))
    client = signed_in(an)

    with django_assert_num_queries(14):
        client.get(f"{ADDRESS}?nam=2024&thang=3")
