"""Registrations and lists of models as files: PDF and DOCX in the official layout."""

import re

from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import exports
from organizations.access import heads
from organizations.chosen import asked
from organizations.models import LogEntry
from partyreports.confined import Stopped
from partyreports.documents import LayoutError, TreeError, stored
from partyreports.periods.chosen import chosen_period, years_of
from partyreports.vietnamese import fold

from ..forms.registrations import RegistrationFilterForm
from ..models import Registration
from ..paper import list_paper, registration_paper

TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@require_safe
def pdf(request, pk):
    return _registration(request, pk, "pdf")


@require_safe
def docx(request, pk):
    return _registration(request, pk, "docx")


@require_safe
def list_pdf(request):
    return _list(request, "pdf")


@require_safe
def list_docx(request):
    return _list(request, "docx")


def _registration(request, pk, kind):
    registration = get_object_or_404(Registration.objects.visible_to(request.user).select_related("organization"), pk=pk)
    stem = f"DangKyMoHinh_{_letters(registration.title)}{'' if registration.is_final else '_BanThao'}"
    return _answer(request, registration_paper(registration), kind, stem, about=registration)


def _list(request, kind):
    """The models of the list as it is filtered: without a filter by state of the paper, the approved ones alone."""
    form = RegistrationFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    rows = form.in_state(form.narrow(Registration.objects.visible_to(request.user)))
    asked_for = form.cleaned_data.get("trang_thai")
    branch = form.cleaned_data.get("to_chuc") or _head(request.user)
    if branch is None:
        raise PermissionDenied("Đồng chí chưa được giao quyền xem mô hình của tổ chức nào.")
    rows = rows if asked_for else rows.final()
    document = list_paper(rows, branch=branch, year=form.year, is_draft=bool(asked_for))
    return _answer(request, document, kind, f"{form.year or 'CacNam'}_DanhMucMoHinh", about=branch, rows=rows.count())


def _head(user):
    rights = (*Registration.WORKED_ON_WITH, *Registration.READ_WITH)
    top = heads(user, *rights, on=timezone.localdate()).select_related("organization").first()
    return top.organization if top else None


def _answer(request, document, kind, stem, *, about, rows=None):
    """The file. `rows`: of a list how many it has, for lists are measured by the day as every other file of a register."""
    try:
        paper = stored(document, kind)
    except (TreeError, LayoutError, Stopped) as error:
        return _not_printed(request, str(error), 503 if isinstance(error, Stopped) else 422)
    place = f"{document.kind.capitalize()} {kind.upper()}"
    if rows is None:
        LogEntry.write("download", by=request.user, about=about, place=place, after={"sha256": paper.sha256})
    else:
        try:
            exports.take_out(request.user, rows=rows, about=about, place=place, note=f"{stem}.{kind}", facts={"sha256": paper.sha256})
        except exports.TooMuch as refused:
            return _not_printed(request, refused.sentence, 429)
    return FileResponse(paper.path.open("rb"), as_attachment=True, filename=f"{stem}.{kind}", content_type=TYPES[kind])


def _not_printed(request, sentence, status):
    return render(request, "models_registry/not_printed.html", {"sentence": sentence}, status=status)


def _letters(text):
    return "".join(word.capitalize() for word in re.findall("[a-z0-9]+", fold(text)))[:60]
