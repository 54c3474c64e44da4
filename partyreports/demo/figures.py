"""Periods, targets and the figures of the ten bodies, typed by the clerk and approved by the reviewer."""

import datetime as dt

from organizations.models import LogEntry
from partyreports.metrics.models import Indicator, Target, YearlyReport
from partyreports.periods.models import Period
from partyreports.vietnamese import parse_figure, parse_number

from .files import described

FILE = described("figures.toml")


def open_periods():
    """dict: code → period, all of them open; a year follows the year before it."""
    periods = {}
    for facts in FILE["period"]:
        first, _, last = facts["code"].partition("-")
        kind = Period.Kind.SPAN if last else Period.Kind.YEAR
        period = Period.objects.create(
            code=facts["code"],
            kind=kind,
            starts_on=dt.date(int(first), 1, 1),
            ends_on=dt.date(int(last or first), 12, 31),
            previous=None if last else periods.get(str(int(first) - 1)),
        )
        LogEntry.write("create", by=None, about=period, after={"code": period.code})
        periods[period.code] = period
    return periods


def close_past_periods(periods, *, by):
    """Close every period but the ones the file leaves open."""
    for facts in FILE["period"]:
        if not facts.get("is_open"):
            periods[facts["code"]].turn(is_open=False, by=by, note="Số liệu những năm trước đã duyệt")


def assign_targets(bodies, periods, *, by):
    indicators = _indicators()
    for body, code, key, text in _cells("targets"):
        value = parse_number(text, decimals=indicators[key].decimals)
        Target.objects.assign(bodies[body], periods[code], indicators[key], value, by=by, seen=None)


def write_reports(bodies, periods, *, clerk, reviewer):
    """Each report of the file: begun, typed and sent up by the clerk, approved by the reviewer. Oldest period first."""
    indicators, reports = _indicators(), {}
    for body, code, key, text in _cells("figures"):
        reports.setdefault((code, body), []).append((indicators[key], parse_figure(text, decimals=indicators[key].decimals), 0))
    for code, body in sorted(reports, key=lambda place: (periods[place[0]].ends_on, place)):
        report = YearlyReport.objects.start(bodies[body], periods[code], by=clerk)
        report.write_many(reports[code, body], by=clerk, reasons=FILE["reasons"].get(body, {}).get(code))
        report.take("submit", by=clerk)
        report.take("approve", by=reviewer)


def _cells(table):
    """(body, period, indicator key, text as typed) for every cell of one table of the file."""
    for body, periods in FILE[table].items():
        for code, cells in periods.items():
            for key, text in cells.items():
                yield body, code, key, text


def _indicators():
    return {indicator.key: indicator for indicator in Indicator.objects.all()}
