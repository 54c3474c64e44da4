"""What people type is text wherever it comes out: no element, no attribute, no script, no template, no formula."""

import io
import re
from html.parser import HTMLParser

import openpyxl
import pytest
from django.apps import apps
from django.db import models

from organizations.models import Import, LogEntry
from partyreports.metrics.models import Figure
from partyreports.speeches.models import Speech

from .matrix import PAGES, offers
from .pages import readable, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
TOKEN = "x9z"
PAYLOADS = (
    f'"><script>{TOKEN}()</script><img src={TOKEN} onerror={TOKEN}()>',
    f"'><b hx-get=/{TOKEN} hx-trigger=load onclick={TOKEN}()>{TOKEN}</b>",
    f"</textarea></title><svg onload={TOKEN}()>{{{{7*7}}}}{{% debug %}}",
    f"javascript:{TOKEN}()//<a href=javascript:{TOKEN}()>{TOKEN}",
    f'=HYPERLINK("http://{TOKEN}")',
    f"@SUM({TOKEN})+cmd|' /C calc'!A0",
)
ROOMS = ("organizations", "periods", "models_registry", "activities", "metrics", "speeches")
# Words the portal itself writes, by which it finds rows; nobody types them.
OURS = ("path", "search", "sort", "code", "username", "password", "breakdown", "session_key", "operator", "cell_group", "register", "sign")
READ = [name for name in PAGES if offers(name, "GET")]
SOME_PAGES = [READ[at : at + 12] for at in range(0, len(READ), 12)]  # a test for each page would write the words as often


@pytest.fixture(params=range(len(PAYLOADS)), ids=["script", "htmx", "out-of-place", "link", "formula", "command"])
def payload(request, asker):
    """One of them stands in every text of every table, past all forms."""
    words = PAYLOADS[request.param]
    for table in apps.get_models():
        if table._meta.app_label not in ROOMS or table is LogEntry:
            continue
        for field in table._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and field.name not in OURS and not field.choices:
                rows = table.objects.exclude(withdrawn_at=None) if field.name == "withdrawn_reason" else table.objects.all()
                for row in rows if _is_unique(table, field) else [None]:
                    text = f"{words[: (field.max_length or 4000) - 8]}{row.pk if row else ''}"
                    (table.objects.filter(pk=row.pk) if row else rows).update(**{field.name: text})
    figure = {"type": "figure", "shown": words, "key": f"members_total@2024#1{words}"[:100], "missing": True}
    blocks = [
        {"type": "heading", "level": 1, "inlines": [{"type": "text", "text": words}]},
        {"type": "paragraph", "align": "justify", "inlines": [{"type": "text", "text": words}, figure]},
        {"type": "list", "style": "-", "items": [{"inlines": [{"type": "text", "text": words, "bold": True}]}]},
    ]
    Speech.objects.update(blocks=blocks, number="")
    line = {"row": 2, "pk": 1, "is_new": False, "name": words, "cells": [[words, words, f"{words}!"]], "asked": [words]}
    Import.objects.update(changes=[line])
    for kind in ("report", "speech", "registration"):
        paper = asker.world.of(kind, "a1", "approved")
        before, after = {"title": words, "text": words}, {"title": f"{words}!", "text": f"{words}!"}
        LogEntry.write("change", by=asker.world.accounts["clerk"], about=paper, note=words, place=words[:60], before=before, after=after)
    return words


def _is_unique(table, field):
    return field.unique or any(
        field.name in constraint.fields for constraint in table._meta.constraints if isinstance(constraint, models.UniqueConstraint)
    )


class Elements(HTMLParser):
    """Elements and attributes of a page that came from what was typed."""

    def __init__(self):
        super().__init__()
        self.found, self.is_map = [], False

    def handle_starttag(self, tag, attrs):
        self.is_map = ("type", "importmap") in attrs  # where the editor's own modules lie, with a nonce
        for name, value in attrs:
            # A value may hold the words as text; a name may not, nor an address, nor anything that acts.
            acts = name.startswith(("on", "hx-", "data-hx")) or name in ("src", "srcset", "action", "formaction", "style")
            if TOKEN in name or (acts and TOKEN in (value or "")) or (name == "href" and re.match(r"\s*javascript:", value or "", re.I)):
                self.found.append((tag, name, value))
        if TOKEN in tag:
            self.found.append((tag, "", ""))

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        if self.cdata_elem == "script" and data.strip() and (TOKEN in data or not self.is_map):
            self.found.append(("script", "", data[:80]))


@pytest.mark.parametrize("pages", SOME_PAGES, ids=range(len(SOME_PAGES)))
def test_what_is_typed_comes_out_as_text(pages, asker, payload):
    assert [f"{name} {fault}" for name in pages for fault in elements_of(name, asker, payload)] == []


def elements_of(name, asker, payload):
    """What acts on the page `name`, as each kind of reader sees it in each state."""
    wrong, seen = [], set()
    for role, target in readable(name):
        if target.state not in (None, "draft", "approved") or (target.kind, target.state, role == "head") in seen:
            continue
        seen.add((target.kind, target.state, role == "head"))
        answer = asker.ask(role, "GET", url_of(asker.world, target))
        if answer.status != 200:
            wrong.append(f"{role}: {answer.status} {''.join(answer.failures)[-800:]}")
        elif "html" in answer.response.headers["Content-Type"]:
            page = Elements()
            page.feed(answer.body)
            wrong += [f"{role}: {found}" for found in page.found]
            wrong += ["a template was run"] * ("}}49" in answer.body or "49{" in answer.body or (payload in answer.body and "<" in payload))
        elif "spreadsheet" in answer.response.headers["Content-Type"]:
            wrong += formulas(answer.content)
    return wrong


def formulas(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [f"{cell.coordinate}: {cell.value}" for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_there_is_something_to_come_out(asker, payload):
    """The words are really there: on a page of each room, escaped."""
    pages = {
        "organizations:show": ("clerk", "organization"),
        "metrics:show": ("clerk", "report"),
        "models_registry:show": ("clerk", "registration"),
        "speeches:show": ("reviewer", "speech"),
    }
    for name, (role, kind) in pages.items():
        thing = asker.world.of(kind, "a1", "approved")
        answer = asker.ask(role, "GET", thing.get_absolute_url())
        assert TOKEN in answer.body, name
    assert Figure.objects.exists()


TYPED = '"><script>x9z()</script><b hx-get=/x9z onclick=x9z()>'


@pytest.mark.parametrize("where", ["/tim-kiem/?q=", "/to-chuc/?q=", "/to-chuc/dang-vien/?q=", "/bao-cao/?tim=", "/tham-luan/?tim=", "/mo-hinh/?q="])
def test_what_is_searched_for_comes_back_as_text(where, asker):
    answer = asker.ask("clerk", "GET", where + asker.query({"q": TYPED}).partition("=")[2])

    page = Elements()
    page.feed(answer.body)
    assert (answer.status, page.found, TYPED in answer.body) == (200, [], False)
