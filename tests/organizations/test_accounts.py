"""Accounts and rights: kept by managers within their branches, never by anybody for himself; each reads his own."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organizations.models import Account, Assignment, LogEntry, Right
from tests import makers

DAY = dt.timedelta(1)


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


def day(offset=0):
    return (timezone.localdate() + offset * DAY).strftime("%d/%m/%Y")


@pytest.fixture
def second_manager(district):
    return makers.make_account(username="quan-tri-2", full_name="Trịnh Thị Trị", rights=[Right.MANAGE], organization=district)


NEW = {"username": "nguyenvanmoi", "full_name": "Nguyễn Văn Mới", "post": "Văn thư", "organization": "Đảng ủy xã Mẫu", "rights": ["enter", "write"]}


def test_a_manager_adds_an_account_with_its_rights_and_reads_its_password_once(manager, cell, signed_in, client):
    response = signed_in(manager).post(url("add_account"), {**NEW, "valid_from": day()})

    account = Account.objects.get(username="nguyenvanmoi")
    password = response.context["password"]
    assert response.status_code == 200
    assert password in response.content.decode()
    assert account.check_password(password)
    assert len(password) == 17
    assert account.must_change_password
    assert account.held == {"enter": [cell.version().path], "write": [cell.version().path]}
    assert {row.given_by for row in account.assignments.all()} == {manager}
    assert [line.action for line in LogEntry.objects.about(account)] == ["add", "give_right", "give_right"]
    assert password not in str(list(LogEntry.objects.values()))
    assert password not in signed_in(manager).get(account.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"username": "Nguyễn Văn"}, "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối."),
        ({"username": "an"}, "Tên đăng nhập này đã có người dùng: chọn tên khác."),
        ({"rights": []}, "Chọn ít nhất một quyền."),
        ({"valid_to": "01/01/2001"}, "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."),
        ({"organization": "Đảng ủy xã Không Có"}, "Không có tổ chức nào tên như vậy trong phạm vi của đồng chí: gõ lại một phần tên, không cần dấu."),
    ],
)
def test_an_account_that_cannot_be_is_refused_at_its_place(change, sentence, manager, an, signed_in):
    response = signed_in(manager).post(url("add_account"), {**NEW, "valid_from": day(), **change})

    errors = {**response.context["form"].errors, **response.context["rights"].errors}
    assert list(errors.values()) == [[sentence]]
    assert not Account.objects.filter(full_name="Nguyễn Văn Mới").exists()


def test_nobody_gives_himself_a_right_or_switches_himself_off(manager, district, signed_in):
    client = signed_in(manager)
    data = {"organization": "Huyện ủy Đơn Dương", "rights": ["review"], "valid_from": day()}

    for name in ("give_rights", "edit_account"):
        assert client.get(url(name, manager.pk)).status_code == 403
    for name in ("give_rights", "switch_account", "new_password"):
        assert client.post(url(name, manager.pk), data).status_code == 403
    assignment = manager.assignments.get()
    assert client.post(url("end_assignment", manager.pk, assignment.pk), {"last": day()}).status_code == 403

    assert Account.objects.get(pk=manager.pk).held.keys() == {"manage"}


def test_another_manager_gives_the_right(second_manager, manager, district, signed_in):
    data = {"organization": "Huyện ủy Đơn Dương", "rights": ["audit"], "valid_from": day(), "valid_to": day(30)}

    response = signed_in(second_manager).post(url("give_rights", manager.pk), data)

    assert response.status_code == 302
    row = manager.assignments.get(right="audit")
    assert (row.organization, row.given_by, row.valid_to) == (district, second_manager, timezone.localdate() + 30 * DAY)
    line = LogEntry.objects.about(manager).get()
    assert (line.action, line.organization_pk, line.after["right"], line.after["branch"]) == (
        "give_right", district.pk, "giám sát", "Huyện ủy Đơn Dương",
    )  # fmt: skip


def test_a_right_that_is_held_is_not_given_twice(manager, an, cell, signed_in):
    data = {"organization": "Đảng ủy xã Mẫu", "rights": ["enter", "read"], "valid_from": day()}

    response = signed_in(manager).post(url("give_rights", an.pk), data)

    assert response.context["form"].errors == {"rights": ["Tài khoản đã có quyền nhập trên tổ chức này: bỏ chọn, hoặc kết thúc quyền cũ trước."]}
    assert an.assignments.count() == 2


def test_a_manager_of_a_branch_gives_rights_in_it_alone(an, cell, other_cell, district, signed_in):
    local = makers.make_account(rights=[Right.MANAGE], organization=cell)
    client = signed_in(local)

    for name in ("Đảng ủy xã Bên", "Huyện ủy Đơn Dương", str(district.pk)):
        response = client.post(url("give_rights", an.pk), {"organization": name, "rights": ["review"], "valid_from": day()})
        assert "organization" in response.context["form"].errors
    assert an.assignments.count() == 2


def test_a_manager_of_a_branch_does_not_take_over_an_account_trusted_above_it(cell, district, signed_in):
    """Whoever could set the reviewer's password could sign in as the reviewer."""
    local = makers.make_account(rights=[Right.MANAGE], organization=cell)
    reviewer = makers.make_account(rights=[Right.REVIEW], organization=district)
    Assignment.objects.create(account=reviewer, right=Right.READ, organization=cell, valid_from=makers.LONG_AGO)
    client, before = signed_in(local), reviewer.password

    assert client.get(url("account", reviewer.pk)).status_code == 200
    for name in ("new_password", "switch_account", "edit_account", "give_rights"):
        assert client.post(url(name, reviewer.pk)).status_code == 403
    reviewer.refresh_from_db()
    assert (reviewer.password, reviewer.is_active) == (before, True)


