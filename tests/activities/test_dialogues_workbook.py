"""The register of dialogues in Excel: out and in again."""

import datetime as dt

from partyreports.activities.models import Dialogue
from tests.activities.rows import make_dialogue, make_subject, make_village
from tests.exchanging import export, import_file, sheet_of

LINE = {
    "Tổ chức chủ trì": "Đảng ủy xã Mẫu",
    "Ngày tổ chức": "30/08/2024",
    "Thôn, địa điểm": "Thôn 1",
    "Hình thức": "định kỳ",
    "Chức vụ người chủ trì": "Bí thư Đảng ủy xã",
    "Lượt người dân dự": "1.981",
    "Lượt ý kiến": 8,
    "Nội dung nêu ra": "Đường giao thông; Điện",
}


def test_what_is_exported_comes_back_unchanged(an, cell):
    dialogue = make_dialogue(organization=cell, village=make_village(organization=cell), qualifier="over", petitions=[{"count": 2}])
    dialogue.subjects.add(make_subject())
    make_dialogue(organization=cell, held_on=dt.date(2024, 5, 31), place="Hội trường xã", minutes_number="05/BB-ĐU", minutes_on=dt.date(2024, 6, 1))

    outcome = import_file("doi-thoai", by=an, content=export("doi-thoai", by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_a_new_line_becomes_a_meeting_and_sent_again_changes_nothing(an, cell):
    village = make_village(organization=cell)
    for name in ("Đường giao thông", "Điện"):
        make_subject(name=name)
    content = sheet_of("doi-thoai", by=an, lines=[LINE])

    assert import_file("doi-thoai", by=an, content=content, confirm=True).state == "done"

    dialogue = Dialogue.objects.get()
    assert (dialogue.village, dialogue.people, dialogue.officials, dialogue.level) == (village, 1981, 0, "commune")
    assert dialogue.subjects.count() == 2


def test_a_meeting_spelled_otherwise_is_not_written_twice(an, cell):
    dialogue = make_dialogue(organization=cell, village=make_village(organization=cell), held_on=dt.date(2024, 8, 30))
    for name in ("Đường giao thông", "Điện"):
        make_subject(name=name)

    outcome = import_file("doi-thoai", by=an, content=sheet_of("doi-thoai", by=an, lines=[LINE | {"Thôn, địa điểm": "thon 1"}]))

    assert [(change["name"], [cell[0] for cell in change["cells"]]) for change in outcome.changes] == [
        (str(dialogue), ["Lượt người dân dự", "Lượt ý kiến", "Nội dung nêu ra"])
    ]


def test_bad_lines_are_told_with_their_column(an, cell):
    lines = [
        LINE | {"Ngày tổ chức": "32/08/2024", "Nội dung nêu ra": ""},
        LINE | {"Lượt người dân dự": "1.5", "Nội dung nêu ra": ""},
        LINE | {"Lượt người dân dự": 3, "Nội dung nêu ra": ""},
        LINE | {"Tổ chức chủ trì": "Đảng ủy xã Bên", "Nội dung nêu ra": ""},
        LINE | {"Hình thức": "hằng tuần", "Nội dung nêu ra": ""},
    ]

    outcome = import_file("doi-thoai", by=an, content=sheet_of("doi-thoai", by=an, lines=lines))

    assert {wrong["title"] for wrong in outcome.errors} == {"Ngày tổ chức", "Lượt người dân dự", "Lượt ý kiến", "Tổ chức chủ trì", "Hình thức"}
    assert Dialogue.objects.count() == 0
