"""The stages of a candidate and his exit, what is due in a branch, and the rules on admission."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from organizations import tree
from organizations.access import Right, may
from organizations.admission import MOST, load_admission_rules, next_stages, reminders
from organizations.chosen import asked
from organizations.forms.admission import ExitForm, ReminderFilterForm, RuleForm, StageForm
from organizations.models import AdmissionRule, Stage
from organizations.models.admission_rules import described
from organizations.models.stages import StageRefused
from organizations.pages import page_of

from .candidates import written


def take_stage(request, pk):
    candidate = written(request, pk)
    if not next_stages(candidate):
        return _conflict(request, "Không còn bước nào để ghi: mở lại trang của đồng chí này để xem.")
    form = StageForm(request.user, candidate, request.POST or None)
    answer, row = _acted(request, form, "taken_on")
    if row:
        messages.success(request, f"Đã ghi bước “{row.get_stage_display()}” của {candidate}.")
        more = "another" in request.POST and next_stages(candidate)
        return redirect("organizations:take_stage", candidate.pk) if more else redirect(candidate)
    return answer or _page(request, form, candidate, "Ghi bước tiếp theo", label="Ghi bước", may_add_another=True)


def correct_stage(request, pk, stage):
    candidate = written(request, pk)
    if stage not in candidate.taken:
        raise Http404
    form = StageForm(request.user, candidate, request.POST or None, stage=stage)
    answer, row = _acted(request, form, "taken_on")
    if row:
        messages.success(request, f"Đã sửa bước “{row.get_stage_display()}”.")
        return redirect(candidate)
    return answer or _page(request, form, candidate, f"Sửa bước “{Stage(stage).label}”", stage=stage, may_take_back=candidate.may_take_back(stage))


@require_POST
def take_back_stage(request, pk, stage):
    candidate = written(request, pk)
    if stage not in Stage.values:
        raise Http404
    try:
        candidate.take_back(stage, by=request.user)
    except StageRefused as refused:
        return _conflict(request, refused.sentence)
    messages.success(request, f"Đã bỏ bước “{Stage(stage).label}” ghi nhầm.")
    return redirect(candidate)


def exit_candidate(request, pk):
    candidate = written(request, pk)
    if not candidate.is_followed:
        return _conflict(request, "Đồng chí này không còn được theo dõi ở đây: mở lại trang để xem.")
    form = ExitForm(request.user, candidate, request.POST or None)
    answer, exited = _acted(request, form, "on")
    if exited:
        messages.success(request, f"Đã ghi thôi theo dõi {candidate}.")
        return redirect(candidate)
    return answer or _page(request, form, candidate, "Ghi thôi theo dõi", label="Ghi thôi theo dõi")


@require_POST
def resume_candidate(request, pk):
    candidate = written(request, pk)
    try:
        candidate.resume(by=request.user)
    except StageRefused as refused:
        return _conflict(request, refused.sentence)
    messages.success(request, f"{candidate} được theo dõi trở lại. Thông tin đã xóa thì ghi lại.")
    return redirect(candidate)


@require_safe
def list_reminders(request):
    """What is due in a branch, overdue first."""
    form = ReminderFilterForm(request.user, asked(request, "to_chuc"))
    found, total = reminders(request.user, **form.asked)
    page = page_of(request, found)
    cells = tree.told_apart({reminder.candidate.body_id for reminder in page})
    rows = [(reminder, cells.get(reminder.candidate.body_id, "")) for reminder in page]
    overdue = sum(reminder.days_left < 0 for reminder in found)
    context = {"form": form, "page": page, "rows": rows, "total": total, "overdue": overdue, "is_cut": total > len(found), "most": MOST}
    return render(request, "organizations/reminders.html", context)


@require_safe
def admission_rules(request):
    rules = list(AdmissionRule.objects.all()) or described()
    last = {rule.code: rule for rule in rules}
    context = {"rules": [(rule, last[rule.code] is rule) for rule in rules], "may_edit": _manages_all(request.user)}
    return render(request, "organizations/admission_rules.html", context)


@transaction.atomic  # with the rows of the data file, or not at all
def add_admission_rule(request, code):
    """The next validity of the rule `code`: nothing that was valid is overwritten."""
    *_, last = _validities(request, code)
    return _write_rule(request, RuleForm(request.user, last, request.POST or None), last)


@transaction.atomic
def edit_admission_rule(request, code):
    """The last validity, when it was written wrongly."""
    before, last = [None, *_validities(request, code)][-2:]
    return _write_rule(request, RuleForm(request.user, before or last, request.POST or None, standing=last), before)


def _validities(request, code):
    """The validities of the rule `code`, the last one last, for whoever keeps the rules; 404 when there is no such rule."""
    if not _manages_all(request.user):
        raise PermissionDenied("Chỉ người quản trị toàn bộ cây tổ chức mới sửa quy định.")
    if request.method == "POST":
        load_admission_rules()  # the rules of the data file become rows with the first that is written
    rules = list(AdmissionRule.objects.filter(code=code)) or [rule for rule in described() if rule.code == code]
    if not rules:
        raise Http404
    return rules


def _write_rule(request, form, before):
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Đã ghi giá trị của quy định.")
        return redirect("organizations:admission_rules")
    return render(request, "organizations/admission_rule.html", {"form": form, "before": before})


def _acted(request, form, field):
    """What came of a form: the answer when somebody was faster, and what was written. (None, None): the form is to be shown."""
    if request.method != "POST" or not form.is_valid() or not form.is_answered:
        return None, None
    try:
        return None, form.save()
    except StageRefused as refused:
        if refused.reason == "state":
            return _conflict(request, refused.sentence), None
        form.add_error(field, refused.sentence)
        return None, None


def _conflict(request, sentence):
    return render(request, "409.html", {"sentence": sentence}, status=409)


def _page(request, form, candidate, heading, **more):
    context = {"form": form, "candidate": candidate, "heading": f"{heading} – {candidate}", "back": candidate.get_absolute_url(), **more}
    return render(request, "organizations/candidate_form.html", context)


def _manages_all(user):
    top = tree.root()
    return top is not None and may(user, Right.MANAGE, top)
