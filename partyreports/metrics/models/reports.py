"""Yearly reports: one body's answers for one period, written cell by cell."""

from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from organizations.access import Right, may
from organizations.models import LogEntry
from organizations.review import OPEN, Paper, PaperQuerySet, Problem, StepRefused
from partyreports.metrics import balance, counted, sources, values
from partyreports.periods.models import Period
from partyreports.vietnamese import MISSING, Entry, sentence_case

from .figures import PERIOD_CLOSED, CellConflict, CellRefused, Figure, entry_as_json, figure_as_json, plain
from .forms import ReportForm

TAKE_THEM = "Lấy số từ sổ trước khi trình."


@dataclass(frozen=True)
class Written:
    """What became of many cells: how many were written, and by key the CellConflict of each that somebody else wrote first."""

    count: int
    conflicts: dict


def stood_in(organization, period):
    """True when `organization` existed on at least one day of `period`."""
    lived = organization.versions.filter(Q(valid_to=None) | Q(valid_to__gt=period.starts_on), valid_from__lte=period.ends_on)
    return lived.exists()


def asked_and_empty(lines, now):
    """Keys of the cells that `lines` ask to be typed, and of those among them that `now` (key → Value) leaves empty."""
    asked = [line.indicator.key for line in lines if not line.indicator.is_computed]
    return asked, [key for key in asked if now.get(key, values.BLANK).state == MISSING]


class YearlyReportQuerySet(PaperQuerySet):
    def of(self, period):
        return self.filter(period=period)

    @transaction.atomic
    def start(self, organization, period, *, by):
        """The report of `organization` for `period`, begun now when there is none yet. Raises CellRefused."""
        if not may(by, Right.ENTER, organization):
            raise CellRefused("Đồng chí không có quyền nhập số liệu của tổ chức này.", reason="right")
        if not period.is_open:
            raise CellRefused(sentence_case(PERIOD_CLOSED.format(period)), reason="state")
        if not stood_in(organization, period):
            raise CellRefused(f"Tổ chức này không hoạt động trong {period} nên không có báo cáo.", reason="state")
        report, is_new = self.get_or_create(organization=organization, period=period)
        if is_new:
            LogEntry.write("create", by=by, about=report)
        return report


