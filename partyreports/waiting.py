"""What waits for me: the papers whose next step is the user's, the deadline, and how far the year has come."""

from dataclasses import dataclass

from django.db.models import Case, Count, Value, When

from models_registry.models import Registration
from organizations import tree
from organizations.models import Right
from organizations.review import SIGNS, Paper, Status
from partyreports.metrics.expected import progress
from partyreports.metrics.models import YearlyReport
from partyreports.periods.chosen import chosen_period
from partyreports.periods.deadline import Due, due
from partyreports.periods.models import Period
from partyreports.speeches.models import Speech
from partyreports.vietnamese import MISSING

SHOWN = 20  # papers of one kind on the home page; the rest stands in the lists
ACTS = {Status.RETURNED: "Được trả lại, cần sửa", Status.SUBMITTED: "Chờ đồng chí phê duyệt", Status.DRAFT: "Đang soạn, chưa trình"}
ACT_ORDER = Case(*(When(status=status, then=Value(order)) for order, status in enumerate(ACTS)))


@dataclass(frozen=True)
class Waiting:
    """One paper that waits, what kind it is and whose."""

    paper: Paper
    kind: str
    body: str

    @property
    def title(self):
        """A report is called by its body, any other paper by its own title."""
        return f"{self.kind} – {self.body}" if isinstance(self.paper, YearlyReport) else f"{self.kind}: {self.paper}"

    @property
    def note(self):
        return "" if isinstance(self.paper, YearlyReport) else self.body


@dataclass(frozen=True)
class Group:
    """Papers that wait for the same act: those shown, and how many there are."""

    title: str
    lines: tuple
    total: int

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
    counts: tuple = ()
    due: Due | None = None

    @property
    def expected(self):
        return sum(count.number for count in self.counts)

    @property
    def final(self):
        return sum(count.number for count in self.counts if count.status in (Status.APPROVED, Status.LOCKED))

    @property
    def missing(self):
        return next((count.number for count in self.counts if count.status == MISSING), 0)


def waiting_for(request):
    """The Desk of the user of this request for the year he has chosen. A constant number of queries."""
    period, user = chosen_period(request), request.user
    if period is None:
        return Desk(None)
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
    names = tree.names({paper.organization_id for _, paper in found}, on=period.ends_on)
    lines = {status: [] for status in ACTS}
    for kind, paper in found:
        lines[paper.status].append(Waiting(paper, kind, _called(names.get(paper.organization_id))))
    groups = tuple(Group(title, tuple(lines[status]), totals[status]) for status, title in ACTS.items() if totals[status])
    types = user.holds(Right.ENTER, Right.WRITE) and period.is_open
    return Desk(period, groups, _counts(period, user), due(period) if types else None)


def _counts(period, user):
    words = {MISSING: "chưa nhập", **dict(Status.choices)}
    return tuple(Tally(SIGNS[status], words[status], status, number) for status, number in progress(period, user).items())


def _called(version):
    return (version.party_name or version.name) if version else ""
