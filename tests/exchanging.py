"""Registers in Excel, for tests: export one, write lines for one, send a file as the pages do."""

import datetime as dt

from organizations.exchange import registered
from organizations.exchange.running import read_on_trial, write
from organizations.exchange.workbooks import export_of, fields_for
from organizations.models import Account, Import
from partyreports import sheets


def export(slug, *, by):
    """The workbook of everything `by` sees in the register."""
    exchange = registered(slug)
    return export_of(exchange, by, exchange.rows(by))


def sheet_of(slug, *, by, lines, columns=None):
    """A workbook with `lines`: dicts of heading → what a person typed there (text, number or day). All columns, or those named."""
    titles = [field.title for field in fields_for(registered(slug), by)]
    unknown = {title for line in lines for title in line} - set(titles)
    assert not unknown, unknown
    shown = [sheets.Column(title) for title in columns or titles]
    rows = [[_cell(line.get(column.title)) for column in shown] for line in lines]
    return sheets.workbook([sheets.Sheet(registered(slug).title, shown, rows)], title="Tệp thử")


def _cell(value):
    return sheets.Cell(value, "date" if isinstance(value, dt.date) else "number" if isinstance(value, int) else None)


def import_file(slug, *, by, content, confirm=False, name="thu.xlsx"):
    """The Import of `content` after its dry run, and after the writing when it is confirmed."""
    account = Account.objects.get(pk=by.pk)
    work = Import.objects.create(register=slug, file_name=name, content=content, uploaded_by=account)
    read_on_trial(work)
    if confirm and work.move(Import.State.READY, to=Import.State.CONFIRMED):
        write(work)
    return Import.objects.get(pk=work.pk)
