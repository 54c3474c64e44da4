"""Reads settings from the environment; an unclear value is refused with a sentence that names the variable."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
SHORTEST_KEY = 50


def flag(name, *, default=False):
    """True or False from 1/0, yes/no, true/false, on/off."""
    text = os.environ.get(name, "yes" if default else "no").strip().lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}: write 1 or 0.")


def whole_number(name, *, default):
    text = os.environ.get(name, str(default)).strip()
    if not text.isdigit():
        raise ImproperlyConfigured(f"{name} is {text!r}: write a whole number.")
    return int(text)


def words(name, *, default=()):
    """A tuple of words separated by commas or spaces."""
    return tuple(os.environ.get(name, " ".join(default)).replace(",", " ").split())


def path(name, *, default):
    return Path(os.environ.get(name) or default).expanduser()


def secret_key(*, debug, keep_in):
    """SECRET_KEY, or the text of the file SECRET_KEY_FILE; with DEBUG on, a random one kept in the file `keep_in`."""
    key = os.environ.get("SECRET_KEY", "")
    file = os.environ.get("SECRET_KEY_FILE")
    if file:
        try:
            key = Path(file).read_text("utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"SECRET_KEY_FILE names {file}, which cannot be read: {error.strerror}.") from error
    if key:
        if len(key) < SHORTEST_KEY:
            raise ImproperlyConfigured(f"SECRET_KEY is shorter than {SHORTEST_KEY} characters: make one with `openssl rand -base64 60`.")
        return key
    if not debug:
        raise ImproperlyConfigured("SECRET_KEY is not set: put a random key into SECRET_KEY or name its file in SECRET_KEY_FILE.")
    return _kept_key(keep_in)


def _kept_key(file):
    """A trial installation's own key, made once: sessions outlive a restart, and no key stands in the repository."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(os.urandom(48).hex(), "utf-8")
        try:
            # A second process may be starting too: whoever links first decides for both.
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text("utf-8").strip()


def database(name, *, default):
    """The database of DATABASE_URL (`sqlite:///path` or `postgres://user:password@host:port/name`) with the options measured to be safe."""
    address = os.environ.get(name) or default
    try:
        chosen = dj_database_url.parse(address)
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: write sqlite:///path or postgres://user:password@host:port/name.") from error
    if chosen["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE and WAL: eight writers lose no transaction; without them three in four end in "database is locked".
        chosen["CONN_MAX_AGE"] = None
        chosen["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        chosen["CONN_MAX_AGE"] = 60
        chosen["CONN_HEALTH_CHECKS"] = True
        # Compiling a question (jit) takes longer than any answer of ours that is worth waiting for: 3.5 s of 4.3 s over a country.
        chosen["OPTIONS"] = {**chosen.get("OPTIONS", {}), "options": "-c statement_timeout=15000 -c lock_timeout=3000 -c jit=off"}
    return chosen
