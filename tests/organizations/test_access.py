"""What a user reaches: rights × branch × days, as the tree stands today."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from organizations.access import heads, may, reach, rights_on
from organizations.models import Account, Assignment, Organization, Right
from tests import makers

DAY = dt.timedelta(1)


@pytest.fixture
def today():
    return timezone.localdate()


def fresh(account):
    """The account as the next request reads it."""
    return Account.objects.get(pk=account.pk)


def test_an_reaches_her_body_and_all_below(an, district, cell, other_cell):
    leaf = makers.make_organization(parent=cell)

    assert set(reach(an, Right.ENTER)) == {cell, leaf}
    assert set(reach(an)) == {cell, leaf}
    assert set(reach(an, Right.REVIEW)) == set()
    assert set(reach(an, Right.REVIEW, Right.ENTER)) == {cell, leaf}
    assert may(an, Right.ENTER, leaf)
    assert not may(an, Right.ENTER, district)
    assert not may(an, Right.ENTER, other_cell)
    assert rights_on(an, cell) == {Right.ENTER, Right.WRITE}


def test_a_visitor_reaches_nothing(cell):
    assert set(reach(AnonymousUser())) == set()
    assert set(reach(AnonymousUser(), Right.READ)) == set()


def test_an_account_without_assignments_reaches_nothing(cell):
    nobody = makers.make_account()

    assert set(reach(nobody)) == set()
    assert rights_on(nobody, cell) == frozenset()
    assert not nobody.holds(*Right)


def test_neighbours_in_the_order_of_keys_do_not_reach_each_other(district):
    """The prefix trap: with plain numbers /1/ would match /10/ … /19/."""
    bodies = [makers.make_organization(parent=district) for _ in range(40)]
    account = makers.make_account(rights=[Right.READ], organization=bodies[0])

    assert list(reach(account, Right.READ)) == [bodies[0]]


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [(-10, None, True), (0, None, True), (0, 0, True), (-10, 0, True), (1, None, False), (-10, -1, False), (1, 10, False)],
)
def test_an_assignment_counts_from_its_first_to_its_last_day(cell, today, first, last, counts):
    account = makers.make_account()
    Assignment.objects.create(
        account=account,
        right=Right.READ,
        organization=cell,
        valid_from=today + first * DAY,
        valid_to=None if last is None else today + last * DAY,
    )

    assert reach(account, Right.READ).exists() is counts
    assert may(account, Right.READ, cell) is counts
    assert account.holds(Right.READ) is counts


def test_a_disabled_account_may_nothing_at_once(an, cell):
    assert may(an, Right.ENTER, cell)

    Account.objects.filter(pk=an.pk).update(is_active=False)

    assert not may(an, Right.ENTER, cell)
    assert not reach(fresh(an)).exists()


def test_a_right_that_is_taken_away_counts_no_more_in_the_same_request(an, cell, today):
    assert an.holds(Right.ENTER)

    an.assignments.update(valid_to=today - DAY)

    assert not may(an, Right.ENTER, cell)


def test_a_deleted_account_may_nothing(cell):
    account = makers.make_account()
    key = account.pk
    account.delete()
    account.pk = key

    assert rights_on(account, cell) == frozenset()


def test_a_body_that_has_ended_stays_within_reach_where_it_last_stood(an, chi, cell, today):
    leaf = makers.make_organization(parent=cell)
    leaf.end(on=today - 400 * DAY)

    assert set(reach(an)) == {cell, leaf}
    assert may(an, Right.WRITE, leaf)
    assert not reach(chi).filter(pk=leaf.pk).exists()


def test_a_branch_that_has_ended_keeps_its_readers(an, cell, today):
    leaf = makers.make_organization(parent=cell)
    leaf.end(on=today - 30 * DAY)
    cell.end(on=today - 20 * DAY)

    assert set(reach(fresh(an))) == {cell, leaf}


def test_a_body_that_is_still_to_begin_is_within_reach_of_those_above(binh, chi, district, today):
    coming = makers.make_organization(parent=district, on=today + 30 * DAY)

    assert reach(binh).filter(pk=coming.pk).exists()
    assert not reach(chi).filter(pk=coming.pk).exists()


def test_a_move_changes_who_reaches_the_branch_on_its_day(an, chi, cell, other_cell, today):
    leaf = makers.make_organization(parent=cell)
    leaf.change(on=today, parent=other_cell)

    assert set(reach(fresh(an))) == {cell}
    assert set(reach(fresh(chi))) == {other_cell, leaf}


def test_a_move_to_come_changes_nothing_yet(an, cell, other_cell, today):
    leaf = makers.make_organization(parent=cell)
    leaf.change(on=today + DAY, parent=other_cell)

    assert set(reach(fresh(an))) == {cell, leaf}


def test_a_branch_keeps_its_people_when_it_moves(an, cell, other_cell, today):
    leaf = makers.make_organization(parent=cell)
    gone = makers.make_organization(parent=cell)
    gone.end(on=today - 100 * DAY)

    cell.change(on=today - 10 * DAY, parent=other_cell)

    assert set(reach(fresh(an))) == {cell, leaf, gone}


def test_reach_asks_once_for_each_user_object(an, cell, django_assert_num_queries):
    with django_assert_num_queries(3):
        list(reach(an, Right.ENTER))
        list(reach(an, Right.WRITE))


def test_rights_on_a_body_take_three_queries(an, cell, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert rights_on(an, cell.pk) == {Right.ENTER, Right.WRITE}


def test_heads_are_the_outermost_bodies_of_the_date(an, binh, district, cell, other_cell, today):
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=other_cell)
    Assignment.objects.create(account=an, right=Right.READ, organization=leaf, valid_from=makers.LONG_AGO)

    assert [version.organization for version in heads(an, on=today)] == [leaf, cell]
    assert [version.organization for version in heads(an, Right.READ, on=today)] == [leaf]
    assert [version.organization for version in heads(binh, on=today)] == [district]
    assert list(heads(an, on=dt.date(1990, 1, 1))) == []


def test_the_database_refuses_an_assignment_that_ends_before_it_begins(an, cell, today):
    facts = {"account": an, "right": Right.READ, "organization": cell, "valid_from": today}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**facts, valid_to=today - DAY)
    Assignment.objects.create(**facts, valid_to=today)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(**facts)


def test_usernames_are_one_of_a_kind_and_people_stand_in_vietnamese_order(db):
    for name in ("Trần Văn Đạt", "Lê Thị An", "Nguyễn Văn Ấn", "Hồ Dũng", "Đỗ Văn An"):
        makers.make_account(full_name=name)

    assert [str(account) for account in Account.objects.all()] == ["Đỗ Văn An", "Lê Thị An", "Nguyễn Văn Ấn", "Hồ Dũng", "Trần Văn Đạt"]
    with pytest.raises(IntegrityError), transaction.atomic():
        makers.make_account(username=Account.objects.first().username)


def test_reaching_one_branch_of_many_uses_the_paths_alone(binh, district):
    assert set(reach(binh)) == set(Organization.objects.all())
