"""The country that the portal is measured with: as large as asked for, sound in every row, and never over data that exist."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from organizations import roster
from organizations.models import Account, Member, Organization, OrganizationVersion, Stay
from partyreports.demo.country import Size, tables
from partyreports.demo.loading import load
from tests import makers

SIZE = Size(provinces=1, districts=2, communes=2, cells=3, members=10)


@pytest.fixture
def country(db):
    """Written as the command does, without the statistics that need a transaction of their own."""
    kinds = {code: makers.make_kind(code=code).pk for code in ("toan-dang", "dang-bo-tinh", "dang-bo-huyen", "dang-bo-xa", "chi-bo-nong-thon")}
    return {table: load(table, names, rows) for table, names, rows in tables(SIZE, kinds)}


def test_it_is_as_large_as_asked_for(country):
    assert country[Organization] == country[OrganizationVersion] == 1 + 1 + 2 + 4 + 12
    assert country[Member] == SIZE.all_members == Member.objects.count() == 120


def test_every_path_follows_from_the_parents(country):
    paths = dict(OrganizationVersion.objects.values_list("organization", "path"))

    for version in OrganizationVersion.objects.exclude(parent=None):
        assert version.path[:-4] == paths[version.parent_id]
        assert version.level == len(version.path) // 4 - 1


def test_every_row_would_pass_its_form(country):
    for row in [*Member.objects.all(), *Stay.objects.select_related("member", "organization"), *OrganizationVersion.objects.exclude(level=0)]:
        row.full_clean(exclude=["heading"])


def test_each_member_stands_where_his_last_stay_is(country):
    for stay in Stay.objects.lasting().filter(until=None).select_related("member"):
        assert (stay.member.organization_id, stay.member.is_active) == (stay.organization_id, True)
    assert Stay.objects.lasting().filter(until=None).count() == Member.objects.filter(is_active=True).count() == 120 - 120 // 40


def test_opening_and_arrivals_less_departures_are_closing(country):
    for level in (1, 2, 3, 4):
        body = OrganizationVersion.objects.filter(level=level).first().organization
        balance = roster.balance(body, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        assert balance.opening + balance.arrived - balance.departed == balance.closing == roster.count(body, on=dt.date(2026, 12, 31))


def test_it_is_not_written_over_data_that_exist(db):
    makers.make_account()

    with pytest.raises(CommandError, match="đã có dữ liệu"):
        call_command("generate_country", provinces=1)
    assert Account.objects.count() == 1
    assert not Organization.objects.exists()


def test_a_size_of_nothing_is_refused(db):
    with pytest.raises(CommandError, match="từ 1 trở lên"), transaction.atomic():
        call_command("generate_country", cells=0)
