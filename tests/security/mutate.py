"""Does the walk see a hole? Takes one gate at a time out of the running code and lets the tests of this folder look for it.

`python -m tests.security.mutate` prints each mutant, how it ended, and the share of those that were found. Words after it keep only the
mutants whose place holds one of them: `python -m tests.security.mutate speeches`. Not collected by pytest. The world is built once; each
mutant is judged in a forked process that looks first at the pages of its own module, then at those of its room. A mutant that lives may still
be found by the tests of its room: run those with the gate taken out by hand before believing it.
"""

import ast
import functools
import gc
import importlib
import logging
import os
import random
import re
import signal
import sys
import traceback
import types
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connections, transaction
from django.test.utils import override_settings, setup_test_environment
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partyreports.settings")
django.setup()

from . import test_filters, test_walk, world  # noqa: E402  they read the settings
from .asking import Asker  # noqa: E402
from .bodies import Bodies  # noqa: E402
from .matrix import PAGES, offers  # noqa: E402
from .pages import FORMS, PARTS, targets, url_of  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("organizations", "partyreports", "models_registry")
# Where requests are answered: views, what they call to find rows, and the forms that offer rows to choose from.
LAYERS = re.compile(
    r"(views?(/\w+)?|finding|waiting|forms?(/\w+)?|expected|drill|exchange/\w+|workbook(/\w+)?|admission|agenda|events|life|links|telling)\.py$"
)
GATES = ("visible_to", "reach")
EVERYTHING = '__import__("organizations.models").models.Organization.objects.all()'
AT_ONCE = 2
LONGEST = int(os.environ.get("MUTANT_SECONDS", "60"))  # of a processor, for one mutant
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "TASKS": {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}},
    "SECURE_SSL_REDIRECT": False,
}


@dataclass(frozen=True)
class Mutant:
    """A file with one gate taken out."""

    path: str
    line: int
    before: str
    source: str

    def __str__(self):
        return f"{self.path}:{self.line} {self.before}"

    @property
    def module(self):
        return self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def room(self):
        parts = self.module.split(".")
        return ".".join(parts[:2]) if parts[0] == "partyreports" and len(parts) > 2 else parts[0]

    def put_in(self):
        """Give the running function the code without the gate; False when the gate stands outside any function."""
        importlib.import_module(self.module)
        place = str(ROOT / self.path)
        codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compile(self.source, place, "exec"))}
        patched = False
        for function in [one for one in gc.get_objects() if type(one) is types.FunctionType and one.__code__.co_filename == place]:
            code = codes.get((function.__code__.co_qualname, function.__code__.co_firstlineno))
            if code and code.co_code + repr(code.co_names).encode() != function.__code__.co_code + repr(function.__code__.co_names).encode():
                function.__code__ = code
                patched = True
        return patched


def _codes(code):
    for inner in [const for const in code.co_consts if isinstance(const, types.CodeType)]:
        yield inner
        yield from _codes(inner)


def mutants():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            where = str(path.relative_to(ROOT))
            if LAYERS.search(where) and "migrations" not in where:
                yield from _of_file(where, path.read_text())


def _of_file(where, source):
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        text = ast.get_source_segment(source, node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "visible_to":
            opened = f"{ast.get_source_segment(source, node.func.value)}.all()"
        elif isinstance(node.func, ast.Name) and node.func.id == "reach":
            opened = EVERYTHING
        else:
            continue
        start = _offset(source, node.lineno, node.col_offset)
        yield Mutant(where, node.lineno, text, source[:start] + opened + source[start + len(text) :])


def _offset(source, line, column):
    lines = source.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())


@functools.cache
def module_of(page):
    """The module whose function answers a page."""
    name = next(name for name, _ in PARTS if name == page)
    view = resolve(url_of(asker.world, targets(name)[0]).partition("?")[0]).func
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view.__module__


