"""Official titles of models in a speech: doubts on its page, and one press that puts them right."""

import pytest
from django.urls import reverse

from organizations.models import LogEntry
from organizations.review import Status
from partyreports.documents import Figure, Paragraph, Text, blocks_to_json, plain_text
from partyreports.speeches.models import Speech
from partyreports.speeches.titles import title_doubts, with_official_titles
from tests import makers

TITLE = "Ngày thứ sáu cuối tháng về với khu dân cư – lắng nghe dân nói"
DRIFTED = "Ngày thứ sáu cuối tháng về khu dân cư – lắng nghe dân nói"


@pytest.fixture
def model(cell, y2024):
    return makers.make_registration(organization=cell, title=TITLE, periods=[y2024], status=Status.APPROVED)


@pytest.fixture
def misnamed(cell, y2024, model):
    """A draft whose title and first paragraph say the same wrong name, the paragraph in two looks."""
    words = (Text("Mô hình “Ngày thứ sáu cuối tháng ", bold=True), Text("về khu dân cư – lắng nghe dân nói” được duy trì."))
    blocks = blocks_to_json([Paragraph(words), Paragraph((Text("Nhờ mô hình “Thứ sáu cuối tháng”, dân tin tưởng."),))])
    return makers.make_speech(organization=cell, period=y2024, registration=model, title=f"Mô hình “{DRIFTED}”", blocks=blocks)


def correct(client, speech, **posted):
    return client.post(reverse("speeches:correct_titles", args=[speech.pk]), {"version": speech.version, **posted})


def test_each_wrong_name_is_told_once_with_its_places(misnamed):
    assert [(doubt.written, doubt.times, doubt.where == "title", doubt.official) for doubt in title_doubts(misnamed)] == [
        (DRIFTED, 2, True, TITLE),
        ("Thứ sáu cuối tháng", 1, False, TITLE),
    ]
    assert title_doubts(misnamed)[0].sentence == f"Tên mô hình “{DRIFTED}” chưa đúng tên chính thức (thiếu “với”)."


def test_wrong_names_are_warnings_before_the_speech_is_sent_up(misnamed):
    told = [problem for problem in misnamed.problems() if "chưa đúng tên chính thức" in problem.sentence]

    assert [problem.severity for problem in told] == ["warning", "warning"]


def test_the_page_leads_to_the_place_and_offers_the_official_title(signed_in, an, misnamed):
    said = signed_in(an).get(reverse("speeches:show", args=[misnamed.pk])).content.decode()
    short = title_doubts(misnamed)[1].id

    assert f'<a href="#cell-{short}">' in said
    assert f'<span class="title-doubt" id="cell-{short}">Thứ sáu cuối tháng</span>' in said
    assert said.count("Sửa theo tên chính thức<") == 2
    assert "Sửa tất cả 2 cách ghi theo tên chính thức" in said


def test_one_press_corrects_one_name_in_every_place(signed_in, an, misnamed):
    first, second = title_doubts(misnamed)

    response = correct(signed_in(an), misnamed, title=first.id)

    misnamed.refresh_from_db()
    assert response.url == misnamed.get_absolute_url()
    assert misnamed.title == f"Mô hình “{TITLE}”"
    assert misnamed.tree[0].inlines == (Text(f"Mô hình “{TITLE}", bold=True), Text("” được duy trì."))
    assert [doubt.id for doubt in title_doubts(misnamed)] == [second.id]
    assert [entry.actor_pk for entry in LogEntry.objects.about(misnamed).filter(action="edit_speech")] == [an.pk]


def test_one_press_corrects_all(signed_in, an, misnamed):
    correct(signed_in(an), misnamed)

    misnamed.refresh_from_db()
    assert title_doubts(misnamed) == []
    assert plain_text(misnamed.tree) == f"Mô hình “{TITLE}” được duy trì.\nNhờ mô hình “{TITLE}”, dân tin tưởng."


def test_what_is_asked_for_in_vain_changes_nothing(signed_in, an, misnamed):
    response = correct(signed_in(an), misnamed, title="khong-co")

    assert (response.status_code, Speech.objects.get(pk=misnamed.pk).version) == (302, misnamed.version)


def test_a_late_press_overwrites_nobody(signed_in, an, misnamed):
    Speech.objects.filter(pk=misnamed.pk).update(version=misnamed.version + 1)

    assert correct(signed_in(an), misnamed).status_code == 409
    assert Speech.objects.get(pk=misnamed.pk).title == misnamed.title


@pytest.mark.parametrize(("who", "answer"), [("binh", 403), ("chi", 404)])
def test_only_who_writes_the_speech_corrects_it(request, signed_in, misnamed, who, answer):
    assert correct(signed_in(request.getfixturevalue(who)), misnamed).status_code == answer


def test_what_was_sent_up_is_told_and_not_corrected(signed_in, an, misnamed):
    Speech.objects.filter(pk=misnamed.pk).update(status=Status.SUBMITTED, submitted_by=an, submitted_at=misnamed.created_at)
    client = signed_in(an)

    assert "Sửa theo tên chính thức<" not in client.get(misnamed.get_absolute_url()).content.decode()
    assert correct(client, misnamed).status_code == 409


def test_a_figure_within_a_name_is_not_written_over(cell, y2024, model):
    words = (Text("Mô hình “Ngày thứ "), Figure("06", "x@2024#1"), Text(" cuối tháng về với khu dân cư – lắng nghe dân nói”."))
    speech = makers.make_speech(organization=cell, period=y2024, blocks=blocks_to_json([Paragraph(words)]))

    assert [doubt.can_be_corrected for doubt in title_doubts(speech)] == [False]
    assert with_official_titles(speech) == (speech.title, speech.tree, 0)


def test_titles_of_bodies_below_are_known_by_what_is_quoted(district, other_cell, y2024):
    makers.make_registration(organization=other_cell, title=TITLE, periods=[y2024], status=Status.APPROVED)
    makers.make_registration(organization=other_cell, title="Dân quân nắm hộ dân", periods=[y2024])
    words = Text(f"Xã bên có mô hình “{DRIFTED}” và mô hình “Dân quân nắm hộ dan”.")
    speech = makers.make_speech(organization=district, period=y2024, blocks=blocks_to_json([Paragraph((words,))]))

    assert [(doubt.written, doubt.official) for doubt in title_doubts(speech)] == [(DRIFTED, TITLE)]


@pytest.mark.parametrize("times", [1, 3, 50])
def test_looking_for_names_costs_the_same_however_many_there_are(cell, y2024, model, times, django_assert_num_queries):
    blocks = [Paragraph((Text(f"Câu {n}: mô hình “{DRIFTED}” và mô hình “Tên {n} gì đó khác”."),)) for n in range(times)]
    speech = makers.make_speech(organization=cell, period=y2024, blocks=blocks_to_json(blocks))

    with django_assert_num_queries(5):
        assert [doubt.times for doubt in title_doubts(speech)] == [times]
