"""The register of models in Excel: out and in again, and only while a registration is open."""

from models_registry.models import Registration
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
