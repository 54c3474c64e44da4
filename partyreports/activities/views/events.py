"""What the pages of dialogues, inspections and discipline do alike: a row opened with a first body, written, withdrawn, refused."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from organizations import tree
from organizations.access import heads, reach, rights_on
from organizations.chosen import asked
from organizations.models import OrganizationVersion
from partyreports.activities.forms.dialogues import WithdrawForm
from partyreports.activities.forms.inspections import WRITERS
from partyreports.activities.models.events import EventChanged

WITHDRAWN = "Dòng này đã rút khỏi sổ, không sửa được nữa."


def may_write(user, event):
    return bool(rights_on(user, event.organization_id) & set(WRITERS))


def refuse_non_writer(user):
    if not user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")


def kept_event(request, events, pk):
    """The row of the queryset `events` that the user may write on: 404 out of reach, 403 without the right."""
    event = get_object_or_404(events.visible_to(request.user), pk=pk)
    refuse_reader(request.user, event)
    return event


def refuse_reader(user, event):
    if not may_write(user, event):
        raise PermissionDenied("Đồng chí không có quyền sửa sổ của tổ chức này.")


def conflict(request, sentence=WITHDRAWN):
    return render(request, "409.html", {"sentence": sentence}, status=409)


def write(request, form, *, noun, heading, done, event=None):
    """The page of a form for a new or a standing row of the register `noun`, and its saving; `?tiep` goes on to the next row of the same body."""
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            written = form.save()
        except EventChanged as changed:
            return conflict(request, changed.sentence)
        messages.success(request, done)
        if "tiep" in request.GET:
            return redirect(f"{reverse(f'activities:add_{noun}')}?{urlencode({'to_chuc': written.organization_id})}")
        return redirect(written)
    return render(request, f"activities/{noun}_form.html", {"form": form, "heading": heading, "event": event})


def withdraw(request, event, *, register, list_url, lead, done="Đã rút khỏi sổ."):
    """Ask why a wrong row goes out of the register, and take it out. `lead` says what it is, its day aside."""
    if event.is_withdrawn:
        return conflict(request)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            event.withdraw(by=request.user, reason=form.cleaned_data["reason"])
        except EventChanged as changed:
            return conflict(request, changed.sentence)
        messages.success(request, done)
        return redirect(event)
    context = {"form": form, "event": event, "register": register, "list_url": reverse(list_url), "lead": lead}
    return render(request, "activities/event_withdraw.html", context)


def first_body(request, *, also_with_bodies_below=False):
    """The body a new row opens with: the one asked for or chosen at the top; else the only one the user writes for, chi bộ below it aside."""
    key = asked(request, "to_chuc").get("to_chuc", "")
    if key.isascii() and key.isdigit() and len(key) < 19:
        return reach(request.user, *WRITERS).filter(pk=key).first()
    today = timezone.localdate()
    tops = list(heads(request.user, *WRITERS, on=today).select_related("organization")[:2])
    if len(tops) != 1:
        return None
    below = OrganizationVersion.objects.on(today).filter(parent=tops[0].organization, kind__is_cell=False)
    return tops[0].organization if also_with_bodies_below or not below.exists() else None


def names_of(page):
    """Give each row of the page `body`, the name of its organisation told apart. One query."""
    names = tree.told_apart([row.organization_id for row in page])
    for row in page:
        row.body = names.get(row.organization_id, "")
