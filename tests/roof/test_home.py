"""Việc của tôi: what waits for whom, the deadline, and how far the year has come."""

import datetime as dt

import pytest
import time_machine

from organizations.models import Assignment, Right
from organizations.review import Status
from tests import makers

SENT = {"status": Status.SUBMITTED}


@pytest.fixture
def form(y2024):
    return makers.make_form(indicators=[makers.make_indicator(code="members_admitted")])


def groups(answer):
    return [(group.title, [line.title for line in group.lines]) for group in answer.context["desk"].groups]


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get("/")["Location"] == "/dang-nhap/?next=/"


def test_an_sees_what_came_back_first_with_its_reason_then_her_drafts(signed_in, an, binh, cell, y2024):
    makers.make_registration(organization=cell, title="Chi bộ tự học", periods=[y2024])
    makers.make_report(organization=cell, period=y2024, status=Status.RETURNED, by=an, reviewer=binh)

    answer = signed_in(an).get("/")

    assert groups(answer) == [
        ("Được trả lại, cần sửa", ["Báo cáo năm – Đảng bộ xã Mẫu"]),
        ("Đang soạn, chưa trình", ["Mô hình mới: Chi bộ tự học"]),
    ]
    assert "Kiểm tra lại số liệu." in answer.content.decode()


def test_binh_sees_what_was_sent_up_to_him_and_never_his_own(signed_in, an, binh, cell, district, y2024):
    makers.make_report(organization=cell, period=y2024, by=an, **SENT)
    makers.make_speech(organization=cell, period=y2024, title="Bài của Bình", by=binh, **SENT)

    answer = signed_in(binh).get("/")

    assert groups(answer) == [("Chờ đồng chí phê duyệt", ["Báo cáo năm – Đảng bộ xã Mẫu"])]


def test_chi_sees_nothing_of_an(signed_in, an, binh, chi, cell, y2024, form):
    makers.make_report(organization=cell, period=y2024, by=an, **SENT)
    makers.make_registration(organization=cell, title="Mô hình của An", periods=[y2024], by=an, **SENT)
    makers.make_speech(organization=cell, period=y2024, title="Bài của An", by=an, **SENT)

    answer = signed_in(chi).get("/")

    assert groups(answer) == [("Chưa nhập số liệu", ["Báo cáo năm – Đảng bộ xã Bên"])]
    assert "xã Mẫu" not in answer.content.decode()
    assert answer.context["desk"].expected == 1


def test_an_finds_the_reports_nobody_has_begun(signed_in, an, cell, other_cell, y2024, form):
    answer = signed_in(an).get("/")

    assert groups(answer) == [("Chưa nhập số liệu", ["Báo cáo năm – Đảng bộ xã Mẫu"])]
    assert f'href="/bao-cao/ky/2024/{cell.pk}/"' in answer.content.decode()


def test_an_finds_approved_figures_without_a_speech(signed_in, an, binh, cell, other_cell, y2024, form):
    for body in (cell, other_cell):
        makers.make_report(organization=body, period=y2024, status=Status.APPROVED, reviewer=binh)
    client = signed_in(an)

    answer = client.get("/")

    assert groups(answer) == [("Số liệu đã duyệt, chưa có bài tham luận", ["Soạn tham luận – Đảng bộ xã Mẫu"])]
    assert f'href="/tham-luan/soan/?to_chuc={cell.pk}"' in answer.content.decode()
    makers.make_speech(organization=cell, period=y2024, status=Status.APPROVED, reviewer=binh)
    assert groups(client.get("/")) == []


def test_only_the_chosen_year_waits(signed_in, an, cell, y2023, y2024):
    makers.make_speech(organization=cell, period=y2023, title="Bài năm trước", by=an)
    client = signed_in(an)
    assert groups(client.get("/")) == []

    client.post("/ky/chon/", {"period": "2023", "next": "/"})

    assert groups(client.get("/")) == [("Đang soạn, chưa trình", ["Tham luận: Bài năm trước"])]


def test_who_has_done_everything_is_told_so(signed_in, binh, y2024):
    assert "Hiện không có hồ sơ nào chờ đồng chí." in signed_in(binh).get("/").content.decode()


def test_progress_counts_the_bodies_of_the_users_branch(signed_in, an, binh, cell, other_cell, y2024, form):
    makers.make_report(organization=cell, period=y2024, status=Status.APPROVED, by=an, reviewer=binh)

    answer = signed_in(binh).get("/")

    desk = answer.context["desk"]
    assert (desk.final, desk.expected) == (1, 2)
    page = answer.content.decode()
    assert "Đã duyệt 1/2" in page
    assert 'href="/bao-cao/?trang_thai=missing"' in page


