"""What stands around every answer: nothing stored, nothing framed, no script but ours, files as files, no path out of the house."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from organizations.models import OrganizationVersion

from .matrix import OUTSIDE, PAGES, PUBLIC, offers, routes
from .pages import HERE, one_reader, readable, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
ROOT = Path(__file__).resolve().parent.parent.parent
FILES = {
    "speeches:pdf": "pdf",
    "speeches:docx": "docx",
    "summaries:excel": "xlsx",
    "models_registry:pdf": "pdf",
    "models_registry:list_docx": "docx",
}
OUT_OF_THE_HOUSE = (
    "/db.sqlite3",
    "/var/partyreports.sqlite3",
    "/var/secret-key",
    "/.git/",
    "/.git/config",
    "/.env",
    "/media/",
    "/media/x.pdf",
    "/rendered/",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/static/..%2fmanage.py",
    "/static/css/../../manage.py",
    "/static/....//manage.py",
    "/static//etc/passwd",
    "/static/%00",
    "/admin/",
    "/__debug__/",
    "/templates/base.html",
    "/partyreports/settings.py",
    "/favicon.ico/../../.env",
)
TRICKS = ('x".exe\r\nX-Evil: 1', "../../etc/passwd", "名前\u202egpj.exe", "'; filename*=UTF-8''evil.html", "<b>.html", "", "Ơ" * 180)


@pytest.mark.parametrize("name", [name for name in PAGES if offers(name, "GET")])
def test_every_page_is_private_and_fenced(name, asker):
    role, target = one_reader(name)
    answers = [asker.ask(who, "GET", url_of(asker.world, target)) for who in (role, "nobody", "visitor")]
    answers.append(asker.ask(role, "PUT", url_of(asker.world, target)))

    for answer in answers:
        headers = answer.response.headers
        assert "no-store" in headers["Cache-Control"]
        assert "private" in headers["Cache-Control"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert re.fullmatch(r"'self'( 'nonce-[\w+/=-]+')?", policy["script-src"])
        assert re.fullmatch(r"'self'( 'nonce-[\w+/=-]+')?", policy["style-src"])
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert not {"Server", "X-Powered-By"} & set(headers)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_handed_out_as_a_file(name, asker):
    role, target = one_reader(name)

    headers = asker.ask(role, "GET", url_of(asker.world, target)).response.headers

    assert re.fullmatch(rf'attachment; filename="[A-Za-z0-9_-]+\.{FILES[name]}"', headers["Content-Disposition"])
    assert "no-store" in headers["Cache-Control"]
    assert "html" not in headers["Content-Type"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("trick", TRICKS)
def test_a_name_of_a_body_cannot_bend_the_name_of_a_file(trick, name, asker):
    """The name of a body stands in the name of its file: nothing of it reaches the header but letters and digits."""
    OrganizationVersion.objects.update(name=trick, party_name=trick)
    role, target = one_reader(name)

    headers = asker.ask(role, "GET", url_of(asker.world, target)).response.headers

    assert re.fullmatch(rf'attachment; filename="[A-Za-z0-9_-]+\.{FILES[name]}"', headers["Content-Disposition"])
    assert "X-Evil" not in headers


@pytest.mark.parametrize("path", OUT_OF_THE_HOUSE)
def test_nothing_but_pages_is_served(path, asker):
    for role in ("visitor", "head"):
        answer = asker.ask(role, "GET", path)
        assert answer.status == 404
        assert '<html lang="vi"' in answer.body


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_says_nothing_and_breaks_on_nothing(name, asker):
    """Nobody is signed in: whatever is sent, no mark of the world comes back, no row changes but what guards the door."""
    path = f"/{routes()[name][0]}"
    tried = [{}, {"username": "vai-clerk", "password": "x"}, {"kept": "x", "kept:a": "b"}, {"next": "https://example.org/"}, {"username": "\x00" * 5}]
    for role in ("visitor", "disabled", "clerk"):
        for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
            answer = asker.ask(role, method, path)
            assert (answer.status < 500, "⟦" in answer.text, answer.changes) == (True, False, [])
        for data in tried:
            answer = asker.ask(role, "POST", path, data)
            assert (answer.status < 500, "⟦" in answer.text, answer.changes) == (True, False, []), (role, data)
            assert "example.org" not in answer.location


def test_the_character_that_nobody_types_is_refused_everywhere(asker):
    """PostgreSQL looks for no text that holds it: in the path, behind the "?", in a field and in the name of one."""
    report = asker.world.of("report", HERE, "approved")
    tried = [
        ("GET", f"/bao-cao/{report.pk}/lich-su/members%00/", None),
        ("GET", "/bao-cao/ky/20%0024/4/", None),
        ("GET", "/tong-ket/?ky=%00", None),
        ("GET", "/tim-kiem/?a%00=b", None),
        ("POST", "/ky/chon/", {"period": "2024\x00"}),
        ("POST", f"/bao-cao/{report.pk}/nhap/", {"cell-\x00": "1"}),
    ]

    for method, path, data in tried:
        answer = asker.ask("clerk", method, path, data)
        assert (answer.status, answer.changes, '<html lang="vi"' in answer.body) == (400, [], True), path


def test_every_page_has_its_words_in_vietnamese(asker):
    for name in PAGES:
        if offers(name, "GET") and name not in FILES:
            role, target = one_reader(name)
            body = asker.ask(role, "GET", url_of(asker.world, target)).body
            # A piece for a picker is no whole page.
            assert '<html lang="vi"' in body or "<html" not in body, name


def test_the_page_of_a_refusal_names_nothing(asker):
    """404 and 405 carry no name of what was asked about; 403 neither."""
    for name in ("organizations:show", "organizations:member", "metrics:show", "speeches:show", "models_registry:show"):
        for url in {url_of(asker.world, target) for _, target in readable(name)}:
            for who in ("nobody", "expired", *OUTSIDE):
                assert "⟦" not in asker.ask(who, "GET", url).text


def test_cookies_of_a_real_installation_are_locked(tmp_path):
    """Settings as an office runs them: names, flags, no default key."""
    code = (
        "from django.conf import settings as s; print([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.DEBUG, s.ALLOWED_HOSTS])"
    )
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "partyreports.settings", "VAR_DIR": str(tmp_path)}
    run = [sys.executable, "-c", code]

    real = subprocess.run(run, cwd=ROOT, env={**environment, "SECRET_KEY": os.urandom(40).hex()}, capture_output=True, text=True, check=True)
    assert real.stdout.strip() == "['__Host-sid', '__Host-csrf', True, True, True, 'Lax', True, True, False, []]"

    for key in ("", "changeme", "x" * 60):
        without = subprocess.run(run, cwd=ROOT, env={**environment, "SECRET_KEY": key}, capture_output=True, text=True, check=False)
        assert (without.returncode == 0) is (key == "x" * 60)
