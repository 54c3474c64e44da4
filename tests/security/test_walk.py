"""Every address, asked by every role in every way, answers as tests/permissions.toml says, and shows nothing from outside."""

import html
import itertools
from urllib.parse import quote

import pytest

from organizations.review import Status

from . import tally
from .asking import FAR
from .matrix import MATRIX, METHODS, OUTSIDE, PAGES, PUBLIC, ROLES, Target, acts, expected, leaks, offers, routes, states_of
from .pages import HERE, PARTS, one_actor, one_reader, readable, targets, url_of, values_of_parts

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
BAD_KEYS = ("0", "-1", "abc", "1.0", "１２", "9" * 30, "1'--", "..")
VARIANTS = ("format=json", "page=2", "sort=-pk", "trang=2", "dinh-dang=csv")
SEE_FINAL = {role for paper in MATRIX["papers"].values() for role in paper["final"]}  # what they see differs by the state of a year
PIECES = ({"HX-Request": "true"}, {"HX-Request": "true", "HX-Boosted": "true"}, {"Accept": "application/json"})


def test_the_matrix_names_every_address_and_no_other():
    assert sorted([*PAGES, *PUBLIC]) == sorted(routes())


def cells(target):
    """Who asks how. About the first thing everybody, in every way. About approved things wherever they lie, and things of every state in one
    commune: one of those that are not signed in, one without any right, and all others. About the rest: all who hold a right ask, two act."""
    is_here, is_usual = target.commune in ("", HERE), target.state in (None, Status.APPROVED)
    known = [method for method in ("GET", "POST") if offers(target.page, method)]
    if is_here and is_usual:
        few = {*OUTSIDE, "nobody", one_reader(target.page)[0] if one_reader(target.page) else "clerk", "head"}
        return [(role, method) for role in (*ROLES, *OUTSIDE) for method in METHODS if method in ("GET", "POST") or role in few]
    working = [role for role in ROLES if MATRIX["roles"][role]]
    if target.facts.get("steps") and not is_here:
        known = ["POST"]  # a step's page asks what the step asks
    if is_here or is_usual:
        return list(itertools.product([*working, "nobody", "visitor"], known))
    return [(role, method) for role in working for method in known if method == "GET" or role in ("secretary", "reviewer")]


