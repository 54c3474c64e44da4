"""Rows and log lines told in words: what the log keeps of a row, and what a reader of the log is shown."""

import datetime as dt

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from partyreports.vietnamese import screen_date

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
}


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
    rows = []
    for name in dict.fromkeys([*before, *after]):
        if not before and name not in LABELS:
            continue
        label = _label(entry.subject, name)
        old, new = (_shown(name, side.get(name)) for side in (before, after))
        if label and old != new:
            rows.append((label, old, new))
    return rows


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
    text = _words(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
