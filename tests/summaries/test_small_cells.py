from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.models import Right
from organizations.review import Status
from partyreports.metrics.models import Indicator
from partyreports.metrics.values import Value
from partyreports.summaries.gathered import Branch
from partyreports.summaries.small_cells import masks
from partyreports.summaries.summary import summarise
from partyreports.summaries.sums import Sums
from tests.makers import make_account, make_form, make_indicator, make_kind, make_organization, make_report


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted")


@pytest.fixture
def minority(admitted):
    return make_indicator(code="members_admitted", breakdown="ethnic_minority", part_of=admitted, part_kind="overlap")


@pytest.fixture
def share(admitted, minority):
    facts = {"kind": "ratio", "adds": "ratio", "decimals": 2, "numerator": minority, "denominator": admitted}
    ratio = make_indicator(code="share", breakdown="ethnic_minority", **facts)
    make_form(indicators=[ratio])
    return ratio


@pytest.fixture
def reader(district):
    """Reads the whole district and takes no part in its work."""
    return make_account(rights=[Right.READ, Right.AUDIT], organization=district)


def approve(period, figures):
    """Approved reports: `figures` maps an organisation to a dict of figures."""
    for organization, numbers in figures.items():
        make_report(organization=organization, period=period, status=Status.APPROVED, figures=numbers)


def texts(summary, indicator):
    line = next(each for each in summary.lines if each.indicator == indicator)
    return [line.total.text, *(cell.text for cell in line.cells)]


def test_the_reporting_line_sees_every_number(district, cell, other_cell, y2024, admitted, minority, binh):
    approve(y2024, {cell: {minority: 1}, other_cell: {minority: 7}})

    assert texts(summarise(district, y2024, seen_by=binh), minority) == ["08", "07", "01"]


@pytest.mark.parametrize("right", [Right.ENTER, Right.WRITE, Right.REVIEW, Right.LOCK])
def test_those_who_work_on_the_body_see_its_small_numbers(cell, y2024, minority, right):
    approve(y2024, {cell: {minority: 1}})

    assert texts(summarise(cell, y2024, seen_by=make_account(rights=[right], organization=cell)), minority) == ["01"]


@pytest.mark.parametrize("right", [Right.READ, Right.AUDIT])
def test_others_see_that_a_number_is_small_and_no_more(cell, y2024, minority, right):
    approve(y2024, {cell: {minority: 2}})

    summary = summarise(cell, y2024, seen_by=make_account(rights=[right], organization=cell))

    assert texts(summary, minority) == ["<3"]
    assert summary.hides_small_numbers


def test_a_small_number_cannot_be_found_by_subtracting(district, cell, other_cell, y2024, minority, reader):
    third = make_organization(parent=district, name="Đảng ủy xã Ba")
    approve(y2024, {cell: {minority: 1}, other_cell: {minority: 7}, third: {minority: 0}})

    summary = summarise(district, y2024, seen_by=reader)

    assert texts(summary, minority) == ["08", "0", "ẩn", "ẩn"]


def test_nor_on_the_page_of_the_neighbour(district, cell, other_cell, y2024, minority, reader):
    approve(y2024, {cell: {minority: 1}, other_cell: {minority: 7}})

    assert texts(summarise(other_cell, y2024, seen_by=reader), minority) == ["ẩn"]
    assert texts(summarise(cell, y2024, seen_by=reader), minority) == ["ẩn"]


def test_a_row_of_small_numbers_alone_is_hidden_whole(district, cell, other_cell, y2024, minority, reader):
    third = make_organization(parent=district, name="Đảng ủy xã Ba")
    approve(y2024, {cell: {minority: 2}, other_cell: {minority: 2}, third: {minority: 0}})

    assert texts(summarise(district, y2024, seen_by=reader), minority) == ["04", "ẩn", "ẩn", "ẩn"]


def test_a_row_without_small_numbers_is_shown(district, cell, other_cell, y2024, minority, reader):
    approve(y2024, {cell: {minority: 3}, other_cell: {minority: 7}})

    assert texts(summarise(district, y2024, seen_by=reader), minority) == ["10", "07", "03"]
    assert texts(summarise(cell, y2024, seen_by=reader), minority) == ["03"]


def test_what_stands_below_a_hidden_number_is_hidden_too(district, cell, other_cell, y2024, minority, reader):
    below = [make_organization(parent=other_cell, kind=make_kind(code="chi-bo")) for _ in range(2)]
    approve(y2024, {cell: {minority: 1}, below[0]: {minority: 4}, below[1]: {minority: 5}})

    assert texts(summarise(other_cell, y2024, seen_by=reader), minority) == ["ẩn", "ẩn", "ẩn"]
    assert texts(summarise(below[0], y2024, seen_by=reader), minority) == ["ẩn"]


