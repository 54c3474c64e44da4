"""The grid of figures under the fingers: keys, what is reckoned while typing, two people at one cell, and the page without scripts."""

import pytest

from partyreports.demo.accounts import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def cell(page, key):
    return page.locator(f'[id="cell-{key}"]')


def shown(page, key):
    return page.locator(f'[id="cell-{key}"] output').inner_text()


def focused(page):
    return page.evaluate("document.activeElement.id")


def open_cells(page, name):
    """The cells of the body `name`, its report begun when there is none yet."""
    page.goto("/bao-cao/")
    page.get_by_role("table").get_by_role("link", name=name).click()
    page.get_by_role("button", name="Bắt đầu nhập số liệu").or_(page.get_by_role("link", name="Nhập số liệu", exact=True)).first.click()
    page.wait_for_url("**/nhap/")


def test_a_clerk_fills_the_grid_with_the_keyboard_alone(sign_in, page, quiet):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ xã Tu Tra")

    cell(page, "households_total").focus()
    page.keyboard.type("1932")
    page.keyboard.press("Enter")
    assert (cell(page, "households_total").input_value(), focused(page)) == ("1.932", "cell-schools_total")
    page.keyboard.type("7")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("2150")  # what stood there was selected
    page.keyboard.press("Escape")
    assert cell(page, "households_total").input_value() == "1.932"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "cell-schools_total"
    page.keyboard.press("Shift+Enter")
    assert focused(page) == "cell-households_total"

    cell(page, "cultural_households").fill("1888")
    assert shown(page, "cultural_households_share") == "97,7%"
    cell(page, "cells_total").fill("24")
    cell(page, "cells:rural").fill("15")
    assert page.locator('[data-whole="cells_total"]').inner_text() == "các phần còn thiếu 9"
    assert "5 ô chưa lưu" in page.locator("[data-save-state]").inner_text()

    page.get_by_role("button", name="Lưu số liệu").click()
    assert "Đã lưu 5 ô." in page.locator("#messages").inner_text()
    assert cell(page, "households_total").input_value() == "1.932"
    assert quiet == []


def test_two_clerks_at_one_cell_see_both_numbers(sign_in, sign_in_beside, page):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ thị trấn D'Ran")
    beside = sign_in_beside("vanphong")
    open_cells(beside, "Đảng bộ thị trấn D'Ran")
    cell(beside, "villages_total").fill("12")
    beside.get_by_role("button", name="Lưu số liệu").click()
    assert "Đã lưu 1 ô." in beside.locator("#messages").inner_text()

    cell(page, "villages_total").fill("13")
    page.get_by_role("button", name="Lưu số liệu").click()
    assert cell(page, "villages_total").input_value() == "13"
    page.get_by_label("Giữ “12” do").wait_for()
    page.get_by_label("Ghi “13” của tôi").check()
    page.get_by_role("button", name="Lưu số liệu").click()

    assert "Đã lưu 1 ô." in page.locator("#messages").inner_text()
    assert cell(page, "villages_total").input_value() == "13"


def test_a_reading_offered_fills_the_cell(sign_in, page):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ thị trấn Thạnh Mỹ")
    cell(page, "households_total").fill("1.5")
    page.get_by_role("button", name="Lưu số liệu").click()

    page.get_by_role("button", name="1.500", exact=True).click()

    assert (cell(page, "households_total").input_value(), focused(page)) == ("1.500", "cell-households_total")


def test_the_grid_works_without_scripts(browser, base_url):
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill("vanphong")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    open_cells(page, "Đảng bộ thị trấn Thạnh Mỹ")

    cell(page, "villages_total").fill("8")
    cell(page, "model_residential_areas").fill("kps")
    page.get_by_role("button", name="Lưu số liệu").click()

    assert "Đã lưu 2 ô." in page.locator("#messages").inner_text()
    assert cell(page, "model_residential_areas").input_value() == "không phát sinh"
    context.close()
