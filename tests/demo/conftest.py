"""The demonstration, seeded once for the tests of this folder: they only look at it."""

import io

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

QUICK = {"DEBUG": True, "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@pytest.fixture(scope="package")
def seeded(django_db_setup, django_db_blocker):
    """What `seed_demo` printed, while its data stands; undone after the last test of the folder."""
    printed = io.StringIO()
    with django_db_blocker.unblock(), override_settings(**QUICK), transaction.atomic():
        call_command("seed_demo", stdout=printed)
        yield printed.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(seeded, db):
    return seeded
