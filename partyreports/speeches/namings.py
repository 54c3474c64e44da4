"""Where a line of text may name a working model: in quotes, after "mô hình", or by words that can hardly be chance. Pure functions."""

import re
from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice

from models_registry.similar_titles import SIMILAR, likeness
from partyreports.vietnamese import fold, normalise

UNMARKED = 0.75  # how alike a quotation must be that is not announced as a model
NOT_OWN = 0.75  # and one of a model that another body of the branch has registered
ANNOUNCED = {False: 0.75, True: 0.85}  # and a name without quotes after "mô hình", by whether the title is short
FEW = 8  # words of a short title
WINDOW = 3  # words by which a name after "mô hình" may be longer or shorter than the title
SHORTEST = 3  # words of a name without quotes
MOST_LOOKED_AT = 200  # quotations of one line, and names after "mô hình"
LONGEST = 60  # words of one name
CLOSE = 3  # titles that are compared letter by letter: those with the most words in common
EXTRA = 4  # words beyond the title in one quotation
WORD = re.compile(r"[^\W_]+")
QUOTED = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|\"([^\"]*)\"|«([^«»]*)»")
STOPS = re.compile(r"[.;!?\n]")
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
    plain: frozenset = frozenset()
    is_own: bool = True

    @classmethod
    def read(cls, official, *, is_own=True):
        words = without_marker(words_of(official))
        text = official[words[0].start : closed(official, words[0].start, words[-1].end)] if words else ""
        return cls(official, text, tuple(words), frozenset(word.plain for word in words), is_own)


def words_of(text):
    """The words of a text, in order; signs and spaces stand between them."""
    return [Word(match.start(), match.end(), match[0], *_forms(match[0])) for match in WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def _forms(word):
    """A word in small letters, and without marks."""
    small = normalise(word).casefold()
    return small, fold(small)


def quoted_names(text, words):
    """(first word, end, whether "mô hình" stands before) of each quotation, without a "mô hình" at its own beginning."""
    begins = [word.start for word in words]
    for match in islice(QUOTED.finditer(text), MOST_LOOKED_AT):
        start, end = bisect(begins, match.start()), bisect(begins, match.end())
        if start == end:
            continue
        lead = len(words[start:end]) - len(without_marker(words[start:end]))
        before = start
        while before and words[before - 1].plain in BETWEEN and start - before < SHORTEST:
            before -= 1
        is_marked = bool(lead) or tuple(word.plain for word in words[max(before - 2, 0) : before]) in MARKERS
        if end - start - lead >= 2:
            yield start + lead, end, is_marked


def without_year(words, start, end, titles):
    """The end of a quotation without "năm 2024" behind the name, unless a title ends so."""
    if end - start < 4 or words[end - 2].plain != "nam" or not re.fullmatch("[0-9]{4}", words[end - 1].plain):
        return end
    return end if any(title.words[-1].plain == words[end - 1].plain for title in titles) else end - 2


def exactly_said(words, titles):
    """Places that say a title letter by letter, whatever the case; longer titles first."""
    small = [word.small for word in words]
    for title in sorted(titles, key=lambda each: -len(each.words)):
        wanted = [word.small for word in title.words]
        for start in range(len(small) - len(wanted) + 1):
            if small[start] == wanted[0] and small[start : start + len(wanted)] == wanted:
                yield start, start + len(wanted), title


def announced(text, words, titles, quotes, shorts):
    """Names without quotes after "mô hình": the stretch that is most like a title."""
    markers = (at for at in range(len(words) - 1) if (words[at].plain, words[at + 1].plain) in MARKERS)
    for at in islice(markers, MOST_LOOKED_AT):
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
        for title in _nearest([word.plain for word in words[start : start + LONGEST]], titles):
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


def by_chance_hardly(words, titles):
    """Long names without quotes or announcement, a word or two aside; short ones with other marks alone."""
    plain = [word.plain for word in words]
    for title in titles:
        wanted = [word.plain for word in title.words]
        length, aside = len(wanted), 2 if len(wanted) >= 12 else 1 if len(wanted) >= 6 else 0
        if length < SHORTEST:
            continue
        needed = Counter(wanted)
        best = []
        for start in (at for at, word in enumerate(plain) if word == wanted[0]):
            for size in range(length - aside, length + aside + 1):
                window = plain[start : start + size]
                if len(window) < size or window[-1] != wanted[-1] or (not aside and window != wanted):
                    continue
                if sum((needed - Counter(window)).values()) > aside:
                    continue
                share = _share(words[start : start + size], title)
                if 1 - share <= aside / length:
                    best.append((share, start, start + size))
        for _, start, end in sorted(best, key=lambda each: (-each[0], each[1])):
            yield start, end, title


def meant(said, titles, *, is_marked):
    """The title that a quotation means, None when it means none; one that says exactly one of them means that."""
    plain, small = [word.plain for word in said], [word.small for word in said]
    if exact := next((title for title in titles if [word.small for word in title.words] == small), None):
        return exact
    within = " ".join(plain)
    best = max(_nearest(plain, titles), key=lambda title: likeness(within, " ".join(word.plain for word in title.words)), default=None)
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


def _nearest(plain, titles):
    said = set(plain)
    return sorted(titles, key=lambda title: -len(title.plain & said) / len(title.plain))[:CLOSE]


def _in_order(plain, title):
    """True when every word stands in the title, in its order: a title cut short."""
    rest = iter(word.plain for word in title.words)
    return all(word in rest for word in plain)


def without_marker(words):
    return words[2:] if len(words) > 2 and (words[0].plain, words[1].plain) in MARKERS else words


def closed(text, start, end):
    """`end`, or behind the quote that closes one opened between `start` and it."""
    said, sign = text[start:end], text[end : end + 1]
    is_open = said.count("“") > said.count("”") if sign == "”" else said.count('"') % 2
    return end + 1 if sign in ("”", '"') and is_open else end


def _share(said, title):
    """Words in common, in order, as a share of both."""
    return SequenceMatcher(a=[word.plain for word in said], b=[word.plain for word in title.words], autojunk=False).ratio()
