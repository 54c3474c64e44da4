"""The roster of members. What is sensitive is masked until someone asks for one person, by a POST that the log keeps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from organizations import ages, life, roster, tree
from organizations.access import reach, rights_on
from organizations.chosen import asked, chosen_year
from organizations.fields import LONGEST_KEY
from organizations.forms.members import GONE, WRITERS, MemberFilterForm, MemberForm
from organizations.models import LogEntry, Member, Organization, Stay
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.pages import open_page_of, page_of
from organizations.registers import counted

from . import marks


@require_safe
def registers(request):
    """All registers, each with what it counted in the chosen year, of the branch chosen at the top."""
    if not request.user.holds(*REGISTERS_SEEN_WITH):
        raise PermissionDenied("Đồng chí chưa được giao quyền xem sổ theo dõi.")
    key = asked(request, "to_chuc").get("to_chuc", "")
    branch = reach(request.user, *REGISTERS_SEEN_WITH).filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY else None
    year, seen = chosen_year(request), reach(request.user, *REGISTERS_SEEN_WITH)
    is_counting = "dem" not in request.GET and roster.is_wide(Organization.objects.now_under(branch) if branch else seen)
    context = {
        "year": year,
        "is_counting": is_counting,  # a country's registers are counted once the page stands
        "counted": {} if is_counting else counted(request.user, branch, year),
        "may_write": request.user.holds(*WRITERS),
    }
    return render(request, "organizations/registers.html", context)


@require_safe
def list_members(request):
    """The roster of a branch on a day, or those who have left it."""
    user, year = request.user, chosen_year(request)
    form = MemberFilterForm(user, year, asked(request, "to_chuc"))
    stays = form.stays(Stay.objects.visible_to(user))
    # Over a country the rows are there at once, and the counts are asked for by the page that shows them.
    tallies = _tallies(form, stays) if not form.is_wide or request.GET.get("dem") else None
    page = page_of(request, stays, total=tallies["total"]) if tallies and not form.is_wide else open_page_of(request, stays)
    cells = tree.told_apart([stay.organization_id for stay in page], on=form.day)
    open_to = set(Member.objects.visible_to(user).filter(pk__in=[stay.member_id for stay in page]).values_list("pk", flat=True))
    for stay in page:
        stay.cell, stay.is_open = cells.get(stay.organization_id, ""), stay.member_id in open_to
        stay.is_official = bool(stay.member.official_on and stay.member.official_on <= form.day)
    branch = form.cleaned_data.get("to_chuc")
    context = {
        "form": form,
        "page": page,
        "is_one_roster": branch is not None and {stay.organization_id for stay in page} == {branch.pk},
        "tallies": tallies,
        "is_counting": tallies is None,
        "is_gone": form.cleaned_data.get("sinh_hoat") == GONE,
        "year": year,
        "may_write": user.holds(*WRITERS),
    }
    return render(request, "organizations/members.html", context)


@require_safe
def show_member(request, pk):
    return _member_page(request, get_object_or_404(Member.objects.visible_to(request.user), pk=pk))


def add_member(request):
    if not request.user.holds(*WRITERS):
        raise PermissionDenied("Đồng chí chưa được giao quyền nhập hoặc soạn.")
    form = MemberForm(
        request.user, request.POST or None, initial={"organization": request.GET.get("to_chuc", "")[:15], "arrived_by": Stay.Arrival.LISTED}
    )
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


def _tallies(form, stays):
    """How the roster is made up; {} when it is too wide to be counted within the time that the database gives to one question."""
    if form.whole is not None:
        return roster.tallies_today(form.whole)
    if not form.is_wide:
        return roster.tallies(stays.order_by(), on=form.day)
    try:
        with transaction.atomic():
            return roster.tallies(stays.order_by(), on=form.day)
    except OperationalError:
        return {}


def _member_page(request, member, **shown):
    rights = rights_on(request.user, member.organization_id)
    events, stays = life.path_of(member, request.user)
    lasting = [stay for stay in stays if not stay.is_temporary]
    last = lasting[-1] if lasting else None
    on = last.until if last and last.until else timezone.localdate()  # years are told up to the day he left
    context = {
        "member": member,
        "cell": tree.told_apart([member.organization_id]).get(member.organization_id, ""),
        "may_write": bool(rights & set(WRITERS)),
        "age": ages.age(member, on=on),
        "party_age": ages.party_age(member, lasting, on=on),
        "days_lost": ages.days_lost(lasting, on=on),
        "party_age_source": ages.SOURCE,
        "events": events,
        "last": last,
        "has_died": bool(last and last.left_by == Stay.Departure.DIED),
        "may_take_back": len(lasting) > 1 or bool(lasting and lasting[-1].until),
        "elsewhere": next((stay for stay in stays if stay.is_temporary and stay.until is None), None),
        **marks.marks_context(rights, **shown),
        # A transfer is told once here; its second line is for the log of the body that receives him.
        "entries": LogEntry.objects.about(member).exclude(action="receive").order_by("-pk")[:20],
    }
    return render(request, "organizations/member.html", context)


def _write(request, form, *, heading, done, back=""):
    if request.method == "POST" and form.is_valid() and form.is_answered:
        written = form.save()
        messages.success(request, done)
        if "another" in request.POST:
            return redirect(f"{reverse('organizations:add_member')}?to_chuc={written.organization_id}")
        return redirect(written)
    return render(request, "organizations/register_form.html", {"form": form, "heading": heading, "register": "members", "back": back})
