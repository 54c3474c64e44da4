"""Draws the pictures of the README and of the manual from the demo portal: `make screenshots`."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from bench.visitor import DEMO_PASSWORD
from tests import live

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
MANUAL = ROOT / "static" / "img" / "help"
SIZE = {"width": 1366, "height": 768}
SETTLING = 400  # milliseconds: scrolling and fading are over
COLOURS = 64  # enough for a page of the portal, a third of the size
PAGE_SCALE = 1.1  # pixels of a printed point: a page about 650 pixels wide


def sign_in(browser, address, username):
    page = browser.new_page(base_url=address, viewport=SIZE, locale="vi-VN", accept_downloads=True)
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{address}/")
    return page


def return_report(page, body):
    """Send an approved report back, so that its entry page can be drawn with figures and those of last year."""
    page.goto("/bao-cao/")
    page.get_by_role("table").get_by_role("link", name=body).click()
    page.locator("summary", has_text="Thao tác khác").click()
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label("Lý do").fill("Bổ sung số đảng viên nữ.")
    page.get_by_role("button", name="Trả lại").click()


def draw(page, path):
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLING)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS).save(path, optimize=True)
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
        reviewer = sign_in(browser, address, "duyet")
        reviewer.goto("/tong-ket/")
        draw(reviewer, MANUAL / "tong-ket.png")
        return_report(reviewer, "Đảng bộ xã Lạc Xuân")
        clerk.goto("/bao-cao/")
        clerk.get_by_role("table").get_by_role("link", name="Đảng bộ xã Lạc Xuân").click()
        clerk.get_by_role("link", name="Nhập số liệu").first.click()
        clerk.locator('[id="cell-members_admitted"]').focus()
        clerk.locator('[id="cell-members_admitted"]').evaluate("cell => cell.scrollIntoView({block: 'center'})")
        draw(clerk, PICTURES / "entry.png")
        draw(clerk, MANUAL / "nhap-so-lieu.png")
        secretary = sign_in(browser, address, "bithu-quang-lap")
        secretary.goto("/tham-luan/")
        secretary.get_by_role("table").get_by_role("link").first.click()
        draw(secretary, MANUAL / "tham-luan.png")
        with secretary.expect_download() as download:
            secretary.get_by_role("link", name="Tải PDF").click()
        draw_first_page(download.value.path(), PICTURES / "speech.png")
        browser.close()


if __name__ == "__main__":
    main()
