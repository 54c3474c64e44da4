"""The three jobs, end to end, as people do them: figures typed and sent up, a speech drafted and taken home, the year read at a glance."""

import io
import re
import zipfile

import docx
import openpyxl
import pdfplumber
import pytest
from playwright.sync_api import expect

from .papers import (
    REPORT,
    SPEECH,
    STEP,
    approve_report,
    cell,
    expect_cells,
    open_cells,
    open_report,
    press_save,
    save_cells,
    starts_with,
    submit,
    type_at_start,
)

pytestmark = pytest.mark.browser


def download(page, words):
    with page.expect_download() as started:
        page.get_by_role("link", name=words).first.click()
    return started.value


def test_a_clerk_types_figures_and_a_reviewer_returns_then_approves_them(sign_in, page, quiet, sign_in_beside):
    sign_in("vanphong")
    open_cells(page, "Đảng bộ xã Ka Đô")
    for key, typed in {"cells_total": "12", "cells:rural": "8", "cells:school": "4", "members_total": "1.5", "members:female": "chín mươi"}.items():
        cell(page, key).fill(typed)
    press_save(page)

    # What is wrong keeps its text and is told at its place; what is right is saved.
    expect_cells(page, {"members_total": "1.5", "members:female": "chín mươi", "cells_total": "12"})
    expect(page.locator("main")).to_contain_text("15 hay 1.500")
    page.locator(".error-summary a[href='#cell-members_total'], main a[href='#cell-members_total']").first.click()
    expect(cell(page, "members_total")).to_be_focused()

    cell(page, "members_total").fill("150")
    cell(page, "members:female").fill("200")
    press_save(page)
    # A part greater than its whole is saved, but may not go up.
    expect(page.locator("main a[href='#cell-members:female']").first).to_be_visible()

    cell(page, "members:female").fill("61")
    cell(page, "dialogue_participants").fill("hơn 245")
    page.locator('[id="reason-dialogue_participants"]').fill("Một cuộc chưa ghi vào sổ")  # the register counts 240
    press_save(page)
    expect_cells(page, {"dialogue_participants": "hơn 245"})
    submit(page)

    reviewer = sign_in_beside("duyet")
    open_report(reviewer, "Đảng bộ xã Ka Đô")
    reviewer.locator("summary", has_text="Thao tác khác").click()
    reviewer.get_by_role("link", name="Trả lại").click()
    reviewer.wait_for_url(STEP)
    reviewer.get_by_role("button", name="Trả lại").click()
    expect(reviewer.locator("textarea:invalid").or_(reviewer.get_by_text("Ghi lý do")).first).to_be_visible()
    reviewer.get_by_label("Lý do").fill("Kiểm tra lại số đảng viên nữ.")
    reviewer.get_by_role("button", name="Trả lại").click()
    reviewer.wait_for_url(REPORT)

    page.goto("/")
    expect(page.locator("main")).to_contain_text("Kiểm tra lại số đảng viên nữ.")
    open_cells(page, "Đảng bộ xã Ka Đô")
    cell(page, "members:female").fill("62")
    save_cells(page, "Đã lưu 1 ô.")
    submit(page)
    approve_report(reviewer, "Đảng bộ xã Ka Đô")
    assert quiet == []


def test_a_secretary_drafts_edits_and_takes_home_a_speech(sign_in, page, quiet):
    sign_in("bithu-lac-lam")
    page.goto("/")
    page.get_by_role("link", name="Tham luận", exact=True).first.click()
    page.get_by_role("link", name="Soạn tham luận").click()
    page.get_by_label("Mẫu").select_option(label="Lãnh đạo xây dựng Đảng bộ, chi bộ hoàn thành xuất sắc nhiệm vụ")
    page.get_by_role("button", name="Xem số liệu").click()
    page.wait_for_url(re.compile(r"[?&]mau=\d"))
    page.get_by_role("button", name="Lập bản thảo").click()
    page.wait_for_url(SPEECH)
    page.get_by_role("link", name="Sửa bài").first.click()
    type_at_start(page, "Câu mở đầu do Bí thư tự viết. ")
    page.get_by_role("button", name="Lưu bài").click()
    page.wait_for_url(SPEECH)
    expect(page.locator(".paper-body")).to_have_text(starts_with("Câu mở đầu do Bí thư tự viết."))

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
    page.goto("/")
    page.get_by_role("link", name="Tổng kết", exact=True).first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"/14\b.*báo cáo"))
    attended = page.get_by_role("row").filter(has_text="Lượt người tham dự đối thoại").first
    expect(attended.get_by_role("cell").first).to_have_text(re.compile(r"\d"))

    book = download(page, "Tải Excel")
    content = book.path().read_bytes()
    assert zipfile.is_zipfile(io.BytesIO(content))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    values = [value for row in sheet.iter_rows(values_only=True) for value in row]
    assert sum(isinstance(value, (int, float)) for value in values) > 100
    assert any(isinstance(value, str) and "/14 báo cáo" in value for value in values)
    assert quiet == []
