"""The register of candidates: lists, one person's page with his path, and what is written of him beside the stages."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from organizations import tree
from organizations.access import rights_on
from organizations.admission import next_stages, official_from, reminders_of, warnings
from organizations.chosen import asked
from organizations.forms.candidates import CandidateFilterForm, CandidateForm
from organizations.models import AdmissionRule, Candidate, LogEntry, Stage
from organizations.models.members import WRITERS
from organizations.models.stages import STEPS
from organizations.pages import page_of

from . import marks

FAR = 2 * 365  # days: what is due later is not spoken of on the page


@require_safe
def list_candidates(request):
    form = CandidateFilterForm(request.user, asked(request, "to_chuc"))
    rows, stages = form.narrow(Candidate.objects.visible_to(request.user))
    page = page_of(request, rows.select_related("member").prefetch_related("stages"))
    reached, book = dict(stages.order_by().values_list("stage").annotate(Count("pk"))), AdmissionRule.objects.book()
    cells = tree.told_apart({candidate.body_id for candidate in page})
    for candidate in page:
        candidate.cell, candidate.row = cells.get(candidate.body_id, ""), candidate.taken.get(candidate.stage)
        candidate.due = next(iter(reminders_of(candidate, book)), None)
    context = {
        "form": form,
        "page": page,
        "funnel": [(stage, Stage(stage).label, reached[stage]) for stage in Stage.values if stage in reached],
        "may_write": request.user.holds(*WRITERS),
    }
    return render(request, "organizations/candidates.html", context)


@require_safe
def show_candidate(request, pk):
    return _candidate_page(request, found(request, pk))


def add_candidate(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = CandidateForm(request.user, request.POST or None, initial={"organization": request.GET.get("to_chuc", "")[:15], "has_schooling": True})
    if request.method == "POST" and form.is_valid() and form.is_answered:
        candidate = form.save()
        messages.success(request, f"Đã thêm {candidate} vào sổ.")
        if "another" in request.POST:
            return redirect(f"{reverse('organizations:add_candidate')}?to_chuc={candidate.organization_id}")
        return redirect(candidate)
    context = {"form": form, "heading": "Thêm quần chúng ưu tú", "back": reverse("organizations:candidates"), "may_add_another": True}
    return render(request, "organizations/candidate_form.html", context)


def edit_candidate(request, pk):
    candidate = written(request, pk)
    form = CandidateForm(request.user, request.POST or None, instance=candidate)
    if request.method == "POST" and form.is_valid() and form.is_answered:
        form.save()
        messages.success(request, "Đã lưu thông tin.")
        return redirect(candidate)
    context = {"form": form, "candidate": candidate, "heading": f"Sửa thông tin – {candidate}", "back": candidate.get_absolute_url()}
    return render(request, "organizations/candidate_form.html", context)


@require_POST
def show_candidate_marks(request, pk):
    """The page of one person with the masked marks shown, once, for a purpose that goes into the log."""
    candidate = found(request, pk)
    return marks.show(request, candidate, candidate.body_id, _candidate_page)


@require_POST
def write_candidate_marks(request, pk):
    candidate = found(request, pk)
    return marks.write(request, candidate, candidate.body_id)


def found(request, pk):
    """The candidate of that key whom the user sees, with all that his page tells; 404 else."""
    rows = Candidate.objects.visible_to(request.user).select_related("member", "organization").prefetch_related("stages__recorded_by")
    return get_object_or_404(rows, pk=pk)


def written(request, pk):
    """The same, for whoever may write of him; 403 else."""
    candidate = found(request, pk)
    if not rights_on(request.user, candidate.body_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền ghi sổ quần chúng ưu tú của tổ chức này.")
    return candidate


def _candidate_page(request, candidate, **shown):
    rights, book = rights_on(request.user, candidate.body_id), AdmissionRule.objects.book()
    names = tree.told_apart({candidate.body_id, candidate.organization_id, *(row.organization_id for row in candidate.taken.values())})
    next_ones, due = next_stages(candidate), [reminder for reminder in reminders_of(candidate, book) if reminder.days_left <= FAR]
    context = {
        "candidate": candidate,
        "cell": names.get(candidate.body_id, ""),
        "path": [(stage, Stage(stage).label, STEPS[stage], candidate.taken.get(stage), stage in next_ones) for stage in Stage],
        "elsewhere": {key: name for key, name in names.items() if key != candidate.body_id},
        "next_stages": next_ones,
        "reminders": due,
        "cautions": warnings(candidate, book) if candidate.is_followed else [],
        "official_from": official_from(candidate, book),
        "may_write": bool(rights & set(WRITERS)),
        "marked": [Candidate._meta.get_field(name).verbose_name for name in PLAIN_MARKS if getattr(candidate, name)],
        "entries": LogEntry.objects.about(candidate).order_by("-pk")[:20],
        **marks.marks_context(rights, **shown),
    }
    return render(request, "organizations/candidate.html", context)


PLAIN_MARKS = ("is_rural", "is_official", "is_youth", "is_mass_member", "is_militia", "is_village_guard", "in_service", "is_readmission")
