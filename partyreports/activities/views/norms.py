"""Pages of norms: which there are, who keeps them, the days they plan and what came of each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from organizations import tree
from organizations.access import reach, rights_on
from organizations.chosen import asked
from organizations.models import LogEntry, Reference
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.pages import page_of
from partyreports.activities.forms.filters import BranchFilterForm
from partyreports.activities.forms.norms import WRITERS, NormForm, PlanForm
from partyreports.activities.models import DialogueNorm, PlannedDialogue
from partyreports.activities.norms import WORDS, coverage, keeping, planned_days, tally, with_states, year_of
from partyreports.activities.plans import plan_year, unplanned
from partyreports.periods.chosen import chosen_period

FIRST_YEAR, LAST_YEAR = 2000, 2099


@require_safe
def list_norms(request):
    page = page_of(request, DialogueNorm.objects.visible_to(request.user).prefetch_related("kinds"))
    bodies = tree.told_apart([norm.organization_id for norm in page])
    for norm in page:
        norm.body = bodies.get(norm.organization_id, "")
    return render(request, "activities/norms.html", {"page": page, "may_write": request.user.holds(*WRITERS)})


@require_safe
def show_norm(request, pk):
    norm = get_object_or_404(DialogueNorm.objects.visible_to(request.user).prefetch_related("kinds"), pk=pk)
    year, today = _year(request), timezone.localdate()
    may_write = bool(rights_on(request.user, norm.organization_id) & set(WRITERS))
    form = BranchFilterForm(request.user, asked(request, "to_chuc"))
    seen = form.bodies(reach(request.user, *REGISTERS_SEEN_WITH))
    context = {
        "norm": norm,
        "form": form,
        "year": year,
        "body": norm.organization.version(on=year_of(year)[1]),
        "basis": Reference.objects.visible_to(request.user).filter(pk=norm.basis_id).first(),
        "may_write": may_write,
        "entries": LogEntry.objects.about(norm).order_by("-pk")[:20],
        **({} if norm.is_by_weekday else _quarters(norm, year, seen, today)),
        **_days(request, norm, year, seen, today, may_write=may_write),
    }
    return render(request, "activities/norm.html", context)


def add_norm(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = NormForm(request.user, request.POST or None, initial={"organization": asked(request, "to_chuc").get("to_chuc", "")[:15]})
    return _write(request, form, heading="Thêm định mức đối thoại", done="Đã ghi định mức.", back=reverse("activities:norms"))


def edit_norm(request, pk):
    norm = get_object_or_404(DialogueNorm.objects.visible_to(request.user), pk=pk)
    _refuse_reader(request.user, norm)
    form = NormForm(request.user, request.POST or None, instance=norm)
    return _write(request, form, heading="Sửa định mức đối thoại", done="Đã lưu định mức.", back=norm.get_absolute_url())


@require_POST
def plan_norm(request, pk):
    """Write the planned days of a year that are not there yet."""
    norm = get_object_or_404(DialogueNorm.objects.visible_to(request.user), pk=pk)
    _refuse_reader(request.user, norm)
    year = _year(request)
    new = plan_year(norm, year, by=request.user)
    if new:
        messages.success(request, f"Đã lập lịch năm {year}: thêm {new:02d} ngày dự kiến.")
    else:
        messages.info(request, f"Lịch năm {year} không có ngày nào phải thêm.")
    return redirect(f"{norm.get_absolute_url()}?nam={year}")


def settle_plan(request, pk):
    """What came of one planned day."""
    plan = get_object_or_404(PlannedDialogue.objects.visible_to(request.user).select_related("norm", "organization"), pk=pk)
    _refuse_reader(request.user, plan)
    form = PlanForm(
        request.user, request.POST or None, instance=plan, initial={"dialogue": request.GET.get("cuoc", "")[:15]} if "cuoc" in request.GET else {}
    )
    heading = f"Đối thoại dự kiến ngày {plan.planned_on:%d/%m/%Y}"
    return _write(request, form, heading=heading, done="Đã lưu lịch.", back=plan.get_absolute_url())


def _write(request, form, *, heading, done, back):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        written = form.save()
        messages.success(request, done)
        return redirect(written)
    return render(request, "activities/norm_form.html", {"form": form, "heading": heading, "back": back, "parent": "Định mức"})


def _days(request, norm, year, seen, today, *, may_write):
    """Planned days against what was held, the villages covered."""
    plans = norm.planned.filter(planned_on__year=year, organization__in=seen)
    page = page_of(request, plans.select_related("organization", "village", "dialogue__village"))
    page.object_list = with_states(page.object_list, today=today)
    bodies = tree.told_apart([plan.organization_id for plan in page])
    writable = set(reach(request.user, *WRITERS).filter(pk__in=bodies).values_list("pk", flat=True))
    for plan in page:
        plan.body, plan.may_write = bodies.get(plan.organization_id, ""), plan.organization_id in writable
    first, last = year_of(year)
    counts = tally(plans, today=today)
    return {
        "page": page,
        "has_many_bodies": len(bodies) > 1,
        "planned": sum(counts.values()),
        "counts": [(WORDS[state], n) for state, n in counts.items()],
        "coverage": coverage(norm.organization, since=first, until=last) if norm.rotates else None,
        "asks": bool(planned_days(norm, year)),
        "missing": unplanned(norm, year) if may_write else 0,
    }


def _quarters(norm, year, seen, today):
    """Each body with its quarters or months."""
    rows = keeping(norm, year, today=today, among=seen)
    return {"rows": rows, "kept": sum(row.is_kept for row in rows), "stretches": rows[0].stretches if rows else []}


def _year(request):
    """The year the address names, else the one chosen at the top."""
    asked_for = request.GET.get("nam", "")
    if not asked_for:
        period = chosen_period(request)
        return period.year if period else timezone.localdate().year
    if asked_for.isascii() and asked_for.isdigit() and len(asked_for) == 4 and FIRST_YEAR <= int(asked_for) <= LAST_YEAR:
        return int(asked_for)
    raise Http404


def _refuse_reader(user, row):
    if not rights_on(user, row.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền sửa định mức, lịch đối thoại của tổ chức này.")
