"""Accounts and their rights: listed and kept by those who manage their branches; everybody sees his own."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from organizations import tree
from organizations.access import Right
from organizations.forms.accounts import AccountFilterForm, AccountForm, EndAssignmentForm, RightsForm
from organizations.models import Account, Assignment, LogEntry
from organizations.pages import page_of
from organizations.sessions import end_sessions

LETTERS = "abcdefghkmnpqrstuvwxyz23456789"  # none that look like another on paper


@require_safe
def list_accounts(request):
    if not request.user.holds(Right.MANAGE, Right.AUDIT):
        raise PermissionDenied("Chỉ người quản trị và người giám sát xem được danh sách tài khoản.")
    form = AccountFilterForm(request.user, request.GET)
    page = page_of(request, form.narrow(Account.objects.visible_to(request.user)).prefetch_related("assignments"))
    names = tree.told_apart({assignment.organization_id for account in page for assignment in account.assignments.all()})
    for account in page:
        account.branches = _by_branch([row for row in account.assignments.all() if row.standing == "đang có"], names)
    return render(request, "organizations/accounts.html", {"form": form, "page": page, "may_add": request.user.holds(Right.MANAGE)})


@require_safe
def show_account(request, pk):
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    entries = LogEntry.objects.about(account).order_by("-pk")[:20] if account.is_managed_by(request.user) else ()
    return _account_page(request, account, entries=entries)


@require_safe
def own_account(request):
    """One's own account: rights, password, sessions, own acts."""
    return _account_page(request, request.user, entries=LogEntry.objects.filter(actor_pk=request.user.pk)[:20])


@sensitive_variables("password")
def add_account(request):
    if not request.user.holds(Right.MANAGE):
        raise PermissionDenied("Chỉ người có quyền quản trị mới thêm tài khoản.")
    form, rights = AccountForm(request.user, request.POST or None), RightsForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid() & rights.is_valid():
        password = one_time_password()
        with transaction.atomic():
            form.instance.must_change_password = True
            form.instance.set_password(password)
            account = form.save()
            LogEntry.write("add", by=request.user, about=account, organization_pk=rights.cleaned_data["organization"].pk)
            rights.give(account)
        return render(request, "organizations/new_password.html", {"account": account, "password": password, "is_new": True})
    return render(request, "organizations/account_form.html", {"form": form, "rights": rights, "account": None})


def edit_account(request, pk):
    account = _managed(request, pk)
    form = AccountForm(request.user, request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Đã lưu tài khoản.")
        return redirect(form.save())
    return render(request, "organizations/account_form.html", {"form": form, "account": Account.objects.get(pk=pk)})


@require_POST
def switch_account(request, pk):
    """Stop using an account, which ends its sessions, or use it again."""
    account = _managed(request, pk)
    with transaction.atomic():
        account.is_active = request.POST.get("use") == "yes"
        account.save(update_fields=["is_active"])
        end_sessions(account)
        LogEntry.write("enable" if account.is_active else "disable", by=request.user, about=account, organization_pk=_place(account))
    messages.success(request, "Đã cho dùng lại tài khoản." if account.is_active else "Đã ngừng tài khoản; các phiên đăng nhập đã kết thúc.")
    return redirect(account)


@require_POST
@sensitive_variables("password")
def new_password(request, pk):
    """A password that is shown once and must be changed at the first sign-in; sessions that are open end."""
    account, password = _managed(request, pk), one_time_password()
    with transaction.atomic():
        account.must_change_password = True
        account.set_password(password)
        account.save()
        end_sessions(account)
        LogEntry.write("new_password", by=request.user, about=account, organization_pk=_place(account))
    return render(request, "organizations/new_password.html", {"account": account, "password": password, "is_new": False})


def give_rights(request, pk):
    account = _managed(request, pk)
    form = RightsForm(request.user, request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        form.give(account)
        messages.success(request, "Đã giao quyền.")
        return redirect(account)
    return render(request, "organizations/rights_form.html", {"form": form, "account": account})


def end_assignment(request, pk, assignment):
    account = _managed(request, pk)
    row = get_object_or_404(account.assignments.unfinished(), pk=assignment)
    form = EndAssignmentForm(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, "Đã ghi ngày hết hiệu lực của quyền.")
        return redirect(account)
    return render(request, "organizations/end_assignment.html", {"form": form, "account": account, "assignment": row})


def one_time_password():
    """Fifteen signs in three groups, easy to read out on the telephone: 73 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(3))


def _managed(request, pk):
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    if account.pk == request.user.pk:
        raise PermissionDenied("Đồng chí không tự sửa tài khoản và quyền của mình: đề nghị người quản trị khác.")
    if not account.is_managed_by(request.user):
        raise PermissionDenied("Tài khoản này có quyền ngoài phạm vi quản trị của đồng chí: đề nghị người quản trị cấp trên.")
    return account


def _account_page(request, account, *, entries):
    rows = list(Assignment.objects.filter(account=account).select_related("given_by").order_by("-valid_from", "pk"))
    names = tree.told_apart({row.organization_id for row in rows})
    for row in rows:
        row.branch = names[row.organization_id]
    context = {"account": account, "rows": rows, "entries": entries, "is_own": account.pk == request.user.pk}
    return render(request, "organizations/account.html", context | {"manages_it": account.is_managed_by(request.user)})


def _by_branch(assignments, names):
    """[(name of the branch, its rights in words)] of assignments that count today."""
    branches = {}
    for row in assignments:
        branches.setdefault(names[row.organization_id], []).append(row.get_right_display())
    return [(name, ", ".join(rights)) for name, rights in branches.items()]


def _place(account):
    return account.assignments.values_list("organization", flat=True).first()
