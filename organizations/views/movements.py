"""Movements of members: the year of a branch, and the acts on one person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations import roster, tree
from organizations.access import heads, reach, rights_on
from organizations.chosen import asked, chosen_year
from organizations.forms.movements import (
    ComebackForm,
    ElsewhereForm,
    LeaveForm,
    MergeForm,
    MovementFilterForm,
    ReturnForm,
    StayForm,
    TakeBackForm,
    TransferForm,
)
from organizations.models import Member, Stay
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.models.movements import MovementRefused
from organizations.pages import open_page_of, page_of
from partyreports.vietnamese import screen_date, sentence_case

LISTED = 20  # ended bodies with members, named one by one


@require_safe
def list_movements(request):
    """How the roster of a branch went over the year: opening + in − out = closing, each number with its rows."""
    form = MovementFilterForm(request.user, chosen_year(request), asked(request, "to_chuc"))
    form.is_valid()
    branch = form.cleaned_data.get("to_chuc") or _head(request.user)
    if branch is None:
        return render(request, "organizations/movements.html", {"form": form})
    if roster.is_wide(type(branch).objects.now_under(branch)):
        # The rows are there at once; the page that shows them asks for the numbers, and wants no rows with them.
        balance, is_counted = form.flow(branch), "dem" in request.GET
        page = open_page_of(request, [] if is_counted and request.htmx else balance)
    else:
        balance = roster.balance(branch, form.cleaned_data["tu"], form.cleaned_data["den"])
        page = page_of(request, form.narrow(balance.movements))
        is_counted = True
    prefetch_related_objects([move.stay for move in page], "member")
    bodies = tree.told_apart([move.stay.organization_id for move in page], on=balance.end)
    # The tree of that time may have held bodies that stand elsewhere today: those are counted, not named.
    near = set(reach(request.user, *REGISTERS_SEEN_WITH).filter(pk__in=bodies).values_list("pk", flat=True))
    open_to = set(Member.objects.visible_to(request.user).filter(pk__in=[move.stay.member_id for move in page]).values_list("pk", flat=True))
    rows = [
        {
            "move": move,
            "body": bodies.get(move.stay.organization_id, ""),
            "is_near": move.stay.organization_id in near,
            "is_open": move.stay.member_id in open_to,
        }
        for move in page
    ]
    context = {
        "form": form,
        "branch": branch,
        "name": branch.version(on=balance.end).name,
        "balance": balance,
        "is_counted": is_counted,
        "eve": balance.start - roster.DAY,
        "arrivals": _numbers("den", roster.ARRIVALS, balance.arrivals) if is_counted else [],
        "departures": _numbers("di", roster.DEPARTURES, balance.departures) if is_counted else [],
        "page": page,
        "rows": rows,
        "may_write": request.user.holds(*WRITERS),
        **_left_behind(request.user, branch, on=balance.end),
    }
    return render(request, "organizations/movements.html", context)


def transfer_member(request, pk):
    member = _member(request, pk)
    return _act(request, member, TransferForm, member, heading="Chuyển sinh hoạt", done="Đã ghi chuyển sinh hoạt.", is_active=True)


def merge(request, pk):
    """All members of one chi bộ go to another in one act, as when the two become one."""
    organization = get_object_or_404(reach(request.user, *REGISTERS_SEEN_WITH), pk=pk)
    if not rights_on(request.user, organization) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền ghi sổ đảng viên của tổ chức này.")
    standing = Stay.objects.lasting().filter(organization=organization, until=None).count()
    if not standing:
        sentence = f"Không còn đảng viên nào đang sinh hoạt tại “{organization}”: xem danh sách trong sổ đảng viên."
        return render(request, "409.html", {"sentence": sentence}, status=409)
    form = MergeForm(request.user, organization, request.POST or None, initial={"on": organization.ended_on})
    try:
        if request.method == "POST" and form.is_valid() and form.is_answered and form.act():
            receiving = form.cleaned_data["to"]
            messages.success(request, f"Đã chuyển {form.moved:02d} đảng viên sang “{receiving}”.")
            return redirect(f"{reverse('organizations:members')}?to_chuc={receiving.pk}")
    except MovementRefused as refused:
        return render(request, "409.html", {"sentence": refused.sentence}, status=409)
    name = tree.told_apart([organization])[organization.pk]
    return render(request, "organizations/merge.html", {"form": form, "organization": organization, "name": name, "standing": standing})


def leave(request, pk):
    member = _member(request, pk)
    return _act(request, member, LeaveForm, member, heading="Thôi sinh hoạt ở chi bộ", done="Đã ghi thôi sinh hoạt.", is_active=True)


def come_back(request, pk):
    member = _member(request, pk)
    has_died = member.stays.filter(left_by=Stay.Departure.DIED).exists()
    done = "Đã ghi sinh hoạt trở lại."
    return _act(request, member, ComebackForm, member, heading="Sinh hoạt trở lại", done=done, is_active=False, is_current=not has_died)


def stay_elsewhere(request, pk):
    member = _member(request, pk)
    return _act(request, member, ElsewhereForm, member, heading="Sinh hoạt tạm thời nơi khác", done="Đã ghi sinh hoạt tạm thời.", is_active=True)


def end_stay(request, pk):
    stay = _stay(request, pk, is_temporary=True)
    done = "Đã ghi kết thúc sinh hoạt tạm thời."
    return _act(request, stay.member, ReturnForm, stay, heading="Kết thúc sinh hoạt tạm thời", done=done, is_current=stay.until is None)


def correct_stay(request, pk):
    stay = _stay(request, pk, is_temporary=False)
    return _act(request, stay.member, StayForm, stay, heading="Sửa lần sinh hoạt", done="Đã sửa.")


def take_back(request, pk):
    stay = _stay(request, pk)
    heading = "Hủy biến động ghi sau cùng"
    return _act(request, stay.member, TakeBackForm, stay, heading=heading, done="Đã hủy biến động.", label="Hủy biến động", what=_last_act(stay))


def _member(request, pk):
    return _writable(request, get_object_or_404(Member.objects.visible_to(request.user), pk=pk))


def _stay(request, pk, **facts):
    """A stay of a member who is within reach today."""
    stays = Stay.objects.filter(member__in=Member.objects.visible_to(request.user), **facts).select_related("member", "organization")
    stay = get_object_or_404(stays, pk=pk)
    _writable(request, stay.member)
    return stay


def _writable(request, member):
    if not rights_on(request.user, member.organization_id) & set(WRITERS):
        raise PermissionDenied("Đồng chí không có quyền ghi sổ đảng viên của tổ chức này.")
    return member


def _act(request, member, form_class, about, *, heading, done, is_active=None, is_current=True, label="Lưu", what=""):
    """The page of one act. Who does not stand as it needs, or has been moved meanwhile, is 409 with the reason."""
    if not is_current or (is_active is not None and member.is_active != is_active):
        state = "đang sinh hoạt" if member.is_active else "đã thôi sinh hoạt"
        sentence = f"{member} {state}: việc này không còn phù hợp, mở lại trang của đồng chí đó để xem."
        return render(request, "409.html", {"sentence": sentence}, status=409)
    form = form_class(request.user, about, request.POST or None)
    try:
        if request.method == "POST" and form.is_valid() and form.act():
            messages.success(request, done)
            return redirect(member)
    except MovementRefused as refused:
        return render(request, "409.html", {"sentence": refused.sentence}, status=409)
    cell = tree.told_apart([member.organization_id]).get(member.organization_id, "")
    context = {"form": form, "member": member, "cell": cell, "heading": heading, "label": label, "what": what}
    return render(request, "organizations/movement_form.html", context)


def _last_act(stay):
    """What taking `stay` back undoes, in words: its end, else its beginning."""
    if stay.is_temporary:
        return f"Sinh hoạt tạm thời từ {screen_date(stay.since)}"
    if stay.until:
        return f"{sentence_case(stay.get_left_by_display())} từ {screen_date(stay.until)}"
    return f"{sentence_case(stay.get_arrived_by_display())}, từ {screen_date(stay.since)}"


def _head(user):
    version = heads(user, *REGISTERS_SEEN_WITH, on=timezone.localdate()).select_related("organization").first()
    return version.organization if version else None


def _visible(user, branch):
    """The bodies at or below `branch` today that `user` reaches."""
    return reach(user, *REGISTERS_SEEN_WITH).filter(pk__in=type(branch).objects.now_under(branch).values("pk"))


def _left_behind(user, branch, *, on):
    """Who still stands in a body that has ended: how many in all, and (organisation key, name, number) of the first LISTED bodies."""
    left = list(roster.bodies_left_behind(_visible(user, branch), on=on))
    names = tree.told_apart([key for key, _ in left[:LISTED]]) if left else {}
    return {"left_behind": sum(number for _, number in left), "left_bodies": [(key, names[key], number) for key, number in left[:LISTED]]}


def _numbers(way, reasons, found):
    """(key of the filter, reason in words, how many) of each reason; `found`: reason → its stays, or their number."""
    numbers = {reason: each if isinstance(each, int) else len(each) for reason, each in found.items()}
    return [(f"{way}-{reason}", reason.label, numbers.get(reason, 0)) for reason in reasons]
