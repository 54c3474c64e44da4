"""Typing the figures of a report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partyreports.metrics.entry import sheet_of
from partyreports.metrics.forms import FiguresForm
from partyreports.periods.deadline import due

from .reports import report_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """All cells of a report. Whatever is valid is saved; the rest comes back as it was typed, with a sentence at its place."""
    report = report_of(request.user, pk)
    if request.method == "POST":
        return _save(request, report)
    if not report.writable_by(request.user):
        if report.is_open and report.period.is_open:
            raise PermissionDenied("Đồng chí không có quyền nhập số liệu của tổ chức này.")
        messages.warning(request, f"Báo cáo không sửa được lúc này: {report.closed_because}")
        return redirect(report)
    return _page(request, report, sheet_of(report))


def _save(request, report):
    saved = FiguresForm(report, request.POST).save(by=request.user)
    if saved.refusal and saved.refusal.reason == "right":
        raise PermissionDenied(saved.refusal.sentence)
    done = f"Đã lưu {saved.count} ô." if saved.count else "Không có ô nào thay đổi."
    if not saved.kept:
        messages.success(request, done)
        return redirect("metrics:edit", report.pk)
    if saved.refusal:
        messages.error(request, f"{saved.refusal.sentence} Nội dung đồng chí vừa gõ còn nguyên ở dưới, chưa được lưu.")
    else:
        messages.warning(request, f"{done} Còn {len(saved.kept)} ô chưa lưu: xem lý do ở từng ô, nội dung đã gõ còn nguyên.")
    return _page(request, report, sheet_of(report, kept=saved.kept), status=409 if saved.refusal or saved.has_conflicts else 200)


def _page(request, report, sheet, *, status=200):
    context = {"report": report, "sheet": sheet, "due": due(report.period), "steps": report.steps_for(request.user)}
    return render(request, "metrics/edit.html", context, status=status)
