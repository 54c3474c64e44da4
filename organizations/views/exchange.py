"""Registers in Excel: templates and exports out, files in; a dry run first, then all of it or nothing."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from organizations import exports
from organizations.access import heads, reach
from organizations.chosen import asked
from organizations.exchange import registered
from organizations.exchange.running import read_on_trial, write
from organizations.exchange.workbooks import MOST_ROWS, export_of, file_name, template_of
from organizations.forms.exchange import ExportForm, UploadForm
from organizations.models import Import
from organizations.pages import page_of
from organizations.tasks import work_on_import
from partyreports.sheets import CONTENT_TYPE
from partyreports.vietnamese import number

State = Import.State
AT_ONCE, AT_ONCE_BYTES = 200, 200 << 10  # lines and bytes that are worked on while the page is waited for


def exchange_for(user, slug, *, to_write=False):
    """The register of that slug, for somebody who may see it (or write into it)."""
    exchange = registered(slug)
    if exchange is None:
        raise Http404
    if not user.holds(*(exchange.writers if to_write else exchange.seen_with)):
        raise PermissionDenied(exchange.not_written if to_write else "Đồng chí chưa được giao quyền xem sổ theo dõi.")
    return exchange


@require_safe
def show_exchange(request, register):
    exchange = exchange_for(request.user, register)
    return _page(request, exchange, _export_form(request, exchange), UploadForm())


@require_safe
def download_template(request, register):
    exchange = exchange_for(request.user, register, to_write=True)
    return _workbook(template_of(exchange, request.user), file_name(exchange, "Mau"))


@require_safe
def export(request, register):
    """The rows of a register that names nobody; of one that does, the page that asks for the password and the purpose."""
    exchange = exchange_for(request.user, register)
    if exchange.names_people:
        return redirect(f"{reverse('organizations:exchange', args=[register])}?{request.GET.urlencode()}")
    return _taken_out(request, exchange, ExportForm(exchange, request.user, request.GET))


@require_POST
@sensitive_post_parameters("password")
def export_people(request, register):
    """The rows of a register that names persons, for who says again who he is and what the file is for."""
    exchange = exchange_for(request.user, register)
    if not exchange.names_people:
        raise Http404
    is_confirmed = exports.is_confirmed(request)
    form = ExportForm(exchange, request.user, request.POST, asks=True, is_confirmed=is_confirmed)
    if form.is_valid() and not is_confirmed:
        # By the way of every sign-in: wrong passwords are counted, and too many of them lock the account.
        if authenticate(request, username=request.user.username, password=form.cleaned_data["password"]) != request.user:
            form.add_error("password", "Mật khẩu không đúng: nhập lại.")
        else:
            exports.confirm(request)
    return _taken_out(request, exchange, form)


def _taken_out(request, exchange, form):
    """The workbook that `form` asks for, numbered and logged; the page again when it cannot be."""
    user = request.user
    if not form.is_valid():
        return _page(request, exchange, form, UploadForm())
    rows, waiting = form.narrow(exchange.rows(user)), form.waiting(user)
    found = rows.count() + len(waiting)
    if found > MOST_ROWS:
        form.add_error(None, f"Có {number(found)} dòng, nhiều hơn {number(MOST_ROWS)} dòng của một tệp: chọn tổ chức hoặc năm để xuất từng phần.")
        return _page(request, exchange, form, UploadForm())
    name = file_name(exchange, f"{timezone.localdate():%Y%m%d}")
    note = f"{exchange.title}: {number(found)} dòng{', ' if form.in_words() else ''}{form.in_words()} ({name})"
    purpose = form.cleaned_data.get("purpose", "")
    try:
        serial = exports.take_out(user, rows=found, note=note, organization_pk=_place(user, exchange, form), purpose=purpose)
    except exports.TooMuch as refused:
        form.add_error(None, refused.sentence)
        return _page(request, exchange, form, UploadForm())
    if exchange.names_people:
        exports.spend(request)
    return _workbook(export_of(exchange, user, rows, waiting=waiting, told=form.in_words(), mark=serial.mark), name)


@require_POST
def upload(request, register):
    exchange = exchange_for(request.user, register, to_write=True)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, exchange, _export_form(request, exchange), form)
    work = form.save(exchange, by=request.user)
    if len(work.content) > AT_ONCE_BYTES or not read_on_trial(work, at_most=AT_ONCE):
        work_on_import.enqueue(work.pk)
    return redirect(work)


@require_safe
def show_import(request, pk):
    work, exchange = _import(request, pk)
    context = {
        "work": work,
        "exchange": exchange,
        "errors": page_of(request, work.errors),
        "changes": page_of(request, work.changes),
        "page": page_of(request, work.errors or work.changes),
    }
    return render(request, "organizations/import.html", context)


@require_POST
@transaction.atomic  # of a small file: what cannot be written leaves it waiting as it was
def confirm_import(request, pk):
    work, _ = _import(request, pk)
    if not work.move(State.READY, to=State.CONFIRMED):
        return render(request, "409.html", {"sentence": "Tệp này không còn chờ xác nhận: mở lại trang để xem kết quả."}, status=409)
    if work.total > AT_ONCE:
        work_on_import.enqueue(work.pk)
        return redirect(work)
    write(work)
    if work.state == State.DONE:
        messages.success(request, "Đã ghi vào sổ.")
    return redirect(work)


@require_POST
def drop_import(request, pk):
    work, exchange = _import(request, pk)
    if not work.drop():
        return render(request, "409.html", {"sentence": "Tệp này đang được ghi vào sổ, không bỏ được nữa."}, status=409)
    messages.success(request, "Đã xóa kết quả của tệp." if work.state == State.DONE else "Đã bỏ tệp, sổ không thay đổi.")
    return redirect("organizations:exchange", exchange.slug)


def _import(request, pk):
    """The user's own Import and its register; gone when he no longer reaches what it tells of."""
    work = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    exchange = registered(work.register)
    if exchange is None or not request.user.holds(*exchange.writers):
        raise Http404
    if reach(request.user, *exchange.seen_with).filter(pk__in=work.bodies).count() != len(work.bodies):
        raise Http404
    return work, exchange


def _page(request, exchange, form, upload):
    context = {
        "exchange": exchange,
        "form": form,
        "upload": upload,
        "may_write": request.user.holds(*exchange.writers),
        "imports": Import.objects.visible_to(request.user).filter(register=exchange.slug).defer("content", "errors", "changes")[:5],
    }
    return render(request, "organizations/exchange.html", context)


def _export_form(request, exchange):
    """The export form as it begins: with the chosen branch and year."""
    filled = asked(request, "to_chuc").copy()
    year = request.user.chosen_year
    if "nam" not in filled and year.isdigit():
        filled["nam"] = year
    if exchange.names_people:  # nothing has been typed yet: what is to be typed is not missing
        begins = {"to_chuc": filled.get("to_chuc"), "nam": filled.get("nam")}
        return ExportForm(exchange, request.user, initial=begins, asks=True, is_confirmed=exports.is_confirmed(request))
    return ExportForm(exchange, request.user, filled)


def _place(user, exchange, form):
    """The body under which the log tells of the export: the branch chosen, else the highest one within reach."""
    if form.cleaned_data.get("to_chuc"):
        return form.cleaned_data["to_chuc"].pk
    return heads(user, *exchange.seen_with, on=timezone.localdate()).values_list("organization", flat=True).first()


def _workbook(content, name):
    return HttpResponse(content, headers={"Content-Type": CONTENT_TYPE, "Content-Disposition": f'attachment; filename="{name}"'})
