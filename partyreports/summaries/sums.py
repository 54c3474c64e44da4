"""Adding figures up a tree. A ratio is never added: what it divides is, over the bodies that gave both numbers."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import add

from partyreports.metrics.models import Indicator
from partyreports.metrics.values import BLANK, Value, computed
from partyreports.vietnamese import GIVEN, NOTHING

ADDED = Indicator.Adds.SUM


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures added up: the amount, the word that stands before it, how many reports gave it, whether all said "không phát sinh"."""

    amount: Decimal
    qualifier: str = ""
    reports: int = 1
    is_nothing: bool = False

    def __add__(self, other):
        qualifiers = {self.qualifier, other.qualifier} - {""}
        qualifier = "about" if len(qualifiers) > 1 else "".join(qualifiers)
        return Sum(self.amount + other.amount, qualifier, self.reports + other.reports, self.is_nothing and other.is_nothing)

    @property
    def value(self):
        return Value(NOTHING) if self.is_nothing else Value(GIVEN, self.amount, self.qualifier)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers of the same bodies: a numerator and its denominator, or a result and its target."""

    above: Sum
    below: Sum

    def __add__(self, other):
        return Pair(self.above + other.above, self.below + other.below)


class Sums:
    """What each body of a branch says of each indicator, with everything below it added in.

    A body that gives a figure in its own report gives it for its whole branch (a đảng bộ counts the members of all its chi bộ), so the
    figures below are not added to it a second time; where it gives none, what stands below is added. Only indicators that add up go up.
    """

    def __init__(self, branch, indicators):
        self.branch, self.indicators = branch, indicators
        self.divided = [indicator for indicator in indicators.values() if indicator.denominator_id]
        self.adding = {pk for pk, indicator in indicators.items() if self._adds(indicator)}
        self.own = {body: self._own(values) for body, values in branch.values.items()}
        self.from_below, self.whole = {}, {}
        for body in reversed(branch.bodies):
            added = {}
            for child in branch.below.get(body, ()):
                for key, found in self.whole[child].items():
                    if key[1] in self.adding:
                        added[key] = added[key] + found if key in added else found
            self.from_below[body] = added
            self.whole[body] = added | self.own.get(body, {})

    def _adds(self, indicator):
        if indicator.denominator_id:
            return {self.indicators[indicator.numerator_id].adds, self.indicators[indicator.denominator_id].adds} == {ADDED}
        return indicator.adds == ADDED

    def _own(self, values):
        """("sum", indicator) → Sum; ("pair", ratio) → Pair of what it divides; ("aim", indicator) → Pair of result and target."""
        found = {}
        for pk, value in values.items():
            if value.amount is not None:
                found["sum", pk] = given = Sum(value.amount, value.qualifier, 1, value.state == NOTHING)
                if value.target is not None:
                    found["aim", pk] = Pair(given, Sum(value.target))
        for ratio in self.divided:
            above, below = found.get(("sum", ratio.numerator_id)), found.get(("sum", ratio.denominator_id))
            if above and below:
                found["pair", ratio.pk] = Pair(above, below)
        return found

    def pair(self, body, indicator):
        """The Pair that the computed `indicator` divides at `body`, or None."""
        return self.whole.get(body, {}).get(_pair_key(indicator))

    def aim(self, body, indicator):
        """Result and target of the bodies that have both, or None."""
        return self.whole.get(body, {}).get(("aim", indicator.pk))

    def below(self, body, indicator):
        """What the bodies below `body` say together, whatever it says itself: a Sum or None."""
        return self.from_below.get(body, {}).get(("sum", indicator.pk))

    def reports(self, body, indicator):
        """How many reports the value at `body` stands on."""
        found = self.whole.get(body, {}).get(_key(indicator))
        if found is None:
            return 0
        return found.above.reports if indicator.is_computed else found.reports

    def value(self, body, indicator):
        """What `indicator` says of `body` and all below it: a Value, BLANK when nothing final says anything."""
        return self._value(indicator, self.whole.get(body, {}).get(_key(indicator)), body)

    def own_value(self, body, indicator):
        """What the report of `body` itself says."""
        return self._value(indicator, self.own.get(body, {}).get(_key(indicator)), body)

    def givers(self, body, indicator):
        """The bodies whose own reports the value at `body` is made of, each counted once."""
        key, found, waiting = _key(indicator), set(), [body]
        while waiting:
            each = waiting.pop()
            if key in self.own.get(each, ()):
                found.add(each)
            elif key in self.whole.get(each, ()):
                waiting.extend(self.branch.below.get(each, ()))
        return found

    def value_of_givers(self, givers, indicator):
        """What the own reports of `givers` say together."""
        return self._value(indicator, reduce(add, (self.own[body][_key(indicator)] for body in givers)), None)

    def value_of_many(self, bodies, indicator):
        """What `indicator` says of several bodies taken together; BLANK when it does not add up."""
        found = [self.whole.get(body, {}).get(_key(indicator)) for body in bodies] if _key(indicator)[1] in self.adding else []
        found = [each for each in found if each is not None]
        return self._value(indicator, reduce(add, found) if found else None, None)

    def _value(self, indicator, found, body):
        own = self.branch.values.get(body, {})
        if found is None:
            if indicator.is_computed:
                return computed(indicator, own.get(indicator.numerator_id, BLANK), own.get(indicator.denominator_id, BLANK))
            return Value(own.get(indicator.pk, BLANK).state)
        if not indicator.is_computed:
            return found.value
        if indicator.denominator_id:
            return computed(indicator, found.above.value, found.below.value)
        return computed(indicator, replace(found.above.value, target=found.below.amount), BLANK)


def _key(indicator):
    return _pair_key(indicator) if indicator.is_computed else ("sum", indicator.pk)


def _pair_key(indicator):
    """A ratio divides a pair of its own; a target ratio divides the result and target of its numerator."""
    return ("pair", indicator.pk) if indicator.denominator_id else ("aim", indicator.numerator_id)
