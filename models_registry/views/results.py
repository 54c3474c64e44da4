"""The table before and after, and the links of a model: lines added, changed, taken out by whoever keeps the register."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organizations.access import rights_on
from organizations.review import StepRefused

from ..forms.links import LinkForm
from ..forms.results import ResultForm, remove
from ..lifecycle import WRITERS
from ..links import unlink
from ..models import ModelLink, ModelResult, Registration


def add_result(request, pk):
    registration = _kept(request, pk)
    return _write(request, ResultForm(request.user, registration, request.POST or None), registration, heading="Thêm kết quả")


def edit_result(request, pk):
    result = get_object_or_404(ModelResult.objects.visible_to(request.user).select_related("registration"), pk=pk)
    _refuse_others(request, result.registration)
    form = ResultForm(request.user, result.registration, request.POST or None, instance=result)
    return _write(request, form, result.registration, heading="Sửa kết quả")


@require_POST
def remove_result(request, pk):
    result = get_object_or_404(ModelResult.objects.visible_to(request.user).select_related("registration"), pk=pk)
    _refuse_others(request, result.registration)
    remove(result, by=request.user)
    messages.success(request, "Đã bỏ kết quả khỏi bảng.")
    return redirect(result.registration)


def add_link(request, pk):
    registration = _kept(request, pk)
    form = LinkForm(request.user, registration, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except StepRefused as refused:
            form.add_error("earlier", refused.sentence)
        else:
            messages.success(request, "Đã liên kết hai mô hình.")
            return redirect(registration)
    context = {"form": form, "registration": registration, "heading": "Liên kết với mô hình khác"}
    return render(request, "models_registry/part_form.html", context)


@require_POST
def remove_link(request, pk):
    link = get_object_or_404(ModelLink.objects.visible_to(request.user).select_related("later", "earlier"), pk=pk)
    _refuse_others(request, link.later)
    unlink(link, by=request.user)
    messages.success(request, "Đã bỏ liên kết.")
    return redirect(link.later)


def _kept(request, pk):
    """The registration, of which the user keeps the register: 404 out of reach, 403 without the right."""
    registration = get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)
    _refuse_others(request, registration)
    return registration


def _refuse_others(request, registration):
    if not rights_on(request.user, registration.organization_id) & WRITERS:
        raise PermissionDenied("Đồng chí không có quyền ghi sổ mô hình của tổ chức này.")


def _write(request, form, registration, *, heading):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        form.save()
        messages.success(request, "Đã lưu kết quả của mô hình.")
        return redirect("models_registry:add_result", registration.pk) if "them" in request.POST else redirect(registration)
    return render(request, "models_registry/part_form.html", {"form": form, "registration": registration, "heading": heading, "may_add_more": True})
