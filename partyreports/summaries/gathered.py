"""What the database knows of a branch in a few periods: read once, in six queries whatever the size of the branch."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from organizations.models import OrganizationVersion
from organizations.models.paths import begins_with
from partyreports.metrics.expected import expected
from partyreports.metrics.models import Indicator, ReportForm, ReportFormLine, Target, YearlyReport
from partyreports.metrics.values import BLANK, Value


@dataclass(frozen=True)
class Branch:
    """A branch as it stood at the end of one period, with what its final reports say. Bodies are named by their keys."""

    top: int
    bodies: dict = field(default_factory=dict)  # key → OrganizationVersion of the time, from the top down
    below: dict = field(default_factory=dict)  # key → keys of the bodies directly below, in the order of kinds and alphabet
    asked: set = field(default_factory=set)  # keys of the bodies that are expected to report
    reports: dict = field(default_factory=dict)  # key → key of its final report
    values: dict = field(default_factory=dict)  # key → indicator key in the database → Value with its target

    def under(self, key):
        """Keys of the bodies at and below `key`."""
        found, waiting = [], [key] if key in self.bodies else []
        while waiting:
            found.append(waiting.pop())
            waiting.extend(self.below.get(found[-1], ()))
        return found


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
        _place(branches, standing)
        _read_reports(branches, standing)
        _read_targets(branches, standing)
    period = next(iter(tops))
    kinds = {version.kind_id for version in branches[period].bodies.values()}
    lines = ReportFormLine.objects.filter(form__in=ReportForm.objects.of_year(period.year), form__kinds__in=kinds)
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


def _place(branches, standing):
    versions = OrganizationVersion.objects.none()
    for period, path in standing.items():
        versions |= _versions(period, path)
    asked = {f"asked_{period.pk}": Exists(expected(period).filter(pk=OuterRef("pk"))) for period in standing}
    for version in versions.select_related("kind").order_by("level", "kind__order", "sort").annotate(**asked):
        for period, path in standing.items():
            is_valid = version.valid_from <= period.ends_on and (version.valid_to is None or period.ends_on < version.valid_to)
            if is_valid and version.path.startswith(path):
                branch = branches[period]
                branch.bodies[version.organization_id] = version
                branch.below.setdefault(version.parent_id, []).append(version.organization_id)
                if getattr(version, f"asked_{period.pk}"):
                    branch.asked.add(version.organization_id)


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
