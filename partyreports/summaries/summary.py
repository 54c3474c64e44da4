"""The totals of a branch for a period, ready to be shown."""

from dataclasses import dataclass

from django.db.models import F

from organizations.access import reach
from organizations.models import OrganizationVersion
from organizations.models.paths import steps
from partyreports.metrics.expected import SEEN_WITH
from partyreports.metrics.models import YearlyReport
from partyreports.metrics.sensitive import is_in_reporting_line
from partyreports.periods.models import Period

from .gathered import gather
from .lines import Reading
from .sections import OTHER, sections_of
from .small_cells import tops_seen
from .sums import Sums

ELSEWHERE = "Tổ chức nay trực thuộc nơi khác"
OWN_REPORT = "Báo cáo của chính tổ chức"


@dataclass(frozen=True)
class Column:
    """One body directly under the branch with all below it (or the branch's own report): who, and how many reports it stands on."""

    name: str
    bodies: tuple  # keys: one, or several that are shown together
    expected: int
    final: int
    report: int | None = None  # key of the report behind its figures, when there is one and the reader may see it
    has_bodies_below: bool = False
    is_own: bool = False

    @property
    def body(self):
        return self.bodies[0] if len(self.bodies) == 1 else None


@dataclass(frozen=True)
class Summary:
    """Totals of a branch: `lines` in the order of sections and catalogue; `expected` and `final` count reports."""

    branch: OrganizationVersion | None  # as it was called at the period's end; None when it did not stand then
    period: Period
    previous: Period | None
    columns: tuple
    lines: tuple
    expected: int
    final: int
    previous_expected: int
    previous_final: int
    report: int | None  # key of the branch's own final report, when the reader may see it
    hides_small_numbers: bool

    @property
    def name(self):
        return (self.branch.party_name or self.branch.name) if self.branch else ""

    @property
    def sections(self):
        """Names of the sections that have lines, in order."""
        return list(dict.fromkeys(line.section for line in self.lines))


def summarise(branch, period, *, seen_by=None):
    """Totals of the final reports of `period` at and below the organisation `branch`, as the tree stood at the period's end.

    Returns Summary. Each `total` is in its indicator's unit, BLANK when nothing is final; last year's stands beside, on the tree of last
    year's end. Counts and money add up; a figure in a body's own report stands for its whole branch; ratios and averages are computed from
    the sums of what they divide, over the bodies that gave both; what does not add up has a total only in the branch's own report. "Không
    phát sinh" counts as 0, other blanks as nothing. A total is "hơn" or "khoảng" when a part of it is.
    `seen_by` leaves out what that account may not see: reports, bodies that have moved out of its branches, small numbers of sensitive
    groups. Eight to ten queries, whatever the size of the tree, and six more for the rights of `seen_by` (eight outside the reporting line). Raises
    nothing: an empty branch gives an empty summary.
    """
    periods = [period, period.previous] if period.previous else [period]
    hides = seen_by is not None and not is_in_reporting_line(seen_by, branch)
    gathered = gather(tops_seen(seen_by, branch, periods) if hides else dict.fromkeys(periods, branch))
    years = [Sums(gathered.branches[each], gathered.indicators) for each in periods]
    now, before = years[0], years[1] if len(years) > 1 else None
    if branch.pk not in now.branch.bodies:
        return Summary(None, period, period.previous, (), (), 0, 0, *_counts(before, branch.pk), None, hides)
    columns, report = _columns(now.branch, branch.pk, seen_by)
    sections = sections_of(gathered.lines, now.branch, [branch.pk, *now.branch.below.get(branch.pk, ())])
    reading = Reading(branch.pk, tuple(columns), now, before, hides)
    lines = [reading.line(indicator, section) for indicator, section in _shown(sections, now, branch.pk)]
    return Summary(
        now.branch.bodies[branch.pk],
        period,
        period.previous,
        tuple(columns),
        tuple(lines),
        *_counts(now, branch.pk),
        *_counts(before, branch.pk),
        report,
        hides,
    )


def ended_during(branch, period, *, seen_by):
    """Names of bodies of the branch that ended within the period and have a final report for it: the totals leave these out. One query."""
    reports = YearlyReport.objects.visible_to(seen_by).final().filter(period=period)
    versions = OrganizationVersion.objects.filter(
        valid_to=F("organization__ended_on"),
        valid_to__gt=period.starts_on,
        valid_to__lte=period.ends_on,
        organization__in=reports.values("organization"),
    )
    return [version.party_name or version.name for version in versions.order_by("sort") if branch.pk in steps(version.path)[:-1]]


def _counts(sums, body):
    """How many reports are expected in the branch of `body`, and how many of them are final."""
    return sums.branch.counts(body) if sums and body in sums.branch.bodies else (0, 0)


def _columns(branch, top, user):
    """The columns of the bodies directly below, after the branch's own report; and the key of that report when it may be seen."""
    below = branch.below.get(top, [])
    seen, reports = set(below), set(branch.reports.values())
    if user is not None:
        seen = set(reach(user, *SEEN_WITH).filter(pk__in=below).values_list("pk", flat=True))
        of_columns = [branch.reports[body] for body in (top, *below) if body in branch.reports]
        reports = set(YearlyReport.objects.visible_to(user).filter(pk__in=of_columns).values_list("pk", flat=True))

    def column(name, bodies, *, is_own=False):
        final = {top} & branch.reports.keys()
        counts = (len(final | {top} & branch.asked), len(final)) if is_own else branch.counts(*bodies)
        report = branch.reports.get(bodies[0])
        return Column(
            name,
            tuple(bodies),
            *counts,
            report=report if len(bodies) == 1 and report in reports else None,
            has_bodies_below=not is_own and len(bodies) == 1 and branch.standing[bodies[0]] > 1,
            is_own=is_own,
        )

    columns = [column(branch.bodies[body].party_name or branch.bodies[body].name, [body]) for body in below if body in seen]
    if elsewhere := [body for body in below if body not in seen]:
        columns.append(column(ELSEWHERE, elsewhere))
    columns = [each for each in columns if each.expected]  # of the others nothing is asked
    if columns and (top in branch.reports or top in branch.asked):
        columns.insert(0, column(OWN_REPORT, [top], is_own=True))
    own = branch.reports.get(top)
    return columns, own if own in reports else None


def _shown(sections, sums, top):
    """(indicator, section) of every line: what the forms ask, and what is told besides."""
    told = {key[1] for body in sums.branch.under(top) for key in sums.own.get(body, ()) if key[0] == "sum"}
    order = {section: place for place, section in enumerate(dict.fromkeys([*sections.values(), OTHER]))}
    shown = [(sums.indicators[pk], sections.get(pk, OTHER)) for pk in {*sections, *told}]
    return sorted(shown, key=lambda each: (order[each[1]], each[0].order, each[0].pk))
