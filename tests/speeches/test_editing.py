"""Words between page and tree: nothing is lost on the way, and nothing comes in that a tree cannot hold."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyreports.documents import Figure, Heading, ListBlock, ListItem, Paragraph, Text, plain_text
from partyreports.speeches.editing import EditingError, record_of
from partyreports.speeches.figures import Source, figure_id
from partyreports.speeches.rich_text import from_html, to_html
from partyreports.speeches.typed_text import from_lines, to_lines

FIVE = Figure("05", "members_admitted@2024#1")
GAP = Figure("chưa có số liệu: Số chi bộ", "cells_total@2024#1", missing=True)

letters = (
    st.text("aăâbcđeêghoơuưy ỦủÒò*-+#[]{}\\…“”<>&\"'0123456789.:", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
)
marks = st.booleans()
texts = st.builds(Text, letters, marks, marks)
figures = st.builds(
    lambda figure, bold, italic: Figure(figure.shown, figure.key, figure.missing, bold, italic), st.sampled_from([FIVE, GAP]), marks, marks
)


@st.composite
def inlines(draw):
    """Runs as the tree keeps them: no two neighbours of words in one look, no spaces at the ends."""
    kept = []
    for inline in draw(st.lists(st.one_of(texts, figures), min_size=1, max_size=5)):
        last = kept[-1] if kept else None
        if isinstance(inline, Text) and isinstance(last, Text) and (last.bold, last.italic) == (inline.bold, inline.italic):
            continue
        kept.append(inline)
    return tuple(kept)


@st.composite
def trees(draw):
    blocks = []
    for kind in draw(st.lists(st.sampled_from(["heading", "paragraph", "-", "+"]), max_size=6)):
        if kind == "heading":
            blocks.append(Heading(draw(st.integers(1, 3)), draw(inlines())))
        elif kind == "paragraph":
            blocks.append(Paragraph(draw(inlines())))
        elif not (blocks and isinstance(blocks[-1], ListBlock) and blocks[-1].style == kind):
            items = draw(st.lists(st.builds(ListItem, inlines()), min_size=1, max_size=3))
            blocks.append(ListBlock(tuple(items), kind))
    return tuple(blocks)


@given(trees())
def test_a_tree_comes_back_from_the_editor_as_it_was(blocks):
    assert from_html(to_html(blocks), record_of([FIVE_AND_GAP])) == (blocks, 0)


@given(trees())
def test_a_tree_comes_back_from_typed_lines_as_it_was(blocks):
    assert from_lines(to_lines(blocks), record_of([FIVE_AND_GAP])) == (blocks, 0)


FIVE_AND_GAP = Paragraph((FIVE, GAP))


def test_a_numbered_list_comes_back_as_lines_with_its_numbers():
    blocks = (ListBlock((ListItem((Text("một"),)), ListItem((Text("hai"),))), "1."),)

    assert plain_text(from_html(to_html(blocks), {})[0]) == "1. một\n2. hai"
    assert plain_text(from_lines(to_lines(blocks), {})[0]) == "1. một\n2. hai"


def test_what_a_figure_shows_comes_from_the_record_and_not_from_the_page():
    name = figure_id(FIVE)

    blocks, unknown = from_html(f'<p>Có <span data-figure="{name}">99 <b>triệu</b></span> người.</p>', record_of([FIVE_AND_GAP]))

    assert (blocks, unknown) == ((Paragraph((Text("Có "), FIVE, Text(" người."))),), 0)


@pytest.mark.parametrize(
    ("read", "text"),
    [(from_html, '<p>Có <span data-figure="0123456789">99</span> người.</p>'), (from_lines, "Có [[số 0123456789: 99]] người.")],
)
def test_a_figure_that_the_record_does_not_know_becomes_words_and_is_counted(read, text):
    assert read(text, record_of([FIVE_AND_GAP])) == ((Paragraph((Text("Có 99 người."),)),), 1)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "ab"),
        ("<p onclick='alert(1)'>a</p><img src=x onerror=alert(1)>", "a"),
        ('<p><a href="javascript:alert(1)">bấm</a></p>', "bấm"),
        ("<svg onload=alert(1)><p>a</p></svg><p>b</p>", "a\nb"),
        ("<iframe srcdoc='<p>x</p>'></iframe><p>a</p>", "a"),
        ("<p hx-get='/x' hx-trigger='load'>a</p>", "a"),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>"),
        ("<style>p{}</style><p style='color:red'>a</p>", "a"),
        ("<!-- <p>x</p> --><p>a</p>", "a"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1\n2"),
        ("<p>một<br>hai</p>", "một\nhai"),
        ("<ul><li><p>một</p><ul><li><p>hai</p></li></ul></li></ul>", "- một\n+ hai"),
        ("chữ trần", "chữ trần"),
    ],
)
def test_only_words_and_what_a_tree_holds_come_in(html, words):
    blocks, _ = from_html(html, {})

    assert plain_text(blocks) == words
    assert "<script" not in to_html(blocks)


@pytest.mark.parametrize("html", ["<b>" * 51, "<p>" * 5_000 + "a", "<div><span>" * 40, "x" * 200_001, "<p>a</p>" * 3_001, "ô" * 100_001])
def test_what_is_too_long_or_too_deep_is_refused_with_a_sentence(html):
    with pytest.raises(EditingError, match=r"dài quá|quá dài|quá nhiều lớp"):
        from_html(html, {})


@pytest.mark.parametrize("piece", ["<!--", "<a ", "</", "&#x", "<", "<a/", "&", "<p a='", "<![CDATA[", "<?"])
def test_no_posted_text_takes_long_to_read(piece):
    started = time.monotonic()

    with contextlib.suppress(EditingError):
        from_html((piece * 200_000)[:199_999], {})

    assert time.monotonic() - started < 5


def test_spelling_is_made_the_house_s_and_spaces_one():
    blocks, _ = from_html("<p>  Uỷ ban,\u00a0 hoà  <strong> giải </strong></p>", {})

    assert blocks == (Paragraph((Text("Ủy ban, hòa "), Text("giải", bold=True))),)


@pytest.mark.parametrize(
    ("key", "source"),
    [
        ("members_admitted:rural@2024#12", Source("number", "members_admitted:rural", "2024", 12)),
        ("a@2020-2023/b@2024#7", Source("pair", "a", "2020-2023", 7, "b", "2024")),
        ("a@2024#7?change", Source("change", "a", "2024", 7)),
        ("a@2024#7?unknown", None),
        ("a@2024#7?pair", None),
        ("lạ", None),
        ("", None),
    ],
)
def test_the_key_of_a_figure_tells_its_source(key, source):
    assert Source.read(key) == source
    assert source is None or str(source) == key
