"""Age and years in the Party, exact on a date."""

import datetime as dt

import pytest

from organizations import ages
from organizations.models import Member, Stay

D = dt.date


@pytest.mark.parametrize(
    ("born", "on", "years", "months"),
    [
        (D(1985, 5, 19), D(2026, 5, 18), 40, 11),
        (D(1985, 5, 19), D(2026, 5, 19), 41, 0),
        (D(1985, 12, 31), D(2026, 2, 28), 40, 2),  # a month without the 31st is complete on its last day
        (D(2000, 2, 29), D(2026, 2, 27), 25, 11),
        (D(2000, 2, 29), D(2026, 2, 28), 26, 0),
        (D(2000, 2, 29), D(2028, 2, 28), 27, 11),
        (D(2000, 2, 29), D(2028, 2, 29), 28, 0),
        (D(2026, 11, 22), D(2026, 11, 22), 0, 0),
        (D(2026, 11, 23), D(2026, 11, 22), 0, 0),
    ],
)
def test_age_is_complete_years_and_months(born, on, years, months):
    assert ages.age(Member(born_on=born, birth_year=born.year), on=on) == ages.Age(years, months)


def test_where_only_the_year_is_known_the_age_is_about():
    age = ages.age(Member(birth_year=1985), on=D(2026, 1, 1))

    assert (age.years, age.is_exact, str(age)) == (41, False, "khoảng 41 tuổi")
    assert str(ages.Age(41, 3)) == "41 tuổi 3 tháng"
    assert str(ages.Age(41)) == "41 tuổi"
    assert ages.Age(30, 2).in_party == "30 năm 2 tháng"


def stay(since, until=None, left_by="", arrived_by="listed"):
    return Stay(since=since, until=until, left_by=left_by, arrived_by=arrived_by)


MEMBER = Member(admitted_on=D(1994, 2, 3))
LEFT = [stay(D(1994, 2, 3), D(2000, 1, 1), "struck"), stay(D(2003, 1, 1), arrived_by="restored")]  # 1.096 days


@pytest.mark.parametrize(
    ("stays", "on", "age"),
    [
        ([stay(D(1994, 2, 3))], D(2024, 2, 2), (29, 11)),
        ([stay(D(1994, 2, 3))], D(2024, 2, 3), (30, 0)),
        # From one chi bộ to another, or out of the province and back, nothing is lost.
        ([stay(D(1994, 2, 3), D(2000, 1, 1), "to_outside"), stay(D(2001, 1, 1), arrived_by="from_outside")], D(2024, 2, 3), (30, 0)),
        (LEFT, D(2027, 2, 2), (29, 11)),
        (LEFT, D(2027, 2, 3), (30, 0)),
        (LEFT, D(2002, 2, 3), (8, 0)),  # not back yet on that day
    ],
)
def test_years_in_the_party_leave_out_the_time_out_of_it(stays, on, age):
    found = ages.party_age(MEMBER, stays, on=on)

    assert (found.years, found.months) == age


@pytest.mark.parametrize(
    ("day", "months", "then"), [(D(2024, 1, 31), 1, D(2024, 2, 29)), (D(2024, 2, 29), -12, D(2023, 2, 28)), (D(2024, 11, 7), -360, D(1994, 11, 7))]
)
def test_a_month_that_has_no_such_day_ends_on_its_last(day, months, then):
    assert ages.add_months(day, months) == then
