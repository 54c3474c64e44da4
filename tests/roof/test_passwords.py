"""Changing one's own password; an account with a password from its administrator does nothing else first."""

import pytest

from organizations.models import LogEntry
from tests import makers

OLD, NEW = "mat-khau-cu-cua-toi", "bon-tu-de-nho-lam"
PAGE = "/doi-mat-khau/"


@pytest.fixture
def mai(cell):
    return makers.make_account(username="mai", full_name="Ngô Thị Mai", password=OLD, rights=["write"], organization=cell)


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get(PAGE)["Location"] == "/dang-nhap/?next=/doi-mat-khau/"


def test_a_new_password_holds_and_ends_the_other_sessions(signed_in, mai, client_class):
    client, elsewhere = signed_in(mai), client_class()
    elsewhere.force_login(mai, backend="partyreports.signin.AccountBackend")

    answer = client.post(PAGE, {"old_password": OLD, "new_password1": NEW, "new_password2": NEW})

    assert answer["Location"] == "/"
    mai.refresh_from_db()
    assert mai.check_password(NEW)
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302
    assert list(LogEntry.objects.values_list("action", "before", "after")) == [("change_password", None, None)]


@pytest.mark.parametrize(
    ("old", "new", "again", "field", "sentence"),
    [
        ("sai", NEW, NEW, "old_password", "Mật khẩu đang dùng không đúng: nhập lại."),
        (OLD, NEW, NEW + "x", "new_password2", "Hai lần nhập mật khẩu mới không giống nhau: nhập lại."),
        (OLD, OLD, OLD, "new_password1", "Mật khẩu mới phải khác mật khẩu đang dùng."),
        (OLD, "ngan", "ngan", "new_password1", "Mật khẩu quá ngắn: nhập ít nhất 12 ký tự."),
        (OLD, "739182645091", "739182645091", "new_password1", "Mật khẩu không được chỉ gồm chữ số: thêm chữ cái."),
        (OLD, "administrator", "administrator", "new_password1", "Mật khẩu này quá nhiều người dùng, dễ bị đoán: chọn mật khẩu khác."),
        (OLD, "ngo thi mai 1", "ngo thi mai 1", "new_password1", "Mật khẩu quá giống với họ và tên: chọn mật khẩu khác."),
        (OLD, "", "", "new_password1", "Nhập mật khẩu mới."),
    ],
)
def test_a_bad_password_is_told_what_to_do(signed_in, mai, old, new, again, field, sentence):
    mai.full_name = "ngo thi mai"
    mai.save()

    answer = signed_in(mai).post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again})

    assert answer.status_code == 200
    assert sentence in answer.context["form"].errors[field]
    mai.refresh_from_db()
    assert mai.check_password(OLD)


def test_an_account_that_must_change_its_password_does_nothing_else_first(signed_in, mai):
    mai.must_change_password = True
    mai.save()
    client = signed_in(mai)

    assert client.get("/")["Location"] == PAGE
    assert client.get("/tim-kiem/?q=x")["Location"] == PAGE
    assert "đổi mật khẩu trước khi làm việc" in client.get(PAGE).content.decode()

    client.post(PAGE, {"old_password": OLD, "new_password1": NEW, "new_password2": NEW})

    mai.refresh_from_db()
    assert mai.must_change_password is False
    assert client.get("/").status_code == 200


def test_what_was_typed_before_the_password_had_to_change_is_kept(signed_in, mai):
    client = signed_in(mai)
    mai.must_change_password = True
    mai.save()

    answer = client.post("/ky/chon/", {"period": "2024", "next": "/ghi-chu-dai/"})

    assert answer.status_code == 403
    assert answer.context["kept"].fields == (("period", "2024"), ("next", "/ghi-chu-dai/"))
    assert "đổi mật khẩu (mở ở thẻ mới)" in answer.content.decode()
