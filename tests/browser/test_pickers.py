"""A body picked with the keyboard alone: words of the commune narrow it down, Enter never sends a form whose list is still open."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_enter_in_the_box_leads_into_the_list_before_it_sends_the_form(page, sign_in, quiet):
    sign_in("vanphong")
    page.goto("/to-chuc/quan-chung/moi/")
    box = page.get_by_role("textbox", name="Chi bộ")
    choices = page.locator(".picker-choices input[type=radio]")
    listed = page.locator(".picker-choices input[type=hidden]")  # the words for which the list stands there

    box.press_sequentially("thon 9 lac xuan")
    box.press("Enter")
    expect(choices).to_have_count(1)
    box.fill("")
    box.press_sequentially("chi bo thon")
    expect(listed).to_have_value("chi bo thon")  # Enter waits for the list of these very words
    expect(choices).to_have_count(20)
    box.press("Enter")

    expect(choices.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(choices.nth(1)).to_be_checked()
    expect(page).to_have_url(re.compile("/moi/$"))
    page.keyboard.press("Enter")
    expect(page.locator(".invalid-feedback, .field-error").first).to_be_visible()
    assert quiet == []
