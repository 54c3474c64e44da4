"""What is asked of a file before anything reads it: that it is a workbook, within measure, with nothing in it that runs or points outside."""

import re
import zipfile
import zlib
from io import BytesIO

from partyreports.sheets.fields import Refused

MEGABYTE = 1 << 20
LARGEST_FILE = 10 * MEGABYTE
MOST_ENTRIES = 2_000
LARGEST_SUM = 200 * MEGABYTE
LARGEST_ENTRY = 100 * MEGABYTE
MOST_RATIO = 200
RATIO_FROM = 256 << 10  # small entries of one letter repeated are harmless
LOCAL_HEADER = 30  # bytes before the name of an entry
PIECE = 256 << 10

SAVE_AS = "Mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, rồi tải lên lại."
TOO_BIG = f"Nội dung tệp quá lớn. Chia thành nhiều tệp nhỏ hơn; nếu tệp chỉ có ít dòng: chép các dòng sang mẫu tải về. {SAVE_AS}"
BROKEN = f"Tệp bị hỏng, không đọc được. {SAVE_AS}"
STRANGE = f"Tệp có cấu trúc lạ, không được nhận. Chép nội dung sang mẫu tải về. {SAVE_AS}"
MACRO = f"Tệp có chứa macro (chương trình chạy kèm). {SAVE_AS}"
OUTSIDE = "Tệp có liên kết đến tệp hoặc nguồn dữ liệu khác. Trong Excel chọn Data → Edit Links → Break Link, lưu lại rồi tải lên."
EMBEDDED = "Tệp có đối tượng nhúng (OLE, ActiveX). Xóa các đối tượng đó, hoặc chép nội dung sang mẫu tải về, rồi tải lên lại."

RUNS = re.compile(r"vbaproject|vbadata|xl/macrosheets/|\.bin$")
HARMLESS_BINARY = re.compile(r"xl/printersettings/[^/]+\.bin")
EMBEDS = re.compile(r"xl/(embeddings|activex|ctrlprops)/|oleobject")
POINTS_OUT = re.compile(r"xl/externallinks/|xl/connections\.xml|xl/querytables/|xl/webextensions/|xl/model/|customui/")
RELATION = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
WIDE_LETTERS = (b"\xfe\xff", b"\xff\xfe", b"\x00<", b"<\x00")  # UTF-16, which would hide a declaration; Excel writes UTF-8
DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def check(content):
    """Raises Refused unless `content` is an .xlsx file within the limits: sizes both as declared and as they truly come out."""
    _is_a_zip(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _within_measure(entries)
            _apart(entries, archive.start_dir)
            names = {entry.filename.lower() for entry in entries}
            _is_a_workbook(names)
            _harmless(names)
            for entry in entries:
                _stream(archive, entry)
    except Refused:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError) as error:
        raise Refused(BROKEN) from error


def _is_a_zip(content):
    if len(content) > LARGEST_FILE:
        raise Refused(f"Tệp lớn quá {LARGEST_FILE // MEGABYTE} MB. Bỏ bớt hình ảnh, trang tính không dùng, hoặc chia thành nhiều tệp.")
    if not content:
        raise Refused("Tệp không có nội dung. Chọn lại tệp.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("Tệp đang đặt mật khẩu. Mở bằng Excel, bỏ mật khẩu (File → Info → Protect Workbook), lưu lại rồi tải lên.")
        raise Refused(f"Đây là tệp Excel kiểu cũ (.xls) hoặc tệp của chương trình khác. {SAVE_AS}")
    if not content.startswith(b"PK\x03\x04"):
        raise Refused(f"Đây không phải là tệp Excel .xlsx, dù tên tệp ghi thế nào. {SAVE_AS}")


def _within_measure(entries):
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_SUM:
        raise Refused(TOO_BIG)
    seen = set()
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x41:
            raise Refused("Tệp đang đặt mật khẩu. Bỏ mật khẩu, lưu lại rồi tải lên.")
        parts = re.split(r"[/\\]", name)
        if name.startswith(("/", "\\")) or ".." in parts or ":" in name or name.lower() in seen or entry.compress_type not in (0, 8):
            raise Refused(STRANGE)
        seen.add(name.lower())
        if entry.file_size > LARGEST_ENTRY or (entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)):
            raise Refused(TOO_BIG)


def _apart(entries, directory):
    """No entry lies over another or over the directory: one piece of data read twice is how small files become endless."""
    ends = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < ends:
            raise Refused(STRANGE)
        ends = entry.header_offset + LOCAL_HEADER + len(entry.filename.encode()) + entry.compress_size
    if ends > directory:
        raise Refused(STRANGE)


def _is_a_workbook(names):
    if {"[content_types].xml", "xl/workbook.xml"} <= names:
        return
    if "word/document.xml" in names:
        raise Refused("Đây là tệp Word, không phải tệp Excel. Chép bảng sang mẫu Excel tải về rồi tải lên.")
    if "xl/workbook.bin" in names:
        raise Refused(f"Đây là tệp Excel kiểu nhị phân (.xlsb). {SAVE_AS}")
    raise Refused(f"Đây không phải là tệp Excel .xlsx, dù tên tệp ghi thế nào. {SAVE_AS}")


def _harmless(names):
    if any(EMBEDS.search(name) for name in names):
        raise Refused(EMBEDDED)
    if any(RUNS.search(name) and not HARMLESS_BINARY.fullmatch(name) for name in names):
        raise Refused(MACRO)
    if any(POINTS_OUT.search(name) for name in names):
        raise Refused(OUTSIDE)


def _stream(archive, entry):
    """Read the entry through, counting what truly comes out, and look into what is XML."""
    name, counted, kept = entry.filename.lower(), 0, b""
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    told = [] if name.endswith(".rels") or name == "[content_types].xml" else None
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            counted += len(piece)
            if counted > entry.file_size:
                raise Refused(TOO_BIG)
            begins_wide = counted == len(piece) and piece.startswith(WIDE_LETTERS)
            if is_xml and (begins_wide or DECLARES.search(kept + piece)):
                raise Refused(STRANGE)
            kept = piece[-64:]
            if told is not None:
                told.append(piece)
    if counted != entry.file_size:
        raise Refused(BROKEN)
    whole = b"".join(told or ()).lower()
    if b"macroenabled" in whole:
        raise Refused(MACRO)
    for found in RELATION.findall(whole):
        if b"/hyperlink" not in found:
            raise Refused(OUTSIDE)
