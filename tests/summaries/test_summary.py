import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.models import Right
from organizations.review import Status
from partyreports.metrics.models import Figure, Indicator
from partyreports.metrics.values import BLANK, Value
from partyreports.summaries.cells import Change
from partyreports.summaries.gathered import gather
from partyreports.summaries.summary import ELSEWHERE, OWN_REPORT, ended_during, summarise
from partyreports.summaries.sums import Sum
from tests import makers
from tests.makers import make_account, make_form, make_indicator, make_kind, make_organization, make_report, make_target

Kind = Indicator.Kind


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted", order=1)


@pytest.fixture
def rural(admitted):
    return make_indicator(code="members_admitted", breakdown="rural", part_of=admitted, part_kind="partition", order=2)


@pytest.fixture
def share(admitted, rural):
    return make_indicator(code="share", breakdown="rural", kind=Kind.RATIO, adds="ratio", decimals=2, numerator=rural, denominator=admitted, order=3)


@pytest.fixture
def approval(db):
    """Quoted from another office: never added."""
    return make_indicator(code="voter_approval_rate", kind=Kind.QUOTED, adds="none", decimals=2, order=9)


@pytest.fixture
def form(admitted, rural, share, approval):
    return make_form(indicators=[admitted, rural, share, approval], section="II. Phát triển đảng viên")


def approve(organization, period, figures=None, *, blank=None):
    """An approved report; `blank` maps an indicator to one of the blanks that are no number."""
    report = make_report(organization=organization, period=period, status=Status.APPROVED, figures=figures)
    for indicator, state in (blank or {}).items():
        Figure.objects.create(report=report, indicator=indicator, state=state, entered_by=make_account())
    return report


def line(summary, indicator):
    return next(each for each in summary.lines if each.indicator == indicator)


def total(summary, indicator):
    return line(summary, indicator).total.value


def values(summary, indicator):
    """Name of the column → Value."""
    return {column.name: cell.value for column, cell in zip(summary.columns, line(summary, indicator).cells, strict=True)}


def test_final_reports_add_up_and_open_ones_do_not(district, cell, other_cell, y2024, admitted, form):
    third, fourth = (make_organization(parent=district) for _ in range(2))
    approve(cell, y2024, {admitted: 9})
    make_report(organization=other_cell, period=y2024, status=Status.LOCKED, figures={admitted: 4})
    make_report(organization=third, period=y2024, status=Status.SUBMITTED, figures={admitted: 100})
    make_report(organization=fourth, period=y2024, status=Status.RETURNED, figures={admitted: 200})

    summary = summarise(district, y2024)

    assert total(summary, admitted) == Value("given", Decimal(13))
    assert line(summary, admitted).reports == 2
    assert (summary.final, summary.expected) == (2, 4)
    assert values(summary, admitted) == {
        "Đảng bộ xã Bên": Value("given", Decimal(4)),
        "Đảng bộ xã Mẫu": Value("given", Decimal(9)),
        third.name: BLANK,
        fourth.name: BLANK,
    }


def test_a_year_without_figures_gives_blanks_and_says_how_many_are_expected(district, cell, other_cell, y2024, admitted, form):
    summary = summarise(district, y2024)

    assert (summary.final, summary.expected) == (0, 2)
    assert [each.total.value for each in summary.lines] == [BLANK] * 4
    assert [each.has_figures for each in summary.lines] == [False] * 4
    assert summary.sections == ["Phát triển đảng viên"]


def test_an_empty_branch_of_one_body_has_its_own_figures_as_totals(cell, y2024, admitted, approval, form):
    approve(cell, y2024, {admitted: 5, approval: "98.5"})

    summary = summarise(cell, y2024)

    assert summary.columns == ()
    assert (summary.final, summary.expected) == (1, 1)
    assert total(summary, admitted) == Value("given", Decimal(5))
    assert total(summary, approval) == Value("given", Decimal("98.5"))


def test_a_ratio_of_sums_is_not_the_mean_of_ratios(district, cell, other_cell, y2024, admitted, rural, share):
    approve(cell, y2024, {admitted: 10, rural: 5})
    approve(other_cell, y2024, {admitted: 90, rural: 9})
    make_form(indicators=[share])

    summary = summarise(district, y2024)

    assert values(summary, share)["Đảng bộ xã Mẫu"].value == 50
    assert values(summary, share)["Đảng bộ xã Bên"].value == 10
    assert total(summary, share) == Value("given", Decimal(14), "", Decimal(14), Decimal(100))


