from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyreports.vietnamese import GIVEN, MISSING, NOT_APPLICABLE, NOTHING, QUALIFIERS, Entry, NumberError, parse_figure, write_figure

quick = settings(deadline=None, max_examples=200)
values = st.decimals(0, 10**13, places=2) | st.integers(0, 10**15).map(Decimal)
entries = st.sampled_from([Entry(MISSING), Entry(NOTHING), Entry(NOT_APPLICABLE)]) | st.builds(
    Entry, st.just(GIVEN), values, st.sampled_from(sorted(QUALIFIERS))
)


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("", "missing"),
        ("  ", "missing"),
        ("không phát sinh", "nothing"),
        ("Khong phat sinh", "nothing"),
        ("KPS", "nothing"),
        ("k", "nothing"),
        ("Không áp dụng", "not_applicable"),
        ("kad", "not_applicable"),
    ],
)
def test_the_blanks_are_told_apart(typed, state):
    assert parse_figure(typed) == Entry(state)


def test_zero_is_a_figure_and_no_blank():
    assert parse_figure("0") == Entry("given", Decimal(0))


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("245", "245", ""),
        ("hơn 245", "245", "over"),
        ("HƠN 245", "245", "over"),
        ("hon 245", "245", "over"),
        ("hơn245", "245", "over"),
        ("trên 245", "245", "over"),
        ("khoảng 70", "70", "about"),
        ("khoang 1.600", "1600", "about"),
        ("gần 1", "1", "nearly"),
        ("ít nhất 2", "2", "at_least"),
        ("it  nhat 02", "2", "at_least"),
        ("ước 6.108.340.000", "6108340000", "estimated"),
        ("Ước đạt: 50,3", "50.3", "estimated"),
        ("cơ bản 19", "19", "basically"),
    ],
)
def test_a_figure_is_read_with_its_qualifier(typed, value, qualifier):
    assert parse_figure(typed) == Entry("given", Decimal(value), qualifier)


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [
        ("hơn 1.5", ("hơn 1,5", "hơn 1.500")),
        ("tren 1.5", ("hơn 1,5", "hơn 1.500")),
        ("không", ("0", "không phát sinh")),
        ("-", ("0", "không phát sinh")),
        ("–", ("0", "không phát sinh")),
        ("hơn", ()),
        ("hơn hai trăm", ()),
        ("dưới 5", ()),
        ("nhiều 5", ()),
        ("5 người", ()),
        ("\u03005", ()),
        ("-5", ()),
    ],
)
def test_what_is_not_clear_is_asked_about(typed, suggestions):
    with pytest.raises(NumberError) as error:
        parse_figure(typed)

    assert error.value.suggestions == suggestions


@quick
@given(entries)
def test_what_is_written_is_read_back_as_the_same_entry(entry):
    assert parse_figure(write_figure(entry)) == entry


@quick
@given(entries)
def test_what_is_written_with_fixed_decimals_is_read_back_too(entry):
    assert parse_figure(write_figure(entry, decimals=2), decimals=2) == entry


def test_negative_figures_go_where_they_are_allowed():
    entry = Entry(GIVEN, Decimal("-0.8"))
    assert parse_figure(write_figure(entry), allow_negative=True) == entry


@quick
@given(
    st.text(max_size=20)
    | st.builds(" ".join, st.lists(st.sampled_from(["hơn", "it nhat", "1.5", "1,5", "k", "không", "-", "19", "trên", "%"]), max_size=3)),
    st.sampled_from([None, 0, 2]),
)
def test_whatever_is_typed_is_read_or_asked_about_with_readable_suggestions(typed, decimals):
    try:
        parse_figure(typed, decimals=decimals)
    except NumberError as error:
        for suggestion in error.suggestions:
            parse_figure(suggestion, decimals=decimals)


@pytest.mark.parametrize(
    "parts", [("given",), ("missing", Decimal(1)), ("nothing", None, "over"), ("given", 5), ("given", Decimal(5), "under"), ("empty",)]
)
def test_an_entry_that_contradicts_itself_cannot_be_made(parts):
    with pytest.raises(ValueError, match=r"unknown|Decimal"):
        Entry(*parts)
