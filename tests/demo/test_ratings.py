"""Ratings of the demonstration: every member of two rosters has a level, no base organisation passes the ceiling, two rounds of badges are given."""

import pytest

from organizations import ratings
from organizations.models import BadgeAward, MemberRating, Organization


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("code", ["lac-lam", "lac-xuan"])
def test_members_are_rated_within_the_ceiling(code, year):
    line = ratings.lines([Organization.objects.get(code=code).version(on=ratings.last_day(year))], year)[0]

    assert line.missing == 0
    assert 0 < line.excellent <= line.ceiling.most
    assert not line.is_above


@pytest.mark.usefixtures("demo")
def test_nobody_is_rated_in_another_commune_and_two_rounds_are_awarded():
    homes = set(MemberRating.objects.values_list("organization__versions__parent__code", flat=True))
    rounds = {day.month for day in BadgeAward.objects.values_list("round_on", flat=True)}

    assert homes == {"lac-lam", "lac-xuan"}
    assert rounds == {2, 5}
