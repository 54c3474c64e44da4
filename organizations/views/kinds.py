"""Kinds of organisation: read by all who work here, written by those who manage the whole tree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import Right, may
from organizations.forms.kinds import KindForm
from organizations.models import OrganizationKind


@require_safe
def list_kinds(request):
    return render(request, "organizations/kinds.html", {"kinds": OrganizationKind.objects.all(), "may_edit": _manages_all(request.user)})


def edit_kind(request, pk=None):
    if not _manages_all(request.user):
        raise PermissionDenied("Chỉ người quản trị toàn bộ cây tổ chức mới sửa loại hình.")
    kind = get_object_or_404(OrganizationKind, pk=pk) if pk is not None else None
    form = KindForm(request.user, request.POST or None, instance=kind)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Đã lưu loại hình “{form.save()}”.")
        return redirect("organizations:kinds")
    return render(request, "organizations/kind.html", {"form": form, "kind": kind})


def _manages_all(user):
    top = tree.root()
    return top is not None and may(user, Right.MANAGE, top)
