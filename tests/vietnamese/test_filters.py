from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template


def shown(source, **context):
    return Template("{% load vietnamese %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|number }}", 1981, "1.981"),
        ("{{ value|number:2 }}", Decimal("50.3"), "50,30"),
        ("{{ value|number }}", None, "–"),
        ("{{ value|count }}", 5, "05"),
        ("{{ value|percent }}", Decimal("55.555"), "55,56%"),
        ("{{ value|percent:1 }}", Decimal("55.55"), "55,6%"),
        ("{{ value|money }}", 6108340000, "6.108.340.000 đồng"),
        ('{{ value|money:"tỷ đồng" }}', 606, "606 tỷ đồng"),
        ("{{ value|screen_date }}", date(2024, 6, 5), "05/06/2024"),
        ("{{ value|short_date }}", date(2024, 6, 14), "14/6/2024"),
        ("{{ value|screen_date }}", None, "–"),
        ("{{ value.target.amount|number }}", None, "–"),
        ("{{ value.approved_at|moment }}", None, "–"),
    ],
)
def test_a_filter_shows_a_value_as_vietnamese_writes_it(source, value, text):
    assert shown(source, value=value) == text


def test_moments_and_their_dates_are_shown_in_local_time():
    late_evening = datetime(2024, 12, 2, 19, 5, tzinfo=UTC)
    assert shown("{{ value|moment }}", value=late_evening) == "02:05 ngày 03/12/2024"
    assert shown("{{ value|screen_date }}", value=late_evening) == "03/12/2024"


def test_a_float_is_never_shown():
    with pytest.raises(TypeError):
        shown("{{ value|number }}", value=1.5)
