"""The page on which a step is confirmed and taken."""

import pytest
from django.urls import reverse

from models_registry.models import Registration
from organizations.review import STEPS, Status
from tests import makers


def url(paper, name):
    return reverse("models_registry:step", args=[paper.pk, name])


@pytest.fixture
def paper(an, cell):
    return makers.make_registration(organization=cell, by=an, situation="Khó.", method="Làm thế này.")


def test_looking_at_a_step_does_nothing(an, paper, signed_in):
    page = signed_in(an).get(url(paper, "submit"))

    assert page.status_code == 200
    assert STEPS["submit"].consequence in page.content.decode()
    assert Registration.objects.get(pk=paper.pk).status == "draft"


def test_an_submits_and_binh_returns_with_a_reason(an, binh, paper, signed_in):
    sent = signed_in(an).post(url(paper, "submit"), {"note": "", "seen_version": 1})
    without = signed_in(binh).post(url(paper, "return"), {"note": "  ", "seen_version": 2})
    returned = signed_in(binh).post(url(paper, "return"), {"note": "Ghi rõ cách làm", "seen_version": 2})

    assert (sent.status_code, sent.url) == (302, paper.get_absolute_url())
    assert (without.status_code, without.context["form"].errors) == (200, {"note": ["Ghi lý do trước khi trả lại."]})
    assert returned.status_code == 302
    paper.refresh_from_db()
    assert (paper.status, paper.return_reason) == ("returned", "Ghi rõ cách làm")


def test_a_page_opened_before_a_change_is_too_late(an, binh, paper, signed_in):
    paper.take("submit", by=an)
    paper.take("return", by=binh, note="Sửa")
    paper.take("submit", by=an)

    late = signed_in(binh).post(url(paper, "approve"), {"seen_version": 2})

    assert late.status_code == 409
    assert "vừa được người khác thay đổi" in late.content.decode()
    assert Registration.objects.get(pk=paper.pk).status == "submitted"


def test_wrong_state_right_place_and_name(an, binh, chi, paper, client, signed_in):
    assert client.post(url(paper, "submit")).status_code == 302
    assert signed_in(an).get(url(paper, "approve")).status_code == 403
    assert signed_in(an).post(url(paper, "approve")).status_code == 403
    assert signed_in(binh).post(url(paper, "approve")).status_code == 409
    assert signed_in(chi).post(url(paper, "submit")).status_code == 404
    assert signed_in(an).get(url(paper, "unheard-of")).status_code == 404
    assert Registration.objects.get(pk=paper.pk).status == "draft"


def test_what_is_missing_is_listed_and_links_to_its_place(an, cell, signed_in):
    empty = makers.make_registration(organization=cell, by=an)

    page = signed_in(an).post(url(empty, "submit"))

    assert page.status_code == 200
    assert "Ghi cách thức thực hiện." in page.content.decode()
    assert Registration.objects.get(pk=empty.pk).status == "draft"


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", STEPS)
def test_each_step_from_each_state_answers_without_failing(name, status, an, binh, cell, signed_in):
    paper = makers.make_registration(organization=cell, by=an, reviewer=binh, status=status, situation="a", method="b")
    person = an if name == "submit" else binh
    may = status in STEPS[name].sources and name != "unlock"

    got = signed_in(person).get(url(paper, name))
    posted = signed_in(person).post(url(paper, name), {"note": "Có lý do"})

    refused = 403 if name == "unlock" and status == "locked" else 409
    assert (got.status_code, posted.status_code) == ((200, 302) if may else (refused, refused))
