"""Django's own fields and filters, under the formats of partyreports.formats."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import timezone
from django.utils.formats import date_format, number_format


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("05/06/2024", date(2024, 6, 5)),
        ("5/6/2024", date(2024, 6, 5)),
        ("03/02/2024", date(2024, 2, 3)),
        ("25/12/2024", date(2024, 12, 25)),
        ("25-12-2024", date(2024, 12, 25)),
        ("2024-12-25", date(2024, 12, 25)),
    ],
)
def test_a_date_field_reads_the_day_first(typed, meant):
    assert forms.DateField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["32/13/2024", "12/25/2024", "29/02/2023", "Oct 5 2024"])
def test_a_date_field_refuses_what_is_no_day_first_date(typed):
    with pytest.raises(ValidationError):
        forms.DateField().clean(typed)


@pytest.mark.parametrize("typed", ["05/06/2024 14:05", "14:05 05/06/2024", "2024-06-05T14:05"])
def test_a_moment_field_reads_the_day_first(typed):
    assert timezone.make_naive(forms.DateTimeField().clean(typed)) == datetime(2024, 6, 5, 14, 5)


def test_a_date_field_shows_what_it_reads():
    assert forms.DateInput().format_value(date(2024, 6, 5)) == "05/06/2024"


def test_dates_and_numbers_are_shown_in_the_vietnamese_way():
    when = datetime(2024, 6, 5, 14, 5)
    assert date_format(when, "DATE_FORMAT") == "05/06/2024"
    assert date_format(when, "DATETIME_FORMAT") == "14:05 05/06/2024"
    assert date_format(when, "YEAR_MONTH_FORMAT") == "tháng 06/2024"
    assert number_format(Decimal("2661.5"), use_l10n=True, force_grouping=True) == "2.661,5"


def test_years_and_ids_in_a_template_have_no_dots():
    assert Template("{{ year }}").render(Context({"year": 2024})) == "2024"
