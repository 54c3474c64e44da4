"""Pages of dialogues: listed, read, written, their petitions followed up, a wrong row withdrawn."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations.access import heads, reach, rights_on
from organizations.chosen import asked
from organizations.models import LogEntry
from organizations.pages import page_of
from partyreports.activities.dialogues import totals, with_bodies
from partyreports.activities.forms.dialogues import WRITERS, DialogueForm, FollowUpForm, WithdrawForm
from partyreports.activities.forms.filters import DialogueFilterForm
from partyreports.activities.models import Dialogue, Petition, PlannedDialogue
from partyreports.activities.models.events import EventChanged
from partyreports.activities.norms import reminders
from partyreports.periods.chosen import chosen_period, years_of

WITHDRAWN = "Cuộc đối thoại này đã rút khỏi sổ, không sửa được nữa."


@require_safe
def list_dialogues(request):
    form = DialogueFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    rows = form.narrow(Dialogue.objects.visible_to(request.user))
    page = page_of(request, rows.select_related("village").prefetch_related("petitions"))
    page.object_list = with_bodies(page.object_list)
    context = {
        "form": form,
        "page": page,
        "totals": totals(rows),
        "reminders": reminders(form.branch, form.period.year, today=timezone.localdate()) if form.branch and form.period else [],
        "may_write": request.user.holds(*WRITERS),
    }
    return render(request, "activities/dialogues.html", context)


@require_safe
def show_dialogue(request, pk):
    dialogue = get_object_or_404(Dialogue.objects.visible_to(request.user).select_related("village"), pk=pk)
    context = {
        "dialogue": dialogue,
        "body": dialogue.organization.version(on=dialogue.held_on),
        "subjects": dialogue.subjects.all(),
        "petitions": dialogue.petitions.select_related("subject"),
        "plan": PlannedDialogue.objects.filter(dialogue=dialogue).select_related("norm").first(),
        "may_write": not dialogue.is_withdrawn and _may_write(request.user, dialogue),
        "entries": LogEntry.objects.about(dialogue).order_by("-pk")[:20],
    }
    return render(request, "activities/dialogue.html", context)


def add_dialogue(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    planned = _asked_plan(request)
    form = DialogueForm(request.user, request.POST or None, initial=_first_guess(request, planned), planned=planned)
    return _write(request, form, heading="Thêm cuộc đối thoại", done="Đã ghi cuộc đối thoại vào sổ.")


def edit_dialogue(request, pk):
    dialogue = get_object_or_404(Dialogue.objects.visible_to(request.user).select_related("village"), pk=pk)
    _refuse_reader(request.user, dialogue)
    if dialogue.is_withdrawn:
        return render(request, "409.html", {"sentence": WITHDRAWN}, status=409)
    form = DialogueForm(request.user, request.POST or None, instance=dialogue)
    return _write(request, form, heading="Sửa cuộc đối thoại", done="Đã lưu cuộc đối thoại.", dialogue=dialogue)


def withdraw_dialogue(request, pk):
    dialogue = get_object_or_404(Dialogue.objects.visible_to(request.user), pk=pk)
    _refuse_reader(request.user, dialogue)
    if dialogue.is_withdrawn:
        return render(request, "409.html", {"sentence": WITHDRAWN}, status=409)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dialogue.withdraw(by=request.user, reason=form.cleaned_data["reason"])
        except EventChanged as changed:
            return render(request, "409.html", {"sentence": changed.sentence}, status=409)
        messages.success(request, "Đã rút cuộc đối thoại khỏi sổ.")
        return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue, "heading": "Rút khỏi sổ", "act": "Rút khỏi sổ"}
    return render(request, "activities/dialogue_act.html", context)


def follow_up(request, pk):
    """How far the petitions of one line have come."""
    petition = get_object_or_404(Petition.objects.visible_to(request.user).select_related("dialogue", "subject"), pk=pk)
    dialogue = petition.dialogue
    _refuse_reader(request.user, dialogue)
    if dialogue.is_withdrawn:
        return render(request, "409.html", {"sentence": WITHDRAWN}, status=409)
    form = FollowUpForm(request.user, request.POST or None, instance=petition)
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            form.save()
        except EventChanged as changed:
            return render(request, "409.html", {"sentence": changed.sentence}, status=409)
        messages.success(request, "Đã cập nhật kiến nghị.")
        return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue, "petition": petition, "heading": f"Kiến nghị về {petition.subject}", "act": "Lưu"}
    return render(request, "activities/dialogue_act.html", context)


def _write(request, form, *, heading, done, dialogue=None):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            written = form.save()
        except EventChanged as changed:
            return render(request, "409.html", {"sentence": changed.sentence}, status=409)
        messages.success(request, done)
        if "tiep" in request.GET:
            return redirect(f"{reverse('activities:add_dialogue')}?{urlencode({'to_chuc': written.organization_id})}")
        return redirect(written)
    return render(request, "activities/dialogue_form.html", {"form": form, "heading": heading, "dialogue": dialogue})


def _may_write(user, dialogue):
    return bool(rights_on(user, dialogue.organization_id) & set(WRITERS))


def _refuse_reader(user, dialogue):
    if not _may_write(user, dialogue):
        raise PermissionDenied("Đồng chí không có quyền sửa sổ đối thoại của tổ chức này.")


def _asked_plan(request):
    """The planned day that the new meeting stands for, when the address names one that is still open to him."""
    key = request.GET.get("lich", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    plans = PlannedDialogue.objects.visible_to(request.user).filter(organization__in=reach(request.user, *WRITERS), dialogue=None)
    return plans.select_related("organization", "village").filter(pk=key).first()


def _first_guess(request, planned):
    """What a new form opens with: the body asked for, chosen at the top or the only one he writes for; who chaired it last."""
    body = planned.organization if planned else _first_body(request)
    if body is None:
        return {}
    last = Dialogue.objects.standing().filter(organization=body).order_by("-held_on", "-pk").first()
    guess = {"organization": body, "chair_post": last.chair_post if last else ""}
    if planned:
        day = planned.planned_on
        guess |= {"held_on": day if day <= timezone.localdate() else None, "place": str(planned.village or "")}
    return guess


def _first_body(request):
    writable = reach(request.user, *WRITERS)
    key = asked(request, "to_chuc").get("to_chuc", "")
    if key.isascii() and key.isdigit() and len(key) < 19:
        return writable.filter(pk=key).first()
    tops = list(heads(request.user, *WRITERS, on=timezone.localdate()).select_related("organization")[:2])
    return tops[0].organization if len(tops) == 1 else None
