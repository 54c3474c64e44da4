"""The roof's own pages: home, sign-in, errors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render


def home(request):
    """What waits for me."""
    return render(request, "home.html")


@login_not_required
def health(request):
    """For the proxy and the monitor: the portal answers."""
    return HttpResponse("ok", content_type="text/plain")


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def expired_form(request, reason=""):
    return render(request, "expired.html", status=403)


def locked_out(request, credentials=None, *args, **kwargs):
    return render(request, "locked_out.html", status=429)
