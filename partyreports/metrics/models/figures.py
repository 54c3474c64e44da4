"""Figures of reports, and the targets they are held against."""

from django.db import models, transaction
from django.db.models import Q

from organizations.access import Right, rights_on
from organizations.models import Account, LogEntry, Organization
from partyreports.periods.models import Period
from partyreports.vietnamese import Entry, sentence_case, write_figure

from .indicators import Indicator

LONGEST_REASON = 300
PERIOD_CLOSED = "{} đã đóng nên số liệu không sửa được; cần sửa thì đề nghị người quản lý kỳ báo cáo mở lại."


class CellRefused(Exception):
    """A figure that may not be written; `sentence` says why, `reason` is "right", "state" or "computed"."""

    def __init__(self, sentence, *, reason):
        super().__init__(sentence)
        self.sentence, self.reason = sentence, reason


class CellConflict(Exception):
    """Two people wrote one cell: `theirs` was saved by `who` at `when` as `version`, `mine` was not."""

    def __init__(self, *, theirs, who, when, version, mine):
        super().__init__(f"{theirs} / {mine}")
        self.theirs, self.who, self.when, self.version, self.mine = theirs, who, when, version, mine

    @classmethod
    def over(cls, figure, mine):
        return cls(theirs=figure.entry, who=figure.entered_by, when=figure.entered_at, version=figure.version, mine=mine)


class TargetQuerySet(models.QuerySet):
    @transaction.atomic
    def assign(self, organization, period, indicator, value, *, by, seen):
        """Set what `organization` is to reach in `period` (None: no target) and log it. False when somebody has changed `seen` meanwhile.

        Raises CellRefused when the period is closed or `by` neither reviews nor locks the body.
        """
        if not rights_on(by, organization) & {Right.REVIEW, Right.LOCK}:
            raise CellRefused("Chỉ tiêu giao do người có quyền duyệt hoặc khóa ghi.", reason="right")
        if not Period.objects.filter(pk=period.pk, is_open=True).exists():
            raise CellRefused(sentence_case(PERIOD_CLOSED.format(period)), reason="state")
        of_cell = self.filter(organization=organization, period=period, indicator=indicator)
        if seen == value:
            return True
        if seen is None:
            _, done = self.get_or_create(organization=organization, period=period, indicator=indicator, defaults={"value": value})
        elif value is None:
            done, _ = of_cell.filter(value=seen).delete()
        else:
            done = of_cell.filter(value=seen).update(value=value)
        if done:
            LogEntry.write(
                "target",
                by=by,
                about=organization,
                organization_pk=organization.pk,
                place=indicator.key,
                note=str(period),
                before=None if seen is None else {"value": str(seen)},
                after=None if value is None else {"value": str(value)},
            )
        return bool(done)


class Target(models.Model):
    """The value of an indicator that the superior body has assigned to a body for a period ("09/8": the 8)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="targets", verbose_name="tổ chức")
    period = models.ForeignKey(Period, models.PROTECT, related_name="targets", verbose_name="kỳ")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets", verbose_name="chỉ tiêu")
    value = models.DecimalField("chỉ tiêu giao", max_digits=20, decimal_places=4)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu giao"
        verbose_name_plural = "chỉ tiêu giao"
        constraints = [
            models.UniqueConstraint(fields=["organization", "period", "indicator"], name="one_target_a_body_period_indicator"),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative", violation_error_message="Nhập số từ 0 trở lên."),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.value}"


class Figure(models.Model):
    """The value of one indicator in one yearly report, in the indicator's own unit; four kinds of blank are told apart."""

    class State(models.TextChoices):
        MISSING = "missing", "chưa nhập"
        GIVEN = "given", "có số"
        NOTHING = "nothing", "không phát sinh"
        NOT_APPLICABLE = "not_applicable", "không áp dụng"

    class Qualifier(models.TextChoices):
        EXACT = "", "đúng"
        OVER = "over", "hơn"
        ABOUT = "about", "khoảng"
        NEARLY = "nearly", "gần"
        AT_LEAST = "at_least", "ít nhất"
        ESTIMATED = "estimated", "ước"
        BASICALLY = "basically", "cơ bản"

    report = models.ForeignKey("metrics.YearlyReport", models.CASCADE, related_name="figures", verbose_name="báo cáo")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures", verbose_name="chỉ tiêu")
    state = models.CharField("tình trạng", max_length=14, choices=State, default=State.MISSING)
    value = models.DecimalField("số liệu", max_digits=20, decimal_places=4, null=True, blank=True)
    qualifier = models.CharField("từ chỉ mức độ", max_length=10, choices=Qualifier, blank=True, default="")
    # What the registers counted when the report was last sent up, at its `submitted_at`; None where they said nothing.
    counted = models.DecimalField("số đếm được từ sổ", max_digits=20, decimal_places=4, null=True, blank=True, editable=False)
    counted_qualifier = models.CharField("từ chỉ mức độ của số đếm được", max_length=10, choices=Qualifier, blank=True, default="", editable=False)
    counted_events = models.PositiveIntegerField("số việc đã đếm", default=0, editable=False)
    stands_on = models.JSONField("các việc đã đếm", default=list, blank=True, editable=False)
    reason = models.CharField("lý do ghi khác số đếm được", max_length=LONGEST_REASON, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    entered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="người nhập")
    entered_at = models.DateTimeField("nhập lúc", auto_now=True)

    class Meta:
        verbose_name = "số liệu"
        verbose_name_plural = "số liệu"
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="one_figure_an_indicator"),
            models.CheckConstraint(
                condition=Q(state="given", value__isnull=False) | (~Q(state="given") & Q(value=None, qualifier="")),
                name="only_given_figures_have_a_value",
                violation_error_message="Ô có số thì phải có giá trị; ô trống thì không.",
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=0), name="figure_not_negative", violation_error_message="Nhập số từ 0 trở lên."
            ),
        ]
        indexes = [models.Index(fields=["indicator", "report"], name="figure_by_indicator")]

    def __str__(self):
        return f"{self.indicator}: {self.get_state_display() if self.value is None else self.value}"

    @property
    def entry(self):
        """What the cell says, as typed text is read."""
        return Entry(self.state, self.value, self.qualifier)

    @property
    def text(self):
        """The text of its cell."""
        return write_figure(self.entry)


def plain(value):
    """A Decimal as text without idle zeros, None as None."""
    return None if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def entry_as_json(entry, *, reason=""):
    """A cell as the log keeps it, with the reason why it differs from the registers where there is one."""
    return {"state": entry.state, "value": plain(entry.value), "qualifier": entry.qualifier} | ({"reason": reason} if reason else {})


def figure_as_json(figure):
    """The same with name and unit, and what the registers counted where they said something."""
    facts = {**entry_as_json(figure.entry, reason=figure.reason), "name": figure.indicator.name, "unit": figure.indicator.unit}
    if figure.counted is None:
        return facts
    told = {"value": plain(figure.counted), "qualifier": figure.counted_qualifier, "number": figure.counted_events, "events": figure.stands_on}
    return facts | {"counted": told}
