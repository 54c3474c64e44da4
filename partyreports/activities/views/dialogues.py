"""Pages of dialogues: listed, read, written, their petitions followed up, a wrong row withdrawn."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations.access import reach
from organizations.chosen import asked
from organizations.models import LogEntry
from organizations.pages import page_of
from partyreports.activities.dialogues import totals, with_bodies
from partyreports.activities.forms.dialogues import WRITERS, DialogueForm, FollowUpForm
from partyreports.activities.forms.filters import DialogueFilterForm
from partyreports.activities.models import Dialogue, Petition, PlannedDialogue
from partyreports.activities.models.events import EventChanged
from partyreports.activities.norms import reminders
from partyreports.periods.chosen import chosen_period, years_of

from .events import conflict, first_body, kept_event, may_write, refuse_non_writer, refuse_reader, withdraw, write

NOUN = "dialogue"


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
        "may_write": not dialogue.is_withdrawn and may_write(request.user, dialogue),
        "entries": LogEntry.objects.about(dialogue).order_by("-pk")[:20],
    }
    return render(request, "activities/dialogue.html", context)


def add_dialogue(request):
    refuse_non_writer(request.user)
    planned = _asked_plan(request)
    form = DialogueForm(request.user, request.POST or None, initial=_first_guess(request, planned), planned=planned)
    return write(request, form, noun=NOUN, heading="Thêm cuộc đối thoại", done="Đã ghi cuộc đối thoại vào sổ.")


def edit_dialogue(request, pk):
    dialogue = kept_event(request, Dialogue.objects.select_related("village"), pk)
    if dialogue.is_withdrawn:
        return conflict(request)
    form = DialogueForm(request.user, request.POST or None, instance=dialogue)
    return write(request, form, noun=NOUN, heading="Sửa cuộc đối thoại", done="Đã lưu cuộc đối thoại.", event=dialogue)


def withdraw_dialogue(request, pk):
    dialogue, done = kept_event(request, Dialogue.objects, pk), "Đã rút cuộc đối thoại khỏi sổ."
    return withdraw(request, dialogue, register="Đối thoại", list_url="activities:dialogues", lead="Cuộc đối thoại", done=done)


def follow_up(request, pk):
    """How far the petitions of one line have come."""
    petition = get_object_or_404(Petition.objects.visible_to(request.user).select_related("dialogue", "subject"), pk=pk)
    dialogue = petition.dialogue
    refuse_reader(request.user, dialogue)
    if dialogue.is_withdrawn:
        return conflict(request)
    form = FollowUpForm(request.user, request.POST or None, instance=petition)
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            form.save()
        except EventChanged as changed:
            return conflict(request, changed.sentence)
        messages.success(request, "Đã cập nhật kiến nghị.")
        return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue, "petition": petition, "heading": f"Kiến nghị: {petition.subject}", "act": "Lưu"}
    return render(request, "activities/dialogue_act.html", context)


def _asked_plan(request):
    """The planned day that the new meeting stands for, when the address names one that is still open to him."""
    key = request.GET.get("lich", "")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    plans = PlannedDialogue.objects.visible_to(request.user).filter(organization__in=reach(request.user, *WRITERS), dialogue=None)
    return plans.select_related("organization", "village").filter(pk=key).first()


def _first_guess(request, planned):
    """What a new form opens with: the body asked for, chosen at the top or the only one he writes for; who chaired it last."""
    body = planned.organization if planned else first_body(request, also_with_bodies_below=True)
    if body is None:
        return {}
    guess = {"organization": body, "chair_post": ""}
    if planned or first_body(request):  # one who writes for the bodies below too may choose another
        last = Dialogue.objects.standing().filter(organization=body).order_by("-held_on", "-pk").first()
        guess["chair_post"] = last.chair_post if last else ""
    if planned:
        day = planned.planned_on
        guess |= {"held_on": day if day <= timezone.localdate() else None, "place": str(planned.village or "")}
    return guess
