"""The register of models in Excel: out and in again, and only while a registration is open."""

from models_registry.models import Registration
from organizations.exchange.running import write
from organizations.models import LogEntry
from tests import makers
from tests.exchanging import export, import_file, sheet_of


def test_what_is_exported_comes_back_unchanged(an, cell, y2023, y2024):
    makers.make_registration(
        organization=cell, periods=[y2023, y2024], title="Ngày thứ sáu nghe dân nói", method="Mỗi tháng một buổi.\n- Luân phiên."
    )
    outcome = import_file("mo-hinh", by=an, content=export("mo-hinh", by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 1)


def test_a_new_line_becomes_a_registration(an, cell, y2024):
    line = {"Tổ chức": cell.name, "Tên mô hình": "Tuyến đường hoa", "Lĩnh vực": "Xây dựng Đảng", "Năm đăng ký": "2024", "Ngày ra mắt": "29/03/2024"}
    outcome = import_file("mo-hinh", by=an, content=sheet_of("mo-hinh", by=an, lines=[line]), confirm=True)

    assert outcome.state == "done"
    registration = Registration.objects.get()
    assert (registration.title, registration.organization, [year.code for year in registration.periods.all()]) == ("Tuyến đường hoa", cell, ["2024"])


def test_an_approved_registration_is_not_changed_by_a_file(an, binh, cell, y2024):
    registration = makers.make_registration(organization=cell, periods=[y2024], title="Tuyến đường hoa", status="approved", by=an, reviewer=binh)
    line = {"Tổ chức": cell.name, "Tên mô hình": "Tuyến đường hoa", "Lĩnh vực": "Xây dựng Đảng", "Năm đăng ký": "2024"}
    outcome = import_file("mo-hinh", by=an, content=sheet_of("mo-hinh", by=an, lines=[line]), confirm=True)

    assert len(outcome.errors) == 1
    registration.refresh_from_db()
    assert registration.field == "dialogue"


def test_a_draft_that_stands_is_changed_by_its_code_or_its_title(an, cell, y2023, y2024):
    registration = makers.make_registration(organization=cell, periods=[y2024], title="Tuyến đường hoa", novelty="Cả thôn cùng làm.")
    line = {"Tổ chức": cell.name, "Tên mô hình": "Tuyến đường hoa", "Lĩnh vực": "Xây dựng Đảng", "Năm đăng ký": "2023; 2024"}
    by_title = import_file("mo-hinh", by=an, content=sheet_of("mo-hinh", by=an, lines=[line | {"Thực trạng": "Đường bẩn."}]), confirm=True)

    registration = Registration.objects.get()
    assert (by_title.state, [change[0] for change in by_title.changes[0]["cells"]]) == ("done", ["Lĩnh vực", "Năm đăng ký", "Thực trạng"])
    assert (registration.situation, registration.novelty, registration.version) == ("Đường bẩn.", "Cả thôn cùng làm.", 2)

    again = sheet_of("mo-hinh", by=an, lines=[line | {"Mã": registration.pk, "Tên mô hình": "Tuyến đường hoa nông thôn mới"}])
    by_code = import_file("mo-hinh", by=an, content=again, confirm=True)

    registration = Registration.objects.get()
    assert [change[0] for change in by_code.changes[0]["cells"]] == ["Tên mô hình", "Thực trạng", "Tính mới"]
    assert (registration.title, registration.situation, registration.novelty) == ("Tuyến đường hoa nông thôn mới", "", "")
    assert [entry.action for entry in LogEntry.objects.about(registration).order_by("pk")] == ["write", "write"]


def test_what_somebody_else_writes_meanwhile_stays(an, cell, y2024):
    registration = makers.make_registration(organization=cell, periods=[y2024], title="Tuyến đường hoa")
    line = {"Tổ chức": cell.name, "Tên mô hình": "Tuyến đường hoa", "Lĩnh vực": "Xây dựng Đảng", "Năm đăng ký": "2024", "Tính mới": "Cả thôn."}
    work = import_file("mo-hinh", by=an, content=sheet_of("mo-hinh", by=an, lines=[line]))
    Registration.objects.filter(pk=registration.pk).update(novelty="Người khác vừa ghi.", version=2)
    work.move(work.State.READY, to=work.State.CONFIRMED)
    write(work)

    registration.refresh_from_db()
    assert (type(work).objects.get(pk=work.pk).is_stale, registration.field, registration.novelty) == (True, "dialogue", "Người khác vừa ghi.")
