"""Warm times of a district's summary over 50 and 500 bodies, and of its workbook; last year beside. Run: .venv/bin/python -m bench.summaries"""

import datetime as dt
import os
from decimal import Decimal

import django
from django.db import connection, reset_queries
from django.test.utils import override_settings
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partyreports.settings")
django.setup()  # before anything that declares a table

from bench.timing import median_ms  # noqa: E402
from organizations.kinds import load_kinds  # noqa: E402
from organizations.models import Account, Organization, OrganizationKind  # noqa: E402
from partyreports.metrics.catalogue import load_catalogue  # noqa: E402
from partyreports.metrics.models import Figure, ReportForm, YearlyReport  # noqa: E402
from partyreports.periods.models import Period  # noqa: E402
from partyreports.summaries.forms import Section  # noqa: E402
from partyreports.summaries.summary import summarise  # noqa: E402
from partyreports.summaries.workbook import summary_workbook  # noqa: E402

ROUNDS = 7


def measure():
    """Prints a line for each size and returns dict: size → (bodies, figures, queries, milliseconds of the summary, of the workbook)."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return {bodies: _measured(bodies) for bodies in (50, 500)}
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measured(bodies):

    top, period, figures = district(bodies)
    summary = summarise(top, period)
    sections = [Section(name, tuple(line for line in summary.lines if line.section == name)) for name in summary.sections]
    with override_settings(DEBUG=True):
        reset_queries()
        summarise(top, period)
        queries = len(connection.queries)
    shown = median_ms(lambda _: summarise(top, period), ROUNDS)
    written = median_ms(lambda _: summary_workbook(summary, sections, made_at=timezone.now()), ROUNDS)
    print(
        f"{bodies:4} bodies, {figures:6} figures of two years, {len(summary.lines)} lines: "
        f"summary {shown:6.0f} ms in {queries} queries, workbook {written:6.0f} ms"
    )
    return bodies, figures, queries, shown, written


def district(bodies):
    """A district of up to 50 communes, the rest chi bộ below them, all approved in 2023 and 2024: (district, the year 2024, how many figures)."""
    load_kinds()
    load_catalogue()
    kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
    before, year = (_year(number) for number in (2023, 2024))
    Period.objects.filter(pk=year.pk).update(previous=before)
    top = _found(f"Huyện ủy {bodies}", kinds["dang-bo-huyen"])
    communes = [_found(f"Đảng ủy xã {n}", kinds["dang-bo-xa"], top) for n in range(min(bodies, 50))]
    cells = [_found(f"Chi bộ {n}", kinds["chi-bo"], communes[n % len(communes)]) for n in range(bodies - len(communes))]
    figures = []
    for period in (before, year):
        for kind, organizations in (("dang-bo-xa", communes), ("chi-bo", cells)):
            lines = ReportForm.objects.of(kinds[kind], year).lines_for(year)
            figures += _figures(period, organizations, [line.indicator for line in lines if not line.indicator.is_computed])
    Figure.objects.bulk_create(figures, batch_size=1000)
    return top, Period.objects.select_related("previous").get(pk=year.pk), len(figures)


def _year(number):
    facts = {"starts_on": dt.date(number, 1, 1), "ends_on": dt.date(number, 12, 31)}
    return Period.objects.get_or_create(code=str(number), defaults=facts)[0]


def _found(name, kind, parent=None):
    return Organization.objects.found(on=dt.date(2000, 1, 1), name=name, kind=kind, parent=parent)


def _figures(period, organizations, indicators):
    clerk, reviewer = (Account.objects.get_or_create(username=name, defaults={"full_name": name})[0] for name in ("nhap", "duyet"))
    now = timezone.now()
    marks = {"status": "approved", "submitted_by": clerk, "submitted_at": now, "decided_by": reviewer, "decided_at": now}
    for organization in organizations:
        report = YearlyReport.objects.create(organization=organization, period=period, **marks)
        for place, indicator in enumerate(indicators):
            yield Figure(report=report, indicator=indicator, state="given", value=Decimal(place + report.pk % 7), entered_by=clerk)


if __name__ == "__main__":
    measure()
