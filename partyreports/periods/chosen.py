"""The period a user has chosen at the top of the page: it stays until he chooses another."""

from .models import Period

KEY = "period"


def chosen_period(request):
    """The year chosen in this session, else the one the offices work on; None in an empty portal."""
    code = request.session.get(KEY)
    years = Period.objects.years().select_related("previous")
    return (years.filter(code=code).first() if code else None) or years.latest_year()


def choose_period(request, period):
    request.session[KEY] = period.code
