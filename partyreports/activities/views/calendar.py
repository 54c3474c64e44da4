"""The calendar of the year's dialogues and inspections."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations.access import reach
from organizations.chosen import asked
from organizations.models.members import REGISTERS_SEEN_WITH
from partyreports.activities.agenda import SIGNS, WORDS, counts_by_month, month_of
from partyreports.activities.forms.filters import CalendarFilterForm
from partyreports.periods.chosen import chosen_period

YEARS = range(2000, 2100)
MONTHS = range(1, 13)


@require_safe
def calendar(request):
    today = timezone.localdate()
    period = chosen_period(request)
    year = _number(request, "nam", YEARS) or (period.year if period else today.year)
    month = _number(request, "thang", MONTHS) or (today.month if year == today.year else 1)
    form = CalendarFilterForm(request.user, asked(request, "to_chuc"))
    within = {
        "user": request.user,
        "organizations": form.bodies(reach(request.user, *REGISTERS_SEEN_WITH)),
        "kind": form.cleaned_data.get("loai", ""),
    }
    context = {
        "form": form,
        "year": year,
        "month": month,
        "months": list(enumerate(counts_by_month(year, **within), start=1)),
        "weeks": month_of(year, month, today=today, **within),
        "signs": [(sign, WORDS[state] or "kiểm tra, giám sát") for state, sign in SIGNS.items()],
    }
    return render(request, "activities/calendar.html", context)


def _number(request, name, among):
    """The number under `name` in the address, None when there is none; what is no such number leads nowhere."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) in among:
        return int(text)
    raise Http404
