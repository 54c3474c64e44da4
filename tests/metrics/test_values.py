from decimal import Decimal

import pytest

from organizations.models import Organization
from organizations.review import Status
from partyreports.metrics.models import Figure, Indicator
from partyreports.metrics.values import BLANK, Value, computed, show, show_amount, values_for, values_for_many, values_of
from tests.makers import make_indicator, make_organization, make_report, make_target

Kind = Indicator.Kind
HOUSEHOLDS, MONEY, PERCENT = Indicator(unit="hộ"), Indicator(unit="tỷ đồng", kind=Kind.MONEY), Indicator(kind=Kind.RATIO, decimals=1)


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted")


@pytest.fixture
def rural(admitted):
    return make_indicator(code="members_admitted", breakdown="rural", part_of=admitted, part_kind="partition")


@pytest.fixture
def share(admitted, rural):
    return make_indicator(
        code="members_admitted_share", breakdown="rural", kind=Kind.RATIO, adds="ratio", decimals=2, numerator=rural, denominator=admitted
    )


@pytest.fixture
def against_target(admitted):
    return make_indicator(code="member_target_attainment", kind=Kind.TARGET_RATIO, adds="ratio", decimals=1, numerator=admitted)


def test_ratios_are_computed_from_final_figures_and_targets_stand_beside(
    cell, y2024, admitted, rural, share, against_target, django_assert_num_queries
):
    make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={admitted: 29, rural: 7})
    make_target(organization=cell, period=y2024, indicator=admitted, value=8)

    with django_assert_num_queries(3):
        values = values_for(cell, y2024)

    assert values == {
        "members_admitted": Value("given", Decimal(29), target=Decimal(8)),
        "members_admitted:rural": Value("given", Decimal(7)),
        "members_admitted_share:rural": Value("given", Decimal(700) / 29, numerator=Decimal(7), denominator=Decimal(29)),
        "member_target_attainment": Value("given", Decimal("362.5"), numerator=Decimal(29), denominator=Decimal(8)),
    }
    assert show(share, values["members_admitted_share:rural"]) == "24,14%"


def test_a_report_that_is_not_final_gives_its_target_alone_unless_asked_for(cell, y2024, admitted):
    make_report(organization=cell, period=y2024, status=Status.SUBMITTED, figures={admitted: 9})
    make_target(organization=cell, period=y2024, indicator=admitted, value=8)

    assert values_for(cell, y2024) == {"members_admitted": Value(target=Decimal(8))}
    assert values_for(cell, y2024, final_only=False) == {"members_admitted": Value("given", Decimal(9), target=Decimal(8))}


def test_figures_of_another_year_or_body_do_not_leak_in(cell, other_cell, y2023, y2024, admitted):
    make_report(organization=cell, period=y2023, status=Status.LOCKED, figures={admitted: 3})
    make_report(organization=other_cell, period=y2024, status=Status.LOCKED, figures={admitted: 4})
    make_target(organization=other_cell, period=y2024, indicator=admitted, value=8)

    assert values_for(cell, y2024) == {}


@pytest.mark.parametrize("bodies", [1, 3, 50])
def test_many_bodies_cost_as_much_as_one(district, y2024, admitted, rural, share, django_assert_num_queries, bodies):
    for number in range(bodies):
        body = make_organization(parent=district)
        make_report(organization=body, period=y2024, status=Status.LOCKED, figures={admitted: number, rural: 0})
    organizations = Organization.objects.exclude(pk=district.pk)

    with django_assert_num_queries(4):
        values = values_for_many(organizations, y2024)

    assert sorted(each["members_admitted"].value for each in values.values()) == list(range(bodies))


@pytest.mark.parametrize("bodies", [1, 3, 50])
def test_values_of_reports_cost_three_queries(district, y2024, admitted, django_assert_num_queries, bodies):
    reports = [make_report(organization=make_organization(parent=district), period=y2024, figures={admitted: number}) for number in range(bodies)]

    with django_assert_num_queries(3):
        values = values_of(reports)

    assert [values[report.pk]["members_admitted"].value for report in reports] == list(range(bodies))


