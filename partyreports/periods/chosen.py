"""The period a user has chosen at the top of the page: it stays until he chooses another."""

from .models import Period

KEY = "period"


def years_of(request):
    """All years, newest first, read once for each request."""
    if not hasattr(request, "_years"):
        request._years = list(Period.objects.years().select_related("previous"))
    return request._years


def chosen_period(request):
    """The year chosen in this session, else the one the offices work on; None in an empty portal."""
    years = years_of(request)
    code = request.session.get(KEY)
    chosen = next((year for year in years if year.code == code), None)
    return chosen or next((year for year in years if year.is_open), years[0] if years else None)


def choose_period(request, period):
    request.session[KEY] = period.code
