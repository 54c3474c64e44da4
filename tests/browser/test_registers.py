"""From an event to the speech: a clerk writes a meeting by keyboard, the report counts it, the reviewer approves, the secretary's words say it."""

import re

import pytest

pytestmark = pytest.mark.browser
MOST_TABS = 40


def cell(page, key):
    return page.locator(f'[id="cell-{key}"]')


def count(page, key):
    return page.locator(f'a.counted-link[href$="/so/{key}/"]')


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
    page.wait_for_function("document.activeElement.matches('main input, main select')")
    for name, text in fields.items():
        tab_to(page, name)
        page.keyboard.press("Control+A")
        page.keyboard.type(text)


def save(page):
    """Press Enter, and again where the portal asks whether it is so; the event has its page then."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.get_by_role("button", name="Vẫn lưu", exact=True).count():
        page.get_by_role("button", name="Vẫn lưu", exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert re.search(r"/\d+/$", page.url), page.locator("main").inner_text()


def open_report(page, name):
    page.goto("/bao-cao/")
    page.get_by_role("table").get_by_role("link", name=name).click()


def take(page, verb, note=""):
    """Take a step of the paper on the page, with a reason where it wants one."""
    link = page.get_by_role("link", name=verb, exact=True)
    if not link.first.is_visible():
        page.locator("summary", has_text="Thao tác khác").click()
    link.first.click()
    if note:
        page.get_by_label("Lý do").fill(note)
    page.locator("main form").get_by_role("button", name=verb, exact=True).click()


def reopen(page, name, note):
    """Return the report of the body, unless a test before has done so already."""
    open_report(page, name)
    if "Đã duyệt" in page.locator("main header, main").first.inner_text():
        take(page, "Trả lại", note)


def test_a_dialogue_goes_from_the_clerk_to_the_speech(sign_in, page, quiet, sign_in_beside):
    reviewer = sign_in_beside("duyet")
    open_report(reviewer, "Đảng bộ xã Quảng Lập")
    take(reviewer, "Trả lại", "Ghi thêm cuộc ngày 20/12.")

    # The clerk writes one more meeting, without the mouse.
    sign_in("vanphong")
    page.goto("/hoat-dong/doi-thoai/them/")
    facts = {"held_on": "20/12/2024", "place": "Thôn 1", "chair_post": "Bí thư Đảng ủy xã", "people": "30", "officials": "2", "opinions": "6"}
    fill(page, {"organization": "Đảng ủy xã Quảng Lập", **facts})
    save(page)

    # The figure is counted, shows its events at one click, and asks why a cell says something else.
    open_report(page, "Đảng bộ xã Quảng Lập")
    page.get_by_role("link", name="Nhập số liệu", exact=True).first.click()
    assert count(page, "dialogue_sessions").inner_text().startswith("11")
    assert cell(page, "dialogue_sessions").input_value() == "10"
    count(page, "dialogue_sessions").click()
    page.locator("tr.events-row li").first.wait_for()
    assert page.locator("tr.events-row li").count() == 11
    count(page, "dialogue_sessions").click()
    assert page.locator("tr.events-row").count() == 0
    reason = page.get_by_label("Lý do ghi khác số của sổ (11)")
    assert reason.is_visible()
    for key in ("dialogue_sessions", "dialogue_participants", "dialogue_opinions"):
        page.locator(f'button[data-take="{key}"]').click()
    assert [cell(page, key).input_value() for key in ("dialogue_sessions", "dialogue_participants", "dialogue_opinions")] == ["11", "hơn 277", "56"]
    assert reason.is_hidden()
    page.get_by_role("button", name="Lưu số liệu").click()
    take(page, "Trình duyệt")
    assert "Đã trình" in page.locator("main").inner_text()

    # A meeting written after that is flagged, not added.
    page.goto("/hoat-dong/doi-thoai/them/")
    fill(page, {"organization": "Đảng ủy xã Quảng Lập", **facts, "held_on": "21/12/2024", "place": "Thôn 2"})
    save(page)
    open_report(reviewer, "Đảng bộ xã Quảng Lập")
    assert "1 cuộc đối thoại thêm sau khi trình; số đếm nay là 12 (khi trình 11)" in reviewer.locator("main").inner_text()
    take(reviewer, "Phê duyệt")

    secretary = sign_in_beside("bithu-quang-lap")
    secretary.goto("/tham-luan/soan/")
    secretary.get_by_label("Mẫu").select_option(label="Đối thoại, lắng nghe ý kiến Nhân dân ở xã")
    secretary.get_by_role("button", name="Xem số liệu").click()
    secretary.get_by_role("button", name="Lập bản thảo").click()
    words = secretary.locator("main").inner_text()
    assert "hơn 277" in words
    assert quiet == []


def test_an_inspection_is_counted_in_the_form(sign_in, page, quiet, sign_in_beside):
    reviewer = sign_in_beside("duyet")
    open_report(reviewer, "Đảng bộ Trung tâm Y tế")
    take(reviewer, "Trả lại", "Ghi thêm một cuộc.")
    sign_in("vanphong")
    page.goto("/hoat-dong/kiem-tra/them/")
    facts = {"doer": "cấp ủy", "kind": "kiểm tra theo", "started_on": "10/05/2024", "cells": "1", "members": "2"}
    fill(page, {"organization": "Đảng ủy Trung tâm Y tế huyện Đơn Dương", **facts})
    save(page)

    open_report(page, "Đảng bộ Trung tâm Y tế")
    page.get_by_role("link", name="Nhập số liệu", exact=True).first.click()

    keys = ("inspections", "inspections:committee", "inspected_members:committee")
    assert [count(page, key).inner_text().split()[0] for key in keys] == ["4", "2", "4"]
    cell(page, "inspections").fill("5")
    cell(page, "inspections").press("Enter")
    assert page.evaluate("document.activeElement.id") == "reason-inspections"
    page.keyboard.type("Một cuộc chưa có thông báo kết luận")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "cell-inspections:committee"
    page.get_by_role("button", name="Lưu số liệu").click()
    assert cell(page, "inspections").input_value() == "5"
    assert page.locator('[id="reason-inspections"]').input_value() == "Một cuộc chưa có thông báo kết luận"
    assert quiet == []


def test_a_candidate_sent_to_the_class_is_counted_in_the_form(sign_in, page, quiet, sign_in_beside):
    reviewer = sign_in_beside("duyet")
    open_report(reviewer, "Đảng bộ xã Lạc Xuân")
    take(reviewer, "Trả lại", "Ghi thêm một người đi học.")
    sign_in("vanphong")
    page.goto("/to-chuc/quan-chung/moi/")
    person = {"full_name": "Ngô Thị Thử Nghiệm", "gender": "nữ", "born_on": "19/05/1998", "listed_on": "10/01/2024"}
    fill(page, {"organization": "Chi bộ lực lượng vũ trang 1", **person})
    save(page)
    page.goto(f"{page.url}buoc/")
    fill(page, {"taken_on": "15/04/2024"})  # the next stage is chosen already
    save(page)

    open_report(page, "Đảng bộ xã Lạc Xuân")
    page.get_by_role("link", name="Nhập số liệu", exact=True).first.click()

    assert count(page, "candidates_sent_to_awareness_class").inner_text().split()[0] == "36"
    page.goto(count(page, "candidates_sent_to_awareness_class").get_attribute("href"))
    assert "Ngô Thị Thử Nghiệm: cử học lớp nhận thức về Đảng" in page.locator("main").inner_text()
    assert quiet == []


def test_a_decision_of_discipline_is_counted_in_the_form(sign_in, page, quiet, sign_in_beside):
    reviewer = sign_in_beside("duyet")
    reopen(reviewer, "Đảng bộ Trung tâm Y tế", "Ghi thêm một quyết định.")
    sign_in("vanphong")
    page.goto("/hoat-dong/ky-luat/them/")
    fill(page, {"organization": "Đảng ủy Trung tâm Y tế huyện Đơn Dương", "decided_on": "10/06/2024"})
    tab_to(page, "target")
    page.keyboard.press("ArrowDown")  # no key of this keyboard types the đ of the first one
    fill(page, {"form": "khiển trách", "authority": "cấp ủy", "count": "1"})
    save(page)

    open_report(page, "Đảng bộ Trung tâm Y tế")
    page.get_by_role("link", name="Nhập số liệu", exact=True).first.click()

    keys = ("members_disciplined", "members_disciplined:reprimand", "members_disciplined:by_committee")
    assert [count(page, key).inner_text().split()[0] for key in keys] == ["1", "1", "1"]
    page.locator('button[data-take="members_disciplined:reprimand"]').click()
    page.get_by_role("button", name="Lưu số liệu").click()
    assert cell(page, "members_disciplined:reprimand").input_value() == "1"
    page.goto(count(page, "members_disciplined:reprimand").get_attribute("href"))
    assert page.locator("main .events li").count() == 1
    assert quiet == []


def test_a_model_is_counted_in_the_form_once_it_is_approved(sign_in, page, quiet, sign_in_beside):
    sign_in("bithu-ka-don")
    page.goto("/mo-hinh/moi/")
    page.get_by_label("Tên chính thức").fill("Cầu thôn sáng đèn, nhà nhà quét dọn chiều thứ bảy")
    page.get_by_label("Lĩnh vực").select_option(label="Kinh tế, xã hội, nông thôn mới")
    page.get_by_label("Số thành viên Tổ công tác").fill("7")
    page.get_by_label("Thực trạng").fill("Đường thôn thiếu đèn, rác còn để ven cầu.")
    page.get_by_label("Cách thức thực hiện").fill("Mỗi chi bộ nhận một đoạn đường, kiểm tra vào chiều thứ bảy.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    again = page.get_by_role("button", name="Vẫn lưu", exact=True)
    if again.count():
        again.click()
    page.wait_for_url(re.compile(r"/mo-hinh/\d+/$"))
    model = page.url
    take(page, "Trình duyệt")
    reviewer = sign_in_beside("duyet")
    reviewer.goto(model)
    take(reviewer, "Phê duyệt")
    open_report(reviewer, "Đảng bộ xã Ka Đơn")
    take(reviewer, "Trả lại", "Ghi thêm Tổ công tác của mô hình.")

    clerk = sign_in_beside("vanphong")
    open_report(clerk, "Đảng bộ xã Ka Đơn")
    clerk.get_by_role("link", name="Nhập số liệu", exact=True).first.click()

    assert count(clerk, "working_group_members").inner_text().split()[0] == "7"
    clerk.locator('button[data-take="working_group_members"]').click()
    assert cell(clerk, "working_group_members").input_value() == "7"
    clerk.goto(count(clerk, "working_group_members").get_attribute("href"))
    assert clerk.locator("main .events li").count() == 1
    assert quiet == []
