from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partyreports.vietnamese import NumberError, number, parse_number, round_half_up

quick = settings(deadline=None, max_examples=200)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.932", "1932"),
        ("50,3", "50.3"),
        ("2.661,047", "2661.047"),
        ("2661,047", "2661.047"),
        ("05", "5"),
        ("0", "0"),
        ("0,8", "0.8"),
        ("6.108.340.000", "6108340000"),
        ("1932", "1932"),
        (" 1.932\u00a0", "1932"),
        ("1,932", "1.932"),
    ],
)
def test_a_well_written_number_is_read(typed, meant):
    assert parse_number(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [
        ("1.5", ("1,5", "1.500")),
        ("1.93", ("1,93", "1.930")),
        ("19.1", ("19,1", "19.100")),
        ("1.2345", ("1,2345", "12.345")),
        ("1.932.5", ("1.932,5", "19.325")),
        ("0.932", ("0,932",)),
        ("1234.5", ("1.234,5",)),
        ("1,932,000", ("1.932.000",)),
        ("2,661.047", ("2.661,047",)),
        ("1.23.456", ("123.456",)),
        (".5", ("0,5",)),
        (",5", ("0,5",)),
        ("5.", ("5",)),
        ("21 4", ("214",)),
        ("1\u00a0932", ("1.932",)),
        ("24,13 %", ("24,13",)),
        ("1.932,5,6", ()),
        ("09/8", ()),
        ("1 số", ()),
        ("Covid- 19", ()),
        ("7,49 tỉ", ()),
        ("1e5", ()),
        ("٣", ()),
        (".", ()),
        ("-", ()),
        ("", ()),
        ("1" * 19, ()),
    ],
)
def test_what_is_not_clear_is_asked_about_and_never_guessed(typed, suggestions):
    with pytest.raises(NumberError) as error:
        parse_number(typed)

    assert error.value.suggestions == suggestions


def test_the_question_names_both_readings_and_the_rule():
    with pytest.raises(NumberError) as error:
        parse_number("1.5")

    assert error.value.sentence == ("Đồng chí muốn nhập 1,5 hay 1.500? Dấu phẩy đứng trước phần thập phân, dấu chấm ngăn cách hàng nghìn.")
    assert str(error.value) == error.value.sentence


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [("1,932", ("1.932",)), ("1,000", ("1.000", "1")), ("1.5", ("15", "1.500")), ("50,3", ()), ("0,5", ()), ("5.", ("5",)), ("24,13%", ())],
)
def test_a_cell_for_whole_numbers_never_rounds(typed, suggestions):
    with pytest.raises(NumberError) as error:
        parse_number(typed, decimals=0)

    assert error.value.suggestions == suggestions


@pytest.mark.parametrize(("typed", "suggestions"), [("2.661,047", ("2.661,05",)), ("1,932", ("1.932", "1,93")), ("0.932", ("0,93",))])
def test_more_decimals_than_the_cell_holds_are_asked_about(typed, suggestions):
    with pytest.raises(NumberError) as error:
        parse_number(typed, decimals=2)

    assert error.value.suggestions == suggestions
    assert error.value.sentence.startswith("Ô này nhận nhiều nhất 2 chữ số sau dấu phẩy. ")


def test_an_english_thousand_with_zeros_is_asked_about_where_it_would_fit():
    with pytest.raises(NumberError) as error:
        parse_number("1,500", decimals=2)

    assert error.value.suggestions == ("1.500", "1,5")


@pytest.mark.parametrize("typed", ["-5", "−5", "–5", "- 5"])
def test_a_negative_number_is_read_only_where_it_is_allowed(typed):
    assert parse_number(typed, allow_negative=True) == -5
    with pytest.raises(NumberError) as error:
        parse_number(typed)
    assert error.value.sentence == "Nhập số từ 0 trở lên."


@quick
@given(
    st.text(st.sampled_from("0123456789.,- %/"), max_size=12) | st.text(max_size=12),
    st.sampled_from([None, 0, 1, 2, 3]),
    st.booleans(),
)
@example("-.1", None, False)
def test_whatever_is_typed_is_read_or_asked_about_with_readable_suggestions(typed, decimals, allow_negative):
    try:
        parse_number(typed, decimals=decimals, allow_negative=allow_negative)
    except NumberError as error:
        for suggestion in error.suggestions:
            parse_number(suggestion, decimals=decimals, allow_negative=allow_negative)


@quick
@given(st.decimals(-(10**14), 10**14, places=4) | st.integers(-(10**17), 10**17).map(Decimal))
def test_what_is_shown_is_read_back_as_the_same_number(value):
    assert parse_number(number(value), allow_negative=True) == value


@quick
@given(st.decimals(0, 10**12, places=3), st.integers(0, 3))
def test_what_is_shown_with_fixed_decimals_fits_a_cell_of_as_many(value, decimals):
    assert parse_number(number(value, decimals=decimals), decimals=decimals) == round_half_up(value, decimals)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1981, "1.981"),
        (Decimal("2661.047"), "2.661,047"),
        (Decimal("50.30"), "50,3"),
        (Decimal("1E+3"), "1.000"),
        (Decimal(100), "100"),
        (Decimal("-1234.5"), "-1.234,5"),
        (Decimal("-0.0"), "0"),
        (6108340000, "6.108.340.000"),
        (None, "–"),
    ],
)
def test_a_number_is_shown_with_a_dot_between_thousands_and_a_comma_before_decimals(value, shown):
    assert number(value) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [(1000, 2, "1.000,00"), (Decimal("0.125"), 2, "0,13"), (Decimal("-0.004"), 2, "0,00"), (Decimal("999.995"), 2, "1.000,00"), (None, 2, "–")],
)
def test_fixed_decimals_keep_their_zeros(value, decimals, shown):
    assert number(value, decimals=decimals) == shown


@pytest.mark.parametrize("value", [1.5, True, "5", Decimal("0").__float__()])
def test_only_exact_numbers_are_shown(value):
    with pytest.raises(TypeError):
        number(value)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_a_number_without_end_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        number(value)


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.5", 0, "1"),
        ("55.555", 2, "55.56"),
        ("24.135", 2, "24.14"),
        ("97.744", 1, "97.7"),
        ("1" * 40 + ".5", 0, "1" * 39 + "2"),
    ],
)
def test_halves_are_rounded_away_from_zero(value, decimals, rounded):
    assert round_half_up(Decimal(value), decimals) == Decimal(rounded)
