import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from partyreports import documents
from partyreports.documents import LayoutError, TreeError, store
from partyreports.documents.markup import rules_of
from tests.documents.papers import PAPERS, paper, paragraph


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.RENDERED_ROOT = tmp_path / "rendered"
    return settings.RENDERED_ROOT


@pytest.mark.parametrize(("kind", "pages"), [("pdf", 3), ("docx", None)])
def test_a_paper_is_printed_once_and_then_served(kind, pages, folder):
    first, second = documents.stored(PAPERS["commune"], kind), documents.stored(PAPERS["commune"], kind)
    content = first.path.read_bytes()

    assert content == getattr(documents, kind)(PAPERS["commune"])
    assert (first.pages, first.layout, first.size, first.sha256) == (pages, "hd36", len(content), hashlib.sha256(content).hexdigest())
    assert (first.was_rendered, second.was_rendered) == (True, False)
    assert replace(first, was_rendered=False) == second
    assert first.path.relative_to(folder).parts[:2] == (first.path.name[:2], first.path.name[2:4])


def damage(paper, note):
    paper.write_bytes(paper.read_bytes()[:-1] + b"x")


def empty(paper, note):
    paper.write_bytes(b"")


def lose(paper, note):
    paper.unlink()


def lose_note(paper, note):
    note.unlink()


def spoil_note(paper, note):
    note.write_text("{", encoding="utf-8")


def strange_note(paper, note):
    note.write_text(json.dumps([1]), encoding="utf-8")


def longer_note(paper, note):
    note.write_text(json.dumps({**json.loads(note.read_text(encoding="utf-8")), "more": 1}), encoding="utf-8")


@pytest.mark.parametrize("harm", [damage, empty, lose, lose_note, spoil_note, strange_note, longer_note])
def test_a_paper_that_is_lost_or_damaged_is_printed_again(harm):
    first = documents.stored(PAPERS["commune"], "pdf")
    content = first.path.read_bytes()
    harm(first.path, first.path.with_name(first.path.name + ".json"))

    again = documents.stored(PAPERS["commune"], "pdf")

    assert again == first
    assert again.path.read_bytes() == content
    assert not documents.stored(PAPERS["commune"], "pdf").was_rendered


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Tên khác"},
        {"kind": "BÁO CÁO"},
        {"author": "Người khác"},
        {"subject": "Việc khác"},
        {"language": "en"},
        {"is_draft": True},
        {"dated": date(2025, 1, 16)},
        {"dated": date(2026, 10, 5)},
        {"blocks": (paragraph("khác"),)},
        {"letterhead": None},
    ],
)
def test_any_change_of_the_paper_is_another_file(changes):
    changed = replace(PAPERS["commune"], **changes)

    assert store.content_key(changed, "pdf", rules_of(changed)) != store.content_key(PAPERS["commune"], "pdf", rules_of(PAPERS["commune"]))


def test_any_change_of_template_style_or_rules_is_another_file(settings, tmp_path, monkeypatch):
    for path in ("templates/documents/paper.html", "static/css/print.css"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes((Path(settings.BASE_DIR) / path).read_bytes())
    settings.BASE_DIR = tmp_path
    layouts = tmp_path / "layouts"
    layouts.mkdir()
    (layouts / "hd36.toml").write_bytes((store.FOLDER / "hd36.toml").read_bytes())
    monkeypatch.setattr(store, "FOLDER", layouts)
    keys = [store.content_key(PAPERS["commune"], "pdf", rules_of(PAPERS["commune"]))]

    for path in (tmp_path / "templates/documents/paper.html", tmp_path / "static/css/print.css", layouts / "hd36.toml"):
        path.write_bytes(path.read_bytes() + b"\n")
        keys.append(store.content_key(PAPERS["commune"], "pdf", rules_of(PAPERS["commune"])))

    assert len(set(keys)) == 4


def test_nobody_else_on_the_machine_reads_the_files(folder):
    paper = documents.stored(PAPERS["commune"], "docx")

    assert oct(paper.path.stat().st_mode) == "0o100640"
    assert oct(paper.path.parent.stat().st_mode) == "0o40750"
    assert [name for _, _, names in os.walk(folder) for name in names if name.startswith("unfinished")] == []


def test_many_at_once_get_the_same_file():
    with ThreadPoolExecutor(4) as threads:
        papers = list(threads.map(lambda _: documents.stored(PAPERS["commune"], "docx"), range(8)))

    assert len({(each.path, each.sha256) for each in papers}) == 1


def test_what_cannot_be_printed_is_refused_and_leaves_nothing(folder):
    with pytest.raises(TreeError):
        documents.stored(paper(title="a\x00"), "pdf")
    with pytest.raises(LayoutError):
        documents.stored(paper(dated=date(2001, 1, 1)), "pdf")
    with pytest.raises(ValueError, match="no such kind"):
        documents.stored(paper(), "odt")

    assert not folder.exists()


def test_without_a_setting_papers_lie_below_var(settings):
    del settings.RENDERED_ROOT

    assert store.rendered_root() == Path(settings.BASE_DIR) / "var" / "rendered"