def test_ending_a_right_counts_from_the_next_request(manager, an, cell, signed_in):
    row = an.assignments.get(right="enter")

    assert signed_in(manager).post(url("end_assignment", an.pk, row.pk), {"last": day(-1)}).status_code == 302

    row.refresh_from_db()
    assert row.valid_to == timezone.localdate() - DAY
    assert not Account.objects.get(pk=an.pk).holds(Right.ENTER)
    line = LogEntry.objects.about(an).get()
    assert (line.action, line.after["to"]) == ("end_right", day(-1))


def test_a_right_of_today_that_was_a_mistake_is_taken_away(manager, an, cell, signed_in):
    row = Assignment.objects.create(account=an, right=Right.REVIEW, organization=cell, valid_from=timezone.localdate())

    signed_in(manager).post(url("end_assignment", an.pk, row.pk), {"last": day(-1)})

    assert not an.assignments.filter(right=Right.REVIEW).exists()
    assert LogEntry.objects.about(an).get().action == "end_right"


def test_a_right_is_not_ended_in_the_past(manager, an, signed_in):
    row = an.assignments.get(right="enter")

    response = signed_in(manager).post(url("end_assignment", an.pk, row.pk), {"last": "01/01/2020"})

    assert response.context["form"].errors == {"last": [f"Quyền đã dùng đến hôm nay: nhập từ ngày {day(-1)} trở đi."]}


def test_an_assignment_of_another_account_is_not_there(manager, an, chi, signed_in):
    row = chi.assignments.first()

    assert signed_in(manager).get(url("end_assignment", an.pk, row.pk)).status_code == 404


def test_switching_an_account_off_ends_its_sessions_at_once(manager, an, signed_in):
    of_an = Client()
    of_an.force_login(an, backend="partyreports.signin.AccountBackend")
    assert of_an.get(reverse("organizations:tree")).status_code == 200

    signed_in(manager).post(url("switch_account", an.pk), {"use": "no"})

    assert of_an.get(reverse("organizations:tree")).status_code == 302
    signed_in(manager).post(url("switch_account", an.pk), {"use": "yes"})
    assert of_an.get(reverse("organizations:tree")).status_code == 302
    assert [line.action for line in LogEntry.objects.about(an)] == ["disable", "enable"]


def test_a_new_password_ends_sessions_and_must_be_changed(manager, an, signed_in):
    of_an = Client()
    of_an.force_login(an, backend="partyreports.signin.AccountBackend")

    response = signed_in(manager).post(url("new_password", an.pk))

    an.refresh_from_db()
    assert an.check_password(response.context["password"])
    assert an.must_change_password
    assert of_an.get(reverse("organizations:tree")).status_code == 302
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["switch_account", "new_password"])
def test_what_acts_is_a_post(name, manager, an, signed_in):
    assert signed_in(manager).get(url(name, an.pk)).status_code == 405


def test_editing_an_account_writes_its_three_fields_alone(manager, an, signed_in):
    data = {"username": "an", "full_name": "Trần Thị An Bình", "post": "Phó Bí thư", "is_active": "", "password": "x", "is_demo": "on"}

    assert signed_in(manager).post(url("edit_account", an.pk), data).status_code == 302

    an.refresh_from_db()
    assert (an.full_name, an.post, an.is_active, an.is_demo) == ("Trần Thị An Bình", "Phó Bí thư", True, False)
    line = LogEntry.objects.about(an).get()
    assert (line.before["full_name"], line.after["full_name"]) == ("Trần Thị An", "Trần Thị An Bình")


def test_managers_and_auditors_see_the_accounts_of_their_branches(manager, auditor, an, chi, binh, cell, signed_in):
    local = makers.make_account(full_name="Cao Văn Xã", rights=[Right.MANAGE], organization=cell)

    def names(who, **filters):
        return {account.username for account in signed_in(who).get(url("accounts"), filters).context["page"]}

    assert names(manager) >= {"an", "chi", "binh", "quan-tri", "giam-sat"}
    assert names(auditor) == names(manager)
    assert names(local) == {"an", local.username}
    assert signed_in(local).get(url("account", chi.pk)).status_code == 404
    assert signed_in(auditor).get(url("add_account")).status_code == 403
    assert signed_in(auditor).post(url("new_password", an.pk)).status_code == 403
    assert names(manager, q="tran thi") == {"an"}
    assert names(manager, quyen="review") == {"binh", "chi"}
    assert names(manager, to_chuc="dang uy xa mau") == {"an", local.username}


def test_each_reads_his_own_account_and_acts(an, cell, signed_in):
    LogEntry.write("write", by=an, about=cell)

    page = signed_in(an).get(url("own_account"))

    assert page.context["is_own"] is True
    assert [row.right for row in page.context["rows"]] == ["enter", "write"]
    assert page.context["manages_it"] is False
    assert [line.action for line in page.context["entries"]] == ["write"]
