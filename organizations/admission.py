"""Where a candidate stands on the way to admission: what may come next, what is due by when, and which rule speaks up. Rules warn and forbid nothing.

The stages in their order are `models.stages.STEPS`; their numbers, with source and validity, are rows of AdmissionRule, read by date.
"""

import bisect
import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from partyreports.vietnamese import screen_date

from .days import add_months, add_working_days, end_of_month, knows_holidays_of, months_by_calendar
from .models import AdmissionRule, Candidate, Stage, StageTaken
from .models.accounts import reach
from .models.admission_rules import described
from .models.members import REGISTERS_SEEN_WITH
from .models.stages import open_stages

Code = AdmissionRule.Code
THRESHOLDS = (7, 15, 30, 60, 90)  # days before a due day on which it is spoken of
SOON = 15
MOST = 500  # reminders of one kind that a page lists


@dataclass(frozen=True)
class Deadline:
    """What is due some time after a stage (`since`; None: after the birth), while he stands at one of the stages `at`, by the rule `code`."""

    kind: str
    code: str
    since: Stage | None
    at: tuple
    words: str
    group: str  # for the filter


BEFORE_RESOLUTION = (Stage.OUTSTANDING, Stage.SENT, Stage.CERTIFIED, Stage.CHECKED, Stage.FILED)
DEADLINES = [
    Deadline("ceremony", Code.CEREMONY, Stage.DECIDED, (Stage.DECIDED,), "tổ chức lễ kết nạp", "Lễ kết nạp"),
    Deadline(
        "probation", Code.PROBATION, Stage.ADMITTED, (Stage.ADMITTED,),
        "hết thời gian dự bị, xem xét công nhận chính thức", "Hết thời gian dự bị",
    ),
    Deadline(
        "certificate", Code.CERTIFICATE, Stage.CERTIFIED, (*BEFORE_RESOLUTION[2:], Stage.CELL_RESOLVED, Stage.COMMITTEE_RESOLVED),
        "giấy chứng nhận lớp nhận thức về Đảng hết giá trị", "Giấy chứng nhận hết giá trị",
    ),
    Deadline("oldest", Code.OLDEST, None, BEFORE_RESOLUTION, "hết tháng đủ tuổi cao nhất để kết nạp", "Hết tuổi kết nạp"),
]  # fmt: skip


@dataclass(frozen=True)
class Reminder:
    """Something that is due for one candidate on the day `due_on`, seen from the day `on`."""

    candidate: Candidate
    deadline: Deadline
    due_on: dt.date
    on: dt.date
    rule: AdmissionRule

    @property
    def days_left(self):
        return (self.due_on - self.on).days

    @property
    def threshold(self):
        """The nearest of 7, 15, 30, 60, 90 days that it has come within; 0 when overdue, None while it is further off."""
        return 0 if self.days_left < 0 else next((days for days in THRESHOLDS if self.days_left <= days), None)

    @property
    def sentence(self):
        words = self.deadline.words
        return words[0].upper() + words[1:]

    @property
    def time_left(self):
        if self.days_left < 0:
            return f"quá hạn {-self.days_left} ngày"
        return f"còn {self.days_left} ngày" if self.days_left else "hạn hôm nay"

    @property
    def css_class(self):
        return "due due-over" if self.days_left < 0 else "due due-soon" if self.days_left <= SOON else "due"

    @property
    def note(self):
        """What the day does not take into account, "" when nothing."""
        unknown = self.deadline.code == Code.CEREMONY and not knows_holidays_of(self.due_on.year)
        return f"chưa trừ ngày nghỉ Tết của năm {self.due_on.year}" if unknown else ""


@dataclass(frozen=True)
class Caution:
    """A rule that is not kept, in words, with where it stands."""

    sentence: str
    source: str = ""


# --- one candidate ----------------------------------------------------------------------------------------------------


def next_stages(candidate):
    """Stages that may be recorded now, the furthest-going first choice first; [] for whoever has stopped."""
    if candidate.exit:
        return []
    ahead = list(Stage).index(candidate.stage)
    stages = open_stages(candidate.taken)
    return sorted(stages, key=lambda stage: (list(Stage).index(stage) < ahead, list(Stage).index(stage)))