def test_ratios_of_hidden_numbers_are_hidden(district, cell, other_cell, y2024, admitted, minority, share, reader):
    approve(y2024, {cell: {admitted: 10, minority: 1}, other_cell: {admitted: 10, minority: 7}})

    summary = summarise(district, y2024, seen_by=reader)

    assert texts(summary, share) == ["40%", "ẩn", "ẩn"]
    assert texts(summary, admitted) == ["20", "10", "10"]


def test_a_ratio_over_fewer_bodies_does_not_tell_a_small_number(district, cell, other_cell, y2024, admitted, minority, share, reader):
    approve(y2024, {cell: {admitted: 10, minority: 2}, other_cell: {minority: 7}})

    assert texts(summarise(district, y2024, seen_by=reader), share)[0] == "ẩn"


def test_last_year_is_hidden_by_last_years_numbers(cell, y2023, y2024, minority):
    approve(y2023, {cell: {minority: 2}})
    approve(y2024, {cell: {minority: 5}})

    summary = summarise(cell, y2024, seen_by=make_account(rights=[Right.READ], organization=cell))

    line = next(each for each in summary.lines if each.indicator == minority)
    assert (line.total.text, line.previous.text, line.change) == ("05", "<3", None)


def test_a_change_over_some_bodies_does_not_tell_a_small_number(district, cell, other_cell, y2023, y2024, minority, reader):
    third = make_organization(parent=district, name="Đảng ủy xã Ba")
    approve(y2023, {cell: {minority: 4}, third: {minority: 5}})
    approve(y2024, {cell: {minority: 2}, other_cell: {minority: 7}})

    line = next(each for each in summarise(district, y2024, seen_by=reader).lines if each.indicator == minority)

    assert (line.total.text, line.previous.text, line.change) == ("09", "09", None)


def test_what_does_not_add_up_hides_nothing_else(district, cell, other_cell, y2024, reader):
    heard = make_indicator(code="heard", breakdown="religious", adds="none")
    approve(y2024, {cell: {heard: 1}, other_cell: {heard: 7}})

    assert texts(summarise(district, y2024, seen_by=reader), heard) == ["–", "07", "<3"]


def test_no_hidden_number_stays_in_the_summary(district, cell, other_cell, y2024, admitted, minority, share, reader):
    approve(y2024, {cell: {admitted: 10, minority: 1}, other_cell: {admitted: 10, minority: 7}})

    summary = summarise(district, y2024, seen_by=reader)

    hidden = [cell.value for line in summary.lines for cell in (line.total, line.previous, *line.cells) if cell.mask]
    assert hidden == [Value()] * 4


@pytest.fixture
def forms_of_discipline(db):
    whole = make_indicator(code="members_disciplined")
    return [
        whole,
        *(make_indicator(code="members_disciplined", breakdown=each, part_of=whole, part_kind="partition") for each in ("reprimand", "warning")),
    ]


@pytest.mark.parametrize("code", ["members_disciplined", "organisations_disciplined", "violation_found_members"])
def test_one_to_four_of_discipline_are_hidden_too(district, cell, other_cell, y2024, reader, binh, code):
    indicator = make_indicator(code=code)
    approve(y2024, {cell: {indicator: 4}, other_cell: {indicator: 6}})

    assert texts(summarise(district, y2024, seen_by=reader), indicator) == ["10", "ẩn", "ẩn"]
    assert texts(summarise(cell, y2024, seen_by=reader), indicator) == ["ẩn"]
    assert texts(summarise(cell, y2024, seen_by=make_account(rights=[Right.READ], organization=cell)), indicator) == ["<5"]
    assert texts(summarise(district, y2024, seen_by=binh), indicator) == ["10", "06", "04"]


def test_five_of_discipline_are_shown(district, cell, other_cell, y2024, reader, forms_of_discipline):
    approve(y2024, {cell: {forms_of_discipline[0]: 5}, other_cell: {forms_of_discipline[0]: 0}})

    assert texts(summarise(district, y2024, seen_by=reader), forms_of_discipline[0]) == ["05", "0", "05"]


