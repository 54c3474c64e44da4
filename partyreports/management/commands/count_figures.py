"""Print what the registers count for a period: a readable table, or a JSON line a figure."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError

from organizations import tree
from organizations.models import Organization, OrganizationVersion
from partyreports.metrics import sources
from partyreports.metrics.counted import said
from partyreports.metrics.models import Indicator, ReportForm
from partyreports.periods.models import Period


class Command(BaseCommand):
    help = "In số liệu mà các sổ đếm được cho một kỳ."

    def add_arguments(self, parser):
        parser.add_argument("--period", required=True, help="mã kỳ, ví dụ 2024")
        parser.add_argument("--organization", help="mã tổ chức; bỏ trống: mọi tổ chức có biểu báo cáo của kỳ")
        parser.add_argument("--as-of", help="đếm đến hết ngày này, dạng 2024-06-30")
        parser.add_argument("--json", action="store_true", help="mỗi số liệu một dòng JSON")

    def handle(self, *, period, organization, as_of, json: bool, **options):
        period = _period(period)
        bodies = _bodies(period, organization)
        counts = sources.count_many(bodies, period, as_of=_day(as_of), tells=False)
        indicators = [indicator for indicator in Indicator.objects.order_by("order", "pk") if indicator.key in sources.SOURCES]
        for body in bodies.values():
            found = [(indicator, counts[body.pk][indicator.key]) for indicator in indicators if indicator.key in counts[body.pk]]
            if json:
                for indicator, counted in found:
                    self.stdout.write(_line(body, indicator, counted))
            elif found:
                self._table(body, period, found)

    def _table(self, body, period, found):
        self.stdout.write(f"{tree.names([body], on=period.ends_on)[body.pk].name} – {period}")
        width = max(len(indicator.name) for indicator, _ in found)
        for indicator, counted in found:
            self.stdout.write(f"  {indicator.name:<{width}}  {said(counted):>12} {indicator.unit}, {sources.SOURCES[indicator.key].register.title}")
        self.stdout.write("")


def _line(body, indicator, counted):
    value = int(counted.value) if counted.value == counted.value.to_integral_value() else float(counted.value)
    facts = {
        "organization": body.code,
        "indicator": indicator.code,
        "breakdown": indicator.breakdown or None,
        "value": value,
        "events": counted.number,
    }
    return json.dumps(facts, ensure_ascii=False)


def _period(code):
    period = Period.objects.filter(code=code).first()
    if period is None:
        raise CommandError(f"Không có kỳ báo cáo “{code}”.")
    return period


def _day(text):
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as unclear:
        raise CommandError(f"Không đọc được ngày “{text}”: viết dạng 2024-06-30.") from unclear


def _bodies(period, code):
    """dict: key → body, in the order of the tree: the one with `code`, or every one whose kind fills a form of that year."""
    if code is not None:
        found = Organization.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"Không có tổ chức nào mang mã “{code}”.")
        return {found.pk: found}
    kinds = ReportForm.objects.of_year(period.year).order_by().values("kinds")
    asked = OrganizationVersion.objects.on(period.ends_on).filter(kind__in=kinds)
    versions = asked.select_related("organization").order_by("level", "kind__order", "sort", "pk")
    return {version.organization_id: version.organization for version in versions}