def test_a_ratio_counts_only_bodies_that_gave_both_numbers(district, cell, other_cell, y2024, admitted, rural, share, form):
    approve(cell, y2024, {admitted: 10, rural: 5})
    approve(other_cell, y2024, {admitted: 90})

    summary = summarise(district, y2024)

    assert total(summary, admitted).value == 100
    assert total(summary, share) == Value("given", Decimal(50), "", Decimal(5), Decimal(10))
    assert line(summary, share).reports == 1


def test_percentages_of_another_office_and_other_things_that_do_not_add_are_never_added(district, cell, other_cell, y2024, approval, form):
    approve(cell, y2024, {approval: "90"})
    approve(other_cell, y2024, {approval: "70"})

    summary = summarise(district, y2024)

    assert total(summary, approval) == BLANK
    assert values(summary, approval) == {"Đảng bộ xã Bên": Value("given", Decimal(70)), "Đảng bộ xã Mẫu": Value("given", Decimal(90))}


def test_a_ratio_of_numbers_that_do_not_add_is_not_recomputed_from_their_sum(district, cell, other_cell, y2024):
    heard = make_indicator(code="heard", adds="none")
    sessions = make_indicator(code="sessions", adds="none")
    mean = make_indicator(code="mean", kind=Kind.AVERAGE, adds="ratio", numerator=heard, denominator=sessions)
    make_form(indicators=[mean])
    approve(cell, y2024, {heard: 100, sessions: 4})
    approve(other_cell, y2024, {heard: 10, sessions: 2})

    summary = summarise(district, y2024)

    assert total(summary, mean) == BLANK
    assert [value.value for value in values(summary, mean).values()] == [5, 25]


def test_an_average_is_computed_from_the_sums(district, cell, other_cell, y2024):
    heard, sessions = make_indicator(code="heard"), make_indicator(code="sessions")
    mean = make_indicator(code="mean", kind=Kind.AVERAGE, adds="ratio", numerator=heard, denominator=sessions, decimals=1)
    make_form(indicators=[mean])
    approve(cell, y2024, {heard: 100, sessions: 4})
    approve(other_cell, y2024, {heard: 10, sessions: 2})

    assert total(summarise(district, y2024), mean).value == Decimal(110) / 6


def test_missing_is_not_zero_and_nothing_happened_is(district, cell, other_cell, y2024, admitted, form):
    third = make_organization(parent=district)
    approve(cell, y2024, {admitted: 5})
    approve(other_cell, y2024, blank={admitted: "missing"})
    approve(third, y2024, blank={admitted: "nothing"})

    summary = summarise(district, y2024)

    assert total(summary, admitted) == Value("given", Decimal(5))
    assert line(summary, admitted).reports == 2
    assert values(summary, admitted) == {
        "Đảng bộ xã Bên": BLANK,
        "Đảng bộ xã Mẫu": Value("given", Decimal(5)),
        third.name: Value("nothing"),
    }


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("nothing", "nothing"), Value("nothing")),
        (("nothing", "missing"), Value("nothing")),
        (("not_applicable", "not_applicable"), BLANK),
        (("not_applicable", "missing"), BLANK),
        (("missing", "missing"), BLANK),
    ],
)
def test_blanks_alone_give_no_number(district, cell, other_cell, y2024, admitted, form, states, expected):
    for organization, state in zip((cell, other_cell), states, strict=True):
        approve(organization, y2024, blank={admitted: state})

    assert total(summarise(district, y2024), admitted) == expected


def test_not_applicable_is_left_out_of_the_total_and_said_of_its_body(district, cell, other_cell, y2024, admitted, form):
    approve(cell, y2024, {admitted: 5})
    approve(other_cell, y2024, blank={admitted: "not_applicable"})

    summary = summarise(district, y2024)

    assert total(summary, admitted) == Value("given", Decimal(5))
    assert values(summary, admitted)["Đảng bộ xã Bên"] == Value("not_applicable")


