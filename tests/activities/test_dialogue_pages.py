"""Pages of dialogues: lists that filter, search and count; who may write; what a late writer is told."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.models import LogEntry, Right
from partyreports.activities.models import Dialogue, Petition
from tests import makers
from tests.activities.rows import make_dialogue, make_friday_norm, make_subject, make_village, typed


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


@pytest.fixture
def dialogue(cell, y2024):
    return make_dialogue(organization=cell, village=make_village(organization=cell), petitions=[{"count": 2, "state": "open"}])


def test_an_writes_a_meeting_and_goes_on_to_the_next(an, cell, y2024, signed_in):
    client = signed_in(an)

    saved = client.post(url("add_dialogue"), typed(organization=cell.pk))
    another = client.post(url("add_dialogue") + "?tiep=1", typed(organization=cell.pk, held_on="26/04/2024"))

    first, second = Dialogue.objects.order_by("held_on")
    assert (saved.status_code, saved.url) == (302, first.get_absolute_url())
    assert (another.status_code, another.url) == (302, f"{url('add_dialogue')}?to_chuc={cell.pk}")
    assert second.held_on == dt.date(2024, 4, 26)


def test_a_new_form_opens_with_the_only_body_and_its_last_chair(an, cell, y2024, signed_in):
    make_dialogue(organization=cell, chair_post="Chủ tịch UBND xã")
    make_village(organization=cell, name="Thôn Suối Thông")

    page = signed_in(an).get(url("add_dialogue"))

    text = page.content.decode()
    assert page.context["form"].initial["organization"] == cell
    assert 'value="Chủ tịch UBND xã"' in text
    assert '<option value="Thôn Suối Thông">' in text
    assert text.index("autofocus") < text.index('name="place"')


def test_what_does_not_fit_comes_back_with_its_sentence(an, cell, y2024, signed_in):
    page = signed_in(an).post(url("add_dialogue"), typed(organization=cell.pk, opinions="26"))

    assert (page.status_code, Dialogue.objects.count()) == (200, 0)
    assert "Lượt ý kiến (26) không thể nhiều hơn lượt người dự (25)" in page.content.decode()


def test_others_read_and_do_not_write(dialogue, cell, signed_in):
    client = signed_in(makers.make_account(rights=[Right.REVIEW], organization=cell))

    assert client.get(url("dialogue", dialogue.pk)).status_code == 200
    for name, key in (("edit_dialogue", dialogue.pk), ("withdraw_dialogue", dialogue.pk), ("petition", dialogue.petitions.get().pk)):
        assert client.post(url(name, key), {}).status_code == 403
    assert client.post(url("add_dialogue"), typed(organization=cell.pk)).status_code == 403


def test_nothing_of_another_branch_is_there(dialogue, chi, signed_in):
    client = signed_in(chi)

    assert list(client.get(url("dialogues")).context["page"]) == []
    for name, key in (("dialogue", dialogue.pk), ("edit_dialogue", dialogue.pk), ("petition", dialogue.petitions.get().pk)):
        assert client.get(url(name, key)).status_code == 404


def test_a_meeting_is_not_written_for_a_body_beside(an, other_cell, y2024, signed_in):
    page = signed_in(an).post(url("add_dialogue"), typed(organization=other_cell.pk))

    assert (page.status_code, Dialogue.objects.count()) == (200, 0)


def test_a_wrong_row_is_withdrawn_with_a_reason(dialogue, an, signed_in):
    client = signed_in(an)

    assert client.post(url("withdraw_dialogue", dialogue.pk), {"reason": " "}).status_code == 200
    assert client.post(url("withdraw_dialogue", dialogue.pk), {"reason": "Ghi trùng"}).status_code == 302

    assert Dialogue.objects.get().withdrawn_reason == "Ghi trùng"
    assert list(client.get(url("dialogues")).context["page"]) == []
    assert list(client.get(url("dialogues") + "?so=rut").context["page"]) == [dialogue]
    for name in ("edit_dialogue", "withdraw_dialogue"):
        assert client.get(url(name, dialogue.pk)).status_code == 409
    assert client.post(url("petition", dialogue.petitions.get().pk), {"state": "solved", "count": "2"}).status_code == 409


def test_petitions_are_followed_up(dialogue, an, signed_in):
    petition = dialogue.petitions.get()
    client = signed_in(an)

    assert client.post(url("petition", petition.pk), {"state": "solved", "count": "3"}).status_code == 200  # more than there are
    assert client.post(url("petition", petition.pk), {"state": "solved", "count": "1", "answer_number": "12/UBND"}).status_code == 302

    assert sorted(Petition.objects.values_list("state", "count")) == [("open", 1), ("solved", 1)]
    assert LogEntry.objects.about(dialogue).get().act == "cập nhật kiến nghị"


def test_the_log_tells_what_was_changed(dialogue, an, cell, auditor, signed_in):
    lines = {"kien-nghi-TOTAL_FORMS": "4", "kien-nghi-INITIAL_FORMS": "1"}
    petition = dialogue.petitions.get()
    row = {"id": petition.pk, "subject": petition.subject_id, "count": "3", "state": "open", "authority": "commune"}
    blank = {f"kien-nghi-3-{name}": "" for name in ("subject", "count")} | {"kien-nghi-3-state": "open", "kien-nghi-3-authority": "commune"}
    data = typed(organization=cell.pk, place="Thôn 1", people="30", **lines) | {f"kien-nghi-0-{name}": value for name, value in row.items()} | blank
    assert signed_in(an).post(url("edit_dialogue", dialogue.pk), data).status_code == 302

    text = signed_in(auditor).get(reverse("organizations:log")).content.decode()

    assert "Lượt người dân dự" in text and "Đường giao thông: 3 (chưa giải quyết)" in text
    assert Dialogue.objects.get().version == 2


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("", [26, 29]),
        ("?nam=2023", [28]),
        ("?nam=", [26, 28, 29]),
        ("?loai=thematic", [26]),
        ("?cap=cell", [26]),
        ("?kien_nghi=con", [29]),
        ("?q=quang+hoa", [29]),
        ("?q=uy+ban+khong+co", []),
        ("?to_chuc=xa+ben", []),
        ("?thon=999999", [26, 29]),
        ("?nam=abc&loai=x", [26, 28, 29]),
    ],
)
def test_the_list_is_narrowed(query, days, cell, other_cell, binh, y2024, signed_in):
    village = make_village(organization=cell, name="Thôn Quảng Hòa")
    make_dialogue(organization=cell, village=village, petitions=[{"count": 1, "state": "open"}])
    make_dialogue(organization=cell, held_on=dt.date(2024, 1, 26), kind="thematic", level="cell", petitions=[{"count": 1, "state": "solved"}])
    make_dialogue(organization=cell, held_on=dt.date(2023, 4, 28))

    page = signed_in(binh).get(url("dialogues") + query).context["page"]

    assert sorted(dialogue.held_on.day for dialogue in page) == days


def test_the_village_is_offered_once_the_branch_is_chosen(dialogue, cell, binh, signed_in):
    client = signed_in(binh)
    other = make_village(organization=cell, name="Thôn 2")

    assert "thon" not in client.get(url("dialogues")).context["form"].fields
    chosen = client.get(f"{url('dialogues')}?to_chuc={cell.pk}&thon={other.pk}")

    assert [words for _, words in chosen.context["form"].fields["thon"].widget.choices] == ["Tất cả", "Thôn 1", "Thôn 2"]
    assert list(chosen.context["page"]) == []


def test_the_line_of_counts_is_that_of_the_list(dialogue, cell, an, signed_in):
    make_dialogue(organization=cell, held_on=dt.date(2024, 4, 26), qualifier="over", kind="thematic")
    client = signed_in(an)

    assert client.get(url("dialogues")).context["totals"].participants == 50
    text = client.get(url("dialogues") + "?loai=thematic").content.decode()

    assert "<strong>hơn 25</strong> lượt người dự" in text
    assert "<strong>01</strong> cuộc" in text


@pytest.mark.parametrize("n", [1, 3, 50])
def test_the_list_asks_as_often_whatever_its_length(n, cell, an, y2024, signed_in, django_assert_num_queries):
    for day in range(n):
        make_dialogue(organization=cell, held_on=dt.date(2024, 1, 1) + dt.timedelta(days=day), petitions=[{"count": 1, "state": "open"}])
    client = signed_in(an)

    with django_assert_num_queries(14):
        assert len(client.get(url("dialogues")).context["page"]) == n


@pytest.mark.parametrize("n", [1, 3, 50])
def test_the_page_of_one_asks_as_often_whatever_its_petitions(n, cell, an, y2024, signed_in, django_assert_num_queries):
    dialogue = make_dialogue(organization=cell, petitions=[{"count": 1, "state": "open"}] * n)
    client = signed_in(an)

    with django_assert_num_queries(18):
        client.get(dialogue.get_absolute_url())


def test_a_meeting_written_from_its_planned_day_is_linked_to_it(cell, an, y2024, signed_in):
    norm = make_friday_norm(organization=cell)
    plan = norm.planned.create(organization=cell, planned_on=dt.date(2024, 3, 29), village=make_village(organization=cell))
    client = signed_in(an)

    page = client.get(f"{url('add_dialogue')}?lich={plan.pk}")
    assert page.context["form"].initial | {"organization": None} == {
        "organization": None, "chair_post": "", "held_on": dt.date(2024, 3, 29), "place": "Thôn 1", "level": "",
    }  # fmt: skip
    client.post(f"{url('add_dialogue')}?lich={plan.pk}", typed(organization=cell.pk, place="Thôn 1"))

    plan.refresh_from_db()
    assert plan.dialogue == Dialogue.objects.get()
    plan.dialogue.withdraw(by=an, reason="Ghi nhầm")
    plan.refresh_from_db()
    assert plan.dialogue is None


def test_the_list_of_subjects_is_kept_by_who_manages_the_whole_tree(district, an, manager, signed_in):
    client = signed_in(manager)
    assert client.post(url("add_subject"), {"name": "Đường giao thông", "order": "10", "is_used": "on"}).status_code == 302
    subject = make_subject()
    assert client.post(url("add_subject"), {"name": "Đường giao thông", "order": "20"}).status_code == 200
    assert client.post(url("subject", subject.pk), {"name": "Giao thông", "order": "10"}).status_code == 302

    subject.refresh_from_db()
    assert (subject.name, subject.is_used) == ("Giao thông", False)
    assert [entry.action for entry in LogEntry.objects.about(subject)] == ["add", "change"]
    assert signed_in(an).get(url("subjects")).status_code == 200
    assert signed_in(an).post(url("subject", subject.pk), {}).status_code == 403
