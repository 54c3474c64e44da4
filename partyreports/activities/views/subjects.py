"""The list of subjects that people raise: read by all who work here, written by those who manage the whole tree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from organizations import tree
from organizations.access import Right, may
from partyreports.activities.forms.subjects import SubjectForm
from partyreports.activities.models import Subject


@require_safe
def list_subjects(request):
    return render(request, "activities/dialogue_subjects.html", {"subjects": Subject.objects.all(), "may_edit": _manages_all(request.user)})


def edit_subject(request, pk=None):
    if not _manages_all(request.user):
        raise PermissionDenied("Chỉ người quản trị toàn bộ cây tổ chức mới sửa danh sách nội dung đối thoại.")
    subject = get_object_or_404(Subject, pk=pk) if pk is not None else None
    form = SubjectForm(request.user, request.POST or None, instance=subject)
    back = reverse("activities:subjects")
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"Đã lưu nội dung “{form.save()}”.")
        return redirect(back)
    heading = "Sửa nội dung đối thoại" if subject else "Thêm nội dung đối thoại"
    return render(request, "activities/norm_form.html", {"form": form, "heading": heading, "back": back, "parent": "Nội dung đối thoại"})


def _manages_all(user):
    top = tree.root()
    return top is not None and may(user, Right.MANAGE, top)
