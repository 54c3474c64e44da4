"""Changes of the tree: founded, changed, corrected, ended. Each is told in words before it is written."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from organizations.access import Right, may, reach
from organizations.forms.corrections import CorrectForm
from organizations.forms.organizations import ChangeForm, EndForm, FoundForm, TreeFilterForm


def found(request):
    if not request.user.holds(Right.MANAGE):
        raise PermissionDenied("Chỉ người có quyền quản trị mới lập tổ chức mới.")
    form = FoundForm(request.user, request.POST or None, initial={"parent": request.GET.get("cap-tren", "")[:15]})
    return _ask_and_write(request, form, heading="Lập tổ chức mới", act="Lập tổ chức", done="Đã lập tổ chức mới.")


def change(request, pk):
    organization = _managed(request, pk)
    form = ChangeForm(request.user, organization, request.POST or None)
    heading = f"Ghi thay đổi – {organization}"
    return _ask_and_write(request, form, heading=heading, act="Ghi thay đổi", done="Đã ghi thay đổi.", organization=organization)


def correct(request, pk):
    """Mend what was mistyped, in the stretch of time that holds the day of the address, today when it names none."""
    organization = _managed(request, pk)
    version = organization.version(on=TreeFilterForm(request.GET).on)
    form = CorrectForm(request.user, organization, version, request.POST or None)
    heading = f"Sửa lỗi ghi – {version.name}"
    return _ask_and_write(request, form, heading=heading, act="Sửa lỗi ghi", done="Đã sửa lỗi ghi.", organization=organization)


def end(request, pk):
    organization = _managed(request, pk)
    form = EndForm(request.user, organization, request.POST or None)
    heading = f"Kết thúc hoạt động – {organization}"
    return _ask_and_write(request, form, heading=heading, act="Kết thúc hoạt động", done="Đã ghi kết thúc hoạt động.", organization=organization)


def _managed(request, pk):
    organization = get_object_or_404(reach(request.user), pk=pk)
    if not may(request.user, Right.MANAGE, organization):
        raise PermissionDenied("Chỉ người có quyền quản trị trên tổ chức này mới ghi thay đổi.")
    return organization


def _ask_and_write(request, form, *, heading, act, done, organization=None):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        written = form.save()
        messages.success(request, done)
        return redirect(written)
    return render(request, "organizations/change.html", {"form": form, "heading": heading, "act": act, "organization": organization})