def reminders_of(candidate, book, *, on=None):
    """What is due for him, however far off, the nearest first: a list of Reminder."""
    on, found = on or timezone.localdate(), []
    if not candidate.is_followed or (candidate.member_id and not candidate.member.is_active):
        return found
    for deadline in DEADLINES:
        if candidate.stage in deadline.at and (deadline.since is None or deadline.since in candidate.taken):
            start = candidate.taken[deadline.since].taken_on if deadline.since else candidate.born_on
            found.append(_reminder(candidate, deadline, start, book, on))
    return sorted(filter(None, found), key=lambda reminder: reminder.due_on)


def warnings(candidate, book, *, days=None, on=None):
    """Rules that are not kept by the days he came to each stage: a list of Caution.

    `days`: dict stage → day, in place of what is recorded: what would be said once a stage is written.
    """
    on = on or timezone.localdate()
    days = {stage: row.taken_on for stage, row in candidate.taken.items()} if days is None else days
    found = [*_of_age(candidate, days.get(Stage.CELL_RESOLVED), book, on), *_of_schooling(candidate, days, book, on)]
    found += [*_of_times(days, book), *_of_readmission(candidate, days, book, on)]
    return found


def official_from(candidate, book):
    """The day from which he is, or will be, an official member: the end of his probation, however late it is decided. None before the ceremony."""
    if Stage.ADMITTED not in candidate.taken:
        return None
    ceremony = candidate.taken[Stage.ADMITTED].taken_on
    return add_months(ceremony, book.number(Code.PROBATION, ceremony) or 0)


def _of_age(candidate, resolved_on, book, today):
    on = resolved_on or today
    months = months_by_calendar(candidate.born_on, on)
    youngest, oldest = book.on(Code.YOUNGEST, on), book.on(Code.OLDEST, on)
    when = f"khi chi bộ ra nghị quyết ({screen_date(on)})" if resolved_on else "tính đến tháng này"
    age = f"{months // 12} tuổi {months % 12} tháng"
    if youngest and months < youngest.value * 12:
        yield Caution(f"Mới {age} {when}: chưa đủ {youngest.value} tuổi, tính theo tháng.", youngest.source)
    if oldest and months > oldest.value * 12:
        yield Caution(f"Đã {age} {when}: quá {oldest.value} tuổi, tính theo tháng.", oldest.source)


def _of_schooling(candidate, days, book, today):
    rule = book.on(Code.SCHOOLING, days.get(Stage.CELL_RESOLVED, today))
    if rule and not candidate.has_schooling:
        yield Caution("Chưa tốt nghiệp trung học cơ sở: kiểm tra có thuộc trường hợp được xem xét riêng không.", rule.source)


def _of_times(days, book):
    certified, decided, admitted, official = (days.get(stage) for stage in (Stage.CERTIFIED, Stage.DECIDED, Stage.ADMITTED, Stage.OFFICIAL))
    if certified and decided:
        ends, rule = _ends(Code.CERTIFICATE, certified, book, on=certified)
        if ends and decided > ends:
            yield Caution(f"Giấy chứng nhận chỉ còn giá trị đến {screen_date(ends)}, trước ngày quyết định ({screen_date(decided)}).", rule.source)
    if decided and admitted:
        ends, rule = _ends(Code.CEREMONY, decided, book, on=decided)
        if ends and admitted > ends:
            yield Caution(f"Lễ kết nạp sau thời hạn {rule.value} {rule.unit} kể từ ngày quyết định (hạn {screen_date(ends)}).", rule.source)
    if admitted and official:
        ends, rule = _ends(Code.PROBATION, admitted, book, on=admitted)
        if ends and official < ends:
            yield Caution(f"Công nhận chính thức khi chưa hết {rule.value} {rule.unit} dự bị (đến {screen_date(ends)}).", rule.source)


def _of_readmission(candidate, days, book, today):
    on = days.get(Stage.CELL_RESOLVED, today)
    rule = book.on(Code.READMISSION, on)
    if not candidate.is_readmission or rule is None:
        return
    if candidate.left_party_on is None:
        yield Caution(f"Chưa ghi ngày ra khỏi Đảng trước đây: chưa tính được thời hạn {rule.value} {rule.unit} để kết nạp lại.", rule.source)
    elif on < add_months(candidate.left_party_on, rule.value):
        ends = screen_date(add_months(candidate.left_party_on, rule.value))
        yield Caution(f"Chưa đủ {rule.value} {rule.unit} kể từ ngày ra khỏi Đảng: xem xét kết nạp lại từ {ends}.", rule.source)


