"""Typed against counted: what a report writes down when it is sent up, and what is told of later changes in the registers."""

import datetime as dt
from decimal import Decimal

import pytest

from organizations.models import LogEntry
from organizations.review import STEPS, StepRefused
from partyreports.metrics.counted import agrees, drifts_of, summed_up
from partyreports.metrics.models import Figure
from partyreports.metrics.sources import Count
from partyreports.vietnamese import Entry
from tests.makers import make_form, make_indicator, make_organization, make_report
from tests.metrics.events import make_dialogue

TEN = Count(Decimal(10))


def given(number, qualifier=""):
    return Entry("given", Decimal(number), qualifier)


@pytest.fixture
def sessions(db):
    return make_indicator(code="dialogue_sessions", name="Số hội nghị đối thoại", unit="hội nghị")


@pytest.fixture
def participants(db):
    return make_indicator(code="dialogue_participants", name="Lượt người tham dự đối thoại", unit="lượt người")


@pytest.fixture
def report(cell, y2024, sessions, participants, an):
    make_form(indicators=[sessions, participants]).lines.update(is_required=False)
    return make_report(organization=cell, period=y2024, by=an)


@pytest.fixture
def dialogues(cell):
    return [make_dialogue(organization=cell, held_on=dt.date(2024, month, 10)) for month in (3, 6)]


@pytest.mark.parametrize(
    ("entry", "counted", "answer"),
    [
        (given(10), TEN, True),
        (given(9), TEN, False),
        (given(10, "over"), TEN, False),
        (given(10, "over"), Count(Decimal(10), "over"), True),
        (given(10), None, True),
        (Entry("missing"), TEN, True),
        (Entry("nothing"), TEN, False),
        (Entry("nothing"), Count(Decimal(0)), True),
        (Entry("not_applicable"), Count(Decimal(0)), True),
    ],
)
def test_a_cell_agrees_with_the_register_when_it_says_the_same(entry, counted, answer):
    assert agrees(entry, counted) is answer


def test_sending_up_writes_down_what_was_counted_and_the_events_it_stands_on(report, sessions, dialogues, an):
    report.write(sessions, given(2), by=an)

    report.take("submit", by=an)

    figure = Figure.objects.get(indicator=sessions)
    events = [f"dialogue:{dialogue.pk}" for dialogue in dialogues]
    assert (figure.counted, figure.counted_qualifier, figure.counted_events, figure.stands_on) == (2, "", 2, events)
    snapshot = LogEntry.objects.about(report).get(action="submit").snapshot
    assert snapshot["figures"]["dialogue_sessions"]["counted"] == {"value": "2", "qualifier": "", "number": 2, "events": events}


def test_a_figure_that_differs_without_a_reason_is_not_sent_up(report, sessions, dialogues, an):
    report.write(sessions, given(3), by=an)

    with pytest.raises(StepRefused) as refused:
        report.take("submit", by=an)

    assert [(problem.sentence, problem.where) for problem in refused.value.problems] == [
        ("Số hội nghị đối thoại: ghi 3, sổ đếm được 2. Ghi lý do khác nhau, hoặc lấy số từ sổ.", "dialogue_sessions")
    ]
    assert Figure.objects.get().counted is None


def test_the_reason_travels_to_the_reviewer_and_into_log_and_snapshot(report, sessions, dialogues, an):
    report.write(sessions, given(3), by=an, reason="Một cuộc chưa có biên bản")

    report.take("submit", by=an)

    told = "Số hội nghị đối thoại: ghi 3, sổ đếm được 2. Lý do: Một cuộc chưa có biên bản"
    assert told in report.cautions(STEPS["approve"])
    assert LogEntry.objects.about(report).get(action="write").after["reason"] == "Một cuộc chưa có biên bản"
    assert LogEntry.objects.about(report).get(action="submit").snapshot["figures"]["dialogue_sessions"]["reason"] == "Một cuộc chưa có biên bản"


