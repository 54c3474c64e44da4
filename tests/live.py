"""A real portal with the demo data, in processes of its own: for the browser tests, the bench and the pictures."""

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next((path for name in ("chromium", "google-chrome", "chromium-browser") if (path := shutil.which(name))), None)
# Headless, and quiet on a machine without Internet.
CHROMIUM_WORDS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30  # seconds until the server answers


def launch_words():
    """What playwright needs to start the system's browser."""
    return {"executable_path": CHROMIUM, "args": CHROMIUM_WORDS}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder, **more):
    return {
        **os.environ,
        "DEBUG": "1",
        "SECRET_KEY": secrets.token_hex(40),
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        **more,
    }


def manage(*words, env):
    """Run one management command; its output is the error's text when it fails."""
    done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def serving(env):
    """The web server over the database of `env`; yields its address."""
    port = free_port()
    words = ["-m", "gunicorn", "partyreports.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen(
        [sys.executable, *words, "--worker-class", "gthread", "--workers", "1", "--threads", "4"], cwd=ROOT, env=env, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/suc-khoe/", server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(address, server):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("The web server ended before it answered.")
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"The web server did not answer within {PATIENCE} s.")


@contextlib.contextmanager
def demo_portal():
    """The demo data freshly seeded and served; yields (address, environment)."""
    with tempfile.TemporaryDirectory(prefix="partyreports-demo-") as folder:
        env = environment(folder)
        manage("migrate", "--verbosity", "0", env=env)
        manage("seed_demo", "--verbosity", "0", env=env)
        with serving(env) as address:
            yield address, env
