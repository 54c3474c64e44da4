"""Pages that say in Vietnamese what went wrong and what to do next."""

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_username, get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from .kept import Kept
from .signin import SignInForm


def bad_request(request, exception=None):
    """400, drawn without the request: it may be the request itself that cannot be read."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", {"sentence": str(exception or "")}, status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def wrong_method(request, response):
    answer = render(request, "405.html", status=405)
    answer["Allow"] = response["Allow"]
    return answer


def server_error(request):
    """500, drawn without the database: it may be the database that is down."""
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
def expired_form(request, reason=""):
    """A form whose session or token has ended: what was typed stands on the page, and can be sent again by the same account."""
    signed_in = request.user.is_authenticated
    page = request.resolver_match.view_name if request.resolver_match else ""
    if page == "sign_in" or (page == "sign_out" and not signed_in):
        return redirect("sign_in")
    kept = Kept.from_sign_in(request) if page == "sign_in_again" else Kept.from_late(request)
    if signed_in and kept:
        return resend(request, kept, status=403)
    context = {"kept": kept, "form": None if signed_in else SignInForm(request)}
    return for_whole_page(request, render(request, "expired.html", context, status=403))


def resend(request, kept, *, status=200):
    """Offer what was kept to be sent again; to an account that did not type it, only to be read."""
    context = {"kept": kept, "may_send": kept.may_be_sent_by(request.user)}
    return for_whole_page(request, render(request, "resend.html", context, status=status))


def for_whole_page(request, response):
    """Let htmx put this answer in the place of the page, not into the piece it asked for."""
    if request.htmx:
        response["HX-Retarget"] = response["HX-Reselect"] = "#content"
        response["HX-Reswap"] = "outerHTML"
    return response


def locked_out(request, response=None, credentials=None):
    """Too many wrong passwords for this name from this computer: say when to try again."""
    kept = getattr(request, "kept", None)
    context = {"free_at": free_at(request, credentials), "kept": kept, "form": SignInForm(request) if kept else None}
    return render(request, "locked_out.html", context, status=429)


def free_at(request, credentials):
    """The moment when this name may be tried again from this address, as django-axes counts it."""
    AxesProxyHandler.update_request(request)
    attempts = AccessAttempt.objects.filter(username=get_client_username(request, credentials), ip_address=request.axes_ip_address)
    failures, limit = 0, get_failure_limit(request, credentials)
    for attempt in attempts.order_by("-attempt_time"):
        failures += attempt.failures_since_start
        if failures >= limit:
            return attempt.attempt_time + get_cool_off(request)
    return timezone.now()