@pytest.mark.parametrize(
    ("today", "words", "look"),
    [
        (dt.date(2024, 12, 5), "hạn 10/12/2024 (còn 5 ngày)", "due"),
        (dt.date(2024, 12, 8), "hạn 10/12/2024 (còn 2 ngày)", "due due-soon"),
        (dt.date(2024, 12, 12), "quá hạn 2 ngày (hạn 10/12/2024)", "due due-over"),
    ],
)
def test_the_deadline_is_told_in_days(signed_in, an, cell, y2024, today, words, look):
    makers.make_form(kind=cell.version().kind, indicators=[makers.make_indicator()])
    y2024.deadline = dt.date(2024, 12, 10)
    y2024.save()

    with time_machine.travel(dt.datetime.combine(today, dt.time(2, 0), tzinfo=dt.UTC), tick=False):
        page = signed_in(an).get("/").content.decode()

    assert f'<span class="{look}">{words}</span>' in page


def test_a_closed_year_is_told_of(signed_in, an, y2023, y2024):
    for year in (y2023, y2024):
        year.is_open = False
        year.save()

    page = signed_in(an).get("/").content.decode()

    assert "Năm 2024 đã đóng: số liệu chỉ để xem." in page


def test_the_administrator_finds_his_pages_and_no_figures(signed_in, manager, cell, y2024, form):
    page = signed_in(manager).get("/").content.decode()

    assert 'href="/ky/"' in page
    assert "Tài khoản và phân quyền" in page
    assert "Đã duyệt" not in page
    assert "Báo cáo năm</a>" not in page


@pytest.mark.parametrize(("person", "button"), [("binh", True), ("an", False)])
def test_an_empty_portal_says_who_opens_the_first_year(signed_in, request, person, button):
    answer = signed_in(request.getfixturevalue(person)).get("/")

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Cổng chưa có năm báo cáo nào." in page
    assert ('href="/ky/them/"' in page) is button


@time_machine.travel(dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), tick=False)
def test_what_is_due_for_a_candidate_waits_for_those_who_write_the_register(signed_in, an, binh, chi, cell, y2024):
    makers.make_candidate(organization=cell, full_name="Trần Thị Bước", born_on=dt.date(1964, 3, 8))

    title = "Việc kết nạp đảng viên quá hạn, sắp đến hạn"
    assert groups(signed_in(an).get("/")) == [(title, ["Trần Thị Bước: hết tháng đủ tuổi cao nhất để kết nạp"])]
    assert "hạn 31/03/2024 (còn 30 ngày)" in signed_in(an).get("/").content.decode()
    assert groups(signed_in(binh).get("/")) == groups(signed_in(chi).get("/")) == []


def test_an_account_without_any_right_survives(signed_in, y2024):
    assert signed_in(makers.make_account(username="moi")).get("/").status_code == 200


@pytest.mark.parametrize("papers", [1, 3, 50])
def test_the_number_of_queries_does_not_grow_with_the_papers(signed_in, binh, an, cell, district, y2024, form, papers, django_assert_num_queries):
    for right in (Right.ENTER, Right.WRITE):
        Assignment.objects.create(account=binh, right=right, organization=district)
    client = signed_in(binh)
    client.get("/")
    for _ in range(papers):
        makers.make_organization(parent=cell)
        ready = makers.make_organization(parent=cell)
        makers.make_report(organization=ready, period=y2024, status=Status.APPROVED, by=an)
        body = makers.make_organization(parent=cell)
        makers.make_report(organization=body, period=y2024, by=an, **SENT)
        makers.make_registration(organization=body, periods=[y2024], by=an, **SENT)
        makers.make_speech(organization=body, period=y2024, by=an, **SENT)

    with django_assert_num_queries(25):
        answer = client.get("/")

    found = [(group.total, len(group.lines)) for group in answer.context["desk"].groups]
    shown = min(papers, 20)
    assert found == [(3 * papers, 3 * shown), (papers + 1, min(papers + 1, 20)), (papers, shown)]


@pytest.mark.parametrize(
    ("rights", "words"),
    [
        ([], ["Việc của tôi", "Tổ chức", "Trợ giúp"]),
        ([Right.MANAGE], ["Việc của tôi", "Tổ chức", "Trợ giúp"]),
        ([Right.LOCK], ["Việc của tôi", "Tổ chức", "Mô hình mới", "Báo cáo năm", "Tham luận", "Tổng kết", "Trợ giúp"]),
        ([Right.WRITE], ["Việc của tôi", "Tổ chức", "Sổ theo dõi", "Mô hình mới", "Báo cáo năm", "Tham luận", "Tổng kết", "Trợ giúp"]),
    ],
)
def test_the_left_column_has_the_same_eight_words_but_for_what_may_not_be_opened(signed_in, cell, rights, words):
    answer = signed_in(makers.make_account(rights=rights, organization=cell)).get("/")

    assert [word.label for word in answer.context["menu"]] == words
    assert [word.label for word in answer.context["menu"] if word.is_current] == ["Việc của tôi"]
