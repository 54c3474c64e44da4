"""A PostgreSQL server for the tests: started by hand on a free loopback port, under an unprivileged user, gone at the end."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
# Nothing of a test must outlive it: no waiting for the disk.
# No statistics either: a test's rows are never committed, so whatever is gathered between tests tells the planner that its tables are empty.
QUICK = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60", "shared_buffers=128MB"]
# For the same reason it guesses large tables, and would compile the queries over them by machine: slower than the few rows there are.
QUICK += ["jit=off", "wal_level=minimal", "max_wal_senders=0"]


def _programs():
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if not found:
        raise SystemExit("No PostgreSQL server found: install the package postgresql, then run `make test` again.")
    return Path(found).parent


def _user():
    """The account that runs the server: this one, unless it is root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL does not run as root, and there is no account postgres or nobody to run it.")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def server():
    """A running server; yields its DATABASE_URL."""
    programs, user, port, password = _programs(), _user(), _free_port(), secrets.token_hex(12)
    folder = Path(tempfile.mkdtemp(prefix="partyreports-pg-"))
    if user:
        os.chown(folder, user["user"], user["group"])
    data, word = folder / "data", folder / "password"
    word.write_text(password)
    if user:
        os.chown(word, user["user"], user["group"])

    def run(program, *arguments):
        command = [programs / program, *arguments]
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **user)
        if done.returncode:
            raise SystemExit(f"PostgreSQL's {program} failed:\n{done.stdout}")

    try:
        run("initdb", "-D", data, "-U", "portal", f"--pwfile={word}", "--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = " ".join(f"-c {setting}" for setting in QUICK)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {settings}"
        run("pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
