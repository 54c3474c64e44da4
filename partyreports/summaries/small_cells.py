"""Small numbers of sensitive groups are for the reporting line alone (one member of an ethnic minority in a named chi bộ is a person).

The reporting line of a body are those who type, write, review or lock on its branch. Everybody else who may read finds, in a line of such a
group: a total below three as "<3" (of discipline and violations: below five as "<5"); where one body of a row has such a number, every number
of that row as "ẩn", the small ones like the others: under a total of four, "<3" beside "ẩn" could only be one and three. Where a number is
hidden, all numbers below it too. The whole is judged from the top of what the reader reaches, so that walking from page to page tells no more
than one page. Zeros tell of nobody and stay where a row holds a number that is not small; in a row of small numbers alone they are hidden with
the rest.

The forms of discipline add up to a total that stands beside them: where one of them is small in a body, or all but one together are, none of
them is shown there. Of the members who left the Party, those expelled are hidden together with those struck off and those who resigned, and
none of them is called small: the decrease of members less its other parts is the sum of the three, which tells of no single one.
"""

from organizations.access import reach
from organizations.models import OrganizationVersion
from organizations.models.paths import steps
from partyreports.metrics.expected import SEEN_WITH
from partyreports.metrics.sensitive import DISCIPLINE, HIDDEN, is_leaving, least


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
    """dict: body → what stands in place of its number of `indicator` ("<3", "ẩn"), where that is not shown outside the reporting line."""
    counted = [each for each in _counts(sums, indicator) if least(each)]
    if not counted:
        return {}
    if not indicator.is_computed:
        return _masks_of_count(sums, indicator)
    hidden = dict.fromkeys((body for count in counted for body in _masks_of_count(sums, count)), HIDDEN)
    limit = max(least(each) for each in counted)
    for body in sums.branch.bodies:
        pair = sums.pair(body, indicator)
        if pair and any(0 < part.amount < limit for part in (pair.above, pair.below)):
            hidden[body] = HIDDEN
    return hidden


def _counts(sums, indicator):
    """The typed indicators from which its numbers could be worked out."""
    if not indicator.is_computed:
        return [indicator]
    return [sums.indicators[pk] for pk in (indicator.numerator_id, indicator.denominator_id) if pk]


def _masks_of_count(sums, indicator):
    limit = least(indicator)
    amounts = {body: sums.value(body, indicator).amount for body in sums.branch.bodies}
    small = {body for body, amount in amounts.items() if amount is not None and 0 < amount < limit}
    unsafe = small | _told_by_others(sums, indicator, limit)
    named = set() if is_leaving(indicator) else small
    if indicator.pk not in sums.adding:
        return {body: _mask(body in named, limit) for body in unsafe if amounts[body] is not None}
    top = sums.branch.top
    hidden = {top: _mask(top in named, limit)} if top in unsafe and amounts[top] is not None else {}
    for body in amounts:  # from the top down
        row = {child: amounts[child] for child in sums.branch.below.get(body, ()) if amounts[child] is not None}
        if body in hidden:
            hidden |= dict.fromkeys(row, HIDDEN)
        elif not unsafe.isdisjoint(row):
            hidden |= _masks_of_row(row, limit, keeps_zeros=small >= unsafe & row.keys())
    return hidden


def _told_by_others(sums, indicator, limit):
    """Bodies where the number of a form of discipline, with those beside it and their total, could tell a small one among them."""
    if is_leaving(indicator):
        family = [each for each in sums.indicators.values() if is_leaving(each)]
        return {body for body in sums.branch.bodies if any(0 < (sums.value(body, each).amount or 0) < limit for each in family)}
    if not indicator.breakdown or not indicator.code.startswith(DISCIPLINE):
        return set()
    whole = next((each for each in sums.indicators.values() if each.code == indicator.code and not each.breakdown), None)
    family = [each for each in sums.indicators.values() if each.code == indicator.code]
    found = set()
    for body in sums.branch.bodies:
        amounts = [amount for each in family if (amount := sums.value(body, each).amount) is not None]
        total = sums.value(body, whole).amount if whole else None
        rests = [total - amount for amount in amounts] if total is not None else []
        if any(0 < amount < limit for amount in (*amounts, *rests)):
            found.add(body)
    return found


def _mask(is_small, limit):
    return f"<{limit}" if is_small else HIDDEN


def _masks_of_row(row, limit, *, keeps_zeros):
    """A row with a small number, under a total that is shown."""
    if not keeps_zeros or not any(amount >= limit for amount in row.values()):
        return dict.fromkeys(row, HIDDEN)  # with nothing but small numbers the total would tell them all
    return {body: HIDDEN for body, amount in row.items() if amount}
