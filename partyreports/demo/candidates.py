"""Invented people on the way to admission, with true totals: their days are counted from the decision, or from the class."""

import datetime as dt
import itertools

from organizations.days import add_months
from organizations.models import Candidate, LogEntry, Stage, StageTaken
from partyreports.vietnamese import fold, person_sort_key, screen_date

from .files import described

FILE = described("candidates.toml")
MARKS = ("religious", "ethnic_minority", "youth", "militia", "village_guard")
NUMBERS = {Stage.SENT: "{n}-CV/ĐU", Stage.CERTIFIED: "{n}/CN", Stage.CELL_RESOLVED: "{n}-NQ/CB", Stage.COMMITTEE_RESOLVED: "{n}-NQ/ĐU"}
FROM_DECISION = {  # days before or after the decision
    Stage.OUTSTANDING: -600,
    Stage.SENT: -400,
    Stage.CHECKED: -150,
    Stage.FILED: -60,
    Stage.CELL_RESOLVED: -45,
    Stage.COMMITTEE_RESOLVED: -30,
    Stage.DECIDED: 0,
}
TO_CERTIFICATE, TO_CEREMONY, TO_CONFIRMATION, LISTED_BEFORE = 15, 12, 25, 120  # days


def follow_candidates(bodies, *, by):
    """Write the candidates of the file and take them as far as they came; the ceremonies make the members. To be called before the rosters."""
    counter, people = itertools.count(), []
    for group in FILE["admitted"]:
        people += [(_person(bodies, group, n, next(counter), day), _to_admission(group, n, day), n) for n, day in _days(group, "decided")]
    admitted = len(people)
    for group in FILE["followed"]:
        days = _days(group, "sent") if "sent" in group else [(n, group["listed"]) for n in range(group["number"])]
        people += [(_person(bodies, group, n, next(counter), day), _to_class(group, n, day), n) for n, day in days]
    _write(people, by=by)
    groups = [group for group in FILE["admitted"] for _ in range(group["number"])]
    for (candidate, days, n), group in zip(people[:admitted], groups, strict=True):
        ceremony = days[Stage.DECIDED] + dt.timedelta(days=TO_CEREMONY)
        candidate.take(Stage.ADMITTED, on=ceremony, by=by)
        if n not in group.get("not_confirmed_yet", []):
            confirmed = add_months(ceremony, 12) + dt.timedelta(days=TO_CONFIRMATION)
            candidate.take(Stage.OFFICIAL, on=confirmed, number=f"{100 + n}-QĐ/HU", by=by)


def _days(group, name):
    """(position, day) of each person of a group, the days of the file in turn."""
    return [(n, group[name][n % len(group[name])]) for n in range(group["number"])]


def _person(bodies, group, n, serial, day):
    """A person who does not exist: name, birth and chi bộ follow from his place in the file."""
    gender = "female" if n % 2 else "male"
    names, is_rural = FILE["names"], n in group.get("rural", [])
    parts = [names[part][serial % len(names[part])] for part in ("family", f"middle_{gender}", f"given_{gender}")]
    side = "rural" if is_rural else "official"
    cell = group[f"{side}_cell"].format(n=1 + serial % group.get(f"{side}_cells", 1))
    age = 22 + n % 7 if n in group.get("youth", []) else 34 + n % 12
    introducers = group.get("introduced_by", ["Đoàn Thanh niên xã" if n in group.get("youth", []) else ""])
    candidate = Candidate(
        organization=bodies[cell],
        full_name=" ".join(parts),
        gender=gender,
        born_on=group.get("born", {}).get(str(n)) or dt.date(day.year - age, 1 + serial * 5 % 12, 1 + serial * 7 % 28),
        introduced_by=introducers[n % len(introducers)],
        is_rural=is_rural,
        is_official=not is_rural,
        is_mass_member=n in group.get("mass_member", []),
        in_service=n in group.get("in_service", []),
        is_invented=True,
        **{f"is_{mark}": n in group.get(mark, []) for mark in MARKS},
    )
    candidate.search, candidate.sort = fold(candidate.full_name), person_sort_key(candidate.full_name)
    return candidate


def _to_admission(group, n, decided):
    days = {stage: decided + dt.timedelta(days=offset) for stage, offset in FROM_DECISION.items()}
    days[Stage.SENT] = group.get("sent_later", {}).get(str(n), days[Stage.SENT])
    days[Stage.CERTIFIED] = days[Stage.SENT] + dt.timedelta(days=TO_CERTIFICATE)
    return days


def _to_class(group, n, day):
    if "sent" not in group:
        return {Stage.OUTSTANDING: day}
    days = {Stage.OUTSTANDING: day - dt.timedelta(days=LISTED_BEFORE), Stage.SENT: day}
    if n % 9 != 8:
        days[Stage.CERTIFIED] = day + dt.timedelta(days=TO_CERTIFICATE)
    checked = group.get("checked", {}).get(str(n))
    return {**days, Stage.CHECKED: checked} if checked else days


def _write(people, *, by):
    """All of them at once, with the lines of the log that each stage would have written by itself."""
    for candidate, days, _ in people:
        candidate.stage = max(days, key=list(Stage).index)
    Candidate.objects.bulk_create([candidate for candidate, _, _ in people])
    rows, lines = [], []
    for candidate, days, n in people:
        lines.append(_line("add", candidate, by))
        for stage in sorted(days, key=list(Stage).index):
            number = f"{20 + n}-QĐ/HU" if stage == Stage.DECIDED else NUMBERS.get(stage, "").format(n=10 + n)
            rows.append(
                StageTaken(candidate=candidate, organization=candidate.organization, stage=stage, taken_on=days[stage], number=number, recorded_by=by)
            )
            told = {"day": screen_date(days[stage]), "paper": number}
            shown = {} if stage == Stage.CHECKED else {"before": dict.fromkeys(told, ""), "after": told}
            lines.append(_line("take_stage", candidate, by, place=stage.label, **shown))
    StageTaken.objects.bulk_create(rows, batch_size=500)
    LogEntry.objects.bulk_create(lines, batch_size=500)


def _line(action, candidate, by, **told):
    return LogEntry(
        action=action,
        actor_pk=by.pk,
        actor_name=str(by),
        subject=candidate._meta.label_lower,
        subject_pk=candidate.pk,
        subject_title=str(candidate),
        organization_pk=candidate.organization_id,
        search=fold(f"{by} {candidate}"),
        **told,
    )
