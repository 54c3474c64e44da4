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
from organizations.access import reach, rights_on
from organizations.chosen import asked
from organizations.models import LogEntry, Organization
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.pages import page_of
from organizations.telling import REPORTING_LINE
from partyreports.activities.discipline import HIDDEN, LEAST
from partyreports.activities.forms.filters import YearFilterForm
from partyreports.activities.forms.inspections import WRITERS, InspectionFilterForm, InspectionForm, ProgrammeForm
from partyreports.activities.inspections import attainments, programme, totals
from partyreports.activities.models import Discipline, Inspection, InspectionPlan
from partyreports.activities.models.events import EventChanged
from partyreports.periods.chosen import chosen_period, years_of
from partyreports.vietnamese import count, sentence_case

from .events import conflict, first_body, kept_event, names_of, refuse_non_writer, withdraw, write

NOUN = "inspection"


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
    refuse_non_writer(request.user)
    form = InspectionForm(request.user, request.POST or None, initial={"organization": first_body(request)})
    return write(request, form, noun=NOUN, heading="Thêm cuộc kiểm tra, giám sát", done="Đã ghi cuộc kiểm tra, giám sát vào sổ.")


def edit_inspection(request, pk):
    inspection = kept_event(request, Inspection.objects, pk)
    if inspection.is_withdrawn:
        return conflict(request)
    form = InspectionForm(request.user, request.POST or None, instance=inspection)
    return write(request, form, noun=NOUN, heading="Sửa cuộc kiểm tra, giám sát", done="Đã lưu cuộc kiểm tra, giám sát.", event=inspection)


def withdraw_inspection(request, pk):
    inspection = kept_event(request, Inspection.objects, pk)
    lead = f"{sentence_case(inspection.get_kind_display())}, bắt đầu"
    return withdraw(request, inspection, register="Kiểm tra, giám sát", list_url="activities:inspections", lead=lead)


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
                return conflict(request, changed.sentence)
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
