"""A year's approved speeches as files for the conference: a PDF and a DOCX of each, and a manifest that names them all."""

import json
import shutil
from collections import Counter
from dataclasses import asdict, dataclass

from organizations import tree
from partyreports.documents.store import stored

from .files import file_stem
from .models import Speech

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True)
class Exported:
    """One line of the manifest."""

    organization: str
    title: str
    pdf: str
    docx: str
    pages: int
    pdf_sha256: str
    docx_sha256: str
    layout: str


def speeches_to_export(period):
    """(speech, the body's name, the stem of its files) of every final speech, in the order of their making.

    A stem is the same at every run: the second speech of a body, or of a body with the same name, takes a 2 behind it, and so on.
    """
    speeches = list(Speech.objects.final().filter(period=period).select_related("organization", "period").order_by("pk"))
    times, found = Counter(), []
    for speech in speeches:
        name = tree.names([speech.organization_id], on=speech.dated)[speech.organization_id].name
        stem = file_stem(period, name)
        times[stem] += 1
        found.append((speech, name, f"{stem}_{times[stem]}" if times[stem] > 1 else stem))
    return found


def export(speech, name, stem, folder):
    """Write both files of a speech into `folder` and return its line. Raises as `documents.store.stored` does."""
    document = speech.document()
    pdf, docx = stored(document, "pdf"), stored(document, "docx")
    for paper, kind in ((pdf, "pdf"), (docx, "docx")):
        unfinished = folder / f".{stem}.{kind}.unfinished"
        shutil.copyfile(paper.path, unfinished)
        unfinished.replace(folder / f"{stem}.{kind}")
    return Exported(name, speech.title, f"{stem}.pdf", f"{stem}.docx", pdf.pages, pdf.sha256, docx.sha256, pdf.layout)


def write_manifest(lines, folder):
    """The manifest, replaced as a whole when every file stands."""
    unfinished = folder / f".{MANIFEST}.unfinished"
    unfinished.write_text("".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines), "utf-8")
    unfinished.replace(folder / MANIFEST)
