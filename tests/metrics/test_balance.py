"""Rules of balance: what holds is silent, what does not is told with both numbers and the gap."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyreports.metrics.balance import Finding, active_rules, check, findings
from partyreports.metrics.models import BalanceRule, Indicator, RuleTerm
from partyreports.metrics.values import BLANK, Value
from tests.makers import make_form, make_indicator, make_report

NOTHING, NOT_APPLICABLE = Value("nothing"), Value("not_applicable")


def number(amount, qualifier=""):
    return Value("given", Decimal(amount), qualifier)


def make_rule(*, left, right=(), operator="=", sentence="Bên trái {left}, bên phải {right}, chênh {gap}.", **facts):
    """A rule from indicators; a pair (indicator, "-") is subtracted, (indicator, "<") is of the year before."""
    rule = BalanceRule.objects.create(code=facts.pop("code", f"rule-{BalanceRule.objects.count()}"), operator=operator, sentence=sentence, **facts)
    for side, terms in (("left", left), ("right", right)):
        for order, term in enumerate(terms):
            indicator, how = term if isinstance(term, tuple) else (term, "")
            RuleTerm.objects.create(rule=rule, side=side, indicator=indicator, order=order, is_subtracted=how == "-", is_previous=how == "<")
    return BalanceRule.objects.prefetch_related("terms__indicator").get(pk=rule.pk)


@pytest.fixture
def whole(db):
    return make_indicator(code="whole", name="Số chi bộ", unit="chi bộ")


@pytest.fixture
def parts(whole):
    return [make_indicator(code="part", breakdown=name, part_of=whole, part_kind="partition") for name in ("rural", "school", "military")]


@pytest.fixture
def sum_rule(whole, parts):
    return make_rule(left=[whole], right=parts, sentence="Số chi bộ là {left}, các loại cộng lại {right}, chênh {gap}.")


def cells(whole, *parts):
    return dict(zip(["whole", "part:rural", "part:school", "part:military"], [whole, *parts], strict=True))


def test_parts_that_add_up_say_nothing(sum_rule):
    assert check(sum_rule, cells(number(24), number(15), number(7), number(2)), None) is None


def test_parts_that_do_not_add_up_say_both_numbers_and_the_gap(sum_rule):
    found = check(sum_rule, cells(number(24), number(15), number(6), number(2)), None)

    sentence = "Số chi bộ là 24, các loại cộng lại 23, chênh 01."
    assert found == Finding(sum_rule, sentence, ("whole", "part:rural", "part:school", "part:military"), "error")


def test_khong_phat_sinh_counts_as_nothing(sum_rule):
    assert check(sum_rule, cells(number(22), number(15), number(7), NOTHING), None) is None
    assert check(sum_rule, cells(number(24), number(15), number(7), NOTHING), None).sentence.startswith("Số chi bộ là 24")


def test_khong_ap_dung_takes_the_rule_out_of_force(sum_rule):
    assert check(sum_rule, cells(number(24), number(1), number(1), NOT_APPLICABLE), None) is None


def test_a_cell_not_typed_yet_makes_the_rule_wait(sum_rule):
    assert check(sum_rule, cells(number(24), number(1), number(1), BLANK), None) is None
    assert check(sum_rule, {}, None) is None


def test_a_rule_that_takes_empty_cells_for_zero_does_not_wait_but_for_all(sum_rule):
    sum_rule.missing_is_zero = True

    assert check(sum_rule, cells(number(24), number(15), number(7), BLANK), None) is not None
    assert check(sum_rule, cells(number(22), number(15), number(7), BLANK), None) is None
    assert check(sum_rule, {}, None) is None


def test_a_rough_number_can_only_warn(sum_rule):
    found = check(sum_rule, cells(number(24, "over"), number(15), number(6), number(2)), None)

    assert found.severity == "warning"


@pytest.mark.parametrize(("operator", "left", "is_told"), [("<=", 5, False), ("<=", 4, False), ("<=", 6, True), (">=", 5, False), (">=", 4, True)])
def test_limits_hold_at_the_limit(whole, parts, operator, left, is_told):
    rule = make_rule(left=[parts[0]], operator=operator, right=[whole])

    assert bool(check(rule, {"part:rural": number(left), "whole": number(5)}, None)) is is_told


def test_opening_plus_in_minus_out_is_closing(db):
    opening, came, left, closing = (make_indicator(code=code) for code in ("a", "b", "c", "d"))
    rule = make_rule(left=[closing], right=[opening, came, (left, "-")])

    assert check(rule, {"a": number(214), "b": number(9), "c": number(3), "d": number(220)}, None) is None
    told = check(rule, {"a": number(214), "b": number(9), "c": number(3), "d": number(221)}, None)
    assert told.sentence == "Bên trái 221, bên phải 220, chênh 01."


@pytest.fixture
def jump(whole):
    return make_rule(left=[whole], operator="<=", factor=2, allowance=5, right=[(whole, "<")], severity="warning", sentence="{left}/{right}/{gap}")


@pytest.mark.parametrize(("before", "now", "told"), [(3, 5, None), (8, 21, None), (8, 35, "35/08/27"), (0, 5, None), (0, 6, "06/0/06")])
def test_a_jump_over_the_year_before_is_asked_about(jump, before, now, told):
    found = check(jump, {"whole": number(now)}, {"whole": number(before)})

    assert (found.sentence if found else None) == told


def test_a_comparison_waits_without_a_year_before(jump):
    jump.missing_is_zero = True

    assert check(jump, {"whole": number(35)}, None) is None
    assert check(jump, {"whole": number(35)}, {"whole": number(8)}).where == ("whole",)


def test_a_fixed_limit_is_the_right_side(db):
    coverage = make_indicator(code="coverage", kind="quoted", adds="none", decimals=2, unit="%")
    rule = make_rule(left=[coverage], operator="<=", allowance=100, sentence="Tỷ lệ {left} vượt {right}, quá {gap}.")

    assert check(rule, {"coverage": number("95.35")}, None) is None
    assert check(rule, {"coverage": number("100.5")}, None).sentence == "Tỷ lệ 100,5% vượt 100%, quá 0,5%."


def test_shares_that_add_up_on_paper_add_up_here(whole, parts):
    shares = [
        make_indicator(code="share", breakdown=part.breakdown, kind="ratio", adds="ratio", decimals=2, numerator=part, denominator=whole)
        for part in parts[:2]
    ]
    rule = make_rule(left=shares, allowance=100)

    assert check(rule, {"share:rural": number(Decimal(700) / 29), "share:school": number(Decimal(2200) / 29)}, None) is None


def test_a_sentence_keeps_the_words_typed_before_its_numbers(sum_rule, whole, parts):
    values = {part.key: number(20) for part in parts} | {"whole": Value("given", Decimal(100), "over")}

    assert check(sum_rule, values, None).sentence == "Số chi bộ là hơn 100, các loại cộng lại 60, chênh khoảng 40."


def test_a_sentence_is_text_and_never_run(whole):
    rule = make_rule(left=[whole], allowance=1, sentence="{left.__class__} {{left}} {0} {right} {{ 7*7 }} {% x %} {gap}")

    assert check(rule, {"whole": number(3)}, None).sentence == "{left.__class__} {03} {0} 01 {{ 7*7 }} {% x %} 02"


def test_a_rule_without_terms_says_nothing(db):
    assert check(make_rule(left=[]), {}, None) is None


def test_errors_come_before_warnings_and_sleeping_rules_say_nothing(whole, parts, django_assert_num_queries):
    make_rule(code="a", left=[whole], allowance=1, severity="warning")
    make_rule(code="b", left=[whole], allowance=2)
    make_rule(code="c", left=[whole], allowance=3, is_active=False)

    with django_assert_num_queries(2):
        found = findings({"whole": number(9)}, None)

    assert [(finding.rule.code, finding.severity) for finding in found] == [("b", "error"), ("a", "warning")]


def test_rules_are_read_in_as_many_queries_however_many_there_are(whole, parts, django_assert_num_queries):
    for _ in range(50):
        make_rule(left=[whole], right=parts)

    with django_assert_num_queries(2):
        assert len(active_rules()) == 50


def test_an_error_blocks_submitting_and_a_warning_does_not(sum_rule, whole, parts, cell, y2024, an):
    make_form(indicators=[whole, *parts])
    report = make_report(organization=cell, period=y2024, by=an, figures={whole: 24, parts[0]: 15, parts[1]: 6, parts[2]: 2})

    (problem,) = report.problems()
    assert (problem.severity, problem.where, problem.sentence) == ("error", "whole", "Số chi bộ là 24, các loại cộng lại 23, chênh 01.")

    BalanceRule.objects.update(severity="warning")
    report.take("submit", by=an)
    assert report.status == "submitted"


def test_a_finding_about_cells_the_form_lacks_points_nowhere(sum_rule, whole, parts, cell, y2024, an):
    make_form(indicators=[parts[2]])
    report = make_report(organization=cell, period=y2024, by=an, figures={whole: 24, parts[0]: 15, parts[1]: 6, parts[2]: 2})

    assert [problem.where for problem in report.problems()] == ["part:military"]


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=3)


@given(st.lists(AMOUNTS, min_size=3, max_size=3), AMOUNTS.filter(bool))
def test_what_adds_up_is_silent_and_any_gap_is_told(amounts, gap):
    """The rule of a sum, without a database: terms are given in memory."""
    rule = in_memory("=", ["whole"], ["part:rural", "part:school", "part:military"])
    total = sum(amounts)

    assert check(rule, cells(number(total), *map(number, amounts)), None) is None
    told = check(rule, cells(number(total + gap), *map(number, amounts)), None)
    assert told is not None
    assert told.where == ("whole", "part:rural", "part:school", "part:military")


@given(AMOUNTS, AMOUNTS)
def test_a_part_is_at_most_its_whole_or_told(part, whole_amount):
    rule = in_memory("<=", ["part:rural"], ["whole"])

    told = check(rule, {"part:rural": number(part), "whole": number(whole_amount)}, None)

    assert bool(told) is (part > whole_amount)


@given(st.sampled_from([BLANK, NOTHING, NOT_APPLICABLE, number(0), number(7)]), st.sampled_from([BLANK, NOTHING, NOT_APPLICABLE, number(7)]))
def test_only_numbers_and_khong_phat_sinh_are_ever_compared(left, right):
    rule = in_memory("=", ["whole"], ["part:rural"])

    told = check(rule, {"whole": left, "part:rural": right}, None)

    comparable = all(value.state in ("given", "nothing") for value in (left, right))
    assert bool(told) is (comparable and left.amount != right.amount)


def in_memory(operator, left, right):
    """A rule whose terms come from no database."""
    rule = BalanceRule(pk=1, operator=operator, factor=Decimal(1), allowance=Decimal(0), sentence="{left} {right} {gap}")
    sides = [("left", key) for key in left] + [("right", key) for key in right]
    rule._prefetched_objects_cache = {"terms": [RuleTerm(side=side, indicator=unsaved(key)) for side, key in sides]}
    return rule


def unsaved(key):
    code, _, breakdown = key.partition(":")
    return Indicator(code=code, breakdown=breakdown, name=code, unit="người")
