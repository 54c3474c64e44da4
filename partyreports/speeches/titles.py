"""Official titles of models in a speech: where its words have drifted from them, and how they are put right at one press."""

from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise

from django.db.models import Count, Q

from models_registry.models import Registration, TitleBand
from models_registry.similar_titles import bands_of
from organizations.models import Reference
from partyreports.documents import ListBlock, Text

from .drifts import Drift, drifts_in, quotations, short_names
from .figures import ID_LENGTH
from .namings import Title
from .rich_text import Marked

TITLE = "title"  # where a doubt about the paper's own title leads
MOST_QUOTED = 60  # quotations held against the titles of the branch
NEAREST = 200  # titles that share signs with them


@dataclass(frozen=True)
class TitleDoubt:
    """One way in which a speech misnames a model: every place that says it, by one `id`."""

    id: str
    where: str
    written: str
    official: str
    sentence: str
    times: int
    can_be_corrected: bool


@dataclass(frozen=True)
class Place:
    """A drift and where it stands: the number of the line (None: the title of the paper)."""

    line: int | None
    drift: Drift
    can_be_corrected: bool

    @property
    def id(self):
        return sha256(f"{self.drift.written}\n{self.drift.title.official}".encode()).hexdigest()[:ID_LENGTH]


def title_doubts(speech, *, places=None):
    """A TitleDoubt for each way of misnaming, in the order of the text. `places` are those of the speech when they are at hand."""
    found = {}
    for place in drifted(speech) if places is None else places:
        found.setdefault(place.id, []).append(place)
    return [
        TitleDoubt(
            name,
            TITLE if same[0].line is None else name,
            same[0].drift.written,
            same[0].drift.title.official,
            f"Tên mô hình “{same[0].drift.written}” chưa đúng tên chính thức ({same[0].drift.difference}).",
            len(same),
            any(place.can_be_corrected for place in same),
        )
        for name, same in found.items()
    ]


def drifted(speech):
    """Every Place of a speech that nearly says an official title. One query, three more for quotations, one more when something is found."""
    lines = {None: (Text(speech.title),)} | dict(enumerate(_lines(speech.tree)))
    texts = {number: "".join(inline.text for inline in inlines) for number, inlines in lines.items()}
    titles = titles_of(speech, texts.values())
    if not titles:
        return []
    shorts = set().union(*(short_names(text, titles) for text in texts.values()))
    found = [(number, drift) for number, text in texts.items() for drift in drifts_in(text, titles, shorts=shorts)]
    if not found:
        return []
    cited = [subject for subject in Reference.objects.filter(organization=speech.organization_id).values_list("subject", flat=True) if subject]
    return [
        Place(number, drift, _is_plain(lines[number], drift))
        for number in dict.fromkeys(number for number, _ in found)
        for drift in drifts_in(texts[number], titles, shorts=shorts, kept=cited)
    ]


def titles_of(speech, texts):
    """The official titles that a speech may mean: its own model's, those of its body, and of its branch those like something it quotes."""
    own = Registration.objects.filter(
        Q(pk=speech.registration_id) | Q(pk__in=Registration.objects.final().filter(organization=speech.organization_id))
    )
    official = dict.fromkeys(own.order_by("-pk").values_list("title", flat=True))
    titles = [Title.read(title) for title in official]
    quoted = {phrase for text in texts for phrase in quotations(text)} - {title.text for title in titles}
    if quoted:
        among = Registration.objects.final().within(speech.organization).exclude(organization=speech.organization_id)
        titles += [Title.read(title, is_own=False) for title in _like(sorted(quoted)[:MOST_QUOTED], among) if title not in official]
    return titles


def _like(phrases, among):
    """Titles of the queryset `among` that share signs with any of `phrases`."""
    bands = {band for phrase in phrases for band in bands_of(phrase)}
    shared = TitleBand.objects.filter(band__in=bands).order_by().values_list("registration").annotate(Count("pk"))
    pks = [pk for pk, _ in shared.order_by("-pk__count", "-registration")[:NEAREST]]
    return list(dict.fromkeys(among.filter(pk__in=pks).order_by("-pk").values_list("title", flat=True))) if pks else []


def with_official_titles(speech, *, only=None):
    """(title, blocks, how many places) of a speech that calls its models by their official titles; `only` is the id of one doubt.

    Nothing is saved: a person asks for it and the speech is written as for any other edit.
    """
    places = [place for place in drifted(speech) if place.can_be_corrected and (not only or place.id == only)]
    of_title = [place.drift for place in places if place.line is None]
    title = "".join(inline.text for inline in _corrected((Text(speech.title),), of_title))
    return title, _changed(speech.tree, places, _corrected), len(places)


def marked(blocks, places):
    """The blocks with each drifted name as a Marked run that a page can lead to."""
    return _changed(blocks, places, _marked)


def _lines(blocks):
    for block in blocks:
        for holder in block.items if isinstance(block, ListBlock) else [block]:
            yield holder.inlines


def _changed(blocks, places, change):
    """The blocks with `change`(inlines, drifts) instead of the inlines of every line that holds drifts."""
    number, changed = -1, []

    def holder(kept):
        nonlocal number
        number += 1
        drifts = [place.drift for place in places if place.line == number]
        return replace(kept, inlines=tuple(change(kept.inlines, drifts))) if drifts else kept

    for block in blocks:
        changed.append(replace(block, items=tuple(holder(item) for item in block.items)) if isinstance(block, ListBlock) else holder(block))
    return tuple(changed)


def _pieces(inlines, drifts):
    """(inline or a part of its text, the drift that it belongs to or None), in order; a figure is never parted."""
    at = 0
    for inline in inlines:
        end = at + len(inline.text)
        if not isinstance(inline, Text):
            yield inline, None
        else:
            cuts = sorted({at, end, *(place for drift in drifts for place in (drift.start, drift.end) if at < place < end)})
            for start, stop in pairwise(cuts):
                of = next((drift for drift in drifts if drift.start <= start and stop <= drift.end), None)
                yield replace(inline, text=inline.text[start - at : stop - at]), of
        at = end


def _corrected(inlines, drifts):
    """The inlines with official titles, each in the look in which the wrong one begins; neighbours of one look are joined."""
    joined, written = [], set()
    for inline, drift in _pieces(inlines, drifts):
        if drift in written:
            continue
        if drift is not None:
            written.add(drift)
        kept, last = (inline if drift is None else replace(inline, text=drift.corrected)), joined[-1] if joined else None
        if isinstance(kept, Text) and isinstance(last, Text) and (last.bold, last.italic) == (kept.bold, kept.italic):
            joined[-1] = replace(last, text=last.text + kept.text)
        else:
            joined.append(kept)
    return joined


def _marked(inlines, drifts):
    for inline, drift in _pieces(inlines, drifts):
        yield inline if drift is None else Marked(inline.text, inline.bold, inline.italic, Place(0, drift, True).id)


def _is_plain(inlines, drift):
    """True when no figure stands within the drift: figures are not written over."""
    at = 0
    for inline in inlines:
        end = at + len(inline.text)
        if not isinstance(inline, Text) and at < drift.end and drift.start < end:
            return False
        at = end
    return True
