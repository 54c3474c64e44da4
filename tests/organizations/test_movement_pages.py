"""The pages of movements: acts on one person, the year of a branch, and who may."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.models import LogEntry, Member, Right, Stay
from tests import makers

D = dt.date


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.fixture
def thon_1(cell):
    return makers.make_organization(name="Chi bộ thôn 1", parent=cell)


@pytest.fixture
def thon_2(cell):
    return makers.make_organization(name="Chi bộ thôn 2", parent=cell)


@pytest.fixture
def member(thon_1):
    return makers.make_member(organization=thon_1, full_name="Nguyễn Văn Thử")


def path(member):
    return [(stay.organization.name, stay.since, stay.until, stay.arrived_by, stay.left_by) for stay in member.stays.order_by("since")]


def test_a_transfer_closes_one_stay_and_opens_the_next(an, member, thon_2, signed_in):
    response = signed_in(an).post(url("transfer_member", member.pk), {"to": "chi bo thon 2", "on": "01/03/2024", "basis": "GTSH 05"})

    assert (response.status_code, response.url) == (302, member.get_absolute_url())
    assert path(member) == [
        ("Chi bộ thôn 1", D(2015, 5, 19), D(2024, 3, 1), "listed", "to_province"),
        ("Chi bộ thôn 2", D(2024, 3, 1), None, "from_province", ""),
    ]
    member.refresh_from_db()
    assert (member.organization, member.is_active) == (thon_2, True)
    assert [(line.action, line.organization_pk) for line in LogEntry.objects.about(member)] == [
        ("transfer", path_keys(member)[0]),
        ("receive", thon_2.pk),
    ]
    told = signed_in(an).get(member.get_absolute_url()).context["entries"]
    assert [line.act for line in told] == ["ghi chuyển sinh hoạt sang chi bộ khác"]


def path_keys(member):
    return list(member.stays.order_by("since").values_list("organization", flat=True))


def test_a_transfer_to_a_body_out_of_reach_is_no_choice(an, member, other_cell, signed_in):
    response = signed_in(an).post(url("transfer_member", member.pk), {"to": str(other_cell.pk), "on": "01/03/2024"})

    assert "to" in response.context["form"].errors
    assert Stay.objects.count() == 1


def test_who_leaves_stands_on_no_roster_and_may_come_back(an, member, thon_1, thon_2, signed_in):
    client = signed_in(an)

    client.post(url("leave", member.pk), {"departure": "struck", "on": "01/03/2020", "basis": "QĐ 7"})
    member.refresh_from_db()
    assert (member.is_active, member.organization) == (False, thon_1)
    assert client.get(url("leave", member.pk)).status_code == 409
    client.post(url("come_back", member.pk), {"arrived_by": "restored", "organization": "chi bo thon 2", "on": "01/03/2022"})

    member.refresh_from_db()
    assert (member.is_active, member.organization) == (True, thon_2)
    html = client.get(member.get_absolute_url()).content.decode()
    assert "đã trừ 730 ngày gián đoạn" in html
    assert "Phục hồi đảng tịch" in html


def test_a_movement_typed_wrongly_is_corrected_for_both_bodies_or_taken_back(an, member, thon_1, thon_2, signed_in):
    client = signed_in(an)
    client.post(url("transfer_member", member.pk), {"to": "chi bo thon 2", "on": "01/03/2024"})
    first, last = member.stays.order_by("since")

    facts = {"since": "05/03/2024", "arrived_by": "from_province", "came_from": "Chi bộ thôn 1", "arrival_basis": ""}
    assert client.post(url("correct_stay", last.pk), facts).status_code == 302
    assert [(stay[1], stay[2]) for stay in path(member)] == [(D(2015, 5, 19), D(2024, 3, 5)), (D(2024, 3, 5), None)]

    crossed = client.post(url("correct_stay", last.pk), facts | {"since": "01/01/2015"})
    assert crossed.context["form"].errors == {"since": ["Ngày bắt đầu trước ngày vào Đảng (19/05/2015)."]}

    assert client.post(url("take_back", first.pk), {"reason": "Nhầm"}).status_code == 409
    client.post(url("take_back", last.pk), {"reason": "Ghi nhầm người"})
    assert path(member) == [("Chi bộ thôn 1", D(2015, 5, 19), None, "listed", "")]
    line = LogEntry.objects.about(member).last()
    assert (line.action, line.note) == ("take_back", "Ghi nhầm người")


def test_a_temporary_stay_leaves_the_roster_as_it_is(an, member, thon_1, signed_in):
    client = signed_in(an)

    client.post(url("stay_elsewhere", member.pk), {"place": "Đảng bộ phường 9", "on": "01/03/2024"})
    stay = member.stays.get(is_temporary=True)
    assert [row.member for row in client.get(url("members"), {"sinh_hoat": "tam"}).context["page"]] == [member]
    assert client.post(url("stay_elsewhere", member.pk), {"place": "Nơi khác", "on": "02/03/2024"}).status_code == 409
    assert client.post(url("end_stay", stay.pk), {"on": "01/06/2024"}).status_code == 302
    assert client.get(url("end_stay", stay.pk)).status_code == 409

    member.refresh_from_db()
    assert (member.organization, member.is_active) == (thon_1, True)
    stay.refresh_from_db()
    assert (stay.until, stay.left_by) == (D(2024, 6, 1), "returned")


@pytest.mark.parametrize(
    ("name", "facts", "field", "sentence"),
    [
        ("leave", {"departure": "died", "on": "19/05/2015"}, "on", "Chọn một ngày sau 19/05/2015, ngày bắt đầu sinh hoạt ở chi bộ này."),
        ("leave", {"departure": "", "on": "19/05/2016"}, "departure", "Chọn lý do thôi sinh hoạt."),
        ("transfer_member", {"to": "chi bo thon 1", "on": "01/03/2024"}, "to", "Đồng chí này đang sinh hoạt ở chính chi bộ đó: chọn chi bộ khác."),
        ("stay_elsewhere", {"on": "01/03/2024"}, "__all__", "Chọn chi bộ nơi sinh hoạt tạm thời, hoặc ghi tên nơi đó nếu ở ngoài cổng."),
    ],
)
def test_what_cannot_be_is_said_at_its_place(name, facts, field, sentence, an, member, signed_in):
    response = signed_in(an).post(url(name, member.pk), facts)

    assert response.context["form"].errors == {field: [sentence]}
    assert Stay.objects.count() == 1


ACTS = ["transfer_member", "leave", "stay_elsewhere"]


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_for_those_who_keep_the_register(name, binh, chi, auditor, manager, member, signed_in):
    for account, status in ((binh, 403), (auditor, 403), (manager, 404), (chi, 404)):
        assert signed_in(account).get(url(name, member.pk)).status_code == status
        assert signed_in(account).post(url(name, member.pk), {"on": "01/03/2024", "departure": "died"}).status_code == status
    assert Stay.objects.count() == 1


def test_the_year_of_a_branch_shows_the_balance_and_its_rows(an, cell, thon_1, thon_2, other_cell, signed_in, y2024):
    _stays, moved, gone = (makers.make_member(organization=thon_1, full_name=name) for name in ("Lê Ở", "Lê Chuyển", "Lê Đi"))
    Stay.objects.transfer(moved, thon_2, on=D(2024, 3, 1), by=None)
    Stay.objects.leave(gone, on=D(2024, 4, 1), departure="died", by=None)
    makers.make_member(organization=thon_2, full_name="Lê Mới", admitted_on=D(2024, 5, 19), official_on=None, standing="probationary")
    client = signed_in(an)

    whole = client.get(url("movements"), {"to_chuc": cell.pk}).context
    part = client.get(url("movements"), {"to_chuc": thon_2.pk, "ly_do": "den"}).context

    line = whole["balance"]
    assert (line.opening, line.arrived, line.departed, line.closing) == (3, 1, 1, 3)
    assert [row["move"].stay.member.full_name for row in whole["rows"]] == ["Lê Đi", "Lê Mới"]
    assert (part["balance"].opening, part["balance"].closing) == (0, 2)
    assert [(row["move"].stay.member.full_name, row["move"].reason) for row in part["rows"]] == [("Lê Chuyển", "from_province"), ("Lê Mới", "listed")]


def test_a_chi_bo_that_moves_in_brings_its_members_by_reorganisation(binh, cell, other_cell, thon_1, member, signed_in, y2024):
    thon_1.change(on=D(2024, 7, 1), parent=other_cell)
    client = signed_in(makers.make_account(rights=[Right.ENTER], organization=thon_1.version().parent))

    balance = client.get(url("movements"), {"to_chuc": other_cell.pk}).context["balance"]

    assert {reason.value: stays for reason, stays in balance.arrivals.items()} == {"reorganized": [member.stays.get()]}


def test_a_body_that_ends_with_members_is_flagged(an, cell, thon_1, member, signed_in, y2024):
    thon_1.end(on=D(2024, 7, 1))

    context = signed_in(an).get(url("movements"), {"to_chuc": cell.pk}).context

    assert (context["left_behind"], context["balance"].departed, context["balance"].closing) == (1, 1, 0)


def test_the_roster_is_that_of_the_day(an, cell, thon_1, thon_2, member, signed_in):
    Stay.objects.transfer(member, thon_2, on=D(2024, 3, 1), by=None)
    client = signed_in(an)

    def names(**filters):
        return [stay.member.full_name for stay in client.get(url("members"), filters).context["page"]]

    assert names(to_chuc=thon_1.pk, ngay="29/02/2024") == ["Nguyễn Văn Thử"]
    assert names(to_chuc=thon_1.pk, ngay="01/03/2024") == []
    assert names(to_chuc=thon_2.pk) == ["Nguyễn Văn Thử"]
    assert names(ngay="19/05/2015", tu_cach="probationary") == ["Nguyễn Văn Thử"]
    assert names(tuoi="41-50", ngay="01/01/2026") == ["Nguyễn Văn Thử"]
    assert names(tuoi="31-40", ngay="01/01/2026") == []


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_year_of_a_branch_asks_as_often_for_any_number_of_rows(rows, an, cell, signed_in, y2024, django_assert_num_queries):
    body = makers.make_organization(parent=cell)
    for n in range(rows):
        makers.make_member(organization=body, full_name=f"Nguyễn Văn Thử {n}", admitted_on=D(2024, 3, 1), official_on=D(2025, 3, 1))
    client = signed_in(an)
    client.get(url("movements"))

    with django_assert_num_queries(20):
        assert client.get(url("movements"), {"to_chuc": cell.pk}).status_code == 200


def test_a_new_member_from_elsewhere_needs_the_day(an, cell, signed_in):
    facts = {"organization": "Đảng ủy xã Mẫu", "full_name": "Đỗ Thị Thử", "gender": "female", "birth_year": "1990", "standing": "official"}
    facts |= {"admitted_on": "19/05/2015", "official_on": "19/05/2016", "arrived_by": "from_outside"}

    asked = signed_in(an).post(url("add_member"), facts)
    signed_in(an).post(url("add_member"), facts | {"since": "01/03/2024", "came_from": "Đảng bộ phường 9"})

    assert asked.context["form"].errors == {"since": ["Nhập ngày đến chi bộ này."]}
    stay = Member.objects.get().stays.get()
    assert (stay.since, stay.arrived_by, stay.came_from) == (D(2024, 3, 1), "from_outside", "Đảng bộ phường 9")


def test_a_member_who_died_keeps_his_years_and_does_not_come_back(an, member, signed_in):
    client = signed_in(an)
    client.post(url("leave", member.pk), {"departure": "died", "on": "19/05/2024"})

    page = client.get(member.get_absolute_url())
    assert (page.context["party_age"].in_party, page.context["has_died"]) == ("9 năm", True)
    assert url("come_back", member.pk) not in page.content.decode()
    assert client.get(url("come_back", member.pk)).status_code == 409
    assert "sẽ hủy: <strong>Từ trần từ 19/05/2024</strong>" in client.get(url("take_back", member.stays.get().pk)).content.decode()
