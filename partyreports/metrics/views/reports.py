"""The list of a year, one report to read, its life, and its steps."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from organizations.access import Right, may, reach, rights_on
from organizations.chosen import asked
from organizations.models import LogEntry
from organizations.pages import page_of
from organizations.review import STEPS, Status
from organizations.steps import take_step
from partyreports.metrics import counted, expected, snapshots
from partyreports.metrics.entry import sheet_of
from partyreports.metrics.forms import ListFilter
from partyreports.metrics.models import CellRefused, Indicator, ReportForm, YearlyReport, stood_in
from partyreports.metrics.sensitive import REPORTING_LINE, is_in_reporting_line, is_sensitive
from partyreports.periods.chosen import chosen_period
from partyreports.periods.deadline import due
from partyreports.periods.models import Period
from partyreports.vietnamese import MISSING

LAST_STEPS = 5
ASSIGN = {Right.REVIEW, Right.LOCK}


def report_of(user, pk):
    """The report, through the gate."""
    visible = YearlyReport.objects.visible_to(user).select_related("organization", "period__previous")
    return get_object_or_404(visible, pk=pk)


@require_safe
def list_reports(request):
    period = chosen_period(request)
    if period is None:
        return render(request, "metrics/list.html", {"period": None})
    versions = expected.bodies(period, request.user)
    form = ListFilter(asked(request, "nhanh") or None, user=request.user, period=period)
    page = page_of(request, form.narrow(versions).select_related("kind").order_by("level", "kind__order", "sort", "pk"))
    progress = expected.progress(period, request.user)
    context = {
        "period": period,
        "form": form,
        "page": page,
        "rows": expected.rows(page.object_list, period, request.user),
        "approved": progress[Status.APPROVED] + progress[Status.LOCKED],
        "missing": progress[MISSING],
        "total": sum(progress.values()),
        "due": due(period),
    }
    return render(request, "metrics/list.html", context)


@require_safe
def show_report(request, pk):
    report = report_of(request.user, pk)
    approval, acts = snapshots.last_approval(report), acts_on(report, request.user)
    context = {
        "report": report,
        "sheet": sheet_of(report, hides=acts["hides"]),
        "only_given": request.GET.get("hien") == "co-so",
        **acts,
        "due": due(report.period) if report.is_open else None,
        "changes": snapshots.changes(report, approval) if approval else [],
        "drifts": counted.drifts_of([report], hides=acts["hides"]).get(report.pk, []),
        "entries": report.history().exclude(action="write")[:LAST_STEPS],
        "others": YearlyReport.objects.visible_to(request.user)
        .filter(organization=report.organization_id)
        .exclude(pk=report.pk)
        .select_related("period")
        .order_by("-period__ends_on"),
    }
    return render(request, "metrics/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def body(request, code, organization):
    """A body that has no report for the period yet: what its form will ask, and the button that begins it."""
    period = get_object_or_404(Period, code=code)
    organization = get_object_or_404(reach(request.user, *expected.SEEN_WITH), pk=organization)
    report = YearlyReport.objects.visible_to(request.user).filter(organization=organization, period=period).first()
    if request.method == "POST":
        try:
            report = YearlyReport.objects.start(organization, period, by=request.user)
        except CellRefused as refusal:
            if refusal.reason == "right":
                raise PermissionDenied(refusal.sentence) from refusal
            return render(request, "409.html", {"sentence": refusal.sentence}, status=409)
        return redirect("metrics:edit", report.pk)
    if report:
        return redirect(report)
    place, form = form_of(organization, period)
    context = {
        "organization": organization,
        "place": place,
        "period": period,
        "form": form,
        "lines": form.lines_for(period) if form else [],
        "may_start": bool(form) and period.is_open and may(request.user, Right.ENTER, organization),
        "may_assign": may_assign(request.user, organization.pk),
        "due": due(period),
    }
    return render(request, "metrics/body.html", context)


@require_safe
def history(request, pk):
    """The steps of a report, and every writing of its cells."""
    report = report_of(request.user, pk)
    entries = LogEntry.objects.about(report)
    page = page_of(request, entries.filter(action="write").order_by("-pk"))
    context = {
        "report": report,
        "entries": entries.exclude(action="write").order_by("-pk"),
        "page": page,
        "writings": snapshots.writings(page.object_list, **_told(request.user, report)),
    }
    return render(request, "metrics/history.html", context)


@require_safe
def cell(request, pk, key):
    """The life of one cell."""
    report = report_of(request.user, pk)
    code, _, breakdown = key.partition(":")
    indicator = get_object_or_404(Indicator, code=code, breakdown=breakdown)
    entries = LogEntry.objects.about(report).filter(action="write", place=indicator.key).order_by("-pk")
    page = page_of(request, entries)
    context = {
        "report": report,
        "indicator": indicator,
        "page": page,
        "writings": snapshots.writings(page.object_list, **_told(request.user, report)),
    }
    return render(request, "metrics/cell.html", context)


@require_safe
def compare(request, pk):
    """What differs from the snapshot that was approved last."""
    report = report_of(request.user, pk)
    approval = snapshots.last_approval(report)
    hidden = _told(request.user, report)["hidden"]
    context = {"report": report, "approval": approval, "changes": snapshots.changes(report, approval, hidden=hidden) if approval else []}
    return render(request, "metrics/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, name):
    return take_step(request, report_of(request.user, pk), name)


def form_of(organization, period):
    """How the body stood at the end of `period`, and the form it fills for it; no form when nothing is asked of it or it did not exist."""
    place = organization.version(on=period.ends_on)
    is_asked = place is not None and stood_in(organization, period)
    return place, ReportForm.objects.of(place.kind_id, period) if is_asked else None


def acts_on(report, user):
    """What `user` may do with the report now, for the buttons of its pages: rights are asked once."""
    rights = rights_on(user, report.organization_id)
    return {
        "steps": [step for step in STEPS.values() if report.refusal(step, user, rights=rights) is None],
        "may_write": not report.closed_because and YearlyReport.WRITTEN_WITH in rights,
        "may_assign": bool(rights & ASSIGN),
        "hides": not rights & REPORTING_LINE,
    }


def may_assign(user, organization):
    """True when `user` may set what the body is to reach: whoever reviews or locks it."""
    return bool(rights_on(user, organization) & ASSIGN)


def _told(user, report):
    """The names of all indicators by key, and the keys whose numbers `user` is not told."""
    indicators = list(Indicator.objects.select_related("numerator", "denominator"))
    hides = not is_in_reporting_line(user, report.organization_id)
    return {
        "names": {indicator.key: indicator.name for indicator in indicators},
        "hidden": {indicator.key for indicator in indicators if hides and is_sensitive(indicator)},
    }
