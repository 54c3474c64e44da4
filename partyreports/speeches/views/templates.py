"""Templates of speeches, for whoever manages the portal: list, words, trial on a body, use and history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_registry.models import Registration
from organizations.models import LogEntry, Right
from partyreports.metrics.models import Indicator
from partyreports.periods.chosen import chosen_period
from partyreports.vietnamese import fold

from ..compose import draft_of
from ..forms import CopyForm, TemplateForm, TryForm, VersionForm
from ..models import EditConflict, Speech, SpeechTemplate
from ..paper import screen_paper
from ..slots import FIGURE_HELP, WORD_SLOTS

NOT_KEPT = "Mẫu tham luận dùng chung cho cả cổng: chỉ quản trị của cấp cao nhất được xem và sửa."


@require_safe
def list_templates(request):
    templates = SpeechTemplate.objects.visible_to(request.user)
    if templates.query.is_empty():
        raise PermissionDenied(NOT_KEPT)
    rows = templates.annotate(times=Count("speeches")).prefetch_related("kinds")
    return render(request, "speeches/templates.html", {"templates": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_template(request, pk):
    template = get_object_or_404(managed(request), pk=pk)
    period = chosen_period(request)
    form, theirs, paper, gaps = TemplateForm.of(template), None, None, []
    trial = TryForm(request.user, period, request.POST or None)
    if request.method == "POST":
        form = TemplateForm(request.POST)
        if form.is_valid() and "try" in request.POST:
            paper, gaps = tried(template, form, trial.organization, period)
        elif form.is_valid():
            words = {name: value for name, value in form.cleaned_data.items() if name not in ("version", "kinds")}
            try:
                template.write(by=request.user, seen_version=form.cleaned_data["version"], kinds=form.cleaned_data["kinds"], **words)
            except EditConflict as conflict:
                theirs = conflict.theirs
                form.data = form.data.copy()
                form.data["version"] = theirs.version
            else:
                messages.success(request, f"Đã lưu mẫu, bản {template.version}. Các bài đã soạn không thay đổi.")
                return redirect(template)
    context = {
        "template": template,
        "form": form,
        "trial": trial,
        "paper": paper,
        "gaps": gaps,
        "theirs": theirs,
        "slots": WORD_SLOTS,
        "figure_slots": FIGURE_HELP,
        "indicators": [
            (indicator, fold(f"{indicator.part_of or ''} {indicator} {indicator.key}")) for indicator in Indicator.objects.select_related("part_of")
        ],
        "entries": template.history()[:30],
    }
    return render(request, "speeches/template.html", context, status=409 if theirs else 200)


@require_POST
def add_template(request):
    """A copy of a template, out of use until somebody has put it right."""
    templates = SpeechTemplate.objects.visible_to(request.user)
    if templates.query.is_empty():
        raise PermissionDenied(NOT_KEPT)
    form = CopyForm(request.POST)
    origin = get_object_or_404(templates, pk=form.cleaned_data["mau"] if form.is_valid() else None)
    with transaction.atomic():
        words = {name: getattr(origin, name) for name in ("pattern", "document_type", "title", "text")}
        copies = SpeechTemplate.objects.filter(code__startswith=f"{origin.code[:38]}-ban-").count()
        template = SpeechTemplate.objects.create(
            code=f"{origin.code[:38]}-ban-{copies + 2}", name=f"{origin.name[:180]} (bản sao)", is_active=False, **words
        )
        template.kinds.set(origin.kinds.all())
        LogEntry.write("add", by=request.user, about=template, note=f"Sao từ mẫu “{origin}”", after=template.snapshot())
    messages.success(request, "Đã sao mẫu. Bản sao chưa dùng cho đến khi được bật.")
    return redirect(template)


@require_POST
def switch_template(request, pk):
    """Put a template into use or out of it."""
    template = get_object_or_404(managed(request), pk=pk)
    form = VersionForm(request.POST)
    try:
        if not form.is_valid():
            raise EditConflict(template)
        template.write(by=request.user, seen_version=form.cleaned_data["version"], is_active=not template.is_active)
    except EditConflict:
        return render(request, "409.html", {"sentence": "Mẫu vừa được người khác sửa. Tải lại trang rồi thực hiện lại."}, status=409)
    messages.success(request, "Mẫu được đưa vào dùng." if template.is_active else "Mẫu không còn dùng để soạn bài mới.")
    return redirect(template)


def managed(request):
    """The templates, for whoever manages the whole portal; 403 for a manager of a branch, nothing for others."""
    templates = SpeechTemplate.objects.visible_to(request.user)
    if templates.query.is_empty() and request.user.holds(Right.MANAGE):
        raise PermissionDenied(NOT_KEPT)
    return templates


def tried(template, form, organization, period):
    """(ScreenPaper, gaps) of words not yet saved, on a body's own figures; (None, []) when no body was chosen."""
    if organization is None:
        return None, []
    words = {name: form.cleaned_data[name] for name in ("document_type", "title", "text")}
    model = Registration.objects.final().filter(organization=organization, periods=period).order_by("pk").first()
    draft = draft_of(organization=organization, period=period, template=SpeechTemplate(**words), registration=model)
    speech = Speech(organization=organization, period=period, title=draft.title, document_type=draft.document_type)
    speech.place, speech.month, speech.year, speech.number = draft.place, draft.month, draft.year, draft.number
    return screen_paper(speech.document(blocks=draft.blocks)), draft.gaps
