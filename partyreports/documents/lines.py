"""Names and titles broken into lines of even length, at places where a reader would pause."""

import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path

from partyreports.documents.tree import squeezed

PHRASES = Path(__file__).parent / "phrases.toml"
# What a break costs, beside the square of the part of the line that stays empty: inside a phrase or a quotation much; after a word
# that leads to the next some; before a word that begins a group, or after a comma, a little less than nothing.
INSIDE_A_PHRASE = 0.2
AFTER_A_LEADING_WORD = 0.08
INSIDE_QUOTES = 0.15
AT_A_PAUSE = -0.02
PAUSES = (",", ";", ":", "”", ".")


def even_lines(text, width, measure):
    """The lines of `text`, as few as `width` allows; `measure` gives the width of a piece. Line ends in `text` are kept."""
    lines = []
    for part in text.splitlines():
        lines += _broken(squeezed(part).strip(" ").split(" "), width, measure)
    return tuple(line for line in lines if line)


def _broken(words, width, measure):
    """The fewest lines that fit; among those the most even, with the cost of each break."""
    pieces = _pieces(words, width, measure)
    costs = [_cost(words, place) if place else 0 for place in range(len(words))]
    # reached[place] = (cost, places of the breaks so far) of the best way to set the words before `place` in `count` lines.
    reached = {0: (0, ())}
    for _ in range(len(words)):
        onward = {}
        for start, (cost, breaks) in reached.items():
            for end, slack in pieces[start].items():
                total = cost + slack**2 + costs[start]
                if end not in onward or total < onward[end][0]:
                    onward[end] = (total, (*breaks, start))
        if len(words) in onward:
            places = (*onward[len(words)][1], len(words))
            return [" ".join(words[start:end]) for start, end in pairwise(places)]
        reached = onward
    return [" ".join(words)]


def _pieces(words, width, measure):
    """For each place where a line may begin, the places where it may end and the part of the width that it leaves empty."""
    pieces = []
    for start in range(len(words)):
        ends = {start + 1: max(0, 1 - measure(words[start]) / width)}
        for end in range(start + 2, len(words) + 1):
            slack = 1 - measure(" ".join(words[start:end])) / width
            if slack < 0:
                break
            ends[end] = slack
        pieces.append(ends)
    return pieces


def _cost(words, place):
    """The cost of a break before word `place`."""
    bare = [word.strip(',;:.“”"()').casefold() for word in words]
    together, begins, leads = _phrases()
    cost = AT_A_PAUSE if words[place - 1].endswith(PAUSES) else 0
    for phrase in together:
        for start in range(max(0, place - len(phrase) + 1), place):
            if tuple(bare[start : start + len(phrase)]) == phrase and not words[place - 1].endswith(PAUSES[1:]):
                return INSIDE_A_PHRASE
    if any(tuple(bare[place : place + len(phrase)]) == phrase for phrase in begins):
        cost += AT_A_PAUSE
    if any(tuple(bare[place - len(phrase) : place]) == phrase for phrase in leads):
        cost += AFTER_A_LEADING_WORD
    before = " ".join(words[:place])
    if before.count("“") > before.count("”"):
        cost += INSIDE_QUOTES
    return cost


def _filled(words, width, measure):
    """Line after line as full as it goes: for a text too long to weigh."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _phrases():
    content = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
    return tuple(tuple(tuple(phrase.split()) for phrase in content[name]) for name in ("together", "begins", "leads"))
