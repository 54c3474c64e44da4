"""Workbooks that come in: harmless ones within measure are read cell by cell, every other one is refused with what to do."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from partyreports import sheets
from partyreports.sheets import Field, Refused, limits
from partyreports.sheets.reader import read
from partyreports.vietnamese.numbers import HOW_TO_WRITE

FIELDS = (
    Field("pk", "Mã", "count"),
    Field("place", "Địa điểm", required=True),
    Field("held_on", "Ngày", "date", required=True),
    Field("people", "Lượt dự", "count"),
    Field("share", "Tỷ lệ", "number"),
    Field("born", "Năm sinh", "year"),
    Field("kind", "Loại", "choice", choices=(("regular", "định kỳ"), ("sudden", "đột xuất"))),
    Field("subjects", "Nội dung", "choices", choices=((1, "đất đai"), (2, "môi trường"), (3, "giao thông"))),
    Field("is_open", "Công khai", "flag"),
)
TITLES = [field.title for field in FIELDS]
LINE = [None, "Thôn Một", dt.date(2024, 8, 30), 1981, 50.3, 1985, "định kỳ", "môi trường; đất đai", "có"]


def book(*rows, titles=TITLES, above=()):
    """The bytes of a workbook as Excel would save it: instructions, headings, rows."""
    file, stream = openpyxl.Workbook(), io.BytesIO()
    for row in [*above, titles, *rows]:
        file.active.append(row)
    file.save(stream)
    return stream.getvalue()


def repacked(content, *, add=None, change=None, leave_out=()):
    """The same archive with other entries: `change` maps the name of an entry to a function of its bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in leave_out:
                new.writestr(name, (change or {}).get(name, lambda data: data)(old.read(name)))
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return stream.getvalue()


def refusal(content, fields=FIELDS):
    with pytest.raises(Refused) as refused:
        read(content, fields)
    return refused.value.sentence


def cells(*row, titles=TITLES):
    table = read(book(row, titles=titles), FIELDS)
    assert table.wrong == ()
    return table.lines[0].cells


def wrong(title, value):
    """(column, typed, sentence) of the one wrong cell in a line that is right but for `value` under `title`."""
    line = list(LINE)
    line[TITLES.index(title)] = value
    (found,) = read(book(line), FIELDS).wrong
    assert (found.row, found.title) == (2, title)
    return found.column, found.typed, found.sentence


def test_each_cell_is_read_as_its_column_takes_it():
    assert cells(*LINE) == {
        "pk": None,
        "place": "Thôn Một",
        "held_on": dt.date(2024, 8, 30),
        "people": 1981,
        "share": Decimal("50.3"),
        "born": 1985,
        "kind": "regular",
        "subjects": (1, 2),
        "is_open": True,
    }


@pytest.mark.parametrize(
    ("title", "value", "name", "read_as"),
    [
        ("Lượt dự", "1.981", "people", 1981),
        ("Lượt dự", 1981.0, "people", 1981),
        ("Lượt dự", None, "people", None),
        ("Tỷ lệ", "50,3", "share", Decimal("50.3")),
        ("Tỷ lệ", 0.1 + 0.2, "share", Decimal("0.3")),
        ("Ngày", "5/6/2024", "held_on", dt.date(2024, 6, 5)),
        ("Ngày", "ngày 5 tháng 6 năm 2024", "held_on", dt.date(2024, 6, 5)),
        ("Ngày", dt.datetime(2024, 6, 5, 8, 30), "held_on", dt.date(2024, 6, 5)),
        ("Địa điểm", "  Thôn   Hoà\u00a0Bình ", "place", "Thôn   Hòa Bình"),
        ("Địa điểm", "Tho\u0302n Hai", "place", "Thôn Hai"),
        ("Địa điểm", 12.0, "place", "12"),
        ("Loại", "ĐỘT XUẤT", "kind", "sudden"),
        ("Loại", "dot xuat", "kind", "sudden"),
        ("Nội dung", "giao thông;\nđất đai;", "subjects", (1, 3)),
        ("Công khai", "x", "is_open", True),
        ("Công khai", "Không", "is_open", False),
        ("Công khai", True, "is_open", True),
    ],
)
def test_what_people_type_is_understood(title, value, name, read_as):
    line = list(LINE)
    line[TITLES.index(title)] = value

    assert cells(*line)[name] == read_as


