"""Which figure stands where in a speech, and whether its source still says the same. Doubts are shown; words are never changed here."""

from dataclasses import dataclass, replace

from organizations import tree
from partyreports.documents import Figure, ListBlock
from partyreports.metrics.sources import SOURCES
from partyreports.vietnamese import sentence_case

from .figures import Source, figure_id
from .gaps import inlines_of
from .ledger import Ledger

CHANGED, GONE, FILLED, GAP = "changed", "gone", "filled", "gap"


@dataclass(frozen=True)
class Doubt:
    """A figure that wants a look: what stands in the speech (`old`), what the source says now (`new`, None when nothing)."""

    kind: str
    where: str  # figure_id of the node
    sentence: str
    old: str
    new: str | None = None

    @property
    def is_about_a_shown_figure(self):
        return self.kind in (CHANGED, GONE)

    @property
    def can_be_taken_over(self):
        """True when the source has something to put in its place."""
        return self.kind in (CHANGED, FILLED)


@dataclass(frozen=True)
class Standing:
    """One figure of a speech beside its source now: for the page, the picker and the doubts."""

    figure: Figure
    source: Source | None
    now: Figure | None
    about: str
    times: int = 1

    @property
    def id(self):
        return figure_id(self.figure)

    @property
    def is_counted(self):
        """True when a register counts the figure, so that the events behind it can be shown."""
        return self.source is not None and self.source.indicator in SOURCES

    @property
    def holds(self):
        return self.now is None or (self.now.shown, self.now.missing) == (self.figure.shown, self.figure.missing)


def standings(speech):
    """The figures of a speech, each node once, in the order of the text, with what their sources say now."""
    counted = {}
    for inline in inlines_of(speech.tree):
        if isinstance(inline, Figure):
            plain = Figure(inline.shown, inline.key, inline.missing)
            counted[plain] = counted.get(plain, 0) + 1
    sources = {figure: Source.read(figure.key) for figure in counted}
    known = [source for source in sources.values() if source]
    ledger = Ledger(known, home=speech.period.code)
    names = {pk: version.name for pk, version in tree.names({source.organization for source in known}, on=speech.dated).items()}
    found = []
    for figure, times in counted.items():
        source = sources[figure]
        about = f"{ledger.describe(source)}, {names.get(source.organization, 'tổ chức không còn')}" if source else "không rõ nguồn"
        found.append(Standing(figure, source, ledger.figure(source) if source else None, about, times))
    return found


def check(speech, *, found=None):
    """Doubts about the figures of a speech as their sources stand now; `found` are its standings when they are at hand."""
    return [doubt for standing in (standings(speech) if found is None else found) if (doubt := _doubt(standing))]


def _doubt(standing):
    figure, now = standing.figure, standing.now
    if figure.missing:
        if now is not None and not now.missing:
            sentence = f"Đã có số liệu cho chỗ trống “{figure.shown}”: {now.shown}."
            return Doubt(FILLED, standing.id, sentence, figure.shown, now.shown)
        return Doubt(GAP, standing.id, f"{sentence_case(figure.shown)}.", figure.shown)
    if standing.holds:
        return None
    if now.missing:
        sentence = f"Trong bài ghi {figure.shown} ({standing.about}), nhưng nguồn hiện không có số liệu đã duyệt."
        return Doubt(GONE, standing.id, sentence, figure.shown)
    sentence = f"Số liệu đã đổi: trong bài {figure.shown}, nguồn hiện là {now.shown} ({standing.about})."
    return Doubt(CHANGED, standing.id, sentence, figure.shown, now.shown)


def with_present_figures(speech, *, only=None):
    """(blocks, how many places) of a speech whose changed and filled figures say what their sources say now; `only` names one of them.

    Nothing is saved: a person asks for it and the speech is written as for any other edit.
    """
    fresh = {standing.id: standing.now for standing in standings(speech) if standing.now is not None and not standing.now.missing}
    count = 0

    def renewed(inline):
        nonlocal count
        name = figure_id(inline) if isinstance(inline, Figure) else None
        now = fresh.get(name)
        if now is None or (only and name != only) or (now.shown, now.missing) == (inline.shown, inline.missing):
            return inline
        count += 1
        return replace(now, bold=inline.bold, italic=inline.italic)

    def holder(kept):
        return replace(kept, inlines=tuple(renewed(inline) for inline in kept.inlines))

    blocks = tuple(
        replace(block, items=tuple(holder(item) for item in block.items)) if isinstance(block, ListBlock) else holder(block) for block in speech.tree
    )
    return blocks, count
