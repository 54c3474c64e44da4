"""The calendar beside a day field."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_day_is_picked_by_keyboard_in_the_year_chosen_at_the_top(page, sign_in, quiet):
    sign_in("vanphong")
    page.goto("/to-chuc/van-ban/moi/")
    day = page.locator("input.w-date").first
    expect(page.locator(".days-open").first).to_be_visible()

    day.fill("31/03/2024")
    day.press("Alt+ArrowDown")
    calendar = page.get_by_role("dialog", name="Chọn ngày")
    expect(calendar.get_by_role("columnheader").first).to_have_text("T2")
    expect(calendar.get_by_role("button", name="chủ nhật, 31/03/2024")).to_be_focused()
    page.keyboard.press("PageUp")
    expect(calendar.get_by_role("button", name="thứ năm, 29/02/2024")).to_be_focused()
    page.keyboard.press("Home")
    expect(calendar.get_by_role("button", name="thứ hai, 26/02/2024")).to_be_focused()
    page.keyboard.press("Escape")
    expect(day).to_be_focused()
    expect(day).to_have_value("31/03/2024")

    day.fill("")
    page.locator(".days-open").first.click()
    expect(calendar.locator(".days-title")).to_contain_text("/2024")
    page.keyboard.press("Escape")

    day.fill("10/05/2024")
    page.locator(".days-open").first.click()
    calendar.get_by_role("button", name="Tháng trước").click()
    calendar.locator(".days-day").first.click()
    expect(day).to_be_focused()
    expect(day).to_have_value("01/04/2024")
    assert quiet == []
