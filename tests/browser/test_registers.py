"""From an event to the speech: a clerk writes it by keyboard, the report counts it, the reviewer approves, the secretary's words say it."""

import re

import pytest
from playwright.sync_api import expect

from .papers import (
    approve_report,
    cell,
    compose,
    count,
    expect_cells,
    expect_counts,
    open_cells,
    open_report,
    return_report,
    save_cells,
    submit,
    take,
)

pytestmark = pytest.mark.browser
MOST_TABS = 40
SAVED = re.compile(r"/\d+/$")


def tab_to(page, name):
    """Go to the field `name` with the Tab key, or back with Shift when it stands before the one that has the focus."""
    order = page.locator("main form :is(input, select, button):visible").evaluate_all("fields => fields.map((field) => field.name)")
    key = "Shift+Tab" if order.index(name) < order.index(page.evaluate("document.activeElement.name")) else "Tab"
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press(key)
    raise AssertionError(f"the Tab key does not lead to {name}")


def fill(page, fields):
    """Type into fields in their order, by keyboard alone; the first one has the focus already."""
    expect(page.locator("main").locator("input:focus, select:focus")).to_have_count(1)
    for name, text in fields.items():
        tab_to(page, name)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)


def save(page):
    """Press Enter, and again where the portal asks whether it is so; the event has its page then."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    again = page.get_by_role("button", name="Vẫn lưu", exact=True)
    if again.count():  # the answer is there: nothing changes it any more
        again.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert SAVED.search(page.url), page.locator("main").inner_text()


def take_counts(page, counted):
    """Take over what the register counts into these cells, and save them."""
    for key in counted:
        page.locator(f'button[data-take="{key}"]').click()
    expect_cells(page, counted)
    save_cells(page, f"Đã lưu {len(counted)} ô.")
    expect_cells(page, counted)


def expect_words(page, words):
    """The draft of the speech says so."""
    expect(page.locator(".paper-body")).to_contain_text(words)


def test_a_dialogue_goes_from_the_clerk_to_the_speech(sign_in, page, quiet, sign_in_beside):
    reviewer = sign_in_beside("duyet")
    return_report(reviewer, "Đảng bộ xã Quảng Lập", "Ghi thêm cuộc ngày 20/12.")

    # The clerk writes one more meeting, without the mouse.
    sign_in("vanphong")
    page.goto("/hoat-dong/doi-thoai/them/")
    facts = {"held_on": "20/12/2024", "place": "Thôn 1", "chair_post": "Bí thư Đảng ủy xã", "people": "30", "officials": "2", "opinions": "6"}
    fill(page, {"organization": "Đảng ủy xã Quảng Lập", **facts})
    save(page)

    # The figure is counted, shows its events at one click, and asks why a cell says something else.
    open_cells(page, "Đảng bộ xã Quảng Lập")
    expect_counts(page, {"dialogue_sessions": "11"})
    expect_cells(page, {"dialogue_sessions": "10"})
    count(page, "dialogue_sessions").click()
    expect(page.locator("tr.events-row li")).to_have_count(11)
    count(page, "dialogue_sessions").click()
    expect(page.locator("tr.events-row")).to_have_count(0)
    reason = page.get_by_label("Lý do ghi khác số của sổ (11)")
    expect(reason).to_be_visible()
    for key in ("dialogue_sessions", "dialogue_participants", "dialogue_opinions"):
        page.locator(f'button[data-take="{key}"]').click()
    expect_cells(page, {"dialogue_sessions": "11", "dialogue_participants": "hơn 277", "dialogue_opinions": "56"})
    expect(reason).to_be_hidden()
    save_cells(page, "Đã lưu 3 ô.")
    submit(page)

    # A meeting written after that is flagged, not added.
    page.goto("/hoat-dong/doi-thoai/them/")
    fill(page, {"organization": "Đảng ủy xã Quảng Lập", **facts, "held_on": "21/12/2024", "place": "Thôn 2"})
    save(page)
    open_report(reviewer, "Đảng bộ xã Quảng Lập")
    expect(reviewer.locator("main")).to_contain_text("1 cuộc đối thoại thêm sau khi trình; số đếm nay là 12 (khi trình 11)")
    take(reviewer, "Phê duyệt")

    secretary = sign_in_beside("bithu-quang-lap")
    compose(secretary, "Đối thoại, lắng nghe ý kiến Nhân dân ở xã")
    expect_words(secretary, "hơn 277")
    assert quiet == []


def test_an_inspection_and_a_decision_of_discipline_go_to_the_speech_and_the_summary(sign_in, page, quiet, sign_in_beside):
    """No speech says how many were disciplined: that is for the reporting line, and for the summary of the year."""
    reviewer = sign_in_beside("duyet")
    return_report(reviewer, "Đảng bộ Trung tâm Y tế", "Ghi thêm một cuộc, một quyết định.")
    sign_in("vanphong")
    page.goto("/hoat-dong/kiem-tra/them/")
    body = {"organization": "Đảng ủy Trung tâm Y tế huyện Đơn Dương"}
    fill(page, {**body, "doer": "cấp ủy", "kind": "kiểm tra theo", "started_on": "10/05/2024", "cells": "1", "members": "2"})
    save(page)
    page.goto("/hoat-dong/ky-luat/them/")
    fill(page, {**body, "decided_on": "10/06/2024"})
    tab_to(page, "target")
    page.keyboard.press("ArrowDown")  # no key of this keyboard types the đ of the first one
    fill(page, {"form": "khiển trách", "authority": "cấp ủy", "count": "1"})
    save(page)

    # A cell that says something else than the register asks why, by keyboard too.
    open_cells(page, "Đảng bộ Trung tâm Y tế")
    inspected = {"inspections": "4", "inspections:committee": "2", "inspected_cells:committee": "2", "inspected_members:committee": "4"}
    disciplined = {"members_disciplined": "1", "members_disciplined:reprimand": "1", "members_disciplined:by_committee": "1"}
    expect_counts(page, inspected | disciplined)
    cell(page, "inspections").fill("5")
    cell(page, "inspections").press("Enter")
    reason = page.locator('[id="reason-inspections"]')
    expect(reason).to_be_focused()
    page.keyboard.type("Một cuộc chưa có thông báo kết luận")
    page.keyboard.press("Enter")
    expect(cell(page, "inspections:committee")).to_be_focused()
    save_cells(page, "Đã lưu 1 ô.")
    expect_cells(page, {"inspections": "5"})
    expect(reason).to_have_value("Một cuộc chưa có thông báo kết luận")

    take_counts(page, inspected | disciplined)
    page.goto(count(page, "members_disciplined:reprimand").get_attribute("href"))
    expect(page.locator("main .events li")).to_have_count(1)
    open_report(page, "Đảng bộ Trung tâm Y tế")
    submit(page)
    approve_report(reviewer, "Đảng bộ Trung tâm Y tế")

    reviewer.goto("/tong-ket/chi-tieu/members_disciplined:reprimand/")
    row = reviewer.get_by_role("row").filter(has=reviewer.get_by_role("link", name="Đảng bộ Trung tâm Y tế huyện Đơn Dương"))
    expect(row.get_by_role("cell")).to_contain_text(["1/1", "01"])
    secretary = sign_in_beside("bithu-trung-tam-y-te")
    compose(secretary, "Kiểm tra, giám sát ở đảng bộ có ủy ban kiểm tra")
    expect_words(secretary, "Kiểm tra: 02 cuộc, đối với 02 chi bộ và 04 đảng viên.")
    assert quiet == []


def test_a_candidate_goes_from_the_class_to_the_speech(sign_in, page, quiet, sign_in_beside):
    reviewer = sign_in_beside("duyet")
    return_report(reviewer, "Đảng bộ xã Lạc Xuân", "Ghi thêm một người đi học.")
    sign_in("vanphong")
    page.goto("/to-chuc/quan-chung/moi/")
    person = {"full_name": "Ngô Thị Thử Nghiệm", "gender": "nữ", "born_on": "19/05/1998", "listed_on": "10/01/2024"}
    fill(page, {"organization": "Chi bộ lực lượng vũ trang 1", **person})
    save(page)
    page.goto(f"{page.url}buoc/")
    fill(page, {"taken_on": "15/04/2024"})  # the next stage is chosen already
    save(page)

    open_cells(page, "Đảng bộ xã Lạc Xuân")
    expect_counts(page, {"candidates_sent_to_awareness_class": "36"})
    take_counts(page, {"candidates_sent_to_awareness_class": "36"})
    page.goto(count(page, "candidates_sent_to_awareness_class").get_attribute("href"))
    expect(page.locator("main")).to_contain_text("Ngô Thị Thử Nghiệm: cử học lớp nhận thức về Đảng")
    open_report(page, "Đảng bộ xã Lạc Xuân")
    submit(page)
    approve_report(reviewer, "Đảng bộ xã Lạc Xuân")

    secretary = sign_in_beside("bithu-lac-xuan")
    compose(secretary, "Mô hình tạo nguồn, phát triển đảng viên (xã)")
    expect_words(secretary, "Trong năm, Đảng ủy cử 36 quần chúng ưu tú dự lớp bồi dưỡng nhận thức về Đảng")
    assert quiet == []


def test_a_model_goes_from_its_registration_to_the_speech(sign_in, page, quiet, sign_in_beside):
    sign_in("bithu-ka-don")
    page.goto("/mo-hinh/moi/")
    title = "Cầu thôn sáng đèn, nhà nhà quét dọn chiều thứ bảy"
    page.get_by_label("Tên chính thức").fill(title)
    page.get_by_label("Lĩnh vực").select_option(label="Kinh tế, xã hội, nông thôn mới")
    page.get_by_label("Số thành viên Tổ công tác").fill("7")
    page.get_by_label("Thực trạng").fill("Đường thôn thiếu đèn, rác còn để ven cầu.")
    page.get_by_label("Cách thức thực hiện").fill("Mỗi chi bộ nhận một đoạn đường, kiểm tra vào chiều thứ bảy.")
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu", exact=True).click()
    again = page.get_by_role("button", name="Vẫn lưu", exact=True)
    if again.count():  # the answer is there: nothing changes it any more
        again.click()
    page.wait_for_url(re.compile(r"/mo-hinh/\d+/$"))
    model = page.url
    take(page, "Trình duyệt")
    reviewer = sign_in_beside("duyet")
    reviewer.goto(model)
    take(reviewer, "Phê duyệt")
    return_report(reviewer, "Đảng bộ xã Ka Đơn", "Ghi thêm Tổ công tác của mô hình.")

    clerk = sign_in_beside("vanphong")
    open_cells(clerk, "Đảng bộ xã Ka Đơn")
    expect_counts(clerk, {"working_group_members": "7"})
    take_counts(clerk, {"working_group_members": "7"})
    clerk.goto(count(clerk, "working_group_members").get_attribute("href"))
    expect(clerk.locator("main .events li")).to_have_count(1)
    open_report(clerk, "Đảng bộ xã Ka Đơn")
    submit(clerk)
    approve_report(reviewer, "Đảng bộ xã Ka Đơn")

    compose(page, "Đối thoại, lắng nghe ý kiến Nhân dân ở xã")
    expect_words(page, "Tổ công tác gồm 07 thành viên")
    assert quiet == []
