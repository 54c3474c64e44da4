import datetime as dt
import zipfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyreports.sheets import Cell, Column, Row, Sheet, SheetError, workbook
from partyreports.sheets.names import sheet_names
from partyreports.sheets.writer import LONGEST_TEXT, number_format

PAYLOADS = [
    '=HYPERLINK("http://vi.du/","xem")',
    "=1+1",
    "+84 263 3847 000",
    "-2+3",
    "- Xây dựng Đảng",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "http://vi.du/",
    "external:a.xlsx",
    "mailto:an@vi.du",
]


def read(data, **options):
    return openpyxl.load_workbook(BytesIO(data), **options)


def parts_of(data):
    """Name → text of every part of the file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def one_cell(value, *, kind="text"):
    """The cell A2 of a workbook with one column and one row, as read again."""
    return read(workbook([Sheet("Bảng", (Column("Cột", kind),), ((value,),))], title="Thử"))["Bảng"]["A2"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_is_never_a_formula_nor_a_link_wherever_it_stands(payload):
    sheet = Sheet(
        payload, (Column(payload), Column(payload, "count")), ((payload, payload), Row((Cell(payload),), "section")), (payload,), (payload,)
    )

    data = workbook([sheet], title=payload)

    page = read(data).worksheets[0]
    texts = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert [cell.data_type for cell in texts] == ["s"] * 7
    assert [cell.hyperlink for cell in texts] == [None] * 7
    parts = parts_of(data)
    assert [name for name in parts if "externalLink" in name or name.startswith("xl/worksheets/_rels")] == []
    assert [name for name, text in parts.items() if "<f>" in text or "<f " in text] == []


@pytest.mark.parametrize("payload", [payload for payload in PAYLOADS if "\r" not in payload])
def test_text_is_read_back_as_it_was_written(payload):
    assert one_cell(payload).value == payload


@pytest.mark.parametrize(("payload", "is_quoted"), [(payload, payload[0] in "=+-@\t\r\n＝") for payload in PAYLOADS])
def test_text_that_begins_as_a_formula_does_is_marked_as_quoted(payload, is_quoted):
    assert bool(one_cell(payload).quotePrefix) == is_quoted


def test_numbers_are_numbers_in_vietnamese_formats():
    columns = tuple(Column(kind, kind) for kind in ("count", "number", "money", "percent"))
    rows = ((1981, Decimal("50.3"), Decimal("2661.047"), Decimal("55.5555")), (5, 7, Decimal("6108340000.0000"), 100))

    page = read(workbook([Sheet("Bảng", columns, rows)], title="Thử"))["Bảng"]

    assert [[cell.value for cell in row] for row in page.iter_rows(min_row=2, max_row=3)] == [
        [1981, 50.3, 2661.047, 0.555555],
        [5, 7, 6108340000, 1],
    ]
    assert [cell.number_format for cell in page[2]] == ["#,##0", "#,##0.0", "#,##0.000", "0.00%"]
    assert [cell.number_format for cell in page[3]] == ["#,##0", "#,##0", "#,##0", "0.00%"]
    assert {cell.data_type for row in page.iter_rows(min_row=2, max_row=3) for cell in row} == {"n"}


def test_a_qualified_number_stays_a_number():
    cell = one_cell(Cell(Decimal(245), prefix="hơn"), kind="count")

    assert (cell.value, cell.data_type, cell.number_format) == (245, "n", '"hơn "#,##0')


def test_a_cell_may_differ_from_its_column():
    assert one_cell(Cell(Decimal("97.65"), "percent", decimals=1), kind="count").number_format == "0.0%"


def test_dates_are_dates():
    for value in (dt.date(2024, 12, 31), dt.datetime(2024, 12, 31, 8, 30, tzinfo=dt.UTC)):
        cell = one_cell(value, kind="date")

        assert (cell.is_date, cell.value, cell.number_format) == (True, dt.datetime(2024, 12, 31), "dd/mm/yyyy")


def test_words_among_numbers_stay_words_and_nothing_stays_empty():
    assert one_cell("không phát sinh", kind="count").value == "không phát sinh"
    assert one_cell(None, kind="count").value is None


@pytest.mark.parametrize("value", [0.1, True, object()])
def test_a_value_of_another_kind_is_refused(value):
    with pytest.raises(SheetError):
        one_cell(value, kind="number")


def test_mistakes_of_the_caller_are_refused():
    with pytest.raises(SheetError):
        Column("Cột", "integer")
    with pytest.raises(SheetError):
        Cell(1, "integer")
    with pytest.raises(SheetError):
        Row((1,), "bold")
    with pytest.raises(SheetError):
        Sheet("Bảng", (Column("Cột"),), ((1, 2),))
    with pytest.raises(SheetError):
        workbook([], title="Thử")


def test_the_head_stays_and_pages_are_a4_across():
    sheet = Sheet("Bảng", (Column("Chỉ tiêu", width=40), Column("Số", "count")), (("Một", 1),), ("Tổng kết", "Năm 2024"), ("Ghi chú.",), frozen=1)

    page = read(workbook([sheet], title="Thử"))["Bảng"]

    assert [page["A1"].value, page["A2"].value, page["A4"].value, page["A5"].value, page["A7"].value] == [
        "Tổng kết",
        "Năm 2024",
        "Chỉ tiêu",
        "Một",
        "Ghi chú.",
    ]
    assert page.freeze_panes == "B5"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.print_title_rows, page.print_title_cols) == ("$4:$4", "$A:$A")
    assert page.sheet_properties.pageSetUpPr.fitToPage is True


def test_a_wide_sheet_is_not_shrunk_to_one_page():
    sheet = Sheet("Bảng", tuple(Column(f"Cột {number}") for number in range(50)))

    assert not read(workbook([sheet], title="Thử"))["Bảng"].sheet_properties.pageSetUpPr.fitToPage


def test_rows_are_indented_and_heads_among_them_are_bold():
    sheet = Sheet("Bảng", (Column("Chỉ tiêu"),), (Row(("Mục I",), "section"), Row(("trong đó: nữ",), indent=2), Row(("Cộng",), "total")))

    page = read(workbook([sheet], title="Thử"))["Bảng"]

    assert [cell.font.bold for cell in page["A"][1:4]] == [True, False, True]
    assert page["A3"].alignment.indent == 2


def test_properties_say_what_it_is_and_the_same_sheets_give_the_same_bytes():
    made_at = dt.datetime(2025, 1, 6, 8, 0, tzinfo=dt.UTC)
    sheet = Sheet("Bảng", (Column("Cột"),), (("một",),))

    first, second = (workbook([sheet], title="Tổng kết năm 2024", made_at=made_at) for _ in range(2))

    properties = read(first).properties
    assert (properties.title, properties.creator, properties.created) == (
        "Tổng kết năm 2024",
        "Cổng báo cáo xây dựng Đảng",
        dt.datetime(2025, 1, 6, 8, 0),
    )
    assert first == second


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    value = one_cell("ă" * (LONGEST_TEXT + 5)).value

    assert (len(value), value[-2:]) == (LONGEST_TEXT, "ă…")


def test_an_ampersand_in_the_title_does_not_command_the_footer():
    data = workbook([Sheet("Bảng", (Column("Cột"),))], title="A&P")

    assert "A&amp;&amp;P" in parts_of(data)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["Tổng kết"], ["Tổng kết"]),
        (["a/b:c*d?e[f]g\\h"], ["a b c d e f g h"]),
        (["'Xã'", "", "History"], ["Xã", "Bảng", "History (2)"]),
        (["Một", "một", "MỘT"], ["Một", "một (2)", "MỘT (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
    ],
)
def test_names_of_sheets_are_what_excel_allows(titles, names):
    assert sheet_names(titles) == names


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_any_titles_give_a_workbook_that_opens(titles):
    data = workbook([Sheet(title, (Column("Cột"),)) for title in titles], title="Thử")

    names = read(data).sheetnames
    assert len({name.lower() for name in names}) == len(titles)
    assert max(len(name) for name in names) <= 31


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_any_text_is_read_back(text):
    cell = one_cell(text)

    assert (cell.data_type, cell.value) == ("s", text)


@given(st.decimals(min_value=0, max_value=10**12, places=3))
def test_any_figure_is_read_back(value):
    assert one_cell(value, kind="number").value == float(value)


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (Cell(Decimal(5)), "count", "#,##0"),
        (Cell(Decimal("7.490")), "number", "#,##0.00"),
        (Cell(7), "number", "#,##0"),
        (Cell(Decimal("24.1379"), decimals=1, prefix="khoảng"), "percent", '"khoảng "0.0%'),
        (Cell(1, prefix='h"ơn'), "count", '"hơn "#,##0'),
        (Cell(Decimal("1.25"), suffix="điểm %"), "number", '#,##0.00" điểm %"'),
    ],
)
def test_number_formats(cell, kind, expected):
    assert number_format(cell, kind) == expected
