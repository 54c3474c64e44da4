"""The three jobs, end to end, as people do them: figures typed and sent up, a speech drafted and taken home, the year read at a glance."""

import io
import zipfile

import docx
import openpyxl
import pdfplumber
import pytest

pytestmark = pytest.mark.browser


def cell(page, key):
    return page.locator(f'[id="cell-{key}"]')


def open_body(page, name):
    page.get_by_role("link", name="Báo cáo năm", exact=True).first.click()
    page.get_by_role("table").get_by_role("link", name=name).click()


def confirm(page, verb):
    """The verb stands on the page as a button or a link, and again on the page that tells its consequence."""
    page.get_by_role("link", name=verb, exact=True).or_(page.get_by_role("button", name=verb, exact=True)).first.click()
    page.locator("main form").get_by_role("button", name=verb, exact=True).click()


def download(page, words):
    with page.expect_download() as started:
        page.get_by_role("link", name=words).first.click()
    return started.value


def test_a_clerk_types_figures_and_a_reviewer_returns_then_approves_them(sign_in, page, quiet, sign_in_beside):
    sign_in("vanphong")
    open_body(page, "Đảng bộ xã Ka Đô")
    page.get_by_role("button", name="Bắt đầu nhập số liệu").click()
    for key, typed in {"cells_total": "12", "cells:rural": "8", "cells:school": "4", "members_total": "1.5", "members:female": "chín mươi"}.items():
        cell(page, key).fill(typed)
    page.get_by_role("button", name="Lưu số liệu").click()

    # What is wrong keeps its text and is told at its place; what is right is saved.
    assert cell(page, "members_total").input_value() == "1.5"
    assert cell(page, "members:female").input_value() == "chín mươi"
    assert cell(page, "cells_total").input_value() == "12"
    assert "15 hay 1.500" in page.locator("main").inner_text()
    page.locator(".error-summary a[href='#cell-members_total'], main a[href='#cell-members_total']").first.click()
    assert page.evaluate("document.activeElement.id") == "cell-members_total"

    cell(page, "members_total").fill("150")
    cell(page, "members:female").fill("200")
    page.get_by_role("button", name="Lưu số liệu").click()
    # A part greater than its whole is saved, but may not go up.
    assert page.locator("main a[href='#cell-members:female']").count() >= 1

    cell(page, "members:female").fill("61")
    cell(page, "dialogue_participants").fill("hơn 245")
    page.locator('[id="reason-dialogue_participants"]').fill("Một cuộc chưa ghi vào sổ")  # the register counts 240
    page.get_by_role("button", name="Lưu số liệu").click()
    assert cell(page, "dialogue_participants").input_value() == "hơn 245"
    confirm(page, "Trình duyệt")
    assert "Đã trình" in page.locator("main").inner_text()

    reviewer = sign_in_beside("duyet")
    open_body(reviewer, "Đảng bộ xã Ka Đô")
    reviewer.locator("summary", has_text="Thao tác khác").click()
    reviewer.get_by_role("link", name="Trả lại").click()
    reviewer.get_by_role("button", name="Trả lại").click()
    assert "Ghi lý do" in reviewer.locator("main").inner_text() or reviewer.locator("textarea:invalid").count() == 1
    reviewer.get_by_label("Lý do").fill("Kiểm tra lại số đảng viên nữ.")
    reviewer.get_by_role("button", name="Trả lại").click()

    page.goto("/")
    assert "Kiểm tra lại số đảng viên nữ." in page.locator("main").inner_text()
    open_body(page, "Đảng bộ xã Ka Đô")
    page.get_by_role("link", name="Nhập số liệu").first.click()
    cell(page, "members:female").fill("62")
    page.get_by_role("button", name="Lưu số liệu").click()
    confirm(page, "Trình duyệt")

    open_body(reviewer, "Đảng bộ xã Ka Đô")
    confirm(reviewer, "Phê duyệt")
    assert "Đã duyệt" in reviewer.locator("main").inner_text()
    assert quiet == []


def test_a_secretary_drafts_edits_and_takes_home_a_speech(sign_in, page, quiet):
    sign_in("bithu-lac-lam")
    page.get_by_role("link", name="Tham luận", exact=True).first.click()
    page.get_by_role("link", name="Soạn tham luận").click()
    page.get_by_label("Mẫu").select_option(label="Lãnh đạo xây dựng Đảng bộ, chi bộ hoàn thành xuất sắc nhiệm vụ")
    page.get_by_role("button", name="Xem số liệu").click()
    page.get_by_role("button", name="Lập bản thảo").click()
    page.get_by_role("link", name="Sửa bài").first.click()
    editor = page.locator("#editor-place [contenteditable=true]")
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Câu mở đầu do Bí thư tự viết. ")
    page.get_by_role("button", name="Lưu bài").click()
    assert "Câu mở đầu do Bí thư tự viết." in page.locator("main").inner_text()

    pdf = download(page, "Tải PDF")
    word = download(page, "Tải Word")

    assert (pdf.suggested_filename.endswith(".pdf"), word.suggested_filename.endswith(".docx")) == (True, True)
    with pdfplumber.open(pdf.path()) as printed:
        text = " ".join(printed_page.extract_text() for printed_page in printed.pages)
    assert "Câu mở đầu do Bí thư tự viết." in text
    assert "97,7%" in text.replace("\n", " ")
    assert "Câu mở đầu do Bí thư tự viết." in "\n".join(paragraph.text for paragraph in docx.Document(word.path()).paragraphs)
    assert quiet == []


def test_an_administrator_reads_the_year_and_its_workbook(sign_in, page, quiet):
    sign_in("quantri")
    page.get_by_role("link", name="Tổng kết", exact=True).first.click()
    words = page.locator("main").inner_text()
    assert "báo cáo" in words
    assert "/14" in words
    attended = page.get_by_role("row").filter(has_text="Lượt người tham dự đối thoại").first

    assert "–" not in attended.inner_text().split("\t")[:1]

    book = download(page, "Tải Excel")
    content = book.path().read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(content))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    values = [value for row in sheet.iter_rows(values_only=True) for value in row]
    assert sum(isinstance(value, (int, float)) for value in values) > 100
    assert any(isinstance(value, str) and "/14 báo cáo" in value for value in values)
    assert quiet == []
