"""Numbers of the yearly reports for the tables before and after of working models."""

from models_registry.results import Measure, Side, given_by
from partyreports.vietnamese import round_half_up

from .models import Indicator
from .sensitive import is_sensitive
from .values import BLANK, values_for

PERCENT = "%"


def indicators():
    """The indicators that a table may stand on, in the order of the catalogue: a list of Measure. None of a sensitive group. One query."""
    rows = Indicator.objects.select_related("numerator", "denominator")
    return [Measure(row.key, row.name, _unit(row)) for row in rows if not is_sensitive(row)]


def read(results):
    """dict: key of a ModelResult → (Side, Side), from approved reports alone. One query, and four for each body and period compared."""
    known = {row.key: row for row in Indicator.objects.select_related("numerator", "denominator") if not is_sensitive(row)}
    values = {}
    for result in results:
        for period in (result.before_period, result.after_period):
            place = (result.registration.organization_id, period.pk)
            if place not in values:
                values[place] = values_for(result.registration.organization, period)
    return {
        result.pk: tuple(
            _side(result, values[result.registration.organization_id, period.pk], known) for period in (result.before_period, result.after_period)
        )
        for result in results
    }


def _side(result, values, known):
    row, value = known.get(result.key), values.get(result.key, BLANK)
    if row is None:
        return Side()
    amount = None if value.amount is None else round_half_up(value.amount, row.decimals)
    whole = values.get(result.whole, BLANK).amount if result.whole in known else None
    return Side(amount, whole, value.target, value.qualifier, _unit(row))


def _unit(row):
    return PERCENT if row.is_percent else row.unit


given_by(indicators=indicators, read=read)
