"""A form that arrives after its session has ended loses nothing, and is sent again only by the hand that typed it."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from organizations.models import LogEntry
from partyreports.kept import Kept
from tests import makers

PASSWORD = "nui-cao-suoi-trong-2024"
FORM = "/ky/them/"
TYPED = {"year": "2031", "deadline": "10/12/2031", "note": "Sửa theo <b>kết luận</b>\nngày 05/12", "marks": ["a", "b"], "password": "bi-mat"}
KEPT = (("year", "2031"), ("deadline", "10/12/2031"), ("note", "Sửa theo <b>kết luận</b>\nngày 05/12"), ("marks", "a"), ("marks", "b"))


@pytest.fixture
def clock():
    with time_machine.travel(dt.datetime(2024, 12, 3, 1, 0, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def binh(binh):
    binh.set_password(PASSWORD)
    binh.save()
    return binh


def sign_in(browser, username):
    browser.get("/dang-nhap/")
    answer = browser.post("/dang-nhap/", {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token(browser)})
    assert answer.status_code == 302
    browser.get("/")


def token(browser):
    return browser.cookies["csrftoken"].value


def hidden_inputs(answer):
    """The fields that pressing the button of this page would send, but for the token."""
    kept = answer.context["kept"]
    return {"kept": kept.mark} | {name: [value for other, value in kept.hidden if other == name] for name, _ in kept.hidden}


def test_a_form_after_the_idle_end_keeps_every_field_but_passwords(browser, binh, clock):
    sign_in(browser, "binh")
    clock.shift(31 * 60)

    answer = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": token(browser)})

    assert answer.status_code == 403
    assert SESSION_KEY not in browser.session
    assert answer.context["kept"] == Kept(FORM, binh.pk, KEPT)
    page = answer.content.decode()
    assert "Phiên làm việc đã kết thúc" in page
    assert 'name="kept:note" value="Sửa theo &lt;b&gt;kết luận&lt;/b&gt;\nngày 05/12"' in page
    assert "bi-mat" not in page
    assert answer["Cache-Control"] == "no-store, private"


def test_after_signing_in_there_one_button_sends_the_same_fields_to_the_same_address(browser, binh, clock):
    sign_in(browser, "binh")
    clock.shift(31 * 60)
    late = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": token(browser)})
    credentials = {"username": "binh", "password": PASSWORD, "csrfmiddlewaretoken": token(browser)}

    again = browser.post("/dang-nhap/lai/", hidden_inputs(late) | credentials)

    assert again.status_code == 200
    assert again.context["kept"].fields == KEPT
    assert again.context["may_send"] is True
    page = again.content.decode()
    assert f'action="{FORM}"' in page
    assert "Gửi lại</button>" in page

    sent = browser.post(again.context["kept"].path, {"year": "2031", "deadline": "10/12/2031", "csrfmiddlewaretoken": token(browser)})

    assert sent["Location"] == "/ky/"
    assert LogEntry.objects.filter(action="create").count() == 1


def test_a_form_after_nine_hours_is_kept_when_the_session_row_is_gone(browser, binh, clock):
    sign_in(browser, "binh")
    clock.shift(9 * 60 * 60 + 1)
    Session.objects.all().delete()

    answer = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": token(browser)})

    assert answer.context["kept"] == Kept(FORM, binh.pk, KEPT)


def test_another_account_reads_what_was_kept_but_does_not_send_it(browser, binh, an, clock):
    an.set_password(PASSWORD)
    an.save()
    sign_in(browser, "binh")
    clock.shift(31 * 60)
    late = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": token(browser)})

    credentials = {"username": "an", "password": PASSWORD, "csrfmiddlewaretoken": token(browser)}
    again = browser.post("/dang-nhap/lai/", hidden_inputs(late) | credentials)

    assert again.context["may_send"] is False
    page = again.content.decode()
    assert "Gửi lại</button>" not in page
    assert 'name="year"' not in page
    assert "Sửa theo &lt;b&gt;kết luận&lt;/b&gt;" in page


def test_a_form_of_an_earlier_account_is_not_sent_by_the_one_who_came_after(browser, binh, an):
    """Two tabs on a shared PC: the old tab's form arrives in the session of somebody else."""
    an.set_password(PASSWORD)
    an.save()
    sign_in(browser, "binh")
    old = token(browser)
    browser.post("/dang-xuat/", {"csrfmiddlewaretoken": old})
    sign_in(browser, "an")

    answer = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": old[::-1]})

    assert (answer.status_code, answer.context["may_send"]) == (403, False)
    assert answer.context["kept"].fields == KEPT


def test_a_stale_token_in_a_living_session_offers_to_send_again_at_once(browser, binh):
    sign_in(browser, "binh")

    answer = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": "x" * 64})

    assert (answer.status_code, answer.context["may_send"]) == (403, True)
    assert answer.context["kept"] == Kept(FORM, binh.pk, KEPT)


