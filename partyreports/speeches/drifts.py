"""Where a text calls a working model nearly as its official title does: marks, letters, words or signs differ.

Pure functions over one line of text. What is quoted, or stands after "mô hình", claims to be a title and is held against it closely; anywhere
else only what can hardly be chance is taken for one. A short name that the text introduces itself ("gọi tắt là …") is lawful.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from models_registry.similar_titles import SIMILAR, likeness
from partyreports.vietnamese import fold, normalise, upper

UNMARKED = 0.75  # how alike a quotation must be that is not announced as a model
NOT_OWN = 0.75  # and one of a model that another body of the branch has registered
ANNOUNCED = {False: 0.75, True: 0.85}  # and a name without quotes after "mô hình", by whether the title is short
FEW = 8  # words of a short title
WINDOW = 3  # words by which a name after "mô hình" may be longer or shorter than the title
SHORTEST = 3  # words of a name without quotes
EXTRA = 4  # words beyond the title in one quotation
WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|\"([^\"]*)\"|«([^«»]*)»")
SHORT_NAME = re.compile(r"(?:gọi|viết) tắt(?: là)?:?\s*([^().;]{2,120})", re.IGNORECASE)
IN_BRACKETS = re.compile(r"[”\"»]?\s*\(([^()]{2,120})\)")
STOPS = re.compile(r"[.;!?\n]")
SIGNS = str.maketrans("“”«»„–—−", '"""""---')
MARKERS = (("mo", "hinh"), ("cach", "lam"))
BETWEEN = {"la", "ten", "goi", "co", "mang", "ve"}  # "mô hình có tên gọi là"


@dataclass(frozen=True)
class Word:
    """One word of a text: where it stands, as it is written, in small letters, and without marks."""

    start: int
    end: int
    written: str
    small: str
    plain: str


@dataclass(frozen=True)
class Title:
    """An official title as texts name it: without "mô hình" before it and without the quotes around it."""

    official: str
    text: str
    words: tuple
    is_own: bool = True

    @classmethod
    def read(cls, official, *, is_own=True):
        words = _without_marker(words_of(official))
        text = official[words[0].start : _closed(official, words[0].start, words[-1].end)] if words else ""
        return cls(official, text, tuple(words), is_own)


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
        span = (words[start].start, _closed(text, words[start].start, words[end - 1].end))
        if any(span[0] < other[1] and other[0] < span[1] for other in taken):
            return
        taken.append(span)
        written = text[span[0] : span[1]]
        difference = (difference_of or _difference)(words[start:end], title)
        if difference:
            found.append(Drift(*span, written, title, difference, (start, end) in quoted))

    quotes = [(start, _without_year(words, start, end, titles), is_marked) for start, end, is_marked in _quoted(text, words)]
    quoted = {(start, end) for start, end, _ in quotes}
    for start, end, is_marked in quotes:
        if tuple(word.small for word in words[start:end]) in shorts or text[words[end - 1].end :].lstrip(" ").startswith(("…", "...")):
            taken.append((words[start].start, words[end - 1].end))
            continue
        title = _meant(words[start:end], titles, is_marked=is_marked)
        if title:
            consider((start, end, title), lambda said, title: _difference(said, title) or _signs_differ(text, said, title))
    for start, end, title in _exact(words, titles):
        consider((start, end, title))
    for candidate in _announced(text, words, titles, quotes, shorts):
        consider(candidate)
    for candidate in _by_chance_hardly(words, [title for title in titles if title.is_own]):
        consider(candidate)
    return sorted(found, key=lambda drift: drift.start)


def short_names(text, titles):
    """The short names that a text introduces: after "gọi tắt là", or in brackets right behind a full title. As words in small letters."""
    said = [match[1] for match in SHORT_NAME.finditer(text)]
    words = words_of(text)
    for _, end, _ in _exact(words, [title for title in titles if title.words]):
        brackets = IN_BRACKETS.match(text, words[end - 1].end)
        if brackets:
            said.append(SHORT_NAME.sub(r"\1", brackets[1]))
    return {tuple(word.small for word in _without_marker(words_of(each))) for each in said} - {()}


def quotations(text):
    """The words of every quotation of a text that may be a name: three words or more."""
    words = words_of(text)
    return [text[words[start].start : words[end - 1].end] for start, end, _ in _quoted(text, words) if end - start >= SHORTEST]


