"""What waits for me: the papers whose next step is the user's, what may be begun, the deadline, and how far the year has come."""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, OuterRef, Value, When
from django.urls import reverse

from models_registry.models import Registration
from organizations import tree
from organizations.access import reach
from organizations.admission import reminders
from organizations.models import Right
from organizations.models.members import WRITERS
from organizations.review import OPEN, SIGNS, Paper, Status
from partyreports.metrics.counted import drifts_of, summed_up
from partyreports.metrics.expected import expected, progress
from partyreports.metrics.models import YearlyReport
from partyreports.periods.chosen import chosen_period
from partyreports.periods.deadline import Due, due
from partyreports.periods.models import Period
from partyreports.speeches.models import Speech
from partyreports.vietnamese import MISSING, screen_date

SHOWN = 20  # lines of one kind on the home page; the rest stands in the lists
ACTS = {Status.RETURNED: "Được trả lại, cần sửa", Status.SUBMITTED: "Chờ đồng chí phê duyệt", Status.DRAFT: "Đang soạn, chưa trình"}
ACT_ORDER = Case(*(When(status=status, then=Value(order)) for order, status in enumerate(ACTS)))


@dataclass(frozen=True)
class Line:
    """One thing to do: what it is called, where it leads, whose it is, and the paper when there is one already."""

    title: str
    url: str
    note: str = ""
    paper: Paper | None = None


@dataclass(frozen=True)
class Group:
    """Things that wait for the same act: those shown, how many there are, whether they have a status, and where the rest is listed."""

    title: str
    lines: tuple
    total: int
    shows_status: bool = True
    list_url: str = ""

    @property
    def rest(self):
        return self.total - len(self.lines)


@dataclass(frozen=True)
class Tally:
    """How many reports of the year stand at one status, "chưa nhập" among them."""

    sign: str
    word: str
    status: str
    number: int


@dataclass(frozen=True)
class Desk:
    """What the home page shows of one user's work in one year; `period` is None in an empty portal."""

    period: Period | None
    groups: tuple = ()
    tallies: tuple = ()
    due: Due | None = None

    @property
    def expected(self):
        return sum(tally.number for tally in self.tallies)

    @property
    def final(self):
        return sum(tally.number for tally in self.tallies if tally.status in (Status.APPROVED, Status.LOCKED))


def desk_of(request):
    """The Desk of the user of this request for the year he has chosen. A constant number of queries."""
    period, user = chosen_period(request), request.user
    if period is None:
        return Desk(None)
    groups = [
        *_waiting(period, user),
        *_registers_changed(period, user),
        *_reports_to_begin(period, user),
        *_speeches_to_begin(period, user),
        *_admissions_due(user),
    ]
    words = {MISSING: "chưa nhập", **dict(Status.choices)}
    tallies = tuple(Tally(SIGNS[status], words[status], status, number) for status, number in progress(period, user).items())
    to_send = any(tally.number for tally in tallies if tally.status in (MISSING, *OPEN))
    types = user.holds(Right.ENTER) and period.is_open and to_send
    return Desk(period, tuple(group for group in groups if group.total), tallies, due(period) if types else None)


def _waiting(period, user):
    """A Group for each act that papers wait for, the returned ones first."""
    papers = {
        "Báo cáo năm": YearlyReport.objects.waiting_for(user).filter(period=period).select_related("period"),
        "Mô hình mới": Registration.objects.waiting_for(user).filter(periods=period),
        "Tham luận": Speech.objects.waiting_for(user).filter(period=period).select_related("period"),
    }
    totals, found = dict.fromkeys(ACTS, 0), []
    for kind, rows in papers.items():
        for status, number in rows.order_by().values_list("status").annotate(Count("pk", distinct=True)):
            totals[status] += number
        found += [(kind, paper) for paper in rows.order_by(ACT_ORDER, "changed_at", "pk")[:SHOWN]]
    names = _names([paper for _, paper in found], period)
    lines = {status: [] for status in ACTS}
    for kind, paper in found:
        body = names.get(paper.organization_id, "")
        title, note = (f"{kind} – {body}", "") if isinstance(paper, YearlyReport) else (f"{kind}: {paper}", body)
        lines[paper.status].append(Line(title, paper.get_absolute_url(), note, paper))
    return [Group(title, tuple(lines[status]), totals[status]) for status, title in ACTS.items()]


