"""The year one looks at, and who adds, opens and closes years."""

import datetime as dt

import pytest
import time_machine

from organizations.models import LogEntry, Right
from partyreports.periods.models import Period
from tests import makers


@pytest.mark.parametrize("address", ["/ky/", "/ky/them/"])
def test_a_visitor_is_sent_to_sign_in(client, db, address):
    assert client.get(address)["Location"] == f"/dang-nhap/?next={address}"


@pytest.mark.parametrize("back", ["/phien/", "/tim-kiem/?q=a&trang=2"])
def test_a_chosen_year_stays_and_the_page_too(signed_in, an, y2023, y2024, back):
    client = signed_in(an)
    assert client.get("/").context["chosen_period"] == y2024

    assert client.post("/ky/chon/", {"period": "2023", "next": back})["Location"] == back

    assert client.get("/phien/").context["chosen_period"] == y2023


def test_a_chosen_year_survives_the_sign_in(client, an, y2023, y2024):
    client.force_login(an)
    client.post("/ky/chon/", {"period": "2023"})
    client.logout()

    client.force_login(an)

    assert client.get("/phien/").context["chosen_period"] == y2023


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", ""])
def test_choosing_never_leads_to_another_site(signed_in, an, y2024, back):
    assert signed_in(an).post("/ky/chon/", {"period": "2024", "next": back})["Location"] == "/"


@pytest.mark.parametrize("code", ["", "1999", "2020-2023", "x" * 300])
def test_a_year_that_is_none_cannot_be_chosen(signed_in, an, y2024, code):
    makers.make_period(code="2020-2023", kind=Period.Kind.SPAN)

    assert signed_in(an).post("/ky/chon/", {"period": code}).status_code == 404


def test_choosing_by_a_link_is_refused(signed_in, an, y2024):
    assert signed_in(an).get("/ky/chon/?period=2024").status_code == 405


def test_the_newest_open_year_is_chosen_at_first(signed_in, an, y2023, y2024):
    y2024.is_open = False
    y2024.save()

    assert signed_in(an).get("/").context["chosen_period"] == y2023


def test_everybody_with_a_right_reads_the_list_and_only_keepers_get_buttons(signed_in, an, chi, binh, y2024):
    for person, buttons in ((an, False), (chi, False), (binh, True)):
        page = signed_in(person).get("/ky/").content.decode()
        assert "Năm 2024" in page
        assert ("Thêm năm" in page) is buttons


def test_an_account_without_rights_sees_no_period(signed_in, y2024):
    assert list(signed_in(makers.make_account()).get("/ky/").context["periods"]) == []


@pytest.mark.parametrize("person", ["an", "chi", "manager", "auditor", "keeper_of_a_cell"])
def test_who_does_not_lock_the_whole_tree_keeps_no_years(signed_in, request, person, cell, y2024):
    keeper = makers.make_account(rights=[Right.LOCK], organization=cell) if person == "keeper_of_a_cell" else request.getfixturevalue(person)
    client = signed_in(keeper)

    for address in ("/ky/them/", f"/ky/{y2024.pk}/sua/", f"/ky/{y2024.pk}/mo-dong/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"year": "2031", "note": "x"}).status_code == 403
    assert [(period.code, period.is_open, period.deadline) for period in Period.objects.years()] == [("2024", True, None), ("2023", True, None)]


def test_a_deadline_that_has_passed_is_asked_about(signed_in, binh, y2024):
    client, typed = signed_in(binh), {"year": "2012", "deadline": "05/12/2012"}

    asked = client.post("/ky/them/", typed).context["form"]

    assert len(asked.asked) == 1
    assert "05/12/2012 đã qua" in asked.asked[0]
    assert not Period.objects.filter(code="2012").exists()
    assert client.post("/ky/them/", typed | {"confirmed": asked.answer})["Location"] == "/ky/"


@time_machine.travel("2024-11-22")
def test_a_new_year_follows_the_one_before_it(signed_in, binh, y2024):
    answer = signed_in(binh).post("/ky/them/", {"year": "2025", "deadline": "05/12/2025"})

    assert answer["Location"] == "/ky/"
    added = Period.objects.get(code="2025")
    assert (added.starts_on, added.ends_on, added.previous) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31), y2024)
    assert (added.deadline, added.is_open, added.kind) == (dt.date(2025, 12, 5), True, "year")
    entry = LogEntry.objects.get()
    assert (entry.action, entry.actor_pk, entry.before, entry.after) == ("create", binh.pk, None, {"deadline": "2025-12-05"})


