"""Requests that leave nothing behind, and what each of them did: answer, text, rows written, lines of the log."""

import hashlib
import io
import re
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlencode, urlsplit

import docx
import lxml.html
import openpyxl
import pdfplumber
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test.client import ClientHandler, RequestFactory

from organizations.models import LogEntry
from organizations.sessions import SEEN, STARTED

from .matrix import routes

LASTS = re.compile(r"^\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|SET CONSTRAINTS)\b", re.I)  # statements that change no row
NOT_DATA = ("sessions.session", "organizations.logentry")  # rows that are no data of an office; those of axes neither
SERIAL = re.compile(r"(?<=Tệp số )[A-Z2-9]{4}-[A-Z2-9]{4}")  # of each file that leaves
ONCE = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|nonce-[\w/+=-]+')
AT_THE_TOP = ("/ky/chon/", "/dang-xuat/", "/phien/tiep-tuc/", "/tim-kiem/")
SPACES = re.compile(r"\s+")
FAR = 987_654_321  # a key nobody has
AWAKE = 24 * 60 * 60  # seconds: sessions of the world neither end nor are written anew, however long a walk takes


class Asker:
    """Asks as the roles of a world. Every request is rolled back, so that each finds the world as it was built."""

    def __init__(self, world):
        self.world, self.sessions, self.bodies = world, {}, {}
        self.factory, self.handler = RequestFactory(), ClientHandler(enforce_csrf_checks=False)
        self.before = None

    def ask(self, role, method, url, data=None, *, year=None, headers=None, check_csrf=False, look=None):
        """The Answer that `role` gets. `year` is the period it has chosen; `data` is what is posted; `look` is called before all is undone."""
        handler = ClientHandler(enforce_csrf_checks=True) if check_csrf else self.handler
        environ = self._environ(role, method, url, data, headers)
        lines = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with transaction.atomic():
            if year:
                type(self.world.accounts[role]).objects.filter(username=self.world.accounts[role].username).update(chosen_year=year.code)
            with _failures() as failures, _changes() as statements:
                response = handler(environ)
                content = response.getvalue() if response.streaming else response.content
            answer = Answer(response.status_code, response, content, failures=failures)
            if statements:
                answer.entries = list(LogEntry.objects.filter(pk__gt=lines).order_by("pk"))
                answer.changes = self.tables_changed(statements)
            answer.seen = look() if look else None
            transaction.set_rollback(True)
        return answer

    def tables_changed(self, statements):
        """Names of the tables whose rows differ from those of the world. Called before the request is rolled back."""
        touched = [table for table in tables() if any(f'"{table._meta.db_table}"' in statement for statement in statements)]
        return sorted(table._meta.label for table in touched if checksum(table) != self.before[table])

    def remember(self):
        """Open every session and take the checksums, while the transaction of the world is still the outermost one."""
        for role in self.world.accounts:
            self.session_key(role)
        self.before = {table: checksum(table) for table in tables()}

    def query(self, words):
        """Words behind the "?", also those no browser would send."""
        return urlencode(words, doseq=True, errors="surrogateescape")

    def _environ(self, role, method, url, data, headers):
        cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: self.session_key(role)}) if role != "visitor" else SimpleCookie()
        factory = self.factory
        factory.cookies = cookies
        options = {"headers": headers or {}}
        request = factory.post(url, data, **options) if method == "POST" else factory.generic(method, url, **options)
        environ = request.environ
        environ["PATH_INFO"] = request.path_info.encode("utf-8", "surrogateescape").decode("latin-1")  # as a server hands it over
        return environ

    def session_key(self, role):
        """The key of the session of a role."""
        if role not in self.sessions:
            account, store = self.world.accounts[role], SessionStore()
            store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), "partyreports.signin.AccountBackend"
            store[HASH_SESSION_KEY] = account.get_session_auth_hash()
            store[STARTED] = store[SEEN] = int(time.time()) + AWAKE
            store.save(must_create=True)
            self.sessions[role] = store.session_key
        return self.sessions[role]


