"""Pages of discipline carried out. Rows are for the reporting line; whoever audits sees the large totals of a year, without a filter."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organizations.access import Right
from organizations.chosen import asked
from organizations.models import LogEntry
from organizations.pages import page_of
from partyreports.activities.discipline import tables
from partyreports.activities.forms.discipline import DisciplineFilterForm, DisciplineForm
from partyreports.activities.forms.inspections import WRITERS
from partyreports.activities.models import Discipline
from partyreports.periods.chosen import chosen_period, years_of

from .events import conflict, first_body, kept_event, may_write, names_of, refuse_non_writer, withdraw, write

NOUN = "discipline"


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
        "may_write": not decision.is_withdrawn and may_write(request.user, decision),
        "entries": LogEntry.objects.about(decision).order_by("-pk")[:20],
    }
    return render(request, "activities/discipline.html", context)


def add_discipline(request):
    refuse_non_writer(request.user)
    form = DisciplineForm(request.user, request.POST or None, initial={"organization": first_body(request)})
    return write(request, form, noun=NOUN, heading="Thêm thi hành kỷ luật", done="Đã ghi vào sổ thi hành kỷ luật.")


def edit_discipline(request, pk):
    decision = kept_event(request, Discipline.objects, pk)
    if decision.is_withdrawn:
        return conflict(request)
    form = DisciplineForm(request.user, request.POST or None, instance=decision)
    return write(request, form, noun=NOUN, heading="Sửa thi hành kỷ luật", done="Đã lưu.", event=decision)


def withdraw_discipline(request, pk):
    decision, register = kept_event(request, Discipline.objects, pk), "Thi hành kỷ luật"
    return withdraw(request, decision, register=register, list_url="activities:disciplines", lead=register)