def test_a_figure_in_a_bodys_own_report_stands_for_its_whole_branch(district, cell, y2024, admitted, rural, form):
    below = [make_organization(parent=cell, kind=make_kind(code="chi-bo")) for _ in range(2)]
    approve(cell, y2024, {admitted: 9})
    for body in below:
        approve(body, y2024, {admitted: 4, rural: 1})

    of_district, of_cell = summarise(district, y2024), summarise(cell, y2024)

    assert total(of_district, admitted) == Value("given", Decimal(9))
    assert total(of_district, rural) == Value("given", Decimal(2))
    assert [column.name for column in of_cell.columns] == [OWN_REPORT, below[0].name, below[1].name]
    assert values(of_cell, admitted)[OWN_REPORT] == Value("given", Decimal(9))
    assert values(of_cell, rural)[OWN_REPORT] == BLANK
    assert total(of_cell, admitted) == Value("given", Decimal(9))
    assert line(of_cell, admitted).below.value == Value("given", Decimal(8))
    assert line(of_cell, rural).below is None


def test_figures_of_deeper_bodies_are_added_into_the_column_above_them(district, y2024, admitted, form):
    group = make_organization(parent=district, name="Đảng bộ khối", kind=make_kind(code="khoi"))
    first, second = (make_organization(parent=group) for _ in range(2))
    approve(first, y2024, {admitted: 3})
    approve(second, y2024, {admitted: 4})

    summary = summarise(district, y2024)

    assert values(summary, admitted) == {"Đảng bộ khối": Value("given", Decimal(7))}
    column = summary.columns[0]
    assert (column.expected, column.final, column.has_bodies_below, column.report) == (2, 2, True, None)


def test_last_year_stands_beside_with_the_change(district, cell, other_cell, y2023, y2024, admitted, rural, share, form):
    approve(cell, y2023, {admitted: 8, rural: 2})
    approve(cell, y2024, {admitted: 35, rural: 7})

    summary = summarise(district, y2024)

    assert line(summary, admitted).previous.value == Value("given", Decimal(8))
    assert line(summary, admitted).change.text == "+27"
    assert line(summary, share).change.text == "−5 điểm %"
    assert (summary.previous_final, summary.previous_expected) == (1, 2)


@pytest.mark.parametrize(
    ("kind", "amount", "text"),
    [
        (Kind.COUNT, "27", "+27"),
        (Kind.COUNT, "-3", "−03"),
        (Kind.COUNT, "0", "0"),
        (Kind.RATIO, "1.255", "+1,26 điểm %"),
        (Kind.RATIO, "-0.004", "0 điểm %"),
        (Kind.RATIO, "10", "+10 điểm %"),
        (Kind.MONEY, "-2661.047", "−2.661,047"),
        (Kind.AVERAGE, "0.5", "+0,50"),
    ],
)
def test_a_change_says_how_far_and_which_way(kind, amount, text):
    assert Change(Indicator(kind=kind, decimals=2), Decimal(amount)).text == text


def test_no_change_is_told_when_one_of_the_years_is_missing(district, cell, y2023, y2024, admitted, form):
    approve(cell, y2024, {admitted: 35})

    assert line(summarise(district, y2024), admitted).change is None
    assert line(summarise(district, y2023), admitted).change is None


def test_a_body_without_last_year_has_not_grown_from_nothing(district, cell, other_cell, y2023, y2024, admitted, rural, share, form):
    third = make_organization(parent=district)
    approve(cell, y2023, {admitted: 8, rural: 4})
    approve(cell, y2024, {admitted: 10, rural: 4})
    approve(other_cell, y2024, {admitted: 90, rural: 9})
    approve(third, y2023, {admitted: 50, rural: 9})

    summary = summarise(district, y2024)

    of_count, of_ratio = line(summary, admitted), line(summary, share)
    assert (of_count.total.text, of_count.previous.text, of_count.change.text, of_count.change.bodies) == ("100", "58", "+02", 1)
    assert (of_ratio.change.text, of_ratio.change.bodies) == ("−10 điểm %", 1)


def test_no_change_is_told_when_no_body_has_both_years(district, cell, other_cell, y2023, y2024, admitted, form):
    approve(cell, y2023, {admitted: 8})
    approve(other_cell, y2024, {admitted: 9})

    assert line(summarise(district, y2024), admitted).change is None


def test_a_body_that_moved_counts_where_it_stood_at_the_end_of_each_year(district, cell, y2023, y2024, admitted, form):
    group = make_organization(parent=district, name="Đảng bộ khối", kind=make_kind(code="khoi"))
    approve(cell, y2023, {admitted: 8})
    approve(cell, y2024, {admitted: 9})
    cell.change(on=dt.date(2024, 7, 1), parent=group)

    of_group, of_district = summarise(group, y2024), summarise(district, y2024)

    assert total(of_group, admitted) == Value("given", Decimal(9))
    assert line(of_group, admitted).previous.value == BLANK
    assert list(values(of_district, admitted)) == ["Đảng bộ khối"]
    assert line(of_district, admitted).previous.value == Value("given", Decimal(8))
    assert [column.name for column in summarise(district, y2023).columns] == ["Đảng bộ xã Mẫu"]


