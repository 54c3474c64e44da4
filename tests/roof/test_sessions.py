"""A session ends by itself, is listed for its owner, and can be ended from elsewhere."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY

from organizations.models import Import, LogEntry
from organizations.sessions import sessions_of
from tests import makers

MORNING = dt.datetime(2024, 12, 3, 1, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


def test_a_session_ends_after_thirty_minutes_without_a_click(signed_in, an, clock):
    client = signed_in(an)
    client.get("/")
    clock.shift(30 * 60)
    assert client.get("/").status_code == 200

    clock.shift(30 * 60 + 1)

    assert client.get("/")["Location"] == "/dang-nhap/?next=/"
    assert SESSION_KEY not in client.session


def test_a_page_that_watches_a_file_being_read_is_no_click(signed_in, an, clock):
    client, work = signed_in(an), Import.objects.create(register="van-ban", uploaded_by=an, file_name="so.xlsx", content=b"")
    client.get("/")
    for _ in range(2):
        clock.shift(15 * 60)
        assert client.get(work.get_absolute_url()).status_code == 200

    clock.shift(1)

    assert client.get("/").status_code == 302


def test_a_session_ends_nine_hours_after_signing_in_however_busy(signed_in, an, clock):
    client = signed_in(an)
    for _ in range(27):
        assert client.get("/").status_code == 200
        clock.shift(20 * 60)
    assert client.get("/").status_code == 200

    clock.shift(1)

    assert client.get("/").status_code == 302


def test_a_click_on_stay_keeps_the_session(signed_in, an, clock):
    client = signed_in(an)
    client.get("/")
    clock.shift(26 * 60)
    assert client.post("/phien/tiep-tuc/").status_code == 204
    clock.shift(26 * 60)

    assert client.get("/").status_code == 200


def test_the_row_of_a_session_is_not_written_at_each_click(signed_in, an, clock, django_assert_num_queries):
    client = signed_in(an)
    client.get("/")
    clock.shift(5)

    with django_assert_num_queries(2):  # the session, the account
        client.get("/suc-khoe/")


def test_sessions_are_listed_and_one_is_ended_from_another(signed_in, an, binh, client_class):
    here, there, other = signed_in(an), client_class(), client_class()
    for browser, account in ((there, an), (other, binh)):
        browser.force_login(account, backend="partyreports.signin.AccountBackend")
        browser.get("/")
    here.get("/")
    marks = {one.key: one.mark for one in sessions_of(an)}
    assert set(marks) == {here.session.session_key, there.session.session_key}
    page = here.get("/phien/").content.decode()
    assert "(phiên này)" in page
    assert there.session.session_key not in page

    here.post("/phien/", {"session": marks[there.session.session_key]})

    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert other.get("/").status_code == 200
    assert LogEntry.objects.get().after == {"ended": 1}


def test_nobody_ends_the_session_of_somebody_else(signed_in, an, binh, client_class):
    other = client_class()
    other.force_login(binh, backend="partyreports.signin.AccountBackend")
    mark = sessions_of(binh)[0].mark

    signed_in(an).post("/phien/", {"session": mark})

    assert other.get("/").status_code == 200
    assert not LogEntry.objects.exists()


def test_all_other_sessions_end_at_once(signed_in, an, client_class):
    here, there = signed_in(an), client_class()
    there.force_login(an, backend="partyreports.signin.AccountBackend")

    here.post("/phien/")

    assert [one.key for one in sessions_of(an)] == [here.session.session_key]


def test_a_session_tells_where_and_when_it_was_opened(client, cell, clock):
    account = makers.make_account(username="mai", password="nui-cao-suoi-trong", rights=["write"], organization=cell)
    client.post(
        "/dang-nhap/",
        {"username": "mai", "password": "nui-cao-suoi-trong"},
        HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
        REMOTE_ADDR="10.1.1.9",
    )

    (one,) = sessions_of(account)

    assert (one.address, one.started, one.seen) == ("10.1.1.9", MORNING, MORNING)
    assert "Edge trên Windows" in client.get("/phien/").content.decode()
