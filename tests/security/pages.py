"""The addresses of permissions.toml as requests: their targets, their urls, and who is answered with a page."""

import itertools

from .asking import address
from .matrix import MATRIX, PAGES, ROLES, Target, acts, expected, offers, states_of

HERE, BESIDE, ELSEWHERE = "a1", "a2", "b1"
FORMS = [name for name in PAGES if offers(name, "POST")]


def url_of(world, target, key=None):
    """The address of a target; `key` stands in for the key of its thing."""
    facts = target.facts
    name, parts = facts.get("key", "pk"), dict(zip(other_parts(target.page), target.parts, strict=True))
    if target.kind:
        thing = world.of(target.kind, target.commune, target.state)
        parts[name] = thing.pk if key is None else key
        if target.kind == "assignment":
            parts["pk"] = thing.account_id
    return address(target.page, parts, facts.get("query", "").format(**parts))


def other_parts(page):
    """Names of the parts of an address that are no keys of things."""
    return tuple(PAGES[page].get("with", {})) or (("name",) if PAGES[page].get("steps") else ())


def values_of_parts(page):
    """Every combination of values of those parts."""
    if PAGES[page].get("steps"):
        return [(step,) for step in MATRIX["steps"]]
    return list(itertools.product(*PAGES[page].get("with", {}).values()))


# Each address, the steps of a paper one by one.
PARTS = [(name, parts) for name in PAGES for parts in (values_of_parts(name) if PAGES[name].get("steps") else [None])]


def targets(page, communes=(HERE, BESIDE, ELSEWHERE)):
    """Own, sibling, other district; in each state; with each value of the other parts."""
    is_of_communes = not PAGES[page].get("about", "=").startswith("=")
    where = communes if is_of_communes else ("",)
    return [Target(page, commune, state, parts) for commune in where for state in states_of(page) for parts in values_of_parts(page)]


def readable(page):
    """(role, target) pairs in commune a1 that are answered with the page: for each target everybody who gets it."""
    return [(role, target) for target in targets(page, (HERE,)) for role in ROLES if expected(target, "GET", role) == 200]


def one_reader(page):
    """A (role, target) that is answered with the page, out of a branch rather than the whole tree; None when it is no page."""
    found = sorted(readable(page), key=lambda pair: pair[0] == "head") if offers(page, "GET") else []
    return found[0] if found else None


def one_actor(page):
    """A (role, target) whose POST does what the page is for, out of a branch rather than the whole tree."""
    found = [(role, target) for target in targets(page, (HERE,)) for role in ROLES if acts(target, role)]
    return sorted(found, key=lambda pair: pair[0] == "head")[0]
