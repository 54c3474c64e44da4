"""The manual: every page of the list is there, and says what the pages it tells about say."""

import html
import re

import pytest
from django.conf import settings

from partyreports.help import PAGES
from partyreports.speeches.slots import FIGURE_SLOTS, WORD_SLOTS
from partyreports.vietnamese import QUALIFIERS, normalise

FOLDER = settings.BASE_DIR / "templates" / "help"


def words_of(slug):
    return html.unescape((FOLDER / f"{slug}.html").read_text("utf-8"))


def test_every_page_of_the_list_is_written_and_no_other():
    written = {path.stem for path in FOLDER.glob("[!_]*.html")}

    assert written == {"index", *PAGES}


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_opens_for_an_under_its_title(slug, an, client):
    client.force_login(an)

    page = client.get(f"/tro-giup/{slug}/").content.decode()

    assert re.search(r"<h1>(.*?)</h1>", page)[1] == PAGES[slug]


def test_the_first_page_leads_to_all_others(an, client):
    client.force_login(an)

    page = client.get("/tro-giup/").content.decode()

    assert set(re.findall(r'href="/tro-giup/([a-z-]+)/"', page)) == set(PAGES)


def test_the_manual_is_for_those_who_have_signed_in(client, db):
    assert client.get("/tro-giup/nhap-so-lieu/").status_code == 302


def test_an_unknown_page_is_not_found(an, client):
    client.force_login(an)

    assert client.get("/tro-giup/khong-co/").status_code == 404


def test_the_list_of_slots_in_the_manual_is_the_list_of_slots():
    told = words_of("quan-tri")

    names = {name.strip() for name in re.findall(r"\[\[([^\]:]*)", told)} | {f"mô hình.{part}" for part in re.findall(r"<code>\.([^<]*)", told)}

    assert names == {*WORD_SLOTS, *FIGURE_SLOTS}


def test_the_words_for_rough_figures_are_those_a_cell_reads():
    told = words_of("nhap-so-lieu")

    assert [word for code, word in QUALIFIERS.items() if code not in ("", "basically") and f'<kbd class="text-nowrap">{word} ' not in told] == []


def test_tone_marks_stand_in_the_old_style():
    wrong = [slug for slug in PAGES if slug != "to-chuc" and normalise(words_of(slug)) != words_of(slug).strip()]

    assert wrong == []
