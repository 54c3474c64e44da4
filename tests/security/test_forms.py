"""A form changes what it shows and nothing else, and only with its token."""

import datetime as dt
import re

import pytest
from django.apps import apps
from django.db import models

from .asking import rows_of, tables
from .pages import FORMS, one_actor, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
ROOMS = ("organizations", "periods", "models_registry", "metrics", "summaries", "speeches")
# What differs at each writing, whoever writes.
FRESH = ("password", "last_login", "path")  # a path is made of keys
KNOWN = {}  # table → keys of its rows as the world was built


@pytest.mark.parametrize("name", FORMS)
def test_fields_that_are_not_in_the_form_are_not_written(name, asker, bodies):
    """Every field of every table of ours, added to what the form sends."""
    role, target = one_actor(name)
    url, usual = url_of(asker.world, target), bodies.of(target)
    own = {*usual, *(field.name for form in asker.ask(role, "GET", url).forms() for field in form.inputs)}
    forged = {field: value for field, value in forgeries(asker.world).items() if field not in own}

    plain = asker.ask(role, "POST", url, usual, look=dump)
    more = asker.ask(role, "POST", url, bodies.confirmed(role, url, {**usual, **forged}), look=dump)

    assert (more.status, re.sub(r"\d+", "1", more.location)) == (plain.status, re.sub(r"\d+", "1", plain.location))
    assert {table: rows for table, rows in more.seen.items() if rows != plain.seen[table]} == {}


def forgeries(world):
    """Name of every field of ours → a value that would be welcome to somebody."""
    found = {"id": "1", "pk": "1", "user": "1", "by": "1"}
    for table in apps.get_models():
        if table._meta.app_label not in ROOMS:
            continue
        for field in table._meta.concrete_fields:
            value = _forged(field, world)
            found[field.name] = found[field.attname] = value
    return found


def _forged(field, world):
    if field.name == "status":
        return "approved"
    if isinstance(field, models.ForeignKey):
        kind = {"Organization": "organization", "Account": "account"}.get(field.related_model.__name__)
        return str(world.of(kind, "b1").pk) if kind else "1"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "1999-01-01 00:00"
    if isinstance(field, models.DateField):
        return "01/01/1999"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return "99"
    return "giả mạo"


def dump():
    """Table → its rows, without moments, and with one word for keys that were handed out in this request."""
    return {table._meta.label: [_plain(table, row) for row in rows_of(table)] for table in tables()}


def _plain(table, row):
    fields = table._meta.concrete_fields
    return tuple(
        "now" if isinstance(value, dt.datetime) else _key(field, value) if field.primary_key or field.is_relation else value
        for field, value in zip(fields, row, strict=True)
        if field.name not in FRESH
    )


def _key(field, value):
    """A key; one word for those handed out meanwhile, which a database may not hand out again."""
    table = field.model if field.primary_key else field.related_model
    return value if table not in KNOWN or value is None or value in KNOWN[table] else "new"


@pytest.fixture(scope="module", autouse=True)
def keys_of_the_world(asker):
    KNOWN.update({table: set(table._base_manager.values_list("pk", flat=True)) for table in tables()})
    yield
    KNOWN.clear()


@pytest.mark.parametrize("name", FORMS)
def test_a_post_without_its_token_changes_nothing(name, asker, bodies):
    role, target = one_actor(name)
    url, data = url_of(asker.world, target), dict(bodies.of(target))
    data.pop("csrfmiddlewaretoken", None)

    for headers in ({}, {"Origin": "https://example.org", "Referer": "https://example.org/"}, {"HX-Request": "true"}):
        answer = asker.ask(role, "POST", url, data, headers=headers, check_csrf=True)

        assert (answer.status, answer.changes, answer.entries) == (403, [], [])
        assert '<html lang="vi"' in answer.body


def test_a_post_from_another_site_is_not_kept_to_be_sent_again(asker, bodies):
    role, target = one_actor("periods:choose")
    headers = {"Origin": "https://example.org", "Referer": "https://example.org/"}

    answer = asker.ask(role, "POST", url_of(asker.world, target), {"period": "2024"}, headers=headers, check_csrf=True)

    assert answer.status == 403
    assert 'name="period"' not in answer.body.replace('action="/ky/chon/"', "").partition("<main")[2]
