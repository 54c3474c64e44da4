"""The frame in a browser: menus by keyboard, the warning before a session ends, a late form, and all of it without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from partyreports.demo.accounts import DEMO_PASSWORD

pytestmark = pytest.mark.browser
HOME = re.compile(r"://[^/]+/$")
PHONE = {"width": 390, "height": 844}


def sign_in_by_form(page, username):
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def end_session(page):
    """As if the session had ended on the server: its cookie leads nowhere."""
    page.context.clear_cookies(name="sessionid")


def test_menus_open_and_close_by_keyboard(page, quiet):
    page.goto("/dang-nhap/")
    sign_in_by_form(page, "quantri")
    page.wait_for_url(HOME)
    summary, button = page.locator(".menu-account summary"), page.get_by_role("button", name="Đăng xuất")
    summary.focus()
    page.keyboard.press("Enter")
    expect(button).to_be_visible()

    page.keyboard.press("Escape")

    expect(button).to_be_hidden()
    expect(summary).to_be_focused()
    assert quiet == []


def test_the_focus_is_always_seen(sign_in, page):
    sign_in("vanphong")
    page.goto("/")
    for _ in range(12):
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_css("outline", re.compile("solid 3px$"))


def test_another_year_is_chosen_and_the_page_stays(sign_in, page, quiet):
    sign_in("bithu-mat-tran")  # the choice outlives the session: nobody else works under this name
    page.goto("/bao-cao/")

    page.locator(".menu-year summary").click()
    page.get_by_role("button", name="Năm 2023").click()

    expect(page.locator("h1")).to_contain_text("2023")
    expect(page).to_have_url(re.compile("/bao-cao/$"))
    assert quiet == []


def test_the_end_of_a_session_is_announced_and_put_off(sign_in, page, quiet):
    page.clock.install()
    sign_in("vanphong")
    page.goto("/")
    dialog = page.locator("#idle")
    page.clock.fast_forward("24:50")
    expect(dialog).to_be_hidden()

    page.clock.fast_forward("00:20")
    stay = dialog.get_by_role("button", name="Tiếp tục làm việc")
    expect(stay).to_be_focused()
    with page.expect_response("**/phien/tiep-tuc/") as answer:
        stay.click()

    assert answer.value.status == 204
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("24:00")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward("06:00")
    expect(dialog).to_contain_text("Phiên làm việc đã kết thúc")
    assert quiet == []


def test_a_late_form_is_sent_again_with_one_button(sign_in, page, quiet):
    sign_in("duyet")
    page.goto("/ky/them/")
    page.get_by_label("Năm", exact=True).fill("2010")
    end_session(page)

    page.get_by_role("button", name="Lưu").click()

    expect(page.locator("h1")).to_have_text("Phiên làm việc đã kết thúc")
    expect(page.get_by_label("Nội dung đã nhập")).to_have_value(re.compile("2010"))
    sign_in_by_form(page, "duyet")
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/ky/")
    expect(page.locator("main")).to_contain_text("Năm 2010")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_everything_in_the_frame_works_without_javascript(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)
    page.goto("/phien/")
    sign_in_by_form(page, "duyet")
    page.wait_for_url("**/phien/")

    page.locator(".menu-up summary").click()
    page.locator(".menu-up").get_by_role("link", name="Tổ chức").click()
    page.wait_for_url("**/to-chuc/")
    page.goto("/ky/them/")
    page.get_by_label("Năm", exact=True).fill("2011")
    end_session(page)
    page.get_by_role("button", name="Lưu").click()
    sign_in_by_form(page, "duyet")
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/ky/")

    expect(page.locator("main")).to_contain_text("Năm 2011")


def test_a_list_on_a_phone_is_cards_that_name_every_value(sign_in, page):
    page.set_viewport_size(PHONE)
    sign_in("duyet")
    page.goto("/ky/")

    value = page.locator("table.list tbody tr td[data-label='Từ ngày']").first

    assert value.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Từ ngày"'
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_list_prints_black_on_white_without_the_frame(sign_in, page):
    sign_in("duyet")
    page.goto("/bao-cao/?trang_thai=missing")
    page.emulate_media(media="print")

    for name in (".side-menu", ".top-tools", ".filters button"):
        expect(page.locator(name).first).to_be_hidden()
    for name in ("h1", ".filters select", "table"):
        expect(page.locator(name).first).to_be_visible()
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
