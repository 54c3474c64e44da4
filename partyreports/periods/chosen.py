"""The period a user has chosen at the top of the page: it stays until he chooses another, whenever and wherever he signs in."""

from organizations.chosen import YEAR_OF
from organizations.models import Account

from .models import Period


def years_of(request):
    """All years, newest first, read once for each request."""
    if not hasattr(request, "_years"):
        request._years = list(Period.objects.years().select_related("previous"))
    return request._years


def chosen_period(request):
    """The year this account has chosen, else the one the offices work on; None in an empty portal."""
    years = years_of(request)
    chosen = next((year for year in years if year.code == request.user.chosen_year), None)
    return chosen or next((year for year in years if year.is_open), years[0] if years else None)


def choose_period(request, period):
    request.user.chosen_year = period.code
    Account.objects.filter(pk=request.user.pk).update(chosen_year=period.code)


def _year(request):
    period = chosen_period(request)
    return period.starts_on.year if period else None


YEAR_OF.append(_year)  # the registers of the room below keep to the same year
