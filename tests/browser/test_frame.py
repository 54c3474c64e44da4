"""The frame in a browser: menus by keyboard, the warning before a session ends, a late form, and all of it without JavaScript."""

import pytest

from partyreports.demo.accounts import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def end_session(page):
    """As if the session had ended on the server: its cookie leads nowhere."""
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] != "sessionid"]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)


def test_menus_open_and_close_by_keyboard(sign_in, page, quiet):
    sign_in("quantri")
    menu = page.locator(".menu-account")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Đăng xuất").is_visible()

    page.keyboard.press("Escape")

    assert not page.get_by_role("button", name="Đăng xuất").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert quiet == []


def test_the_focus_is_always_seen(sign_in, page):
    sign_in("vanphong")
    for _ in range(12):
        page.keyboard.press("Tab")
        ring = page.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))")
        assert ring == ["solid", "3px"]


def test_another_year_is_chosen_and_the_page_stays(sign_in, page, quiet):
    sign_in("vanphong")
    page.goto("/bao-cao/")

    page.locator(".menu-year summary").click()
    page.get_by_role("button", name="Năm 2023").click()

    page.wait_for_url("**/bao-cao/")
    assert "2023" in page.locator("h1").inner_text()
    # The choice outlives the session: give the clerk of the other tests his year back.
    page.locator(".menu-year summary").click()
    page.get_by_role("button", name="Năm 2024").click()
    page.wait_for_function("document.querySelector('h1').innerText.includes('2024')")
    assert quiet == []


def test_the_end_of_a_session_is_announced_and_put_off(sign_in, page, quiet):
    page.clock.install()
    sign_in("vanphong")
    dialog = page.locator("#idle")
    page.clock.fast_forward("24:50")
    assert not dialog.is_visible()

    page.clock.fast_forward("00:20")
    assert dialog.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Tiếp tục làm việc"
    with page.expect_response("**/phien/tiep-tuc/") as answer:
        dialog.get_by_role("button", name="Tiếp tục làm việc").click()

    assert answer.value.status == 204
    dialog.wait_for(state="hidden")
    page.clock.fast_forward("24:00")
    assert not dialog.is_visible()
    page.clock.fast_forward("06:00")
    assert "Phiên làm việc đã kết thúc" in dialog.inner_text()
    assert quiet == []


def test_a_late_form_is_sent_again_with_one_button(sign_in, page, quiet):
    sign_in("duyet")
    page.goto("/ky/them/")
    page.get_by_label("Năm", exact=True).fill("2010")
    end_session(page)

    page.get_by_role("button", name="Lưu").click()

    assert page.locator("h1").inner_text() == "Phiên làm việc đã kết thúc"
    assert "2010" in page.get_by_label("Nội dung đã nhập").input_value()
    page.get_by_label("Tên đăng nhập").fill("duyet")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/ky/")
    assert "Năm 2010" in page.locator("main").inner_text()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_everything_in_the_frame_works_without_javascript(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="vi-VN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/phien/")
    page.get_by_label("Tên đăng nhập").fill("duyet")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("**/phien/")

    page.locator(".menu-up summary").click()
    page.locator(".menu-up").get_by_role("link", name="Tổ chức").click()
    page.wait_for_url("**/to-chuc/")
    page.goto("/ky/them/")
    page.get_by_label("Năm", exact=True).fill("2011")
    end_session(page)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_label("Tên đăng nhập").fill("duyet")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url("**/ky/")

    assert "Năm 2011" in page.locator("main").inner_text()
    context.close()


def test_a_list_on_a_phone_is_cards_that_name_every_value(browser, base_url, sign_in, page):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("duyet")
    page.goto("/ky/")

    value = page.locator("table.list tbody tr td[data-label='Từ ngày']").first

    assert value.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Từ ngày"'
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_list_prints_black_on_white_without_the_frame(sign_in, page):
    sign_in("duyet")
    page.goto("/bao-cao/?trang_thai=missing")
    page.emulate_media(media="print")

    shown = {
        name: page.locator(name).first.is_visible() for name in (".side-menu", ".top-tools", ".filters button", "h1", ".filters select", "table")
    }

    assert shown == {".side-menu": False, ".top-tools": False, ".filters button": False, "h1": True, ".filters select": True, "table": True}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
