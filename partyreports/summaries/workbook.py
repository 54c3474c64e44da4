"""A summary as an Excel workbook: the same lines, with true numbers."""

import re
from decimal import Decimal

from partyreports import sheets
from partyreports.metrics.models import Indicator
from partyreports.metrics.values import Value
from partyreports.sheets import Column, Row, Sheet
from partyreports.vietnamese import GIVEN, MISSING, STATES, fold, screen_date

from .notes import approved, notes_for, standing_line

WHOLE_WORDS = re.compile(r"^Đảng (bộ|ủy) ")


def summary_workbook(summary, sections, *, filters="", left_out=(), mark="", made_at):
    """The bytes of the workbook of `summary` with the `sections` that its page shows."""
    title = f"Tổng kết {summary.period} – {summary.name}"
    heading = [title, f"{approved(summary)}. {standing_line(summary)}"] + ([f"Lọc: {filters}."] if filters else [])
    years = [summary.period.title] + ([summary.previous.title, "Tăng, giảm"] if summary.previous else [])
    compared = [Column("Số nơi so sánh được, nếu không phải tất cả", "count", 13)] if summary.previous else []
    columns = (
        Column("Chỉ tiêu", width=46),
        Column("Đơn vị tính", width=12),
        *(Column(year, "number", 13) for year in years),
        *compared,
        Column("Kết quả của nơi được giao chỉ tiêu", "number", 14),
        Column("Chỉ tiêu giao", "number", 12),
        Column("Tỷ lệ đạt", "percent", 11),
        Column("Số báo cáo có số liệu", "count", 11),
        Column("Cấp dưới cộng lại", "number", 13),
        *(Column(column.name, "number", 14) for column in summary.columns),
    )
    rows = []
    for section in sections:
        rows.append(Row((section.name,), "section"))
        rows += [_row(line, summary) for line in section.lines]
    table = Sheet("Tổng kết", columns, tuple(rows), tuple(heading), (*notes_for(summary, left_out), *([mark] if mark else [])))
    return sheets.workbook([table, _reports(summary, heading)], title=title, mark=mark, made_at=made_at)


def file_name(summary):
    """2024_TongKet_HuyenDonDuong.xlsx"""
    words = re.findall("[a-z0-9]+", fold(WHOLE_WORDS.sub("", summary.name)))
    code = "-".join(re.findall("[a-z0-9]+", fold(summary.period.code)))
    return f"{code}_TongKet_{''.join(word.capitalize() for word in words)[:80] or 'ToChuc'}.xlsx"


def _row(line, summary):
    change = line.change and _number(line.indicator, line.change.amount, "khoảng" if line.change.is_rough else "", is_change=True)
    aim = line.aim
    cells = (
        line.indicator.name,
        line.indicator.unit,
        _cell(line.total),
        *([_cell(line.previous), change, line.change and line.change.bodies] if summary.previous else []),
        aim and _number(line.indicator, aim.result.amount, aim.prefix),
        aim and _number(line.indicator, aim.target),
        aim and aim.percent,
        line.reports or None,
        line.below and _cell(line.below),
        *map(_cell, line.cells),
    )
    return Row(cells, indent=line.depth)


def _cell(cell):
    if cell.mask:
        return cell.mask
    if cell.is_given:
        return _number(cell.indicator, cell.value.value, cell.prefix)
    return None if cell.value.state == MISSING else STATES[cell.value.state]


def _number(indicator, amount, prefix="", *, is_change=False):
    """A true number in the indicator's own way; a change of percentages is in points."""
    if indicator.is_percent and is_change:
        return sheets.Cell(amount, "number", indicator.decimals, prefix, "điểm %")
    if indicator.is_percent:
        return sheets.Cell(amount, "percent", indicator.decimals, prefix)
    decimals = indicator.decimals if indicator.kind == Indicator.Kind.AVERAGE else None
    return sheets.Cell(amount, "number", decimals, prefix)


def _reports(summary, heading):
    """Who has a final report: the sheet that tells what the totals stand on."""
    columns = (Column("Tổ chức", width=60), Column("Báo cáo phải gửi", "count", 16), Column("Đã duyệt", "count", 16), Column("Tỷ lệ", "percent", 12))
    rows = [(column.name, column.expected, column.final, _share(column)) for column in summary.columns]
    rows.append(Row((f"Toàn bộ, ngày {screen_date(summary.period.ends_on)}", summary.expected, summary.final, _share(summary)), "total"))
    return Sheet("Báo cáo đã duyệt", columns, tuple(rows), tuple(heading))


def _share(counted):
    share = Value(GIVEN, Decimal(counted.final), target=Decimal(counted.expected)).attainment
    return sheets.Cell(share, "percent", 1)
