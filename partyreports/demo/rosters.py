"""Rosters of whole communes: invented members, as many as the bodies had at the end of the year, with the movements of that year."""

import datetime as dt

from organizations import roster
from organizations.models import LogEntry, Member, Organization, Stay
from partyreports.vietnamese import fold, person_sort_key

from .files import described

FILE = described("rosters.toml")
DAY = FILE["day"]
OLDEST, YEARS, AGE = 1946, 47, 24  # years of birth, and the age at which they were admitted, before the bodies of the demonstration began


def fill_rosters(bodies, *, by):
    """Invent as many members as each body of the file lacks, so that its roster at the end of the year has its true total.

    Whoever stands on it already is counted: people named in other files, and those whom the register of candidates has admitted.
    """
    for facts in FILE["roster"]:
        body = bodies[facts["body"]]
        cells = list(Organization.objects.under(body, on=DAY).exclude(pk=body.pk).order_by("pk"))
        standing = list(roster.members_on(body, on=DAY))
        going = [move for move in facts["movement"] if "out" in move]
        people = _people(facts, standing, cells, extra=len(going), serial=facts["serial"])
        Member.objects.bulk_create(people)
        stays = [Stay(member=member, organization=member.organization, since=max(member.admitted_on, body.founded_on)) for member in people]
        coming = [move for move in facts["movement"] if "in" in move]
        for stay, move in zip(stays, coming, strict=False):
            stay.since, stay.arrived_by, stay.came_from = move["on"], move["in"], move.get("elsewhere", "")
        Stay.objects.bulk_create(stays)
        LogEntry.objects.bulk_create([_line(member, by) for member in people])
        _move(people, cells, facts["movement"], by=by)


def _move(people, cells, movements, *, by):
    """The last ones of the list leave; those before them pass from one chi bộ to another."""
    for n, move in enumerate(each for each in movements if "in" not in each):
        member = people[-1 - n]
        if move.get("within"):
            to = next(cell for cell in cells if cell.pk != member.organization_id)
            Stay.objects.transfer(member, to, on=move["on"], by=by)
        else:
            Stay.objects.leave(member, on=move["on"], departure=move["out"], went_to=move.get("elsewhere", ""), by=by)


def _people(facts, standing, cells, *, extra, serial):
    """Members not yet saved: those who stay until the end of the year, made up as the file says, then `extra` who go during it."""
    staying = facts["total"] - len(standing)
    lacking = {
        "female": facts["female"] - sum(member.gender == Member.Gender.FEMALE for member in standing),
        "is_ethnic_minority": facts["ethnic_minority"] - sum(member.is_ethnic_minority for member in standing),
        "is_religious": facts["religious"] - sum(member.is_religious for member in standing),
    }
    women = _spread(lacking["female"], staying)
    marks = {name: _spread(lacking[name], staying) for name in ("is_ethnic_minority", "is_religious")}
    return [
        _person(n + serial, cells[n % len(cells)], female=n in women, **{name: n in chosen for name, chosen in marks.items()})
        for n in range(staying + extra)
    ]


def _spread(number, among):
    """That many places out of `among`, evenly."""
    return {n * among // number for n in range(number)} if number > 0 else set()


def _person(n, cell, *, female, **marks):
    gender = "female" if female else "male"
    middles, givens, surnames = FILE["middles"][gender], FILE["givens"][gender], FILE["surnames"]
    name = f"{surnames[n % len(surnames)]} {middles[n * 3 % len(middles)]} {givens[n * 7 % len(givens)]}"
    born = dt.date(OLDEST + n * 11 % YEARS, 1 + n * 5 % 12, 1 + n * 13 % 28)
    admitted = dt.date(born.year + AGE, 1 + n * 7 % 12, 1 + n * 17 % 28)
    return Member(
        organization=cell,
        full_name=name,
        gender=gender,
        birth_year=born.year,
        born_on=born,
        standing=Member.Standing.OFFICIAL,
        admitted_on=admitted,
        official_on=dt.date(admitted.year + 1, admitted.month, admitted.day),
        exempt_since=dt.date(2022, 1, 15) if born.year < OLDEST + 4 else None,
        is_invented=True,
        search=fold(name),
        sort=person_sort_key(name),
        **marks,
    )


def _line(member, by):
    return LogEntry(
        action="add",
        actor_pk=by.pk,
        actor_name=str(by),
        subject=member._meta.label_lower,
        subject_pk=member.pk,
        subject_title=member.full_name,
        organization_pk=member.organization_id,
        search=fold(f"{by} {member}"),
    )
