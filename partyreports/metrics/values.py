"""What every indicator says of a body in a period: figures typed, ratios computed from them, targets beside. Never more than a few queries."""

from dataclasses import dataclass, replace
from decimal import Decimal

from organizations.review import FINAL
from partyreports.vietnamese import GIVEN, MISSING, NOT_APPLICABLE, NOTHING, QUALIFIERS, STATES, count, money, number, percent

# From the files of the tables and not from their package, for YearlyReport itself asks this module.
from .models.figures import Figure, Target
from .models.indicators import Indicator

HUNDRED = Decimal(100)
FACTS = ("indicator", "state", "value", "qualifier")


@dataclass(frozen=True)
class Value:
    """What one indicator says.

    `value` is there when `state` is "given" and only then: a Decimal in the indicator's unit, never rounded when it was computed.
    A ratio is in percent. `numerator` and `denominator` are what a computed value was divided from, when they are known.
    `target` is what the superior body assigned, None when it assigned nothing.
    """

    state: str = MISSING
    value: Decimal | None = None
    qualifier: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    target: Decimal | None = None

    @property
    def amount(self):
        """The number to reckon with: the value, 0 for "không phát sinh", None when there is nothing to reckon with."""
        return Decimal(0) if self.state == NOTHING else self.value

    @property
    def attainment(self):
        """The value in percent of its target, unrounded; None without a target to divide by."""
        return self.amount * HUNDRED / self.target if self.amount is not None and self.target else None


BLANK = Value()


def values_for(organization, period, *, final_only=True):
    """dict: indicator key → Value of one body for `period`. Three queries.

    Holds what is typed, what can be computed from it, and what has a target; any other key reads as BLANK (`values.get(key, BLANK)`).
    `final_only` leaves out a report that is not yet approved or locked; targets are there in any case.
    """
    return values_for_many([organization], period, final_only=final_only)[organization.pk]


def values_for_many(organizations, period, *, final_only=True):
    """dict: organisation key → dict as of `values_for`, for every one of `organizations`. Three queries, one more for a queryset."""
    keys = [organization.pk for organization in organizations]
    figures = Figure.objects.filter(report__organization__in=keys, report__period=period)
    if final_only:
        figures = figures.filter(report__status__in=FINAL)
    typed = _typed(figures.values_list("report__organization", *FACTS))
    targets = _targets(Target.objects.filter(organization__in=keys, period=period).values_list("organization", "indicator", "value"))
    return _with_computed({key: (typed.get(key, {}), targets.get(key, {})) for key in keys})


def values_of(reports):
    """dict: report key → dict as of `values_for`, whatever state the reports are in. Three queries for any number of them."""
    reports = list(reports)
    typed = _typed(Figure.objects.filter(report__in=reports).values_list("report", *FACTS))
    places = {(report.organization_id, report.period_id): report.pk for report in reports}
    targets = Target.objects.filter(
        organization__in={organization for organization, _ in places}, period__in={period for _, period in places}
    ).values_list("organization", "period", "indicator", "value")
    owned = ((places.get((organization, period)), indicator, value) for organization, period, indicator, value in targets)
    assigned = _targets(owned)
    return _with_computed({report.pk: (typed.get(report.pk, {}), assigned.get(report.pk, {})) for report in reports})


def computed(indicator, numerator, denominator):
    """The Value of a computed `indicator` from the Values of what it divides (a target ratio divides by its numerator's target).

    Missing while either is; không áp dụng when either is, and when there is nothing to divide by. A rough numerator hands on its word
    ("ước 98%"), a rough denominator makes it "khoảng".
    """
    if indicator.kind == Indicator.Kind.TARGET_RATIO:
        if numerator.target is None:
            return BLANK
        denominator = Value(GIVEN, numerator.target)
    states = {numerator.state, denominator.state}
    if NOT_APPLICABLE in states:
        return Value(NOT_APPLICABLE)
    if MISSING in states:
        return BLANK
    above, below = numerator.amount, denominator.amount
    if not below:
        return Value(NOT_APPLICABLE, numerator=above, denominator=below)
    result = above / below if indicator.kind == Indicator.Kind.AVERAGE else above * HUNDRED / below
    return Value(GIVEN, result, "about" if denominator.qualifier else numerator.qualifier, above, below)


def show(indicator, value):
    """A Value in words and figures: 05 · 1.981 · hơn 245 · 55,56% · 606 tỷ đồng · không phát sinh. Rounded half-up, only here."""
    if value.state != GIVEN:
        return STATES[value.state]
    return f"{QUALIFIERS[value.qualifier]} {show_amount(indicator, value.value)}".lstrip()


def show_amount(indicator, amount):
    """A number in the indicator's own way: a target, one side of a rule, a difference. None gives "–"."""
    if indicator.is_percent:
        return percent(amount, decimals=indicator.decimals)
    if indicator.kind == Indicator.Kind.MONEY:
        return money(amount, unit=indicator.unit)
    if indicator.kind == Indicator.Kind.AVERAGE and amount is not None:
        return number(amount, decimals=indicator.decimals)
    return count(amount)


def _typed(rows):
    """dict: owner → indicator key in the database → Value."""
    typed = {}
    for owner, indicator, *facts in rows:
        typed.setdefault(owner, {})[indicator] = Value(*facts)
    return typed


def _targets(rows):
    targets = {}
    for owner, indicator, value in rows:
        targets.setdefault(owner, {})[indicator] = value
    return targets


def _with_computed(gathered):
    indicators = {indicator.pk: indicator for indicator in Indicator.objects.all()}
    divided = [indicator for indicator in indicators.values() if indicator.is_computed]
    values = {}
    for owner, (typed, targets) in gathered.items():
        known = dict(typed)
        for pk, target in targets.items():
            known[pk] = replace(known.get(pk, BLANK), target=target)
        results = {
            indicator.pk: replace(
                computed(indicator, known.get(indicator.numerator_id, BLANK), known.get(indicator.denominator_id, BLANK)),
                target=targets.get(indicator.pk),
            )
            for indicator in divided
        }
        values[owner] = {indicators[pk].key: value for pk, value in (known | results).items() if value != BLANK}
    return values
