"""A mistyped name is mended where it stands; a new name is a change from a day on."""

import datetime as dt

from django.urls import reverse

from organizations.models import LogEntry, Right
from tests import makers

from .test_changes import post_twice

JULY = dt.date(2025, 7, 1)


def address(body, day=""):
    return reverse("organizations:correct", args=[body.pk]) + (f"?ngay={day}" if day else "")


def words(body, *, on=None, **others):
    version = body.version(on=on)
    told = {name: getattr(version, name) for name in ("name", "party_name", "heading", "symbol", "place", "basis")}
    return told | {"reason": "gõ thiếu dấu"} | others


def test_a_slip_is_mended_without_a_new_version(manager, cell, signed_in):
    before = cell.version()

    asked, written = post_twice(signed_in(manager), address(cell), words(cell, name="Đảng ủy xã Mậu"))

    day = before.valid_from.strftime("%d/%m/%Y")
    assert asked.context["form"].asked == [
        "Tên tổ chức: “Đảng ủy xã Mẫu” → “Đảng ủy xã Mậu”.",
        f"Sửa cho cả thời gian từ {day} đến nay: trang và văn bản in sau khi sửa mang chữ mới, tệp đã tải về giữ như cũ.",
    ]
    assert written.status_code == 302
    after = cell.versions.get()
    assert (after.pk, after.name, after.search.split()[:4], after.valid_from) == (
        before.pk,
        "Đảng ủy xã Mậu",
        ["dang", "uy", "xa", "mau"],
        before.valid_from,
    )
    line = LogEntry.objects.about(cell).get()
    assert (line.act, line.before["name"], line.after["name"], line.note) == ("sửa lỗi ghi", "Đảng ủy xã Mẫu", "Đảng ủy xã Mậu", "gõ thiếu dấu")


def test_an_old_stretch_is_mended_alone_and_whole(manager, district, cell, signed_in):
    """A move of the body above has cut the life of the chi bộ into versions that say the same: all of them had the slip."""
    leaf = makers.make_organization(name="Chi bộ thon 1", parent=cell)
    above = makers.make_organization(name="Đảng ủy cụm", parent=district)
    cell.change(on=dt.date(2023, 7, 1), parent=above)
    leaf.change(on=JULY, name="Chi bộ thôn Một")
    assert [version.name for version in leaf.versions.order_by("valid_from")] == ["Chi bộ thon 1", "Chi bộ thon 1", "Chi bộ thôn Một"]

    _, written = post_twice(signed_in(manager), address(leaf, "01/01/2024"), words(leaf, on=dt.date(2024, 1, 1), name="Chi bộ thôn 1"))

    assert written.status_code == 302
    assert [version.name for version in leaf.versions.order_by("valid_from")] == ["Chi bộ thôn 1", "Chi bộ thôn 1", "Chi bộ thôn Một"]


def test_another_name_is_asked_about(manager, cell, signed_in):
    asked = signed_in(manager).post(address(cell), words(cell, name="Ban Tuyên giáo Thị ủy")).context["form"].asked

    assert asked[1] == "Tên mới khác hẳn tên cũ: nếu tổ chức được đổi tên, bấm “Không lưu” rồi dùng “Ghi thay đổi” từ ngày đổi tên."


def test_a_name_that_stands_beside_is_asked_about(manager, cell, other_cell, signed_in):
    asked = signed_in(manager).post(address(cell), words(cell, name=other_cell.name)).context["form"].asked

    assert asked[1] == "Cùng cấp trên đã có tổ chức tên “Đảng ủy xã Bên”: kiểm tra để không lẫn hai tổ chức."


def test_a_correction_names_a_reason_and_changes_something(manager, cell, signed_in):
    client = signed_in(manager)

    unmoved = client.post(address(cell), words(cell)).context["form"]
    silent = client.post(address(cell), words(cell, name="Đảng ủy xã Mậu", reason="")).context["form"]

    assert unmoved.non_field_errors() == ["Chưa có chữ nào thay đổi: sửa ít nhất một mục, hoặc bấm “Không lưu”."]
    assert list(silent.errors) == ["reason"]
    assert cell.version().name == "Đảng ủy xã Mẫu"


def test_only_who_manages_the_body_corrects_it(manager, an, cell, other_cell, signed_in):
    local = makers.make_account(rights=[Right.MANAGE], organization=other_cell)

    assert signed_in(an).post(address(cell), words(cell, name="Khác")).status_code == 403
    assert signed_in(local).post(address(cell), words(cell, name="Khác")).status_code == 404
    assert "Sửa lỗi ghi" in signed_in(manager).get(cell.get_absolute_url()).content.decode()
    assert "Sửa lỗi ghi" not in signed_in(an).get(cell.get_absolute_url()).content.decode()