@dataclass
class Answer:
    """What came back, and what was done. `changes` names the tables whose rows differ, log and sessions aside."""

    status: int
    response: object
    content: bytes
    failures: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    entries: list = field(default_factory=list)
    seen: object = None

    @property
    def location(self):
        return self.response.headers.get("Location", "")

    @property
    def text(self):
        """Everything a reader can find in it: headers, and the words of the page or of the file."""
        head = "\n".join(f"{name}: {value}" for name, value in self.response.headers.items() if name != "Content-Security-Policy")
        head = unquote(head)
        return f"{head}\n{text_of(self.content, self.response.headers.get('Content-Type', ''))}"

    @property
    def body(self):
        """The page without what differs at each look."""
        return ONCE.sub("", self.content.decode(errors="replace"))

    @property
    def words(self):
        """What a reader can compare: the page, or what the file says."""
        return self.body if self.is_page else SERIAL.sub("", text_of(self.content, self.response.headers.get("Content-Type", "")))

    @property
    def is_page(self):
        return "html" in self.response.headers.get("Content-Type", "")

    def forms(self, *, method="post"):
        """Its forms that are sent by `method`; those at the top of each page, to choose a year or branch and to sign out, aside."""
        page = lxml.html.fromstring((self.content.decode().strip() if self.is_page else "") or "<html></html>")
        found = [form for form in page.forms if form.method.lower() == method]
        return [form for form in found if urlsplit(form.action or "").path not in AT_THE_TOP]

    @property
    def is_sign_in(self):
        """True when a visitor is asked to sign in: by a way there, or on the page that keeps what he has typed."""
        if self.status == 302:
            return self.location.startswith("/dang-nhap/")
        if self.status == 200:
            return self.response.headers.get("HX-Redirect", "").startswith("/dang-nhap/") and not self.content
        return self.status == 403 and b'name="password"' in self.content


def text_of(content, content_type):
    return _file_text(hashlib.sha256(content).hexdigest(), _Held(content), content_type)


@dataclass(frozen=True)
class _Held:
    """Bytes that stand for themselves in a cache by their hash."""

    content: bytes = field(compare=False, hash=False)


@cache
def _file_text(digest, held, content_type):
    content = held.content
    if not content:
        return ""
    if "pdf" in content_type:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            # Marks may be broken over lines: as they are, and without spaces.
            text = "\n".join(page.extract_text() or "" for page in pdf.pages)
            return f"{text}\n{SPACES.sub('', text)}\n{pdf.metadata}"
    if "wordprocessingml" in content_type:
        return _word_text(docx.Document(io.BytesIO(content)))
    if "spreadsheetml" in content_type:
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        return "\n".join([*book.sheetnames, *cells, str(book.properties)])
    return content.decode(errors="replace")


def _word_text(document):
    parts = [document.element.xml, *(section.header._element.xml for section in document.sections)]
    inlines = re.compile(r"<[^>]+>")
    facts = document.core_properties
    return "\n".join([*(inlines.sub("", part) for part in parts), facts.title or "", facts.author or "", facts.subject or ""])


def tables():
    """Every table of the portal whose rows are data."""
    found = apps.get_models(include_auto_created=True)
    return [table for table in found if table._meta.label_lower not in NOT_DATA and table._meta.app_label != "axes" and table._meta.managed]


def rows_of(table):
    """All rows of a table, in a steady order."""
    names = [f.attname for f in table._meta.concrete_fields]
    return list(table._base_manager.order_by("pk").values_list(*names))


def checksum(table):
    return hashlib.sha256(repr(rows_of(table)).encode()).hexdigest()


@contextmanager
def _changes():
    """The statements of the block that can change a row."""
    found = []

    def watch(execute, sql, params, many, context):
        if not LASTS.match(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


@contextmanager
def _failures():
    """The tracebacks of what went wrong in the block, where a page 500 is answered."""
    found = []

    def note(**signal):
        found.append(traceback.format_exc())

    got_request_exception.connect(note)
    try:
        yield found
    finally:
        got_request_exception.disconnect(note)


def address(name, parts, query=""):
    """The path of an address with its parts filled in, whatever they are: also with what its pattern would refuse."""
    route = routes()[name][0]
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: quote(str(parts[found.group(1)]), safe=""), route)
    return f"/{path}" + (f"?{query}" if query else "")
