"""A browser before a real portal with the demo data. Tests share the portal, so each works on a body of its own."""

import pytest

from partyreports.demo.accounts import DEMO_PASSWORD
from tests import live


@pytest.fixture(scope="session")
def portal():
    with live.demo_portal() as (address, _env):
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


def enter(page, username):
    """Sign in as a demo account and stand on the home page."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/")
    return page


@pytest.fixture
def sign_in(page):
    """A function: sign in on this test's page."""
    return lambda username: enter(page, username)


@pytest.fixture
def sign_in_beside(new_context):
    """A function: somebody else signs in, in a browser of his own; gives his page."""
    return lambda username: enter(new_context().new_page(), username)


@pytest.fixture
def quiet(page):
    """Everything the browser complains about while a test runs: errors of scripts, refusals of the content policy, dialogs."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    return complaints
