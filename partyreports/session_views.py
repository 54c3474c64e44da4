"""Coming in and going out: sign in, sign out, change the password, see and end one's own sessions."""

import time

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from organizations.chosen import note_reach
from organizations.models import LogEntry
from organizations.sessions import ADDRESS, BROWSER, SEEN, STARTED, end_sessions, sessions_of

from . import errors
from .kept import Kept
from .passwords import ChangePasswordForm
from .signin import SignInForm


def enter(request, account):
    """Open a fresh session for `account` and say so in the log."""
    with transaction.atomic():
        login(request, account)
        LogEntry.write("sign_in", by=account, about=account)
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:200]
    note_reach(request, account)
    request.session[ADDRESS] = get_client_ip_address(request) or ""


def next_page(request):
    """The page of ours that `?next=` names, else the home page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters("password")
@login_not_required
def sign_in(request):
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        enter(request, form.get_user())
        return HttpResponseRedirect(next_page(request))
    return render(request, "sign_in.html", {"form": form, "next": request.POST.get("next") or request.GET.get("next") or ""})


@sensitive_post_parameters("password")
@login_not_required
def sign_in_again(request):
    """Sign in on the page that keeps a late form, then offer the form to be sent again."""
    kept = Kept.from_sign_in(request) if request.method == "POST" else None
    if kept is None:
        return redirect("sign_in")
    request.kept, given = kept, request.POST
    # django-axes writes down what is posted with a wrong password: never what somebody had typed into a form.
    request.POST = QueryDict()
    form = SignInForm(request, given)
    if not form.is_valid():
        return render(request, "expired.html", {"form": form, "kept": kept})
    enter(request, form.get_user())
    return errors.resend(request, kept)


@require_POST
@login_not_required
def sign_out(request):
    if request.user.is_authenticated:
        LogEntry.write("sign_out", by=request.user, about=request.user)
        logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@sensitive_post_parameters()
def change_password(request):
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            LogEntry.write("change_password", by=request.user, about=request.user)
            end_sessions(request.user, except_key=request.session.session_key)
        update_session_auth_hash(request, request.user)
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect("home")
    return render(request, "change_password.html", {"form": form})


def sessions(request):
    """My live sessions; a POST ends one of them, or all but this one."""
    if request.method == "POST":
        mark = request.POST.get("session")
        with transaction.atomic():
            ended = end_sessions(request.user, marks=[mark] if mark else None, except_key=request.session.session_key)
            if ended:
                LogEntry.write("end_session", by=request.user, about=request.user, after={"ended": ended})
        messages.success(request, "Đã kết thúc phiên đăng nhập." if ended else "Phiên này đã kết thúc từ trước.")
        return redirect("sessions")
    return render(request, "sessions.html", {"sessions": sessions_of(request.user), "current": request.session.session_key})


@require_POST
def stay(request):
    """Somebody is still at work: the session goes on."""
    request.session[SEEN] = int(time.time())
    return HttpResponse(status=204)
