"""Which bodies are expected to report for a period, and how far each has come: a body without a report is a row like any other."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, FilteredRelation, Q, TextField, When
from django.db.models import Value as Constant
from django.utils import timezone

from organizations import tree
from organizations.access import reach
from organizations.models import OrganizationVersion
from organizations.review import FINAL, Status
from partyreports.periods.models import Period
from partyreports.vietnamese import MISSING

from .counted import drifts_of, summed_up
from .models import Figure, ReportForm, YearlyReport

SEEN_WITH = (*YearlyReport.WORKED_ON_WITH, *YearlyReport.READ_WITH)


def expected(period):
    """Versions, as of the period's end, of the bodies whose kind fills a form for it; none for a span of years.

    Narrow it with `filter(organization__in=…)`. A body that has ended by then is expected no more; one query, none for each body.
    """
    return OrganizationVersion.objects.filter(_is_expected(period))


def bodies(period, user):
    """Versions of the bodies `user` may see that are expected to report or have a report he may see, with `report_pk` and `status`.

    `status` is a Status or "missing"; a report that `user` may not see yet counts as missing. The report of each body is joined, and every
    condition is one on its row: over a country a question asked for each body takes minutes.
    """
    seen = OrganizationVersion.objects.last_standing(on=period.ends_on).filter(organization__in=reach(user, *SEEN_WITH))
    of_period = FilteredRelation("organization__yearlyreports", condition=Q(organization__yearlyreports__period=period))
    shown = Q(report__isnull=False) & _is_shown(user)
    asked = seen.annotate(report=of_period).annotate(
        report_pk=Case(When(shown, then=F("report__pk"))),
        status=Case(When(shown, then=F("report__status")), default=Constant(MISSING), output_field=TextField()),
    )
    return asked.filter(_is_expected(period) | Q(report_pk__isnull=False))


def _is_expected(period):
    """Condition on versions: it stands at the end of the period, and its kind fills a form then."""
    stands = Q(valid_to=None) | Q(valid_to__gt=period.ends_on)
    return Q(stands, is_asked(period), valid_from__lte=period.ends_on)


def is_asked(period):
    """Condition on versions that stand at the end of the period: their kind fills a form for it."""
    return Q(kind__in=_asked_kinds(period)) if period.kind == Period.Kind.YEAR else Q(pk__in=[])


def _is_shown(user):
    """Condition on versions that `user` reaches, with their `report`: as YearlyReport.objects.visible_to says, he may see it."""
    held = {right: user.held.get(right, ()) for right in SEEN_WITH}
    worked = tuple(path for right in YearlyReport.WORKED_ON_WITH for path in held[right])
    if worked and all(path.startswith(worked) for paths in held.values() for path in paths):
        return Q(report__isnull=False)  # he takes part in the work wherever he reads: no need to ask where
    return Q(report__status__in=FINAL) | Q(organization__in=reach(user, *YearlyReport.WORKED_ON_WITH))


@dataclass(frozen=True)
class Row:
    """One body of the list: its version of the time, its report or None, how many cells of its form are filled, and whether more may be seen."""

    version: OrganizationVersion
    parent: str
    report: YearlyReport | None
    filled: int
    asked: int
    is_worked_on: bool
    drift: str = ""  # what has changed in the registers since the report was sent up, for whoever may act on it

    @property
    def status(self):
        return self.report.status if self.report else MISSING

    @property
    def name(self):
        return self.version.party_name or self.version.name

    @property
    def days_late(self):
        """Days from the deadline to the day it was last sent up; 0 when in time, not sent, or without a deadline."""
        if not self.report or not self.report.submitted_at or not self.report.period.deadline:
            return 0
        return max((timezone.localdate(self.report.submitted_at) - self.report.period.deadline).days, 0)


def rows(versions, period, user):
    """Row objects for `versions` of `bodies`, in their order. A constant number of queries."""
    versions = list(versions)
    reports = YearlyReport.objects.filter(pk__in=[version.report_pk for version in versions if version.report_pk]).select_related("period")
    found = {report.organization_id: report for report in reports}
    asked = asked_of_kinds(period)
    filled = {}
    figures = Figure.objects.filter(report__in=found.values()).exclude(state=MISSING).values_list("report__organization", "indicator")
    for organization, indicator in figures:
        filled.setdefault(organization, set()).add(indicator)
    parents = tree.names([version.parent_id for version in versions if version.parent_id], on=period.ends_on)
    worked = set(
        reach(user, *YearlyReport.WORKED_ON_WITH).filter(pk__in=[version.organization_id for version in versions]).values_list("pk", flat=True)
    )
    drifts = drifts_of(report for report in found.values() if report.organization_id in worked)
    return [
        Row(
            version,
            _called(parents.get(version.parent_id)),
            found.get(version.organization_id),
            len(filled.get(version.organization_id, set()) & asked.get(version.kind_id, set())),
            len(asked.get(version.kind_id, ())),
            version.organization_id in worked,
            _drift(drifts, found.get(version.organization_id)),
        )
        for version in versions
    ]


def _drift(drifts, report):
    return summed_up(drifts[report.pk]) if report and report.pk in drifts else ""


def asked_of_kinds(period):
    """dict: key of a kind → the indicators that its form asks to be typed. Three queries."""
    asked = {}
    for form in ReportForm.objects.of_year(period.year).prefetch_related("kinds", "lines__indicator"):
        typed = {line.indicator_id for line in form.lines.all() if not line.indicator.is_computed}
        for kind in form.kinds.all():
            asked.setdefault(kind.pk, typed)
    return asked


def progress(period, user):
    """dict: status or "missing" → how many of the bodies `user` sees stand there; the sum is how many there are. One query."""
    counts = bodies(period, user).order_by().values_list("status").annotate(Count("pk"))
    return dict.fromkeys([MISSING, *Status.values], 0) | dict(counts)


def _asked_kinds(period):
    return ReportForm.objects.of_year(period.year).order_by().values("kinds")


def _called(version):
    return (version.party_name or version.name) if version else ""
