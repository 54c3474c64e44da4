"""Pages of inspections: what is written, asked and refused; who sees outcomes; the grid of the programme."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.models import LogEntry, Right
from partyreports.activities.forms.inspections import InspectionForm, ProgrammeForm
from partyreports.activities.models import Inspection, InspectionPlan
from partyreports.activities.models.events import EventChanged
from tests import makers
from tests.activities.inspecting import make_inspection, make_plan, typed_inspection
from tests.exchanging import export, import_file, sheet_of


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


def test_an_writes_an_inspection_and_the_log_says_so(an, cell, signed_in):
    response = signed_in(an).post(url("add_inspection"), typed_inspection())

    row = Inspection.objects.get()
    assert (response.status_code, response.url) == (302, row.get_absolute_url())
    assert (row.organization, row.started_on, row.cells, row.members, row.committee_members) == (cell, dt.date(2024, 3, 12), 2, 4, 1)
    line = LogEntry.objects.about(row).get()
    assert (line.action, line.organization_pk, line.after["doer"]) == ("add", cell.pk, "cấp ủy")


def test_after_saving_the_form_for_another_one_opens_with_the_same_body(an, cell, signed_in):
    client = signed_in(an)

    response = client.post(url("add_inspection") + "?tiep=1", typed_inspection())

    assert response.url == f"{url('add_inspection')}?to_chuc={cell.pk}"
    assert 'value="Đảng ủy xã Mẫu"' in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"started_on": "31/02/2024"}, "started_on", None),
        ({"started_on": "01/01/2099"}, "started_on", "Ngày 01/01/2099 chưa đến: nhập ngày từ hôm nay trở về trước."),
        (
            {"started_on": "01/05/1999", "concluded_on": ""},
            "started_on",
            "“Đảng ủy xã Mẫu” hoạt động từ ngày 01/01/2000: kiểm tra lại ngày, hoặc ghi ở tổ chức có trước.",
        ),
        ({"concluded_on": "11/03/2024"}, "concluded_on", "Ngày kết luận không thể trước ngày bắt đầu (12/03/2024)."),
        ({"committee_members": "5"}, "committee_members", "Không thể nhiều hơn số đảng viên (4): xem lại hai số."),
        ({"violating_members": "5"}, "violating_members", "Không thể nhiều hơn số đảng viên (4): xem lại hai số."),
        (
            {"violating_members": "1", "to_discipline_members": "2"},
            "to_discipline_members",
            "Không thể nhiều hơn đảng viên có vi phạm (1): xem lại hai số.",
        ),
        (
            {"organisations": "1", "violating_organisations": "4"},
            "violating_organisations",
            "Không thể nhiều hơn số chi bộ và số tổ chức đảng khác (3): xem lại hai số.",
        ),
        ({"cells": "1.5"}, "cells", None),
        ({"doer": "somebody"}, "doer", None),
        ({"doer": "cell"}, "doer", "“Đảng ủy xã Mẫu” không phải chi bộ: chọn chủ thể khác, hoặc ghi ở chính chi bộ tiến hành."),
        (
            {"subject": "kiểm tra đồng chí Nguyễn Văn Hùng"},
            "subject",
            "“đồng chí Nguyễn Văn Hùng” là tên người, sổ này không ghi tên người: ghi “đảng viên chi bộ …” hoặc tên tổ chức.",
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(change, field, sentence, an, cell, signed_in):
    response = signed_in(an).post(url("add_inspection"), typed_inspection(**change))

    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"subject": "kiểm tra Nguyễn Văn Hùng"},
            "“Nguyễn Văn Hùng” giống họ tên một người: sổ này chỉ ghi số lượng và tên tổ chức, không ghi tên người.",
        ),
        ({"cells": "", "members": "", "committee_members": ""}, "Chưa nhập số chi bộ, tổ chức hoặc đảng viên được kiểm tra, giám sát."),
        ({"concluded_on": ""}, "Đã có kết quả hoặc số thông báo kết luận mà chưa nhập ngày kết luận."),
        (
            {"kind": "supervision"},
            "Chương trình năm 2024 không có cuộc nào của chủ thể này, loại này: bỏ dấu “có trong chương trình” nếu là cuộc bổ sung.",
        ),
        ({"started_on": "05/02/2024"}, "Ngày 05/02/2024 đã có một cuộc cùng chủ thể, cùng loại trong sổ: kiểm tra để không ghi trùng."),
        ({"cells": "3"}, "Ngày 12/03/2024 tổ chức này có 2 chi bộ, đang nhập 3 chi bộ: kiểm tra lại số."),
    ],
)
def test_what_looks_odd_is_asked_about_and_kept_when_it_is_meant(change, sentence, an, cell, signed_in):
    kind = makers.make_kind(code="chi-bo-nong-thon", is_cell=True)
    for _ in range(2):
        makers.make_organization(parent=cell, kind=kind)
    for doer, kind in (("committee", "programme"), ("cell", "finance")):
        make_plan(organization=cell, doer=doer, kind=kind)
    make_inspection(organization=cell, started_on=dt.date(2024, 2, 5))
    client, data = signed_in(an), typed_inspection(**change)

    asked = client.post(url("add_inspection"), data)
    assert asked.context["form"].asked == [sentence]
    client.post(url("add_inspection"), {**data, "confirmed": asked.context["form"].answer})

    assert Inspection.objects.count() == 2


@pytest.mark.parametrize(
    ("doer", "kind", "errors", "asked"),
    [
        ("cell", "programme", {}, []),
        ("cell", "finance", {}, ["Chi bộ thường không tiến hành kiểm tra tài chính đảng: xem lại chủ thể và loại."]),
        ("committee", "programme", {}, ["Chi bộ tiến hành thì chọn chủ thể “chi bộ”: xem lại chủ thể."]),
        (
            "inspection_commission",
            "programme",
            {"doer": ["Chi bộ không có ủy ban kiểm tra: chọn chủ thể “chi bộ”, hoặc ghi ở cấp ủy cấp trên."]},
            [],
        ),
    ],
)
def test_what_a_cell_may_be_the_doer_of(doer, kind, errors, asked, an, cell):
    makers.make_organization(name="Chi bộ thôn Một", parent=cell, kind=makers.make_kind(code="chi-bo-nong-thon", is_cell=True))

    form = InspectionForm(an, typed_inspection(organization="Chi bộ thôn Một", doer=doer, kind=kind, cells=""))

    assert form.errors == errors
    assert errors or (form.is_answered, form.asked) == (not asked, asked)


def test_two_who_write_one_row_see_both_values(an, cell, signed_in):
    row, client = make_inspection(organization=cell, cells=2), signed_in(an)
    page = client.get(url("edit_inspection", row.pk))
    seen = page.context["form"].seen
    Inspection.objects.filter(pk=row.pk).update(cells=5, version=2)

    response = client.post(url("edit_inspection", row.pk), typed_inspection(cells="3", seen=seen))

    assert "Số chi bộ: đang lưu “5”, đồng chí nhập “3”." in response.context["form"].asked
    row.refresh_from_db()
    assert row.cells == 5


def test_a_wrong_row_is_withdrawn_with_a_reason_and_counts_no_more(an, cell, y2024, signed_in):
    row, client = make_inspection(organization=cell), signed_in(an)

    assert client.post(url("withdraw_inspection", row.pk), {"reason": ""}).context["form"].errors == {"reason": ["Ghi lý do rút."]}
    client.post(url("withdraw_inspection", row.pk), {"reason": "Ghi trùng"})

    assert list(client.get(url("inspections")).context["page"]) == []
    assert list(client.get(url("inspections"), {"so": "rut"}).context["page"]) == [row]
    assert "Ghi trùng" in client.get(row.get_absolute_url()).content.decode()
    assert client.get(url("edit_inspection", row.pk)).status_code == 409
    assert client.post(url("withdraw_inspection", row.pk), {"reason": "Lần nữa"}).status_code == 409


def test_an_inspection_is_found_by_year_doer_kind_conclusion_and_words(an, cell, y2024, signed_in):
    first = make_inspection(organization=cell, subject="Chấp hành đảng phí", conclusion_number="12-TB/ĐU")
    second = make_inspection(organization=cell, doer="inspection_commission", kind="supervision", concluded_on=None)
    old = make_inspection(organization=cell, started_on=dt.date(2023, 3, 1))
    client = signed_in(an)

    def found(**filters):
        return set(client.get(url("inspections"), filters).context["page"])

    assert found() == {first, second}
    assert found(nam="2023") == {old}
    assert found(nam="") == {first, second, old}
    assert found(chu_the="inspection_commission") == {second}
    assert found(loai="programme") == {first}
    assert found(ket_luan="chua") == {second}
    assert found(ket_luan="co") == {first}
    assert found(q="dang phi") == found(q="12-tb") == {first}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_as_often_for_many_rows_as_for_one(rows, an, cell, y2024, signed_in, django_assert_num_queries):
    for n in range(rows):
        make_inspection(organization=cell, started_on=dt.date(2024, 1, 1) + dt.timedelta(days=n), concluded_on=None)
    client = signed_in(an)
    client.get(url("inspections"))

    with django_assert_num_queries(9):
        client.get(url("inspections"))


def test_others_find_nothing_and_readers_change_nothing(cell, chi, auditor, manager, signed_in):
    row = make_inspection(organization=cell)

    assert signed_in(chi).get(row.get_absolute_url()).status_code == 404
    assert signed_in(manager).get(row.get_absolute_url()).status_code == 404
    client = signed_in(auditor)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.post(url("edit_inspection", row.pk), typed_inspection()).status_code == 403
    assert client.post(url("withdraw_inspection", row.pk), {"reason": "x"}).status_code == 403
    assert client.post(url("programme", cell.pk), {}).status_code == 403
    assert client.post(url("add_inspection"), typed_inspection()).status_code == 403


def test_small_outcomes_are_hidden_beyond_the_reporting_line(an, auditor, cell, y2024, signed_in):
    row = make_inspection(organization=cell, members=9, violating_members=8, to_discipline_members=7, disciplined_members=1)

    def outcomes(account):
        return [members for _, _, members in signed_in(account).get(row.get_absolute_url()).context["outcomes"]]

    assert outcomes(an) == ["08", "07", "01"]
    assert outcomes(auditor) == ["ẩn", "ẩn", "ẩn"]
    signed_in(an).post(url("edit_inspection", row.pk), typed_inspection(members="9", violating_members="2", in_programme=""))
    line = LogEntry.objects.about(row).last()
    log = signed_in(auditor).get(reverse("organizations:log")).context["page"]
    shown = next(entry for entry in log if entry.pk == line.pk)
    assert line.after["violating_members"] == "2"
    assert {after for _, _, after in shown.differences} == {"ẩn"}


def test_the_programme_is_typed_in_one_grid(an, cell, y2024, signed_in):
    client, address = signed_in(an), url("programme", cell.pk) + "?nam=2024"
    make_plan(organization=cell, kind="supervision", planned=3)
    make_inspection(organization=cell)

    response = client.post(address, {"programme-committee": "2", "finance-inspection_commission": "01", "supervision-committee": ""})

    assert (response.status_code, response.url) == (302, address)
    rows = InspectionPlan.objects.values_list("doer", "kind", "planned")
    assert set(rows) == {("committee", "programme", 2), ("inspection_commission", "finance", 1)}
    assert sorted(LogEntry.objects.filter(subject="activities.inspectionplan").values_list("action", flat=True)) == ["add", "add", "remove"]
    whole = client.get(address).context["programme"].whole
    assert (whole.planned, whole.done, whole.rate) == (3, 1, "33,33%")
    assert [(body, words.planned) for body, _, words in client.get(url("programmes")).context["rows"]] == [(cell, 3)]


def test_a_body_without_a_programme_is_told_so_and_listed_for_what_it_did(an, cell, other_cell, y2024, signed_in):
    make_inspection(organization=cell)
    make_inspection(organization=other_cell)
    client = signed_in(an)

    page, rows = client.get(url("programme", cell.pk) + "?nam=2024").content.decode(), client.get(url("programmes") + "?nam=2024").context["rows"]

    assert "Chưa nhập chương trình năm 2024; đã kết luận 01 cuộc ghi là theo chương trình." in page
    assert [(body, words.planned, words.done) for body, _, words in rows] == [(cell, 0, 1)]


def test_a_programme_somebody_else_has_written_is_not_overwritten_unseen(an, cell, y2024, signed_in):
    client, address = signed_in(an), url("programme", cell.pk)
    seen = client.get(address).context["form"].seen
    make_plan(organization=cell, planned=4)

    response = client.post(address, {"programme-committee": "2", "seen": seen})

    assert "Kiểm tra theo chương trình, cấp ủy: đang lưu “4”, đồng chí nhập “2”." in response.context["form"].asked
    assert InspectionPlan.objects.get().planned == 4


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_programmes_of_many_bodies_are_counted_at_once(rows, binh, district, y2024, signed_in, django_assert_num_queries):
    for _ in range(rows):
        body = makers.make_organization(parent=district)
        make_plan(organization=body)
        make_inspection(organization=body)
    client = signed_in(binh)
    client.get(url("programmes"))

    with django_assert_num_queries(10):
        assert len(client.get(url("programmes")).context["rows"]) == rows


def test_what_is_exported_comes_back_unchanged(an, cell):
    make_inspection(organization=cell, subject="Đảng phí", members=3, committee_members=1, conclusion_number="12-TB/ĐU")
    make_inspection(organization=cell, kind="supervision", concluded_on=None, in_programme=False)

    outcome = import_file("kiem-tra-giam-sat", by=an, content=export("kiem-tra-giam-sat", by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_a_new_line_becomes_a_row_and_a_wrong_one_is_told(an, cell):
    line = {"Tổ chức tiến hành": cell.name, "Chủ thể": "cấp ủy", "Loại": "giám sát chuyên đề", "Ngày bắt đầu": "12/03/2024", "Số chi bộ": 2}

    good = import_file("kiem-tra-giam-sat", by=an, content=sheet_of("kiem-tra-giam-sat", by=an, lines=[line]), confirm=True)
    bad = import_file("kiem-tra-giam-sat", by=an, content=sheet_of("kiem-tra-giam-sat", by=an, lines=[{**line, "Trong đó cấp ủy viên": 2}]))

    assert (good.state, Inspection.objects.get().cells) == ("done", 2)
    assert [error["sentence"] for error in bad.errors] == ["Không thể nhiều hơn số đảng viên (0): xem lại hai số."]


def test_whoever_only_audits_takes_no_outcomes_out(auditor, cell, signed_in):
    make_inspection(organization=cell)

    assert signed_in(auditor).get(reverse("organizations:exchange_export", args=["kiem-tra-giam-sat"])).status_code == 403
    assert not auditor.holds(Right.ENTER)


def test_what_changed_under_the_hand_of_a_writer_is_not_overwritten(an, cell):
    row = make_inspection(organization=cell, cells=2)
    stale = Inspection.objects.get(pk=row.pk)
    Inspection.objects.filter(pk=row.pk).update(cells=5, version=2)
    form = InspectionForm(an, typed_inspection(cells="3"), instance=stale)
    grid = ProgrammeForm(an, cell, 2024, {"programme-committee": "2"})
    make_plan(organization=cell, planned=4)

    assert form.is_valid() and grid.is_valid()
    for writing in (form, grid):
        with pytest.raises(EventChanged):
            writing.save()

    row.refresh_from_db()
    assert (row.cells, InspectionPlan.objects.get().planned, LogEntry.objects.count()) == (5, 4, 0)
