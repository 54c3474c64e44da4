"""A chi bộ that merges into another: all its members go in one act; and nobody leaves a body after its end."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from organizations import roster
from organizations.models import LogEntry, Right, Stay
from organizations.models.movements import MovementRefused
from organizations.models.stages import StageRefused
from tests import makers

D = dt.date
DECISION = "Quyết định số 05-QĐ/ĐU, ngày 20/6/2024"


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.fixture
def thon_1(cell):
    return makers.make_organization(name="Chi bộ thôn 1", parent=cell)


@pytest.fixture
def thon_2(cell):
    return makers.make_organization(name="Chi bộ thôn 2", parent=cell)


@pytest.fixture
def members(thon_1):
    return [makers.make_member(organization=thon_1, full_name=f"Nguyễn Văn {name}") for name in ("An", "Bình", "Châu")]


def merged(client, body, **facts):
    """The answer to the form sent twice: first it says what will happen."""
    facts = {"to": "chi bo thon 2", "on": "01/07/2024", "basis": DECISION} | facts
    asked = client.post(url("merge", body.pk), facts)
    if asked.status_code != 200 or not getattr(asked.context["form"], "asked", []):
        return asked
    return client.post(url("merge", body.pk), facts | {"confirmed": asked.context["form"].answer})


def test_all_members_go_in_one_act_that_is_told_first(an, thon_1, thon_2, members, signed_in):
    client = signed_in(an)

    asked = client.post(url("merge", thon_1.pk), {"to": "chi bo thon 2", "on": "01/07/2024", "basis": DECISION})
    above = thon_1.version().parent.version().party_name or "Đảng ủy xã Mẫu"
    assert asked.context["form"].asked == [
        f"03 đảng viên của “Chi bộ thôn 1 – {above}” có tên trong danh sách “Chi bộ thôn 2 – {above}” từ ngày 01/07/2024, lý do: do sắp xếp tổ chức."
    ]
    assert Stay.objects.count() == 3
    done = merged(client, thon_1)

    assert (done.status_code, done.url) == (302, f"{url('members')}?to_chuc={thon_2.pk}")
    for member in members:
        member.refresh_from_db()
        first, last = member.stays.order_by("since")
        assert (first.until, first.left_by, first.went_to, first.departure_basis) == (D(2024, 7, 1), "reorganized", "Chi bộ thôn 2", DECISION)
        assert (last.since, last.arrived_by, last.came_from, last.until) == (D(2024, 7, 1), "reorganized", "Chi bộ thôn 1", None)
        assert (member.organization, member.is_active) == (thon_2, True)
        lines = list(LogEntry.objects.about(member))
        assert [(line.action, line.organization_pk, line.actor_pk) for line in lines] == [
            ("transfer", thon_1.pk, an.pk),
            ("receive", thon_2.pk, an.pk),
        ]
        assert lines[0].after == {
            "from": "2024-07-01",
            "reason": "chuyển đi do sắp xếp tổ chức",
            "basis": DECISION,
            "elsewhere": "Chi bộ thôn 2",
        }
        assert lines[0].search == f"tran thi an {member.search}"


def test_both_sides_balance_and_the_commune_has_no_movement(an, cell, thon_1, thon_2, members, signed_in):
    makers.make_member(organization=thon_2)

    merged(signed_in(an), thon_1)

    found = roster.balances([cell, thon_1, thon_2], D(2024, 1, 1), D(2024, 12, 31))
    told = {key: (line.opening, line.arrived, line.departed, line.closing) for key, line in found.items()}
    assert told == {cell.pk: (4, 0, 0, 4), thon_1.pk: (3, 0, 3, 0), thon_2.pk: (1, 3, 0, 4)}


def test_whoever_was_left_behind_goes_from_the_day_of_the_end(an, cell, thon_1, thon_2, members, signed_in, y2024):
    thon_1.end(on=D(2024, 7, 1))
    client = signed_in(an)
    page = client.get(url("movements"), {"to_chuc": cell.pk})
    assert (page.context["left_behind"], page.context["left_bodies"]) == (3, [(thon_1.pk, f"Chi bộ thôn 1 – {cell.version().party_name}", 3)])
    assert url("merge", thon_1.pk) in client.get(thon_1.get_absolute_url()).content.decode()
    assert client.get(url("merge", thon_1.pk)).context["form"].initial == {"on": D(2024, 7, 1)}

    late = merged(client, thon_1, on="02/07/2024")
    merged(client, thon_1)

    assert late.context["form"].errors["on"][0].startswith("“Chi bộ thôn 1” đã kết thúc hoạt động từ ngày 01/07/2024: không ai thôi sinh hoạt")
    balance = roster.balance(cell, D(2024, 1, 1), D(2024, 12, 31))
    assert (balance.opening, balance.arrived, balance.departed, balance.closing) == (3, 0, 0, 3)
    assert client.get(url("merge", thon_1.pk)).status_code == 409
    assert client.get(url("movements"), {"to_chuc": cell.pk}).context["left_behind"] == 0


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"basis": ""}, "basis", "Ghi số, ký hiệu và ngày của quyết định sắp xếp tổ chức."),
        ({"to": "chi bo thon 1"}, "to", "Chọn chi bộ tiếp nhận khác với chi bộ chuyển đi."),
        ({"on": "19/05/2015"}, "on", "Có 03 đồng chí mới đến chi bộ này từ ngày 19/05/2015: chọn một ngày sau ngày đó."),
    ],
)
def test_what_cannot_be_moves_nobody(facts, field, sentence, an, thon_1, thon_2, members, signed_in):
    answer = merged(signed_in(an), thon_1, **facts)

    assert answer.context["form"].errors == {field: [sentence]}
    assert Stay.objects.count() == 3


def test_the_receiving_body_must_stand_that_day(an, cell, thon_1, members, signed_in):
    makers.make_organization(name="Chi bộ thôn 2", parent=cell, on=D(2024, 8, 1))

    answer = merged(signed_in(an), thon_1)

    assert answer.context["form"].errors["on"][0].startswith("“Chi bộ thôn 2” hoạt động từ ngày 01/08/2024")
    assert Stay.objects.count() == 3


def test_what_stays_to_be_done_by_hand_is_told(an, thon_1, thon_2, members, signed_in):
    guest = makers.make_member(organization=thon_2)
    Stay.objects.stay_elsewhere(guest, on=D(2024, 3, 1), organization=thon_1, by=None)
    Stay.objects.stay_elsewhere(members[0], on=D(2024, 3, 1), organization=thon_2, by=None)
    makers.make_candidate(organization=thon_1)
    client = signed_in(an)

    asked = client.post(url("merge", thon_1.pk), {"to": "chi bo thon 2", "on": "01/07/2024", "basis": DECISION})
    merged(client, thon_1)

    assert [sentence[:38] for sentence in asked.context["form"].asked[1:]] == [
        "Còn 01 đồng chí nơi khác đang sinh hoạt"[:38],
        "Còn 01 quần chúng ưu tú: chuyển từng người"[:38],
    ]
    assert members[0].stays.get(is_temporary=True).until == D(2024, 7, 1)  # there for good now
    assert guest.stays.get(is_temporary=True).until is None


def test_merging_is_for_those_who_keep_both_registers(an, binh, chi, manager, other_cell, thon_1, thon_2, members, signed_in):
    for account, status in ((binh, 403), (manager, 404), (chi, 404)):
        assert signed_in(account).get(url("merge", thon_1.pk)).status_code == status
        assert merged(signed_in(account), thon_1).status_code == status
    outside = merged(signed_in(an), thon_1, to=str(other_cell.pk))
    with pytest.raises(PermissionDenied):
        Stay.objects.merge(thon_1, thon_2, on=D(2024, 7, 1), by=makers.make_account(rights=[Right.ENTER], organization=thon_1))

    assert "to" in outside.context["form"].errors
    assert Stay.objects.count() == 3


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_merging_asks_as_often_for_any_number_of_members(rows, thon_1, thon_2, django_assert_num_queries):
    for n in range(rows):
        makers.make_member(organization=thon_1, full_name=f"Nguyễn Văn Thử {n}")

    with django_assert_num_queries(11):
        assert Stay.objects.merge(thon_1, thon_2, on=D(2024, 7, 1), by=None) == rows


# --- after the end of a body --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("leave", {"departure": "died"}),
        ("transfer_member", {"to": "chi bo thon 2"}),
        ("stay_elsewhere", {"place": "Đảng bộ phường 9"}),
    ],
)
def test_nobody_leaves_a_body_after_its_end(name, facts, an, thon_1, thon_2, members, signed_in):
    thon_1.end(on=D(2024, 7, 1))

    answer = signed_in(an).post(url(name, members[0].pk), facts | {"on": "01/08/2024"})

    assert answer.context["form"].errors["on"][0].startswith("“Chi bộ thôn 1” đã kết thúc hoạt động từ ngày 01/07/2024:")
    assert Stay.objects.count() == 3


def test_the_day_of_the_end_is_the_last_on_which_one_leaves(thon_1, thon_2, members):
    thon_1.end(on=D(2024, 7, 1))

    Stay.objects.leave(members[0], on=D(2024, 7, 1), departure="died", by=None)
    Stay.objects.transfer(members[1], thon_2, on=D(2024, 7, 1), by=None)

    assert [member.stays.order_by("since").first().until for member in members] == [D(2024, 7, 1), D(2024, 7, 1), None]


def test_a_correction_keeps_to_the_life_of_both_bodies(cell, thon_1, members):
    new = makers.make_organization(name="Chi bộ thôn Mới", parent=cell, on=D(2024, 7, 1))
    moved = Stay.objects.transfer(members[0], new, on=D(2024, 7, 1), by=None)
    thon_1.end(on=D(2024, 7, 1))
    first = members[0].stays.order_by("since").first()

    for stay, facts, start in (
        (moved, {"since": D(2024, 8, 1)}, "“Chi bộ thôn 1” đã kết thúc hoạt động"),
        (moved, {"since": D(2024, 6, 1)}, "“Chi bộ thôn Mới” hoạt động từ ngày 01/07/2024"),
        (first, {"until": D(2024, 8, 1)}, "“Chi bộ thôn 1” đã kết thúc hoạt động"),
        (first, {"until": D(2024, 6, 1)}, "“Chi bộ thôn Mới” hoạt động từ ngày 01/07/2024"),
    ):
        with pytest.raises(MovementRefused) as refused:
            Stay.objects.correct(stay, by=None, **facts)
        assert refused.value.sentence.startswith(start)


def test_a_guest_of_a_body_leaves_by_the_day_of_its_end(thon_1, thon_2, members):
    stay = Stay.objects.stay_elsewhere(members[0], on=D(2024, 3, 1), organization=thon_2, by=None)
    thon_2.end(on=D(2024, 7, 1))

    with pytest.raises(MovementRefused):
        Stay.objects.come_back(stay, on=D(2024, 7, 2), by=None)
    Stay.objects.come_back(stay, on=D(2024, 7, 1), by=None)

    assert stay.until == D(2024, 7, 1)


def test_nobody_is_dropped_from_the_list_of_a_body_after_its_end(thon_1):
    candidate = makers.make_candidate(organization=thon_1)
    thon_1.end(on=D(2024, 7, 1))

    with pytest.raises(StageRefused) as refused:
        candidate.stop("withdrawn", on=D(2024, 7, 2), by=None)
    candidate.stop("withdrawn", on=D(2024, 7, 1), by=None)

    assert refused.value.sentence.startswith("“Chi bộ thôn 1” đã kết thúc hoạt động từ ngày 01/07/2024: chuyển người này")
    assert candidate.exited_on == D(2024, 7, 1)


def test_nobody_is_rated_in_a_body_that_had_ended_by_the_end_of_the_year(an, thon_1, members, signed_in, y2024):
    thon_1.end(on=D(2024, 7, 1))

    answer = signed_in(an).post(url("rate", thon_1.pk), {f"member-{members[0].pk}": "good"})

    assert answer.status_code in (200, 302)
    assert not members[0].ratings.exists()
