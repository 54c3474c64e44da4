"""Draws the pictures of the README and of the manual from the demo portal: `make screenshots`."""

from pathlib import Path

import pypdfium2
from playwright.sync_api import sync_playwright

from partyreports.demo.accounts import DEMO_PASSWORD
from tests import live

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MANUAL = ROOT / "static" / "img" / "help"
SIZE = {"width": 1366, "height": 768}
PAGE_SCALE = 1.1  # pixels of a printed point: a page about 650 pixels wide


def sign_in(browser, address, username):
    page = browser.new_page(base_url=address, viewport=SIZE, locale="vi-VN", accept_downloads=True)
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{address}/")
    return page


def open_report(page, body):
    page.goto("/bao-cao/?q=" + body)
    page.locator("main").get_by_role("link", name=body).first.click()


def draw(page, path):
    page.wait_for_load_state("networkidle")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def draw_first_page(pdf, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    pypdfium2.PdfDocument(pdf)[0].render(scale=PAGE_SCALE).to_pil().convert("L").quantize(16).save(path, optimize=True)
    print(path.relative_to(ROOT))


def main():
    with live.demo_portal() as (address, _env), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**live.launch_words())
        clerk = sign_in(browser, address, "vanphong")
        draw(clerk, MANUAL / "viec-cua-toi.png")
        clerk.goto("/to-chuc/")
        draw(clerk, MANUAL / "to-chuc.png")
        clerk.goto("/bao-cao/")
        draw(clerk, MANUAL / "bao-cao-nam.png")
        clerk.get_by_role("link", name="Đảng ủy xã Ka Đô").first.click()
        clerk.get_by_role("button", name="Bắt đầu nhập số liệu").click()
        draw(clerk, PICTURES / "entry.png")
        draw(clerk, MANUAL / "nhap-so-lieu.png")
        secretary = sign_in(browser, address, "bithu-quang-lap")
        secretary.goto("/tham-luan/")
        secretary.locator("main table a, main .list a").first.click()
        draw(secretary, MANUAL / "tham-luan.png")
        with secretary.expect_download() as download:
            secretary.get_by_role("link", name="Tải PDF").click()
        draw_first_page(download.value.path(), PICTURES / "speech.png")
        reviewer = sign_in(browser, address, "duyet")
        reviewer.goto("/tong-ket/")
        draw(reviewer, MANUAL / "tong-ket.png")
        browser.close()


if __name__ == "__main__":
    main()
