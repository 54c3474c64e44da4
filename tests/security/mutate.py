"""Does the walk see a hole? Takes one gate at a time out of a copy of the tree and lets the tests of this folder look for it.

`python -m tests.security.mutate` prints each mutant, how it ended, and the share of those that were found. Words after it keep only the
mutants whose place holds one of them: `python -m tests.security.mutate speeches`. Not collected by pytest: it takes some twenty minutes.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("organizations", "partyreports", "models_registry")
# Where requests are answered: views, what they call to find rows, and the forms that offer rows to choose from.
LAYERS = re.compile(
    r"(views?(/\w+)?|finding|waiting|forms?(/\w+)?|expected|drill|exchange/\w+|workbook(/\w+)?|admission|agenda|events|life|links|telling)\.py$"
)
GATES = ("visible_to", "reach")
EVERYTHING = '__import__("organizations.models").models.Organization.objects.all()'
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "node_modules", ".*_cache", ".hypothesis")
LEFT_OUT = "not the_repository and not ignored_by_git and not fetch_rows_through"  # tests that look at the words of the source
AT_ONCE = 2
TESTS = "tests/security"


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
    def near(self):
        """Words of the tests most likely to notice."""
        room = Path(self.path).parts
        if room[0] != "partyreports":
            return room[0]
        return room[1] if len(room) > 2 else "home or search"


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


def found_by(mutant, copy):
    """The name of a test that fails because of the mutant, "" when none does."""
    file = copy / mutant.path
    whole = file.read_text()
    file.write_text(mutant.source)
    try:
        for words in (f"({mutant.near}) and test_walk", "test_walk", "not test_walk"):
            name = _first_failure(copy, f"({words}) and {LEFT_OUT}")
            if name:
                return name
        return ""
    finally:
        file.write_text(whole)


def _first_failure(copy, words):
    run = [sys.executable, "-m", "pytest", TESTS, "-q", "-x", "-n0", "-p", "no:cacheprovider", "--no-header", "-k", words]
    environment = {**os.environ, "DEBUG": "1", "VAR_DIR": str(copy / "var"), "DATABASE_URL": f"sqlite:///{copy}/var/db.sqlite3"}
    output = subprocess.run(run, cwd=copy, env=environment, capture_output=True, text=True, check=False).stdout
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", output, re.M)
    return failed.group(1).rpartition("::")[2] if failed else ""


def main():
    chosen = [mutant for mutant in mutants() if not sys.argv[1:] or any(word in str(mutant) for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory(prefix="partyreports-mutants-") as folder:
        copies = SimpleQueue()
        for number in range(AT_ONCE):
            copies.put(Path(shutil.copytree(ROOT, Path(folder) / str(number), ignore=NOT_COPIED)))
        sound = copies.get()
        if name := _first_failure(sound, LEFT_OUT if not sys.argv[1:] else "test_the_matrix"):
            sys.exit(f"The tests fail before anything is taken out: {name}")
        copies.put(sound)

        def judge(mutant):
            copy = copies.get()
            try:
                return found_by(mutant, copy)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            ends = []
            for mutant, name in zip(chosen, pool.map(judge, chosen), strict=True):
                ends.append(name)
                print(f"{'found' if name else 'LIVES'}  {mutant}  {name}", flush=True)
    found = sum(map(bool, ends))
    print(f"{found} of {len(ends)} found ({100 * found / max(len(ends), 1):.0f} %)")
    return found != len(ends)


if __name__ == "__main__":
    sys.exit(main())
