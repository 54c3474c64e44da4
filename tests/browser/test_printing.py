"""A paper that takes a moment: the page says that it is printed, and says why when it cannot be."""

import pytest
from playwright.sync_api import expect

from .papers import SPEECH

pytestmark = pytest.mark.browser


@pytest.fixture
def speech(sign_in, page):
    """The page of a speech, as its secretary reads it."""
    sign_in("bithu-ka-don")
    page.goto("/tham-luan/")
    page.locator("a.whole").first.click()
    page.wait_for_url(SPEECH)
    return page


def test_a_slow_paper_shows_that_it_is_printed_and_then_comes(speech, quiet):
    held = []
    speech.route("**/pdf/", lambda paper: held.append(paper))  # noqa: PLW0108  a built-in method will not do

    link = speech.get_by_role("link", name="Tải PDF")
    link.click()
    expect(speech.locator(".printing")).to_have_text("Đang in, xin chờ…")
    expect(speech.locator(".printing progress")).to_be_visible()
    link.click()

    with speech.expect_download() as started:
        held[0].continue_()
    assert started.value.suggested_filename == "2024_ThamLuan_XaKaDon.pdf"
    expect(speech.locator(".printing")).to_have_count(0)
    assert (len(held), quiet) == (1, [])


def test_a_paper_that_cannot_be_printed_says_why_on_the_page(speech):
    body = "<main><div class='panel'><p>Bài dài quá 3.000 đoạn.</p></div></main>"
    speech.route("**/docx/", lambda route: route.fulfill(status=422, content_type="text/html; charset=utf-8", body=body))

    speech.get_by_role("link", name="Tải Word").click()

    expect(speech.locator(".printing")).to_have_text("Bài dài quá 3.000 đoạn.")


def test_a_lost_connection_is_told(speech):
    speech.route("**/pdf/", lambda route: route.abort())

    speech.get_by_role("link", name="Tải PDF").click()

    expect(speech.locator(".printing")).to_have_text("Mất kết nối nên chưa tải được: thử lại khi có mạng.")