@pytest.mark.parametrize(
    ("title", "value", "column", "sentence"),
    [
        ("Ngày", "32/13/2024", "C", "Không có ngày 32/13/2024. Đồng chí muốn nhập 31/12/2024, 31/01/2024 hay 31/03/2024?"),
        ("Ngày", "hôm qua", "C", "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/06/2024."),
        ("Ngày", 45534, "C", "Ô này là số 45534, không phải ngày: gõ ngày theo thứ tự ngày/tháng/năm, ví dụ 05/06/2024."),
        ("Ngày", None, "C", "Ô này không được để trống."),
        ("Lượt dự", "1.5", "D", f"Ô này chỉ nhận số nguyên. Đồng chí muốn nhập 15 hay 1.500? {HOW_TO_WRITE}"),
        ("Lượt dự", 1.5, "D", "Ô này chỉ nhận số nguyên, không nhận 1,5."),
        ("Lượt dự", -3, "D", "Nhập số từ 0 trở lên."),
        ("Lượt dự", "nhiều", "D", "“nhiều” không phải là số: chỉ nhập chữ số, không kèm chữ hay ký hiệu, ví dụ 1.932."),
        ("Lượt dự", dt.date(2024, 1, 5), "D", "Excel đã đổi ô này thành ngày giờ (05/01/2024): định dạng ô là Number (số) rồi gõ lại."),
        ("Địa điểm", dt.date(2024, 1, 5), "B", "Excel đã đổi ô này thành ngày giờ (05/01/2024): định dạng ô là Text (văn bản) rồi gõ lại."),
        ("Địa điểm", "   ", "B", "Ô này không được để trống."),
        ("Loại", "khác", "G", "Không có lựa chọn “khác”: chọn “định kỳ” hoặc “đột xuất”."),
        ("Nội dung", "đất đai; điện", "H", "Không có lựa chọn “điện”: chọn “đất đai”, “môi trường” hoặc “giao thông”."),
        ("Công khai", "có lẽ", "I", "Ô này nhận “có” hoặc “không” (cũng có thể đánh dấu x)."),
        ("Địa điểm", "#REF!", "B", "Ô này báo lỗi công thức (#REF!): thay bằng giá trị."),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told_with_its_place(title, value, column, sentence):
    assert wrong(title, value)[::2] == (column, sentence)


def test_every_wrong_cell_of_every_line_is_listed():
    table = read(book(LINE, [None, None, "32/13/2024", "1.5", "x", "y", "z", "t", "u"], LINE, ["a", *LINE[1:]]), FIELDS)

    assert [(found.row, found.column) for found in table.wrong] == [(3, letter) for letter in "BCDEFGHI"] + [(5, "A")]


def test_columns_may_stand_in_any_order_below_instructions():
    titles = ["Lượt dự", "NGÀY *", "Dia diem:"]
    content = book([12, "5/6/2024", "Thôn Hai"], titles=titles, above=[["Sổ đối thoại"], ["Xem trang “Hướng dẫn”."], []])

    table = read(content, FIELDS)

    assert (table.columns, table.lines[0].row) == ({"place": "C", "held_on": "B", "people": "A"}, 5)
    assert table.lines[0].cells == {"place": "Thôn Hai", "held_on": dt.date(2024, 6, 5), "people": 12}


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        ([*TITLES, "Ghi chú"], "Không nhận cột “Ghi chú” (cột J): xóa cột này hoặc sửa tiêu đề đúng như trong mẫu."),
        ([*TITLES, "Ngày"], "Tiêu đề lặp lại: “Ngày” (cột J). Mỗi cột chỉ để một lần."),
        ([title for title in TITLES if title != "Ngày"], "Thiếu cột bắt buộc “Ngày”: thêm cột như trong mẫu tải về."),
        ([*TITLES[:-1], None], "Cột I có nội dung nhưng không có tiêu đề: xóa nội dung đó hoặc ghi tiêu đề như trong mẫu."),
    ],
)
def test_headings_are_known_whole_and_stand_once(titles, sentence):
    assert refusal(book([*LINE[: len(titles)], *["x"] * (len(titles) - len(LINE))], titles=titles)) == sentence


def test_a_sheet_without_headings_is_refused_by_their_names():
    assert refusal(book(["a", "b"], titles=["Cột một", "Cột hai"])).startswith("Không tìm thấy dòng tiêu đề có các cột “Mã”, “Địa điểm”, ")


def test_a_formula_counts_by_its_value_and_not_without_one():
    """What Excel has computed is read; what no program has computed yet would look like an empty cell."""
    uncomputed = book([None, "Thôn Một", "5/6/2024", "=1+1"])
    computed = repacked(
        uncomputed, change={"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")}
    )

    (found,) = read(uncomputed, FIELDS).wrong
    assert (found.column, found.typed, found.sentence) == (
        "D",
        "=1+1",
        "Công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại, hoặc thay công thức bằng giá trị.",
    )
    assert read(computed, FIELDS).lines[0].cells["people"] == 2


def test_text_that_looks_like_a_formula_stays_text():
    content = sheets.template(FIELDS, [{"place": "=HYPERLINK(1)", "held_on": dt.date(2024, 6, 5)}], title="Sổ")

    assert read(content, FIELDS).lines[0].cells["place"] == "=HYPERLINK(1)"


def test_five_thousand_lines_are_read_and_one_more_is_not():
    content = sheets.template(FIELDS[1:3], [{"place": "a", "held_on": dt.date(2024, 6, 5)}] * 5001, title="Sổ")

    assert refusal(content, FIELDS[1:3]) == "Tệp có hơn 5.000 dòng. Chia thành nhiều tệp, mỗi tệp không quá 5.000 dòng."


def test_more_than_a_hundred_columns_are_refused():
    assert refusal(book([*LINE, *[None] * 100, "x"])) == "Tệp có hơn 100 cột. Chỉ giữ các cột của mẫu."


