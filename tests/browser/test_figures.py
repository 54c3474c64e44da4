"""The grid of figures under the fingers: keys, what is reckoned while typing, two people at one cell, and the page without scripts."""

import pytest
from playwright.sync_api import expect

from .papers import cell, expect_cells, open_cells, press_save, save_cells

pytestmark = pytest.mark.browser


def test_a_clerk_fills_the_grid_with_the_keyboard_alone(sign_in, page, quiet):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ xã Tu Tra")

    cell(page, "households_total").focus()
    page.keyboard.type("1932")
    page.keyboard.press("Enter")
    expect(cell(page, "households_total")).to_have_value("1.932")
    expect(cell(page, "schools_total")).to_be_focused()
    page.keyboard.type("7")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("2150")  # what stood there was selected
    page.keyboard.press("Escape")
    expect(cell(page, "households_total")).to_have_value("1.932")
    page.keyboard.press("ArrowDown")
    expect(cell(page, "schools_total")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(cell(page, "households_total")).to_be_focused()

    cell(page, "cultural_households").fill("1888")
    expect(cell(page, "cultural_households_share").locator("output")).to_have_text("97,7%")
    cell(page, "cells_total").fill("24")
    cell(page, "cells:rural").fill("15")
    expect(page.locator('[data-whole="cells_total"]')).to_have_text("các phần còn thiếu 9")
    expect(page.locator("[data-save-state]")).to_contain_text("5 ô chưa lưu")

    save_cells(page, "Đã lưu 5 ô.")
    expect(cell(page, "households_total")).to_have_value("1.932")
    assert quiet == []


def test_two_clerks_at_one_cell_see_both_numbers(sign_in, sign_in_beside, page):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ thị trấn Thạnh Mỹ")
    beside = sign_in_beside("vanphong")
    open_cells(beside, "Đảng bộ thị trấn Thạnh Mỹ")
    cell(beside, "schools_total").fill("12")
    save_cells(beside, "Đã lưu 1 ô.")

    cell(page, "schools_total").fill("13")
    press_save(page)
    expect(cell(page, "schools_total")).to_have_value("13")
    expect(page.get_by_label("Giữ “12” do")).to_be_visible()
    page.get_by_label("Ghi “13” của tôi").check()

    save_cells(page, "Đã lưu 1 ô.")
    expect(cell(page, "schools_total")).to_have_value("13")


def test_a_reading_offered_fills_the_cell(sign_in, page):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ thị trấn Thạnh Mỹ")
    cell(page, "households_total").fill("1.5")
    press_save(page)

    page.get_by_role("button", name="1.500", exact=True).click()

    expect(cell(page, "households_total")).to_have_value("1.500")
    expect(cell(page, "households_total")).to_be_focused()


def test_the_grid_works_without_scripts(sign_in_beside):
    page = sign_in_beside("vanphong", java_script_enabled=False)
    open_cells(page, "Đảng bộ thị trấn Thạnh Mỹ")

    cell(page, "villages_total").fill("8")
    cell(page, "model_residential_areas").fill("kps")

    save_cells(page, "Đã lưu 2 ô.")
    expect_cells(page, {"villages_total": "8", "model_residential_areas": "không phát sinh"})
