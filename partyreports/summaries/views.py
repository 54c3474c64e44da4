"""The summary of a branch for a period, on the page and as a workbook: one gate for both."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import exports, tree
from organizations.access import reach
from organizations.chosen import asked
from organizations.models import OrganizationVersion
from partyreports.metrics.expected import SEEN_WITH
from partyreports.periods.chosen import chosen_period
from partyreports.sheets import CONTENT_TYPE

from .drill import groups_of, heads_of, parts_of
from .forms import SummaryFilter, asked_period, branches_to_choose
from .notes import approved, notes_for, standing_line
from .summary import ended_during, summarise
from .workbook import file_name, summary_workbook

WIDE = 16  # columns of bodies that still fit on a printed page


def branch_of(request, on):
    """The organisation asked for by `nhanh`, through the gate; the highest one of the user's branches when none is asked for."""
    reached = reach(request.user, *SEEN_WITH)
    key = asked(request, "nhanh").get("nhanh", "")
    if key:
        if not (key.isascii() and key.isdigit() and len(key) < 16):
            raise Http404
        return get_object_or_404(reached, pk=key)
    highest = OrganizationVersion.objects.last_standing(on=on).filter(organization__in=reached).order_by("level", "kind__order", "sort")
    version = highest.select_related("organization").first()
    if version is None:
        raise PermissionDenied("Đồng chí chưa được giao quyền xem số liệu của tổ chức nào: đề nghị người quản trị phân quyền.")
    return version.organization


def period_of(request):
    """The period of the address, else the one chosen at the top; None in an empty portal."""
    code = request.GET.get("ky", "")
    period = asked_period(code, chosen_period(request))
    if code and period is None:
        raise Http404
    return period


@require_safe
def show_summary(request):
    period = period_of(request)
    branch = branch_of(request, period.ends_on if period else timezone.localdate())
    if period is None:
        return render(request, "summaries/empty.html")
    summary = summarise(branch, period, seen_by=request.user)
    versions = branches_to_choose(reach(request.user, *SEEN_WITH), period.ends_on)
    form = SummaryFilter(request.GET, summary=summary, branch=branch, versions=versions)
    heads = heads_of(summary)
    context = {
        "summary": summary,
        "branch": branch,
        "form": form,
        "heads": heads,
        "groups": groups_of(summary, form.sections(), heads),
        "approved": approved(summary),
        "standing_line": standing_line(summary),
        "notes": notes_for(summary, ended_during(branch, period, seen_by=request.user)),
        "filters": form.in_words(),
        "above": crumbs(request.user, branch, period.ends_on),
        "is_wide": len(heads) > WIDE,
        "made_at": timezone.now(),
    }
    return render(request, "summaries/show.html", context)


@require_safe
def show_bodies(request, key):
    """One total and the bodies it is made of, each with the way to its report and to the events that were counted."""
    period = period_of(request)
    branch = branch_of(request, period.ends_on if period else timezone.localdate())
    summary = summarise(branch, period, seen_by=request.user) if period else None
    line = next((line for line in summary.lines if line.indicator.key == key), None) if summary else None
    if line is None:
        raise Http404
    context = {
        "summary": summary,
        "branch": branch,
        "line": line,
        "parts": parts_of(summary, line),
        "notes": notes_for(summary),
        "standing_line": standing_line(summary),
        "above": crumbs(request.user, branch, period.ends_on),
    }
    return render(request, "summaries/bodies.html", context)


@require_safe
def download_summary(request):
    period = period_of(request)
    branch = branch_of(request, period.ends_on if period else timezone.localdate())
    if period is None:
        raise Http404
    summary = summarise(branch, period, seen_by=request.user)
    if summary.branch is None:
        raise Http404
    form = SummaryFilter(request.GET, summary=summary, branch=branch, versions=())
    left_out = ended_during(branch, period, seen_by=request.user)
    sections, name = form.sections(), file_name(summary)
    try:
        serial = exports.take_out(
            request.user,
            rows=sum(len(section.lines) for section in sections),
            about=branch,
            organization_pk=branch.pk,
            note=f"Tổng kết {period}: {name}",
        )
    except exports.TooMuch as refused:
        messages.error(request, refused.sentence)
        return redirect("summaries:show")
    data = summary_workbook(summary, sections, filters=form.in_words(), left_out=left_out, mark=serial.mark, made_at=timezone.now())
    return HttpResponse(data, headers={"Content-Type": CONTENT_TYPE, "Content-Disposition": f'attachment; filename="{name}"'})


def crumbs(user, branch, on):
    """Versions of the bodies above the branch on a date that the user reaches, from the top down."""
    above = tree.ancestors(branch, on=on)
    reached = set(reach(user, *SEEN_WITH).filter(pk__in=[version.organization_id for version in above]).values_list("pk", flat=True))
    return [version for version in above if version.organization_id in reached]
