"""The figures that some sources name, read together and put into words as Vietnamese papers do."""

from organizations.models import Organization
from partyreports.documents import Figure
from partyreports.metrics.models import Indicator
from partyreports.metrics.values import BLANK, show, show_amount, values_for_many
from partyreports.periods.models import Period
from partyreports.vietnamese import MISSING, QUALIFIERS, attainment, compare, pair, percent

from .figures import CHANGE, MODES, NUMBER, PAIR, RATE, RESULT, TARGET, VERDICT

COUNTED = (Indicator.Kind.COUNT, Indicator.Kind.MEASURE)


class Ledger:
    """What the reports say about some sources: four queries a period and a few more, whatever their number."""

    def __init__(self, sources, *, home=None):
        """`home` is the period of the speech: a gap of another period names it."""
        sources = list(sources)
        self.home = home
        self.indicators = {indicator.key: indicator for indicator in Indicator.objects.all()} if sources else {}
        codes = {code for source in sources for code in (source.period, source.other_period) if code}
        self.periods = {period.code: period for period in Period.objects.filter(code__in=codes).select_related("previous")}
        wanted = {(source.period, source.organization) for source in sources} | {
            (source.other_period, source.organization) for source in sources if source.other_period
        }
        compared = {(source.period, source.organization) for source in sources if source.mode == CHANGE}
        for code, organization in compared:
            previous = self.periods[code].previous if code in self.periods else None
            if previous is not None:
                self.periods[previous.code] = previous
                wanted.add((previous.code, organization))
        bodies = {body.pk: body for body in Organization.objects.filter(pk__in={organization for _, organization in wanted})}
        self.values = {}
        for code, period in self.periods.items():
            asked = [bodies[organization] for of, organization in wanted if of == code and organization in bodies]
            if asked:
                self.values[code] = values_for_many(asked, period)

    def value(self, indicator, period, organization):
        """The Value of one indicator; BLANK when nothing final says it."""
        return self.values.get(period, {}).get(organization, {}).get(indicator, BLANK)

    def figure(self, source, *, bold=False, italic=False):
        """The node that stands in the text for `source` now: its words, or a gap that names what is missing."""
        shown = self._shown(source)
        missing = shown is None
        return Figure(self._gap(source) if missing else shown, str(source), missing, bold, italic)

    def describe(self, source):
        """Where a figure comes from, for a reader: indicator, way of putting it, period."""
        words = self._name(source.indicator)
        if source.mode == PAIR:
            words += f" / {self._name(source.other)}"
        elif source.mode != NUMBER:
            words += f" ({MODES[source.mode]})"
        period = self.periods.get(source.period)
        return f"{words}, {period or f'kỳ {source.period}'}"

    def _shown(self, source):
        """The words of a figure, None when something of it is missing."""
        indicator = self.indicators.get(source.indicator)
        value = self.value(source.indicator, source.period, source.organization)
        if indicator is None:
            return None
        if source.mode == NUMBER:
            return None if value.state == MISSING else show(indicator, value)
        if source.mode == PAIR:
            return self._pair(indicator, value, source)
        if source.mode == CHANGE:
            return self._change(indicator, value, source)
        return self._against_target(indicator, value, source.mode)

    def _pair(self, indicator, value, source):
        whole = self.value(source.other, source.other_period, source.organization).amount
        if value.amount is None or whole is None:
            return None
        return _over(indicator, value, self.indicators.get(source.other, indicator), whole)

    def _against_target(self, indicator, value, mode):
        if value.target is None or (value.amount is None and mode != TARGET):
            return None
        if mode == RATE:
            return None if value.attainment is None else percent(value.attainment)
        return {
            TARGET: lambda: show_amount(indicator, value.target),
            RESULT: lambda: _over(indicator, value, indicator, value.target),
            VERDICT: lambda: attainment(value.amount, value.target),
        }[mode]()

    def _change(self, indicator, value, source):
        period = self.periods.get(source.period)
        previous = period.previous if period else None
        if previous is None or value.amount is None:
            return None
        before = self.value(source.indicator, previous.code, source.organization).amount
        if before is None:
            return None
        sentence = compare(value.amount, before, year=previous.year)
        unit = "điểm phần trăm" if indicator.is_percent else indicator.unit if indicator.kind == Indicator.Kind.MONEY else ""
        return sentence.replace(" so với", f" {unit} so với") if unit else sentence

    def _gap(self, source):
        lacks_target = source.mode in (TARGET, RESULT, RATE, VERDICT) and (
            self.value(source.indicator, source.period, source.organization).target is None
        )
        name = self._name(source.indicator)
        if source.mode == PAIR and self.value(source.indicator, source.period, source.organization).amount is not None:
            name = self._name(source.other)
        period = self.periods.get(source.period)
        if source.mode == CHANGE and period and self.value(source.indicator, source.period, source.organization).amount is not None:
            period = period.previous
        elsewhere = f", {period or source.period}" if (period.code if period else source.period) != self.home else ""
        return f"{'chưa có chỉ tiêu giao' if lacks_target else 'chưa có số liệu'}: {name}{elsewhere}"

    def _name(self, key):
        indicator = self.indicators.get(key)
        return indicator.name if indicator else key


def _over(indicator, value, other, amount):
    words = QUALIFIERS[value.qualifier]
    if indicator.kind in COUNTED and other.kind in COUNTED:
        shown = pair(value.amount, amount)
    else:
        shown = f"{show_amount(indicator, value.amount)}/{show_amount(other, amount)}"
    return f"{words} {shown}".lstrip()
