"""Norms of dialogue, the days they plan and the programmes of inspection in Excel: out and in again, and what bad lines get."""

import datetime as dt

import pytest

from organizations.exchange import registered
from organizations.exchange.workbooks import export_of
from organizations.models import LogEntry
from partyreports.activities.models import DialogueNorm, InspectionPlan, PlannedDialogue
from tests import makers
from tests.activities.inspecting import make_plan
from tests.activities.rows import make_dialogue, make_friday_norm, make_norm, make_village
from tests.exchanging import export, import_file, sheet_of

NORMS, DAYS, PROGRAMMES = "dinh-muc-doi-thoai", "lich-doi-thoai", "chuong-trinh-kiem-tra"
XA = "Đảng ủy xã Mẫu"


def bring_in(slug, *lines, by):
    return import_file(slug, by=by, content=sheet_of(slug, by=by, lines=lines), confirm=True)


def told(work):
    return [(error["row"], error["title"], error["sentence"]) for error in work.errors]


# --- norms --------------------------------------------------------------------------------------------------------------


def test_norms_go_out_and_come_back_unchanged(an, cell):
    basis = makers.make_reference(organization=cell, number=26, symbol="CT/HU", issued_on=dt.date(2023, 9, 11))
    make_friday_norm(organization=cell, basis=basis, valid_to=dt.date(2025, 1, 1))
    make_norm(organization=cell, kinds=[makers.make_kind(code="chi-bo-nong-thon"), cell.version().kind])

    outcome = import_file(NORMS, by=an, content=export(NORMS, by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_a_new_norm_is_written_once_and_changed_by_its_code(an, cell):
    makers.make_reference(organization=cell, number=26, symbol="CT/HU", issued_on=dt.date(2023, 9, 11))
    line = {
        "Tổ chức phải thực hiện": XA,
        "Nhịp": "một ngày thứ cố định mỗi tháng",
        "Vào thứ": "thứ sáu",
        "Lần trong tháng": "cuối tháng",
        "Xoay vòng các thôn": "x",
        "Căn cứ": "26-CT/HU",
        "Từ ngày": "01/03/2024",
    }

    first, again = (bring_in(NORMS, line, by=an) for _ in range(2))

    norm = DialogueNorm.objects.get()
    assert (first.state, told(first), again.changes, again.unchanged) == ("done", [], [], 1)
    assert (norm.rule, norm.basis.number, LogEntry.objects.about(norm).count()) == ("thứ sáu cuối tháng, xoay vòng các thôn", 26, 1)
    changed = bring_in(NORMS, line | {"Mã": norm.pk, "Căn cứ": "", "Đến trước ngày": "01/01/2025"}, by=an)
    assert [change[0] for change in changed.changes[0]["cells"]] == ["Căn cứ", "Đến trước ngày"]


def test_bad_lines_of_norms_are_told(an, cell, district):
    for day in (11, 12):
        makers.make_reference(organization=cell, number=26, symbol="CT/HU", issued_on=dt.date(2023, 9, day))
    above = make_norm(organization=district, kinds=[cell.version().kind])
    line = {"Tổ chức phải thực hiện": XA, "Nhịp": "mỗi tháng một lần", "Từ ngày": "01/03/2024"}
    outcome = bring_in(
        NORMS,
        line | {"Nhịp": "một ngày thứ cố định mỗi tháng", "Vào thứ": "thứ sáu"},
        line | {"Đến trước ngày": "01/03/2024"},
        line | {"Căn cứ": "26-CT/HU"},
        line | {"Nhịp": "hằng tuần"},
        line | {"Mã": above.pk},
        by=an,
    )

    assert [(row, title) for row, title, _ in told(outcome)] == [(2, "Lần trong tháng"), (3, "Đến trước ngày"), (4, "Căn cứ"), (5, "Nhịp"), (6, "Mã")]
    assert DialogueNorm.objects.get() == above


# --- planned days -------------------------------------------------------------------------------------------------------


def test_planned_days_go_out_and_come_back_unchanged(an, cell):
    village = make_village(organization=cell)
    norm = make_friday_norm(organization=cell)
    norm.planned.create(organization=cell, planned_on=dt.date(2024, 3, 29), village=village, dialogue=make_dialogue(organization=cell))
    norm.planned.create(organization=cell, planned_on=dt.date(2024, 4, 26), note="Trùng dịp lễ")

    outcome = import_file(DAYS, by=an, content=export(DAYS, by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_new_days_are_planned_once_and_moved_by_their_code(an, cell):
    make_village(organization=cell)
    norm = make_norm(organization=cell)
    line = {"Mã định mức": norm.pk, "Tổ chức": XA, "Ngày dự kiến": "23/02/2024", "Thôn": "thon 1"}

    first, again = (bring_in(DAYS, line, by=an) for _ in range(2))

    plan = PlannedDialogue.objects.get()
    assert (first.state, told(first), again.changes, again.unchanged) == ("done", [], [], 1)
    assert (plan.norm, plan.planned_on, plan.village.name) == (norm, dt.date(2024, 2, 23), "Thôn 1")
    moved = bring_in(DAYS, line | {"Mã": plan.pk, "Ngày dự kiến": "08/03/2024", "Thôn": ""}, by=an)
    assert (moved.state, [change[0] for change in moved.changes[0]["cells"]]) == ("done", ["Ngày dự kiến", "Thôn"])
    assert list(LogEntry.objects.about(plan).order_by("pk").values_list("action", flat=True)) == ["add", "change"]


def test_bad_lines_of_days_are_told(an, cell, other_cell, district):
    norm, alone = make_norm(organization=cell, valid_from=dt.date(2024, 4, 1)), make_norm(organization=district)
    plan = norm.planned.create(organization=cell, planned_on=dt.date(2024, 5, 31))
    line = {"Mã định mức": norm.pk, "Tổ chức": XA, "Ngày dự kiến": "30/08/2024"}
    outcome = bring_in(
        DAYS,
        line | {"Mã định mức": alone.pk},
        line | {"Tổ chức": "Đảng ủy xã Bên"},
        line | {"Ngày dự kiến": "29/03/2024"},
        line | {"Ngày dự kiến": "26/04/2024"},
        line | {"Mã": plan.pk},
        line | {"Thôn": "Thôn Lạ"},
        line | {"Mã cuộc đã tổ chức": make_dialogue(organization=cell, held_on=dt.date(2024, 8, 30)).pk},
        line | {"Lý do hoãn": "ông Nguyễn Văn A bận"},
        by=an,
    )

    assert [(row, title) for row, title, _ in told(outcome)] == [
        (2, "Mã định mức"),
        (3, "Tổ chức"),
        (4, "Ngày dự kiến"),
        (5, "Ngày dự kiến"),
        (6, "Ngày dự kiến"),
        (7, "Thôn"),
        (8, "Mã cuộc đã tổ chức"),
        (9, "Lý do hoãn"),
    ]
    sentences = [sentence for _, _, sentence in told(outcome)]
    assert sentences[2:5] == [
        "Định mức không có hiệu lực vào ngày này.",
        "Quý II/2024 đã có ngày dự kiến 31/05/2024: ghi mã của dòng ấy nếu muốn chuyển ngày.",
        "Chỉ chuyển sang ngày khác trong cùng quý với ngày 31/05/2024.",
    ]


def test_two_days_of_one_quarter_in_one_file_write_nothing(an, cell):
    norm = make_norm(organization=cell)
    line = {"Mã định mức": norm.pk, "Tổ chức": XA, "Ngày dự kiến": "23/02/2024"}

    work = bring_in(DAYS, line, line | {"Ngày dự kiến": "08/03/2024"}, by=an)

    taken = "Một dòng ở trên đã ghi ngày dự kiến trong cùng tháng, quý: bỏ một trong hai dòng."
    assert (work.state, told(work), PlannedDialogue.objects.count()) == ("wrong", [(3, "", taken)], 0)


# --- programmes ---------------------------------------------------------------------------------------------------------


def test_programmes_go_out_and_come_back_unchanged(an, cell):
    make_plan(organization=cell)
    make_plan(organization=cell, doer="inspection_commission", kind="finance", planned=12)

    outcome = import_file(PROGRAMMES, by=an, content=export(PROGRAMMES, by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_a_new_line_of_a_programme_is_written_once_and_its_number_changed(an, cell):
    line = {"Tổ chức": XA, "Năm": 2024, "Chủ thể": "ủy ban kiểm tra", "Loại": "giám sát chuyên đề", "Số cuộc theo chương trình": 2}

    first, again, changed = (bring_in(PROGRAMMES, line | more, by=an) for more in ({}, {}, {"Số cuộc theo chương trình": 3}))

    plan = InspectionPlan.objects.get()
    assert (first.state, told(first), again.changes, again.unchanged) == ("done", [], [], 1)
    assert (plan.year, plan.doer, plan.kind, plan.planned) == (2024, "inspection_commission", "supervision", 3)
    assert changed.changes[0]["cells"] == [["Số cuộc theo chương trình", "2", "3"]]
    assert list(LogEntry.objects.about(plan).order_by("pk").values_list("before", "after")) == [
        (None, {"planned": "2"}),
        ({"planned": "2"}, {"planned": "3"}),
    ]


def test_bad_lines_of_programmes_are_told(an, cell):
    plan = make_plan(organization=cell)
    line = {"Tổ chức": XA, "Năm": 2024, "Chủ thể": "cấp ủy", "Loại": "giám sát chuyên đề", "Số cuộc theo chương trình": 2}
    outcome = bring_in(
        PROGRAMMES,
        line | {"Chủ thể": "chi bộ"},
        line | {"Năm": 1890},
        line | {"Số cuộc theo chương trình": 0},
        line | {"Loại": "kiểm tra đột xuất"},
        line | {"Mã": plan.pk},
        line | {"Tổ chức": "Đảng ủy xã Khác"},
        by=an,
    )

    assert [(row, title) for row, title, _ in told(outcome)] == [
        (2, "Chủ thể"),
        (3, "Năm"),
        (4, "Số cuộc theo chương trình"),
        (5, "Loại"),
        (6, "Loại"),
        (7, "Tổ chức"),
    ]
    assert told(outcome)[0][2] == f"“{XA}” không phải chi bộ: chọn chủ thể khác, hoặc ghi ở chính chi bộ tiến hành."


# --- all of them --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3, 50])
@pytest.mark.parametrize(("slug", "queries"), [(NORMS, 7), (DAYS, 5), (PROGRAMMES, 5)])
def test_an_export_asks_as_often_whatever_the_rows(slug, queries, n, an, cell, django_assert_num_queries):
    basis = makers.make_reference(organization=cell)
    for number in range(n):
        norm = make_norm(organization=cell, basis=basis, kinds=[cell.version().kind])
        norm.planned.create(organization=cell, planned_on=dt.date(2024, 2, 23), village=make_village(organization=cell, name=f"Thôn {number}"))
        make_plan(organization=cell, year=2000 + number)
    exchange = registered(slug)

    with django_assert_num_queries(queries):
        export_of(exchange, an, exchange.rows(an))
