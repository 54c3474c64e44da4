"""Whatever is written behind the "?" or into a field of a form: no page breaks, none tells more, none takes long."""

import re
import time

import lxml.html
import pytest

from .bodies import values_of
from .matrix import PAGES, leaks, offers
from .pages import FORMS, one_actor, one_reader, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
LONGEST = 2.0  # seconds of this process
NASTY = (
    "'\"`;--",
    "__all__",
    "password__startswith=a",
    "_connector=OR",
    "organization.versions.path",
    "is_religious",
    "-full_name",
    "../../etc/passwd",
    "\x00",
    "x" * 10_000,
    "1000000000",
    "-1",
    "9" * 400,
    "1e9",
    "NaN",
    "２",
    "31/02/2024",
    "{{7*7}}%s%d",
    "[[số: members_total]]",
)
# Asked of every page, beside the filters it shows.
ALWAYS = [
    "trang",
    "page",
    "q",
    "tim",
    "sort",
    "order_by",
    "format",
    "next",
    "ngay",
    "nhanh",
    "ky",
    "to_chuc",
    "ten",
    "quyen",
    "_connector",
    "__class__",
]
FROM_BRANCHES = [name for name in FORMS if one_actor(name)[0] != "head"]  # the whole tree is the head's branch
NO_TEXT = "\udcff"  # a byte that is no UTF-8


@pytest.mark.parametrize("name", [name for name in PAGES if offers(name, "GET")])
def test_no_filter_breaks_a_page_or_shows_more(name, asker):
    role, target = one_reader(name)
    url = url_of(asker.world, target)
    page = asker.ask(role, "GET", url)
    own = {field: values for form in page.forms(method="get") for field, values in values_of(form).items()}
    asked = list(turned([*dict.fromkeys([*own, *ALWAYS])], (*NASTY, NO_TEXT)))
    if own:
        asked += [{**own, field: value} for at, value in enumerate((*NASTY, NO_TEXT)) for field in list(own)[at % 4 :: 4]]
    else:
        asked = asked[len(name) % 4 :: 4]  # what has no filters of its own reads the frame's at most: over all pages each is asked with each
    wrong = [fault for words in asked for fault in faults(asker, role, name, url.partition("?")[0], words)]

    assert wrong == []


def turned(fields, values):
    """As many requests as values, each with another value in every field: each field meets each value once."""
    for turn in range(len(values)):
        yield {field: values[(at + turn) % len(values)] for at, field in enumerate(fields)}


def alike_once(fields):
    """`fields` without the repeated lines of a form: of those that differ by a number alone, the first."""
    return list({re.sub(r"\d+", "#", field): field for field in reversed(fields)}.values())[::-1]


def faults(asker, role, name, path, words):
    started = time.process_time()
    answer = asker.ask(role, "GET", f"{path}?{asker.query(words)}")
    seconds = time.process_time() - started
    said = f"{path} {str(words)[:300]}"
    shown = leaks(answer.text, role, name)
    found = [f"{said}: {answer.status} {''.join(answer.failures)[-800:]}"] * (answer.status >= 500)
    found += [f"{said}: shows {sorted(shown)}"] * bool(shown) + [f"{said}: changed {answer.changes}"] * bool(answer.changes)
    return found + [f"{said}: {seconds:.1f} s"] * (seconds > LONGEST)


@pytest.mark.parametrize("name", FORMS)
def test_no_field_of_a_form_breaks_its_page(name, asker, bodies):
    role, target = one_actor(name)
    url, usual = url_of(asker.world, target), bodies.of(target)
    fields = list(usual) or ["note"]
    one_by_one = alike_once(fields)
    tried = [*turned(fields, NASTY)] + [{**usual, field: value} for at, value in enumerate(NASTY) for field in one_by_one[at % 8 :: 8]]
    wrong = []
    for data in tried:
        answer = asker.ask(role, "POST", url, data)
        if answer.status >= 500 or leaks(answer.text, role, name) - leaks(str(data), role):
            wrong.append(f"{url} {str(data)[:300]}: {answer.status} {''.join(answer.failures)[-800:]}")

    assert wrong == []


@pytest.mark.parametrize("name", FROM_BRANCHES)
def test_no_form_takes_a_thing_from_outside(name, asker, bodies):
    """Keys of another district's things in every field: nothing there changes, and nothing of it is shown."""
    role, target = one_actor(name)
    url, usual, world = url_of(asker.world, target), bodies.of(target), asker.world
    foreign = {kind: str(world.of(kind, "b1", "approved").pk) for kind in kinds_of_b(world)}
    before, wrong, words = rows_of_b(world), [], typed_into(asker.ask(role, "GET", url))
    for field in alike_once([field for field, value in usual.items() if may_hold_a_key(value)]):
        is_number = field in words and f"{field}_choice" not in usual  # any key is as good as another
        for key in {foreign["organization"]} if is_number else set(foreign.values()):
            data = {**usual, field: key}
            if f"{field}_choice" in usual:
                data |= {f"{field}_choice": key, f"{field}_for": key}
            answer = asker.ask(role, "POST", url, data, look=lambda: rows_of_b(world))
            shown = leaks(answer.text, role, name) - leaks(str(data), role)
            if answer.seen != before or shown or answer.status >= 500:
                wrong.append(f"{field}={key}: {answer.status} {sorted(shown)} {''.join(answer.failures)[-600:]}")

    assert wrong == []


def typed_into(answer):
    """Names of the fields of a page that people type into; all others pick from what is offered."""
    fields = [field for form in answer.forms() for field in form.inputs]
    return {field.name for field in fields if isinstance(field, lxml.html.InputElement) and field.get("type", "text") in ("text", "number")}


def may_hold_a_key(value):
    """False for what usually holds words, a day or a number with a comma: no key of a thing goes there."""
    words = value if isinstance(value, list) else [value]
    return all(str(word).isdigit() or not word for word in words)


def kinds_of_b(world):
    """Every kind of thing that a commune of the other district has for itself."""
    return sorted({kind for kind, commune, _ in world.objects if commune == "b1"})


def rows_of_b(world):
    """What the rest of the tree holds: how many rows belong to each of its bodies, by table."""
    bodies = [world.of("organization", commune).pk for commune in ("b1", "b2")] + [world.of("branch-b", "").pk]
    tables = {type(world.of(kind, "b1", "approved")) for kind in kinds_of_b(world)}
    return {
        table.__name__: sorted(table.objects.filter(organization__in=bodies).values_list("pk", "organization"))
        for table in tables
        if any(field.name == "organization" for field in table._meta.fields)
    } | {"versions": sorted(world.of("organization", "b1").versions.model.objects.filter(parent__in=bodies).values_list("pk", "organization"))}


@pytest.mark.parametrize("name", [name for name in PAGES if offers(name, "GET")])
def test_a_page_beyond_the_last_is_answered_at_once(name, asker):
    role, target = one_reader(name)
    url = url_of(asker.world, target)
    usual = asker.ask(role, "GET", url)

    answer = asker.ask(role, "GET", f"{url}{'&' if '?' in url else '?'}trang=1000000000")

    assert (answer.status, answer.is_page) == (usual.status, usual.is_page)
    if not answer.is_page or not usual.content.strip():  # a piece with nothing to say
        return
    assert lxml.html.fromstring(answer.content).findtext(".//h1") == lxml.html.fromstring(usual.content).findtext(".//h1")
