"""From a counted figure to the events it was counted from."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from organizations.pages import page_of
from partyreports.metrics import counted
from partyreports.metrics.events import changed_since, told
from partyreports.metrics.models import Figure, YearlyReport
from partyreports.metrics.sensitive import is_in_reporting_line, is_sensitive
from partyreports.metrics.sources import SOURCES

from .reports import report_of


@vary_on_headers("HX-Request")
@require_safe
def events(request, pk, key):
    """What the register says of one figure of a report, now and when it was sent up, and the events behind it."""
    return _events(request, report_of(request.user, pk), key)


@vary_on_headers("HX-Request")
@require_safe
def of_body(request, code, organization, key):
    """The same from a place that knows the body and the period of a figure, but not its report: a speech."""
    visible = YearlyReport.objects.visible_to(request.user).select_related("organization", "period__previous")
    return _events(request, get_object_or_404(visible, organization=organization, period__code=code), key)


def _events(request, report, key):
    indicator = counted.indicator_at(key)
    if indicator is None or key not in SOURCES or key not in {line.indicator.key for line in report.lines}:
        raise Http404
    if is_sensitive(indicator) and not is_in_reporting_line(request.user, report.organization_id):
        raise Http404
    now = report.counts(keys=[key], tells=True).get(key)
    figure = Figure.objects.filter(report=report, indicator=indicator).first()
    then = counted.frozen(figure) if figure and not report.is_open else None
    drift = counted.drift_of(indicator, then, now) if then else None
    identities = [*(then or now or counted.NOTHING_LEFT).events, *(drift.added if drift else ())]
    page = page_of(request, identities)
    marked = {"added": drift.added, "gone": drift.gone, "changed": changed_since(page.object_list, report.submitted_at)} if drift else {}
    seen = told(page.object_list, request.user, **marked)
    context = {
        "report": report,
        "indicator": indicator,
        "key": key,
        "source": SOURCES[key],
        "figure": figure,
        "count": then or now,
        "said": counted.said(then or now) if then or now else "",
        "drift": drift,
        "page": page,
        "events": seen.events,
        "unseen": seen.unseen,
        "is_untold": bool(then or now) and (then or now).number > 0 and not identities,
        "is_sensitive": is_sensitive(indicator),
    }
    piece = request.headers.get("HX-Request")
    return render(request, "metrics/_events_row.html" if piece else "metrics/events.html", context)
