"""The register of candidates in Excel: the person with all his days in one line, the same rules as on the pages, no masked mark."""

import datetime as dt
import zipfile
from io import BytesIO

from organizations.models import Candidate, Member, Stage, StageTaken
from tests import makers
from tests.exchanging import export, import_file, sheet_of

from .test_candidates import DAYS, up_to

LINE = {
    "Chi bộ giúp đỡ": "Đảng ủy xã Mẫu",
    "Họ và tên": "Đỗ Thị Nguồn",
    "Giới tính": "nữ",
    "Ngày sinh": "19/05/1998",
    "Tốt nghiệp trung học cơ sở trở lên": "có",
    "Ngày vào danh sách": dt.date(2023, 3, 1),
    "Ngày cử đi học": dt.date(2023, 5, 10),
}


def bring_in(an, *lines, confirm=True):
    return import_file("quan-chung", by=an, content=sheet_of("quan-chung", by=an, lines=lines), confirm=confirm)


def test_what_is_exported_comes_back_unchanged(an, cell):
    makers.make_candidate(organization=cell, days=up_to(Stage.FILED), is_rural=True, introduced_by="Đoàn xã")
    makers.make_candidate(organization=cell, full_name="Lê Văn Chính", days=DAYS)
    makers.make_candidate(organization=cell, full_name="Lê Văn Thôi").stop("died", on=dt.date(2024, 5, 1), by=an)

    outcome = import_file("quan-chung", by=an, content=export("quan-chung", by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 3)


def test_whoever_is_no_longer_followed_leaves_with_his_day_and_reason(an, cell):
    candidate = makers.make_candidate(organization=cell, full_name="Đỗ Thị Nguồn", days=up_to(Stage.CHECKED), is_religious=True)
    line = LINE | {"Mã": candidate.pk, "Ngày cấp giấy chứng nhận": DAYS[Stage.CERTIFIED]} | {
        "Ngày vào danh sách": DAYS[Stage.OUTSTANDING], "Ngày cử đi học": DAYS[Stage.SENT], "Thôi theo dõi từ ngày": dt.date(2024, 5, 1),
    }  # fmt: skip
    kept = bring_in(an, line | {"Lý do thôi theo dõi": "chuyển đi nơi khác", "Ngày xác minh lý lịch xong": DAYS[Stage.CHECKED]}, confirm=False)

    first, again = (bring_in(an, line | {"Lý do thôi theo dõi": "chuyển đi nơi khác"}) for _ in range(2))

    assert [error["sentence"] for error in kept.errors] == ["Thôi theo dõi thì ngày xác minh lý lịch bị xóa: để trống ô này."]
    assert (first.state, first.errors) == ("done", [])
    assert "Ngày xác minh lý lịch và thông tin được che của đồng chí này sẽ bị xóa, không lấy lại được." in first.changes[0]["asked"]
    candidate = Candidate.objects.get()
    assert (candidate.exit, candidate.exited_on, candidate.is_religious, "checked" in candidate.taken) == ("moved", dt.date(2024, 5, 1), False, False)
    assert (again.errors, again.unchanged) == ([], 1)


def test_an_exit_that_cannot_be_says_why(an, cell):
    stopped = makers.make_candidate(organization=cell, full_name="Lê Văn Thôi")
    stopped.stop("died", on=dt.date(2024, 5, 1), by=an)
    leaves = {"Thôi theo dõi từ ngày": dt.date(2024, 5, 1), "Lý do thôi theo dõi": "tự xin thôi"}

    outcome = bring_in(
        an,
        LINE | leaves | {"Lý do thôi theo dõi": None},
        LINE | leaves | {"Họ và tên": "Lê Thị Trước", "Thôi theo dõi từ ngày": dt.date(2023, 2, 1)},
        LINE | leaves | {"Họ và tên": "Lê Thị Chưa", "Lý do thôi theo dõi": "không được công nhận chính thức"},
        LINE | {"Mã": stopped.pk, "Họ và tên": "Lê Văn Thôi"},
        confirm=False,
    )

    assert [(error["row"], error["title"], error["sentence"]) for error in outcome.errors] == [
        (2, "Lý do thôi theo dõi", "Ghi cả ngày và lý do thôi theo dõi, hoặc để trống cả hai."),
        (3, "Thôi theo dõi từ ngày", "Chọn một ngày từ 01/03/2023, ngày vào danh sách, trở đi."),
        (4, "Lý do thôi theo dõi", "Người đã được kết nạp thì ghi trên trang của từng người, hoặc ghi biến động ở sổ đảng viên."),
        (5, "Mã", "Đã ghi thôi theo dõi đồng chí này: theo dõi lại thì ghi trên trang của từng người."),
    ]


def test_a_new_line_becomes_a_person_with_his_stages(an, cell):
    outcome = bring_in(an, LINE)

    assert (outcome.state, outcome.errors) == ("done", [])
    candidate = Candidate.objects.get()
    assert (str(candidate), candidate.stage, candidate.organization) == ("Đỗ Thị Nguồn", "sent", cell)
    assert dict(StageTaken.objects.values_list("stage", "taken_on")) == {"outstanding": dt.date(2023, 3, 1), "sent": dt.date(2023, 5, 10)}
    assert bring_in(an, LINE).unchanged == 1


def test_a_whole_path_makes_the_member(an, cell):
    outcome = bring_in(
        an,
        LINE
        | {
            "Ngày cấp giấy chứng nhận": DAYS[Stage.CERTIFIED],
            "Ngày xác minh lý lịch xong": DAYS[Stage.CHECKED],
            "Ngày đủ hồ sơ, gửi cấp trên": DAYS[Stage.FILED],
            "Ngày nghị quyết chi bộ": DAYS[Stage.CELL_RESOLVED],
            "Ngày quyết định kết nạp": DAYS[Stage.DECIDED],
            "Số quyết định – quyết định kết nạp": "12-QĐ/HU",
            "Ngày tổ chức lễ kết nạp": DAYS[Stage.ADMITTED],
        },
    )

    assert (outcome.state, outcome.errors) == ("done", [])
    member = Member.objects.get()
    assert (member.admitted_on, member.standing, member.stays.get().arrival_basis) == (dt.date(2024, 1, 22), "probationary", "12-QĐ/HU")


def test_days_that_move_past_each_other_are_corrected_together(an, cell):
    candidate = makers.make_candidate(organization=cell, full_name="Đỗ Thị Nguồn", days=up_to(Stage.SENT))

    outcome = bring_in(an, LINE | {"Ngày vào danh sách": dt.date(2023, 6, 1), "Ngày cử đi học": dt.date(2023, 7, 1)})

    assert (outcome.state, outcome.errors) == ("done", [])
    assert [row.taken_on for row in candidate.stages.order_by("taken_on")] == [dt.date(2023, 6, 1), dt.date(2023, 7, 1)]


def test_what_stands_in_the_way_is_told_at_its_column(an, cell):
    sent = makers.make_candidate(organization=cell, full_name="Đỗ Thị Nguồn", days=up_to(Stage.SENT))
    admitted = makers.make_candidate(organization=cell, full_name="Lê Thị Chính", days=DAYS)

    outcome = bring_in(
        an,
        LINE | {"Mã": sent.pk, "Ngày cử đi học": None},
        LINE | {"Họ và tên": "Trần Văn Ngược", "Ngày cử đi học": dt.date(2023, 2, 1), "Ngày tổ chức lễ kết nạp": dt.date(2024, 2, 3)},
        {**LINE, "Mã": admitted.pk, "Họ và tên": "Tên Khác"},
        confirm=False,
    )

    assert [(error["title"], error["sentence"]) for error in outcome.errors] == [
        ("Ngày cử đi học", "Bước này đã ghi ngày: ghi nhầm thì bỏ trên trang của đồng chí này."),
        ("Ngày cử đi học", "Bước “cử học lớp nhận thức về Đảng” không thể trước bước “quần chúng ưu tú” (01/03/2023)."),
        ("Ngày tổ chức lễ kết nạp", "Ghi bước “quyết định kết nạp” trước bước “lễ kết nạp”."),
        ("Mã", "Đồng chí này đã được kết nạp: sửa trên trang của từng người."),
    ]


def test_no_mark_that_is_masked_goes_into_a_workbook(an, cell):
    makers.make_candidate(organization=cell, is_ethnic_minority=True, is_religious=True)
    with_marks = texts(export("quan-chung", by=an))
    Candidate.objects.update(is_ethnic_minority=False, is_religious=False)

    assert texts(export("quan-chung", by=an)) == with_marks
    assert "dân tộc" not in str(with_marks)


def texts(content):
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist() if "sheet" in name or "Strings" in name}