def test_names_are_those_of_the_periods_end(district, cell, y2023, y2024, admitted, form):
    cell.change(on=dt.date(2025, 7, 1), name="Đảng ủy xã Mới", party_name="Đảng bộ xã Mới")

    assert [column.name for column in summarise(district, y2024).columns] == ["Đảng bộ xã Mẫu"]


def test_a_body_that_ended_within_the_year_is_not_added_but_named(district, cell, other_cell, y2023, y2024, admitted, form, binh):
    approve(cell, y2023, {admitted: 8})
    approve(cell, y2024, {admitted: 3})
    approve(other_cell, y2024, {admitted: 4})
    cell.end(on=dt.date(2024, 7, 1))

    summary = summarise(district, y2024)

    assert total(summary, admitted) == Value("given", Decimal(4))
    assert (summary.final, summary.expected) == (1, 1)
    assert line(summary, admitted).previous.value == Value("given", Decimal(8))
    assert ended_during(district, y2024, seen_by=binh) == ["Đảng bộ xã Mẫu"]
    assert ended_during(district, y2023, seen_by=binh) == []
    assert ended_during(cell, y2024, seen_by=binh) == []


def test_a_branch_that_did_not_stand_at_the_periods_end_is_empty(district, cell, y2023, y2024, admitted, form):
    approve(cell, y2023, {admitted: 8})
    cell.end(on=dt.date(2024, 7, 1))

    summary = summarise(cell, y2024)

    assert (summary.branch, summary.lines, summary.columns, summary.final, summary.expected) == (None, (), (), 0, 0)
    assert summary.name == ""


def test_results_are_held_against_targets_of_bodies_that_have_both(district, cell, other_cell, y2024, admitted, form):
    attainment = make_indicator(code="attainment", kind=Kind.TARGET_RATIO, adds="ratio", numerator=admitted, decimals=1)
    third = make_organization(parent=district)
    for organization, target in ((cell, 8), (third, 50)):
        make_target(organization=organization, period=y2024, indicator=admitted, value=target)
    make_form(kind=make_kind(code="khac"), indicators=[attainment])
    third.change(on=dt.date(2001, 1, 1), kind=make_kind(code="khac"))
    approve(cell, y2024, {admitted: 9})
    approve(other_cell, y2024, {admitted: 100})

    summary = summarise(district, y2024)

    found = line(summary, admitted).aim
    assert (found.text, found.percent_text) == ("09/8", "112,5%")
    assert total(summary, admitted).value == 109
    assert total(summary, attainment) == Value("given", Decimal("112.5"), "", Decimal(9), Decimal(8))


def test_a_total_is_as_rough_as_its_parts(district, cell, other_cell, y2024, admitted, rural, share, form):
    for organization, qualifier in ((cell, "over"), (other_cell, "")):
        report = approve(organization, y2024, {admitted: 100, rural: 50})
        Figure.objects.filter(report=report, indicator=admitted).update(qualifier=qualifier)

    summary = summarise(district, y2024)

    assert line(summary, admitted).total.text == "hơn 200"
    assert line(summary, share).total.text == "khoảng 50%"


@given(st.lists(st.sampled_from(["", "over", "about", "nearly"]), min_size=1, max_size=6))
def test_different_words_together_are_about_right(words):
    added = Sum(Decimal(0))
    for word in words:
        added += Sum(Decimal(1), word)

    said = {word for word in words if word}
    assert added.qualifier == ("" if not said else said.pop() if len(said) == 1 else "about")
    assert (added.amount, added.reports) == (len(words), len(words) + 1)


def test_lines_stand_in_the_sections_of_the_form_most_bodies_fill(district, cell, other_cell, y2024, admitted, rural, approval):
    make_form(indicators=[admitted, rural], section="I. Phát triển đảng viên", code="z")
    make_form(kind=make_kind(code="khac"), indicators=[rural, approval], section="III. Việc khác", code="a")
    make_organization(parent=district, kind=make_kind(code="khac"))
    unasked = make_indicator(code="unasked")
    approve(cell, y2024, {unasked: 1})

    summary = summarise(district, y2024)

    assert [(each.section, each.indicator) for each in summary.lines] == [
        ("Phát triển đảng viên", admitted),
        ("Phát triển đảng viên", rural),
        ("Việc khác", approval),
        ("Chỉ tiêu khác", unasked),
    ]
    assert [each.depth for each in summary.lines] == [0, 1, 0, 0]


