"""Pages of registrations: listed, read, written, sent up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import heads, may
from organizations.chosen import asked
from organizations.pages import page_of
from organizations.review import StepRefused
from organizations.steps import take_step
from partyreports.periods.chosen import chosen_period, years_of

from .forms import BodyForm, RegistrationFilterForm, RegistrationForm
from .models import PARTS, Registration


@require_safe
def list_registrations(request):
    form = RegistrationFilterForm(request.user, years_of(request), chosen_period(request), asked(request, "to_chuc"))
    rows = form.narrow(Registration.objects.visible_to(request.user)).prefetch_related("periods")
    page = page_of(request, rows)
    bodies = tree.names([registration.organization_id for registration in page], on=_day(request))
    for registration in page:
        registration.body = bodies[registration.organization_id].name
    may_add = request.user.holds(Registration.WRITTEN_WITH)
    return render(request, "models_registry/list.html", {"form": form, "page": page, "may_add": may_add})


@require_safe
def show(request, pk):
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    may_write = registration.writable_by(request.user)
    context = {
        "registration": registration,
        "body": registration.organization.version(on=_day(request)),
        "parts": [(Registration._meta.get_field(name).verbose_name, getattr(registration, name), name) for name in PARTS],
        "periods": registration.periods.order_by("starts_on"),
        "basis": registration.basis.order_by("issued_on", "pk"),
        "problems": registration.problems() if may_write else [],
        "steps": registration.steps_for(request.user),
        "may_write": may_write,
    }
    return render(request, "models_registry/show.html", context)


def add(request):
    """Register a model for a body: the only one he writes for, or the one he picks first."""
    if not request.user.holds(Registration.WRITTEN_WITH):
        raise PermissionDenied("Đồng chí chưa được giao quyền soạn ở tổ chức nào.")
    body = BodyForm(request.user, request.GET if "to_chuc" in request.GET else None)
    if body.is_valid():
        organization = body.cleaned_data["to_chuc"]
    else:
        tops = [] if body.is_bound or "chon" in request.GET else heads(request.user, Registration.WRITTEN_WITH, on=timezone.localdate())[:2]
        if len(tops) != 1:
            return render(request, "models_registry/body.html", {"form": body})
        organization = tops[0].organization
    period = chosen_period(request)
    form = RegistrationForm(request.user, organization, request.POST or None, initial={"periods": [period] if period else []})
    return _write(request, form, organization)


def edit(request, pk):
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    if not may(request.user, Registration.WRITTEN_WITH, registration.organization_id):
        raise PermissionDenied("Đồng chí không có quyền soạn ở tổ chức này.")
    if not registration.is_open and request.method != "POST":
        # What is posted goes on: the page that answers keeps the words of whoever had the form open meanwhile.
        sentence = f"Đăng ký đang ở trạng thái “{registration.get_status_display()}”: chỉ sửa được sau khi được trả lại."
        return render(request, "409.html", {"sentence": sentence}, status=409)
    form = RegistrationForm(request.user, registration.organization, request.POST or None, instance=registration)
    return _write(request, form, registration.organization, registration=registration)


def step(request, pk, name):
    return take_step(request, get_object_or_404(Registration.objects.visible_to(request.user), pk=pk), name)


@require_safe
def history(request, pk):
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    page = page_of(request, registration.history().defer("before", "after", "snapshot"))
    return render(request, "models_registry/history.html", {"registration": registration, "page": page})


def _write(request, form, organization, *, registration=None):
    context = {"form": form, "body": organization.version(on=_day(request)), "registration": registration}
    if request.method == "POST" and form.is_valid() and form.is_answered:
        try:
            written = form.save()
        except StepRefused as refused:
            return _conflict(request, form, refused, context)
        messages.success(request, "Đã lưu đăng ký mô hình.")
        return redirect(written)
    return render(request, "models_registry/form.html", context)


def _conflict(request, form, refused, context):
    """What the other one has written beside what is typed here; saving once more is then done with open eyes."""
    if refused.reason == "right":
        raise PermissionDenied(refused.sentence)
    stored = Registration.objects.get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["version"] = stored.version
    context |= {"stored": stored, "differences": form.differences(stored), "refused": refused}
    return render(request, "models_registry/form.html", context, status=409)


def _day(request):
    period = chosen_period(request)
    return period.ends_on if period else None
