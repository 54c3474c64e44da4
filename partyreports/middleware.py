"""What every request goes through: sessions with limits, private pages never stored, errors in Vietnamese."""

import logging
import time
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from organizations.sessions import SEEN, STARTED

from . import errors, kept

METHODS = ("GET", "HEAD", "POST")
WRITE_EVERY = 60  # seconds: a session row is not written at each click
WATCHING = ("organizations:import",)  # a page that asks for itself each second is no click, and waits for no database that is being written
OPEN_BEFORE_CHANGE = ("change_password", "sign_out", "stay")  # pages for an account that must change its password first
log = logging.getLogger("django.request")


def private_pages_are_not_stored(get_response):
    """`Cache-Control: no-store` on every page, so that the back button of a shared PC shows nothing."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if "Cache-Control" not in response or (user is not None and user.is_authenticated):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def sessions_end(get_response):
    """End a session after SESSION_IDLE_SECONDS without a click, or SESSION_COOKIE_AGE after signing in."""

    def middleware(request):
        if not request.user.is_authenticated:
            return get_response(request)
        now = int(time.time())
        started = request.session.setdefault(STARTED, now)
        seen = request.session.setdefault(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
            logout(request)
        response = get_response(request)
        if request.user.is_authenticated:
            if now - seen > WRITE_EVERY and getattr(request.resolver_match, "view_name", "") not in WATCHING:
                request.session[SEEN] = now
            kept.remember_account(request, response)
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Pages are private. A form that arrives without a session is kept and answered, never thrown away by a redirect."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not request.user.is_authenticated:
            return super().process_view(request, view_func, view_args, view_kwargs)
        if not request.user.must_change_password or request.resolver_match.view_name in OPEN_BEFORE_CHANGE:
            return None
        late = kept.Kept.from_late(request) if request.method == "POST" else None
        return errors.resend(request, late, status=403) if late else redirect("change_password")

    def handle_no_permission(self, request, view_func):
        if request.method == "POST" and kept.Kept.from_late(request):
            return errors.expired_form(request)
        if request.htmx:
            # A piece of a page cannot hold the sign-in page: the browser goes there itself, and comes back to the page it shows now.
            here = quote(request.htmx.current_url_abs_path or resolve_url("home"))
            return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?next={here}")
        return super().handle_no_permission(request, view_func)


def holds_nul(request):
    """True when the address or a field holds the character that nobody types and PostgreSQL refuses to look for."""
    sent = [text for data in (request.GET, request.POST) for name, values in data.lists() for text in (name, *values)]
    return any("\x00" in text for text in (request.path_info, *sent))


def errors_speak_vietnamese(get_response):
    """Show our own error pages in a trial with DEBUG on too, where Django would show its English ones; the traceback goes to the log."""

    def middleware(request):
        response = get_response(request)
        if settings.DEBUG and request.resolver_match is None and response.status_code == 404:
            return errors.not_found(request)
        if response.status_code == 405 and not response.content:
            return errors.wrong_method(request, response)
        return response

    def process_exception(request, exception):
        if isinstance(exception, Http404):
            return errors.not_found(request, exception)
        if not settings.DEBUG or isinstance(exception, PermissionDenied):
            return None
        if isinstance(exception, BadRequest | SuspiciousOperation):
            return errors.bad_request(request, exception)
        got_request_exception.send(sender=None, request=request)
        log.error("%s %s", request.method, request.path, exc_info=exception)
        return errors.server_error(request)

    def process_view(request, view, args, kwargs):
        # Pages and their forms know no other method; a view that knows fewer says so itself.
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return errors.bad_request(request) if holds_nul(request) else None

    middleware.process_exception, middleware.process_view = process_exception, process_view
    return middleware
