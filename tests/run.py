"""Lint, the suite on SQLite, the suite on PostgreSQL, the browser tests; one closing summary, non-zero when anything failed.

`python -m tests.run` is what `make test` calls. Words after it go to pytest (`make test` passes none). Tests that ask for no database run
on one of the two suites only, and the walk over all addresses is divided between them (tests/shares.py); WHOLE=1 runs everything on both.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
WHOLE = bool(os.environ.get("WHOLE"))
WORKERS = str(max(2, os.cpu_count() or 2))
CLOSING_LINE = re.compile(r"^(?:=+ )?(?:\d+ \w+|no tests ran)(?:, \d+ \w+)* in [\d.]+s(?: \([\d:, days]+\))?(?: =+)?$")
WALK = re.compile(r"walk: (\d+) address tests, (\d+) cells, (\d+) denied as expected, (\d+) leaks")


@dataclass
class Outcome:
    name: str
    seconds: float
    code: int
    closing_line: str = ""
    walk: tuple = ()


def run(name, command, **environment):
    """Run one part, letting its output through, and remember pytest's closing line."""
    print(f"\n### {name}", flush=True)
    started, closing_line, walk = time.monotonic(), "", ()
    environment = {**os.environ, **environment}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a dozen processes read the same modules: translated once
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        print(line, end="", flush=True)
        if CLOSING_LINE.match(line.strip()):
            closing_line = line.strip()
        if counts := WALK.search(line):
            walk = tuple(map(int, counts.groups()))
    return Outcome(name, time.monotonic() - started, process.wait(), closing_line, walk)


def pytest(*words):
    return [sys.executable, "-m", "pytest", "-q", *words, *sys.argv[1:]]


def share(number):
    return {} if WHOLE else {"SHARE": f"{number}/2"}


def main():
    folder = tempfile.mkdtemp(prefix="partyreports-tests-")
    sqlite = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "VAR_DIR": folder}
    manage = [sys.executable, "manage.py"]
    outcomes = [
        run("lint", [sys.executable, "-m", "ruff", "check", "."]),
        run("format", [sys.executable, "-m", "ruff", "format", "--check", "."]),
        run("migrations", [*manage, "makemigrations", "--check", "--dry-run"], **sqlite),
        run(
            "production settings",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            **{**sqlite, "DEBUG": "0", "SECRET_KEY": os.urandom(40).hex(), "ALLOWED_HOSTS": "portal.example", "HSTS_SECONDS": "31536000"},
        ),
        run("suite on SQLite", pytest("-n", WORKERS, "--dist", "worksteal", "-m", "not browser"), **sqlite, **share(1)),
    ]
    with postgres.server() as address:
        there = {"DATABASE_URL": address, "VAR_DIR": folder, **share(2)}
        outcomes.append(run("suite on PostgreSQL", pytest("-n", WORKERS, "--dist", "worksteal", "-m", "not browser"), **there))
    outcomes.append(run("browser tests", pytest("-n", WORKERS, "--dist", "worksteal", "-m", "browser"), **sqlite))
    print("\n### summary")
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.code == 0 else 'FAILED'} {outcome.name:<22}{outcome.seconds:6.0f} s  {outcome.closing_line.strip('= ')}")
    if walks := [outcome.walk for outcome in outcomes if outcome.walk]:
        tests, cells, denied, leaks = map(sum, zip(*walks, strict=True))
        print(f"walk over both databases: {tests} address tests, {cells} cells, {denied} denied as expected, {leaks} leaks")
    # The last line is pytest's own: programs that watch a run look for it.
    print(outcomes[-1].closing_line or "no tests ran", flush=True)
    return any(outcome.code for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
