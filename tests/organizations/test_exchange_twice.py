"""A file sent twice changes nothing, in every register: what a line leaves blank and the portal fills in is no difference later."""

import datetime as dt

import pytest

from organizations.exchange import registered, registers
from organizations.forms.member_sheet import KEPT
from organizations.models import Candidate, Member, Right
from tests import makers
from tests.activities.rows import make_dialogue, make_norm, make_subject, make_village
from tests.exchanging import import_file, sheet_of

NORM = 2024  # key of the norm that a line of planned days names

# The least that a new line of each register must say.
LEAST = {
    "dang-vien": {
        "Chi bộ đang sinh hoạt": "Đảng ủy xã Mẫu",
        "Họ và tên": "Nguyễn Văn Thử",
        "Giới tính": "nam",
        "Năm sinh": "1985",
        "Ngày vào Đảng": "19/05/2015",
        "Tư cách": "dự bị",
    },
    "quan-chung": {
        "Chi bộ giúp đỡ": "Đảng ủy xã Mẫu",
        "Họ và tên": "Đỗ Thị Nguồn",
        "Giới tính": "nữ",
        "Ngày sinh": "19/05/1998",
        "Ngày vào danh sách": "01/03/2024",
    },
    "van-ban": {"Tổ chức viện dẫn": "Đảng ủy xã Mẫu", "Loại văn bản": "Điều lệ"},
    "doi-thoai": {
        "Tổ chức chủ trì": "Đảng ủy xã Mẫu",
        "Ngày tổ chức": "30/08/2024",
        "Hình thức": "đột xuất",
        "Chức vụ người chủ trì": "Bí thư Đảng ủy xã",
    },
    "kien-nghi": {"Tổ chức chủ trì": "Đảng ủy xã Mẫu", "Ngày tổ chức": "29/03/2024", "Lĩnh vực": "Đường giao thông", "Số kiến nghị": 2},
    "kiem-tra-giam-sat": {
        "Tổ chức tiến hành": "Đảng ủy xã Mẫu",
        "Chủ thể": "cấp ủy",
        "Loại": "kiểm tra theo chương trình",
        "Ngày bắt đầu": "12/03/2024",
    },
    "ky-luat": {
        "Tổ chức": "Đảng ủy xã Mẫu",
        "Ngày quyết định": "05/06/2024",
        "Đối tượng": "đảng viên chính thức",
        "Hình thức": "khiển trách",
        "Cấp thi hành": "chi bộ",
        "Số lượng": 1,
    },
    "xep-loai": {"Năm": "2024", "Họ và tên": "Nguyễn Văn Thử", "Mức xếp loại": "hoàn thành tốt nhiệm vụ"},
    "huy-hieu": {"Họ và tên": "Nguyễn Văn Thử", "Huy hiệu": "30 năm", "Đợt trao": "19/05/2024", "Số quyết định trao": "512-QĐ/TU"},
    "bien-dong": {"Họ và tên": "Nguyễn Văn Thử", "Thôi sinh hoạt từ ngày": "05/06/2024", "Lý do đi": "từ trần"},
    "mo-hinh": {"Tổ chức": "Đảng ủy xã Mẫu", "Tên mô hình": "Tuyến đường hoa", "Lĩnh vực": "Xây dựng Đảng", "Năm đăng ký": "2024"},
    "dinh-muc-doi-thoai": {"Tổ chức phải thực hiện": "Đảng ủy xã Mẫu", "Nhịp": "ít nhất mỗi quý một lần", "Từ ngày": "01/01/2024"},
    "lich-doi-thoai": {"Mã định mức": NORM, "Tổ chức": "Đảng ủy xã Mẫu", "Ngày dự kiến": "23/02/2024"},
    "chuong-trinh-kiem-tra": {
        "Tổ chức": "Đảng ủy xã Mẫu",
        "Năm": 2024,
        "Chủ thể": "cấp ủy",
        "Loại": "giám sát chuyên đề",
        "Số cuộc theo chương trình": 2,
    },
    "mo-hinh-tinh-trang": {"Tổ chức": "Đảng ủy xã Mẫu", "Tên mô hình": "Ngày thứ sáu", "Năm": "2024", "Đăng ký: ngày": "15/01/2024"},
    "mo-hinh-ket-qua": {"Tổ chức": "Đảng ủy xã Mẫu", "Tên mô hình": "Ngày thứ sáu", "Tên kết quả": "Số buổi", "Kỳ trước": "2023", "Kỳ sau": "2024"},
    "mo-hinh-lien-ket": {
        "Tổ chức": "Đảng ủy xã Mẫu",
        "Tên mô hình": "Ngày thứ sáu",
        "Quan hệ": "tiếp tục từ",
        "Tổ chức của mô hình có trước": "Đảng ủy xã Mẫu",
        "Tên mô hình có trước": "Nghe dân nói",
    },
}


