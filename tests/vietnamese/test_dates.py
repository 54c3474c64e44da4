from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partyreports.vietnamese import DateError, PartialDate, date_line, moment, parse_date, parse_partial_date, screen_date, short_date

quick = settings(deadline=None, max_examples=200)
dates = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "05/06/2024",
        "5/6/2024",
        "05-06-2024",
        "5.6.2024",
        " 05 / 06 / 2024 ",
        "ngày 05/6/2024",
        "ngày 5 tháng 6 năm 2024",
        "Ngay 05 thang 06 nam 2024",
        "05–06–2024",
    ],
)
def test_the_day_comes_first(typed):
    assert parse_date(typed) == date(2024, 6, 5)


def test_a_day_above_twelve_is_no_month():
    assert parse_date("25/12/2024") == date(2024, 12, 25)


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [
        ("32/13/2024", ("31/12/2024", "31/01/2024", "31/03/2024")),
        ("27/32/2024", ("27/12/2024", "27/03/2024", "27/02/2024")),
        ("29/02/2023", ("28/02/2023", "01/03/2023")),
        ("31/4/2024", ("30/04/2024", "01/05/2024")),
        ("12/25/2024", ("25/12/2024",)),
        ("0/1/2024", ("01/01/2024",)),
        ("1/0/2024", ("01/01/2024",)),
        ("32/12/2099", ("31/12/2099",)),
        ("5/6/24", ("05/06/2024",)),
        ("5/6/75", ("05/06/1975",)),
        ("30/2/24", ("29/02/2024", "01/03/2024")),
        ("2024-06-05", ("05/06/2024",)),
        ("2024-02-30", ("29/02/2024", "01/03/2024")),
        ("5/6/224", ()),
        ("5/6/2100", ()),
        ("5/6/20245", ()),
        ("5/6-2024", ()),
        ("6/2024", ()),
        ("hôm qua", ()),
        ("", ()),
    ],
)
def test_an_impossible_date_is_refused_with_the_nearest_ones(typed, suggestions):
    with pytest.raises(DateError) as error:
        parse_date(typed)

    assert error.value.suggestions == suggestions
    assert error.value.sentence == str(error.value) != ""


def test_the_sentence_names_the_date_and_what_may_be_meant():
    with pytest.raises(DateError) as error:
        parse_date("29/2/2023")

    assert error.value.sentence == "Không có ngày 29/02/2023. Đồng chí muốn nhập 28/02/2023 hay 01/03/2023?"


@quick
@given(dates)
def test_every_way_of_showing_a_date_is_read_back_as_the_same_date(when):
    assert parse_date(screen_date(when)) == when
    assert parse_date(short_date(when)) == when
    assert parse_date(date_line(when.day, when.month, when.year)) == when


@quick
@given(st.tuples(st.integers(0, 120), st.integers(0, 120), st.integers(0, 99999)).map(lambda parts: "/".join(map(str, parts))) | st.text(max_size=15))
def test_whatever_is_typed_is_read_or_asked_about_with_readable_suggestions(typed):
    for read in (parse_date, parse_partial_date):
        try:
            read(typed)
        except DateError as error:
            for suggestion in error.suggestions:
                read(suggestion)


@pytest.mark.parametrize(
    ("typed", "meant", "shown"),
    [
        ("tháng 01/2025", PartialDate(2025, 1), "tháng 01/2025"),
        ("6/2024", PartialDate(2024, 6), "tháng 6/2024"),
        ("tháng 11 năm 2024", PartialDate(2024, 11), "tháng 11/2024"),
        ("ngày\u00a0\u00a0\u00a0tháng 01 năm 2025", PartialDate(2025, 1), "tháng 01/2025"),
        ("ngày … tháng 01 năm 2025", PartialDate(2025, 1), "tháng 01/2025"),
        ("2024", PartialDate(2024), "năm 2024"),
        ("Năm 2024", PartialDate(2024), "năm 2024"),
        ("14/06/2024", PartialDate(2024, 6, 14), "14/6/2024"),
    ],
)
def test_a_partial_date_keeps_what_is_known(typed, meant, shown):
    assert parse_partial_date(typed) == meant
    assert str(meant) == shown
    assert parse_partial_date(shown) == meant


@pytest.mark.parametrize(
    ("typed", "suggestions"),
    [("13/2025", ("12/2025", "01/2025", "03/2025")), ("0/2025", ("01/2025",)), ("29/2/2023", ("28/02/2023", "01/03/2023")), ("1/25", ())],
)
def test_an_impossible_partial_date_is_refused(typed, suggestions):
    with pytest.raises(DateError) as error:
        parse_partial_date(typed)

    assert error.value.suggestions == suggestions


def test_a_partial_date_has_no_day_without_a_month_and_no_impossible_day():
    with pytest.raises(ValueError, match="month"):
        PartialDate(2024, day=5)
    with pytest.raises(DateError):
        PartialDate(2023, 2, 29)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (date(2019, 8, 2), "02/8/2019"),
        (date(2022, 2, 21), "21/02/2022"),
        (date(2024, 6, 14), "14/6/2024"),
        (date(2024, 1, 5), "05/01/2024"),
        (date(2024, 11, 9), "09/11/2024"),
        (None, "–"),
    ],
)
def test_a_printed_date_pads_the_day_and_only_the_first_two_months(when, shown):
    assert short_date(when) == shown


def test_a_date_on_screen_has_two_figures_for_day_and_month():
    assert screen_date(date(2024, 6, 5)) == "05/06/2024"
    assert screen_date(None) == "–"


def test_a_moment_says_the_time_before_the_date():
    assert moment(datetime(2024, 12, 3, 14, 5)) == "14:05 ngày 03/12/2024"
    assert moment(None) == "–"


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ((5, 2, 2026), "ngày 05 tháng 02 năm 2026"),
        ((27, 5, 2026), "ngày 27 tháng 5 năm 2026"),
        ((None, 1, 2025), "ngày\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0tháng 01 năm 2025"),
        ((None, None, 2025), "ngày\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0tháng\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0năm 2025"),
    ],
)
def test_the_date_line_leaves_blank_what_is_filled_in_by_hand(parts, line):
    assert date_line(*parts) == line


def test_the_date_line_refuses_a_day_that_does_not_exist():
    with pytest.raises(DateError):
        date_line(29, 2, 2023)
