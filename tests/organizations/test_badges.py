"""Party badges: who reaches which in a round, and the award."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations import badges, roster
from organizations.models import BadgeAward, LogEntry, Stay
from tests import makers

D = dt.date
URL = reverse("organizations:badges")
MAY = badges.round_on(D(2024, 5, 19))


def due(cell):
    return [(row.member.full_name, row.years) for row in badges.due(roster.stays_on(cell, on=MAY.on), MAY)]


def listed(cell, name, admitted_on):
    return makers.make_member(organization=cell, full_name=name, birth_year=1940, admitted_on=admitted_on, official_on=admitted_on)


def test_a_year_has_four_rounds():
    assert [(held.on, str(held), held.previous) for held in badges.rounds(2024)] == [
        (D(2024, 2, 3), "Đợt 03/02/2024", D(2023, 11, 7)),
        (D(2024, 5, 19), "Đợt 19/5/2024", D(2024, 2, 3)),
        (D(2024, 9, 2), "Đợt 02/9/2024", D(2024, 5, 19)),
        (D(2024, 11, 7), "Đợt 07/11/2024", D(2024, 9, 2)),
    ]
    assert badges.round_on(D(2024, 5, 18)) is None


def test_a_round_is_for_those_who_reach_a_badge_since_the_one_before(cell):
    listed(cell, "Lê Vừa Đủ", D(1994, 5, 19))
    listed(cell, "Lê Đủ Sau Đợt Trước", D(1994, 2, 4))
    listed(cell, "Lê Đợt Trước", D(1994, 2, 3))
    listed(cell, "Lê Đợt Sau", D(1994, 5, 20))
    listed(cell, "Lê Năm Mươi", D(1974, 3, 1))
    listed(cell, "Lê Ba Lăm", D(1989, 3, 1))
    gone = listed(cell, "Lê Đã Đi", D(1994, 3, 1))
    Stay.objects.leave(gone, on=D(2020, 1, 1), departure="to_outside", by=None)

    assert due(cell) == [("Lê Năm Mươi", 50), ("Lê Vừa Đủ", 30), ("Lê Đủ Sau Đợt Trước", 30)]


def test_the_time_out_of_the_party_puts_the_round_off(cell):
    member = listed(cell, "Lê Gián Đoạn", D(1990, 3, 1))
    Stay.objects.leave(member, on=D(2010, 3, 1), departure="struck", by=None)
    Stay.objects.restore(member, cell, on=D(2014, 3, 1), by=None)

    assert due(cell) == [("Lê Gián Đoạn", 30)]


def test_whoever_left_the_party_is_reckoned_by_the_days_he_was_in_it_however_he_came_back(cell):
    member = listed(cell, "Lê Gián Đoạn", D(1994, 3, 1))
    Stay.objects.leave(member, on=D(2010, 3, 1), departure="resigned", by=None)
    Stay.objects.arrive(member, cell, on=D(2014, 3, 1), arrived_by="from_province", by=None)

    assert due(cell) == []


def test_the_counts_and_pages_of_a_round_are_those_of_all_its_rows(an, cell, signed_in, y2024, monkeypatch):
    for n in range(3):
        listed(cell, f"Lê Ba Mươi {n}", D(1994, 3, 1))
    listed(cell, "Lê Năm Mươi", D(1974, 3, 1))
    back = listed(cell, "Lê Gián Đoạn", D(1990, 3, 1))
    Stay.objects.leave(back, on=D(2010, 3, 1), departure="struck", by=None)
    Stay.objects.restore(back, cell, on=D(2014, 3, 1), by=None)
    BadgeAward.objects.create(member=back, years=30, round_on=MAY.on)
    stays = roster.stays_on(cell, on=MAY.on)

    assert badges.DueList(stays, MAY).counts == {30: 4, 50: 1}
    assert badges.DueList(stays, MAY, is_awarded=False).counts == {30: 3, 50: 1}
    assert [row.member for row in badges.DueList(stays, MAY, is_awarded=True)[0:5]] == [back]
    assert badges.DueList(stays, MAY, years=50).counts == {50: 1}
    whole = [row.key for row in badges.due(stays, MAY)]
    assert [row.key for start in (0, 2, 4) for row in badges.DueList(stays, MAY)[start : start + 2]] == whole
    monkeypatch.setattr(roster, "WIDE", 0)
    monkeypatch.setattr("organizations.views.badges.AT_ONCE", 2)
    first, counted = (signed_in(an).get(f"{URL}?dot=2024-05-19{more}").context for more in ("", "&dem=1"))
    assert ([row.key for row in first["rows"]], first["counts"], first["is_counting"]) == (whole[:2], [], True)
    assert counted["counts"] == [(30, 4), (50, 1)]


def test_an_award_is_written_once_and_logged(an, cell, signed_in, y2024):
    member = listed(cell, "Lê Vừa Đủ", D(1994, 5, 19))
    other = listed(cell, "Lê Năm Mươi", D(1974, 3, 1))
    client, address = signed_in(an), f"{URL}?dot=2024-05-19"
    body = {"number": "512-QĐ/TU", "members": [f"{member.pk}-30"]}

    assert client.post(address, body).status_code == 302
    assert client.post(address, body).context["form"].errors.keys() == {"members"}

    award = BadgeAward.objects.get()
    assert (award.member, award.years, award.round_on, award.number) == (member, 30, D(2024, 5, 19), "512-QĐ/TU")
    line = LogEntry.objects.about(member).get()
    assert (line.action, line.organization_pk, line.after) == ("award", cell.pk, {"badge": 30, "from": "2024-05-19", "basis": "512-QĐ/TU"})
    rows = client.get(f"{address}&trao=chua").context["rows"]
    assert [row.member for row in rows] == [other]


def test_awards_are_for_those_who_keep_the_register(binh, chi, cell, signed_in, y2024):
    member = listed(cell, "Lê Vừa Đủ", D(1994, 5, 19))
    body = {"number": "512-QĐ/TU", "members": [f"{member.pk}-30"]}

    assert signed_in(binh).post(f"{URL}?dot=2024-05-19", body).status_code == 403
    assert signed_in(chi).post(f"{URL}?dot=2024-05-19", body).context["form"].errors.keys() == {"members"}
    assert not BadgeAward.objects.exists()


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_as_often_for_any_number_of_rows(rows, an, cell, signed_in, y2024, django_assert_num_queries):
    for n in range(rows):
        listed(cell, f"Lê Vừa Đủ {n}", D(1994, 5, 19))
    client = signed_in(an)
    client.get(URL)

    with django_assert_num_queries(11):
        assert len(client.get(f"{URL}?dot=2024-05-19").context["rows"]) == rows
