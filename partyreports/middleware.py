"""What every request goes through: sessions with limits, private pages never stored, errors in Vietnamese."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404

from . import views

STARTED, SEEN = "session_started", "session_seen"
WRITE_EVERY = 60  # seconds: a session row is not written at each click


def private_pages_are_not_stored(get_response):
    """`Cache-Control: no-store` on every answer to someone signed in, so that the back button of a shared PC shows nothing."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def sessions_end(get_response):
    """End a session after SESSION_IDLE_SECONDS without a click, or SESSION_COOKIE_AGE after signing in."""

    def middleware(request):
        if request.user.is_authenticated:
            now = int(time.time())
            started, seen = request.session.get(STARTED), request.session.get(SEEN)
            if started is None:
                request.session[STARTED] = request.session[SEEN] = now
            elif now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
                logout(request)
                request.session_has_ended = True
            elif now - seen > WRITE_EVERY:
                request.session[SEEN] = now
        return get_response(request)

    return middleware


def not_found_speaks_vietnamese(get_response):
    """Show our own page for 404 in a trial with DEBUG on too, where Django would show its English one."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        return views.not_found(request, exception) if isinstance(exception, Http404) else None

    middleware.process_exception = process_exception
    return middleware