OF_A_MEMBER = ("xep-loai", "huy-hieu", "bien-dong")  # whose lines tell of somebody who stands in the roster
CHANGES = ("bien-dong", "mo-hinh-tinh-trang")  # whose least line changes the row that the roster has already


def send(slug, line, *, by):
    return import_file(slug, by=by, content=sheet_of(slug, by=by, lines=[line]), confirm=True)


def written(work):
    return [(error["title"], error["sentence"]) for error in work.errors], work.added, work.changed, work.unchanged


def make_models(cell, y2024, name):
    """The approved model that a line tells of, and for a link the earlier one."""
    writers = {"by": makers.make_account(), "reviewer": makers.make_account()}
    for title in ("Ngày thứ sáu", "Nghe dân nói")[: 2 if "lien-ket" in name else 1]:
        makers.make_registration(organization=cell, title=title, periods=[y2024], status="approved", **writers)
    makers.make_period(code="2023")


@pytest.fixture
def registrar(cell, y2024, request):
    """May write into every register of the body."""
    if "kien-nghi" in request.node.name:
        make_subject()
        make_dialogue(organization=cell, place="Hội trường xã")
    if "lich-doi-thoai" in request.node.name:
        make_norm(organization=cell, pk=NORM)
    if "mo-hinh-" in request.node.name:
        make_models(cell, y2024, request.node.name)
    if any(slug in request.node.name for slug in OF_A_MEMBER):
        makers.make_member(organization=cell, birth_year=1960, admitted_on=dt.date(1994, 5, 1), official_on=dt.date(1995, 5, 1))
    return makers.make_account(username="ghi-so", rights=[Right.ENTER, Right.WRITE], organization=cell)


@pytest.mark.parametrize("slug", sorted(registers()))
def test_the_least_line_sent_again_changes_nothing(slug, registrar):
    first = send(slug, LEAST[slug], by=registrar)
    assert written(first) == (([], 0, 1, 0) if slug in CHANGES else ([], 1, 0, 0))

    for _ in range(2):
        assert written(send(slug, LEAST[slug], by=registrar)) == ([], 0, 0, 1)
    assert registered(slug).table.objects.count() == 1


@pytest.mark.parametrize("slug", sorted(registers()))
def test_the_least_line_with_its_code_changes_nothing_either(slug, registrar):
    send(slug, LEAST[slug], by=registrar)
    row = registered(slug).rows(registrar).get()

    assert written(send(slug, LEAST[slug] | {"Mã": row.pk}, by=registrar)) == ([], 0, 0, 1)


@pytest.mark.parametrize(
    ("slug", "cells"),
    [
        ("mo-hinh", {"Tên mô hình": "Tuyến\nđường hoa"}),
        ("doi-thoai", {"Thôn, địa điểm": "thon 1"}),
        ("van-ban", {"Số": 38, "Ký hiệu": "KH/ĐU", "Ngày ban hành": "28/12/2023"}),
        ("quan-chung", {"Kết nạp lại": "không", "Ngày cử đi học": "10/05/2024"}),
        ("kiem-tra-giam-sat", {"Số chi bộ": 0, "Theo chương trình năm": "x"}),
    ],
)
def test_what_the_form_spells_otherwise_is_not_written_twice(slug, cells, registrar, cell):
    make_village(organization=cell)
    line = LEAST[slug] | cells

    assert written(send(slug, line, by=registrar)) == ([], 1, 0, 0)
    assert written(send(slug, line, by=registrar)) == ([], 0, 0, 1)


def test_a_blank_cell_of_a_line_without_a_code_keeps_what_stands(registrar, cell):
    make_subject()
    dialogue = make_dialogue(organization=cell, place="Hội trường xã", minutes_number="05/BB-ĐU", level="district", people=82)
    line = {
        **LEAST["doi-thoai"],
        "Ngày tổ chức": "29/03/2024",
        "Thôn, địa điểm": "Hội trường xã",
        "Hình thức": "định kỳ",
        "Lượt cán bộ dự": 0,
        "Nội dung nêu ra": "Đường giao thông",
    }

    work = send("doi-thoai", line, by=registrar)

    assert work.changes[0]["cells"] == [["Lượt cán bộ dự", "5", "0"], ["Nội dung nêu ra", "", "Đường giao thông"]]
    dialogue.refresh_from_db()
    assert (dialogue.minutes_number, dialogue.level, dialogue.people, dialogue.officials) == ("05/BB-ĐU", "district", 82, 0)


