"""The roster: written by those who enter or write, read within reach, its two marks masked."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from organizations.models import LogEntry, Member, Right
from tests import makers

FACTS = {
    "organization": "Đảng ủy xã Mẫu",
    "full_name": "Đỗ Thị Thử",
    "gender": "female",
    "birth_year": "1990",
    "standing": "official",
    "admitted_on": "19/05/2015",
    "official_on": "19/05/2016",
    "party_post": "Chi ủy viên",
}


@pytest.fixture
def member(cell):
    return makers.make_member(organization=cell, full_name="Nguyễn Văn Thử", is_ethnic_minority=True, is_religious=False)


@pytest.fixture
def reader(cell):
    return makers.make_account(full_name="Bùi Văn Đọc", rights=[Right.READ], organization=cell)


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


def test_an_adds_a_member_and_the_log_says_so_without_the_marks(an, cell, signed_in):
    response = signed_in(an).post(url("add_member"), FACTS)

    member = Member.objects.get()
    assert (response.status_code, response.url) == (302, member.get_absolute_url())
    assert (member.full_name, member.organization, member.admitted_on) == ("Đỗ Thị Thử", cell, dt.date(2015, 5, 19))
    line, arrival = LogEntry.objects.about(member)
    assert (line.action, line.organization_pk, line.after["full_name"]) == ("add", cell.pk, "Đỗ Thị Thử")
    assert not {"is_ethnic_minority", "is_religious"} & set(line.after)
    assert (arrival.action, arrival.after) == ("arrive", {"from": "2015-05-19", "reason": "có tên khi lập sổ"})
    stay = member.stays.get()
    assert (stay.organization, stay.since, stay.until, stay.arrived_by) == (cell, dt.date(2015, 5, 19), None, "listed")


def test_the_year_of_birth_is_taken_out_of_the_day(an, cell, signed_in):
    signed_in(an).post(url("add_member"), FACTS | {"birth_year": "", "born_on": "5/6/1990"})

    member = Member.objects.get()
    assert (member.birth_year, member.born_on) == (1990, dt.date(1990, 6, 5))


@pytest.mark.parametrize("right", [Right.REVIEW, Right.AUDIT])
def test_others_read_the_roster_and_do_not_write_it(right, cell, member, signed_in):
    account = makers.make_account(rights=[right], organization=cell)
    client = signed_in(account)

    assert client.get(url("members")).status_code == 200
    assert client.get(url("member", member.pk)).status_code == 200
    assert client.get(url("add_member")).status_code == 403
    assert client.post(url("edit_member", member.pk), FACTS).status_code == 403


def test_managers_lockers_and_readers_of_figures_see_no_member(manager, reader, cell, member, signed_in):
    locker = makers.make_account(rights=[Right.LOCK], organization=cell)

    for account in (manager, locker, reader):
        assert list(signed_in(account).get(url("members")).context["page"]) == []
        assert signed_in(account).get(url("member", member.pk)).status_code == 404


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"birth_year": "85"}, "birth_year", "Nhập năm sinh đủ bốn chữ số, từ 1900 trở đi."),
        ({"birth_year": "19x5"}, "birth_year", "Nhập năm sinh bằng bốn chữ số, ví dụ 1985."),
        ({"admitted_on": "29/02/2015"}, "admitted_on", "Không có ngày 29/02/2015. Đồng chí muốn nhập 28/02/2015 hay 01/03/2015?"),
        ({"official_on": "19/05/2014"}, "official_on", "Ngày chính thức phải sau ngày vào Đảng."),
        ({"official_on": ""}, "__all__", "Đảng viên chính thức phải có ngày chính thức; đảng viên dự bị thì để trống."),
        (
            {"organization": "Đảng ủy xã Bên"},
            "organization",
            "Không có tổ chức nào tên như vậy trong phạm vi của đồng chí: gõ lại một phần tên, không cần dấu.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_typed_is_lost(change, field, sentence, an, cell, other_cell, signed_in):
    response = signed_in(an).post(url("add_member"), {**FACTS, **change})

    assert response.context["form"].errors == {field: [sentence]}
    html = response.content.decode()
    assert 'value="Đỗ Thị Thử"' in html
    assert all(f'value="{text}"' in html for text in change.values() if text)
    assert not Member.objects.exists()


def test_what_looks_odd_is_asked_about_and_may_be_kept(an, cell, signed_in):
    makers.make_member(organization=cell, full_name="Đỗ Thị Thử", birth_year=2002)
    client, data = signed_in(an), {**FACTS, "birth_year": "2002", "admitted_on": "19/05/2015", "official_on": "20/05/2015"}

    asked = client.post(url("add_member"), data).context["form"]
    kept = client.post(url("add_member"), {**data, "confirmed": asked.answer})

    assert asked.asked == [
        "Theo năm sinh, đồng chí này vào Đảng lúc 13 tuổi: kiểm tra năm sinh và ngày vào Đảng.",
        "Ngày chính thức chưa đủ 12 tháng sau ngày vào Đảng: kiểm tra lại hai ngày này.",
        "Đã có Đỗ Thị Thử sinh năm 2002 tại Đảng ủy xã Mẫu: kiểm tra để không ghi trùng.",
    ]
    assert kept.status_code == 302
    assert Member.objects.count() == 2


def test_a_namesake_out_of_reach_is_not_told_of(an, cell, other_cell, signed_in):
    makers.make_member(organization=other_cell, full_name="Đỗ Thị Thử", birth_year=FACTS["birth_year"])

    assert signed_in(an).post(url("add_member"), FACTS).status_code == 302


def test_a_change_by_another_is_shown_before_it_is_overwritten(an, member, signed_in):
    client, data = signed_in(an), {**FACTS, "full_name": "Nguyễn Văn Thử", "gender": "male", "is_active": "on"}
    seen = client.get(url("edit_member", member.pk)).context["form"].seen
    Member.objects.filter(pk=member.pk).update(party_post="Bí thư")

    asked = client.post(url("edit_member", member.pk), {**data, "seen": seen})
    form = asked.context["form"]
    again = client.post(url("edit_member", member.pk), {**data, "seen": seen, "confirmed": form.answer})

    assert asked.status_code == 200
    assert "Chức vụ đảng: đang lưu “Bí thư”, đồng chí nhập “Chi ủy viên”." in form.asked
    assert again.status_code == 302
    member.refresh_from_db()
    assert member.party_post == "Chi ủy viên"


def test_extra_fields_in_a_form_change_nothing(an, member, other_cell, signed_in):
    data = {**FACTS, "is_ethnic_minority": "", "is_religious": "on", "is_invented": "", "pk": "999", "search": "x", "is_active": "on"}

    signed_in(an).post(url("edit_member", member.pk), data)

    member.refresh_from_db()
    assert (member.full_name, member.is_ethnic_minority, member.is_religious, member.is_invented) == ("Đỗ Thị Thử", True, False, True)


# --- the marks -------------------------------------------------------------------------------------------------------


def test_the_marks_are_masked_on_every_page(an, member, signed_in):
    client = signed_in(an)
    for address in (url("member", member.pk), url("edit_member", member.pk), url("members"), url("add_member")):
        html = client.get(address).content.decode()
        assert "is_ethnic_minority" not in html
        assert "is_religious" not in html


def test_the_marks_are_shown_for_one_person_by_a_post_that_the_log_keeps(an, member, signed_in):
    client = signed_in(an)

    assert client.get(url("show_marks", member.pk)).status_code == 405
    without = client.post(url("show_marks", member.pk))
    assert without.context["marks"] is None
    assert not LogEntry.objects.about(member).exists()
    shown = client.post(url("show_marks", member.pk), {"purpose": "report"})

    assert shown.context["marks"].initial == {"is_ethnic_minority": True, "is_religious": False}
    line = LogEntry.objects.about(member).get()
    assert (line.action, line.note, line.actor_pk, line.before, line.after) == ("show", "Lập số liệu báo cáo năm", an.pk, None, None)
    assert client.get(url("member", member.pk)).context["marks"] is None


def test_the_marks_are_for_those_who_enter_or_review(binh, reader, auditor, chi, cell, member, signed_in):
    writer = makers.make_account(rights=[Right.WRITE], organization=cell)
    asked = {"purpose": "check"}

    for account, status in ((binh, 200), (reader, 404), (auditor, 403), (writer, 403), (chi, 404)):
        assert signed_in(account).post(url("show_marks", member.pk), asked).status_code == status
    assert signed_in(binh).post(url("show_marks", member.pk), asked).context["may_write_marks"] is False
    assert signed_in(binh).post(url("write_marks", member.pk), {"is_religious": "on"}).status_code == 403
    member.refresh_from_db()
    assert member.is_religious is False


def test_the_log_never_tells_what_the_marks_say(an, member, signed_in):
    signed_in(an).post(url("write_marks", member.pk), {"is_religious": "on"})

    member.refresh_from_db()
    assert (member.is_ethnic_minority, member.is_religious) == (False, True)
    line = LogEntry.objects.about(member).get()
    assert (line.action, line.place, line.before, line.after) == ("change", "thông tin được che", None, None)


@pytest.mark.parametrize("key", ["is_religious", "is_ethnic_minority", "co_dao", "o", "sort"])
def test_no_filter_or_order_tells_the_marks(key, an, cell, member, signed_in):
    makers.make_member(organization=cell, is_religious=True)

    for value in ("1", "0", "True", "is_religious"):
        assert signed_in(an).get(url("members"), {key: value}).context["page"].paginator.count == 2


# --- the list ---------------------------------------------------------------------------------------------------------


def test_members_stand_in_vietnamese_order_and_are_found_without_marks(an, cell, signed_in):
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=cell)
    for name in ("Trần Văn Đạt", "Lê Thị An", "Nguyễn Văn Ấn", "Hồ Dũng"):
        makers.make_member(organization=leaf, full_name=name)
    makers.make_member(organization=cell, full_name="Võ Văn Dự", standing="probationary", official_on=None)
    makers.make_member(organization=cell, full_name="Phan Văn Thôi", is_active=False)
    client = signed_in(an)

    def names(**filters):
        return [stay.member.full_name for stay in client.get(url("members"), filters).context["page"]]

    assert names() == ["Lê Thị An", "Nguyễn Văn Ấn", "Hồ Dũng", "Võ Văn Dự", "Trần Văn Đạt"]
    assert names(q="van d") == ["Võ Văn Dự", "Trần Văn Đạt"]
    assert names(to_chuc="chi bo thon 1", q="an") == ["Lê Thị An", "Nguyễn Văn Ấn", "Trần Văn Đạt"]
    assert names(tu_cach="probationary") == ["Võ Văn Dự"]
    assert names(sinh_hoat="thoi") == ["Phan Văn Thôi"]


def test_the_roster_of_a_body_that_has_ended_is_still_there(an, cell, signed_in):
    leaf = makers.make_organization(name="Chi bộ cũ", parent=cell)
    member = makers.make_member(organization=leaf)
    leaf.end(on=dt.date(2025, 7, 1))

    page = signed_in(an).get(url("members"), {"to_chuc": str(leaf.pk)}).context["page"]

    assert [stay.member for stay in page] == [member]


@pytest.mark.parametrize(
    "broken", [{"official_on": dt.date(2010, 1, 1)}, {"official_on": None}, {"standing": "probationary"}, {"standing": "unknown"}]
)
def test_the_database_refuses_dates_that_cannot_be(broken, member):
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(**broken)
    Member.objects.filter(pk=member.pk).update(standing="probationary", official_on=None)


def test_after_saving_one_the_form_for_another_opens_with_the_same_body(an, cell, signed_in):
    client = signed_in(an)

    response = client.post(reverse("organizations:add_member"), {**FACTS, "another": "1"})

    assert response.url == f"{reverse('organizations:add_member')}?to_chuc={cell.pk}"
    assert Member.objects.count() == 1
    assert 'value="Đảng ủy xã Mẫu"' in client.get(response.url).content.decode()


@pytest.mark.parametrize("day", ["32/13/2024", "01/01/2099"])
def test_a_day_that_cannot_be_shows_the_roster_of_today_and_says_so(day, an, cell, signed_in):
    makers.make_member(organization=cell)

    response = signed_in(an).get(reverse("organizations:members"), {"ngay": day})

    assert response.context["form"].errors["ngay"]
    assert response.context["form"].day == timezone.localdate()
    assert "Ngày đã gõ không dùng được: dưới đây là danh sách hôm nay" in response.content.decode()
