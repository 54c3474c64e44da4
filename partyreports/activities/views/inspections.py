"""Pages of inspections: listed, read, written, withdrawn; the year's programme against what was done."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import heads, reach, rights_on
from organizations.chosen import asked
from organizations.models import LogEntry, Organization, OrganizationVersion
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.pages import page_of
from organizations.telling import REPORTING_LINE
from partyreports.activities.discipline import HIDDEN, LEAST
from partyreports.activities.forms.dialogues import WithdrawForm
from partyreports.activities.forms.filters import YearFilterForm
from partyreports.activities.forms.inspections import WRITERS, InspectionFilterForm, InspectionForm, ProgrammeForm
from partyreports.activities.inspections import attainments, programme, totals
from partyreports.activities.models import Discipline, Inspection, InspectionPlan
from partyreports.activities.models.events import EventChanged
from partyreports.periods.chosen import chosen_period, years_of
from partyreports.vietnamese import count

WITHDRAWN = "Dòng này đã rút khỏi sổ, không sửa được nữa."


@require_safe
def list_inspections(request):
    form = InspectionFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    rows = form.narrow(Inspection.objects.visible_to(request.user))
    page = page_of(request, rows)
    names_of(page)
    context = {
        "form": form,
        "page": page,
        "totals": totals(rows),
        "may_write": request.user.holds(*WRITERS),
        "may_see_outcomes": request.user.holds(*Discipline.SEEN_WITH),
    }
    return render(request, "activities/inspections.html", context)


@require_safe
def show_inspection(request, pk):
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    rights = rights_on(request.user, inspection.organization_id)
    context = {
        "inspection": inspection,
        "body": inspection.organization.version(on=inspection.started_on),
        "outcomes": _outcomes(inspection, is_near=bool(rights & set(REPORTING_LINE))),
        "may_write": bool(rights & set(WRITERS)) and not inspection.is_withdrawn,
        "entries": LogEntry.objects.about(inspection).order_by("-pk")[:20],
    }
    return render(request, "activities/inspection.html", context)


def add_inspection(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = InspectionForm(request.user, request.POST or None, initial={"organization": first_body(request)})
    return _write(request, form, heading="Thêm cuộc kiểm tra, giám sát", done="Đã ghi cuộc kiểm tra, giám sát vào sổ.")


def edit_inspection(request, pk):
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    refuse_reader(request.user, inspection)
    if inspection.is_withdrawn:
        return render(request, "409.html", {"sentence": WITHDRAWN}, status=409)
    form = InspectionForm(request.user, request.POST or None, instance=inspection)
    return _write(request, form, heading="Sửa cuộc kiểm tra, giám sát", done="Đã lưu cuộc kiểm tra, giám sát.", inspection=inspection)


def withdraw_inspection(request, pk):
    inspection = get_object_or_404(Inspection.objects.visible_to(request.user), pk=pk)
    refuse_reader(request.user, inspection)
    return withdraw(request, inspection, template="activities/inspection_withdraw.html")


@require_safe
def list_programmes(request):
    """Bodies whose programme of the year is typed, or that did something of one, with what is done of it."""
    form = YearFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    plans = form.narrow(InspectionPlan.objects.visible_to(request.user))
    made = form.narrow(Inspection.objects.visible_to(request.user)).standing().filter(in_programme=True)
    year = _year(request, form)
    with_plan = Q(pk__in=plans.filter(year=year).values("organization"))
    with_any = Q(pk__in=made.filter(started_on__year=year).order_by().values("organization"))
    page = page_of(request, Organization.objects.filter(with_plan | with_any).order_by("pk"))
    names, done = tree.told_apart(page), attainments(page, year)
    context = {
        "form": form,
        "page": page,
        "rows": [(body, names.get(body.pk, ""), done[body.pk]) for body in page],
        "year": year,
        "own": first_body(request) if request.user.holds(*WRITERS) else None,
    }
    return render(request, "activities/inspection_programmes.html", context)


def show_programme(request, pk):
    """The programme of one body and year against what was done; a small grid for whoever writes it."""
    organization = get_object_or_404(reach(request.user, *REGISTERS_SEEN_WITH), pk=pk)
    form = YearFilterForm(request.user, years_of(request), chosen_period(request), request.GET)
    form.full_clean()
    year = _year(request, form)
    may_write = bool(rights_on(request.user, organization) & set(WRITERS))
    grid = ProgrammeForm(request.user, organization, year, request.POST or None)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied("Đồng chí không có quyền ghi chương trình của tổ chức này.")
        if grid.is_valid() and grid.is_answered:
            try:
                grid.save()
            except EventChanged as changed:
                return render(request, "409.html", {"sentence": changed.sentence}, status=409)
            messages.success(request, "Đã lưu chương trình kiểm tra, giám sát.")
            return redirect(f"{reverse('activities:programme', args=[pk])}?{urlencode({'nam': year})}")
    own = programme(organization, year)
    context = {
        "organization": organization,
        "body": organization.version(),
        "programme": own,
        "form": grid,
        "rows": list(grid.rows(own)),
        "years": years_of(request),
        "may_write": may_write,
    }
    return render(request, "activities/inspection_programme.html", context)


def withdraw(request, event, *, template):
    """Ask why a wrong row goes out of the register, and take it out."""
    if event.is_withdrawn:
        return render(request, "409.html", {"sentence": WITHDRAWN}, status=409)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            event.withdraw(by=request.user, reason=form.cleaned_data["reason"])
        except EventChanged as changed:
            return render(request, "409.html", {"sentence": changed.sentence}, status=409)
        messages.success(request, "Đã rút khỏi sổ.")
        return redirect(event)
    return render(request, template, {"form": form, "event": event})


def refuse_reader(user, event):
    if not rights_on(user, event.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền sửa sổ của tổ chức này.")


def first_body(request):
    """The body a new row opens with: the one asked for or chosen at the top; else the only one the user writes for, chi bộ below it aside."""
    key = asked(request, "to_chuc").get("to_chuc", "")
    if key.isascii() and key.isdigit() and len(key) < 19:
        return reach(request.user, *WRITERS).filter(pk=key).first()
    today = timezone.localdate()
    tops = list(heads(request.user, *WRITERS, on=today).select_related("organization")[:2])
    if len(tops) != 1 or OrganizationVersion.objects.on(today).filter(parent=tops[0].organization, kind__is_cell=False).exists():
        return None
    return tops[0].organization


def names_of(page):
    """Give each row of the page `body`, the name of its organisation told apart. One query."""
    names = tree.told_apart([row.organization_id for row in page])
    for row in page:
        row.body = names.get(row.organization_id, "")


def _outcomes(inspection, *, is_near):
    """(words, of organisations, of members): one small number hides all from whoever stands outside the reporting line."""
    numbers = [getattr(inspection, name) for name in Inspection.OUTCOMES]
    is_hidden = not is_near and any(0 < number < LEAST for number in numbers)
    shown = [HIDDEN if is_hidden else count(number) for number in numbers]
    words = ("Có vi phạm, khuyết điểm", "Phải thi hành kỷ luật", "Đã thi hành kỷ luật")
    return list(zip(words, shown[:3], shown[3:], strict=True)) if any(numbers) else []


def _year(request, form):
    period = form.period or chosen_period(request)
    return period.year if period else timezone.localdate().year


def _write(request, form, *, heading, done, inspection=None):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            written = form.save()
        except EventChanged as changed:
            return render(request, "409.html", {"sentence": changed.sentence}, status=409)
        messages.success(request, done)
        if "tiep" in request.GET:
            return redirect(f"{reverse('activities:add_inspection')}?{urlencode({'to_chuc': written.organization_id})}")
        return redirect(written)
    return render(request, "activities/inspection_form.html", {"form": form, "heading": heading, "inspection": inspection})
