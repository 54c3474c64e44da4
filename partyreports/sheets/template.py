"""Writes a workbook that people fill in and send back: drop-downs, a sheet that tells how, and the rows that stand already."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

from partyreports.sheets.fields import WIDTHS
from partyreports.sheets.names import sheet_names
from partyreports.sheets.parts import Cell, SheetError
from partyreports.sheets.writer import AUTHOR, BEGINS_A_FORMULA, BORDER, NO_DATE, Formats, cut, footer, new_book, number_format

ROOM = 5_000  # rows below the headings that are ready to be filled in
HOW_TO, LISTS = "Hướng dẫn", "Danh sách"
HEAD = {"bold": True, "text_wrap": True, "align": "center", "bg_color": "#EFEBE4", **BORDER}
TAKES = {
    "text": "chữ",
    "count": "số nguyên từ 0 trở lên",
    "number": "số, dấu phẩy trước phần thập phân",
    "year": "năm, bốn chữ số",
    "date": "ngày/tháng/năm",
    "choice": "chọn trong danh sách",
    "choices": "một hoặc nhiều mục trong danh sách, cách nhau bằng dấu chấm phẩy",
    "flag": "có hoặc không",
    "organization": "tên tổ chức; nơi trùng tên thì ghi kèm cấp trên như trong danh sách",
}
HOW_TO_FILL = (
    "Mỗi dòng là một mục trong sổ. Nhập từ dòng ngay dưới tiêu đề; không ghép ô, không thêm cột, không sửa tiêu đề.",
    "Cột có dấu * không được để trống. Cột không cần dùng có thể bỏ cả cột.",
    "Cột “Mã” do cổng báo cáo ghi: dòng mới thì để trống, dòng xuất từ cổng thì giữ nguyên để cổng biết là sửa dòng nào.",
    "Dòng không có trong tệp vẫn được giữ nguyên trong sổ: tải tệp lên không xóa dòng nào.",
    "Ngày ghi theo thứ tự ngày/tháng/năm. Số ghi 1.981 hoặc 1981; phần thập phân sau dấu phẩy.",
    "Khi tải lên, cổng đọc thử, liệt kê mọi lỗi và những gì sẽ thay đổi; đồng chí xác nhận thì mới ghi: ghi tất cả hoặc không ghi gì.",
)


def template(fields, rows=(), *, title, lead="", notes=(), mark="", made_at=NO_DATE):
    """The bytes of a workbook with a column for each of `fields` and a line for each of `rows` (dicts: name → value, people's words for choices).

    What comes back through `read` is what went out. `notes` stand below the instructions: who made the file, and when. `mark` stands at the
    foot of each printed page and among the file's properties.
    """
    stream = BytesIO()
    book = new_book(stream, title=title, author=AUTHOR, mark=mark, made_at=made_at)
    formats = Formats(book)
    page, how_to, lists = (book.add_worksheet(name) for name in sheet_names([title, HOW_TO, LISTS]))
    ranges = _write_lists(lists, fields)
    _write_rows(page, formats, fields, rows, title=title, lead=lead or "Xem trang “Hướng dẫn”. Cột có dấu * không được để trống.")
    _offer(page, fields, ranges, head=3)
    _write_how_to(how_to, formats, fields, title, notes)
    for sheet in (page, how_to):
        sheet.set_footer(footer(title, mark))
    lists.hide()
    page.activate()
    book.close()
    return stream.getvalue()


def _write_rows(page, formats, fields, rows, *, title, lead):
    page.write_string(0, 0, title, formats(bold=True, font_size=14))
    page.write_string(1, 0, lead, formats(italic=True))
    for at, field in enumerate(fields):
        page.set_column(at, at, field.width or WIDTHS[field.kind], formats(**_shown(field)))
        page.write_string(3, at, field.heading, formats(**HEAD))
    for number, row in enumerate(rows, start=4):
        for at, field in enumerate(fields):
            _write_cell(page, (number, at), field, row.get(field.name), formats)
    page.freeze_panes(4, min(2, len(fields)))
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(3)
    if len(rows):
        page.autofilter(3, 0, 3 + len(rows), len(fields) - 1)


def _shown(field):
    """How the cells of a column look, empty ones too: what is typed into a text stays what it is."""
    match field.kind:
        case "date":
            return {"num_format": "dd/mm/yyyy", "align": "center"}
        case "count":
            return {"num_format": "#,##0", "align": "right"}
        case "number":
            return {"num_format": "#,##0.###", "align": "right"}
        case "year":
            return {"num_format": "0", "align": "center"}
    return {"num_format": "@", "text_wrap": True}


def _write_cell(page, place, field, value, formats):
    style = {**_shown(field), **BORDER}
    if value is None or value == "":
        page.write_blank(*place, None, formats(**style))
    elif isinstance(value, bool):
        page.write_string(*place, "có" if value else "không", formats(**style))
    elif isinstance(value, str):
        quoted = {"quote_prefix": True} if value.startswith(BEGINS_A_FORMULA) else {}
        page.write_string(*place, cut(value), formats(**style, **quoted))
    elif isinstance(value, dt.date):
        page.write_datetime(*place, value, formats(**style))
    elif isinstance(value, int | Decimal):
        if field.kind == "number":
            style["num_format"] = number_format(Cell(value), "number")
        page.write_number(*place, float(value), formats(**style))
    else:
        raise SheetError(f"A cell holds text, a number, a date or yes and no, not {type(value).__name__}.")


def _write_lists(lists, fields):
    """Write each drop-down on the hidden sheet; dict: name of a field → where its words stand."""
    ranges = {}
    for field in fields:
        words = ["có", "không"] if field.kind == "flag" else [str(choice[1] if isinstance(choice, tuple) else choice) for choice in field.choices]
        if not words:
            continue
        at = len(ranges)
        lists.write_string(0, at, field.title)
        for row, word in enumerate(words, start=1):
            lists.write_string(row, at, word)
        column = _letters(at)
        ranges[field.name] = f"='{LISTS}'!${column}$2:${column}${len(words) + 1}"
    return ranges


def _letters(at):
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _offer(page, fields, ranges, *, head):
    """Drop-downs, and Excel's own word when a number or a day cannot be one. Where other words are allowed too, it only asks."""
    for at, field in enumerate(fields):
        options = _rule(field, ranges)
        if options is None:
            continue
        options |= {"ignore_blank": True, "error_title": field.title[:32], "input_title": field.title[:32]}
        if field.help:
            options["input_message"] = field.help[:255]
        page.data_validation(head + 1, at, head + ROOM, at, options)


def _rule(field, ranges):
    if field.name in ranges:
        kind = "stop" if field.kind in ("choice", "flag") else "information"
        sentence = "Chọn một mục trong danh sách." if kind == "stop" else "Nội dung này không có sẵn trong danh sách: kiểm tra lại nếu gõ nhầm."
        return {"validate": "list", "source": ranges[field.name], "error_type": kind, "error_message": sentence}
    match field.kind:
        case "date":
            days = {"minimum": dt.date(1900, 1, 1), "maximum": dt.date(2099, 12, 31)}
            return {"validate": "date", "criteria": "between", **days, "error_message": "Nhập ngày/tháng/năm, ví dụ 05/06/2024."}
        case "count":
            return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "Nhập số nguyên từ 0 trở lên."}
        case "number":
            return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Nhập số từ 0 trở lên."}
        case "year":
            return {
                "validate": "integer", "criteria": "between", "minimum": 1900, "maximum": 2100, "error_message": "Nhập năm bằng bốn chữ số."
            }  # fmt: skip
    return {"validate": "any"} if field.help else None


def _write_how_to(page, formats, fields, title, notes):
    page.write_string(0, 0, f"Cách điền “{title}”", formats(bold=True, font_size=14))
    at = 2
    for number, sentence in enumerate(HOW_TO_FILL, start=1):
        page.write_string(at, 0, f"{number}. {sentence}", formats())
        at += 1
    at += 1
    for column, (word, width) in enumerate((("Cột", 28), ("Bắt buộc", 10), ("Nhận gì", 40), ("Ví dụ", 28), ("Giải thích", 60))):
        page.set_column(column, column, width)
        page.write_string(at, column, word, formats(**HEAD))
    for field in fields:
        at += 1
        words = (field.title, "có" if field.required else "không", TAKES[field.kind], _example(field), field.help)
        for column, text in enumerate(words):
            page.write_string(at, column, text, formats(num_format="@", text_wrap=True, **BORDER))
    at += 2
    for note in notes:
        page.write_string(at, 0, note, formats(italic=True))
        at += 1
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _example(field):
    if field.example or not field.choices:
        return field.example
    first = field.choices[0]
    return str(first[1] if isinstance(first, tuple) else first)
