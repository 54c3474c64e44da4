"""The editor of speeches in a real browser: chips, typed words, a preview beside, two tabs, and a page without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(sign_in, page):
    """The address of a fresh draft of a body that no other test writes for."""
    sign_in("bithu-da-ron")
    page.goto("/tham-luan/soan/")
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url("**/tham-luan/*/")
    return page.url


def editor_of(page, address):
    page.goto(f"{address}sua/")
    return page.locator("#editor-place [contenteditable=true]")


def go_to_start(page, editor):
    """Into the editor, before its first word. A browser ends its timers in their order: after ours, the editor has set its own selection."""
    editor.focus()
    page.evaluate("new Promise((done) => setTimeout(done, 60))")
    page.keyboard.press("Control+Home")


def test_a_figure_is_put_in_as_a_chip_and_never_typed_over(page, quiet, draft):
    editor = editor_of(page, draft)
    go_to_start(page, editor)
    page.keyboard.type("Cả năm ")
    page.get_by_label("Tìm chỉ tiêu").fill("dang vien moi ket nap")
    page.locator("#figure-list > li:visible button").first.click()
    page.wait_for_function("document.activeElement.isContentEditable")
    page.keyboard.type(" đồng chí. ")
    chip = editor.locator("p").first.locator("[data-figure]").first
    shown = chip.inner_text()

    chip.click()
    page.keyboard.type("x")
    with page.context.expect_page() as beside:
        page.get_by_role("button", name="Xem trước").click()
    preview = beside.value.locator(".paper-body").inner_text()
    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(draft)

    saved = page.locator(".paper-body").inner_text()
    assert preview.startswith(f"Cả năm {shown}x đồng chí.")
    assert saved.startswith(f"Cả năm {shown}x đồng chí.")
    assert page.locator(".paper-body p").first.locator(".figure-chip").first.inner_text() == shown
    assert quiet == []


def test_two_tabs_lose_nothing(page, draft):
    other = page.context.new_page()
    for tab, words in ((page, "BẢN MỘT. "), (other, "BẢN HAI. ")):
        go_to_start(tab, editor_of(tab, draft))
        tab.keyboard.type(words)

    other.get_by_role("button", name="Lưu bài").click()
    other.wait_for_url(draft)
    page.get_by_role("button", name="Lưu bài").click()
    expect(page.get_by_role("heading", name="đã lưu bài này trước")).to_be_visible()

    expect(page.locator(".their-text")).to_have_text(re.compile(r"^\s*BẢN HAI\. "))
    expect(page.locator("#editor-place [contenteditable=true]")).to_have_text(re.compile(r"^\s*BẢN MỘT\. "))

    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(draft)
    expect(page.locator(".paper-body")).to_have_text(re.compile(r"^\s*BẢN MỘT\. "))


def test_the_words_are_edited_without_javascript(new_context, page, draft):
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(draft)
    figures = plain.locator(".paper-body [data-figure]").count()
    plain.goto(f"{draft}sua/")
    box = plain.get_by_label("Nội dung bài")

    box.fill(box.input_value() + "\n\nCâu gõ ở ô chữ.")
    plain.get_by_role("button", name="Lưu bài").click()

    assert plain.locator(".paper-body").inner_text().rstrip().endswith("Câu gõ ở ô chữ.")
    assert plain.locator(".paper-body [data-figure]").count() == figures > 0