def _registers_changed(period, user):
    """Reports that were sent up and whose registers have changed since, for those who may send them up anew or return them."""
    sent = YearlyReport.objects.filter(period=period, status__in=(Status.SUBMITTED, Status.APPROVED))
    reports = list(sent.filter(organization__in=reach(user, Right.ENTER, Right.REVIEW)).select_related("period").order_by("submitted_at", "pk"))
    drifts = drifts_of(reports)
    changed = [report for report in reports if report.pk in drifts]
    names = _names(changed[:SHOWN], period)
    lines = [
        Line(f"Báo cáo năm – {names.get(report.organization_id, '')}", report.get_absolute_url(), summed_up(drifts[report.pk]), report)
        for report in changed[:SHOWN]
    ]
    yield Group("Sổ có thay đổi sau khi trình", tuple(lines), len(changed))


def _reports_to_begin(period, user):
    """Bodies whose report nobody has begun, for those who type figures."""
    if not period.is_open or not user.holds(Right.ENTER):
        return
    # Whoever may type sees a report from its first figure on: without one there is none, which the planner can estimate.
    begun = YearlyReport.objects.filter(period=period, organization=OuterRef("organization"))
    rows = expected(period).filter(~Exists(begun), organization__in=reach(user, Right.ENTER))
    lines = [
        Line(f"Báo cáo năm – {version.party_name or version.name}", reverse("metrics:body", args=[period.code, version.organization_id]))
        for version in rows.order_by("level", "kind__order", "sort", "pk")[:SHOWN]
    ]
    yield Group("Chưa nhập số liệu", tuple(lines), rows.count())


def _speeches_to_begin(period, user):
    """Bodies whose figures are approved and that have no speech yet, for those who write."""
    if not user.holds(Right.WRITE):
        return
    reports = YearlyReport.objects.final().filter(period=period, organization__in=reach(user, Right.WRITE))
    rows = reports.exclude(organization__in=Speech.objects.filter(period=period).values("organization"))
    shown = list(rows.order_by("decided_at", "pk")[:SHOWN])
    names, address = _names(shown, period), reverse("speeches:compose")
    lines = [Line(f"Soạn tham luận – {names.get(row.organization_id, '')}", f"{address}?to_chuc={row.organization_id}") for row in shown]
    yield Group("Số liệu đã duyệt, chưa có bài tham luận", tuple(lines), rows.count(), shows_status=False)


def _admissions_due(user):
    """What is overdue or soon due for candidates and probationary members, for those who write their registers."""
    if not user.holds(*WRITERS):
        return
    found, total = reminders(user, *WRITERS, limit=SHOWN)
    shown = found[:SHOWN]
    cells = tree.told_apart({reminder.candidate.body_id for reminder in shown}) if shown else {}
    lines = [
        Line(
            f"{reminder.candidate}: {reminder.deadline.words}",
            reminder.candidate.get_absolute_url(),
            f"{cells.get(reminder.candidate.body_id, '')}, hạn {screen_date(reminder.due_on)} ({reminder.time_left})",
        )
        for reminder in shown
    ]
    yield Group("Việc kết nạp đảng viên quá hạn, sắp đến hạn", tuple(lines), total, shows_status=False, list_url=reverse("organizations:reminders"))


def _names(papers, period):
    """dict: organisation key → what it was called at the end of `period`."""
    versions = tree.names({paper.organization_id for paper in papers}, on=period.ends_on)
    return {key: version.party_name or version.name for key, version in versions.items()}
