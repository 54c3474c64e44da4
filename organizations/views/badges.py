"""Who reaches a badge in a round, and the award written for those who got it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone

from organizations import badges, roster, tree
from organizations.access import reach
from organizations.chosen import asked, chosen_year
from organizations.forms.badges import AwardForm, BadgeFilterForm
from organizations.models import Organization, Stay
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.pages import open_page_of, page_of

AT_ONCE = 100  # members of one page: those of a district's round


def list_badges(request):
    """The list of a round; posted, the decision is written for the members marked."""
    user, year = request.user, chosen_year(request)
    filters = BadgeFilterForm(user, year, asked(request, "to_chuc"))
    held = filters.round(timezone.localdate())
    branch = filters.cleaned_data.get("to_chuc")
    due = filters.due(roster.stays_on(branch, on=held.on, among=Stay.objects.visible_to(user)), held)
    bodies = Organization.objects.now_under(branch) if branch else reach(user, *REGISTERS_SEEN_WITH)
    # Over a country the rows are there at once, and the counts are asked for by the page that shows them.
    counts = due.counts if not roster.is_wide(bodies) or "dem" in request.GET else None
    page = open_page_of(request, due, size=AT_ONCE) if counts is None else page_of(request, due, size=AT_ONCE, total=counts.total())
    rows = list(page)
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
        "page": page,
        "rows": rows,
        "is_counting": counts is None,
        "counts": [(years, counts[years]) for years in badges.YEARS if counts[years]] if counts else [],
        "may_write": user.holds(*WRITERS),
    }
    return render(request, "organizations/badges.html", context)
