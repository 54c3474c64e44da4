"""Cited documents: the papers that registrations, norms and speeches stand on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import rights_on
from organizations.chosen import asked
from organizations.citing import citings
from organizations.forms.references import WRITERS, CheckForm, ReferenceFilterForm, ReferenceForm
from organizations.models import LogEntry, Reference
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.pages import page_of
from organizations.reference_fields import LONGEST_TEXT, matches
from partyreports.vietnamese import normalise


@require_safe
def list_references(request):
    form = ReferenceFilterForm(request.user, asked(request, "to_chuc"))
    found = form.narrow(Reference.objects.visible_to(request.user))
    page = page_of(request, found.order_by("-issued_on", "-pk"))
    bodies = tree.names([reference.organization_id for reference in page])
    for reference in page:
        reference.body = bodies[reference.organization_id].name
    context = {
        "form": form,
        "page": page,
        "counts": found.order_by().aggregate(numbered=Count("number"), doubtful=Count("pk", filter=Q(is_doubtful=True))),
        "may_write": request.user.holds(*WRITERS),
    }
    return render(request, "organizations/references.html", context)


@require_safe
def show_reference(request, pk):
    reference = get_object_or_404(Reference.objects.visible_to(request.user), pk=pk)
    context = {
        "reference": reference,
        "body": reference.organization.version(),
        "carries_out": _with_links(reference.carries_out.order_by("issued_on", "pk"), request.user),
        "carried_out_by": Reference.objects.visible_to(request.user).filter(carries_out=reference),
        "citings": citings(reference, request.user),
        "may_write": bool(rights_on(request.user, reference.organization_id) & set(WRITERS)),
        "entries": LogEntry.objects.about(reference).order_by("-pk")[:20],
    }
    return render(request, "organizations/reference.html", context)


def add_reference(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = ReferenceForm(request.user, request.POST or None, initial={"organization": asked(request, "to_chuc").get("to_chuc", "")[:15]})
    return _write(request, form, heading="Thêm văn bản viện dẫn", done="Đã ghi văn bản vào sổ.")


def edit_reference(request, pk):
    reference = get_object_or_404(Reference.objects.visible_to(request.user), pk=pk)
    if not rights_on(request.user, reference.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền sửa sổ văn bản của tổ chức này.")
    form = ReferenceForm(request.user, request.POST or None, instance=reference)
    return _write(request, form, heading="Sửa văn bản viện dẫn", done="Đã lưu văn bản.", back=reference.get_absolute_url())


@require_safe
def check_reference(request):
    """What looks odd in a document while it is typed, and what of it stands in the register already: a piece of the form."""
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    return render(request, "organizations/_reference_checks.html", {"sentences": CheckForm(request.GET).sentences(request.user)})


@require_safe
def search_references(request):
    """Documents that fit what is typed into a picker, as boxes to tick."""
    name = request.GET.get("ten", "references")
    if not name.isidentifier() or len(name) > 60 or not request.user.holds(*REGISTERS_SEEN_WITH):
        raise PermissionDenied("Địa chỉ này chỉ dùng cho ô chọn văn bản.")
    text = normalise(request.GET.get(name, ""))[:LONGEST_TEXT]
    choices, has_more = matches(text, among=Reference.objects.visible_to(request.user)) if text else ([], False)
    context = {"name": name, "text": text, "choices": choices, "has_more": has_more, "searched": bool(text), "many": "mot" not in request.GET}
    return render(request, "organizations/_reference_choices.html", context)


def _with_links(documents, user):
    """Each document and whether its page is within reach."""
    rows = list(documents)
    seen = set(Reference.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if rows else set()
    return [(row, row.pk in seen) for row in rows]


def _write(request, form, *, heading, done, back=""):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        written = form.save()
        messages.success(request, done)
        if "another" in request.POST:
            return redirect("organizations:add_reference")
        return redirect(written)
    return render(request, "organizations/reference_form.html", {"form": form, "heading": heading, "back": back})
