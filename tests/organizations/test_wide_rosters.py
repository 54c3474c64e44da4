"""A branch as wide as a country: its rows are there at once, its numbers are asked for by the page and are the same."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations import roster
from organizations.models import Stay
from tests import makers

D = dt.date


def url(name):
    return reverse(f"organizations:{name}")


@pytest.fixture
def thon(cell):
    return [makers.make_organization(name=f"Chi bộ thôn {n}", parent=cell) for n in range(1, 4)]


@pytest.fixture
def members(thon):
    names = ("An", "Bình", "Châu", "Dung", "Én")
    return [makers.make_member(organization=thon[n % 2], full_name=f"Nguyễn Văn {name}") for n, name in enumerate(names)]


@pytest.fixture
def wide(monkeypatch):
    monkeypatch.setattr(roster, "WIDE", 2)


def test_a_wide_roster_shows_its_rows_and_asks_for_its_counts(an, cell, thon, members, signed_in, wide):
    client = signed_in(an)

    first, counted = client.get(url("members"), {"to_chuc": cell.pk}), client.get(url("members"), {"to_chuc": cell.pk, "dem": "1"})

    assert [stay.member for stay in first.context["page"]] == members
    assert first.context["tallies"] is None
    assert f'hx-get="?to_chuc={cell.pk}&amp;dem=1"' in first.content.decode()
    assert counted.context["tallies"] == {"total": 5, "official": 5, "probationary": 0, "female": 0, "exempt": 0}
    assert "<strong>5</strong> đảng viên" in counted.content.decode()


@pytest.mark.parametrize("filters", [{"tu_cach": "official"}, {"ngay": "01/01/2020"}, {"q": "nguyen"}, {"tuoi": "41-50"}])
def test_a_wide_roster_is_counted_with_its_filters(filters, an, thon, members, signed_in, wide, monkeypatch):
    client = signed_in(an)

    counted = client.get(url("members"), filters | {"dem": "1"}).context

    monkeypatch.setattr(roster, "WIDE", 3000)
    narrow = client.get(url("members"), filters).context
    assert counted["tallies"] == narrow["tallies"]
    assert list(counted["page"]) == list(narrow["page"])


def test_the_pages_of_a_wide_roster_say_only_whether_more_follow(an, thon, members, signed_in, wide, monkeypatch):
    for n in range(48):
        makers.make_member(organization=thon[2], full_name=f"Lê Văn {n:02d}")
    client = signed_in(an)

    first, second, beyond = (client.get(url("members"), {"trang": page}).context["page"] for page in ("", "2", "9"))

    assert (len(first), first.has_next, first.has_previous, first.start_index, first.end_index) == (50, True, False, 1, 50)
    assert (len(second), second.has_next, second.has_previous, second.start_index) == (3, False, True, 51)
    assert (len(beyond), beyond.has_next) == (0, False)
    assert {stay.pk for stay in first}.isdisjoint(stay.pk for stay in second)


def test_the_movements_of_a_wide_branch_are_those_of_a_narrow_one(an, cell, other_cell, thon, members, signed_in, wide, monkeypatch, y2024):
    Stay.objects.transfer(members[0], thon[2], on=D(2024, 3, 1), by=None)
    Stay.objects.transfer(members[1], other_cell, on=D(2024, 4, 1), by=None)
    Stay.objects.leave(members[2], on=D(2024, 5, 1), departure="died", by=None)
    thon[1].change(on=D(2024, 6, 1), parent=other_cell)
    makers.make_member(organization=thon[2], full_name="Lê Mới", admitted_on=D(2024, 7, 1), official_on=None, standing="probationary")
    client, asked = signed_in(an), {"to_chuc": cell.pk}

    rows, counted = client.get(url("movements"), asked), client.get(url("movements"), asked | {"dem": "1"})
    gone = client.get(url("movements"), asked | {"ly_do": "di-died"})
    piece = client.get(url("movements"), asked | {"dem": "1"}, headers={"HX-Request": "true"})

    monkeypatch.setattr(roster, "WIDE", 3000)
    narrow = client.get(url("movements"), asked)
    assert rows.context["rows"] == narrow.context["rows"]
    assert rows.context["arrivals"] == []
    for name in ("arrivals", "departures"):
        assert counted.context[name] == narrow.context[name]
    for name in ("opening", "arrived", "departed", "closing"):
        assert getattr(counted.context["balance"], name) == getattr(narrow.context["balance"], name)
    assert (narrow.context["balance"].opening, narrow.context["balance"].closing) == (5, 3)
    assert [row["move"].reason for row in gone.context["rows"]] == ["died"]
    assert (piece.context["rows"], 'id="counts"' in piece.content.decode()) == ([], True)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_wide_branch_asks_as_often_for_any_number_of_rows(rows, an, cell, thon, signed_in, wide, django_assert_num_queries, y2024):
    for n in range(rows):
        makers.make_member(organization=thon[0], full_name=f"Nguyễn Văn Thử {n}", admitted_on=D(2024, 3, 1), official_on=D(2025, 3, 1))
    client = signed_in(an)
    client.get(url("movements"))

    with django_assert_num_queries(24):
        client.get(url("movements"), {"to_chuc": cell.pk, "dem": "1"})
    with django_assert_num_queries(14):
        client.get(url("members"), {"to_chuc": cell.pk, "dem": "1"})
