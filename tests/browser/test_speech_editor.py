"""The editor of speeches in a real browser: chips, typed words, a preview beside, two tabs, and a page without JavaScript."""

import pytest
from playwright.sync_api import expect

from .papers import SPEECH, editor_of, go_to_start, starts_with, type_at_start

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(sign_in, page):
    """The address of a fresh draft of a body that no other test writes for."""
    sign_in("bithu-da-ron")
    page.goto("/tham-luan/soan/")
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url(SPEECH)
    return page.url


def edit(page, draft):
    page.goto(f"{draft}sua/")
    expect(editor_of(page)).to_be_visible()


def test_a_figure_is_put_in_as_a_chip_and_never_typed_over(page, quiet, draft):
    edit(page, draft)
    go_to_start(page)
    page.keyboard.type("Cả năm ")
    page.get_by_label("Tìm chỉ tiêu").fill("dang vien moi ket nap")
    page.locator("#figure-list > li:visible button").first.click()
    expect(editor_of(page)).to_be_focused()
    page.keyboard.type(" đồng chí. ")
    chip = editor_of(page).locator("p").first.locator("[data-figure]").first
    shown = chip.inner_text()

    chip.click()
    expect(editor_of(page).locator(".ProseMirror-selectednode")).to_have_count(1)
    page.keyboard.type("x")
    expect(editor_of(page)).to_have_text(starts_with(f"Cả năm {shown}x đồng chí."))
    with page.context.expect_page() as beside:
        page.get_by_role("button", name="Xem trước").click()
    expect(beside.value.locator(".paper-body")).to_have_text(starts_with(f"Cả năm {shown}x đồng chí."))
    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(draft)

    expect(page.locator(".paper-body")).to_have_text(starts_with(f"Cả năm {shown}x đồng chí."))
    expect(page.locator(".paper-body p").first.locator(".figure-chip").first).to_have_text(shown)
    assert quiet == []


def test_two_tabs_lose_nothing(page, draft):
    other = page.context.new_page()
    for tab, words in ((page, "BẢN MỘT. "), (other, "BẢN HAI. ")):
        edit(tab, draft)
        type_at_start(tab, words)

    other.get_by_role("button", name="Lưu bài").click()
    other.wait_for_url(draft)
    page.get_by_role("button", name="Lưu bài").click()
    expect(page.get_by_role("heading", name="đã lưu bài này trước")).to_be_visible()

    expect(page.locator(".their-text")).to_have_text(starts_with("BẢN HAI. "))
    expect(editor_of(page)).to_have_text(starts_with("BẢN MỘT. "))

    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(draft)
    expect(page.locator(".paper-body")).to_have_text(starts_with("BẢN MỘT. "))


def test_words_typed_before_the_editor_is_there_are_kept(page, quiet, draft):
    held = []
    page.route("**/speech-editor*.js", lambda script: held.append(script))  # noqa: PLW0108  a built-in method will not do
    with page.expect_request("**/speech-editor*.js"):
        page.goto(f"{draft}sua/", wait_until="commit")
    box = page.get_by_label("Nội dung bài")
    box.press("Control+Home")
    box.press_sequentially("Câu gõ khi trang chưa tải xong. ")
    expect(box).to_have_value(starts_with("Câu gõ khi trang chưa tải xong. "))

    held[0].continue_()
    page.wait_for_load_state()
    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(draft)

    expect(page.locator(".paper-body")).to_have_text(starts_with("Câu gõ khi trang chưa tải xong. "))
    assert quiet == []


def test_the_words_are_edited_without_javascript(new_context, page, draft):
    plain = new_context(java_script_enabled=False, storage_state=page.context.storage_state()).new_page()
    plain.goto(draft)
    figures = plain.locator(".paper-body [data-figure]").count()  # no script changes this page: it is what it is once loaded
    plain.goto(f"{draft}sua/")
    box = plain.get_by_label("Nội dung bài")

    box.fill(box.input_value() + "\n\nCâu gõ ở ô chữ.")
    plain.get_by_role("button", name="Lưu bài").click()
    plain.wait_for_url(draft)

    expect(plain.locator(".paper-body p").last).to_have_text("Câu gõ ở ô chữ.")
    expect(plain.locator(".paper-body [data-figure]")).to_have_count(figures)
    assert figures > 0
