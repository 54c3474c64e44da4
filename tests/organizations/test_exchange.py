"""Registers in Excel: what goes out comes back, what is wrong is listed, and a file is written whole or not at all."""

import datetime as dt

from organizations.models import LogEntry, Reference
from tests import makers
from tests.exchanging import export, import_file, sheet_of

PLAN = {"Tổ chức viện dẫn": "Đảng ủy xã Mẫu", "Loại văn bản": "Kế hoạch", "Số": 38, "Ký hiệu": "KH/ĐU", "Ngày ban hành": "28/12/2023"}


def test_what_is_exported_comes_back_unchanged(an, cell):
    makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 28), subject="=1+1 – “công tác”\ndòng hai")
    makers.make_reference(organization=cell, kind="Điều lệ", number=1981)

    work = import_file("van-ban", by=an, content=export("van-ban", by=an))

    assert (work.state, work.sentence, work.errors, work.changes, work.unchanged) == ("ready", "", [], [], 2)


def test_a_new_line_becomes_a_row_once(an, cell):
    content = sheet_of("van-ban", by=an, lines=[PLAN])

    first = import_file("van-ban", by=an, content=content, confirm=True)
    again = import_file("van-ban", by=an, content=content, confirm=True)

    reference = Reference.objects.get()
    assert (first.state, first.added, first.errors) == ("done", 1, [])
    assert (reference.organization, reference.number, reference.issued_on) == (cell, 38, dt.date(2023, 12, 28))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert [line.action for line in LogEntry.objects.order_by("pk")] == ["add", "import"]
