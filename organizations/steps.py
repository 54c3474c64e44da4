"""The page on which a step is confirmed and taken: one for every kind of paper."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from .review import STEPS, StepRefused

HTTP_STATUS = {"right": 403, "state": 409, "note": 200, "problems": 200}


class StepForm(forms.Form):
    """The reason or note that goes into the log with a step, and the version of the paper that was on the page."""

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label="Ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, step, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["note"]
        if step.needs_note:
            field.label, field.required = "Lý do", True
            field.error_messages["required"] = f"Ghi lý do trước khi {step.label.lower()}."


def take_step(request, paper, name):
    """Confirm the step `name` of `paper` on GET, take it on POST. `paper` comes from `visible_to`; an unknown step is 404."""
    if name not in STEPS:
        raise Http404
    step = STEPS[name]
    form = StepForm(step, request.POST or None, initial={"seen_version": paper.version})
    refusal = paper.refusal(step, request.user)
    if refusal is None and request.method == "POST" and form.is_valid():
        try:
            paper.take(name, by=request.user, note=form.cleaned_data["note"], seen_version=form.cleaned_data["seen_version"])
        except StepRefused as refused:
            refusal = refused
        else:
            messages.success(request, step.done)
            return redirect(paper)
    problems = paper.problems() if name == "submit" and refusal is None else getattr(refusal, "problems", [])
    cautions = [] if refusal else paper.cautions(step)
    context = {
        "paper": paper,
        "step": step,
        "consequence": paper.consequence_of(step),
        "form": form,
        "refusal": refusal,
        "problems": problems,
        "cautions": cautions,
    }
    return render(request, "organizations/step.html", context, status=HTTP_STATUS[refusal.reason] if refusal else 200)
