"""Ratings and badges of the demonstration: invented levels of the members on two rosters, within the ceiling, and the badges of two rounds."""

from organizations import badges, ratings, roster
from organizations.models import LogEntry, MemberRating
from partyreports.vietnamese import fold

BODIES = ("lac-lam", "lac-xuan")
YEARS = (2023, 2024)
AWARDED_IN, AWARDED_ROUNDS = 2024, 2  # the first rounds of that year; the others wait for the clerk
SHARE = 8  # of that many members of a chi bộ one is excellent and one "done": never above a fifth of those who did well
LATEST = 6  # the month from which on somebody admitted in the year is not rated yet

Level = MemberRating.Level


def rate_members(bodies, *, by):
    """Give every member on the roster at the end of the year a level, chi bộ by chi bộ."""
    for body in BODIES:
        for year in YEARS:
            rows = [row for cell in _by_cell(ratings.sheet(bodies[body], year)) for row in _levels(cell, year)]
            MemberRating.objects.bulk_create(rows)
            LogEntry.objects.bulk_create([_line(row, by) for row in rows])


def award_badges(bodies, *, by):
    for body in BODIES:
        for held in badges.rounds(AWARDED_IN)[:AWARDED_ROUNDS]:
            badges.award(badges.due(roster.stays_on(bodies[body], on=held.on), held), held, number="", by=by)


def _by_cell(stays):
    cells = {}
    for stay in stays:
        cells.setdefault(stay.organization_id, []).append(stay)
    return cells.values()


def _levels(stays, year):
    """Rows not yet saved for the members of one chi bộ."""
    last, rated, found = ratings.last_day(year), [], []
    for stay in stays:
        member = stay.member
        if member.exempt_since and member.exempt_since <= last:
            found.append((stay, Level.EXEMPT))
        elif member.admitted_on.year == year and member.admitted_on.month > LATEST:
            found.append((stay, Level.NOT_RATED))
        else:
            rated.append(stay)
    most = len(rated) // SHARE
    shift = year % SHARE  # not the same people every year
    for n, stay in enumerate(rated[shift:] + rated[:shift]):
        found.append((stay, Level.EXCELLENT if n < most else Level.DONE if n < 2 * most else Level.GOOD))
    return [MemberRating(member=stay.member, organization_id=stay.organization_id, year=year, level=level) for stay, level in found]


def _line(row, by):
    return LogEntry(
        action="rate",
        actor_pk=by.pk,
        actor_name=str(by),
        subject=row.member._meta.label_lower,
        subject_pk=row.member_id,
        subject_title=row.member.full_name,
        organization_pk=row.organization_id,
        after={"rating": row.get_level_display(), "year": row.year},
        search=fold(f"{by} {row.member}"),
    )
