"""Papers kept on disk under the hash of all that decides their bytes, and served again without printing.

A stored paper knows nothing of persons or rights: who may have it is asked by the caller, each time, before coming here.
"""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from partyreports.documents.fonts import font_files
from partyreports.documents.json_tree import blocks_to_json
from partyreports.documents.layouts import FOLDER
from partyreports.documents.markup import rules_of
from partyreports.documents.papers import KINDS, printed_as
from partyreports.documents.tree import refuse_unprintable

OUR_CODE = Path(__file__).parent
ENGINES = {"pdf": ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "fonttools"), "docx": ("python-docx", "lxml")}


@dataclass(frozen=True)
class StoredPaper:
    """A file ready to be sent. `pages` is None for DOCX; `layout` is the code of the rule set."""

    path: Path
    sha256: str
    size: int
    pages: int | None
    layout: str
    was_rendered: bool


def stored(document, kind):
    """The StoredPaper of `document` as "pdf" or "docx", printed only when no sound file is kept. Raises as `papers.pdf` does."""
    if kind not in KINDS:
        raise ValueError(f"no such kind of paper: {kind}")
    refuse_unprintable(document)
    rules = rules_of(document)
    key = content_key(document, kind, rules)
    path = rendered_root() / key[:2] / key[2:4] / f"{key}.{kind}"
    kept = _kept(path, rules.code)
    if kept:
        return kept
    printed = printed_as(document, kind)
    sha256 = hashlib.sha256(printed.content).hexdigest()
    note = {"sha256": sha256, "size": len(printed.content), "pages": printed.pages}
    _write(path, printed.content)
    _write(_note_of(path), json.dumps(note).encode())
    return StoredPaper(path, layout=rules.code, was_rendered=True, **note)


def content_key(document, kind, rules):
    """The hash of the document, its rules, and everything of ours and of the engines that has a say in the bytes."""
    head = asdict(document.letterhead) if document.letterhead else None
    words = [document.kind, document.title, document.author, document.subject, document.language]
    signing = asdict(document.signing) if document.signing else None
    content = [kind, head, signing, words, document.is_draft, document.dated.isoformat(), blocks_to_json(document.blocks), _maker(kind, rules.code)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def rendered_root():
    """The folder of stored papers: settings.RENDERED_ROOT, else var/rendered."""
    return Path(getattr(settings, "RENDERED_ROOT", None) or Path(settings.BASE_DIR) / "var" / "rendered")


def _maker(kind, code):
    """The hash of rule set, code, template, style sheet and fonts, with the engines' versions."""
    base = Path(settings.BASE_DIR)
    files = [FOLDER / f"{code}.toml", *sorted(OUR_CODE.glob("*.py")), *sorted(OUR_CODE.glob("*.toml"))]
    files += [base / "templates" / "documents" / "paper.html", base / "static" / "css" / "print.css", *font_files().values()]
    seen = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    return [_hash_of(seen), _versions(kind)]


@cache
def _versions(kind):
    return [f"{engine} {version(engine)}" for engine in ENGINES[kind]]


@lru_cache(maxsize=8)
def _hash_of(seen):
    """The hash of the files' bytes; their times and sizes only say when to read them again."""
    total = hashlib.sha256()
    for path, _, _ in seen:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _kept(path, layout):
    """The paper on disk when its bytes are those that were written, else None."""
    try:
        content = path.read_bytes()
        note = json.loads(_note_of(path).read_bytes())
        if note["size"] == len(content) and note["sha256"] == hashlib.sha256(content).hexdigest():
            return StoredPaper(path, layout=layout, was_rendered=False, **note)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _note_of(path):
    return path.with_name(f"{path.name}.json")


def _write(path, content):
    """All or nothing: whoever reads sees the old file or the new one, also after a power cut."""
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix="unfinished-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o640)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
