"""Writing speeches: composing from a template, editing the words, the facts of the paper, taking over figures that have changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizations.models import Reference
from organizations.reference_fields import LONGEST_TEXT, matches
from organizations.review import StepRefused
from partyreports.documents import blocks_to_json
from partyreports.periods.chosen import chosen_period
from partyreports.vietnamese import normalise

from ..compose import compose, draft_of
from ..editing import EditingError
from ..forms import ComposeForm, DetailsForm, TextForm, VersionForm
from ..models import EditConflict, Speech
from ..paper import screen_paper
from ..provenance import with_present_figures
from ..titles import with_official_titles
from ..workbench import Workbench, editor_media


@require_http_methods(["GET", "HEAD", "POST"])
def compose_speech(request):
    period = chosen_period(request)
    if period is None:
        return render(request, "speeches/compose.html", {"form": None})
    form = ComposeForm(request.user, period, request.POST or request.GET)
    if not form.bodies:
        raise PermissionDenied("Đồng chí chưa được giao quyền soạn ở tổ chức nào có mẫu tham luận.")
    draft = None
    if form.is_valid():
        chosen = {"organization": form.organization, "template": form.cleaned_data["mau"], "registration": form.cleaned_data["mo_hinh"]}
        if request.method == "POST":
            speech = compose(period=period, by=request.user, **chosen)
            messages.success(request, "Đã lập bản thảo.")
            return redirect(speech)
        draft = draft_of(period=period, **chosen)
    others = Speech.objects.visible_to(request.user).filter(organization=form.organization, period=period)
    return render(request, "speeches/compose.html", {"form": form, "draft": draft, "others": others})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_speech(request, pk):
    speech = writable_speech(request, pk)
    bench = Workbench(speech, writer=request.user)
    if request.method == "POST":
        try:
            blocks = bench.read(TextForm(request.POST))
            speech.write(by=request.user, seen_version=bench.seen_version, blocks=blocks_to_json(blocks))
        except EditingError as error:
            bench.error = str(error)
        except EditConflict as conflict:
            bench.take_conflict(conflict.theirs)
        except StepRefused as refused:
            bench.error = refused.sentence
        else:
            told(request, bench)
            return redirect(speech)
    if not speech.is_open:
        return not_open(request, speech, kept=bench.lines if request.method == "POST" else "")
    context = {"speech": speech, "bench": bench, "media": editor_media(request)}
    return render(request, "speeches/edit.html", context, status=409 if bench.theirs else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview_speech(request, pk):
    """The paper alone: as it is saved, or as the editor holds it, without saving."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user).select_related("organization", "period"), pk=pk)
    document, error = speech.document(), ""
    if request.method == "POST":
        try:
            document = speech.document(blocks=Workbench(speech, writer=request.user).read(TextForm(request.POST)))
        except EditingError as refused:
            error = str(refused)
    context = {"speech": speech, "paper": screen_paper(document), "error": error, "is_saved": request.method == "GET"}
    return render(request, "speeches/preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_details(request, pk):
    speech = writable_speech(request, pk)
    form, theirs = DetailsForm(request.POST) if request.method == "POST" else DetailsForm.of(speech), None
    if not speech.is_open:
        return not_open(request, speech, kept=form.typed)
    if request.method == "POST" and form.is_valid():
        content = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            speech.write(by=request.user, seen_version=form.cleaned_data["version"], **content)
        except EditConflict as conflict:
            theirs = conflict.theirs
            form.data = form.data.copy()
            form.data["version"] = theirs.version
        except StepRefused:
            return not_open(request, speech, kept=form.typed)
        else:
            messages.success(request, "Đã lưu thông tin văn bản.")
            return redirect(speech)
    return render(request, "speeches/details.html", {"speech": speech, "form": form, "theirs": theirs}, status=409 if theirs else 200)


@require_safe
def find_citations(request, pk):
    """Cited documents within reach of the writer that fit what is typed: a piece of the editing page."""
    speech = writable_speech(request, pk)
    text = normalise(request.GET.get("van_ban", ""))[:LONGEST_TEXT]
    found, has_more = matches(text, among=Reference.objects.visible_to(request.user)) if text else ([], False)
    return render(request, "speeches/_citations.html", {"speech": speech, "text": text, "documents": found, "has_more": has_more})


@require_POST
def take_over(request, pk):
    """Put what the sources say now in the place of figures that have changed: one of them, or all."""
    speech = writable_speech(request, pk)
    return _corrected(
        request,
        speech,
        lambda: (speech.title, *with_present_figures(speech, only=request.POST.get("figure"))),
        done="Đã cập nhật {} chỗ theo số liệu hiện nay.",
        late="Bài vừa được người khác sửa. Tải lại trang rồi cập nhật số liệu.",
    )


@require_POST
def correct_titles(request, pk):
    """Put the official titles of models in the place of names that have drifted from them: one of them, or all."""
    speech = writable_speech(request, pk)
    return _corrected(
        request,
        speech,
        lambda: with_official_titles(speech, only=request.POST.get("title")),
        done="Đã sửa {} chỗ theo tên chính thức của mô hình.",
        late="Bài vừa được người khác sửa. Tải lại trang rồi sửa tên mô hình.",
    )


def _corrected(request, speech, correct, *, done, late):
    """Write what `correct` gives, (title, blocks, how many places), over the version that was on the page."""
    form = VersionForm(request.POST)
    if not speech.is_open or not form.is_valid():
        return not_open(request, speech)
    title, blocks, count = correct()
    try:
        if count:
            content = {"blocks": blocks_to_json(blocks)} | ({"title": title} if title != speech.title else {})
            speech.write(by=request.user, seen_version=form.cleaned_data["version"], **content)
            messages.success(request, done.format(count))
    except EditConflict:
        return render(request, "409.html", {"sentence": late}, status=409)
    except StepRefused:
        return not_open(request, speech)
    return redirect(speech)


def writable_speech(request, pk):
    """The speech within reach; 403 when this user may not write for its body."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user).select_related("organization", "period"), pk=pk)
    if not speech.written_by(request.user):
        raise PermissionDenied("Đồng chí không có quyền soạn bài của tổ chức này.")
    return speech


def not_open(request, speech, kept=""):
    """409 for a speech that is not written on in its state; what was typed is handed back."""
    sentence = f"Bài đang ở trạng thái “{speech.get_status_display()}” nên không sửa được; muốn sửa, đề nghị người duyệt trả lại."
    return render(request, "speeches/not_open.html", {"speech": speech, "sentence": sentence, "kept": kept}, status=409)


def told(request, bench):
    messages.success(request, "Đã lưu bài.")
    if bench.unknown:
        messages.warning(request, f"{bench.unknown} số liệu không rõ nguồn đã được giữ như chữ thường: kiểm tra lại trước khi trình.")
