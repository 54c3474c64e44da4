"""Typed against counted: whether a cell says what the registers say, and what changed in them since a report was sent up. It writes no value."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from organizations.review import OPEN, Problem
from partyreports.vietnamese import GIVEN, MISSING, Entry, join_words, number, write_figure

from . import sources
from .models.figures import Figure
from .models.indicators import Indicator
from .sensitive import is_sensitive
from .sources import Count

NOTHING_LEFT = Count(Decimal(0))
TAKING = "tu-so"  # the place of the entry form where counts are taken over
MOST_NAMED = 3
NOUNS = {
    "dialogue": "cuộc đối thoại",
    "petition": "dòng kiến nghị",
    "inspection": "cuộc kiểm tra, giám sát",
    "discipline": "quyết định kỷ luật",
    "plan": "dòng chương trình",
    "model": "mô hình",
    "body": "chi bộ",
    "rating": "kết quả xếp loại",
    "badge": "huy hiệu",
}
NOUN_OF_PEOPLE = "trường hợp"


def entry_of(counted):
    """The Entry that a cell holds when the count is taken over."""
    return Entry(GIVEN, counted.value, counted.qualifier)


def said(counted):
    """The count as a cell writes it: 10 · hơn 245."""
    return write_figure(entry_of(counted))


def agrees(entry, counted):
    """True when the cell says what was counted, or nothing yet; "không phát sinh" and "không áp dụng" say 0."""
    if counted is None or entry.state == MISSING:
        return True
    if entry.state != GIVEN:
        return counted.value == 0
    return (entry.value, entry.qualifier) == (counted.value, counted.qualifier)


def frozen(figure):
    """The Count that was written down with a figure when its report was sent up; None when the registers said nothing."""
    if figure.counted is None:
        return None
    return Count(figure.counted, figure.counted_qualifier, tuple(figure.stands_on), figure.counted_events)


def unexplained(figures, counts):
    """A Problem for each of `figures` that differs from its Count without a reason."""
    return [
        Problem(sentence_of_difference(figure.indicator.name, figure.text, counts[figure.indicator.key]), where=figure.indicator.key)
        for figure in figures
        if not figure.reason and not agrees(figure.entry, counts.get(figure.indicator.key))
    ]


def sentence_of_difference(name, text, counted):
    return f"{name}: ghi {text}, sổ đếm được {said(counted)}. Ghi lý do khác nhau, hoặc lấy số từ sổ."


def sentence_of_gaps(names):
    """Sổ có số cho 12 ô còn để trống: Tổng số đảng viên; Số chi bộ; … và 9 ô khác."""
    more = f" và {number(len(names) - MOST_NAMED)} ô khác" if len(names) > MOST_NAMED else ""
    return f"Sổ có số cho {number(len(names))} ô còn để trống: {'; '.join(names[:MOST_NAMED])}{more}."


def explanations(figures):
    """A sentence for each of `figures` that was sent up with another value than the registers counted, and why."""
    return [
        f"{figure.indicator.name}: ghi {figure.text}, sổ đếm được {said(counted)}. Lý do: {figure.reason}"
        for figure in figures
        if figure.reason and (counted := frozen(figure)) and not agrees(figure.entry, counted)
    ]


def freeze(figures, counts):
    """Write beside each of `figures` what was counted and on which events that stands. One statement."""
    for figure in figures:
        now = counts.get(figure.indicator.key)
        figure.counted, figure.counted_qualifier = (now.value, now.qualifier) if now else (None, "")
        figure.counted_events, figure.stands_on = (now.number, list(now.events)) if now else (0, [])
    Figure.objects.bulk_update(figures, ["counted", "counted_qualifier", "counted_events", "stands_on"])


@dataclass(frozen=True)
class Drift:
    """A counted figure of a closed report whose register says something else by now: events that came, events that went, or only the number."""

    key: str
    name: str
    then: Count
    now: Count
    added: tuple = ()
    gone: tuple = ()

    @property
    def sentence(self):
        """2 cuộc đối thoại thêm sau khi trình, 1 cuộc đối thoại đã rút; số đếm nay là 11 (khi trình 10)."""
        events = join_words([*_told(self.added, "thêm sau khi trình"), *_told(self.gone, "đã rút")])
        changed = (self.now.value, self.now.qualifier) != (self.then.value, self.then.qualifier)
        said_now = f"số đếm nay là {said(self.now)} (khi trình {said(self.then)})" if changed else ""
        return "; ".join(part for part in (events, said_now) if part)


def drifts_of(reports, *, hides=False):
    """dict: key of a report → list of Drift, for the closed ones among `reports`; those without any are left out.

    One query for the figures, and for each period among them those of the sources. `hides` leaves out the numbers of sensitive groups.
    """
    closed = {report.pk: report for report in reports if report.status not in OPEN}
    figures, wanted = {}, {}
    rows = Figure.objects.filter(report__in=closed, counted__isnull=False).select_related("indicator__numerator", "indicator__denominator")
    for figure in rows.order_by("indicator__order", "indicator"):
        if hides and is_sensitive(figure.indicator):
            continue
        report = closed[figure.report_id]
        figures.setdefault(report.pk, []).append(figure)
        wanted.setdefault(report.period, ({}, set()))
        wanted[report.period][0][report.organization_id] = report.pk
        wanted[report.period][1].add(figure.indicator.key)
    found = {}
    for period, (bodies, keys) in wanted.items():
        now = sources.count_many(bodies, period, keys=keys, tells=True)
        for body, report in bodies.items():
            changed = [
                drift for figure in figures[report] if (drift := drift_of(figure.indicator, frozen(figure), now[body].get(figure.indicator.key)))
            ]
            if changed:
                found[report] = changed
    return found


def drift_of(indicator, then, now):
    """The Drift between the Count `then` and the Count `now` (None: the register holds nothing any more), or None when nothing has changed."""
    now = now or NOTHING_LEFT
    is_told = len(then.events) == then.number and len(now.events) == now.number
    before, after = set(then.events), set(now.events)
    added = tuple(event for event in now.events if event not in before) if is_told else ()
    gone = tuple(event for event in then.events if event not in after) if is_told else ()
    if not (added or gone) and (then.value, then.qualifier) == (now.value, now.qualifier):
        return None
    return Drift(indicator.key, indicator.name, then, now, added, gone)


def summed_up(drifts):
    """One line over all figures of a report, each event once: 2 cuộc đối thoại thêm sau khi trình, 1 cuộc kiểm tra, giám sát đã rút."""
    added = {event for drift in drifts for event in drift.added}
    gone = {event for drift in drifts for event in drift.gone}
    events = [*_told(added, "thêm sau khi trình"), *_told(gone, "đã rút")]
    return join_words(events) if events else f"{number(len(drifts))} số đếm từ sổ nay đã khác"


def noun_of(identity):
    return NOUNS.get(identity.partition(":")[0], NOUN_OF_PEOPLE)


def _told(events, what):
    numbers = Counter(noun_of(event) for event in sorted(events))
    return [f"{number(many)} {noun} {what}" for noun, many in numbers.items()]


def indicator_at(key):
    """The Indicator of a key of a cell, or None."""
    code, _, breakdown = key.partition(":")
    return Indicator.objects.select_related("numerator", "denominator").filter(code=code, breakdown=breakdown).first()