def test_what_a_file_comes_to_is_told_in_a_sentence(registrar):
    line, other = LEAST["van-ban"] | {"Số": 38, "Ký hiệu": "KH/ĐU"}, LEAST["van-ban"] | {"Số": 39, "Ký hiệu": "KH/ĐU"}
    sheet = lambda *lines: sheet_of("van-ban", by=registrar, lines=lines)  # noqa: E731

    assert import_file("van-ban", by=registrar, content=sheet(line)).in_words == "Tệp có 01 dòng mới; không dòng nào sửa."
    assert send("van-ban", line, by=registrar).in_words == "Đã ghi 01 dòng mới vào sổ."
    assert import_file("van-ban", by=registrar, content=sheet(line, other)).in_words == "Tệp có 01 dòng mới; 01 dòng đã có trong sổ, giữ nguyên."
    again = "Mọi dòng của tệp đều đã có trong sổ với đúng nội dung ấy: không có gì để ghi."
    assert import_file("van-ban", by=registrar, content=sheet(line)).in_words == again


def test_a_flag_said_to_be_off_is_taken_off_and_a_blank_one_stays(registrar, cell):
    makers.make_candidate(organization=cell, full_name="Đỗ Thị Nguồn", is_rural=True, is_militia=True)
    row = registered("quan-chung").rows(registrar).get()
    line = {**LEAST["quan-chung"], "Ngày sinh": row.born_on, "Ngày vào danh sách": "01/03/2024", "Ở nông thôn": "không"}

    send("quan-chung", line, by=registrar)

    row.refresh_from_db()
    assert (row.is_rural, row.is_militia) == (False, True)


def test_a_cell_cleared_in_a_line_with_its_code_is_cleared(registrar, cell):
    dialogue = make_dialogue(organization=cell, place="Hội trường xã", minutes_number="05/BB-ĐU", level="district", people=82)
    line = LEAST["doi-thoai"] | {"Mã": dialogue.pk, "Ngày tổ chức": "29/03/2024", "Thôn, địa điểm": "Hội trường xã", "Hình thức": "định kỳ"}

    work = send("doi-thoai", line | {"Lượt cán bộ dự": 5, "Lượt ý kiến": 5}, by=registrar)

    assert work.changes[0]["cells"] == [["Cấp", "cấp huyện", "cấp xã"], ["Lượt người dân dự", "82", "0"], ["Số biên bản", "05/BB-ĐU", ""]]
    dialogue.refresh_from_db()
    assert (dialogue.minutes_number, dialogue.level, dialogue.people) == ("", "commune", 0)


def test_two_new_lines_with_one_key_are_told_apart_the_next_time(registrar):
    lines = [LEAST["dang-vien"] | {"Chức vụ đảng": post} for post in ("Bí thư", "Phó Bí thư")]
    content = sheet_of("dang-vien", by=registrar, lines=lines)

    first, again = [import_file("dang-vien", by=registrar, content=content, confirm=True) for _ in range(2)]

    assert written(first) == ([], 2, 0, 0)
    assert written(again) == ([], 0, 0, 2)


def test_a_new_member_may_have_come_from_elsewhere_and_nobody_moves_by_a_file(registrar, cell):
    line = LEAST["dang-vien"] | {"Sinh hoạt ở chi bộ này từ ngày": "05/06/2024", "Lý do có trong danh sách": "chuyển đến từ ngoài tỉnh"}

    assert written(send("dang-vien", line, by=registrar)) == ([], 1, 0, 0)
    assert written(send("dang-vien", line, by=registrar)) == ([], 0, 0, 1)

    member = Member.objects.get()
    assert member.stays.values_list("since", "arrived_by").get() == (dt.date(2024, 6, 5), "from_outside")
    again = send("dang-vien", line | {"Sinh hoạt ở chi bộ này từ ngày": "06/06/2024"}, by=registrar)
    assert written(again)[0] == [("Sinh hoạt ở chi bộ này từ ngày", KEPT)]
    later = send("dang-vien", LEAST["dang-vien"] | {"Mã": member.pk, "Chức vụ đảng": "Bí thư"}, by=registrar)
    assert (later.state, later.changes[0]["cells"]) == ("done", [["Chức vụ đảng", "", "Bí thư"]])


def test_every_stage_of_a_candidate_keeps_the_number_of_its_paper(registrar, cell):
    line = LEAST["quan-chung"] | {"Ngày cử đi học": "10/05/2024", "Số văn bản cử học – cử học lớp nhận thức về Đảng": "12-CV/ĐU"}

    assert written(send("quan-chung", line, by=registrar)) == ([], 1, 0, 0)
    assert written(send("quan-chung", line, by=registrar)) == ([], 0, 0, 1)
    assert Candidate.objects.get().stages.get(stage="sent").number == "12-CV/ĐU"
