"""The files a register goes out in: the template to fill in, and the rows that stand already in the same columns."""

import re
from dataclasses import replace
from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from organizations.exchange.bodies import labels_of, offered_to
from organizations.exchange.registers import CODE
from partyreports import sheets
from partyreports.vietnamese import fold, moment

MOST_ROWS = 5_000


def fields_for(exchange, user):
    """The columns of the register with the choices this user has: pairs everywhere, the code in front."""
    found = [CODE]
    for field in exchange.fields:
        choices = field.choices(user) if callable(field.choices) else field.choices
        found.append(replace(field, choices=tuple(choices)))
    return tuple(found)


def template_of(exchange, user):
    """The bytes of an empty workbook of the register."""
    return sheets.template(_offering(exchange, fields_for(exchange, user), user), title=exchange.title, notes=_made_by(user), made_at=timezone.now())


def export_of(exchange, user, rows, *, waiting=(), told="", mark=""):
    """The bytes of a workbook with `rows` and the lines `waiting` behind them; `told` says what they were narrowed to. Constant queries."""
    fields = fields_for(exchange, user)
    cells = [{CODE.name: row.pk} | exchange.cells(row) for row in rows] + [{CODE.name: None, **line} for line in waiting]
    names = labels_of([line[field.name] for line in cells for field in fields if field.kind == "organization"])
    lines = [{field.name: words(field, line[field.name], names) for field in fields} for line in cells]
    notes = [*_made_by(user), *filter(None, (told, f"{mark}." if mark else ""))]
    return sheets.template(_offering(exchange, fields, user), lines, title=exchange.title, notes=notes, mark=mark, made_at=timezone.now())


def words(field, value, names):
    """A value as the cell of a workbook holds it: labels for choices, names for organisations, the value itself for the rest."""
    if isinstance(value, Model):
        value = value.pk
    match field.kind:
        case "organization":
            return names.get(value, "")
        case "choice":
            return next((str(label) for key, label in field.choices if key == value), str(value or ""))
        case "choices":
            picked = set(value or ())
            return "; ".join(str(label) for key, label in field.choices if key in picked)
    return value.date() if isinstance(value, datetime) else value


def file_name(exchange, kind):
    """SoDangVien_Mau.xlsx"""
    words = re.findall("[a-z0-9]+", fold(exchange.title))
    return f"{''.join(word.capitalize() for word in words)}_{kind}.xlsx"


def _offering(exchange, fields, user):
    """The fields with the names of organisations in their drop-downs: of the kinds that the column is for."""
    names, offering = {}, []
    for field in fields:
        if field.kind != "organization":
            offering.append(field)
            continue
        kind = exchange.offers.get(field.name, {})
        key = tuple(kind.items())
        if key not in names:
            names[key] = offered_to(user, exchange.writers, **kind)
        offering.append(replace(field, choices=names[key]))
    return tuple(offering)


def _made_by(user):
    return [f"{user} lấy tệp này từ cổng báo cáo lúc {moment(timezone.localtime())}. Chỉ dùng cho công việc của tổ chức."]