def test_a_small_form_of_discipline_cannot_be_found_from_the_other_forms(district, cell, other_cell, y2024, reader, forms_of_discipline):
    whole, reprimand, warning = forms_of_discipline
    approve(y2024, {cell: {whole: 7, reprimand: 6, warning: 1}, other_cell: {whole: 11, reprimand: 5, warning: 6}})

    summary = summarise(district, y2024, seen_by=reader)

    assert texts(summary, whole) == ["18", "11", "07"]
    assert texts(summary, reprimand) == ["11", "ẩn", "ẩn"]
    assert texts(summary, warning) == ["07", "ẩn", "ẩn"]


def test_nor_from_the_total_of_a_branch_read_alone(cell, y2024, forms_of_discipline):
    whole, reprimand, warning = forms_of_discipline
    approve(y2024, {cell: {whole: 7, reprimand: 6, warning: 1}})

    summary = summarise(cell, y2024, seen_by=make_account(rights=[Right.READ], organization=cell))

    assert [texts(summary, each) for each in forms_of_discipline] == [["07"], ["ẩn"], ["<5"]]


def test_members_expelled_are_hidden_with_those_who_left_otherwise(district, cell, other_cell, y2024, reader, binh):
    whole = make_indicator(code="members_decrease")
    names = ("deceased", "expelled", "struck_off", "resigned")
    died, *left = [make_indicator(code="members_decrease", breakdown=name, part_of=whole, part_kind="partition") for name in names]
    approve(y2024, {cell: {whole: 3, died: 2, left[0]: 1, left[1]: 0, left[2]: 0}, other_cell: {whole: 1, died: 1, **dict.fromkeys(left, 0)}})

    alone = summarise(cell, y2024, seen_by=make_account(rights=[Right.READ], organization=cell))
    both = summarise(district, y2024, seen_by=reader)

    assert [texts(alone, each) for each in (whole, died, *left)] == [["03"], ["02"], ["ẩn"], ["ẩn"], ["ẩn"]]
    assert [texts(both, each) for each in (whole, died, left[0])] == [["04", "01", "03"], ["03", "01", "02"], ["ẩn", "ẩn", "ẩn"]]
    assert texts(summarise(cell, y2024, seen_by=binh), left[0]) == ["01"]


GROUP = Indicator(pk=1, code="members", breakdown="religious")
DISCIPLINE = Indicator(pk=1, code="members_disciplined")


@pytest.mark.parametrize(
    ("group", "limit", "count"), [*((GROUP, 3, count) for count in (1, 2, 3, 4)), *((DISCIPLINE, 5, count) for count in (1, 2, 3))]
)
def test_no_row_can_be_worked_out_from_its_total(group, limit, count):
    """Every row of so many bodies, by what a reader is shown of it: in each hidden place at least two numbers fit."""
    alike = {}
    for row in product(range(limit + 5), repeat=count):
        if sum(row) < limit:
            continue
        hidden = masks(_one_row(row, group), group)
        shown = (sum(row), *(hidden.get(body, number) for body, number in enumerate(row, start=1)))
        alike.setdefault(shown, []).append(row)

    worked_out = [
        (shown, rows)
        for shown, rows in alike.items()
        if any(isinstance(text, str) and len({row[place] for row in rows}) == 1 for place, text in enumerate(shown[1:]))
    ]
    assert worked_out == []


def _one_row(row, group):
    bodies = range(1, len(row) + 1)
    values = {body: {1: Value("given", Decimal(number))} for body, number in zip(bodies, row, strict=True)}
    below = {0: list(bodies), **{body: [] for body in bodies}}
    return Sums(Branch(0, dict.fromkeys(range(len(row) + 1)), below, values=values), {1: group})


@given(st.lists(st.lists(st.integers(0, 6), min_size=0, max_size=4), min_size=1, max_size=5))
def test_what_is_shown_fits_more_than_one_number_in_every_hidden_place(figures):
    """Walking over all pages of the branch, nobody outside the reporting line can tell one hidden small number from another."""
    bodies, below, values = {0: None}, {0: []}, {}
    for group, numbers in enumerate(figures, start=1):
        bodies[group] = None
        below[0].append(group)
        below[group] = [100 * group + place for place in range(len(numbers))]
        for key, number in zip(below[group], numbers, strict=True):
            values[key] = {1: Value("given", Decimal(number))}
    bodies |= {key: None for keys in list(below.values()) for key in keys}
    sums = Sums(Branch(0, bodies, below, values=values), {1: GROUP})

    hidden = masks(sums, GROUP)

    amounts = {body: sums.value(body, GROUP).amount for body in bodies}
    for body, children in below.items():
        if body not in hidden and any(amounts[child] for child in children):
            unseen = [child for child in children if child in hidden]
            assert len(unseen) != 1
    small = [body for body, amount in amounts.items() if amount and amount < 3]
    assert set(small) <= set(hidden)
