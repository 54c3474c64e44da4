"""Reading the log: filters, names, changes in words."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from organizations.models import LogEntry
from organizations.telling import differences, told
from tests import makers

ADDRESS = "organizations:log"


@pytest.fixture
def lines(an, chi, cell, other_cell):
    made = [
        LogEntry.write("change", by=an, about=cell, before={"name": "Cũ", "place": "Đơn Dương"}, after={"name": "Mới", "place": "Đơn Dương"}),
        LogEntry.write("show", by=chi, about=other_cell, note="Đối chiếu"),
    ]
    old = LogEntry(action="end", actor_pk=an.pk, actor_name="Trần Thị An", organization_pk=cell.pk, at=dt.datetime(2024, 5, 1, 1, tzinfo=dt.UTC))
    old.save()
    return [*made, old]


def test_an_auditor_filters_by_day_act_body_and_person(auditor, lines, cell, signed_in):
    change, show, old = lines
    client = signed_in(auditor)

    def found(**filters):
        return set(client.get(reverse(ADDRESS), filters).context["page"])

    assert found() == {change, show, old}
    assert found(den="01/05/2024") == {old}
    assert found(tu="02/05/2024") == {change, show}
    assert found(tu="32/13/2024") == {change, show, old}
    assert found(viec="show") == {show}
    assert found(to_chuc=str(cell.pk)) == {change, old}
    assert found(q="pham thi chi") == {show}
    assert found(q="dang uy xa mau") == {change}


def test_an_reads_her_own_acts_alone(an, lines, signed_in):
    change, _, old = lines

    page = signed_in(an).get(reverse(ADDRESS))

    assert set(page.context["page"]) == {change, old}
    assert "to_chuc" not in page.context["form"].fields
    assert "Nhật ký của tôi" in page.content.decode()


def test_what_a_line_says_is_escaped(auditor, an, cell, signed_in):
    LogEntry.write("change", by=an, about=cell, note="<script>1</script>", before={"name": "a"}, after={"name": "<img src=x>"})

    html = signed_in(auditor).get(reverse(ADDRESS)).content.decode()

    assert "<script>1" not in html
    assert "<img" not in html


def test_changes_are_told_by_the_names_people_know(lines):
    assert differences(lines[0]) == [("tên tổ chức", "Cũ", "Mới")]
    entry = LogEntry(
        subject="organizations.member", before={"full_name": "A", "is_active": True, "version": 1}, after={"full_name": "B", "is_active": False}
    )
    assert differences(entry) == [("họ và tên", "A", "B"), ("đang sinh hoạt", "có", "không")]


def test_a_state_a_list_and_a_long_text_are_told_shortly():
    entry = LogEntry(
        subject="models_registry.registration",
        before={"status": "draft", "years": ["2023"], "situation": "x" * 500, "unheard": 1},
        after={"status": "submitted", "years": ["2023", "2024"], "situation": "y" * 500, "unheard": 2},
    )

    assert differences(entry) == [
        ("trạng thái", "đang nhập", "đã trình"),
        ("đăng ký cho năm", "2023", "2023, 2024"),
        ("thực trạng", "x" * 100 + "…", "y" * 100 + "…"),
    ]


def test_something_new_lists_what_stands_on_its_own():
    entry = LogEntry(subject="organizations.account", before=None, after={"right": "đọc", "branch": "Xã Mẫu", "from": "01/01/2025", "full_name": "A"})

    assert [label for label, _, _ in differences(entry)] == ["quyền", "phạm vi", "từ ngày"]


@pytest.mark.parametrize("strange", ["text", 1, None, [1, 2], {"a": {"b": 1}}])
def test_a_line_of_any_shape_can_be_read(strange, auditor, an, cell, signed_in):
    LogEntry.write("unheard-of", by=an, about=cell, before=strange, after={"name": strange})

    assert signed_in(auditor).get(reverse(ADDRESS)).status_code == 200


def test_a_row_is_told_in_words(cell):
    member = makers.make_member(organization=cell)

    assert told(member, ["full_name", "gender", "admitted_on", "is_active", "organization", "party_post"]) == {
        "full_name": "Nguyễn Văn Thử",
        "gender": "nam",
        "admitted_on": "19/05/2015",
        "is_active": "có",
        "organization": "Đảng ủy xã Mẫu",
        "party_post": "",
    }


def test_the_log_points_at_nothing():
    """No foreign key: it outlives what it tells of."""
    assert [field.name for field in apps.get_model("organizations", "LogEntry")._meta.get_fields() if field.is_relation] == []


def test_figures_are_told_as_on_the_report(auditor, an, cell, signed_in):
    makers.make_indicator(code="members_admitted", breakdown="rural", name="Đảng viên kết nạp ở nông thôn")
    blank = {"state": "missing", "value": None, "qualifier": ""}
    given = {"state": "given", "value": "1500", "qualifier": "over"}
    nothing = {"state": "nothing", "value": None, "qualifier": ""}
    LogEntry.write("write", by=an, about=cell, place="members_admitted:rural", before=blank, after=given)
    LogEntry.write("write", by=an, about=cell, place="members_admitted:rural", before=given, after=nothing)

    html = signed_in(auditor).get(reverse(ADDRESS)).content.decode()

    assert "<del>chưa nhập</del> → hơn 1.500" in html
    assert "<del>hơn 1.500</del> → không phát sinh" in html
    assert "Đảng viên kết nạp ở nông thôn" in html
    assert "members_admitted" not in html


def test_private_numbers_are_told_to_the_reporting_line_alone(auditor, an, binh, cell, signed_in):
    makers.make_indicator(code="members_admitted", breakdown="religious", name="Đảng viên kết nạp có đạo")
    LogEntry.write("write", by=an, about=cell, place="members_admitted:religious", after={"state": "given", "value": "7", "qualifier": ""})

    def told_to(user):
        return [row for entry in signed_in(user).get(reverse(ADDRESS)).context["page"] for row in entry.differences]

    assert told_to(auditor) == [("số liệu", "ẩn", "ẩn")]
    assert told_to(an) == [("số liệu", "chưa nhập", "7")]


def test_days_and_numbers_are_told_as_vietnamese_writes_them():
    entry = LogEntry(subject="organizations.organization", before=None, after={"from": "2024-12-01", "value": "1234.5"})

    assert differences(entry) == [("từ ngày", "", "01/12/2024"), ("số liệu", "", "1.234,5")]