# --- many candidates --------------------------------------------------------------------------------------------------


def reminders(user, *rights, on=None, branch=None, within=THRESHOLDS[-1], limit=MOST):
    """What is due within `within` days, or overdue, in the bodies where `user` holds any of `rights` (those that see the registers when none
    is named), at or below `branch`: a list of Reminder, overdue first, and how many there are in all. At most two queries a kind.
    """
    on = on or timezone.localdate()
    book, found, total = AdmissionRule.objects.book(), [], 0
    rows = Candidate.objects.of_bodies(reach(user, *(rights or REGISTERS_SEEN_WITH)))
    rows = rows.within(branch) if branch else rows
    for deadline in DEADLINES:
        last = _last_start(deadline, on + dt.timedelta(days=within), book, on)
        due = _due_rows(rows, deadline, last).select_related("organization", "member")
        shown = list(due[: limit + 1])
        total += len(shown) if len(shown) <= limit else due.count()
        found += [_reminder(candidate, deadline, candidate.start, book, on) for candidate in shown[:limit]]
    return sorted(filter(None, found), key=lambda reminder: (reminder.due_on, reminder.candidate.sort)), total


def due_candidates(rows, *, on=None, within=THRESHOLDS[-1]):
    """Those of the queryset `rows` for whom something is due within `within` days or overdue."""
    on, book, due = on or timezone.localdate(), AdmissionRule.objects.book(), Q(pk=None)
    for deadline in DEADLINES:
        due |= _is_due(deadline, _last_start(deadline, on + dt.timedelta(days=within), book, on))
    return rows.followed().exclude(member__is_active=False).filter(due)


def load_admission_rules():
    """Create the rules of `data/admission.toml` whose codes have no row yet; what the office has written stays. Returns how many are new."""
    known = set(AdmissionRule.objects.values_list("code", flat=True))
    missing = [rule for rule in described() if rule.code not in known]
    AdmissionRule.objects.bulk_create(missing)
    return len(missing)


def _due_rows(rows, deadline, last):
    """Candidates for whom `deadline` runs since a day up to `last`, each with that day as `start`, the first due first."""
    rows = rows.followed().exclude(member__is_active=False)
    if deadline.since is None:
        return rows.filter(stage__in=deadline.at, born_on__lte=last).annotate(start=F("born_on")).order_by("born_on", "pk")
    rows = rows.filter(stage__in=deadline.at, stages__stage=deadline.since, stages__taken_on__lte=last)
    return rows.annotate(start=F("stages__taken_on")).order_by("start", "pk")


def _is_due(deadline, last):
    if deadline.since is None:
        return Q(stage__in=deadline.at, born_on__lte=last)
    begun = StageTaken.objects.filter(stage=deadline.since, taken_on__lte=last)
    return Q(stage__in=deadline.at, pk__in=begun.values("candidate"))


def _reminder(candidate, deadline, start, book, on):
    due_on, rule = _ends(deadline.code, start, book, on=on if deadline.since is None else start)
    return Reminder(candidate, deadline, due_on, on, rule) if due_on else None


def _ends(code, start, book, *, on):
    """The day on which what the rule `code` of the day `on` counts from `start` ends, and the rule; (None, None) when there is none."""
    rule = book.on(code, on)
    if rule is None:
        return None, None
    if code == Code.CEREMONY:
        return add_working_days(start, rule.value), rule
    if code == Code.OLDEST:
        return end_of_month(add_months(start, rule.value * 12)), rule
    return add_months(start, rule.value), rule


def _last_start(deadline, horizon, book, on):
    """The last day from which `deadline` ends by `horizon`."""

    def ends(ordinal):
        start = dt.date.fromordinal(ordinal)
        day, _ = _ends(deadline.code, start, book, on=on if deadline.since is None else start)
        return day or dt.date.max

    first = dt.date(1900, 1, 1).toordinal()
    place = bisect.bisect_right(range(first, horizon.toordinal() + 1), horizon, key=ends)
    return dt.date.fromordinal(first + place - 1)
