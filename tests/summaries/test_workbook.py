import datetime as dt
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from organizations.review import Status
from partyreports.metrics.models import Figure, Indicator
from partyreports.summaries.forms import Section
from partyreports.summaries.summary import summarise
from partyreports.summaries.workbook import file_name, summary_workbook
from tests.makers import make_form, make_indicator, make_organization, make_period, make_report, make_target

MADE_AT = dt.datetime(2025, 1, 6, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def indicators(db):
    admitted = make_indicator(code="members_admitted", name="Đảng viên mới kết nạp", unit="đảng viên")
    rural = make_indicator(code="members_admitted", breakdown="rural", name="nông thôn", unit="đảng viên", part_of=admitted, part_kind="partition")
    share = make_indicator(
        code="share", name="Tỷ lệ nông thôn", unit="%", kind=Indicator.Kind.RATIO, decimals=2, numerator=rural, denominator=admitted
    )
    money = make_indicator(code="money", name="Thu ngân sách", unit="tỷ đồng", kind=Indicator.Kind.MONEY, decimals=3)
    make_form(indicators=[admitted, rural, share, money])
    return admitted, rural, share, money


def book_of(summary, **options):
    sections = [Section(name, tuple(line for line in summary.lines if line.section == name)) for name in summary.sections]
    return openpyxl.load_workbook(BytesIO(summary_workbook(summary, sections, made_at=MADE_AT, **options)))


def table(page, head="Chỉ tiêu"):
    """Heading → cell for each row of the table of a sheet, the cells of the first column as keys."""
    rows = list(page.iter_rows())
    at = next(place for place, row in enumerate(rows) if row[0].value == head)
    titles = [cell.value for cell in rows[at]]
    return {row[0].value: dict(zip(titles, row, strict=True)) for row in rows[at + 1 :] if row[0].value}


def test_the_workbook_holds_true_numbers(district, cell, other_cell, y2023, y2024, indicators):
    admitted, rural, _, money = indicators
    make_target(organization=cell, period=y2024, indicator=admitted, value=8)
    make_report(organization=cell, period=y2023, status=Status.APPROVED, figures={admitted: 8, rural: 2})
    report = make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={admitted: 9, rural: 7, money: "2661.047"})
    Figure.objects.filter(report=report, indicator=rural).update(qualifier="over")
    second = make_report(organization=other_cell, period=y2024, status=Status.LOCKED, figures={admitted: 20})
    Figure.objects.create(report=second, indicator=rural, state="nothing", entered_by=report.submitted_by)

    page = book_of(summarise(district, y2024))["Tổng kết"]

    rows = table(page)
    assert [page["A1"].value, page["A2"].value] == [
        "Tổng kết năm 2024 – Đảng bộ huyện Đơn Dương",
        "Đã duyệt 2/2 báo cáo. Chỉ tính báo cáo đã duyệt hoặc khóa, theo tổ chức ngày 31/12/2024. Năm 2023: đã duyệt 1/2 báo cáo.",
    ]
    whole = rows["Đảng viên mới kết nạp"]
    assert {title: cell.value for title, cell in whole.items()} == {
        "Chỉ tiêu": "Đảng viên mới kết nạp",
        "Đơn vị tính": "đảng viên",
        "Năm 2024": 29,
        "Năm 2023": 8,
        "Tăng, giảm": 1,
        "Số nơi so sánh được, nếu không phải tất cả": 1,
        "Kết quả của nơi được giao chỉ tiêu": 9,
        "Chỉ tiêu giao": 8,
        "Tỷ lệ đạt": 1.125,
        "Số báo cáo có số liệu": 2,
        "Cấp dưới cộng lại": None,
        "Đảng bộ xã Bên": 20,
        "Đảng bộ xã Mẫu": 9,
    }
    part = rows["nông thôn"]
    assert [(part[title].value, part[title].number_format) for title in ("Năm 2024", "Đảng bộ xã Bên")] == [
        (7, '"hơn "#,##0'),
        ("không phát sinh", "General"),
    ]
    assert part["Chỉ tiêu"].alignment.indent == 1
    ratio = rows["Tỷ lệ nông thôn"]
    assert ratio["Năm 2024"].value == pytest.approx(7 / 29)
    assert [ratio[title].number_format for title in ("Năm 2024", "Tăng, giảm")] == ['"hơn "0.00%', '"khoảng "#,##0.00" điểm %"']
    assert (rows["Thu ngân sách"]["Năm 2024"].value, rows["Thu ngân sách"]["Năm 2024"].number_format) == (2661.047, "#,##0.000")
    assert rows["Thu ngân sách"]["Đảng bộ xã Bên"].value is None


def test_a_second_sheet_tells_what_the_totals_stand_on(district, cell, other_cell, y2024, indicators):
    make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={indicators[0]: 9})

    rows = table(book_of(summarise(district, y2024))["Báo cáo đã duyệt"], head="Tổ chức")

    assert [[cell.value for cell in row.values()] for row in rows.values()] == [
        ["Đảng bộ xã Bên", 1, 0, 0],
        ["Đảng bộ xã Mẫu", 1, 1, 1],
        ["Toàn bộ, ngày 31/12/2024", 2, 1, 0.5],
    ]


def test_the_filter_and_what_was_left_out_are_written_in_the_workbook(district, cell, y2024, indicators):
    make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={indicators[0]: 9})

    page = book_of(summarise(district, y2024), filters="mục “Đảng viên”", left_out=["Đảng bộ xã Cũ"])["Tổng kết"]

    words = [row[0].value for row in page.iter_rows()]
    assert "Lọc: mục “Đảng viên”." in words
    assert words[-1] == "Không tính báo cáo của tổ chức đã kết thúc hoạt động trong kỳ: Đảng bộ xã Cũ."


def test_names_typed_as_formulas_stay_text(district, y2024, indicators):
    body = make_organization(parent=district, name="=1+1")
    make_report(organization=body, period=y2024, status=Status.APPROVED, figures={indicators[0]: 9})

    book = book_of(summarise(district, y2024))

    assert [cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value == "=1+1"] == ["s", "s"]


def test_a_branch_without_figures_gives_a_workbook_without_numbers(district, cell, y2024, indicators):
    page = book_of(summarise(district, y2024))["Tổng kết"]

    assert [cell.value for row in page.iter_rows(min_row=5) for cell in row if isinstance(cell.value, int | float | Decimal)] == []


@pytest.mark.parametrize(
    ("name", "party_name", "code", "expected"),
    [
        ("Huyện ủy Đơn Dương", "Đảng bộ huyện Đơn Dương", "2024", "2024_TongKet_HuyenDonDuong.xlsx"),
        ("Đảng ủy xã Quảng Lập", "", "2020-2023", "2020-2023_TongKet_XaQuangLap.xlsx"),
        ("Ban Tuyên giáo Huyện ủy", "", "2024", "2024_TongKet_BanTuyenGiaoHuyenUy.xlsx"),
        ('“”../\r\n"', "", "2024", "2024_TongKet_ToChuc.xlsx"),
    ],
)
def test_files_are_named_by_year_and_body(db, name, party_name, code, expected):
    body = make_organization(name=name, party_name=party_name)

    assert file_name(summarise(body, make_period(code=code))) == expected
