"""A browser before a real portal with the demo data. Tests of one process share the portal, so each works on a body of its own.

SLOW_BROWSER=6 lets every page work six times slower than the machine could: what reads a page too soon shows itself.
"""

import fcntl
import os
import secrets
import shutil

import pytest
from playwright.sync_api import expect

from partyreports.demo.accounts import DEMO_PASSWORD
from tests import live

SLOWNESS = int(os.environ.get("SLOW_BROWSER", "1"))
PATIENCE = 20_000 * min(SLOWNESS, 3)  # milliseconds until something expected must stand on the page

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, worker_id):
    """A folder that the processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def portal(shared_folder, tmp_path_factory):
    """The address of this process's portal. The demo is written once; each process serves its own copy."""
    demo = shared_folder / "demo"
    with (shared_folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not demo.exists():
            fresh = shared_folder / "demo-in-making"
            fresh.mkdir()
            env = live.environment(fresh)
            live.manage("migrate", "--verbosity", "0", env=env)
            live.manage("seed_demo", "--verbosity", "0", env=env)
            fresh.rename(demo)
    copy = shutil.copytree(demo, tmp_path_factory.mktemp("portal") / "var")
    with live.serving(live.environment(copy, SECRET_KEY=secrets.token_hex(40))) as address:
        yield address


@pytest.fixture(scope="session")
def base_url(portal):
    return portal


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return live.launch_words()


@pytest.fixture(scope="session")
def browser_context_args(base_url):
    return {
        "base_url": base_url,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1366, "height": 768},
        "accept_downloads": True,
    }


@pytest.fixture
def new_context(new_context):
    """As pytest-playwright gives it; its pages are as slow as this run asks for."""

    def make(**more):
        context = new_context(**more)
        context.set_default_timeout(1.5 * PATIENCE)
        if SLOWNESS > 1:
            context.on("page", lambda page: context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS}))
        return context

    return make


def enter(page, username):
    """Sign in as a demo account, as the form of the sign-in page would; no page is opened yet."""
    asked = page.context.request
    asked.get("/dang-nhap/")
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    form = {"username": username, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token}
    answer = asked.post("/dang-nhap/", form=form, max_redirects=0)
    assert answer.status == 302, answer.text()
    return page


@pytest.fixture
def sign_in(page):
    """A function: sign in on this test's page."""
    return lambda username: enter(page, username)


@pytest.fixture
def sign_in_beside(new_context):
    """A function: somebody else signs in, in a browser of his own (`more`: what is special about it); gives his page."""
    return lambda username, **more: enter(new_context(**more).new_page(), username)


@pytest.fixture
def quiet(page):
    """Everything the browser complains about while a test runs: errors of scripts, refusals of the content policy, dialogs."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    return complaints