def test_a_span_of_years_expects_nothing(district, cell, admitted, form):
    span = makers.make_period(code="2020-2023", kind="span")
    approve(cell, span, {admitted: 29})

    summary = summarise(district, span)

    assert total(summary, admitted) == Value("given", Decimal(29))
    assert (summary.final, summary.expected, summary.previous) == (1, 1, None)


def test_bodies_outside_the_readers_branches_are_shown_together(district, cell, other_cell, y2024, admitted, approval, form, an):
    group = make_organization(parent=district, name="Đảng bộ khối", kind=make_kind(code="khoi"))
    cell.change(on=dt.date(2001, 1, 1), parent=group)
    other_cell.change(on=dt.date(2001, 1, 1), parent=group)
    third = make_organization(parent=group)
    for organization in (cell, other_cell, third):
        approve(organization, y2024, {admitted: 4, approval: 50})
    reader = make_account(rights=[Right.REVIEW], organization=group)
    for organization in (other_cell, third):
        organization.change(on=dt.date(2025, 1, 1), parent=district)

    summary = summarise(group, y2024, seen_by=reader)

    assert values(summary, admitted) == {"Đảng bộ xã Mẫu": Value("given", Decimal(4)), ELSEWHERE: Value("given", Decimal(8))}
    assert values(summary, approval)[ELSEWHERE] == BLANK
    assert total(summary, admitted) == Value("given", Decimal(12))
    assert (summary.columns[1].final, summary.columns[1].expected, summary.columns[1].report) == (2, 2, None)


def test_the_report_behind_a_column_is_given_to_those_who_may_see_it(district, cell, other_cell, y2024, admitted, form, binh, manager):
    report = approve(cell, y2024, {admitted: 4})

    assert [column.report for column in summarise(district, y2024, seen_by=binh).columns] == [None, report.pk]
    assert summarise(cell, y2024, seen_by=binh).report == report.pk
    assert summarise(cell, y2024, seen_by=manager).report is None


@pytest.mark.parametrize("bodies", [1, 3, 50])
def test_a_summary_costs_eight_queries(district, y2024, admitted, rural, share, form, django_assert_num_queries, bodies):
    for number in range(bodies):
        approve(make_organization(parent=district), y2024, {admitted: number, rural: 0})

    with django_assert_num_queries(8):
        summary = summarise(district, y2024)

    assert total(summary, admitted).value == bodies * (bodies - 1) // 2


@pytest.mark.parametrize("bodies", [1, 3, 50])
@pytest.mark.parametrize(("right", "queries"), [(Right.REVIEW, 14), (Right.READ, 16)])
def test_a_summary_for_a_reader_costs_as_much_for_any_number_of_bodies(
    district, y2024, admitted, rural, form, django_assert_num_queries, bodies, right, queries
):
    reader = make_account(rights=[right], organization=district)
    for number in range(bodies):
        approve(make_organization(parent=district), y2024, {admitted: number, rural: 0})

    with django_assert_num_queries(queries):
        summarise(district, y2024, seen_by=reader)


def test_bodies_that_say_nothing_are_counted_where_they_stand(district, y2024, admitted, rural, form):
    """Of four levels only the bodies with a report, those directly below the top, and what stands between them are read."""
    quiet, speaking = (make_organization(parent=district) for _ in range(2))
    [make_organization(parent=quiet) for _ in range(2)]
    between = make_organization(parent=speaking)
    deep = [make_organization(parent=between) for _ in range(3)]
    approve(deep[0], y2024, {admitted: 7, rural: 0})

    gathered = gather({y2024: district}).branches[y2024]
    summary = summarise(district, y2024)

    assert gathered.bodies.keys() == {district.pk, quiet.pk, speaking.pk, between.pk, deep[0].pk}
    assert gathered.standing == {district.pk: 1, quiet.pk: 3, speaking.pk: 5}
    assert total(summary, admitted).value == 7
    told = {column.body: (column.expected, column.final, column.has_bodies_below) for column in summary.columns if not column.is_own}
    assert told == {quiet.pk: (3, 0, True), speaking.pk: (5, 1, True)}