class YearlyReport(Paper):
    """One body's answers for one period."""

    CONSEQUENCES = {"approve": "Số liệu được dùng cho tổng kết và tham luận."}
    WRITTEN_WITH = Right.ENTER
    WORKED_ON_WITH = (Right.ENTER, Right.REVIEW, Right.LOCK)
    READ_WITH = (Right.READ, Right.WRITE, Right.AUDIT)

    period = models.ForeignKey(Period, models.PROTECT, related_name="reports", verbose_name="kỳ")

    objects = YearlyReportQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "báo cáo năm"
        verbose_name_plural = "báo cáo năm"
        constraints = [
            *Paper.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "period"],
                name="one_report_a_body_and_period",
                violation_error_message="Tổ chức này đã có báo cáo của kỳ này.",
            ),
        ]
        indexes = [models.Index(fields=["period", "status"], name="report_by_period")]

    def __str__(self):
        return f"Báo cáo {self.period} – {self.body_name}"

    def get_absolute_url(self):
        return reverse("metrics:show", args=[self.pk])

    @property
    def problems_url(self):
        """The page on which its problems are put right: where a problem's place leads from any other page."""
        return reverse("metrics:edit", args=[self.pk])

    # What it stands on ----------------------------------------------------------------------------------------------

    @cached_property
    def place(self):
        """The body as it was called and placed at the end of the period."""
        return self.organization.version(on=self.period.ends_on)

    @cached_property
    def body_name(self):
        return self.place.party_name or self.place.name if self.place else str(self.organization)

    @cached_property
    def form(self):
        """The form its body fills, None when nothing is asked of such a body."""
        return ReportForm.objects.of(self.place.kind_id, self.period) if self.place else None

    @cached_property
    def lines(self):
        """The lines of its form, [] when nothing is asked of such a body."""
        return self.form.lines_for(self.period) if self.form else []

    def values(self):
        """dict: indicator key → Value, as they stand now."""
        return values.values_of([self])[self.pk]

    def previous_values(self):
        """The same of the period before, from its final report; None when there is none."""
        before = type(self).objects.final().filter(organization=self.organization_id, period__following=self.period_id).first()
        return values.values_of([before])[before.pk] if before else None

    def counts(self, *, keys=None, tells=False):
        """dict: indicator key → Count, what the registers say now of the cells that are typed; `keys` limits them."""
        typed = {line.indicator.key for line in self.lines if not line.indicator.is_computed}
        return sources.count_of(self.organization_id, self.period, keys=typed if keys is None else typed & set(keys), tells=tells)

    # What a paper tells about itself --------------------------------------------------------------------------------

    def problems(self):
        """Required cells still empty, how many others are, of which the registers know something, what differs from the registers without a
        reason, then what does not balance: each at the key of its cell."""
        now, lines = self.values(), self.lines
        if not lines:
            return [Problem("Chưa có biểu báo cáo cho loại hình tổ chức này: đề nghị người quản trị gán biểu.")]
        asked, empty = asked_and_empty(lines, now)
        if len(asked) == len(empty):
            return [Problem("Nhập ít nhất một số liệu trước khi trình.", where=empty[0] if empty else "")]
        required = [line for line in lines if line.is_required and now.get(line.indicator.key, values.BLANK).state == MISSING]
        found = [Problem(f"Chưa nhập “{line.indicator.name}”.", where=line.indicator.key) for line in required]
        if self.period.kind != Period.Kind.SPAN and set(empty) - {problem.where for problem in found}:
            found.append(Problem(f"Còn {len(empty)} ô chưa nhập.", where=empty[0], severity="warning"))
        counts = self.counts()
        left = [line.indicator.name for line in lines if line.indicator.key in empty and line.indicator.key in counts]
        if left:
            found.append(Problem(f"{counted.sentence_of_gaps(left)} {TAKE_THEM}", where=counted.TAKING, severity="warning"))
        found += counted.unexplained(self.figures.select_related("indicator"), counts)
        keys, findings = {line.indicator.key for line in lines}, balance.findings(now, self.previous_values())
        return found + [Problem(each.sentence, where=each.cell_among(keys), severity=each.severity) for each in findings]

    def cautions(self, step):
        """What whoever approves or locks must know: how much of the form is empty, for a blank is no nought (a span asks for nothing); what the
        registers knew of it; which figures differ from the registers, and why; what has changed in the registers since."""
        if step.name not in ("approve", "lock"):
            return []
        asked, empty = asked_and_empty(self.lines, self.values()) if self.period.kind != Period.Kind.SPAN else ([], [])
        told = [f"Đã nhập {len(asked) - len(empty)}/{len(asked)} ô, còn {len(empty)} ô chưa nhập."] if empty else []
        figures = self.figures.select_related("indicator").order_by("indicator__order", "indicator")
        left = [figure.indicator.name for figure in figures if figure.state == MISSING and figure.counted is not None]
        told += [counted.sentence_of_gaps(left)] if left else []
        told += counted.explanations(figures)
        return told + [f"{drift.name}: {drift.sentence}." for drift in counted.drifts_of([self]).get(self.pk, [])]

    def prepare(self, step):
        """On sending up: beside each figure the count of the registers and the events it stands on are written down, also where the cell was
        left empty: the reviewer must see what the registers knew."""
        if step.name != "submit":
            return
        figures = list(self.figures.select_related("indicator"))
        counts = self.counts(tells=True)
        problems = counted.unexplained(figures, counts)
        if problems:
            raise StepRefused(f"Chưa trình được: còn {len(problems)} chỗ cần sửa.", reason="problems", problems=problems)
        known = {figure.indicator.key for figure in figures}
        gaps = [line.indicator for line in self.lines if line.indicator.key in counts and line.indicator.key not in known]
        empty = [Figure(report=self, indicator=each, state=MISSING, entered_by_id=self.submitted_by_id) for each in gaps]
        counted.freeze(figures + Figure.objects.bulk_create(empty), counts)

    def snapshot(self):
        """Every figure with its name and unit of the day, what the registers counted of empty cells, and the targets: enough to read the report
        without the catalogue."""
        figures = self.figures.select_related("indicator").order_by("indicator__order", "indicator")
        targets = self.organization.targets.filter(period=self.period_id).select_related("indicator").order_by("indicator__order", "indicator")
        return {
            "title": str(self),
            "figures": {figure.indicator.key: figure_as_json(figure) for figure in figures if figure.state != MISSING or figure.counted is not None},
            "targets": {target.indicator.key: plain(target.value) for target in targets},
        }

    def authors(self):
        """Keys of everyone who sent it up or ever wrote one of its cells."""
        wrote = set(LogEntry.objects.about(self).filter(action="write").values_list("actor_pk", flat=True).order_by().distinct())
        return wrote | set(self.figures.values_list("entered_by", flat=True).order_by().distinct()) | {self.submitted_by_id}

    def writable_by(self, user):
        return self.period.is_open and super().writable_by(user)

    @property
    def closed_because(self):
        """Why nobody may write its cells now, in one sentence; "" while it is open."""
        if not self.period.is_open:
            return PERIOD_CLOSED.format(self.period)
        return "" if self.is_open else f"báo cáo đang ở trạng thái “{self.get_status_display()}”, số liệu chỉ sửa được sau khi được trả lại."

    def refusal(self, step, user, *, rights=None):
        refused = super().refusal(step, user, rights=rights)
        if refused is None and step.name == "submit" and not self.period.is_open:
            return StepRefused(sentence_case(self.closed_because), reason="state")
        return refused

    # Writing --------------------------------------------------------------------------------------------------------

    @transaction.atomic
    def write(self, indicator, entry, *, by, seen_version=0, reason=""):
        """Write one cell over the version its writer has seen (0: an empty cell nobody has touched), with a log line.

        `reason` says why it differs from what the registers count.

        Raises CellRefused when the report, its period or the right forbids it, CellConflict when somebody wrote it meanwhile.
        """
        self._hold_open(by)
        self._write_cell(indicator, entry, by, seen_version, reason)

    @transaction.atomic
    def write_many(self, cells, *, by, reasons=None):
        """Write each (indicator, Entry, seen version) as `write` does; one that somebody wrote first holds back none of the others.

        `reasons` maps keys of cells to why they differ from what the registers count.
        """
        self._hold_open(by)
        count, conflicts = 0, {}
        for indicator, entry, seen_version in cells:
            try:
                count += self._write_cell(indicator, entry, by, seen_version, (reasons or {}).get(indicator.key, ""))
            except CellConflict as conflict:
                conflicts[indicator.key] = conflict
        return Written(count, conflicts)

    def _hold_open(self, by):
        """Refuse unless the report may be written now, and keep every step and every other writer of it waiting until this is done."""
        if not may(by, self.WRITTEN_WITH, self.organization_id):
            raise CellRefused("Đồng chí không có quyền nhập số liệu của tổ chức này.", reason="right")
        open_now = type(self).objects.filter(pk=self.pk, status__in=OPEN, period__is_open=True)
        if not open_now.update(version=F("version") + 1, changed_at=timezone.now()):
            self.refresh_from_db(fields=["status", "version", "period"])
            raise CellRefused(f"Chưa lưu được: {self.closed_because}", reason="state")
        self.refresh_from_db(fields=["version"])

    def _write_cell(self, indicator, entry, by, seen_version, reason):
        """True when the cell has changed."""
        if indicator.is_computed:
            raise CellRefused(f"“{indicator.name}” do cổng tự tính: nhập tử số và mẫu số.", reason="computed")
        found = Figure.objects.filter(report=self, indicator=indicator).first()
        before, why = (found.entry, found.reason) if found else (Entry(MISSING), "")
        if (before, why) == (entry, reason):
            return False
        facts = {"state": entry.state, "value": entry.value, "qualifier": entry.qualifier, "reason": reason, "entered_by": by}
        if not self._put(indicator, facts, seen_version if found else 0):
            theirs = Figure.objects.select_related("entered_by").get(report=self, indicator=indicator)
            raise CellConflict.over(theirs, entry)
        then, now = entry_as_json(before, reason=why), entry_as_json(entry, reason=reason)
        LogEntry.write("write", by=by, about=self, place=indicator.key, before=then, after=now)
        return True

    def _put(self, indicator, facts, seen_version):
        """Insert the figure when none was seen, else update the version seen. False when it is no longer so."""
        cell = Figure.objects.filter(report=self, indicator=indicator)
        if seen_version:
            return cell.filter(version=seen_version).update(version=F("version") + 1, entered_at=timezone.now(), **facts)
        try:
            with transaction.atomic():
                Figure.objects.create(report=self, indicator=indicator, **facts)
        except IntegrityError:
            if not cell.exists():
                raise
            return False
        return True
