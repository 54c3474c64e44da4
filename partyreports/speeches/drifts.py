"""Where a text calls a working model nearly as its official title does: marks, letters, words or signs differ.

Pure functions over one line of text. What is quoted, or stands after "mô hình", claims to be a title and is held against it closely; anywhere
else only what can hardly be chance is taken for one. A short name that the text introduces itself ("gọi tắt là …") is lawful.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from partyreports.vietnamese import normalise, upper

from .namings import (
    SHORTEST,
    WORD,
    Title,
    announced,
    by_chance_hardly,
    closed,
    exactly_said,
    meant,
    quoted_names,
    without_marker,
    without_year,
    words_of,
)

SHORT_NAME = re.compile(r"(?:gọi|viết) tắt(?: là)?:?\s*([^().;]{2,120})", re.IGNORECASE)
IN_BRACKETS = re.compile(r"[”\"»]?\s*\(([^()]{2,120})\)")
SIGNS = str.maketrans("“”«»„–—−", '"""""---')


@dataclass(frozen=True)
class Drift:
    """A place in a text, from `start` up to `end`, where `title` is meant and not said; `difference` tells how."""

    start: int
    end: int
    written: str
    title: Title
    difference: str
    is_quoted: bool

    @property
    def corrected(self):
        """The official title as it fits here: all in capitals where what it replaces is; with a small letter in the middle of a sentence."""
        text, first = self.title.text, self.written[:1]
        if self.written == upper(self.written):
            return upper(text)
        if first.isupper():
            return upper(text[:1]) + text[1:]
        return text if self.is_quoted else text[:1].lower() + text[1:]


def drifts_in(text, titles, *, shorts=frozenset(), kept=()):
    """The Drifts of one line, in its order. `shorts` are lawful short names (short_names), `kept` words that are quoted as they stand elsewhere."""
    titles = [title for title in titles if title.words]
    words = words_of(text)
    taken = [(match.start(), match.end()) for each in kept if each for match in re.finditer(re.escape(each), text)]
    found = []

    def consider(candidate, difference_of=None):
        start, end, title = candidate
        span = (words[start].start, closed(text, words[start].start, words[end - 1].end))
        if any(span[0] < other[1] and other[0] < span[1] for other in taken):
            return
        taken.append(span)
        written = text[span[0] : span[1]]
        difference = (difference_of or _difference)(words[start:end], title)
        if difference:
            found.append(Drift(*span, written, title, difference, (start, end) in quoted))

    quotes = [(start, without_year(words, start, end, titles), is_marked) for start, end, is_marked in quoted_names(text, words)]
    quoted = {(start, end) for start, end, _ in quotes}
    for start, end, is_marked in quotes:
        if tuple(word.small for word in words[start:end]) in shorts or text[words[end - 1].end :].lstrip(" ").startswith(("…", "...")):
            taken.append((words[start].start, words[end - 1].end))
            continue
        title = meant(words[start:end], titles, is_marked=is_marked)
        if title:
            consider((start, end, title), lambda said, title: _difference(said, title) or _signs_differ(text, said, title))
    for start, end, title in exactly_said(words, titles):
        consider((start, end, title))
    for candidate in announced(text, words, titles, quotes, shorts):
        consider(candidate)
    for candidate in by_chance_hardly(words, [title for title in titles if title.is_own]):
        consider(candidate)
    return sorted(found, key=lambda drift: drift.start)


def short_names(text, titles):
    """The short names that a text introduces: after "gọi tắt là", or in brackets right behind a full title. As words in small letters."""
    said = [match[1] for match in SHORT_NAME.finditer(text)]
    words = words_of(text)
    for _, end, _ in exactly_said(words, [title for title in titles if title.words]):
        brackets = IN_BRACKETS.match(text, words[end - 1].end)
        if brackets:
            said.append(SHORT_NAME.sub(r"\1", brackets[1]))
    return {tuple(word.small for word in without_marker(words_of(each))) for each in said} - {()}


def quotations(text):
    """The words of every quotation of a text that may be a name: three words or more."""
    words = words_of(text)
    return [text[words[start].start : words[end - 1].end] for start, end, _ in quoted_names(text, words) if end - start >= SHORTEST]


def _difference(said, title):
    """How the words differ, in Vietnamese; "" when they are the same."""
    parts = []
    matcher = SequenceMatcher(a=[word.small for word in said], b=[word.small for word in title.words], autojunk=False)
    for tag, from_said, to_said, from_title, to_title in matcher.get_opcodes():
        ours, theirs = _phrase(said[from_said:to_said]), _phrase(title.words[from_title:to_title])
        if tag == "delete":
            parts.append(f"thừa “{ours}”")
        elif tag == "insert":
            parts.append(f"thiếu “{theirs}”")
        elif tag == "replace":
            parts.append(f"ghi “{ours}” thay cho “{theirs}”")
    return "; ".join(parts)


def _signs_differ(text, said, title):
    """What else differs in a quotation of the same words: capitals, commas and dashes. The kinds of quotes and dashes do not count."""
    written = text[said[0].start : closed(text, said[0].start, said[-1].end)]
    if written == upper(written):
        return ""
    if _signs(written) != _signs(title.text):
        return "khác dấu câu"
    cases = [word.written for word in said], [word.written for word in title.words]
    first = [words[0][:1].lower() + words[0][1:] for words in cases]
    return "" if first[0] == first[1] and [normalise(word) for word in cases[0][1:]] == cases[1][1:] else "khác chữ hoa, chữ thường"


def _signs(text):
    return [re.sub(r"\s+", "", between).translate(SIGNS) for between in WORD.split(text)]


def _phrase(words):
    return " ".join(word.written for word in words)
