"""Cited documents put into a speech: found by number while typing, or named in brackets on a page without JavaScript."""

import datetime as dt

import pytest
from django.urls import reverse

from partyreports.documents import plain_text
from tests import makers

CITATION = "Kế hoạch số 38-KH/ĐU, ngày 05/12/2023 của Đảng ủy xã Mẫu về phát triển đảng viên"


@pytest.fixture
def plan(cell):
    words = {"issuer": "Đảng ủy xã Mẫu", "subject": "phát triển đảng viên", "issued_on": dt.date(2023, 12, 5)}
    return makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", **words)


def found(client, speech, text):
    return [reference.pk for reference in client.get(reverse("speeches:citations", args=[speech.pk]), {"van_ban": text}).context["documents"]]


@pytest.mark.parametrize("text", ["38-", "38-KH", "38 kh", "kế hoạch 38", "phat trien dang vien"])
def test_a_document_is_found_by_number_symbol_or_words(signed_in, an, speech, plan, text):
    assert found(signed_in(an), speech, text) == [plan.pk]


def test_what_is_offered_carries_the_whole_citation(signed_in, an, speech, plan):
    said = signed_in(an).get(reverse("speeches:citations", args=[speech.pk]), {"van_ban": "38"}).content.decode()

    assert f'id="citation-{plan.pk}" aria-selected="true" data-citation="{CITATION}"' in said


def test_documents_out_of_reach_are_not_offered(signed_in, an, speech, plan, other_cell):
    makers.make_reference(organization=other_cell, number=38, symbol="KH/ĐU")

    assert found(signed_in(an), speech, "38") == [plan.pk]


def test_an_empty_box_offers_nothing(signed_in, an, speech, plan):
    assert found(signed_in(an), speech, "  ") == []


@pytest.mark.parametrize(("who", "answer"), [("binh", 403), ("chi", 404)])
def test_only_who_writes_the_speech_is_offered_documents(request, signed_in, speech, who, answer):
    assert signed_in(request.getfixturevalue(who)).get(reverse("speeches:citations", args=[speech.pk]), {"van_ban": "38"}).status_code == answer


@pytest.mark.parametrize("times", [1, 3, 50])
def test_finding_costs_the_same_however_many_there_are(signed_in, an, cell, speech, times, django_assert_num_queries):
    for n in range(times):
        makers.make_reference(organization=cell, number=n, symbol="KH/ĐU", subject="phát triển đảng viên")
    client = signed_in(an)

    with django_assert_num_queries(13):
        assert len(found(client, speech, "phat trien")) == min(times, 20)


def write(client, speech, text):
    return client.post(reverse("speeches:edit", args=[speech.pk]), {"text": text, "format": "lines", "version": speech.version})


def test_a_document_in_brackets_becomes_its_citation(signed_in, an, speech, plan):
    assert write(signed_in(an), speech, "Thực hiện **[[văn bản 38-KH/ĐU]]**, [[văn bản: 38-KH/ĐU]].").status_code == 302

    speech.refresh_from_db()
    assert plain_text(speech.tree) == f"Thực hiện {CITATION}, {CITATION}."


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("99-KH/ĐU", "“99-KH/ĐU” không có trong sổ văn bản viện dẫn: kiểm tra lại số và ký hiệu."),
        ("KH", "“KH” khớp với nhiều văn bản: ghi đủ số và ký hiệu."),
    ],
)
def test_a_document_that_is_not_clear_keeps_the_text_as_it_was_typed(signed_in, an, cell, speech, plan, named, sentence):
    makers.make_reference(organization=cell, number=39, symbol="KH/ĐU")

    response = write(signed_in(an), speech, f"Thực hiện [[văn bản {named}]].")

    assert response.context["bench"].error == sentence
    assert f"Thực hiện [[văn bản {named}]]." in response.content.decode()
