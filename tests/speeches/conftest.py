"""A commune with an approved report of 2024, one of 2023, a target, a model and a template: what speeches are composed from."""

from decimal import Decimal

import pytest

from organizations.review import Status
from partyreports.metrics.models import Figure
from partyreports.speeches.compose import compose
from tests import makers

TEXT = """[[kính thưa]]
Kính thưa Hội nghị!
# I. Kết quả
Trong năm [[năm]], [[đảng bộ]] kết nạp [[số: members_admitted]] đảng viên, [[so sánh: members_admitted]].
- Nông thôn: **[[cặp: members_admitted:rural / members_admitted]]** đồng chí.
- Chỉ tiêu: [[kết quả/chỉ tiêu: members_admitted]], đạt [[tỷ lệ đạt: members_admitted]], [[đánh giá: members_admitted]].
{? dialogue_sessions}Đối thoại được [[số: dialogue_sessions]] buổi.
{! dialogue_sessions}Trong năm chưa tổ chức đối thoại.
Xin cảm ơn!"""


@pytest.fixture
def indicators(db):
    """dict: key → Indicator."""
    admitted = makers.make_indicator(code="members_admitted", name="Đảng viên mới kết nạp", unit="đảng viên")
    rural = makers.make_indicator(
        code="members_admitted", breakdown="rural", name="Kết nạp ở nông thôn", unit="đảng viên", part_of=admitted, part_kind="overlap"
    )
    share = makers.make_indicator(
        code="members_admitted_share", breakdown="rural", name="Tỷ lệ ở nông thôn", unit="%", kind="ratio", adds="ratio", decimals=2,
        numerator=rural, denominator=admitted,
    )  # fmt: skip
    sessions = makers.make_indicator(code="dialogue_sessions", name="Số hội nghị đối thoại", unit="hội nghị")
    revenue = makers.make_indicator(code="budget_revenue", name="Thu ngân sách", unit="đồng", kind="money")
    return {indicator.key: indicator for indicator in (admitted, rural, share, sessions, revenue)}


@pytest.fixture
def report(indicators, cell, y2023, y2024):
    """The approved report of 2024; that of 2023 stands beside it."""
    admitted, rural = indicators["members_admitted"], indicators["members_admitted:rural"]
    makers.make_report(organization=cell, period=y2023, status=Status.APPROVED, figures={admitted: 7})
    makers.make_target(organization=cell, period=y2024, indicator=admitted, value=8)
    return makers.make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={admitted: 9, rural: 5})


@pytest.fixture
def template(cell, report):
    return makers.make_template(text=TEXT, title="Công tác phát triển đảng viên năm [[năm]]", name="Phát triển đảng viên")


@pytest.fixture
def speech(cell, y2024, template, an):
    """An's draft, composed from the template."""
    return compose(organization=cell, period=y2024, template=template, by=an)


@pytest.fixture
def set_figure(report):
    """A function: give a figure of the approved report another value, or take it away with None."""

    def write(indicator, value, *, state="given"):
        Figure.objects.filter(report=report, indicator=indicator).delete()
        if value is not None or state != "given":
            number = Decimal(str(value)) if value is not None else None
            Figure.objects.create(report=report, indicator=indicator, value=number, state=state, entered_by=report.submitted_by)

    return write
