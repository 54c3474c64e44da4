"""The people of every test: An enters figures in a cell, Bình reviews above her, Chi has no right there."""

import gc
import itertools
import os

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django_tasks import default_task_backend

from organizations.models import Right
from tests import makers
from tests.roomy import roomy
from tests.security.tally import pytest_terminal_summary  # noqa: F401  the counts of the walk, below all results
from tests.shares import pytest_collection_modifyitems  # noqa: F401  what `make test` takes on which database

# No test depends on time. A run that decides whether work lands tries the same examples each time; by hand, new ones.
hypothesis.settings.register_profile("portal", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("portal")
numbers = itertools.count(1)


def pytest_collection_finish(session):
    """What has been collected stays to the end: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Call a test as pytest does, with room below it for all the calls it makes."""
    wanted = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    roomy(lambda: pyfuncitem.obj(**wanted))
    return True


@pytest.fixture(autouse=True, scope="session")
def quick_settings(tmp_path_factory):
    """A hasher that does not slow the suite (the real one has its own test); tasks at once; a folder that exists, for WhiteNoise warns else."""
    static = {**django_settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=static,
        TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
        SECURE_SSL_REDIRECT=False,
    ):
        yield


@pytest.fixture(autouse=True)
def own_tasks():
    """What a test hands to the worker is its own."""
    default_task_backend.clear()


@pytest.fixture(autouse=True)
def own_papers(settings, tmp_path_factory):
    """What a test prints lies in a folder of its own, made when something is printed."""
    settings.RENDERED_ROOT = tmp_path_factory.getbasetemp() / "rendered" / str(next(numbers))


@pytest.fixture
def y2023(db):
    return makers.make_period(code="2023")


@pytest.fixture
def y2024(y2023):
    return makers.make_period(code="2024", previous=y2023)


@pytest.fixture
def district(db):
    kind = makers.make_kind(code="dang-bo-huyen", name="Đảng bộ huyện", order=1)
    return makers.make_organization(name="Huyện ủy Đơn Dương", party_name="Đảng bộ huyện Đơn Dương", kind=kind, symbol="HU")


@pytest.fixture
def cell(district):
    """The body An works for."""
    return makers.make_organization(name="Đảng ủy xã Mẫu", party_name="Đảng bộ xã Mẫu", parent=district, symbol="ĐU")


@pytest.fixture
def other_cell(district):
    """A sibling where An has no right."""
    return makers.make_organization(name="Đảng ủy xã Bên", party_name="Đảng bộ xã Bên", parent=district)


@pytest.fixture
def an(cell):
    """Types and writes for one body."""
    return makers.make_account(username="an", full_name="Trần Thị An", rights=[Right.ENTER, Right.WRITE], organization=cell)


@pytest.fixture
def binh(district):
    """Reviews and locks the whole district."""
    return makers.make_account(username="binh", full_name="Lê Văn Bình", rights=[Right.READ, Right.REVIEW, Right.LOCK], organization=district)


@pytest.fixture
def chi(other_cell):
    """Works elsewhere: nothing of An's body is hers to see."""
    return makers.make_account(username="chi", full_name="Phạm Thị Chi", rights=[Right.ENTER, Right.WRITE, Right.REVIEW], organization=other_cell)


@pytest.fixture
def manager(district):
    """Keeps accounts, tree, catalogues and templates; sees no figure."""
    return makers.make_account(username="quan-tri", full_name="Võ Văn Quản", rights=[Right.MANAGE], organization=district)


@pytest.fixture
def auditor(district):
    return makers.make_account(username="giam-sat", full_name="Hồ Thị Sát", rights=[Right.AUDIT], organization=district)


@pytest.fixture
def signed_in(client):
    """A function: the test client, signed in as the account given."""

    def sign_in(account):
        client.force_login(account, backend="partyreports.signin.AccountBackend")
        return client

    return sign_in
