"""A right that ends is gone at the next request, in a session that is open and on every page."""

import datetime as dt
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone

from organizations.models import Assignment, Right

from .matrix import PAGES, Target, expected, offers
from .pages import FORMS, one_actor, one_reader, readable, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
YESTERDAY = dt.timedelta(days=1)
READ = [name for name in PAGES if offers(name, "GET") and one_reader(name)[0] != "head"]
SHOWN = ("organizations:show", "organizations:member", "organizations:account", "metrics:show", "speeches:show", "summaries:show")


def take_away(asker, role):
    asker.world.accounts[role].assignments.all().delete()


def let_end(asker, role):
    asker.world.accounts[role].assignments.update(valid_to=timezone.localdate() - YESTERDAY)


def put_off(asker, role):
    asker.world.accounts[role].assignments.filter(valid_to=None).update(valid_from=timezone.localdate() + YESTERDAY)


@pytest.mark.parametrize(("change", "name"), [*((take_away, name) for name in READ), *product((let_end, put_off), SHOWN)])
def test_a_page_is_closed_when_the_right_has_gone(change, name, asker):
    for role, target in readable(name):
        url = url_of(asker.world, target)
        if target.state in (None, "draft", "approved"):
            with transaction.atomic():
                change(asker, role)

                assert asker.ask(role, "GET", url).status == expected(target, "GET", "nobody"), (role, url)

                transaction.set_rollback(True)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_open_is_refused_when_the_right_has_gone(name, asker, bodies):
    role, target = one_actor(name)
    data = bodies.of(target)
    take_away(asker, role)

    answer = asker.ask(role, "POST", url_of(asker.world, target), data)

    assert asker.ask(role, "GET", "/").status == 200
    assert answer.status == expected(target, "POST", "nobody")
    if answer.status in (403, 404):
        assert (answer.changes, answer.entries) == ([], [])


def test_a_disabled_account_is_sent_to_sign_in_everywhere(asker, bodies):
    for role in ("clerk", "secretary"):
        account = asker.world.accounts[role]
        type(account).objects.filter(pk=account.pk).update(is_active=False)
        for name in READ:
            target = next((target for reader, target in readable(name) if reader == role), None)
            if target:
                assert asker.ask(role, "GET", url_of(asker.world, target)).is_sign_in, name


def test_a_body_that_moves_away_is_out_of_reach_at_once(asker):
    """a1 goes to district b: its papers are no longer seen from district a."""
    today = timezone.localdate()
    body, there = asker.world.of("organization", "a1"), asker.world.of("branch-b", "")
    body.change(on=today, parent=there)

    for name in ("organizations:show", "organizations:member", "metrics:show", "models_registry:show", "speeches:show"):
        target = Target(name, "a1", "approved" if name != "organizations:show" else None)
        assert asker.ask("clerk", "GET", url_of(asker.world, target)).status == 404, name
        assert asker.ask("secretary", "GET", url_of(asker.world, target)).status == 200, name


def test_a_right_on_one_body_is_none_on_the_one_whose_key_begins_alike(asker):
    """The keys 4 and 42, 1 and 10: a branch never matches its neighbour."""
    clerk = asker.world.accounts["clerk"]
    clerk.assignments.all().delete()
    Assignment.objects.create(account=clerk, right=Right.ENTER, organization=asker.world.of("organization", "a1"), valid_from=dt.date(2000, 1, 1))

    pages = {commune: f"/to-chuc/{asker.world.of('organization', commune).pk}/" for commune in ("a1", "a2", "b1", "b2")}

    assert {commune: asker.ask("clerk", "GET", url).status for commune, url in pages.items()} == {"a1": 200, "a2": 404, "b1": 404, "b2": 404}
