"""Pages of discipline carried out. Rows are for the reporting line; whoever audits sees the large totals of a year, without a filter."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organizations.access import Right, rights_on
from organizations.chosen import asked
from organizations.models import LogEntry
from organizations.pages import page_of
from partyreports.activities.discipline import tables
from partyreports.activities.forms.discipline import DisciplineFilterForm, DisciplineForm
from partyreports.activities.forms.inspections import WRITERS
from partyreports.activities.models import Discipline
from partyreports.activities.models.events import EventChanged
from partyreports.periods.chosen import chosen_period, years_of

from .inspections import WITHDRAWN, first_body, names_of, refuse_reader, withdraw


@require_safe
def list_disciplines(request):
    form = DisciplineFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    rows = form.narrow(Discipline.objects.visible_to(request.user))
    # Numbers told beyond the reporting line are of all that is audited, whatever the filter: two totals would give the small one between them.
    year = form.period or chosen_period(request)
    beyond = Discipline.objects.counted_for(request.user).standing() if request.user.holds(Right.AUDIT) and year else None
    beyond = beyond.in_span(year.starts_on, year.ends_on) if beyond is not None else None
    page = page_of(request, rows)
    names_of(page)
    context = {
        "form": form,
        "page": page,
        "tables": tables(rows),
        "year": year,
        "tables_beyond": tables(beyond, masked=True) if beyond is not None else (),
        "sees_rows": request.user.holds(*Discipline.SEEN_WITH),
        "may_write": request.user.holds(*WRITERS),
    }
    return render(request, "activities/disciplines.html", context)


@require_safe
def show_discipline(request, pk):
    decision = get_object_or_404(Discipline.objects.visible_to(request.user), pk=pk)
    context = {
        "decision": decision,
        "body": decision.organization.version(on=decision.decided_on),
        "may_write": not decision.is_withdrawn and bool(rights_on(request.user, decision.organization_id) & set(WRITERS)),
        "entries": LogEntry.objects.about(decision).order_by("-pk")[:20],
    }
    return render(request, "activities/discipline.html", context)


def add_discipline(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = DisciplineForm(request.user, request.POST or None, initial={"organization": first_body(request)})
    return _write(request, form, heading="Thêm thi hành kỷ luật", done="Đã ghi vào sổ thi hành kỷ luật.")


def edit_discipline(request, pk):
    decision = get_object_or_404(Discipline.objects.visible_to(request.user), pk=pk)
    refuse_reader(request.user, decision)
    if decision.is_withdrawn:
        return render(request, "409.html", {"sentence": WITHDRAWN}, status=409)
    form = DisciplineForm(request.user, request.POST or None, instance=decision)
    return _write(request, form, heading="Sửa thi hành kỷ luật", done="Đã lưu.", decision=decision)


def withdraw_discipline(request, pk):
    decision = get_object_or_404(Discipline.objects.visible_to(request.user), pk=pk)
    refuse_reader(request.user, decision)
    return withdraw(request, decision, template="activities/discipline_withdraw.html")


def _write(request, form, *, heading, done, decision=None):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            written = form.save()
        except EventChanged as changed:
            return render(request, "409.html", {"sentence": changed.sentence}, status=409)
        messages.success(request, done)
        if "tiep" in request.GET:
            return redirect(f"{reverse('activities:add_discipline')}?{urlencode({'to_chuc': written.organization_id})}")
        return redirect(written)
    return render(request, "activities/discipline_form.html", {"form": form, "heading": heading, "decision": decision})
