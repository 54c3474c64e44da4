from decimal import Decimal

import pytest

from partyreports.vietnamese import attainment, compare, count, money, pair, percent


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1981, "1.981"), (Decimal("5.00"), "05"), (Decimal("7.5"), "7,5"), (-3, "-03"), (None, "–")],
)
def test_a_count_below_ten_takes_a_leading_zero(value, shown):
    assert count(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal(5) / Decimal(9) * 100, "55,56%"),
        (Decimal("50.30"), "50,3%"),
        (100, "100%"),
        (Decimal("112.5"), "112,5%"),
        (Decimal("24.135"), "24,14%"),
        (5, "5%"),
        (None, "–"),
    ],
)
def test_a_percentage_has_two_decimals_at_most_and_no_space(value, shown):
    assert percent(value) == shown


def test_a_percentage_in_a_table_keeps_its_zeros():
    assert percent(100, fixed=True) == "100,00%"
    assert percent(Decimal("97.74"), decimals=1, fixed=True) == "97,7%"


def test_money_is_shown_in_full_or_in_the_unit_given():
    assert money(6108340000) == "6.108.340.000 đồng"
    assert money(Decimal("7.49"), unit="tỷ đồng") == "7,49 tỷ đồng"
    assert money(5) == "5 đồng"
    assert money(None) == "–"


@pytest.mark.parametrize(("result", "whole", "shown"), [(22, 29, "22/29"), (9, 8, "09/8"), (5, 9, "05/9"), (0, 8, "0/8"), (None, 8, "–/8")])
def test_only_the_result_of_a_pair_takes_a_leading_zero(result, whole, shown):
    assert pair(result, whole) == shown


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (35, 8, "tăng 27 so với năm 2023"),
        (2, 5, "giảm 03 so với năm 2023"),
        (5, Decimal("5.0"), "bằng năm 2023"),
        (Decimal("1.5"), 1, "tăng 0,5 so với năm 2023"),
        (None, 5, "–"),
        (5, None, "–"),
    ],
)
def test_a_comparison_names_its_direction_and_its_year(now, before, said):
    assert compare(now, before, year=2023) == said


@pytest.mark.parametrize(
    ("result", "target", "said"), [(9, 8, "vượt"), (8, 8, "đạt"), (7, 8, "chưa đạt"), (0, 0, "đạt"), (None, 8, "–"), (8, None, "–")]
)
def test_a_result_exceeds_meets_or_misses_its_target(result, target, said):
    assert attainment(result, target) == said
