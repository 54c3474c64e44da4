"""Reads a workbook into typed lines: runs in a child process (see `partyreports.sheets.read`), for the file is a stranger's."""

import re
import warnings
import zipfile
from io import BytesIO

import openpyxl
from openpyxl.utils import get_column_letter

from partyreports.sheets.fields import Line, Refused, Table, Wrong, title_key
from partyreports.sheets.limits import BROKEN, check
from partyreports.sheets.typed import WrongCell, shown, typed

MOST_ROWS, MOST_COLUMNS = 5_000, 100
HEAD_WITHIN = 40  # rows from the top among which the headings are looked for
FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")
TOO_MANY_ROWS = f"Tệp có hơn {MOST_ROWS // 1000}.000 dòng. Chia thành nhiều tệp, mỗi tệp không quá {MOST_ROWS // 1000}.000 dòng."


def read(content, fields):
    """The Table in the first sheet of `content` whose headings are those of `fields`, in any order and below any instructions.

    Raises Refused for a file that is no harmless workbook, and for headings that are missing, unknown or repeated. Every wrong cell is listed.
    """
    check(content)
    if openpyxl.DEFUSEDXML is not True:
        raise RuntimeError("defusedxml is missing")
    try:
        found = _rows(content, data_only=True, fields=fields)
        if found is None:
            raise Refused(f"Không tìm thấy dòng tiêu đề có các cột {_named(fields)}. Dùng mẫu tải về, giữ nguyên dòng tiêu đề.")
        sheet, head, lines = found
        columns = _columns(head, fields, lines)
        formulas = _formulas_without_value(content, sheet, fields)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a damaged file can make the library fail in any way
        raise Refused(BROKEN) from error
    return _table(head[0], lines, columns, fields, formulas)


def _open(content, *, data_only):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # parts that the library does not know are parts that are not read
        return openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(content, *, data_only, fields, only=None):
    """(name of the sheet, head row, rows below) of the sheet whose headings fit best; None when none fits.

    A row is its number and its cells that hold something: column number → cell.
    """
    book = _open(content, data_only=data_only)
    wanted = {title_key(field.title) for field in fields}
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or (only and sheet.title != only):
            continue
        rows = _filled_rows(sheet)
        fits = [len(wanted & {title_key(str(cell.value)) for cell in cells.values()}) for _, cells in rows[:HEAD_WITHIN]]
        best = max(fits, default=0)
        if best >= min(2, len(wanted)):
            at = fits.index(best)
            if len(rows) - at - 1 > MOST_ROWS:
                raise Refused(TOO_MANY_ROWS)
            return sheet.title, rows[at], rows[at + 1 :]
    return None


def _filled_rows(sheet):
    if not hasattr(sheet, "reset_dimensions"):  # a sheet of charts alone
        return []
    sheet.reset_dimensions()  # what the file says about its size is not believed
    rows = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = {at: cell for at, cell in enumerate(row, start=1) if cell.value is not None and str(cell.value).strip()}
            if not cells:
                continue
            if max(cells) > MOST_COLUMNS:
                raise Refused(f"Tệp có hơn {MOST_COLUMNS} cột. Chỉ giữ các cột của mẫu.")
            rows.append((number, cells))
            if len(rows) > MOST_ROWS + HEAD_WITHIN:
                raise Refused(TOO_MANY_ROWS)
    return rows


def _columns(head, fields, lines):
    """dict: column number → field. Raises Refused when a heading is unknown, repeated or missing."""
    by_title, found = {title_key(field.title): field for field in fields}, {}
    unknown, repeated = [], []
    for at, cell in head[1].items():
        title = shown(cell.value)
        field = by_title.get(title_key(title))
        if field is None:
            unknown.append(f"“{title}” (cột {get_column_letter(at)})")
        elif field in found.values():
            repeated.append(f"“{title}” (cột {get_column_letter(at)})")
        else:
            found[at] = field
    if unknown:
        raise Refused(f"Không nhận cột {', '.join(unknown)}: xóa cột này hoặc sửa tiêu đề đúng như trong mẫu.")
    if repeated:
        raise Refused(f"Tiêu đề lặp lại: {', '.join(repeated)}. Mỗi cột chỉ để một lần.")
    missing = [field for field in fields if field.required and field not in found.values()]
    if missing:
        raise Refused(f"Thiếu cột bắt buộc {_named(missing)}: thêm cột như trong mẫu tải về.")
    nameless = sorted({at for _, cells in lines for at in cells} - found.keys())
    if nameless:
        letters = ", ".join(map(get_column_letter, nameless))
        raise Refused(f"Cột {letters} có nội dung nhưng không có tiêu đề: xóa nội dung đó hoặc ghi tiêu đề như trong mẫu.")
    return found


def _named(fields):
    return ", ".join(f"“{field.title}”" for field in fields)


def _formulas_without_value(content, sheet, fields):
    """dict: (row, column) → formula that no program has computed yet: read as it is, its cell would look like an empty one."""
    if not _has_formulas(content):
        return {}
    _, _, computed = _rows(content, data_only=True, fields=fields, only=sheet)
    has_value = {(number, at) for number, cells in computed for at in cells}
    _, _, written = _rows(content, data_only=False, fields=fields, only=sheet)
    formulas = {
        (number, at): getattr(cell.value, "text", cell.value) for number, cells in written for at, cell in cells.items() if cell.data_type == "f"
    }
    return {place: formula for place, formula in formulas.items() if place not in has_value}


def _has_formulas(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return any(FORMULA.search(archive.read(name)) for name in archive.namelist() if name.lower().startswith("xl/worksheets/"))


def _table(head, lines, columns, fields, formulas):
    letters = {field.name: get_column_letter(at) for at, field in columns.items()}
    in_order = [field for field in fields if field.name in letters]
    place = {field.name: at for at, field in columns.items()}
    read_lines, wrong = [], []
    only_formulas = {number: {} for number, _ in formulas if number > head}
    for number, cells in sorted((only_formulas | dict(lines)).items()):
        values = {}
        for field in in_order:
            cell = cells.get(place[field.name])
            value = None if cell is None else cell.value
            try:
                if (number, place[field.name]) in formulas:
                    raise WrongCell("Công thức chưa có kết quả: mở tệp bằng Excel rồi lưu lại, hoặc thay công thức bằng giá trị.")
                if cell is not None and cell.data_type == "e":
                    raise WrongCell(f"Ô này báo lỗi công thức ({shown(value)}): thay bằng giá trị.")
                values[field.name] = typed(field, value)
            except WrongCell as error:
                stood = formulas.get((number, place[field.name]), value)
                wrong.append(Wrong(number, letters[field.name], field.title, shown(stood), error.sentence))
        read_lines.append(Line(number, values))
    return Table(letters, tuple(read_lines), tuple(wrong))
