"""Cited documents in the editor of speeches, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SPEECH = re.compile(r"/tham-luan/\d+/$")


def test_a_document_is_found_by_its_number_and_put_where_one_writes(sign_in, page, quiet):
    sign_in("bithu-da-ron")
    page.goto("/tham-luan/soan/")
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url(SPEECH)
    draft = page.url
    page.goto(f"{draft}sua/")
    editor = page.locator("#editor-place [contenteditable=true]")
    editor.focus()
    page.evaluate("new Promise((done) => setTimeout(done, 60))")  # after the editor has set its own selection
    page.keyboard.press("Control+Home")
    page.keyboard.type("Thực hiện")

    page.keyboard.press("Alt+v")
    page.keyboard.type("943-cv")
    option = page.locator("#citation-list[data-text='943-cv'] [role=option][aria-selected=true]")
    expect(option).to_have_count(1)
    citation = option.get_attribute("data-citation")
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    page.keyboard.type("và ")
    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(draft)

    expect(page.locator(".paper-body p").first).to_have_text(re.compile("^" + re.escape(f"Thực hiện {citation} và Kính thưa")))
    assert citation.startswith("Công văn số 943-CV/HU, ngày 21/12/2023 của ")
    assert quiet == []


def test_escape_leads_back_to_the_text_and_changes_nothing(sign_in, page):
    sign_in("bithu-da-ron")
    page.goto("/tham-luan/soan/")
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url(SPEECH)
    page.goto(f"{page.url}sua/")
    editor = page.locator("#editor-place [contenteditable=true]")
    words = editor.text_content()
    page.get_by_label("Chèn văn bản").fill("943-cv")
    expect(page.locator("#citation-list[data-text='943-cv']")).to_be_visible()

    page.get_by_label("Chèn văn bản").press("Escape")

    expect(page.locator("#citation-choices")).to_be_hidden()
    expect(editor).to_be_focused()
    expect(editor).to_have_text(words)
