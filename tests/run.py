"""Lint, the suite on SQLite, the suite on PostgreSQL, the browser tests; one closing summary, non-zero when anything failed.

`python -m tests.run` is what `make test` calls. Words after it go to pytest (`make test` passes none).
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
WORKERS = str(max(2, os.cpu_count() or 2))
CLOSING_LINE = re.compile(r"^(?:=+ )?(?:\d+ \w+|no tests ran)(?:, \d+ \w+)* in [\d.]+s(?: \([\d:, days]+\))?(?: =+)?$")


@dataclass
class Outcome:
    name: str
    seconds: float
    code: int
    closing_line: str = ""


def run(name, command, **environment):
    """Run one part, letting its output through, and remember pytest's closing line."""
    print(f"\n### {name}", flush=True)
    started, closing_line = time.monotonic(), ""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        print(line, end="", flush=True)
        if CLOSING_LINE.match(line.strip()):
            closing_line = line.strip()
    return Outcome(name, time.monotonic() - started, process.wait(), closing_line)


def pytest(*words):
    return [sys.executable, "-m", "pytest", "-q", *words, *sys.argv[1:]]


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
        run("suite on SQLite", pytest("-n", WORKERS, "-m", "not browser"), **sqlite),
    ]
    with postgres.server() as address:
        outcomes.append(run("suite on PostgreSQL", pytest("-n", WORKERS, "-m", "not browser"), DATABASE_URL=address, VAR_DIR=folder))
    outcomes.append(run("browser tests", pytest("-n", WORKERS, "--dist", "loadfile", "-m", "browser"), **sqlite))
    print("\n### summary")
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.code == 0 else 'FAILED'} {outcome.name:<22}{outcome.seconds:6.0f} s  {outcome.closing_line.strip('= ')}")
    # The last line is pytest's own: programs that watch a run look for it.
    print(outcomes[-1].closing_line or "no tests ran", flush=True)
    return any(outcome.code for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
