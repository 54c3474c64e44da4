"""tests/permissions.toml read: what a role is to be answered by an address, and which marks it may see."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

from django.urls import URLPattern, get_resolver

from organizations.review import Status

from .world import MARK, NUMBERS, PAPERS

MATRIX = tomllib.loads((Path(__file__).parent.parent / "permissions.toml").read_text())
PAGES, PUBLIC = MATRIX["pages"], MATRIX["public"]
ROLES = tuple(MATRIX["roles"])  # those that are signed in
OUTSIDE = ("visitor", "disabled")  # those that are not
LIVE = ("GET", "HEAD", "POST")
METHODS = (*LIVE, "PUT", "PATCH", "DELETE", "OPTIONS")


@cache
def routes():
    """dict: name of each address, with its namespace → (route, names of its parts). Whatever has no name stands under its route."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, route, namespace):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else here
            yield name, (here, tuple(pattern.pattern.converters))
        else:
            yield from _walk(pattern.url_patterns, here, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


@dataclass(frozen=True)
class Target:
    """What a request asks about: the page, the step or other named parts, where the thing lies, in which state it is."""

    page: str
    commune: str = ""  # "": nothing, or the same for the whole tree
    state: str | None = None
    parts: tuple = ()  # values of the other parts of the address
    is_there: bool = True

    @property
    def facts(self):
        return PAGES[self.page]

    @property
    def kind(self):
        return self.facts.get("about", "").removeprefix("=")


def states_of(page):
    """States in which the things of a page stand: those of papers, or none at all."""
    return tuple(Status.values) if PAGES[page].get("about") in PAPERS else (None,)


def offers(page, method):
    """True when the page knows the method."""
    method = "GET" if method == "HEAD" else method
    return method in PAGES[page] or (PAGES[page].get("steps", False) and method in ("GET", "POST"))


def expected(target, method, role):
    """The status that `role`, signed in, is to be answered."""
    if not offers(target.page, method):
        return 405
    method = "GET" if method == "HEAD" else method
    facts = target.facts
    first = _first(facts.get("first", ()), role, target)
    if first:
        return first
    if not target.is_there or (target.commune and target.commune not in MATRIX["roles"][role]):
        return 404
    if facts.get("steps"):
        return _step(target, method, role)
    return _first(facts[method], role, target) or (404 if target.kind else 403)


def acts(target, role):
    """True when a POST of this role is answered as the first rule of the page says: it does what the page is for."""
    if target.facts.get("steps"):
        return expected(target, "POST", role) == 302
    return expected(target, "POST", role) == int(target.facts["POST"][0].split()[0])


def _first(rules, role, target):
    for rule in rules:
        answer, *who = rule.split()
        for one in who:
            people, _, when = one.partition("@")
            if role in _people(people, target) and (not when or _is_when(when, target)):
                return int(answer)
    return None


def _people(name, target):
    if name == "seen":
        return [role for role in ROLES if sees(role, target.kind, target.state)]
    if name == "writers":
        return MATRIX["papers"][target.kind]["writers"]
    return MATRIX["groups"].get(name, [name])


def _is_when(when, target):
    return target.state in MATRIX["states"].get(when, [when]) or when in target.parts


def sees(role, kind, state):
    """True when `role` sees a paper of this kind in this state, in its branch."""
    paper = MATRIX["papers"][kind]
    return role in paper["any_state"] or (role in paper["final"] and state in MATRIX["states"]["final"])


def _step(target, method, role):
    """A step: 404 unseen, 403 without the right, 409 from another state, else the page that asks, or the way back."""
    if target.parts[0] not in MATRIX["steps"] or not sees(role, target.kind, target.state):
        return 404
    step = MATRIX["steps"][target.parts[0]]
    if not any(role in _people(name, target) for name in step["by"]):
        return 403
    sources = step["from"] if isinstance(step["from"], list) else MATRIX["states"][step["from"]]
    if target.state not in sources:
        return 409
    return 302 if method == "POST" else 200


def leaks(text, role, page=""):
    """The marks and numbers in `text` that `role` may not see, on this page."""
    shown = PAGES.get(page, {}).get("shows", {}).get(role, [])
    text = MARK.sub(lambda found: "" if any(fnmatch(found.group()[1:-1], pattern) for pattern in shown) else found.group(), text) if shown else text
    found = {found.group() for found in MARK.finditer(text) if not may_read(role, *found.groups())}
    numbers = {number for number in NUMBERS if number in text or f"{int(number):,}".replace(",", ".") in text}
    return found | {number for number in numbers if not _sees_paper(role, *NUMBERS[number])}


def may_read(role, kind, commune, what):
    for paper, name in PAPERS.items():
        if kind == name:
            return _sees_paper(role, paper, commune, what.partition("-")[0])
    communes = MATRIX["roles"].get(role, [])
    is_in_branch = commune in communes or any(each.startswith(commune) for each in communes)  # "a": the district above
    return is_in_branch and any(role in MATRIX["groups"].get(name, [name]) for name in MATRIX["marks"][kind])


def _sees_paper(role, kind, commune, state):
    return commune in MATRIX["roles"].get(role, []) and sees(role, kind, state)