def test_a_wrong_password_there_keeps_the_text_and_writes_none_of_it_down(browser, binh, clock):
    sign_in(browser, "binh")
    clock.shift(31 * 60)
    late = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": token(browser)})

    credentials = {"username": "binh", "password": "sai", "csrfmiddlewaretoken": token(browser)}
    again = browser.post("/dang-nhap/lai/", hidden_inputs(late) | credentials)

    assert again.status_code == 200
    assert again.context["kept"] == Kept(FORM, binh.pk, KEPT)
    assert again.context["form"].errors
    assert AccessAttempt.objects.get().post_data == ""


def test_the_pause_after_too_many_wrong_passwords_keeps_the_text_too(browser, binh, clock):
    sign_in(browser, "binh")
    clock.shift(31 * 60)
    answer = browser.post(FORM, TYPED | {"csrfmiddlewaretoken": token(browser)})

    for _ in range(8):
        credentials = {"username": "binh", "password": "sai", "csrfmiddlewaretoken": token(browser)}
        answer = browser.post("/dang-nhap/lai/", hidden_inputs(answer) | credentials)

    assert answer.status_code == 429
    assert answer.context["kept"] == Kept(FORM, binh.pk, KEPT)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://example.org"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://example.org/bay/"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
    ],
)
def test_a_form_from_another_site_is_neither_kept_nor_offered(browser, binh, headers):
    sign_in(browser, "binh")

    answer = browser.post(FORM, TYPED, **headers)

    assert answer.status_code == 403
    assert answer.context["kept"] is None
    assert "2031" not in answer.content.decode()


@pytest.mark.parametrize("mark", ["", "x", "tampered"])
def test_a_mark_that_is_not_ours_leads_to_the_ordinary_sign_in(browser, binh, mark):
    browser.get("/dang-nhap/")
    if mark == "tampered":
        mark = Kept("https://example.org/", binh.pk, ()).mark[:-1] + "x"

    answer = browser.post("/dang-nhap/lai/", {"kept": mark, "kept:a": "1", "csrfmiddlewaretoken": token(browser)})

    assert answer["Location"] == "/dang-nhap/"


def test_an_address_outside_the_portal_is_refused_even_under_our_mark(browser, binh):
    browser.get("/dang-nhap/")
    mark = Kept("//example.org/x", binh.pk, ()).mark

    answer = browser.post("/dang-nhap/lai/", {"kept": mark, "kept:a": "1", "csrfmiddlewaretoken": token(browser)})

    assert answer["Location"] == "/dang-nhap/"


def test_the_sign_in_form_of_an_old_tab_leads_to_a_fresh_one(browser, binh):
    assert browser.post("/dang-nhap/", {"username": "binh", "password": PASSWORD})["Location"] == "/dang-nhap/"


def test_signing_out_after_the_end_of_the_session_leads_to_sign_in(browser, db):
    assert browser.post("/dang-xuat/")["Location"] == "/dang-nhap/"


def test_a_visitor_who_typed_nothing_is_sent_to_sign_in(client, db):
    assert client.post(FORM)["Location"] == "/dang-nhap/?next=/ky/them/"


def test_htmx_puts_the_page_that_keeps_the_text_in_the_place_of_the_page(client, db):
    answer = client.post(FORM, TYPED, HTTP_HX_REQUEST="true")

    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reselect"], answer["HX-Reswap"]) == (403, "#content", "#content", "outerHTML")


def test_htmx_is_sent_to_sign_in_and_back_to_its_page(client, db):
    answer = client.get("/tim-kiem/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/ky/?trang=2")

    assert answer["HX-Redirect"] == "/dang-nhap/?next=/ky/%3Ftrang%3D2"


def test_a_file_cannot_be_kept_and_the_page_says_so(client, db, tmp_path):
    file = tmp_path / "bang.txt"
    file.write_text("1")

    with file.open("rb") as opened:
        answer = client.post(FORM, {"note": "kèm tệp", "file": opened})

    assert answer.context["kept"].had_files is True
    assert "chọn lại tệp sau khi gửi" in answer.content.decode()


def test_what_is_shown_is_what_was_typed(db):
    makers.make_indicator(code="members_total", name="Tổng số đảng viên")
    fields = (("seen", "ab12"), ("seen-members_total", "3"), ("was-members_total", "8"), ("cell-members_total", "9"))
    unchanged = (("was-schools", "4"), ("cell-schools", "4"), ("organization", "Chi bộ thôn 1"), ("organization_for", "chi bo"))

    assert Kept("/bao-cao/1/nhap/", None, fields + unchanged).texts == "Tổng số đảng viên: 9\nChi bộ thôn 1"
