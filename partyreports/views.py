"""The roof's own pages: home, search, help."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partyreports.periods.keeping import keeps_years

from .finding import find
from .help import PAGES
from .waiting import desk_of


@require_safe
def home(request):
    """What waits for me."""
    desk = desk_of(request)
    return render(request, "home.html", {"desk": desk, "may_open_year": desk.period is None and keeps_years(request.user)})


@require_safe
def search(request):
    """Organisations, papers and members within the user's reach, by name, marks aside."""
    text = request.GET.get("q", "").strip()[:100]
    return render(request, "search.html", {"searched_for": text, "found": find(request.user, text) if text else None})


@require_safe
def help_index(request):
    return render(request, "help/index.html", {"pages": PAGES})


@require_safe
def help_page(request, slug):
    if slug not in PAGES:
        raise Http404
    return render(request, f"help/{slug}.html", {"pages": PAGES, "slug": slug, "page_title": PAGES[slug]})


@login_not_required
def health(request):
    """For the proxy and the monitor: the portal answers."""
    return HttpResponse("ok", content_type="text/plain")
