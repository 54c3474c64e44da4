"""Who reaches a badge in a round, and the award written for those who got it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone

from organizations import badges, roster, tree
from organizations.chosen import asked, chosen_year
from organizations.forms.badges import AwardForm, BadgeFilterForm
from organizations.models import Stay
from organizations.models.members import WRITERS


def list_badges(request):
    """The list of a round; posted, the decision is written for the members marked."""
    user, year = request.user, chosen_year(request)
    filters = BadgeFilterForm(user, year, asked(request, "to_chuc"))
    held = filters.round(timezone.localdate())
    branch = filters.cleaned_data.get("to_chuc")
    rows = filters.narrow(badges.due(roster.stays_on(branch, on=held.on, among=Stay.objects.visible_to(user)), held))
    if request.method == "POST" and not user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = AwardForm(rows, request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Đã ghi trao {form.award(held, by=user):02d} huy hiệu đợt {held}.")
        return redirect(request.get_full_path())
    cells = tree.told_apart({row.stay.organization_id for row in rows}, on=held.on)
    chosen = form.data.getlist("members") if form.is_bound else []
    for row in rows:
        row.cell, row.is_chosen = cells.get(row.stay.organization_id, ""), row.key in chosen
    context = {
        "filters": filters,
        "held": held,
        "source": badges.SOURCE,
        "form": form,
        "rows": rows,
        "counts": [(years, sum(row.years == years for row in rows)) for years in badges.YEARS if any(row.years == years for row in rows)],
        "may_write": user.holds(*WRITERS),
    }
    return render(request, "organizations/badges.html", context)