@pytest.mark.parametrize(("name", "parts"), PARTS, ids=lambda part: "-".join(part) if isinstance(part, tuple) else part or "")
def test_each_role_is_answered_as_the_matrix_says(name, parts, asker, bodies, record_property):
    wrong, denials, count = [], {}, tally.Count()
    for target in [target for target in targets(name) if parts in (None, target.parts)]:
        url, data = url_of(asker.world, target), bodies.of(target) if offers(name, "POST") else None
        for role, method in cells(target):
            answer = asker.ask(role, method, url, data if method == "POST" else None)
            wrong += [f"{role} {method} {url} [{target.state}]: {fault}" for fault in faults(answer, target, method, role, count, data)]
            if answer.status == 404:
                denials.setdefault((role, method), set()).add(without(answer.body, url))
    if PAGES[name].get("about"):
        nothing = Target(name, "", states_of(name)[0], values_of_parts(name)[0], is_there=False)
        url = url_of(asker.world, targets(name)[0], key=FAR)
        for role, method in itertools.product(ROLES, ("GET", "POST")):
            answer = asker.ask(role, method, url, {})
            wrong += [f"{role} {method} {url}: {fault}" for fault in faults(answer, nothing, method, role, count)]
            if answer.status == 404:
                denials.setdefault((role, method), set()).add(without(answer.body, url))
    wrong += [
        f"{role} {method}: what is outside and what does not exist are told apart" for (role, method), all_of in denials.items() if len(all_of) > 1
    ]
    count.record(record_property)
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name].get("about")])
def test_a_key_that_is_none_is_nothing(name, asker, record_property):
    wrong, count = [], tally.Count()
    target = targets(name)[0]
    people = [one_reader(name)[0] if offers(name, "GET") else one_actor(name)[0], "nobody", "visitor"]
    for at, key in enumerate(BAD_KEYS):
        url = url_of(asker.world, target, key=key)
        for role, method in itertools.product([people[0], *people[1 + at % 2 : 2 + at % 2]], ("GET", "POST")):
            answer = asker.ask(role, method, url, {})
            count.cells += 1
            count.denied += answer.status in (403, 404, 405)
            is_refused = answer.status == 404 or answer.is_sign_in or answer.status == expected(target, method, role)
            if (
                not (is_refused or (answer.status == 403 and is_always_refused(target, method, role)))
                or answer.changes
                or leaks(answer.text, role, name)
            ):
                wrong.append(f"{role} {method} {url}: {answer.status} {''.join(answer.failures)[-600:]}")
    count.record(record_property)
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in PAGES if offers(name, "GET")])
def test_pieces_and_other_years_show_no_more_than_the_page(name, asker, record_property):
    """The same page asked for by htmx, as JSON, in other formats and orders, with every year chosen at the top."""
    wrong, count, asked = [], tally.Count(), []
    for role, target in readable(name):
        url = url_of(asker.world, target)
        if target.state in (None, Status.APPROVED) and role in ("secretary", "clerk", "reader", "manager"):
            asked += [(role, url, {"headers": headers}) for headers in PIECES]
        if not target.kind and MATRIX["roles"][role]:
            years = list(asker.world.years.values())
            asked += [(role, url, {"year": year}) for year in (years if role in SEE_FINAL else years[len(name) % 2 :: 2])]
    role, target = one_reader(name)
    url = url_of(asker.world, target)
    asked += [(role, f"{url}{'&' if '?' in url else '?'}{words}", {}) for words in VARIANTS]
    for role, address, options in asked:
        answer = asker.ask(role, "GET", address, **options)
        shown = leaks(answer.text, role, name)
        count.cells, count.leaks = count.cells + 1, count.leaks + len(shown)
        if shown or answer.changes or answer.status not in (200, 404):
            wrong.append(f"{role} {address} {options}: {answer.status} {sorted(shown)} {answer.changes} {''.join(answer.failures)[-600:]}")
    count.record(record_property)
    assert wrong == []


def faults(answer, target, method, role, count, data=None):
    """What is wrong with an answer: sentences, [] when nothing is."""
    count.cells += 1
    if answer.status >= 500:
        return [f"{answer.status}\n{''.join(answer.failures)[-1500:]}"]
    shown = leaks(answer.text, role, target.page) - leaks(str(data), role)  # what was sent may come back
    count.leaks += len(shown)
    found = [f"shows {sorted(shown)}"] * bool(shown)
    if role in OUTSIDE:
        count.denied += 1
        is_right = answer.is_sign_in or (answer.status == 404 and not target.is_there)
        return found + ["not sent to sign in"] * (not is_right) + _changed(answer)
    status = expected(target, method, role)
    if answer.status != status and not (answer.status == 403 and not target.is_there and is_always_refused(target, method, role)):
        found.append(f"{answer.status}, not {status} {answer.location}")
    if status in (403, 404, 405, 409):
        count.denied += answer.status == status
        return found + _changed(answer)
    is_act = method == "POST" and answer.status == status and acts(target, role)
    told = target.facts.get("log", {}).get(method, 1 if is_act and answer.changes else 0)
    lines = told if is_act or method != "POST" else 0  # a form that comes back with its errors has done nothing
    if answer.status == status and len(answer.entries) != lines and method != "HEAD":
        found.append(f"{len(answer.entries)} lines of the log, not {lines} ({answer.changes} changed)")
    return found + _changed(answer) * (not is_act)


def is_always_refused(target, method, role):
    """True when the page refuses this role whatever thing it asks about: what does not exist need not be told apart."""
    return any(expected(other, method, role) == 403 for other in targets(target.page))


def without(body, url):
    """A page without the address that was asked for, however it is written."""
    for written in (url, html.escape(url), quote(url, safe="/")):
        body = body.replace(written, "")
    return body


def _changed(answer):
    return [f"changed {answer.changes}"] * bool(answer.changes)
