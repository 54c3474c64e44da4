"""Small numbers of sensitive groups are for the reporting line alone (one member of an ethnic minority in a named chi bộ is a person).

The reporting line of a body are those who type, write, review or lock on its branch. Everybody else who may read finds, in a line of such a
group: a total below three as "<3"; where one body of a row has such a number, every number of that row as "ẩn", the small ones like the
others: under a total of four, "<3" beside "ẩn" could only be one and three. Where a number is hidden, all numbers below it too. The whole is
judged from the top of what the reader reaches, so that walking from page to page tells no more than one page. Zeros tell of nobody and stay
where a row holds a number of three or more; in a row of small numbers alone they are hidden with the rest.
"""

from organizations.access import reach
from organizations.models import OrganizationVersion
from organizations.models.paths import steps
from partyreports.metrics.expected import SEEN_WITH
from partyreports.metrics.sensitive import HIDDEN, SENSITIVE

LEAST = 3
SHOWN, SMALL = "", "<3"


def tops_seen(user, branch, periods):
    """dict: period → the highest organisation above `branch` at its end that `user` reaches, or `branch` itself. Two queries."""
    versions = OrganizationVersion.objects.filter(organization=branch).values_list("path", "valid_from", "valid_to")
    paths = {
        period: steps(path)
        for period in periods
        for path, valid_from, valid_to in versions
        if valid_from <= period.ends_on and (valid_to is None or period.ends_on < valid_to)
    }
    reached = reach(user, *SEEN_WITH).in_bulk({key for path in paths.values() for key in path})
    return {period: next((reached[key] for key in paths.get(period, ()) if key in reached), branch) for period in periods}


def masks(sums, indicator):
    """dict: body → SMALL or HIDDEN, for the bodies whose number of `indicator` is not shown outside the reporting line."""
    counted = [each for each in _counts(sums, indicator) if each.breakdown in SENSITIVE]
    if not counted:
        return {}
    if not indicator.is_computed:
        return _masks_of_count(sums, indicator)
    hidden = dict.fromkeys((body for count in counted for body in _masks_of_count(sums, count)), HIDDEN)
    for body in sums.branch.bodies:
        pair = sums.pair(body, indicator)
        if pair and any(_is_small(part.amount) for part in (pair.above, pair.below)):
            hidden[body] = HIDDEN
    return hidden


def _counts(sums, indicator):
    """The typed indicators from which its numbers could be worked out."""
    if not indicator.is_computed:
        return [indicator]
    return [sums.indicators[pk] for pk in (indicator.numerator_id, indicator.denominator_id) if pk]


def _masks_of_count(sums, indicator):
    amounts = {body: sums.value(body, indicator).amount for body in sums.branch.bodies}
    if indicator.pk not in sums.adding:
        return {body: SMALL for body, amount in amounts.items() if _is_small(amount)}
    top = sums.branch.top
    hidden = {top: SMALL} if _is_small(amounts.get(top)) else {}
    for body in amounts:  # from the top down
        row = {child: amounts[child] for child in sums.branch.below.get(body, ()) if amounts[child] is not None}
        if body in hidden:
            hidden |= dict.fromkeys(row, HIDDEN)
        elif any(_is_small(amount) for amount in row.values()):
            hidden |= _masks_of_row(row)
    return hidden


def _masks_of_row(row):
    """A row with a small number, under a total that is shown."""
    if not any(amount >= LEAST for amount in row.values()):
        return dict.fromkeys(row, HIDDEN)  # with nothing but small numbers the total would tell them all
    return {body: HIDDEN for body, amount in row.items() if amount}


def _is_small(amount):
    return amount is not None and 0 < amount < LEAST
