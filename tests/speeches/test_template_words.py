"""The words of the templates that come with the portal: whole speeches, in our spelling, of a length one reads aloud."""

import pytest

from organizations.kinds import load_kinds
from organizations.models import OrganizationKind
from partyreports.documents import plain_text
from partyreports.metrics.catalogue import load_catalogue
from partyreports.speeches import grammar
from partyreports.speeches.compose import draft_of
from partyreports.speeches.models import SpeechTemplate
from partyreports.speeches.templates import FOLDER, check_text, check_title, described, load_templates
from partyreports.vietnamese import normalise
from tests import makers

CODES = [facts["code"] for facts in described()]
LEAVE = ("cho phép", "mời phát biểu", "Được phép", "đồng ý của đồng chí chủ trì", "cảm ơn đồng chí chủ trì")
SHORTEST, LONGEST = 450, 1_800  # words, before figures and a model come in


def text_of(code):
    return next((FOLDER / facts["file"]).read_text("utf-8") for facts in described() if facts["code"] == code)


@pytest.fixture
def catalogue(db):
    load_kinds()
    load_catalogue()


def test_there_is_a_template_for_each_pattern():
    assert {facts["pattern"] for facts in described()} == set(SpeechTemplate.Pattern.values)


def test_every_template_is_sound_and_fits_kinds_that_exist(catalogue):
    kinds = set(OrganizationKind.objects.values_list("code", flat=True))

    assert {facts["code"]: (check_text(text_of(facts["code"])), check_title(facts["title"])) for facts in described()} == {
        code: ([], []) for code in CODES
    }
    assert [facts["code"] for facts in described() if not kinds.issuperset(facts["kinds"])] == []


def test_every_kind_that_sends_papers_has_a_template(catalogue):
    load_templates()
    above = ["dang-bo-tinh"]  # holds the conference of its own level

    without = OrganizationKind.objects.filter(speech_templates=None).exclude(code__in=above)

    assert list(without.values_list("code", flat=True)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_template_greets_asks_leave_and_thanks(code):
    lines = [line for line in text_of(code).splitlines() if line]

    assert lines[0] == "[[kính thưa]]"
    assert any(leave in text_of(code) for leave in LEAVE)
    assert lines.count("Kính thưa Hội nghị!") >= 2
    assert "cảm ơn" in lines[-1]


@pytest.mark.parametrize("code", CODES)
def test_a_template_is_spelt_as_the_portal_spells(code):
    assert normalise(text_of(code)) == text_of(code).strip()


@pytest.mark.parametrize("code", CODES)
def test_figures_of_a_body_stand_in_slots_and_never_in_words(code):
    """What is left in the words is the numbers of headings, and the years of the span that is looked back on."""
    words = [piece.content for line in grammar.lines_of(text_of(code)) for piece in line.pieces if isinstance(piece.content, str)]

    digits = {word.strip(".,:;") for piece in words for word in piece.split() if any(letter.isdigit() for letter in word)}

    assert {digit for digit in digits if not digit.startswith("20")} <= {"1", "2", "3", "4", "5", "6", "7", "8", "2.1", "2.2"}


@pytest.mark.parametrize("code", CODES)
def test_a_body_without_any_figure_still_gets_a_whole_speech(code, catalogue, y2024):
    load_templates()
    template = SpeechTemplate.objects.get(code=code)
    body = makers.make_organization(kind=template.kinds.first(), party_name="Đảng bộ xã Mẫu")

    said = plain_text(draft_of(organization=body, period=y2024, template=template).blocks)

    assert SHORTEST < len(said.split()) < LONGEST
    assert not set("{}") & set(said)
    assert "[[" not in said
