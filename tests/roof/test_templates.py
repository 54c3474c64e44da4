"""What the content policy would silently drop must not be written in the first place."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(path for path in (Path(settings.BASE_DIR) / "templates").rglob("*.html") if "documents" not in path.parts)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script with text": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an address outside": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
    "htmx code": re.compile(r"hx-on|hx-vals=[\"']js:|hx-vars", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_has_nothing_inline_and_nothing_from_outside(path):
    text = path.read_text("utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []
