"""What one cell means: a typed value, or a WrongCell whose sentence says what to type instead."""

import datetime as dt
import re
from decimal import Decimal
from difflib import get_close_matches

from partyreports.sheets.fields import title_key
from partyreports.vietnamese import DateError, NumberError, join_words, normalise, number, parse_date, parse_number, screen_date

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2099, 12, 31)
YES, NO = {"co", "x", "v", "dung", "true", "1", "✓"}, {"khong", "k", "sai", "false", "0", "-", ""}
SHOWN_CHOICES = 8
MOST_NEAR, NEAR = 3, 0.5  # of a longer list: how many are offered, and how near a word must be
LONGEST_SHOWN = 80


class WrongCell(ValueError):
    """A cell that cannot be read; `sentence` is for people."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def typed(field, value):
    """The value of a cell of `field`, as Field.empty and the table of kinds have it. Raises WrongCell."""
    if isinstance(value, str) and not normalise(value):
        value = None
    if value is None:
        if field.required:
            raise WrongCell("Ô này không được để trống.")
        return field.empty
    return READERS[field.kind](field, value)


def shown(value):
    """What stood in the cell, for the list of errors."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.date):
        return screen_date(value)
    text = normalise(_plain(value) if isinstance(value, int | float) else str(value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _text(_field, value):
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise WrongCell(f"Excel đã đổi ô này thành ngày giờ ({shown(value)}): định dạng ô là Text (văn bản) rồi gõ lại.")
    return normalise(_plain(value) if isinstance(value, int | float) else str(value))


def _plain(value):
    """A number in a cell of text: 38, not 38.0; 1,5 as it is written here."""
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    return number(_decimal(value)).replace(".", "")


def _decimal(value):
    """The number Excel shows: fifteen figures, without the noise of the last bits."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _whole(_field, value):
    read = _any_number(value, decimals=0)
    if read != int(read):
        raise WrongCell(f"Ô này chỉ nhận số nguyên, không nhận {number(read)}.")
    return int(read)


def _number(_field, value):
    return _any_number(value, decimals=None)


def _any_number(value, *, decimals):
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise WrongCell(f"Excel đã đổi ô này thành ngày giờ ({shown(value)}): định dạng ô là Number (số) rồi gõ lại.")
    if isinstance(value, bool):
        raise WrongCell("Ô này nhận một số.")
    if isinstance(value, int | float):
        if value < 0:
            raise WrongCell("Nhập số từ 0 trở lên.")
        return _decimal(value)
    try:
        return parse_number(str(value), decimals=decimals)
    except NumberError as error:
        raise WrongCell(error.sentence) from error


def _date(_field, value):
    if isinstance(value, dt.datetime):
        value = value.date()
    if not isinstance(value, dt.date):
        if not isinstance(value, str):
            raise WrongCell(f"Ô này là số {shown(value)}, không phải ngày: gõ ngày theo thứ tự ngày/tháng/năm, ví dụ 05/06/2024.")
        try:
            value = parse_date(value)
        except DateError as error:
            raise WrongCell(error.sentence) from error
    if not FIRST_DAY <= value <= LAST_DAY:
        raise WrongCell(f"Nhập năm từ {FIRST_DAY.year} đến {LAST_DAY.year}.")
    return value


def _choice(field, value):
    return _one_of(field, shown(value))


def _choices(field, value):
    words = [word for word in re.split(r"[;\n]", shown_whole(value)) if word.strip()]
    picked = {_one_of(field, word) for word in words}
    return tuple(key for key, _ in field.choices if key in picked)


def shown_whole(value):
    return value if isinstance(value, str) else shown(value)


def _one_of(field, text):
    wanted = title_key(text)
    for key, label in field.choices:
        if wanted == title_key(str(label)):
            return key
    raise WrongCell(f"Không có lựa chọn “{text.strip()[:40]}”: {_offered(wanted, [str(label) for _, label in field.choices])}.")


def _offered(wanted, labels):
    """All labels of a short list; of a long one those that are nearest to what was typed, or where the list is found."""
    if len(labels) > SHOWN_CHOICES:
        by_key = {title_key(label): label for label in labels}
        near = [key for key in by_key if wanted and (key.startswith(wanted) or wanted.startswith(key))]
        near += [key for key in get_close_matches(wanted[:LONGEST_SHOWN], by_key, MOST_NEAR, NEAR) if key not in near]
        labels = [by_key[key] for key in near[:MOST_NEAR]]
    if not labels:
        return "chọn trong danh sách thả xuống của mẫu"
    return f"chọn {join_words([f'“{label}”' for label in labels], conjunction='hoặc')}"


def _flag(_field, value):
    if isinstance(value, bool):
        return value
    word = title_key(shown(value))
    if word in YES:
        return True
    if word in NO:
        return False
    raise WrongCell("Ô này nhận “có” hoặc “không” (cũng có thể đánh dấu x).")


READERS = {
    "text": _text,
    "organization": _text,
    "count": _whole,
    "year": _whole,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "flag": _flag,
}
