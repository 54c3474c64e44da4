"""What a hostile or an honest giant of a paper can do to the printer: nothing."""

import base64
import socket
import tempfile
import time

import pytest

from partyreports import confined, documents
from partyreports.documents.outcomes import ForbiddenSource
from partyreports.documents.papers import print_css
from partyreports.documents.style_sheet import style_sheet
from tests.documents.papers import PAPERS, paper, paragraph, text_of_pdf

PRINT = "partyreports.documents.printing:print_pdf"
SECRET = "lời này không được có mặt trong bản in"


@pytest.fixture
def listener():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.05)
        yield server


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "bi-mat.txt"
    path.write_text(SECRET, encoding="utf-8")
    return path.as_uri()


def picture(content):
    return "data:image/svg+xml;base64," + base64.b64encode(content.encode()).decode()


PAYLOADS = {
    "attachment": '<link rel="attachment" href="{file}">',
    "attachment from the web": '<link rel="attachment" href="{web}">',
    "attached link": '<a rel="attachment" href="{file}">a</a>',
    "picture": '<img src="{file}">',
    "picture from the web": '<img src="{web}">',
    "picture in the text": '<img src="data:image/png;base64,iVBORw0KGgo=">',
    "style sheet": '<link rel="stylesheet" href="{file}">',
    "style sheet from the web": '<link rel="stylesheet" href="{web}">',
    "import": "<style>@import url({web});</style>",
    "font": "<style>@font-face {{ font-family: a; src: url({file}); }} p {{ font-family: a; }}</style><p>a</p>",
    "background": '<p style="background: url({web})">a</p>',
    "content": "<style>p::before {{ content: url({file}); }}</style><p>a</p>",
    "list mark": '<ul style="list-style-image: url({web})"><li>a</li></ul>',
    "object": '<object data="{file}">a</object>',
    "embedded": '<embed src="{web}">',
    "base address": '<base href="{web}"><img src="a.png">',
    "drawing": '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image width="9" height="9" xlink:href="{file}"/></svg>',
    "colour profile": "<style>@color-profile --a {{ src: url({file}); }}</style><p>a</p>",
    "absolute path": '<img src="/etc/passwd">',
    "our own font by file": '<img src="file:///usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf">',
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_from_outside_is_fetched(payload, listener, secret):
    web = f"http://127.0.0.1:{listener.getsockname()[1]}/a"
    html = f'<html lang="vi"><body>{payload.format(file=secret, web=web)}</body></html>'

    if payload == PAYLOADS["absolute path"]:
        # Without a base the address means nothing and is not asked for.
        assert text_of_pdf(confined.run(PRINT, html, "").content) == ""
    else:
        with pytest.raises(ForbiddenSource) as refused:
            confined.run(PRINT, html, "")
        assert str(refused.value) == "Văn bản có tham chiếu ra ngoài nên không in được."

    with pytest.raises(TimeoutError):
        listener.accept()
    assert documents.pdf(PAPERS["commune"]).startswith(b"%PDF")


def test_a_style_sheet_cannot_ask_for_anything_either(secret):
    with pytest.raises(ForbiddenSource):
        confined.run(PRINT, '<html lang="vi"><p>a</p></html>', f"@import url({secret}); p {{ color: red }}")


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_markup_typed_into_a_paper_is_printed_as_words(payload, listener, secret):
    typed = payload.format(file=secret, web=f"http://127.0.0.1:{listener.getsockname()[1]}/a")

    content = documents.pdf(paper(title="Tên bài", author=typed, subject=typed, blocks=(paragraph(typed),)))

    assert "".join(typed.split()) in "".join(text_of_pdf(content).split())
    assert SECRET not in text_of_pdf(content)
    assert b"/EmbeddedFile" not in content
    with pytest.raises(TimeoutError):
        listener.accept()


def test_a_page_that_takes_too_long_is_stopped_and_the_next_paper_is_printed():
    rows = ("<tr>" + "<td>chữ</td>" * 10 + "</tr>") * 2_000
    began = time.monotonic()

    with pytest.raises(confined.TimedOut):
        confined.run(PRINT, f'<html lang="vi"><table>{rows}</table>', "", seconds=2)

    assert time.monotonic() - began < 8
    assert documents.pdf(PAPERS["commune"]).startswith(b"%PDF")


def test_a_page_that_takes_too_much_memory_is_stopped_and_the_next_paper_is_printed():
    html = '<html lang="vi"><p>' + "a" * 60_000_000

    with pytest.raises(confined.OutOfMemory):
        confined.run(PRINT, html, "", memory=300 << 20)

    assert documents.pdf(PAPERS["commune"]).startswith(b"%PDF")


def test_endless_nesting_is_too_large():
    with pytest.raises(confined.OutOfMemory):
        confined.run(PRINT, '<html lang="vi">' + "<div>" * 5_000, "")


def test_the_largest_paper_that_is_allowed_is_printed_in_time():
    largest = paper(blocks=tuple(paragraph("từ " * 33) for _ in range(1_000)))

    assert documents.pdf(largest).startswith(b"%PDF")
    assert documents.docx(largest).startswith(b"PK")


def test_the_style_sheet_writes_numbers_with_points_and_knows_our_fonts_alone():
    css = style_sheet(documents.rules_for("state", PAPERS["front"].dated), print_css())

    assert "--indent: 12.7mm;" in css
    assert "--rule: 0.75pt;" in css
    assert "12,7" not in css
    assert css.count("url(") == css.count('url("paper-font:LiberationSerif-') == 4


def test_printing_leaves_no_files_behind(tmp_path, monkeypatch):
    confined.close()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    documents.pdf(PAPERS["commune"])
    [folder] = tmp_path.iterdir()
    fonts = [path for path in folder.rglob("*") if path.is_file()]
    confined.close()

    assert len(fonts) == 4
    assert list(tmp_path.iterdir()) == []