def test_the_child_hands_over_what_it_read_and_why_it_refused():
    assert sheets.read(book(LINE), FIELDS).lines[0].cells["people"] == 1981
    with pytest.raises(Refused) as refused:
        sheets.read(b"a,b,c", FIELDS)
    assert refused.value.sentence.startswith("Đây không phải là tệp Excel .xlsx")


def with_macros(types):
    return types.replace(b"sheet.main", b"sheet.macroEnabled.main")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXTERNAL = b'<Relationships><Relationship Id="r1" Type="http://x/externalLinkPath" Target="file:///c:/a.xlsx" TargetMode="External"/></Relationships>'
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("make", "begins"),
    [
        (lambda whole: b"", "Tệp không có nội dung."),
        (lambda whole: OLE, "Đây là tệp Excel kiểu cũ (.xls)"),
        (lambda whole: OLE + "EncryptedPackage".encode("utf-16-le"), "Tệp đang đặt mật khẩu."),
        (lambda whole: b"%PDF-1.7", "Đây không phải là tệp Excel .xlsx"),
        (lambda whole: whole[:-30], "Tệp bị hỏng"),
        (lambda whole: whole[:60] + b"\0\0\0\0" + whole[64:], "Tệp bị hỏng"),
        (lambda whole: b"PK\x03\x04" + b"\0" * (10 << 20), "Tệp lớn quá 10 MB."),
        (lambda whole: repacked(whole, leave_out=["xl/workbook.xml"], add={"word/document.xml": "<a/>"}), "Đây là tệp Word"),
        (lambda whole: repacked(whole, leave_out=["xl/workbook.xml"], add={"xl/workbook.bin": b"x"}), "Đây là tệp Excel kiểu nhị phân"),
        (lambda whole: repacked(whole, leave_out=["xl/workbook.xml"]), "Đây không phải là tệp Excel .xlsx"),
        (lambda whole: repacked(whole, add={"xl/vbaProject.bin": b"x"}), "Tệp có chứa macro"),
        (lambda whole: repacked(whole, change={"[Content_Types].xml": with_macros}), "Tệp có chứa macro"),
        (lambda whole: repacked(whole, add={"xl/embeddings/oleObject1.bin": b"x"}), "Tệp có đối tượng nhúng"),
        (lambda whole: repacked(whole, add={"xl/externalLinks/externalLink1.xml": "<a/>"}), "Tệp có liên kết"),
        (lambda whole: repacked(whole, add={"xl/connections.xml": "<a/>"}), "Tệp có liên kết"),
        (lambda whole: repacked(whole, add={"xl/worksheets/_rels/sheet1.xml.rels": EXTERNAL}), "Tệp có liên kết"),
        (lambda whole: repacked(whole, add={"xl/a.xml": DOCTYPE}), "Tệp có cấu trúc lạ"),
        (lambda whole: repacked(whole, add={"xl/a.xml": DOCTYPE.decode().encode("utf-16")}), "Tệp có cấu trúc lạ"),
        (lambda whole: repacked(whole, add={"../a.xml": "<a/>"}), "Tệp có cấu trúc lạ"),
        (lambda whole: repacked(whole, add={"/etc/a.xml": "<a/>"}), "Tệp có cấu trúc lạ"),
        (lambda whole: repacked(whole, add={"XL/WORKBOOK.XML": "<a/>"}), "Tệp có cấu trúc lạ"),
        (lambda whole: repacked(whole, add={f"xl/a{n}.xml": "" for n in range(2000)}), "Nội dung tệp quá lớn."),
        (lambda whole: repacked(whole, add={"xl/media/bomb.xml": b"0" * (3 << 20)}), "Nội dung tệp quá lớn."),
        (lambda whole: repacked(whole, change={"xl/worksheets/sheet1.xml": lambda xml: xml[:-40]}), "Tệp bị hỏng"),
    ],
)  # fmt: skip
def test_what_is_no_harmless_workbook_is_refused_with_what_to_do(make, begins):
    sentence = refusal(make(book(LINE)))

    assert sentence.startswith(begins)
    assert sentence.endswith(".")


def test_links_in_cells_are_harmless():
    link = EXTERNAL.replace(b"externalLinkPath", b"hyperlink")

    assert read(repacked(book(LINE), add={"xl/worksheets/_rels/sheet1.xml.rels": link}), FIELDS).wrong == ()


def test_an_entry_that_lies_over_another_is_refused():
    """Many entries of the directory that all point at one piece of data: a small file that unpacks without end."""
    content, name = book(LINE), b"xl/theme/theme1.xml"
    at = content.rindex(name) - 46  # its line in the directory
    other = content.index(b"PK\x03\x04", 4)
    moved = content[: at + 42] + other.to_bytes(4, "little") + content[at + 46 :]

    assert refusal(moved) in (limits.STRANGE, limits.BROKEN)


def test_an_entry_marked_as_encrypted_is_refused():
    content = bytearray(book(LINE))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(content)) == "Tệp đang đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi tải lên."
