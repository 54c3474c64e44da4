"""Writing cells: over what was seen, while the report is open, with a log line, losing nobody's number."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from organizations.models import LogEntry, Right
from organizations.review import STEPS, Problem, Status, StepRefused
from partyreports.metrics.models import CellConflict, CellRefused, Figure, Target, YearlyReport
from partyreports.vietnamese import Entry
from tests.makers import make_account, make_form, make_indicator, make_kind, make_organization, make_period, make_report, make_target

MISSING, NOTHING, NOT_APPLICABLE = Entry("missing"), Entry("nothing"), Entry("not_applicable")


def given(number, qualifier=""):
    return Entry("given", Decimal(number), qualifier)


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted", name="Đảng viên mới kết nạp")


@pytest.fixture
def report(cell, y2024, admitted, an):
    make_form(indicators=[admitted])
    return make_report(organization=cell, period=y2024, by=an)


@pytest.fixture
def clerk(district):
    """A second person who types for the same body."""
    return make_account(username="dung", full_name="Ngô Văn Dũng", rights=[Right.ENTER], organization=district)


def entries(report):
    return [(entry.actor_name, entry.place, entry.before, entry.after) for entry in LogEntry.objects.about(report).filter(action="write")]


def test_a_first_writing_inserts_the_figure_and_its_log_line(report, admitted, an):
    report.write(admitted, given("5"), by=an)

    figure = Figure.objects.get()
    assert (figure.entry, figure.version, figure.entered_by) == (given("5"), 1, an)
    blank, five = {"state": "missing", "value": None, "qualifier": ""}, {"state": "given", "value": "5", "qualifier": ""}
    assert entries(report) == [("Trần Thị An", "members_admitted", blank, five)]
    assert report.status == Status.DRAFT


def test_a_second_writing_goes_over_the_version_its_writer_saw(report, admitted, an):
    report.write(admitted, given("5"), by=an)

    report.write(admitted, given("245", "over"), by=an, seen_version=1)

    figure = Figure.objects.get()
    assert (figure.entry, figure.version) == (given("245", "over"), 2)
    assert [after for *_, after in entries(report)][-1] == {"state": "given", "value": "245", "qualifier": "over"}


@pytest.mark.parametrize("blank", [MISSING, NOTHING, NOT_APPLICABLE])
def test_each_blank_is_kept_apart(report, admitted, an, blank):
    report.write(admitted, given("5"), by=an)

    report.write(admitted, blank, by=an, seen_version=1)

    assert Figure.objects.get().entry == blank


@pytest.mark.parametrize("seen", [0, 1])
def test_whoever_comes_second_is_shown_both_numbers_and_overwrites_nothing(report, admitted, an, clerk, seen):
    report.write(admitted, given("4"), by=an)
    report.write(admitted, given("5"), by=an, seen_version=1)

    with pytest.raises(CellConflict) as caught:
        report.write(admitted, given("6"), by=clerk, seen_version=seen)

    conflict = caught.value
    assert (conflict.theirs, conflict.who, conflict.version, conflict.mine) == (given("5"), an, 2, given("6"))
    assert Figure.objects.get().entry == given("5")
    assert len(entries(report)) == 2


def test_two_people_who_write_the_same_number_do_not_quarrel(report, admitted, an, clerk):
    report.write(admitted, given("5"), by=an)

    report.write(admitted, given("5.00"), by=clerk, seen_version=0)

    assert Figure.objects.get().version == 1
    assert len(entries(report)) == 1


def test_many_cells_are_written_together_and_one_conflict_holds_back_none_of_the_others(report, admitted, an, clerk):
    youth, rural = make_indicator(code="youth"), make_indicator(code="rural")
    report.write(admitted, given("4"), by=clerk)

    written = report.write_many([(youth, given("1"), 0), (admitted, given("5"), 0), (rural, given("2"), 0)], by=an)

    assert (written.count, list(written.conflicts)) == (2, ["members_admitted"])
    assert {figure.indicator.key: figure.value for figure in Figure.objects.all()} == {"members_admitted": 4, "youth": 1, "rural": 2}


def test_a_computed_indicator_is_never_written(report, admitted, an):
    share = make_indicator(code="share", kind="ratio", adds="ratio", numerator=admitted, denominator=admitted)

    with pytest.raises(CellRefused) as caught:
        report.write(share, given("50"), by=an)

    assert caught.value.reason == "computed"
    assert not Figure.objects.exists()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.LOCKED])
def test_a_report_that_is_no_longer_open_refuses_figures(cell, y2024, admitted, an, status):
    report = make_report(organization=cell, period=y2024, status=status)

    with pytest.raises(CellRefused) as caught:
        report.write(admitted, given("5"), by=an)

    assert caught.value.reason == "state"
    assert not Figure.objects.exists()


def test_a_returned_report_is_written_again(cell, y2024, admitted, an):
    report = make_report(organization=cell, period=y2024, status=Status.RETURNED)

    report.write(admitted, given("5"), by=an)

    assert (Figure.objects.get().value, report.status) == (5, Status.RETURNED)


def test_a_report_submitted_a_moment_ago_refuses_whoever_still_has_it_open(report, admitted, an, clerk):
    stale = YearlyReport.objects.get(pk=report.pk)
    report.write(admitted, given("5"), by=an)
    report.take("submit", by=an)

    with pytest.raises(CellRefused) as caught:
        stale.write(admitted, given("6"), by=clerk, seen_version=1)

    assert caught.value.sentence == "Chưa lưu được: báo cáo đang ở trạng thái “đã trình”, số liệu chỉ sửa được sau khi được trả lại."
    assert Figure.objects.get().value == 5


def test_a_cell_written_meanwhile_stops_a_step_taken_on_the_old_figures(report, admitted, an, clerk):
    report.write(admitted, given("5"), by=an)
    stale = YearlyReport.objects.get(pk=report.pk)
    report.write(admitted, given("6"), by=clerk, seen_version=1)

    with pytest.raises(StepRefused) as caught:
        stale.take("submit", by=an)

    assert caught.value.reason == "state"


def test_a_closed_year_refuses_figures_and_submitting(report, admitted, an, y2024):
    report.write(admitted, given("5"), by=an)
    y2024.is_open = False
    y2024.save()
    report = YearlyReport.objects.get(pk=report.pk)

    with pytest.raises(CellRefused) as caught:
        report.write(admitted, given("6"), by=an, seen_version=1)
    with pytest.raises(StepRefused) as refused:
        report.take("submit", by=an)

    assert (caught.value.reason, refused.value.reason) == ("state", "state")
    assert not report.writable_by(an)
    assert Figure.objects.get().value == 5


@pytest.mark.parametrize("person", ["binh", "chi", "manager", "auditor"])
def test_only_whoever_enters_for_the_body_writes(request, report, admitted, person):
    with pytest.raises(CellRefused) as caught:
        report.write(admitted, given("5"), by=request.getfixturevalue(person))

    assert caught.value.reason == "right"
    assert not Figure.objects.exists()


def test_a_report_is_begun_once(cell, y2024, an):
    first = YearlyReport.objects.start(cell, y2024, by=an)

    assert YearlyReport.objects.start(cell, y2024, by=an) == first
    assert [entry.action for entry in LogEntry.objects.about(first)] == ["create"]


@pytest.mark.parametrize("person", ["binh", "chi", "manager"])
def test_a_report_is_begun_only_by_whoever_enters(request, cell, y2024, person):
    with pytest.raises(CellRefused):
        YearlyReport.objects.start(cell, y2024, by=request.getfixturevalue(person))

    assert not YearlyReport.objects.exists()


def test_no_report_is_begun_in_a_closed_year(cell, an, db):
    with pytest.raises(CellRefused):
        YearlyReport.objects.start(cell, make_period(code="2020", is_open=False), by=an)

    assert not YearlyReport.objects.exists()


# What stands in the way of submitting ---------------------------------------------------------------------------------


def test_an_empty_report_is_not_sent_up(report, an):
    with pytest.raises(StepRefused) as caught:
        report.take("submit", by=an)

    assert caught.value.problems == [Problem("Nhập ít nhất một số liệu trước khi trình.", where="members_admitted")]


def test_how_many_cells_are_empty_is_told_to_whoever_submits_approves_or_locks(report, admitted, an):
    youth = make_indicator(code="youth", name="Đoàn viên được kết nạp")
    report.form.lines.create(indicator=youth, order=2, section="I", is_required=False)
    report.write(admitted, given("1"), by=an)
    report = YearlyReport.objects.get(pk=report.pk)

    assert report.problems() == [Problem("Còn 1 ô chưa nhập.", where="youth", severity="warning")]
    said = {name: report.cautions(step) for name, step in STEPS.items()}
    sentence = "Đã nhập 1/2 ô, còn 1 ô chưa nhập."
    assert said == {"submit": [], "return": [], "approve": [sentence], "lock": [sentence], "unlock": []}


def test_required_cells_still_empty_are_named_each_at_its_place(report, admitted, an):
    youth = make_indicator(code="youth", name="Đoàn viên được kết nạp")
    report.form.lines.create(indicator=youth, order=2, section="I", is_required=False)
    report.write(youth, given("1"), by=an)

    assert YearlyReport.objects.get(pk=report.pk).problems() == [Problem("Chưa nhập “Đảng viên mới kết nạp”.", where="members_admitted")]


@pytest.mark.parametrize("entry", [given("0"), NOTHING, NOT_APPLICABLE])
def test_a_blank_that_was_said_is_no_empty_cell(report, admitted, an, entry):
    report.write(admitted, entry, by=an)

    assert report.problems() == []


def test_a_span_of_years_asks_for_nothing(cell, an, admitted, db):
    youth = make_indicator(code="youth")
    make_form(indicators=[admitted, youth])
    span = make_report(organization=cell, period=make_period(code="2020-2023", kind="span"), figures={youth: 1}, by=an)

    assert span.problems() == []


def test_a_kind_of_body_without_a_form_has_nothing_to_send_up(district, y2024, an):
    body = make_organization(parent=district, kind=make_kind(code="khac"))

    (problem,) = make_report(organization=body, period=y2024).problems()

    assert (problem.severity, problem.where) == ("error", "")


def test_the_snapshot_reads_without_the_catalogue(report, admitted, an, cell, y2024):
    make_target(organization=cell, indicator=admitted, value="8", period=y2024)
    report.write(admitted, given("1932", "over"), by=an)

    assert report.snapshot() == {
        "title": "Báo cáo năm 2024 – Đảng bộ xã Mẫu",
        "figures": {"members_admitted": {"state": "given", "value": "1932", "qualifier": "over", "name": "Đảng viên mới kết nạp", "unit": "người"}},
        "targets": {"members_admitted": "8"},
    }


def test_everyone_who_ever_wrote_a_cell_is_an_author(report, admitted, an, clerk):
    report.write(admitted, given("5"), by=clerk)
    report.write(admitted, given("6"), by=an, seen_version=1)
    report.take("submit", by=an)

    assert report.authors() == {an.pk, clerk.pk}


def test_whoever_wrote_one_overwritten_cell_does_not_approve(report, admitted, an, district):
    both = make_account(rights=[Right.ENTER, Right.REVIEW], organization=district)
    report.write(admitted, given("5"), by=both)
    report.write(admitted, given("6"), by=an, seen_version=1)
    report.take("submit", by=an)

    with pytest.raises(StepRefused) as caught:
        report.take("approve", by=both)

    assert caught.value.reason == "right"


def test_a_report_keeps_the_name_its_body_had_then(report, cell, y2024):
    cell.change(on=make_period(code="2025").ends_on, name="Đảng ủy xã Mới", party_name="Đảng bộ xã Mới")

    assert str(YearlyReport.objects.get(pk=report.pk)) == "Báo cáo năm 2024 – Đảng bộ xã Mẫu"


# Targets --------------------------------------------------------------------------------------------------------------


def test_a_target_is_set_changed_and_taken_back_with_log_lines(cell, y2024, admitted, binh):
    assert Target.objects.assign(cell, y2024, admitted, Decimal(8), by=binh, seen=None)
    assert Target.objects.assign(cell, y2024, admitted, Decimal(9), by=binh, seen=Decimal(8))
    assert Target.objects.assign(cell, y2024, admitted, None, by=binh, seen=Decimal(9))

    assert not Target.objects.exists()
    told = [(entry.place, entry.before, entry.after) for entry in LogEntry.objects.filter(action="target").order_by("pk")]
    eight, nine = {"value": "8"}, {"value": "9"}
    assert told == [("members_admitted", None, eight), ("members_admitted", eight, nine), ("members_admitted", nine, None)]


@pytest.mark.parametrize(("seen", "value"), [(None, "7"), ("6", "7"), ("6", None)])
def test_a_target_changed_meanwhile_is_not_overwritten(cell, y2024, admitted, binh, seen, value):
    make_target(organization=cell, period=y2024, indicator=admitted, value=8)

    assert not Target.objects.assign(cell, y2024, admitted, value and Decimal(value), by=binh, seen=seen and Decimal(seen))

    assert Target.objects.get().value == 8
    assert not LogEntry.objects.filter(action="target").exists()


@pytest.mark.parametrize("person", ["an", "chi", "manager"])
def test_a_target_is_set_only_by_whoever_reviews_or_locks(request, cell, y2024, admitted, person):
    with pytest.raises(CellRefused):
        Target.objects.assign(cell, y2024, admitted, Decimal(8), by=request.getfixturevalue(person), seen=None)

    assert not Target.objects.exists()


def test_no_target_is_set_in_a_closed_year(cell, admitted, binh):
    closed = make_period(code="2020", is_open=False)

    with pytest.raises(CellRefused):
        Target.objects.assign(cell, closed, admitted, Decimal(8), by=binh, seen=None)


# What the database never holds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "given", "value": None},
        {"state": "missing", "value": 5},
        {"state": "nothing", "qualifier": "over"},
        {"state": "given", "value": -1},
    ],
)
def test_the_database_refuses_a_figure_that_says_two_things(report, admitted, an, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(report=report, indicator=admitted, entered_by=an, **facts)


def test_the_database_holds_one_figure_a_cell_one_report_a_body_and_year(report, admitted, an, cell, y2024):
    Figure.objects.create(report=report, indicator=admitted, entered_by=an)

    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.create(report=report, indicator=admitted, entered_by=an)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearlyReport.objects.create(organization=cell, period=y2024)


def test_the_database_refuses_a_negative_target(cell, y2024, admitted):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_target(organization=cell, period=y2024, indicator=admitted, value=-1)
