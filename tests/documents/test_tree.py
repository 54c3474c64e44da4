from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyreports.documents import (
    Document,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Text,
    TreeError,
    blocks_from_json,
    blocks_to_json,
    body_html,
    pdf,
    plain_text,
)
from partyreports.documents.tree import printed
from tests.documents.papers import PAPERS, paper, paragraph

words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"), max_size=30)
inlines = st.lists(
    st.builds(Text, words, st.booleans(), st.booleans()) | st.builds(Figure, words, words, st.booleans(), st.booleans(), st.booleans()),
    max_size=4,
).map(tuple)
trees = st.lists(
    st.builds(Heading, st.sampled_from([1, 2, 3]), inlines)
    | st.builds(Paragraph, inlines, st.sampled_from(["justify", "center", "right"]))
    | st.builds(ListBlock, st.lists(st.builds(ListItem, inlines), max_size=3).map(tuple), st.sampled_from(["-", "+", "1.", "a)"])),
    max_size=5,
).map(tuple)


@given(trees)
def test_blocks_come_back_from_json_as_they_went(blocks):
    assert blocks_from_json(blocks_to_json(blocks)) == blocks


def test_json_has_the_shape_that_the_editor_writes():
    assert blocks_to_json((paragraph("Có ", Figure("05", "villages@2024#mau", bold=True)), ListBlock((ListItem((Text("một"),)),), "1."))) == [
        {
            "type": "paragraph",
            "align": "justify",
            "inlines": [{"type": "text", "text": "Có "}, {"type": "figure", "shown": "05", "key": "villages@2024#mau", "bold": True}],
        },
        {"type": "list", "style": "1.", "items": [{"inlines": [{"type": "text", "text": "một"}]}]},
    ]


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        "chữ",
        [None],
        [{"type": "table", "rows": []}],
        [{"type": "paragraph"}],
        [{"type": "paragraph", "inlines": [], "style": "color:red"}],
        [{"type": "paragraph", "inlines": [], "align": "left"}],
        [{"type": "paragraph", "inlines": [], "align": ["center"]}],
        [{"type": "heading", "level": 4, "inlines": []}],
        [{"type": "heading", "level": True, "inlines": []}],
        [{"type": "heading", "level": "1", "inlines": []}],
        [{"type": "list", "style": "*", "items": []}],
        [{"type": "list", "style": "-", "items": [{"inlines": [], "level": 2}]}],
        [{"type": "paragraph", "inlines": [{"type": "html", "text": "<b>"}]}],
        [{"type": "paragraph", "inlines": [{"type": "text", "text": 5}]}],
        [{"type": "paragraph", "inlines": [{"type": "text", "text": "a", "href": "#"}]}],
        [{"type": "paragraph", "inlines": [{"type": "text", "text": "a", "bold": 1}]}],
        [{"type": "paragraph", "inlines": [{"type": "text", "text": "a\x00"}]}],
        [{"type": "paragraph", "inlines": [{"type": "text", "text": "a\ud800"}]}],
        [{"type": "paragraph", "inlines": [{"type": "figure", "key": "a"}]}],
        [{"type": "paragraph", "inlines": [{"type": "figure", "shown": "1", "key": "a" * 201}]}],
        [{"type": "paragraph", "inlines": [{"type": "text", "text": "a" * 100_001}]}],
        [{"type": "paragraph", "inlines": []}] * 3_001,
        [{"type": "list", "style": "-", "items": [{"inlines": []}] * 3_001}],
    ],
)
def test_what_is_no_tree_is_refused(content):
    with pytest.raises(TreeError):
        blocks_from_json(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"blocks": (paragraph("a" * 100_001),)},
        {"blocks": (paragraph("a\x0b"),)},
        {"title": "a\x00"},
        {"title": "a" * 1_001},
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(changes):
    with pytest.raises(TreeError, match="Hãy"):
        pdf(paper(**changes))


def test_a_missing_figure_is_a_gap_in_brackets():
    assert [Figure(shown, missing=True).text for shown in ("số đảng viên", "[số đảng viên]", " ", "")] == [
        "[số đảng viên]",
        "[số đảng viên]",
        "[……]",
        "[……]",
    ]
    assert Figure("05").text == "05"


def test_spaces_are_printed_once_and_never_at_the_ends():
    assert [text for _, text in printed((Text("  một "), Text(" hai\n\t"), Text(""), Text(" ba\u00a0\u00a0bốn  ")))] == [
        "một ",
        "hai ",
        "ba\u00a0\u00a0bốn",
    ]
    assert printed((Text(" "), Text("\n"))) == []


def test_points_are_lettered_with_the_vietnamese_alphabet():
    marks = ListBlock((ListItem(()),) * 25, "a)").marks()

    assert marks[:7] == ("a)", "b)", "c)", "d)", "đ)", "e)", "g)")
    assert marks[22:] == ("y)", "aa)", "bb)")


def test_plain_text_reads_a_document_from_the_top():
    document = Document(None, "THAM LUẬN", "Tên\nbài", (paragraph("Một."), ListBlock((ListItem((Text("hai"),)),), "a)")), date(2025, 1, 1))

    assert plain_text(document) == "THAM LUẬN\nTên bài\nMột.\na) hai"
    assert plain_text(document.blocks) == "Một.\na) hai"


def test_html_of_blocks_escapes_every_word_and_has_no_style():
    block = paragraph('<script>alert("x")</script>', Figure('"><img src=x>', '"onload="x', missing=True, bold=True))

    assert body_html((block, Heading(1, (Text("I. A&B", italic=True),)))) == (
        '<p class="paragraph">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;<strong><span class="figure missing" '
        'data-figure="&quot;onload=&quot;x">[&quot;&gt;&lt;img src=x&gt;]</span></strong></p>\n'
        '<h2 class="heading1"><em>I. A&amp;B</em></h2>'
    )


def test_papers_of_the_tests_are_values():
    assert hash(PAPERS["commune"]) == hash(paper())
