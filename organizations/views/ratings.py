"""The yearly ratings of members: the branch at a glance, the sheet of one body, and the caps the administrator keeps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from organizations import ratings, tree
from organizations.access import Right, may, reach, rights_on
from organizations.chosen import asked, chosen_year
from organizations.forms.ratings import NONE, CapForm, RatingFilterForm, RatingsForm
from organizations.models import MemberRating, OrganizationVersion, RatingCap
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.pages import page_of

YEARS = (2000, 2100)
PARTS = 200  # bodies below one that is too large for a sheet


@require_safe
def list_ratings(request):
    """The base organisations of a branch: members, levels, ceiling."""
    year = chosen_year(request)
    form = RatingFilterForm(request.user, asked(request, "to_chuc"))
    form.is_valid()
    branch, on = form.cleaned_data.get("to_chuc"), ratings.last_day(year)
    seen = reach(request.user, *REGISTERS_SEEN_WITH)
    bases = OrganizationVersion.objects.under(branch, on=on) if branch else OrganizationVersion.objects.on(on)
    bases = bases.filter(organization__in=seen.values("pk"), kind__is_base=True).select_related("kind").order_by("kind__order", "sort", "pk")
    page = page_of(request, bases)
    context = {
        "form": form,
        "year": year,
        "levels": MemberRating.Level.labels,
        "lines": ratings.lines(list(page), year),
        "page": page,
        "cap": ratings.cap_of(year),
        "branch": branch,
        "keeps_caps": _keeps_caps(request.user),
    }
    return render(request, "organizations/ratings.html", context)


def rate(request, pk):
    """The sheet of a chi bộ or of a base organisation: one row a member."""
    year = chosen_year(request)
    organization = get_object_or_404(reach(request.user, *REGISTERS_SEEN_WITH), pk=pk)
    may_write = bool(rights_on(request.user, organization) & set(WRITERS))
    if request.method == "POST" and not may_write:
        raise PermissionDenied("Đồng chí không có quyền ghi xếp loại của tổ chức này.")
    stays = ratings.sheet(organization, year)
    form = RatingsForm(stays, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = form.save(year, by=request.user)
        messages.success(request, f"Đã ghi xếp loại của {changed:02d} đảng viên." if changed else "Không có gì thay đổi.")
        return redirect("organizations:rate", organization.pk)
    on = ratings.last_day(year)
    base = tree.names([ratings.base_of(organization, year)], on=on)
    cells = tree.told_apart({stay.organization_id for stay in stays}, on=on)
    context = {
        "organization": organization,
        "name": tree.told_apart([organization], on=on)[organization.pk],
        "year": year,
        "on": on,
        "levels": MemberRating.Level.choices,
        "form": form,
        "rows": [] if len(stays) > ratings.LARGEST else _rows(form, stays, cells),
        "is_mixed": len(cells) > 1,
        "is_too_large": len(stays) > ratings.LARGEST,
        "parts": tree.children(organization.pk, on=on)[:PARTS] if len(stays) > ratings.LARGEST else [],
        "line": next(iter(ratings.lines(list(base.values()), year)), None),
        "is_part": organization.pk not in base,
        "may_write": may_write,
    }
    return render(request, "organizations/rate.html", context)


@require_safe
def list_caps(request):
    if not request.user.holds(*REGISTERS_SEEN_WITH, Right.MANAGE):
        raise PermissionDenied("Đồng chí chưa được giao quyền xem sổ theo dõi.")
    context = {
        "caps": RatingCap.objects.all(),
        "usual": ratings.cap_of(YEARS[0]),
        "year": chosen_year(request),
        "may_edit": _keeps_caps(request.user),
    }
    return render(request, "organizations/rating_caps.html", context)


def edit_cap(request, year):
    if not _keeps_caps(request.user):
        raise PermissionDenied("Chỉ người quản trị toàn bộ cây tổ chức mới sửa giới hạn xếp loại.")
    if not YEARS[0] <= year <= YEARS[1]:
        raise Http404
    cap = ratings.cap_to_edit(year)
    form = CapForm(request.user, request.POST or None, instance=cap)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Đã lưu giới hạn xếp loại năm {form.save().year}.")
        return redirect("organizations:rating_caps")
    return render(request, "organizations/rating_cap.html", {"form": form, "year": year})


def _rows(form, stays, cells):
    """(stay, name of the field, level as it stands or was sent, chi bộ) of each row."""
    rows = []
    for stay in stays:
        name = f"member-{stay.member_id}"
        level = form.data.get(name, stay.level).replace(NONE, "") if form.is_bound else stay.level
        rows.append((stay, name, level, cells[stay.organization_id]))
    return rows


def _keeps_caps(user):
    top = tree.root()
    return top is not None and may(user, Right.MANAGE, top)