def test_a_year_added_late_takes_its_place_before_the_next(signed_in, binh, y2024):
    later = makers.make_period(code="2026")

    signed_in(binh).post("/ky/them/", {"year": "2025"})

    later.refresh_from_db()
    assert later.previous.code == "2025"


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"year": ""}, {"year": ["Nhập năm, ví dụ 2025."]}),
        ({"year": "hai nghìn"}, {"year": ["Nhập năm bằng bốn chữ số, ví dụ 2025."]}),
        ({"year": "1.932"}, {"year": ["Nhập năm bằng bốn chữ số, ví dụ 2025."]}),
        ({"year": "24"}, {"year": ["Nhập năm từ 1990 trở đi."]}),
        ({"year": "2024"}, {"year": ["Năm này đã có trong danh sách."]}),
        ({"year": "2025", "deadline": "31/02/2025"}, {"deadline": ["Không có ngày 31/02/2025. Đồng chí muốn nhập 28/02/2025 hay 01/03/2025?"]}),
        ({"year": "2025", "deadline": "05/12/2023"}, {"deadline": ["Hạn gửi phải nằm trong năm 2025 hoặc năm 2026."]}),
    ],
)
def test_a_wrong_year_is_told_what_to_do(signed_in, binh, y2024, typed, errors):
    answer = signed_in(binh).post("/ky/them/", typed)

    assert (answer.status_code, answer.context["form"].errors) == (200, errors)
    assert Period.objects.count() == 2


@time_machine.travel("2024-11-22")
def test_a_deadline_is_changed_and_nothing_else(signed_in, binh, y2024):
    signed_in(binh).post(f"/ky/{y2024.pk}/sua/", {"deadline": "10/12/2024", "year": "1999", "is_open": "", "code": "x", "ends_on": "01/01/2030"})

    changed = Period.objects.get(pk=y2024.pk)
    assert (changed.deadline, changed.code, changed.is_open, changed.ends_on) == (dt.date(2024, 12, 10), "2024", True, dt.date(2024, 12, 31))
    assert LogEntry.objects.get().after == {"deadline": "2024-12-10"}


def test_a_year_is_closed_and_opened_again_with_a_reason(signed_in, binh, y2024):
    client, address = signed_in(binh), f"/ky/{y2024.pk}/mo-dong/"

    client.post(address)

    assert Period.objects.get(pk=y2024.pk).is_open is False
    answer = client.post(address, {"note": ""})
    assert answer.context["form"].errors == {"note": ["Ghi lý do trước khi mở lại năm đã đóng."]}
    assert Period.objects.get(pk=y2024.pk).is_open is False

    client.post(address, {"note": "Bổ sung số liệu của hai chi bộ."})

    assert Period.objects.get(pk=y2024.pk).is_open is True
    assert [(entry.action, entry.note) for entry in LogEntry.objects.order_by("pk")] == [
        ("close", ""),
        ("open", "Bổ sung số liệu của hai chi bộ."),
    ]


def test_a_span_is_neither_edited_nor_closed(signed_in, binh):
    span = makers.make_period(code="2020-2023", kind=Period.Kind.SPAN)
    client = signed_in(binh)

    assert client.get(f"/ky/{span.pk}/sua/").status_code == 404
    assert client.post(f"/ky/{span.pk}/mo-dong/").status_code == 404


@pytest.mark.parametrize("years", [1, 3, 30])
def test_the_list_costs_the_same_for_any_number_of_years(signed_in, an, years, django_assert_num_queries):
    client = signed_in(an)
    client.get("/")
    for year in range(years):
        makers.make_period(code=str(2000 + year))

    with django_assert_num_queries(11):
        client.get("/ky/")
