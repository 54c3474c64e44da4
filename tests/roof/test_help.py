"""Trợ giúp: every page of the manual opens for whoever is signed in."""

import pytest

from partyreports.help import PAGES


@pytest.mark.parametrize("address", ["/tro-giup/", *(f"/tro-giup/{slug}/" for slug in PAGES)])
def test_every_page_of_the_manual_opens(signed_in, an, y2024, address):
    answer = signed_in(an).get(address)

    assert answer.status_code == 200
    assert [word.label for word in answer.context["menu"] if word.is_current] == ["Trợ giúp"]


@pytest.mark.parametrize("slug", PAGES)
def test_the_manual_lists_its_pages(signed_in, an, slug):
    assert f'href="/tro-giup/{slug}/"' in signed_in(an).get("/tro-giup/").content.decode()


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get("/tro-giup/")["Location"] == "/dang-nhap/?next=/tro-giup/"


@pytest.mark.parametrize("slug", ["khong-co", "index", "settings"])
def test_what_is_not_listed_is_not_found(signed_in, an, slug):
    assert signed_in(an).get(f"/tro-giup/{slug}/").status_code == 404
