"""Norms: the days they plan, the villages in turn, the quarters kept or missed, and their pages."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from organizations.models import LogEntry, Right
from partyreports.activities.models import DialogueNorm, PlannedDialogue, Village
from partyreports.activities.norms import coverage, keeping, planned_days, tally, weekday_of_month, with_states
from partyreports.activities.plans import plan_year
from tests import makers
from tests.activities.rows import make_dialogue, make_friday_norm, make_norm, make_village, typed

TODAY = dt.date(2024, 11, 15)
ALL_YEAR = {"since": dt.date(2024, 1, 1), "until": dt.date(2024, 12, 31)}


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


@pytest.mark.parametrize(
    ("month", "weekday", "nth", "day"), [(2, 5, -1, 23), (3, 5, -1, 29), (8, 5, -1, 30), (9, 1, 1, 2), (9, 7, 4, 22), (6, 6, -1, 29), (2, 4, 1, 1)]
)
def test_weekdays_of_a_month(month, weekday, nth, day):
    assert weekday_of_month(2024, month, weekday, nth) == dt.date(2024, month, day)


def test_a_norm_plans_within_its_time(cell):
    norm = make_friday_norm(organization=cell, valid_from=dt.date(2024, 3, 29), valid_to=dt.date(2024, 5, 31))

    assert planned_days(norm, 2024) == [dt.date(2024, 3, 29), dt.date(2024, 4, 26)]
    assert planned_days(norm, 2023) == []


def test_a_norm_of_quarters_or_months_has_a_day_proposed_in_each(cell):
    quarters = make_norm(organization=cell, valid_from=dt.date(2024, 2, 1))
    months = make_norm(organization=cell, cadence="monthly", valid_to=dt.date(2024, 3, 1))

    assert planned_days(quarters, 2024) == [dt.date(2024, 5, 31), dt.date(2024, 8, 30), dt.date(2024, 11, 29)]
    assert planned_days(months, 2024) == [dt.date(2024, 1, 26), dt.date(2024, 2, 23)]


def test_quarters_are_planned_once_for_every_body_with_villages_in_turn(district, cell, other_cell, binh):
    for name in ("Thôn 1", "Thôn 2"):
        make_village(organization=cell, name=name)
    norm = make_norm(organization=district, kinds=[cell.version().kind], rotates=True)
    assert norm.rule == "ít nhất mỗi quý một lần, xoay vòng các thôn"

    assert plan_year(norm, 2024, by=binh) == 12

    norm.planned.filter(organization=cell, planned_on__month=5).update(planned_on=dt.date(2024, 4, 5))
    assert plan_year(norm, 2024, by=binh) == 0
    assert list(norm.planned.filter(organization=cell).values_list("planned_on__month", "village__name")) == [
        (2, "Thôn 1"),
        (4, "Thôn 2"),
        (8, "Thôn 1"),
        (11, "Thôn 2"),
    ]


def test_a_quarter_is_held_by_its_first_dialogue_on_whatever_day(cell, an):
    norm = make_norm(organization=cell)
    plan_year(norm, 2024, by=an)
    held = make_dialogue(organization=cell, held_on=dt.date(2024, 1, 5))
    make_dialogue(organization=cell, held_on=dt.date(2024, 3, 8))
    make_dialogue(organization=cell, held_on=dt.date(2024, 5, 31), kind="merger")
    norm.planned.filter(planned_on__month=8).update(note="Tập trung chống lũ")

    found = with_states(norm.planned.select_related("norm"), today=TODAY)

    assert [(plan.state, plan.held, plan.suggested) for plan in found] == [
        ("held", held, []),
        ("overdue", None, []),
        ("postponed", None, []),
        ("ahead", None, []),
    ]
    assert tally(norm.planned.all(), today=TODAY) == {"held": 1, "ahead": 1, "overdue": 1, "postponed": 1}


def test_villages_take_turns_from_the_last_one_on(cell, an):
    villages = [make_village(organization=cell, name=f"Thôn {n}") for n in range(1, 4)]
    make_village(organization=cell, name="Thôn Cũ", ended_on=dt.date(2020, 1, 1))
    make_dialogue(organization=cell, held_on=dt.date(2023, 12, 29), village=villages[0])
    norm = make_friday_norm(organization=cell)

    assert plan_year(norm, 2024, by=an) == 12

    names = list(PlannedDialogue.objects.values_list("village__name", flat=True))
    assert names[:4] == ["Thôn 2", "Thôn 3", "Thôn 1", "Thôn 2"]
    assert (LogEntry.objects.about(norm).get().action, LogEntry.objects.about(norm).get().after) == ("plan_year", {"year": 2024, "days": 12})
    assert plan_year(norm, 2025, by=an) == 12
    assert PlannedDialogue.objects.filter(planned_on__year=2025).first().village.name == "Thôn 2"


def test_planning_a_year_again_changes_nothing(cell, an):
    norm = make_friday_norm(organization=cell)
    plan_year(norm, 2024, by=an)
    PlannedDialogue.objects.filter(planned_on=dt.date(2024, 3, 29)).update(planned_on=dt.date(2024, 3, 22))
    PlannedDialogue.objects.filter(planned_on__month=5).delete()

    assert plan_year(norm, 2024, by=an) == 1
    assert plan_year(norm, 2024, by=an) == 0
    assert PlannedDialogue.objects.count() == 12


def test_a_norm_of_kinds_lies_on_the_bodies_below(district, cell, other_cell, an):
    norm = make_norm(organization=district, kinds=[cell.version().kind])
    make_dialogue(organization=cell, held_on=dt.date(2024, 2, 23))

    found = keeping(norm, 2024, today=TODAY)

    assert [(row.name, row.held) for row in found] == [("Huyện ủy Đơn Dương", 0), ("Đảng ủy xã Bên", 0), ("Đảng ủy xã Mẫu", 1)]


def test_quarters_are_kept_missed_or_still_run(cell):
    norm = make_norm(organization=cell, valid_from=dt.date(2024, 2, 1))
    make_dialogue(organization=cell, held_on=dt.date(2024, 5, 31))
    make_dialogue(organization=cell, held_on=dt.date(2024, 8, 16), kind="merger")

    (row,) = keeping(norm, 2024, today=TODAY)

    assert [stretch.state for stretch in row.stretches] == ["unasked", "kept", "missed", "running"]
    assert row.sentences == [
        "Quý III chưa có cuộc nào, quý kết thúc ngày 30/9.",
        "Quý IV chưa có cuộc nào, quý kết thúc ngày 31/12.",
    ]
    assert not row.is_kept
    assert [stretch.state for stretch in keeping(norm, 2025, today=TODAY)[0].stretches] == ["ahead"] * 4


def test_a_withdrawn_dialogue_keeps_no_quarter(cell, an):
    norm = make_norm(organization=cell)
    make_dialogue(organization=cell, held_on=dt.date(2024, 2, 23)).withdraw(by=an, reason="Ghi nhầm")

    assert keeping(norm, 2024, today=TODAY)[0].missed[0].label == "Quý I"


def test_every_planned_day_is_held_ahead_overdue_or_put_off(cell, an):
    norm = make_friday_norm(organization=cell)
    plan_year(norm, 2024, by=an)
    plans = {plan.planned_on.month: plan for plan in norm.planned.all()}
    plans[1].link(make_dialogue(organization=cell, held_on=dt.date(2024, 1, 26)))
    PlannedDialogue.objects.filter(pk=plans[2].pk).update(note="Trùng dịp Tết")
    near, far = make_dialogue(organization=cell, held_on=dt.date(2024, 3, 25)), make_dialogue(organization=cell, held_on=dt.date(2024, 4, 10))

    found = {plan.planned_on.month: plan for plan in with_states(norm.planned.all(), today=TODAY)}

    assert [found[month].state for month in (1, 2, 3, 11)] == ["held", "postponed", "overdue", "ahead"]
    assert (found[3].suggested, found[4].suggested, far.pk > near.pk) == ([near], [], True)
    assert tally(norm.planned.all(), today=TODAY) == {"held": 1, "ahead": 2, "overdue": 8, "postponed": 1}


def test_coverage_tells_villages_and_rounds(cell):
    one, two, three = (make_village(organization=cell, name=f"Thôn {n}") for n in (1, 2, 3))
    for month, village in ((1, one), (2, two), (3, one)):
        make_dialogue(organization=cell, held_on=dt.date(2024, month, 26), village=village)

    found = coverage(cell, **ALL_YEAR)
    assert (found.sessions, found.covered, found.total, found.rounds, found.without) == (3, 2, 3, 0, ["Thôn 3"])

    make_dialogue(organization=cell, held_on=dt.date(2024, 4, 26), village=three)
    assert coverage(cell, **ALL_YEAR).rounds == 1
    assert coverage(makers.make_organization(), **ALL_YEAR).rounds == 0


@pytest.mark.parametrize("n", [1, 3, 50])
def test_planning_and_states_ask_as_often_whatever_the_bodies(n, district, binh, django_assert_num_queries, django_assert_max_num_queries):
    kind = makers.make_kind()
    for _ in range(n):
        makers.make_organization(parent=district, kind=kind)
    norm = make_norm(organization=district, kinds=[kind])

    with django_assert_max_num_queries(10):  # two hundred rows go in in two parts
        assert plan_year(norm, 2024, by=binh) == 4 * (n + 1)
    with django_assert_num_queries(2):
        assert len(with_states(norm.planned.select_related("norm"), today=TODAY)) == 4 * (n + 1)


@pytest.mark.parametrize("n", [1, 3, 50])
def test_keeping_asks_as_often_whatever_the_bodies(n, district, django_assert_num_queries):
    for _ in range(n):
        make_dialogue(organization=makers.make_organization(parent=district))
    norm = make_norm(organization=district, kinds=[makers.make_kind()])

    with django_assert_num_queries(5):
        assert len(keeping(norm, 2024, today=TODAY)) == n + 1


def test_the_constraints_hold(cell):
    for wrong in ({"cadence": "monthly_weekday"}, {"weekday": 5, "nth": -1}, {"valid_to": dt.date(2023, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_norm(organization=cell, **wrong)


# --- pages ----------------------------------------------------------------------------------------------------------------

FRIDAYS = {"cadence": "monthly_weekday", "weekday": "5", "nth": "-1", "rotates": "on", "valid_from": "01/03/2024", "valid_to": "", "basis": ""}


def test_an_writes_a_norm_and_plans_the_year(an, cell, y2024, signed_in):
    make_village(organization=cell)
    client = signed_in(an)
    assert client.post(url("add_norm"), {"organization": "Đảng ủy xã Mẫu", **FRIDAYS}).status_code == 302
    norm = DialogueNorm.objects.get()
    assert norm.rule == "thứ sáu cuối tháng, xoay vòng các thôn"

    assert client.post(url("plan_norm", norm.pk) + "?nam=2024").url == f"{norm.get_absolute_url()}?nam=2024"

    page = client.get(norm.get_absolute_url() + "?nam=2024")
    assert (page.context["planned"], len(page.context["page"])) == (10, 10)
    assert client.get(norm.get_absolute_url() + "?nam=20x4").status_code == 404


@pytest.mark.parametrize(
    ("change", "field"), [({"weekday": ""}, "weekday"), ({"nth": ""}, "nth"), ({"valid_to": "01/03/2024"}, "valid_to"), ({"cadence": ""}, "cadence")]
)
def test_a_norm_that_says_too_little_is_refused(an, cell, y2024, signed_in, change, field):
    page = signed_in(an).post(url("add_norm"), {"organization": "Đảng ủy xã Mẫu", **FRIDAYS, **change})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [field])


def test_a_planned_day_is_moved_put_off_or_held(an, cell, y2024, signed_in):
    norm = make_friday_norm(organization=cell)
    plan = norm.planned.create(organization=cell, planned_on=dt.date(2024, 3, 29))
    dialogue = make_dialogue(organization=cell, held_on=dt.date(2024, 3, 22))
    client, address = signed_in(an), url("plan", plan.pk)

    assert f'value="{dialogue.pk}" selected' in client.get(f"{address}?cuoc={dialogue.pk}").content.decode()
    for wrong in ({"planned_on": "26/04/2024"}, {"planned_on": "29/03/2024", "dialogue": dialogue.pk, "note": "Hoãn"}):
        assert client.post(address, wrong).status_code == 200
    assert client.post(address, {"planned_on": "22/03/2024", "dialogue": dialogue.pk}).status_code == 302

    plan.refresh_from_db()
    assert (plan.planned_on, plan.dialogue, plan.note) == (dt.date(2024, 3, 22), dialogue, "")


def test_a_day_of_a_quarter_moves_within_it_and_needs_no_link(an, cell, y2024, signed_in):
    norm = make_norm(organization=cell)
    client = signed_in(an)
    assert "đề xuất thứ sáu cuối tháng giữa quý" in client.get(norm.get_absolute_url() + "?nam=2024").content.decode()
    assert client.post(url("plan_norm", norm.pk) + "?nam=2024").status_code == 302
    plan = norm.planned.first()

    page = client.post(url("plan", plan.pk), {"planned_on": "05/04/2024"})
    assert page.context["form"].errors == {"planned_on": ["Chuyển sang ngày khác trong quý I/2024; không tổ chức trong quý thì ghi lý do hoãn."]}
    assert client.post(url("plan", plan.pk), {"planned_on": "29/03/2024"}).status_code == 302

    written = {**typed(organization="Đảng ủy xã Mẫu", held_on="28/03/2024"), "kind": "thematic"}
    assert client.post(f"{url('add_dialogue')}?lich={plan.pk}", written).status_code == 302
    plan.refresh_from_db()
    assert (plan.planned_on, plan.dialogue) == (dt.date(2024, 3, 29), None)
    page = client.get(norm.get_absolute_url() + "?nam=2024")
    assert (page.context["planned"], dict(page.context["counts"])["đã tổ chức"], page.context["page"][0].held.held_on) == (4, 1, dt.date(2024, 3, 28))
    assert "Lập lịch năm 2024" not in page.content.decode()  # every quarter has its day


def test_the_page_of_quarters_says_who_is_behind(district, cell, binh, y2024, signed_in):
    norm = make_norm(organization=district, kinds=[cell.version().kind])
    for month in (2, 5, 8, 11):
        make_dialogue(organization=cell, held_on=dt.date(2024, month, 20))

    page = signed_in(binh).get(norm.get_absolute_url() + "?nam=2024")

    assert (page.context["kept"], len(page.context["rows"])) == (1, 2)
    assert "Quý III chưa có cuộc nào, quý kết thúc ngày 30/9." in page.content.decode()


def test_who_must_keep_a_norm_of_above_sees_it_for_his_own_body(district, cell, other_cell, an, y2024, signed_in):
    norm = make_norm(organization=district, kinds=[cell.version().kind])
    alone = make_norm(organization=district)
    client = signed_in(an)

    assert [row.organization_id for row in client.get(norm.get_absolute_url()).context["rows"]] == [cell.pk]
    assert list(client.get(url("norms")).context["page"]) == [norm]
    assert client.get(alone.get_absolute_url()).status_code == 404
    assert client.post(url("edit_norm", norm.pk), {}).status_code == 403
    assert client.post(url("plan_norm", norm.pk), {}).status_code == 403


def test_others_read_norms_and_do_not_write_them(cell, y2024, signed_in):
    norm = make_friday_norm(organization=cell)
    plan = norm.planned.create(organization=cell, planned_on=dt.date(2024, 3, 29))
    client = signed_in(makers.make_account(rights=[Right.AUDIT], organization=cell))

    assert client.get(norm.get_absolute_url()).status_code == 200
    for name, key in (("edit_norm", norm.pk), ("plan_norm", norm.pk), ("plan", plan.pk)):
        assert client.post(url(name, key), {}).status_code == 403
    assert client.post(url("add_norm"), {}).status_code == 403


@pytest.mark.parametrize("n", [1, 3, 50])
def test_the_page_of_days_asks_as_often_whatever_their_number(n, cell, an, y2024, signed_in, django_assert_num_queries):
    norm = make_friday_norm(organization=cell)
    for day in range(n):
        norm.planned.create(organization=cell, planned_on=dt.date(2024, 1, 1) + dt.timedelta(days=day), village=make_village(organization=cell))
    client = signed_in(an)

    with django_assert_num_queries(30):
        client.get(norm.get_absolute_url() + "?nam=2024")


def test_villages_are_typed_a_line_each(an, cell, y2024, signed_in):
    make_village(organization=cell, name="Thôn 1")
    client = signed_in(an)

    typed = {"organization": "Đảng ủy xã Mẫu", "names": "Thôn 1\nThôn Hoà Lạc\n\nThôn 10\nThôn 2\n"}
    assert client.post(url("add_villages"), typed).status_code == 302

    assert [str(village) for village in Village.objects.all()] == ["Thôn 1", "Thôn 2", "Thôn 10", "Thôn Hòa Lạc"]
    village = Village.objects.get(name="Thôn 2")
    assert client.post(url("edit_village", village.pk), {"name": "Thôn 1"}).status_code == 200
    assert client.post(url("edit_village", village.pk), {"name": "Thôn 2", "ended_on": "01/12/2024"}).status_code == 302
    assert Village.objects.used(on=dt.date(2024, 12, 1)).count() == 3


def test_the_list_of_a_body_reminds_of_what_it_owes(district, cell, binh, y2024, signed_in):
    make_norm(organization=district, kinds=[cell.version().kind])
    make_friday_norm(organization=cell)
    for month in (2, 5, 11):
        make_dialogue(organization=cell, held_on=dt.date(2024, month, 20))
    client = signed_in(binh)

    assert client.get(f"{url('dialogues')}?to_chuc={cell.pk}").context["reminders"] == ["Quý III chưa có cuộc nào, quý kết thúc ngày 30/9."]
    assert client.get(url("dialogues")).context["reminders"] == []


@pytest.mark.parametrize("n", [1, 3, 50])
def test_the_list_of_norms_asks_as_often_whatever_their_number(n, cell, an, y2024, signed_in, django_assert_num_queries):
    kind = makers.make_kind(code="chi-bo-nong-thon")
    for _ in range(n):
        make_norm(organization=makers.make_organization(parent=cell), kinds=[kind])
    client = signed_in(an)
    client.get(url("norms"))

    with django_assert_num_queries(9):
        assert client.get(url("norms")).status_code == 200


@pytest.mark.parametrize("n", [1, 3, 50])
def test_the_list_of_villages_asks_as_often_whatever_their_number(n, cell, an, y2024, signed_in, django_assert_num_queries):
    for number in range(n):
        make_village(organization=cell, name=f"Thôn {number}")
    client = signed_in(an)
    client.get(url("villages"))

    with django_assert_num_queries(8):
        assert client.get(url("villages")).status_code == 200
