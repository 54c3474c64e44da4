"""What people do with reports and speeches in a browser. Each function ends when the page it leads to has been loaded."""

import re

from playwright.sync_api import expect

REPORT = re.compile(r"/bao-cao/(\d+|ky/[\d-]+/\d+)/$")
ENTRY = re.compile(r"/nhap/$")
STEP = re.compile(r"/buoc/\w+/$")
SPEECH = re.compile(r"/tham-luan/\d+/$")


def starts_with(words):
    return re.compile(rf"^\s*{re.escape(words)}")


def cell(page, key):
    return page.locator(f'[id="cell-{key}"]')


def count(page, key):
    """What the register counts for a cell: a link to the events."""
    return page.locator(f'a.counted-link[href$="/so/{key}/"]')


def expect_cells(page, shown):
    for key, value in shown.items():
        expect(cell(page, key)).to_have_value(value)


def expect_counts(page, counted):
    """The numbers of the register begin so; behind them may stand how to take them over."""
    for key, value in counted.items():
        expect(count(page, key)).to_have_text(re.compile(rf"^\s*{re.escape(value)}(?!\d)"))


def open_report(page, name):
    """The page of the yearly report of the body called `name`, begun or not."""
    page.goto("/bao-cao/")
    page.get_by_role("table").get_by_role("link", name=name).click()
    page.wait_for_url(REPORT)


def open_cells(page, name):
    """The cells of that report; it is begun when nobody has yet."""
    open_report(page, name)
    page.get_by_role("button", name="Bắt đầu nhập số liệu").or_(page.get_by_role("link", name="Nhập số liệu", exact=True)).first.click()
    page.wait_for_url(ENTRY)


def press_save(page):
    """Send the cells; the page that answers has the same address."""
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu số liệu").click()


def save_cells(page, says):
    press_save(page)
    expect(page.locator("#messages")).to_contain_text(says)


def take(page, verb, note=""):
    """Take a step of the paper on the page, with a reason where it wants one."""
    link, more = page.get_by_role("link", name=verb, exact=True), page.locator("summary", has_text="Thao tác khác")
    expect(link.or_(more).first).to_be_visible()
    if not link.first.is_visible():
        more.click()
    link.first.click()
    page.wait_for_url(STEP)
    if note:
        page.get_by_label("Lý do").fill(note)
    page.locator("main form").get_by_role("button", name=verb, exact=True).click()
    page.wait_for_url(lambda address: not STEP.search(address))


def return_report(page, name, note):
    open_report(page, name)
    take(page, "Trả lại", note)


def approve_report(page, name):
    open_report(page, name)
    take(page, "Phê duyệt")
    expect(page.locator("main")).to_contain_text("Đã duyệt")


def submit(page):
    take(page, "Trình duyệt")
    expect(page.locator("main")).to_contain_text("Đã trình")


def compose(page, pattern):
    """A first draft after the pattern of this name: its page."""
    page.goto("/tham-luan/soan/")
    page.get_by_label("Mẫu").select_option(label=pattern)
    page.get_by_role("button", name="Xem số liệu").click()
    page.wait_for_url(re.compile(r"[?&]mau=\d"))
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url(SPEECH)


def editor_of(page):
    return page.locator("#editor-place [contenteditable=true]")


def go_to_start(page):
    """Into the editor of the open page, before its first word.

    The editor sets its own selection a moment after it has the focus: only then does the key move the caret. A browser ends its timers in their
    order, so ours ends after the editor's.
    """
    editor_of(page).focus()
    expect(editor_of(page)).to_be_focused()
    page.evaluate("new Promise((done) => setTimeout(done, 60))")
    page.keyboard.press("Control+Home")


def type_at_start(page, words):
    go_to_start(page)
    page.keyboard.type(words)
    expect(editor_of(page)).to_have_text(starts_with(words.strip()))
