"""What a body is to reach in a period: typed by whoever reviews or locks it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from organizations.access import reach
from organizations.review import Problem
from partyreports.metrics.expected import SEEN_WITH
from partyreports.metrics.forms import TargetsForm
from partyreports.periods.models import Period

from .reports import form_of, may_assign


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request, code, organization):
    period = get_object_or_404(Period, code=code)
    organization = get_object_or_404(reach(request.user, *SEEN_WITH), pk=organization)
    if not may_assign(request.user, organization.pk):
        raise PermissionDenied("Chỉ tiêu giao do người có quyền duyệt hoặc khóa ghi.")
    place, form = form_of(organization, period)
    lines, kept = form.lines_for(period) if form else [], {}
    if request.method == "POST":
        count, kept = TargetsForm(organization, period, lines, request.POST).save(by=request.user)
        done = f"Đã ghi {count} chỉ tiêu giao." if count else "Không có chỉ tiêu giao nào thay đổi."
        if not kept:
            messages.success(request, done)
            return redirect("metrics:body", period.code, organization.pk)
        messages.warning(request, f"{done} Còn {len(kept)} ô chưa lưu: xem lý do ở từng ô.")
    rows = TargetsForm(organization, period, lines).rows(kept)
    context = {
        "organization": organization,
        "place": place,
        "period": period,
        "rows": rows,
        "problems": [Problem(f"{row['indicator'].name}: {row['kept'].sentence}", where=row["key"]) for row in rows if row["kept"]],
    }
    return render(request, "metrics/targets.html", context)
