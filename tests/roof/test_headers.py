"""What every answer carries, and the flags of cookies when the portal runs in earnest."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize("address", ["/", "/phien/", "/tim-kiem/?q=x", "/khong-co/"])
def test_no_page_is_stored(signed_in, an, address):
    assert signed_in(an).get(address)["Cache-Control"] == "no-store, private"


def test_the_sign_in_page_is_not_stored_either(client, db):
    assert client.get("/dang-nhap/")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/khong-co/"])
def test_the_content_policy_allows_nothing_inline_and_nobody_around(signed_in, an, address):
    answer = signed_in(an).get(address)

    policy = dict(directive.split(" ", 1) for directive in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


IN_EARNEST = """
import django, json
django.setup()
from django.test import Client
from django.core.management import call_command
call_command("migrate", verbosity=0)
from organizations.models import Account
Account.objects.create_user("mai", "nui-cao-suoi-trong", full_name="Mai")
Account.objects.create_user("thu", "nui-cao-suoi-trong", full_name="Thử", is_demo=True)
client = Client(HTTP_HOST="bao-cao.example")
plain = client.get("/dang-nhap/")
page = client.get("/dang-nhap/", secure=True)
demo = client.post("/dang-nhap/", {"username": "thu", "password": "nui-cao-suoi-trong"}, secure=True).status_code
answer = client.post("/dang-nhap/", {"username": "mai", "password": "nui-cao-suoi-trong"}, secure=True)
home = client.get("/", secure=True)
flags = {name: [bool(c["secure"]), bool(c["httponly"]), c["samesite"], c["path"], c["domain"], c["max-age"]] for name, c in client.cookies.items()}
print(json.dumps({
    "redirect": [plain.status_code, plain["Location"]], "hsts": page["Strict-Transport-Security"], "demo": demo,
    "signed_in": answer.status_code, "home": home.status_code, "cookies": flags,
}))
"""


# Files that are not compressed are served as well: compressing takes half a minute.
STATIC = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "json", "map", "md", "mjs", "svg", "ts", "txt"]
call_command("collectstatic", verbosity=0)
"""


def test_in_earnest_everything_goes_over_https_with_host_bound_cookies(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "partyreports.settings",
        "SECRET_KEY": "mot-khoa-thu-nghiem-dai-hon-nam-muoi-ky-tu-0123456789",
        "ALLOWED_HOSTS": "bao-cao.example",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    subprocess.run([sys.executable, "-c", STATIC], env=environment, check=True, cwd=settings.BASE_DIR)

    done = subprocess.run([sys.executable, "-c", IN_EARNEST], env=environment, check=True, cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert json.loads(done.stdout) == {
        "redirect": [301, "https://bao-cao.example/dang-nhap/"],
        "hsts": "max-age=3600; includeSubDomains; preload",
        "demo": 200,
        "signed_in": 302,
        "home": 200,
        "cookies": {
            "__Host-csrf": [True, False, "Lax", "/", "", 31449600],
            "__Host-sid": [True, True, "Lax", "/", "", ""],
            "__Host-sid-account": [True, True, "Lax", "/", "", ""],
        },
    }
