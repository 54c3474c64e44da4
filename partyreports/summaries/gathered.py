"""What the database knows of a branch in a few periods: read once, in eight or nine queries whatever the size of the branch.

Of the bodies only those are read that say something: the top, those directly below it, those with a final report, and what stands between.
All others are counted where they stand, so that a branch as wide as a country costs what its reports cost.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.db.models.functions import Substr

from organizations.models import OrganizationVersion
from organizations.models.paths import SEGMENT, begins_with, steps
from partyreports.metrics.expected import is_asked
from partyreports.metrics.models import Indicator, ReportForm, ReportFormLine, Target, YearlyReport
from partyreports.metrics.values import BLANK, Value


@dataclass(frozen=True)
class Branch:
    """A branch as it stood at the end of one period, with what its final reports say. Bodies are named by their keys."""

    top: int
    bodies: dict = field(default_factory=dict)  # key → OrganizationVersion of the time, from the top down: of the bodies that say something
    below: dict = field(default_factory=dict)  # key → keys of these bodies directly below, in the order of kinds and alphabet
    asked: set = field(default_factory=set)  # keys of these bodies that are expected to report
    reports: dict = field(default_factory=dict)  # key → key of its final report
    values: dict = field(default_factory=dict)  # key → indicator key in the database → Value with its target
    kinds: Counter = field(default_factory=Counter)  # key of a kind → how many bodies of the whole branch
    standing: Counter = field(default_factory=Counter)  # top, or body directly below it → how many bodies at and below it (the top: itself)
    asked_kinds: set = field(default_factory=set)  # keys of the kinds that are expected to report
    expected: Counter = field(default_factory=Counter)  # the same → how many of these are expected to report

    def under(self, key):
        """Keys of the bodies at and below `key` that say something."""
        found, waiting = [], [key] if key in self.bodies else []
        while waiting:
            found.append(waiting.pop())
            waiting.extend(self.below.get(found[-1], ()))
        return found

    def counts(self, *tops):
        """How many reports are expected at and below the branch's top, or bodies directly below it, and how many of them are final."""
        final = {key for top in tops for key in self.under(top)} & self.reports.keys()
        expected = self.expected.total() if self.top in tops else sum(self.expected[top] for top in tops)
        return expected + len(final - self.asked), len(final)


@dataclass(frozen=True)
class Gathered:
    """The branch in each period, the catalogue, and the lines of the forms its bodies fill in the first of the periods."""

    branches: dict
    indicators: dict
    lines: list


def gather(tops):
    """Read the branch below `tops[period]` for each period of the dict `tops`; a body that does not stand at a period's end has an empty one."""
    places = OrganizationVersion.objects.filter(organization__in=set(tops.values()))
    rows = list(places.values_list("organization", "path", "valid_from", "valid_to"))
    paths = {period: _path(rows, top.pk, period.ends_on) for period, top in tops.items()}
    branches = {period: Branch(top.pk) for period, top in tops.items()}
    standing = {period: path for period, path in paths.items() if path}
    if standing:
        _read_reports(branches, standing)
        _read_targets(branches, standing)
        for period, path in standing.items():
            _count(branches[period], period, path)
        _place(branches, standing)
    period = next(iter(tops))
    lines = ReportFormLine.objects.filter(form__in=ReportForm.objects.of_year(period.year), form__kinds__in=list(branches[period].kinds))
    return Gathered(
        branches,
        {indicator.pk: indicator for indicator in Indicator.objects.all()},
        list(lines.order_by("form__code", "order", "pk").values_list("form", "form__kinds", "section", "indicator")),
    )


def _path(rows, organization, day):
    for key, path, valid_from, valid_to in rows:
        if key == organization and valid_from <= day and (valid_to is None or day < valid_to):
            return path
    return ""


def _versions(period, path):
    return OrganizationVersion.objects.on(period.ends_on).filter(begins_with(path))


def _of_bodies(standing):
    """Condition on rows with a period and an organisation: of a body that stood in the branch at the end of that period."""
    condition = Q()
    for period, path in standing.items():
        condition |= Q(period=period, organization__in=_versions(period, path).values("organization"))
    return condition


def _count(branch, period, path):
    """Count the bodies of each kind at and below every body directly below the top. One query."""
    child = Substr("path", 1, len(path) + SEGMENT)
    rows = _versions(period, path).order_by().values_list(child, "kind").annotate(Count("pk"), asked=Count("pk", filter=is_asked(period)))
    for place, kind, number, asked in rows:
        key = steps(place)[-1]
        branch.kinds[kind] += number
        branch.standing[key] += number
        branch.expected[key] += asked
        if asked:
            branch.asked_kinds.add(kind)


def _place(branches, standing):
    """Read the bodies that say something. One query, and another for what stands between them and the top."""
    said = {period: Q(parent=branches[period].top) | Q(organization__in=[branches[period].top, *branches[period].reports]) for period in standing}
    found = _standing(standing, said)
    between = {}
    for period, path in standing.items():
        known = {version.organization_id for version in found[period]}
        above = {key for version in found[period] for key in steps(version.path[len(path) :])} - known
        if above:
            between[period] = Q(organization__in=above)
    for period, versions in _standing(standing, between).items() if between else ():
        found[period] += versions
    for period, versions in found.items():
        branch = branches[period]
        for version in sorted(versions, key=lambda version: (version.level, version.kind.order, version.sort)):
            branch.bodies[version.organization_id] = version
            branch.below.setdefault(version.parent_id, []).append(version.organization_id)
            if version.kind_id in branch.asked_kinds:
                branch.asked.add(version.organization_id)


def _standing(standing, wanted):
    """dict: period → versions of the branch at its end that meet `wanted[period]`. One query."""
    condition = Q()
    for period, which in wanted.items():
        valid = Q(valid_to=None) | Q(valid_to__gt=period.ends_on)
        condition |= Q(valid, begins_with(standing[period]), which, valid_from__lte=period.ends_on)
    found = {period: [] for period in standing}
    for version in OrganizationVersion.objects.filter(condition).select_related("kind"):
        for period, path in standing.items():
            is_valid = version.valid_from <= period.ends_on and (version.valid_to is None or period.ends_on < version.valid_to)
            if is_valid and version.path.startswith(path) and period in wanted:
                found[period].append(version)
    return found


def _read_reports(branches, standing):
    by_key = {period.pk: branch for period, branch in branches.items()}
    rows = YearlyReport.objects.final().filter(_of_bodies(standing))
    fields = ("period", "pk", "organization", "figures__indicator", "figures__state", "figures__value", "figures__qualifier")
    for period, report, body, indicator, state, value, qualifier in rows.values_list(*fields):
        branch = by_key[period]
        branch.reports[body] = report
        values = branch.values.setdefault(body, {})
        if indicator is not None:
            values[indicator] = Value(state, value, qualifier)


def _read_targets(branches, standing):
    """Targets of bodies whose report is final: a target alone says nothing of what was reached."""
    by_key = {period.pk: branch for period, branch in branches.items()}
    rows = Target.objects.filter(_of_bodies(standing)).values_list("period", "organization", "indicator", "value")
    for period, body, indicator, target in rows:
        values = by_key[period].values.get(body)
        if values is not None:
            known = values.get(indicator, BLANK)
            values[indicator] = Value(known.state, known.value, known.qualifier, target=target)
