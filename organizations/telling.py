"""Rows and log lines told in words: what the log keeps of a row, and what a reader of the log is shown."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from partyreports.vietnamese import GIVEN, MISSING, QUALIFIERS, STATES, number, screen_date

from .access import Right, reach
from .review import Status

LONGEST = 100  # characters of a value shown in one line of the log
TOLD_BY = {"organizations.organization": "organizations.organizationversion"}  # whose fields a line about it names
LABELS = {
    "status": "trạng thái",
    "state": "tình trạng",
    "value": "số liệu",
    "qualifier": "từ chỉ mức độ",
    "from": "từ ngày",
    "to": "đến hết ngày",
    "right": "quyền",
    "branch": "phạm vi",
    "kinds": "dùng cho loại hình",
    "years": "đăng ký cho năm",
    "basis": "căn cứ",
    "purpose": "mục đích",
    "day": "ngày",
    "paper": "số văn bản",
    "reason": "lý do",
    "rating": "mức xếp loại",
    "badge": "huy hiệu (năm tuổi đảng)",
    "elsewhere": "nơi đi, nơi đến",
    "until": "thôi sinh hoạt từ ngày",
    "petitions": "kiến nghị",
    "count": "số lượng",
    "owner": "cơ quan giải quyết",
    "answer_number": "số văn bản trả lời",
    "serial": "số tệp",
    "rows": "số dòng",
}
FIGURE = {"state", "value", "qualifier"}  # what the log keeps of one figure
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HIDDEN = "ẩn"
REPORTING_LINE = (Right.ENTER, Right.WRITE, Right.REVIEW, Right.LOCK)  # whoever holds none of these is not told private numbers
PLACES = []  # functions of the rooms above: keys of cells → dict: key → Place


@dataclass(frozen=True)
class Place:
    """A cell that log lines name by its key: what it is called, and whether its numbers stay within the reporting line."""

    name: str
    is_private: bool = False


def places_of(entries):
    """dict: key → Place of every cell that log lines of `entries` name. No query when they name none."""
    keys = {entry.place for entry in entries if entry.place}
    return {key: place for find in PLACES for key, place in find(keys).items()} if keys else {}


def tell(entries, user):
    """Give each of `entries` what the log page shows of it: `where`, the cell by its name, and `differences`.

    Private numbers of bodies where `user` only reads or audits are hidden, unless he wrote them.
    """
    places = places_of(entries)
    private = [entry for entry in entries if entry.place in places and places[entry.place].is_private and entry.actor_pk != user.pk]
    near = (
        set(reach(user, *REPORTING_LINE).filter(pk__in={entry.organization_pk for entry in private}).values_list("pk", flat=True))
        if private
        else set()
    )
    for entry in entries:
        entry.where = places[entry.place].name if entry.place in places else entry.place
        entry.differences = differences(entry)
    for entry in private:
        if entry.organization_pk not in near:
            entry.differences = [(label, HIDDEN, HIDDEN) for label, _, _ in entry.differences]


def told(row, fields):
    """dict: field → its value in words, as the log keeps it."""
    words = {}
    for name in fields:
        display = getattr(row, f"get_{name}_display", None)
        words[name] = _words(display() if display else getattr(row, name))
    return words


def differences(entry):
    """What a log line says has changed: (label, before, after) of each value that differs and has a name people know.

    A line without a before tells of something new: only what stands on its own is listed (a right, a branch, a day), not a whole row.
    """
    before, after = (side if isinstance(side, dict) else {} for side in (entry.before, entry.after))
    if before.keys() == FIGURE or after.keys() == FIGURE:
        return [(LABELS["value"], _figure(before), _figure(after))]
    if not entry.subject:
        return []
    rows = []
    for name in dict.fromkeys([*before, *after]):
        if not before and name not in LABELS:
            continue
        label = _label(entry.subject, name)
        old, new = (_shown(name, side.get(name)) for side in (before, after))
        if label and old != new:
            rows.append((label, old, new))
    return rows


def _figure(side):
    """1.500 · hơn 245 · không phát sinh · chưa nhập: as the history of the cell tells it."""
    state = side.get("state", MISSING)
    if state != GIVEN:
        return STATES.get(state, STATES[MISSING])
    return f"{QUALIFIERS.get(side.get('qualifier'), '')} {_number(side.get('value'))}".lstrip()


def _number(text):
    try:
        return number(Decimal(str(text)))
    except (InvalidOperation, ValueError):
        return str(text)


def _words(value):
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.date):
        return screen_date(value)
    return "" if value is None else str(value)


def _label(subject, name):
    if name in LABELS:
        return LABELS[name]
    try:
        label = str(apps.get_model(TOLD_BY.get(subject, subject))._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return ""
    return "" if label == name.replace("_", " ") else label  # Django's own label: a field no person writes


def _shown(name, value):
    if isinstance(value, dict | list):
        return ", ".join(map(str, value)) if isinstance(value, list) and all(isinstance(item, str) for item in value) else "(nội dung)"
    if name == "status" and value in Status.values:
        return Status(value).label
    if isinstance(value, str) and DAY.fullmatch(value):
        return _day(value)
    text = _number(value) if name == "value" and value else _words(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _day(text):
    try:
        return screen_date(dt.date.fromisoformat(text))
    except ValueError:
        return text
