"""Typing the figures of a report."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partyreports.metrics.entry import sheet_of
from partyreports.metrics.forms import FiguresForm
from partyreports.periods.deadline import due

from .reports import acts_on, report_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """All cells of a report. Whatever is valid is saved; the rest comes back as it was typed, with a sentence at its place."""
    report = report_of(request.user, pk)
    if request.method == "POST":
        return _save(request, report)
    if report.closed_because:
        messages.warning(request, f"Báo cáo không sửa được lúc này: {report.closed_because}")
        return redirect(report)
    acts = acts_on(report, request.user)
    if not acts["may_write"]:
        raise PermissionDenied("Đồng chí không có quyền nhập số liệu của tổ chức này.")
    return _page(request, report, sheet_of(report), acts)


def _save(request, report):
    saved = FiguresForm(report, request.POST).save(by=request.user)
    if saved.refusal and saved.refusal.reason == "right":
        raise PermissionDenied(saved.refusal.sentence)
    if not saved.kept:
        messages.success(request, f"Đã lưu {saved.count} ô." if saved.count else "Không có ô nào thay đổi.")
        return redirect("metrics:edit", report.pk)
    left = f"{len(saved.kept)} ô chưa lưu được: xem lý do ở từng ô, nội dung đã gõ còn nguyên."
    if saved.refusal:
        messages.error(request, f"{saved.refusal.sentence} Nội dung đồng chí vừa gõ còn nguyên ở dưới, chưa được lưu.")
    else:
        messages.warning(request, f"Đã lưu {saved.count} ô, {left}" if saved.count else left)
    return _page(
        request, report, sheet_of(report, kept=saved.kept), acts_on(report, request.user), status=409 if saved.refusal or saved.has_conflicts else 200
    )


def _page(request, report, sheet, acts, *, status=200):
    return render(request, "metrics/edit.html", {"report": report, "sheet": sheet, "due": due(report.period), **acts}, status=status)
