"""The roster of members. What is sensitive is masked until someone asks for one person, by a POST that the log keeps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from organizations import tree
from organizations.access import rights_on
from organizations.chosen import asked
from organizations.forms.members import WRITERS, MemberFilterForm, MemberForm
from organizations.models import LogEntry, Member
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.pages import page_of

from . import marks


@require_safe
def registers(request):
    """The registers that are kept here: members, cited documents."""
    if not request.user.holds(*REGISTERS_SEEN_WITH):
        raise PermissionDenied("Đồng chí chưa được giao quyền xem sổ theo dõi.")
    return render(request, "organizations/registers.html", {"may_write": request.user.holds(*WRITERS)})


@require_safe
def list_members(request):
    form = MemberFilterForm(request.user, asked(request, "to_chuc"))
    page = page_of(request, form.narrow(Member.objects.visible_to(request.user)))
    cells = tree.names([member.organization_id for member in page])
    above = tree.names([version.parent_id for version in cells.values() if version.parent_id])
    for member in page:
        member.cell = cells[member.organization_id]
        member.above = above.get(member.cell.parent_id)
    return render(request, "organizations/members.html", {"form": form, "page": page, "may_write": request.user.holds(*WRITERS)})


@require_safe
def show_member(request, pk):
    return _member_page(request, get_object_or_404(Member.objects.visible_to(request.user), pk=pk))


def add_member(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = MemberForm(request.user, request.POST or None, initial={"organization": request.GET.get("to_chuc", "")[:15]})
    return _write(request, form, heading="Thêm đảng viên", done="Đã thêm đảng viên vào sổ.")


def edit_member(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    if not rights_on(request.user, member.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền sửa sổ đảng viên của tổ chức này.")
    form = MemberForm(request.user, request.POST or None, instance=member)
    return _write(request, form, heading=f"Sửa thông tin – {member.full_name}", done="Đã lưu thông tin đảng viên.", back=member.get_absolute_url())


@require_POST
def show_marks(request, pk):
    """The page of one person with the masked marks shown, once, for a purpose that goes into the log."""
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    return marks.show(request, member, member.organization_id, _member_page)


@require_POST
def write_marks(request, pk):
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    return marks.write(request, member, member.organization_id)


def _member_page(request, member, **shown):
    rights = rights_on(request.user, member.organization_id)
    context = {
        "member": member,
        "cell": tree.told_apart([member.organization_id]).get(member.organization_id, ""),
        "may_write": bool(rights & set(WRITERS)),
        **marks.marks_context(rights, **shown),
        "entries": LogEntry.objects.about(member).order_by("-pk")[:20],
    }
    return render(request, "organizations/member.html", context)


def _write(request, form, *, heading, done, back=""):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        written = form.save()
        messages.success(request, done)
        return redirect(written)
    return render(request, "organizations/register_form.html", {"form": form, "heading": heading, "register": "members", "back": back})