def test_a_body_without_a_report_has_no_values_and_no_bodies_cost_nothing_much(cell, y2024):
    assert values_for(cell, y2024) == {}
    assert values_for_many([], y2024) == {}
    assert values_of([]) == {}


GIVEN_7, GIVEN_29, ZERO = Value("given", Decimal(7)), Value("given", Decimal(29)), Value("given", Decimal(0))
NOTHING, NOT_APPLICABLE = Value("nothing"), Value("not_applicable")


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (GIVEN_7, GIVEN_29, Value("given", Decimal(700) / 29, "", Decimal(7), Decimal(29))),
        (NOTHING, GIVEN_29, Value("given", Decimal(0), "", Decimal(0), Decimal(29))),
        (GIVEN_7, BLANK, BLANK),
        (BLANK, GIVEN_29, BLANK),
        (BLANK, ZERO, BLANK),
        (NOT_APPLICABLE, BLANK, NOT_APPLICABLE),
        (GIVEN_7, NOT_APPLICABLE, NOT_APPLICABLE),
        (ZERO, ZERO, Value("not_applicable", numerator=Decimal(0), denominator=Decimal(0))),
        (GIVEN_7, NOTHING, Value("not_applicable", numerator=Decimal(7), denominator=Decimal(0))),
        (Value("given", Decimal(1), "over"), Value("given", Decimal(2)), Value("given", Decimal(50), "over", Decimal(1), Decimal(2))),
        (Value("given", Decimal(1), "estimated"), Value("given", Decimal(2)), Value("given", Decimal(50), "estimated", Decimal(1), Decimal(2))),
        (Value("given", Decimal(1)), Value("given", Decimal(2), "over"), Value("given", Decimal(50), "about", Decimal(1), Decimal(2))),
        (Value("given", Decimal(1), "over"), Value("given", Decimal(2), "over"), Value("given", Decimal(50), "about", Decimal(1), Decimal(2))),
    ],
)
def test_four_blanks_are_told_apart_in_a_ratio(above, below, expected):
    assert computed(PERCENT, above, below) == expected


def test_an_average_is_not_a_percentage():
    average = Indicator(kind=Kind.AVERAGE, unit="người", decimals=1)

    value = computed(average, Value("given", Decimal(1981)), Value("given", Decimal(24)))

    assert show(average, value) == "82,5"


@pytest.mark.parametrize(
    ("indicator", "value", "shown"),
    [
        (HOUSEHOLDS, BLANK, "chưa nhập"),
        (HOUSEHOLDS, NOTHING, "không phát sinh"),
        (HOUSEHOLDS, NOT_APPLICABLE, "không áp dụng"),
        (HOUSEHOLDS, ZERO, "0"),
        (HOUSEHOLDS, Value("given", Decimal("5.0000")), "05"),
        (HOUSEHOLDS, Value("given", Decimal(1981)), "1.981"),
        (HOUSEHOLDS, Value("given", Decimal(245), "over"), "hơn 245"),
        (MONEY, Value("given", Decimal("7.49")), "7,49 tỷ đồng"),
        (PERCENT, Value("given", Decimal("97.65")), "97,7%"),
        (PERCENT, Value("given", Decimal("97.65"), "about"), "khoảng 97,7%"),
    ],
)
def test_values_are_shown_as_their_kind_is_written(indicator, value, shown):
    assert show(indicator, value) == shown


def test_an_amount_without_a_number_is_a_dash():
    assert show_amount(HOUSEHOLDS, None) == "–"


def test_attainment_needs_a_target_to_divide_by():
    assert Value("given", Decimal(9), target=Decimal(8)).attainment == Decimal("112.5")
    assert Value("given", Decimal(9)).attainment is None
    assert Value("given", Decimal(9), target=Decimal(0)).attainment is None
    assert Value(target=Decimal(8)).attainment is None


def test_a_figure_with_its_qualifier_keeps_it(cell, y2024, admitted):
    report = make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={admitted: 200})
    Figure.objects.filter(report=report).update(qualifier="over")

    assert values_for(cell, y2024) == {"members_admitted": Value("given", Decimal(200), "over")}
