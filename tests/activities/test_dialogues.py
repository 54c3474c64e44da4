"""Dialogues: what the form takes and asks, how petitions are followed up, what is counted."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from organizations.models import LogEntry
from partyreports.activities.dialogues import Totals, combined, level_of, totals
from partyreports.activities.forms.dialogues import DialogueForm
from partyreports.activities.models import Dialogue, Petition
from partyreports.activities.models.events import EventChanged
from partyreports.activities.persons import person_addressed, person_named
from tests import makers
from tests.activities.rows import make_dialogue, make_friday_norm, make_subject, make_village, typed


def form_of(user, instance=None, initial=None, **fields):
    form = DialogueForm(user, typed(**fields), initial=initial, **({"instance": instance} if instance else {}))
    form.is_valid()
    return form


def test_a_place_that_is_a_village_becomes_the_village(an, cell):
    village = make_village(organization=cell, name="Thôn Quảng Hòa")

    form = form_of(an, organization=cell.pk, place="thon quang hoà")
    assert (form.errors, form.is_answered) == ({}, True)
    dialogue = form.save()

    assert (dialogue.village, dialogue.place, dialogue.where) == (village, "", "Thôn Quảng Hòa")
    assert (dialogue.level, dialogue.participants, dialogue.version) == ("commune", 25, 1)
    entry = LogEntry.objects.about(dialogue).get()
    assert (entry.action, entry.after["place"], entry.after["people"]) == ("add", "Thôn Quảng Hòa", "20")


def test_a_chi_bo_meets_in_a_village_of_the_committee_above(an, cell):
    hamlet = makers.make_organization(parent=cell, kind=makers.make_kind(code="chi-bo-nong-thon"))
    village = make_village(organization=cell)

    dialogue = form_of(an, organization=hamlet.pk, place="Thôn 1").save()

    assert (dialogue.village, dialogue.level) == (village, "cell")


def test_numbers_are_read_as_vietnamese_writes_them(an, cell):
    assert form_of(an, organization=cell.pk, people="1.981", opinions="12").save().people == 1981
    assert "people" in form_of(an, organization=cell.pk, people="1.5").errors
    assert "people" in form_of(an, organization=cell.pk, people="-3").errors


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"held_on": "29/03/2099"}, "held_on"),
        ({"held_on": "29/03/1999"}, "held_on"),  # before the body began
        ({"held_on": "32/03/2024"}, "held_on"),
        ({"opinions": "26"}, "opinions"),
        ({"minutes_on": "28/03/2024"}, "minutes_on"),
        ({"chair_post": ""}, "chair_post"),
        ({"chair_post": "Nguyễn Văn Thử"}, "chair_post"),
        ({"kind": ""}, "kind"),
    ],
)
def test_the_form_refuses(an, cell, fields, field):
    assert list(form_of(an, organization=cell.pk, **fields).errors) == [field]


def test_a_body_that_has_ended_held_nothing_after(an, cell):
    cell.end(on=dt.date(2024, 3, 1))

    assert list(form_of(an, organization=cell.pk).errors) == ["held_on"]
    assert form_of(an, organization=cell.pk, held_on="28/02/2024").errors == {}


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"chair_post": "Bí thư Nguyễn Văn Thử"}, "Nguyễn Văn Thử"),
        ({"people": "900", "opinions": "60"}, "60 lượt ý kiến"),
        ({"people": "0", "officials": "0", "opinions": "0"}, "Chưa nhập lượt người dự"),
        ({"place": "Thôn Không Có"}, "không có trong danh sách thôn"),
        ({"place": "Thôn 1", "held_on": "26/01/2024"}, "đã có một cuộc đối thoại"),
        ({"held_on": "28/03/2024"}, "ngày 28/3 là thứ năm"),
    ],
)
def test_the_form_asks_about(an, cell, fields, asked):
    make_dialogue(organization=cell, village=make_village(organization=cell), held_on=dt.date(2024, 1, 26))
    make_friday_norm(organization=cell)

    form = form_of(an, organization=cell.pk, **fields)

    assert (form.errors, form.is_answered, len(form.asked)) == ({}, False, 1)
    assert asked in form.asked[0]


def test_the_chair_of_one_body_is_not_taken_over_for_another_unseen(an, district, cell):
    opened = {"organization": district, "chair_post": "Bí thư Huyện ủy"}

    forgotten = form_of(an, initial=opened, organization=cell.pk, chair_post="Bí thư Huyện ủy")
    corrected = form_of(an, initial=opened, organization=cell.pk, chair_post="Bí thư Đảng ủy")

    assert not forgotten.is_answered
    assert forgotten.asked[0].startswith("“Bí thư Huyện ủy” là chức vụ gợi ý cho ")
    assert (corrected.errors, corrected.is_answered) == ({}, True)


def test_a_question_answered_lets_it_through(an, cell):
    fields = {"organization": cell.pk, "chair_post": "Bí thư Nguyễn Văn Thử"}
    form = form_of(an, **fields)
    assert not form.is_answered

    again = form_of(an, **fields, confirmed=form.answer)

    assert again.is_answered


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("đồng chí Touneh Ma", "Touneh Ma"),
        ("nha ong Tu", "Tu"),
        ("nha van hoa thon", ""),
        ("Bí thư Đảng ủy xã", ""),
        ("đồng chí Bí thư Đảng ủy", ""),
        ("Hội trường thôn Lê Lợi", ""),
        ("UBND huyện Đơn Dương", ""),
        ("học tập Hồ Chí Minh", ""),
    ],
)
def test_a_name_is_told_from_a_post(text, name):
    assert person_named(text) == name


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("nhà ông Nguyễn Văn A", "ông Nguyễn Văn A"),
        ("Bà Trần Thị Bê, thôn 3", "Bà Trần Thị Bê"),
        ("nhà bà Lan", "bà Lan"),
        ("đồng chí Touneh Ma", "đồng chí Touneh Ma"),
        ("đ/c Hùng", "đ/c Hùng"),
        ("chị Chi", "chị Chi"),
        ("đồng chí Bí thư Đảng ủy", ""),
        ("các đồng chí Ủy viên Ban Thường vụ", ""),
        ("hội trường đường Bà Triệu", ""),
        ("Bà Rịa – Vũng Tàu", ""),
        ("câu lạc bộ trẻ em Lạc Xuân", ""),
        ("anh chị em Chu Ru", ""),
        ("Nguyễn Thị Hoa", ""),
        ("thôn Lạc Xuân 2", ""),
        ("tư tưởng, đạo đức của đồng chí Hồ Chí Minh", ""),
    ],
)
def test_whoever_is_addressed_by_name_is_told_from_a_place(text, person):
    assert person_addressed(text) == person


def test_a_name_behind_a_title_is_refused_with_what_to_write_instead(an, cell):
    subject = make_subject()
    lines = {"kien-nghi-0-subject": subject.pk, "kien-nghi-0-count": "1", "kien-nghi-0-owner": "ông Lê Văn C", "kien-nghi-0-state": "under_way"}

    form = form_of(an, organization=cell.pk, place="nhà ông Nguyễn Văn A", chair_post="đồng chí Trần Văn B", **lines)

    assert not form.is_valid()
    assert form.errors == {
        "place": ["“ông Nguyễn Văn A” là tên người, sổ này không ghi tên người: ghi nơi chốn, ví dụ “nhà văn hóa thôn”."],
        "chair_post": ["“đồng chí Trần Văn B” là tên người, sổ này không ghi tên người: ghi chức vụ, ví dụ “Bí thư Đảng ủy”."],
    }
    assert form.rows.forms[0].errors == {"owner": ["“ông Lê Văn C” là tên người, sổ này không ghi tên người: ghi tên cơ quan, ví dụ “UBND xã”."]}


def test_petitions_are_written_with_the_meeting(an, cell):
    subject = make_subject()
    lines = {"kien-nghi-0-subject": subject.pk, "kien-nghi-0-count": "3", "kien-nghi-0-owner": "UBND xã", "kien-nghi-0-state": "under_way"}

    dialogue = form_of(an, organization=cell.pk, **lines).save()

    assert list(dialogue.petitions.values_list("subject", "count", "state", "owner")) == [(subject.pk, 3, "under_way", "UBND xã")]
    assert LogEntry.objects.about(dialogue).get().after["petitions"] == "Đường giao thông: 3 (đang giải quyết)"


def test_a_line_of_petitions_without_a_number_is_refused(an, cell):
    form = form_of(an, organization=cell.pk, **{"kien-nghi-0-subject": make_subject().pk})

    assert not form.is_valid()
    assert "count" in form.rows[0].errors


def test_a_form_without_lines_of_petitions_leaves_them(an, cell):
    dialogue = make_dialogue(organization=cell, petitions=[{"count": 2}])
    data = {name: value for name, value in typed(organization=cell.pk, opinions="7").items() if not name.startswith("kien-nghi")}

    form = DialogueForm(an, data, instance=dialogue)
    assert form.is_valid() and form.is_answered
    form.save()

    assert (dialogue.petitions.get().count, Dialogue.objects.get().opinions) == (2, 7)


def test_what_somebody_else_wrote_meanwhile_is_shown_beside(an, cell):
    dialogue = make_dialogue(organization=cell)
    seen = DialogueForm(an, instance=Dialogue.objects.get()).seen
    form_of(an, instance=Dialogue.objects.get(), organization=cell.pk, people="30").save()

    late = form_of(an, instance=Dialogue.objects.get(), organization=cell.pk, people="40", seen=seen)

    assert not late.is_answered
    assert late.asked[1:] == ["Lượt người dân dự: đang lưu “30”, đồng chí nhập “40”."]
    assert Dialogue.objects.get(pk=dialogue.pk).version == 2


def test_of_two_writers_at_once_one_wins(an, cell):
    make_dialogue(organization=cell)
    first, second = (form_of(an, instance=Dialogue.objects.get(), organization=cell.pk, people=people) for people in ("30", "40"))
    first.save()

    with pytest.raises(EventChanged):
        second.save()

    assert Dialogue.objects.get().people == 30


def test_a_withdrawn_dialogue_counts_no_more(an, cell):
    dialogue = make_dialogue(organization=cell)
    make_dialogue(organization=cell, held_on=dt.date(2024, 4, 26))

    dialogue.withdraw(by=an, reason="Ghi trùng")

    assert Dialogue.objects.counted().count() == 1
    assert LogEntry.objects.about(dialogue).get().note == "Ghi trùng"
    with pytest.raises(EventChanged):
        dialogue.withdraw(by=an, reason="Ghi trùng")


def test_the_constraints_hold(cell):
    for wrong in ({"opinions": 99}, {"withdrawn_reason": "Không có ngày"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_dialogue(organization=cell, **wrong)


def test_some_petitions_are_solved_before_the_others(an, cell):
    dialogue = make_dialogue(organization=cell, petitions=[{"count": 5, "state": "open"}])
    petition = dialogue.petitions.get()

    petition.follow_up(by=an, count=2, state=Petition.State.SOLVED, owner="UBND xã", answer_number="15/UBND")

    assert list(dialogue.petitions.order_by("state").values_list("state", "count", "answer_number")) == [("open", 3, ""), ("solved", 2, "15/UBND")]
    entry = LogEntry.objects.about(dialogue).get()
    assert (entry.action, entry.before["count"], entry.after["state"]) == ("follow_up", 5, "đã giải quyết")


def test_totals_add_up_with_their_word(cell, y2024):
    make_dialogue(organization=cell, qualifier="over", petitions=[{"count": 3, "state": "solved"}, {"count": 2, "state": "open"}])
    make_dialogue(organization=cell, held_on=dt.date(2024, 4, 26), petitions=[{"count": 1, "state": "under_way"}])
    make_dialogue(organization=cell, held_on=dt.date(2024, 8, 16), kind="merger", people=500)
    make_dialogue(organization=cell, held_on=dt.date(2023, 4, 28))

    found = totals(Dialogue.objects.counted().in_span(y2024.starts_on, y2024.ends_on))

    assert found == Totals(sessions=2, people=40, officials=10, opinions=10, qualifier="over", solved=3, under_way=1, unsolved=2)
    assert (found.participants, found.petitions) == (50, 6)
    assert ("lượt người dự", "hơn 50") in found.parts


@pytest.mark.parametrize(
    ("words", "word"), [([], ""), (["", ""], ""), (["over", ""], "over"), (["over", "over"], "over"), (["over", "about"], "about")]
)
def test_the_word_of_a_sum(words, word):
    assert combined(words) == word


def test_totals_ask_the_same_number_of_queries(cell, django_assert_num_queries):
    for n in (1, 2, 47):
        for day in range(n):
            make_dialogue(organization=cell, held_on=dt.date(2024, 1, 1) + dt.timedelta(days=day))
        with django_assert_num_queries(2):
            totals(Dialogue.objects.all())


def test_the_level_follows_the_kind_of_body(district, cell):
    assert (level_of(district), level_of(cell)) == ("district", "commune")
    assert level_of(makers.make_organization(parent=cell, kind=makers.make_kind(code="chi-bo-truong-hoc"))) == "cell"
