"""Figures the portal counts itself from the registers: one function each, registered by the key of its indicator with its unit and its source.

Every figure is counted over the whole branch of the body that reports, as the tree stood on the day of each event (stocks: on the last day);
what the Front reports of the district is counted over the branch of the body above it, and for that body itself. A register that a branch has
never used up to the end of the period says nothing of it, which is no 0; when it is in use and the period has no event, the count is 0. What
"in use" means stands with each Register (`is_used_when`).
"""

from . import admission, cells, dialogues, inspections, members, ratings, transfers, working_models
from .ground import ground_of, reported_of
from .registry import ABOVE, SOURCES, Count, Register, Source

__all__ = ["SOURCES", "Count", "Register", "Source", "count_many", "count_of"]
ROOMS = (admission, cells, dialogues, inspections, members, ratings, transfers, working_models)  # importing them fills SOURCES


def count_many(organizations, period, *, as_of=None, keys=None, tells=False):
    """What the registers say: dict of organisation key → dict of indicator key → Count, a key missing where they say nothing.

    `organizations` are rows or keys, `as_of` the last day that is counted, `keys` the indicators wanted (None: all). With `tells`, stocks
    of up to a thousand members say on whom they stand too. A constant number of queries, whatever the number of bodies.
    """
    asked = {getattr(organization, "pk", organization) for organization in organizations}
    wanted = [source for key, source in SOURCES.items() if keys is None or key in keys]
    found = {body: {} for body in asked}
    if not asked or not wanted:
        return found
    above = reported_of(asked, period) if any(source.scope == ABOVE for source in wanted) else {}
    ground = ground_of(asked | {above[body] for body in asked & above.keys()}, period, as_of=as_of, tells=tells)
    if ground is None:
        return found
    gathered = {}
    for source in wanted:
        register = source.register
        if register.name not in gathered:
            gathered[register.name] = register.gather(ground)
        facts, done = gathered[register.name], {}
        for body in asked & above.keys() if source.scope == ABOVE else asked:
            root = above[body] if source.scope == ABOVE else body
            if root in facts and root not in done:
                done[root] = source.count(facts[root])
            if done.get(root) is not None:
                found[body][source.key] = done[root]
    return found


def count_of(organization, period, *, as_of=None, keys=None, tells=False):
    """The same for one body: dict of indicator key → Count."""
    body = getattr(organization, "pk", organization)
    return count_many([body], period, as_of=as_of, keys=keys, tells=tells)[body]
