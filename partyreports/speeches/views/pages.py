"""Reading speeches: the list of a year, one speech on paper, its history, its steps, its files."""

from django.db.models import Count, Q
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from organizations import tree
from organizations.chosen import asked
from organizations.models import LogEntry, OrganizationVersion, Right
from organizations.pages import page_of
from organizations.review import FINAL
from organizations.steps import take_step
from partyreports.confined import Stopped
from partyreports.documents import LayoutError, TreeError
from partyreports.documents.store import stored
from partyreports.periods.chosen import chosen_period
from partyreports.vietnamese import fold

from ..changes import changes_of
from ..files import TYPES, file_stem
from ..forms import FilterForm
from ..models import Speech, keeps_templates
from ..paper import paper_of


@require_safe
def list_speeches(request):
    period = chosen_period(request)
    speeches = Speech.objects.visible_to(request.user).filter(period=period)
    counts = speeches.aggregate(all=Count("pk"), bodies=Count("organization", distinct=True), final=Count("pk", filter=Q(status__in=FINAL)))
    form = FilterForm(request.user, asked(request, "to_chuc"))
    page = page_of(request, narrowed(speeches, form).select_related("template").order_by("-changed_at", "-pk"))
    names = tree.names([speech.organization_id for speech in page], on=period.ends_on if period else None)
    rows = [(speech, names[speech.organization_id].name) for speech in page]
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "counts": counts,
        "may_compose": request.user.holds(Right.WRITE),
        "keeps_templates": request.user.holds(Right.MANAGE) and keeps_templates(request.user),
    }
    return render(request, "speeches/list.html", context)


def narrowed(speeches, form):
    """The speeches that the filters of a list leave; a filter that makes no sense leaves all."""
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("trang_thai"):
        speeches = speeches.filter(status=chosen["trang_thai"])
    if chosen.get("to_chuc"):
        speeches = speeches.within(chosen["to_chuc"])
    if chosen.get("kieu"):
        speeches = speeches.filter(template__pattern=chosen["kieu"])
    for word in fold(chosen.get("tim", "")).split():
        named = OrganizationVersion.objects.filter(search__contains=word).values("organization")
        speeches = speeches.filter(Q(search__contains=word) | Q(organization__in=named))
    return speeches


@require_safe
def show_speech(request, pk):
    speech = get_object_or_404(Speech.objects.visible_to(request.user).select_related("organization", "period", "template", "registration"), pk=pk)
    context = {
        "speech": speech,
        "paper": paper_of(speech),
        "steps": speech.steps_for(request.user),
        "is_writable": speech.writable_by(request.user),
    }
    return render(request, "speeches/show.html", context)


@require_safe
def show_history(request, pk):
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    return render(request, "speeches/history.html", {"speech": speech, "changes": changes_of(speech)})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request, pk, name):
    return take_step(request, get_object_or_404(Speech.objects.visible_to(request.user), pk=pk), name)


@require_safe
def pdf(request, pk):
    return _file(request, pk, "pdf")


@require_safe
def docx(request, pk):
    return _file(request, pk, "docx")


def _file(request, pk, kind):
    speech = get_object_or_404(Speech.objects.visible_to(request.user).select_related("organization", "period"), pk=pk)
    try:
        paper = stored(speech.document(), kind)
    except (TreeError, LayoutError, Stopped) as error:
        status = 503 if isinstance(error, Stopped) else 422
        return render(request, "speeches/not_printed.html", {"speech": speech, "sentence": str(error)}, status=status)
    LogEntry.write("download", by=request.user, about=speech, place=kind.upper(), after={"sha256": paper.sha256, "version": speech.version})
    body = speech.organization.version(on=speech.dated).name
    name = f"{file_stem(speech.period, body, is_draft=not speech.is_final)}.{kind}"
    return FileResponse(paper.path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[kind])