def looks(mutant):
    """(name, call) of what looks for the mutant: pages of its own module or noun first, then those of its room."""

    def distance(page):
        module = module_of(page)
        return (module != mutant.module, module.rpartition(".")[2] != mutant.module.rpartition(".")[2], not module.startswith(mutant.room))

    near = {page: distance(page) for page in PAGES}
    for page in sorted([page for page in PAGES if not near[page][2] or mutant.room == "partyreports"], key=near.get):
        for name, parts in [one for one in PARTS if one[0] == page]:
            yield (
                f"role {page}",
                lambda name=name, parts=parts: test_walk.test_each_role_is_answered_as_the_matrix_says(name, parts, asker, bodies, ignore),
            )
        if page in FORMS and page in test_filters.FROM_BRANCHES:
            yield f"outside {page}", lambda page=page: test_filters.test_no_form_takes_a_thing_from_outside(page, asker, bodies)
        if offers(page, "GET"):
            yield f"pieces {page}", lambda page=page: test_walk.test_pieces_and_other_years_show_no_more_than_the_page(page, asker, ignore)


def ignore(*_):
    """In the place of record_property: nobody counts here."""


def reason(fault):
    """The first of what the failing test had found wrong, else the words of the fault."""
    trace = fault.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    wrong = trace.tb_frame.f_locals.get("wrong")
    return " ".join(str(wrong[0] if wrong else fault).split())[:140]


class Late(BaseException):
    """Past every handler of the portal."""


def found_by(mutant):
    """What a mutant was found by; "" when nothing did, "?" when time ran out; None when it cannot be put in."""

    def stop(*_):
        raise Late

    if mutant.before and not mutant.put_in():
        return None
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        for name, look in looks(mutant):
            try:
                with transaction.atomic():
                    look()
            except Exception as fault:  # an assertion, or a test that cannot go on
                return f"{name}: {reason(fault)}"
    except Late:
        return "?"
    return ""


def judged(waiting):
    """(mutant, what it was found by) as they come to an end, each in a process forked here: the database is held by this very thread."""
    waiting, running = list(waiting)[::-1], {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            mutant, (ours, theirs) = waiting.pop(), os.pipe()
            pid = os.fork()
            if not pid:
                try:
                    name = found_by(mutant)
                    os.write(theirs, b"-" if name is None else name.encode())
                except BaseException:
                    traceback.print_exc()
                    os.write(theirs, b"!")
                finally:
                    os._exit(0)
            os.close(theirs)
            running[pid] = (mutant, ours)
        mutant, ours = running.pop(os.wait()[0])
        with open(ours, "rb") as told:  # noqa: PTH123  a pipe has no path
            said = told.read().decode()
        yield mutant, None if said == "-" else said


def main():
    global asker, bodies  # the forked processes take them over  # noqa: PLW0603
    chosen = [mutant for mutant in mutants() if not sys.argv[1:] or any(word in str(mutant) for word in sys.argv[1:])]
    random.Random(1).shuffle(chosen)  # whoever stops it has seen a fair sample
    logging.disable(logging.CRITICAL)  # of every refusal
    setup_test_environment()
    connections["default"].creation.create_test_db(verbosity=0)
    ends = {"found": 0, "LIVES": 0, "out of time": 0, "no function": 0}
    with override_settings(**QUICK), transaction.atomic():
        asker = Asker(world.build())
        asker.remember()
        bodies = Bodies(asker, lambda target: url_of(asker.world, target))
        for mutant, name in judged([Mutant(chosen[0].path, 0, "", ""), *chosen]):
            if not mutant.before:
                if name not in ("", "?"):
                    sys.exit(f"The tests fail before anything is taken out: {name}")
                continue
            if name == "!":
                sys.exit(f"{mutant} could not be judged")
            end = {None: "no function", "": "LIVES", "?": "out of time"}.get(name, "found")
            ends[end] += 1
            print(f"{end:<12}{mutant}  {name or ''}", flush=True)
        transaction.set_rollback(True)
    told = ends["found"] + ends["LIVES"]
    share = f"{100 * ends['found'] / max(told, 1):.0f} %"
    print(f"{ends['found']} of {told} found ({share}), {ends['out of time']} out of time, {ends['no function']} not put in")
    return ends["LIVES"] > 0


if __name__ == "__main__":
    sys.exit(main())