def words_of(text):
    """The words of a text, in order; signs and spaces stand between them."""
    return [Word(match.start(), match.end(), match[0], *_forms(match[0])) for match in WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def _forms(word):
    """A word in small letters, and without marks."""
    small = normalise(word).casefold()
    return small, fold(small)


# What may be a name -------------------------------------------------------------------------------------------------


def _quoted(text, words):
    """(first word, end, whether "mô hình" stands before) of each quotation, without a "mô hình" at its own beginning."""
    for match in QUOTED.finditer(text):
        inside = [at for at, word in enumerate(words) if match.start() < word.start and word.end < match.end()]
        if not inside:
            continue
        start, end = inside[0], inside[-1] + 1
        lead = len(words[start:end]) - len(_without_marker(words[start:end]))
        before = start
        while before and words[before - 1].plain in BETWEEN and start - before < SHORTEST:
            before -= 1
        is_marked = bool(lead) or tuple(word.plain for word in words[max(before - 2, 0) : before]) in MARKERS
        if end - start - lead >= 2:
            yield start + lead, end, is_marked


def _without_year(words, start, end, titles):
    """The end of a quotation without "năm 2024" behind the name, unless a title ends so."""
    if end - start < 4 or words[end - 2].plain != "nam" or not re.fullmatch("[0-9]{4}", words[end - 1].plain):
        return end
    return end if any(title.words[-1].plain == words[end - 1].plain for title in titles) else end - 2


def _exact(words, titles):
    """Places that say a title letter by letter, whatever the case; longer titles first."""
    small = [word.small for word in words]
    for title in sorted(titles, key=lambda each: -len(each.words)):
        wanted = [word.small for word in title.words]
        for start in range(len(small) - len(wanted) + 1):
            if small[start] == wanted[0] and small[start : start + len(wanted)] == wanted:
                yield start, start + len(wanted), title


def _announced(text, words, titles, quotes, shorts):
    """Names without quotes after "mô hình": the stretch that is most like a title."""
    for at in range(len(words) - 1):
        if (words[at].plain, words[at + 1].plain) not in MARKERS:
            continue
        start = at + 2
        while start < len(words) and words[start].plain in BETWEEN and start - at < 2 + SHORTEST:
            start += 1
        if start == len(words) or any(first <= start < end for first, end, _ in quotes):
            continue
        stop = STOPS.search(text, words[at + 1].end)
        until = next((n for n in range(start, len(words)) if stop and words[n].start > stop.start()), len(words))
        if any(tuple(word.small for word in words[start : start + len(short)]) == short for short in shorts):
            continue
        best = (0.0, None)
        for title in titles:
            length = len(title.words)
            if length < SHORTEST:
                continue
            for end in range(start + max(SHORTEST, length - WINDOW), min(start + length + WINDOW, until) + 1):
                if end > len(words):
                    break
                share = _share(words[start:end], title)
                if share > best[0] and (words[end - 1].plain == title.words[-1].plain or words[start].plain == title.words[0].plain):
                    best = (share, (start, end, title))
        if best[1] and best[0] >= ANNOUNCED[len(best[1][2].words) < FEW]:
            yield best[1]


def _by_chance_hardly(words, titles):
    """Long names without quotes or announcement, a word or two aside; short ones with other marks alone."""
    plain = [word.plain for word in words]
    for title in titles:
        wanted = [word.plain for word in title.words]
        length, aside = len(wanted), 2 if len(wanted) >= 12 else 1 if len(wanted) >= 6 else 0
        if length < SHORTEST:
            continue
        needed = Counter(wanted)
        best = []
        for size in range(length - aside, length + aside + 1):
            for start in range(len(plain) - size + 1):
                window = plain[start : start + size]
                if (window[0], window[-1]) != (wanted[0], wanted[-1]) or (not aside and window != wanted):
                    continue
                if sum((needed - Counter(window)).values()) > aside:
                    continue
                share = _share(words[start : start + size], title)
                if 1 - share <= aside / length:
                    best.append((share, start, start + size))
        for _, start, end in sorted(best, key=lambda each: (-each[0], each[1])):
            yield start, end, title


def _meant(said, titles, *, is_marked):
    """The title that a quotation means, None when it means none; one that says exactly one of them means that."""
    plain, small = [word.plain for word in said], [word.small for word in said]
    if exact := next((title for title in titles if [word.small for word in title.words] == small), None):
        return exact
    within = " ".join(plain)
    best = max(titles, key=lambda title: likeness(within, " ".join(word.plain for word in title.words)), default=None)
    if best is None:
        return None
    wanted = [word.plain for word in best.words]
    alike = likeness(within, " ".join(wanted))
    if not best.is_own:
        return best if is_marked and alike >= NOT_OWN and len(plain) <= len(wanted) + EXTRA else None
    if len(plain) > len(wanted) + EXTRA:
        return None
    if alike >= (SIMILAR if is_marked else UNMARKED):
        return best
    shortened = next((title for title in titles if title.is_own and len(plain) >= SHORTEST and _in_order(plain, title)), None)
    return shortened if is_marked else None


def _in_order(plain, title):
    """True when every word stands in the title, in its order: a title cut short."""
    rest = iter(word.plain for word in title.words)
    return all(word in rest for word in plain)


def _without_marker(words):
    return words[2:] if len(words) > 2 and (words[0].plain, words[1].plain) in MARKERS else words


def _share(said, title):
    """Words in common, in order, as a share of both."""
    return SequenceMatcher(a=[word.plain for word in said], b=[word.plain for word in title.words], autojunk=False).ratio()


# How they differ ----------------------------------------------------------------------------------------------------


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
    written = text[said[0].start : _closed(text, said[0].start, said[-1].end)]
    if written == upper(written):
        return ""
    if _signs(written) != _signs(title.text):
        return "khác dấu câu"
    cases = [word.written for word in said], [word.written for word in title.words]
    first = [words[0][:1].lower() + words[0][1:] for words in cases]
    return "" if first[0] == first[1] and [normalise(word) for word in cases[0][1:]] == cases[1][1:] else "khác chữ hoa, chữ thường"


def _closed(text, start, end):
    """`end`, or behind the quote that closes one opened between `start` and it."""
    said, sign = text[start:end], text[end : end + 1]
    is_open = said.count("“") > said.count("”") if sign == "”" else said.count('"') % 2
    return end + 1 if sign in ("”", '"') and is_open else end


def _signs(text):
    return [re.sub(r"\s+", "", between).translate(SIGNS) for between in WORD.split(text)]


def _phrase(words):
    return " ".join(word.written for word in words)
