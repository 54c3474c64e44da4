"""Coming in: one sentence for every wrong try, a pause after too many, no session that outlives its owner."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher

from organizations.models import LogEntry
from tests import makers

SIGN_IN = "/dang-nhap/"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
PASSWORD = "nui-cao-suoi-trong-2024"


@pytest.fixture
def mai(cell):
    return makers.make_account(username="mai", full_name="Ngô Thị Mai", password=PASSWORD, rights=["write"], organization=cell)


def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_the_page_he_wanted(client, mai):
    answer = client.get("/tim-kiem/?q=lac")
    assert answer.status_code == 302
    assert answer["Location"] == "/dang-nhap/?next=/tim-kiem/%3Fq%3Dlac"

    answer = client.post(SIGN_IN, {"username": "mai", "password": PASSWORD, "next": "/tim-kiem/?q=lac"})

    assert answer["Location"] == "/tim-kiem/?q=lac"
    assert client.session[SESSION_KEY] == str(mai.pk)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"])
def test_next_never_leads_to_another_site(client, mai, elsewhere):
    answer = client.post(SIGN_IN, {"username": "mai", "password": PASSWORD, "next": elsewhere})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("name", ["MAI", " Mai "])
def test_the_name_is_read_in_any_case(client, mai, name):
    assert client.post(SIGN_IN, {"username": name, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(("name", "password"), [("mai", "sai mat khau"), ("khong-co", "sai mat khau")])
def test_a_known_and_an_unknown_name_get_the_same_sentence(client, mai, name, password):
    answer = client.post(SIGN_IN, {"username": name, "password": password})

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [WRONG]


def test_a_disabled_account_gets_the_same_sentence(client, mai):
    mai.is_active = False
    mai.save()

    answer = client.post(SIGN_IN, {"username": "mai", "password": PASSWORD})

    assert answer.context["form"].non_field_errors() == [WRONG]


def test_empty_fields_are_named(client, db):
    errors = client.post(SIGN_IN, {"username": "", "password": ""}).context["form"].errors

    assert errors == {"username": ["Nhập tên đăng nhập."], "password": ["Nhập mật khẩu."]}


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: that is what takes the time."""

    times = 0

    def encode(self, password, salt):
        type(self).times += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("name", ["mai", "khong-co"])
def test_a_known_and_an_unknown_name_cost_the_same_hashing(client, mai, settings, name):
    settings.PASSWORD_HASHERS = ["tests.roof.test_sign_in.CountingHasher"]
    CountingHasher.times = 0

    client.post(SIGN_IN, {"username": name, "password": "sai mat khau"})

    assert CountingHasher.times == 1


def test_eight_wrong_passwords_pause_this_name_from_this_computer_alone(client, mai, an):
    an.set_password(PASSWORD)
    an.save()
    with time_machine.travel(dt.datetime(2024, 12, 3, 7, 5, tzinfo=dt.UTC), tick=False) as clock:
        for _ in range(7):
            assert client.post(SIGN_IN, {"username": "mai", "password": "sai"}).status_code == 200
        answer = client.post(SIGN_IN, {"username": "MAI", "password": "sai"})
        assert answer.status_code == 429
        assert "Có thể đăng nhập lại sau 14:20 ngày 03/12/2024." in answer.content.decode()

        # Trying on does not make the pause longer, and the right password does not end it.
        clock.shift(600)
        answer = client.post(SIGN_IN, {"username": "mai", "password": PASSWORD})
        assert answer.status_code == 429
        assert "14:20 ngày 03/12/2024" in answer.content.decode()
        # A colleague on the same computer, and the same name from another computer, are free.
        assert client.post(SIGN_IN, {"username": "an", "password": PASSWORD}).status_code == 302
        assert client.post(SIGN_IN, {"username": "mai", "password": PASSWORD}, REMOTE_ADDR="10.1.1.9").status_code == 302

        client.post("/dang-xuat/")
        clock.shift(301)
        assert client.post(SIGN_IN, {"username": "mai", "password": PASSWORD}).status_code == 302


def test_a_forged_forwarded_address_does_not_evade_the_pause(client, mai):
    for n in range(8):
        client.post(SIGN_IN, {"username": "mai", "password": "sai"}, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")

    answer = client.post(SIGN_IN, {"username": "mai", "password": PASSWORD}, HTTP_X_FORWARDED_FOR="10.0.0.99")

    assert answer.status_code == 429


def test_signing_in_changes_the_session_key_and_stands_in_the_log(client, mai):
    client.get("/dang-nhap/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key

    client.post(SIGN_IN, {"username": "mai", "password": PASSWORD})

    assert client.session.session_key != before
    assert [(entry.action, entry.actor_pk) for entry in LogEntry.objects.all()] == [("sign_in", mai.pk)]


def test_signing_out_ends_the_session_and_clears_the_browser(client, mai):
    client.post(SIGN_IN, {"username": "mai", "password": PASSWORD})
    old = client.cookies["sessionid"].value

    answer = client.post("/dang-xuat/")

    assert answer["Location"] == "/dang-nhap/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    client.cookies["sessionid"] = old
    assert client.get("/").status_code == 302


def test_signing_out_by_a_link_is_refused(client, mai):
    client.post(SIGN_IN, {"username": "mai", "password": PASSWORD})

    answer = client.get("/dang-xuat/")

    assert answer.status_code == 405
    assert "Không thực hiện được theo cách này" in answer.content.decode()
    assert SESSION_KEY in client.session


def test_who_is_signed_in_already_goes_to_his_work(signed_in, an):
    assert signed_in(an).get(SIGN_IN)["Location"] == "/"


def test_demo_accounts_come_in_only_while_debug_is_on(client, settings, cell):
    makers.make_account(username="dung-thu", password=PASSWORD, is_demo=True, rights=["read"], organization=cell)
    settings.DEBUG = True
    assert client.post(SIGN_IN, {"username": "dung-thu", "password": PASSWORD}).status_code == 302
    assert client.get("/phien/").status_code == 200

    settings.DEBUG = False

    assert client.get("/phien/").status_code == 302
    assert client.post(SIGN_IN, {"username": "dung-thu", "password": PASSWORD}).context["form"].non_field_errors() == [WRONG]


def test_a_disabled_account_loses_its_session_at_the_next_click(signed_in, an):
    client = signed_in(an)
    assert client.get("/").status_code == 200
    an.is_active = False
    an.save()

    assert client.get("/").status_code == 302
