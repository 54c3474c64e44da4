"""What must add up: the rules of balance held against a report's values and those of the year before. It tells, it never repairs."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from partyreports.vietnamese import GIVEN, MISSING, NOT_APPLICABLE, round_half_up

from .models.rules import BalanceRule, RuleTerm
from .values import BLANK, Value, show

ZERO = Decimal(0)
TERMS = Prefetch("terms", RuleTerm.objects.select_related("indicator__numerator", "indicator__denominator"))


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold: its sentence with both numbers and the gap, and the keys of the cells it is about, the first one first."""

    rule: BalanceRule
    sentence: str
    where: tuple
    severity: str

    def cell_among(self, keys):
        """The first of its cells that stands among `keys`, "" when none does."""
        return next((key for key in self.where if key in keys), "")


def active_rules():
    """The rules in force with their terms and indicators. Two queries."""
    return list(BalanceRule.objects.filter(is_active=True).prefetch_related(TERMS))


def findings(now, before, *, rules=None):
    """The Findings of one report, errors first, in the order of the rules' codes.

    `now` and `before` map indicator keys to Values; `before` is None when the year before has no final report. `rules` spares the
    two queries when many reports are looked at.
    """
    found = [finding for rule in (active_rules() if rules is None else rules) if (finding := check(rule, now, before))]
    return sorted(found, key=lambda finding: finding.severity != BalanceRule.Severity.ERROR)


def check(rule, now, before):
    """The Finding of one rule, or None when it holds or cannot be asked.

    A cell "không phát sinh" counts as 0 and one "không áp dụng" takes its rule out of force. A rule with a cell not yet typed waits,
    unless it takes such cells for 0. A figure that says "hơn" or "khoảng" is no exact number: its rule can only warn.
    """
    terms = list(rule.terms.all())
    read = [_read(term, now, before) for term in terms]
    if not terms or any(value.state == NOT_APPLICABLE for value in read):
        return None
    waits = [term for term, value in zip(terms, read, strict=True) if value.state == MISSING]
    if waits and (not rule.missing_is_zero or len(waits) == len(terms) or (before is None and any(term.is_previous for term in terms))):
        return None
    sides = {RuleTerm.Side.LEFT: ZERO, RuleTerm.Side.RIGHT: ZERO}
    for term, value in zip(terms, read, strict=True):
        amount = _amount(term.indicator, value)
        sides[term.side] += -amount if term.is_subtracted else amount
    left, right = sides[RuleTerm.Side.LEFT], sides[RuleTerm.Side.RIGHT]
    if _holds(rule.operator, left, rule.factor * right + rule.allowance):
        return None
    rough = any(value.qualifier for value in read)
    return Finding(rule, _sentence(rule, terms, read, left, right), _cells(terms), BalanceRule.Severity.WARNING if rough else rule.severity)


def _read(term, now, before):
    return ((before or {}) if term.is_previous else now).get(term.indicator.key, BLANK)


def _amount(indicator, value):
    """The number as it is shown: shares that add up to 100 on paper do so here."""
    if value.amount is None:
        return ZERO
    return round_half_up(value.amount, indicator.decimals) if indicator.is_computed else value.amount


def _holds(operator, left, bound):
    if operator == BalanceRule.Operator.EQUAL:
        return left == bound
    return left <= bound if operator == BalanceRule.Operator.AT_MOST else left >= bound


def _sentence(rule, terms, read, left, right):
    """The rule's own words with its numbers put in once; a rule against a fixed limit has that limit for its right side.

    A side of one figure keeps the word typed before it ("hơn 100"), one reckoned from rough figures is "khoảng".
    """
    said = {side: [value.qualifier for term, value in zip(terms, read, strict=True) if term.side == side] for side in RuleTerm.Side}
    words = {side: qualifiers[0] if len(qualifiers) == 1 else "about" if any(qualifiers) else "" for side, qualifiers in said.items()}
    if not said[RuleTerm.Side.RIGHT]:
        right = rule.allowance
    slots = {
        "{left}": Value(GIVEN, left, words[RuleTerm.Side.LEFT]),
        "{right}": Value(GIVEN, right, words[RuleTerm.Side.RIGHT]),
        "{gap}": Value(GIVEN, abs(left - right), "about" if any(words.values()) else ""),
    }
    sentence = rule.sentence
    for slot, value in slots.items():
        sentence = sentence.replace(slot, show(terms[0].indicator, value))
    return sentence


def _cells(terms):
    ours = [term for term in terms if not term.is_previous]
    return tuple(dict.fromkeys(term.indicator.key for term in ours))
