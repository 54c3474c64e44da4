"""Cited documents: the papers that registrations and speeches stand on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import rights_on
from organizations.chosen import asked
from organizations.citations import doubts
from organizations.forms.references import WRITERS, ReferenceFilterForm, ReferenceForm
from organizations.models import LogEntry, Reference
from organizations.pages import page_of


@require_safe
def list_references(request):
    form = ReferenceFilterForm(request.user, asked(request, "to_chuc"))
    page = page_of(request, form.narrow(Reference.objects.visible_to(request.user)).order_by("-issued_on", "-pk"))
    bodies = tree.names([reference.organization_id for reference in page])
    for reference in page:
        reference.body = bodies[reference.organization_id].name
    return render(request, "organizations/references.html", {"form": form, "page": page, "may_write": request.user.holds(*WRITERS)})


@require_safe
def show_reference(request, pk):
    reference = get_object_or_404(Reference.objects.visible_to(request.user), pk=pk)
    context = {
        "reference": reference,
        "body": reference.organization.version(),
        "doubts": doubts(kind=reference.kind, number=reference.number, symbol=reference.symbol, issuer=reference.issuer),
        "may_write": bool(rights_on(request.user, reference.organization_id) & set(WRITERS)),
        "entries": LogEntry.objects.about(reference).order_by("-pk")[:20],
    }
    return render(request, "organizations/reference.html", context)


def add_reference(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = ReferenceForm(request.user, request.POST or None, initial={"organization": request.GET.get("to_chuc", "")[:15]})
    return _write(request, form, heading="Thêm văn bản viện dẫn", done="Đã ghi văn bản vào sổ.")


def edit_reference(request, pk):
    reference = get_object_or_404(Reference.objects.visible_to(request.user), pk=pk)
    if not rights_on(request.user, reference.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền sửa sổ văn bản của tổ chức này.")
    form = ReferenceForm(request.user, request.POST or None, instance=reference)
    return _write(request, form, heading="Sửa văn bản viện dẫn", done="Đã lưu văn bản.", back=reference.get_absolute_url())


def _write(request, form, *, heading, done, back=""):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        written = form.save()
        messages.success(request, done)
        return redirect(written)
    return render(request, "organizations/register_form.html", {"form": form, "heading": heading, "register": "references", "back": back})
