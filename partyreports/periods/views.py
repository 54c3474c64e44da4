"""Choosing the year one looks at; the list of years, opened and closed by those who lock."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from .chosen import choose_period
from .forms import PeriodForm, TurnForm
from .keeping import keeps_years, must_keep_years
from .models import Period


@require_POST
def choose(request):
    """Look at another year from now on, and stay on the same page."""
    choose_period(request, get_object_or_404(Period.objects.visible_to(request.user).years(), code=request.POST.get("period", "")))
    back = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if ours else resolve_url("home"))  # an address as it stands, never the name of a page


@require_safe
def list_periods(request):
    periods = Period.objects.visible_to(request.user)
    return render(request, "periods/list.html", {"periods": periods, "keeps_years": keeps_years(request.user)})


def add(request):
    return _edit(request, Period(kind=Period.Kind.YEAR))


def edit(request, pk):
    return _edit(request, get_object_or_404(Period.objects.visible_to(request.user).years(), pk=pk))


def open_or_close(request, pk):
    """Close a year so that nobody types into it, or open it again; the reason of an opening goes into the log."""
    period = get_object_or_404(Period.objects.visible_to(request.user).years(), pk=pk)
    must_keep_years(request.user)
    form = TurnForm(period, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            period.turn(is_open=not period.is_open, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, f"Đã {'mở' if period.is_open else 'đóng'} {period}.")
        return redirect("periods:list")
    return render(request, "periods/open_or_close.html", {"period": period, "form": form})


def _edit(request, period):
    must_keep_years(request.user)
    form = PeriodForm(request.POST if request.method == "POST" else None, instance=period)
    if request.method == "POST" and form.is_valid() and form.is_answered:
        form.save(by=request.user)
        messages.success(request, f"Đã lưu {period}.")
        return redirect("periods:list")
    return render(request, "periods/edit.html", {"form": form, "period": period})
