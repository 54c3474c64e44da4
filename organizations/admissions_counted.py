"""Querysets of what happened on the way to admission, for the figures: of all bodies, to be narrowed by `organization` as the tree stood.

Every row knows the chi bộ in which it happened (`organization_id`). `start` and `end` are both included.
"""

from django.db.models import Exists, OuterRef, Q

from .days import add_months
from .models import AdmissionRule, Candidate, Member, Stage, StageTaken

MARKS = {
    "rural": {"is_rural": True},
    "official": {"is_official": True},
    "religious": {"is_religious": True},
    "ethnic_minority": {"is_ethnic_minority": True},
    "female": {"gender": Member.Gender.FEMALE},
    "youth": {"is_youth": True},
    "militia": {"is_militia": True},
    "village_militia_leader_or_security_team": {"is_village_guard": True},
    "security_team": {"is_village_guard": True},
    "mass_organisation_member": {"is_mass_member": True},
    "readmitted": {"is_readmission": True},
    "military_service": {"in_service": True},
}


def sent(start, end):
    """People sent to the class in the period: StageTaken."""
    return _taken(Stage.SENT, start, end)


def files(start, end):
    """Files for admission sent up in the period: StageTaken."""
    return _taken(Stage.FILED, start, end)


def checked(start, end):
    """Background checks completed in the period: StageTaken. The day of somebody who stopped before admission is deleted with his exit."""
    return _taken(Stage.CHECKED, start, end)


def admitted(start, end, *, by_ceremony=False):
    """People admitted in the period: StageTaken, by the day of the decision, once the ceremony was held.

    `by_ceremony`: by the day of the ceremony instead, which is when they come onto the roster.
    """
    if by_ceremony:
        return _taken(Stage.ADMITTED, start, end)
    return _taken(Stage.DECIDED, start, end).filter(candidate__member__isnull=False)


def made_official(start, end):
    """Probationary members confirmed in the period, by the day of the decision: StageTaken."""
    return _taken(Stage.OFFICIAL, start, end)


def not_made_official(start, end):
    """Probationary members who were not confirmed, by the day from which they are none: Candidate."""
    return Candidate.objects.filter(exit=Candidate.Exit.NOT_CONFIRMED, exited_on__range=(start, end)).select_related("member")


def candidates_on(day):
    """People on the list on `day`: not stopped and not admitted by then: Candidate."""
    rows = Candidate.objects.filter(Q(exited_on=None) | Q(exited_on__gt=day))
    return rows.filter(_by(Stage.OUTSTANDING, day)).exclude(_by(Stage.ADMITTED, day))


def certified_on(day):
    """Those of `candidates_on(day)` whose certificate counts on that day: Candidate."""
    months = AdmissionRule.objects.book().number(AdmissionRule.Code.CERTIFICATE, day)
    since = {"taken_on__gte": add_months(day, -months)} if months else {}
    return candidates_on(day).filter(_by(Stage.CERTIFIED, day, **since))


def with_mark(rows, mark):
    """Those of `rows` (StageTaken or Candidate) whose person has the mark `mark`, a breakdown of the catalogue."""
    prefix = "candidate__" if rows.model is StageTaken else ""
    return rows.filter(**{f"{prefix}{name}": value for name, value in MARKS[mark].items()})


def _taken(stage, start, end):
    return StageTaken.objects.filter(stage=stage, taken_on__range=(start, end)).select_related("candidate")


def _by(stage, day, **more):
    return Exists(StageTaken.objects.filter(candidate=OuterRef("pk"), stage=stage, taken_on__lte=day, **more))
