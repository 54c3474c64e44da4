"""The petitions of dialogues in Excel: each belongs to a meeting, named by its number or by body, day and place."""

import pytest

from organizations.models import LogEntry
from partyreports.activities.forms.dialogues import DialogueForm
from partyreports.activities.forms.petition_sheet import PetitionSheetForm
from partyreports.activities.models import Petition
from tests.activities.rows import make_dialogue, make_subject
from tests.exchanging import export, import_file, sheet_of

LINE = {"Tổ chức chủ trì": "Đảng ủy xã Mẫu", "Ngày tổ chức": "29/03/2024", "Lĩnh vực": "Điện", "Số kiến nghị": 3, "Tình trạng": "đang giải quyết"}


def bring_in(by, *lines):
    return import_file("kien-nghi", by=by, content=sheet_of("kien-nghi", by=by, lines=lines), confirm=True)


@pytest.fixture
def meeting(cell):
    make_subject(name="Điện")
    return make_dialogue(organization=cell, place="Hội trường xã", petitions=[{"count": 2, "owner": "Ủy ban nhân dân xã"}])


def test_what_is_exported_comes_back_unchanged(an, meeting):
    outcome = import_file("kien-nghi", by=an, content=export("kien-nghi", by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 1)


@pytest.mark.parametrize("named", ["by code", "by day", "by place"])
def test_new_lines_become_petitions_of_their_meeting_once(named, an, meeting):
    line = dict(LINE)
    if named == "by code":
        line = {title: value for title, value in line.items() if title not in ("Tổ chức chủ trì", "Ngày tổ chức")} | {"Mã cuộc đối thoại": meeting.pk}
    elif named == "by place":
        line |= {"Thôn, địa điểm": "hoi truong xa"}

    first, again = (bring_in(an, line, line | {"Lĩnh vực": "Đường giao thông", "Số kiến nghị": 1}) for _ in range(2))

    assert (first.state, again.changes, again.unchanged) == ("done", [], 2)
    assert list(meeting.petitions.order_by("pk").values_list("subject__name", "count", "state", "authority")) == [
        ("Đường giao thông", 2, "open", "commune"),
        ("Điện", 3, "under_way", "commune"),
        ("Đường giao thông", 1, "under_way", "commune"),
    ]
    meeting.refresh_from_db()
    assert (meeting.version, LogEntry.objects.about(meeting).count()) == (3, 2)


def test_the_page_of_a_meeting_leaves_the_form_of_a_line_as_it_is(an, meeting):
    DialogueForm(an, instance=meeting)

    assert "dialogue" not in PetitionSheetForm(an).Meta.fields


def test_a_line_with_its_code_follows_a_petition_up(an, meeting):
    petition = meeting.petitions.get()
    line = LINE | {"Mã": petition.pk, "Lĩnh vực": "Đường giao thông", "Số kiến nghị": 2, "Số văn bản trả lời": "45/UBND-VP"}

    assert bring_in(an, line | {"Tình trạng": "đã giải quyết"}).state == "done"

    petition.refresh_from_db()
    assert (petition.state, petition.answer_number, petition.owner) == ("solved", "45/UBND-VP", "")


def test_a_meeting_that_is_not_told_is_asked_for(an, cell, other_cell, meeting):
    make_dialogue(organization=cell, place="Thôn 2")
    foreign = make_dialogue(organization=other_cell)
    blank = {title: value for title, value in LINE.items() if title not in ("Tổ chức chủ trì", "Ngày tổ chức")}
    none = "Không có cuộc đối thoại nào như dòng này ghi: kiểm tra mã, tổ chức, ngày và địa điểm."

    outcome = bring_in(
        an,
        LINE,
        LINE | {"Ngày tổ chức": "30/03/2024"},
        blank,
        blank | {"Mã cuộc đối thoại": foreign.pk},
        LINE | {"Mã cuộc đối thoại": meeting.pk, "Ngày tổ chức": "30/03/2024"},
    )

    assert [(error["row"], error["title"], error["sentence"]) for error in outcome.errors] == [
        (2, "Ngày tổ chức", "Ngày 29/03/2024 có 02 cuộc đối thoại: ghi mã hoặc địa điểm của cuộc này."),
        (3, "Ngày tổ chức", none),
        (4, "Mã cuộc đối thoại", "Ghi mã cuộc đối thoại, hoặc ghi tổ chức chủ trì và ngày tổ chức."),
        (5, "Mã cuộc đối thoại", none),
        (6, "Mã cuộc đối thoại", none),
    ]
    assert Petition.objects.count() == 1