def test_a_changed_reason_is_a_writing_of_its_own(report, sessions, dialogues, an):
    report.write(sessions, given(3), by=an, reason="Chưa rõ")

    report.write(sessions, given(3), by=an, seen_version=1, reason="Một cuộc chưa có biên bản")

    assert (Figure.objects.get().reason, Figure.objects.get().version) == ("Một cuộc chưa có biên bản", 2)
    assert [entry.after["reason"] for entry in LogEntry.objects.about(report).filter(action="write")] == ["Chưa rõ", "Một cuộc chưa có biên bản"]


@pytest.fixture
def sent(report, sessions, participants, dialogues, an):
    report.write(sessions, given(2), by=an)
    report.write(participants, given(40), by=an)
    report.take("submit", by=an)
    return report


def test_nothing_is_flagged_while_nothing_has_changed(sent):
    assert drifts_of([sent]) == {}


def test_events_that_came_later_are_flagged_and_not_written(sent, cell, sessions):
    for day in (12, 13):
        make_dialogue(organization=cell, held_on=dt.date(2024, 12, day), people=10, opinions=0)

    drifts = drifts_of([sent])[sent.pk]

    assert [(drift.key, drift.sentence) for drift in drifts] == [
        ("dialogue_sessions", "2 cuộc đối thoại thêm sau khi trình; số đếm nay là 4 (khi trình 2)"),
        ("dialogue_participants", "2 cuộc đối thoại thêm sau khi trình; số đếm nay là 60 (khi trình 40)"),
    ]
    assert summed_up(drifts) == "2 cuộc đối thoại thêm sau khi trình"
    assert sent.figures.get(indicator=sessions).value == 2


def test_events_that_were_withdrawn_are_flagged(sent, dialogues, an):
    dialogues[0].refresh_from_db()
    dialogues[0].withdraw(by=an, reason="Ghi nhầm xã")

    assert drifts_of([sent])[sent.pk][0].sentence == "1 cuộc đối thoại đã rút; số đếm nay là 1 (khi trình 2)"


def test_an_event_that_was_corrected_changes_only_the_number(sent, dialogues):
    type(dialogues[0]).objects.filter(pk=dialogues[0].pk).update(people=25)

    assert [drift.sentence for drift in drifts_of([sent])[sent.pk]] == ["số đếm nay là 45 (khi trình 40)"]
    assert summed_up(drifts_of([sent])[sent.pk]) == "1 số đếm từ sổ nay đã khác"


def test_a_register_emptied_since_counts_nothing(sent, dialogues):
    type(dialogues[0]).objects.all().delete()

    assert drifts_of([sent])[sent.pk][0].sentence == "2 cuộc đối thoại đã rút; số đếm nay là 0 (khi trình 2)"


def test_an_open_report_is_not_flagged(sent, cell, binh):
    sent.take("return", by=binh, note="Xem lại")
    make_dialogue(organization=cell)

    assert drifts_of([sent]) == {}


def test_sending_up_again_counts_anew(sent, cell, sessions, participants, an, binh):
    sent.take("return", by=binh, note="Ghi thêm cuộc ngày 12/12")
    make_dialogue(organization=cell, held_on=dt.date(2024, 12, 12))
    sent.write(sessions, given(3), by=an, seen_version=1)
    sent.write(participants, given(60), by=an, seen_version=1)

    sent.take("submit", by=an)

    assert sent.figures.get(indicator=sessions).counted == 3
    assert drifts_of([sent]) == {}


@pytest.mark.parametrize("count", [1, 3, 50])
def test_changes_of_many_reports_cost_as_much_as_of_one(district, y2024, sessions, an, django_assert_num_queries, count):
    reports = []
    for _ in range(count):
        body = make_organization(parent=district)
        dialogue = make_dialogue(organization=body)
        report = make_report(organization=body, period=y2024, status="submitted", figures={sessions: 5}, by=an)
        Figure.objects.filter(report=report).update(counted=1, counted_events=1, stands_on=[f"dialogue:{dialogue.pk}"])
        make_dialogue(organization=body)
        reports.append(report)

    with django_assert_num_queries(6):
        found = drifts_of(reports)

    assert len(found) == count
