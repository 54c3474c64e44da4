"""The world of security.md 2.3, built once for this folder inside a transaction that is never kept."""

import pytest
from django.db import transaction

from . import world as worlds
from .asking import Asker
from .bodies import Bodies
from .pages import url_of


@pytest.fixture(scope="package")
def asker(django_db_setup, django_db_blocker):
    """Who asks as each role of the world. Modules that use it are marked `django_db`: their tests stand inside its transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        asker = Asker(worlds.build())
        asker.remember()
        yield asker
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def bodies(asker):
    """What is posted to each address."""
    return Bodies(asker, lambda target: url_of(asker.world, target))


@pytest.fixture(scope="session")
def rendered_once(tmp_path_factory):
    return tmp_path_factory.mktemp("rendered")


@pytest.fixture(autouse=True)
def papers_are_printed_once(settings, own_papers, rendered_once):
    settings.RENDERED_ROOT = rendered_once
