"""Reporting periods: a year, or a span of years that a paper compares with."""

from django.db import models, transaction
from django.db.models import F, Q

from organizations.models import LogEntry


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every period, to whoever holds any right at all: they are the same for the whole tree."""
        return self.all() if user.is_authenticated and user.held else self.none()

    def years(self):
        return self.filter(kind=Period.Kind.YEAR)

    def latest_year(self):
        """The year the offices work on: the newest open one, else the newest; None in an empty portal."""
        return self.years().order_by("-is_open", "-starts_on").first()


class Period(models.Model):
    """A stretch of time for which bodies report: the year 2024, or the span 2020-2023 before it."""

    class Kind(models.TextChoices):
        YEAR = "year", "năm"
        SPAN = "span", "giai đoạn"

    code = models.CharField("mã kỳ", max_length=20, unique=True)
    kind = models.CharField("loại kỳ", max_length=4, choices=Kind, default=Kind.YEAR)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    deadline = models.DateField("hạn gửi báo cáo", null=True, blank=True)
    is_open = models.BooleanField("đang mở", default=True)
    previous = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="following", verbose_name="kỳ trước")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-starts_on", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="period_ends_after_it_begins",
                violation_error_message="Ngày kết thúc kỳ phải sau ngày bắt đầu.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.code}"

    @property
    def title(self):
        """Năm 2024, Giai đoạn 2020-2023: as it opens a line or heads a column."""
        return str(self).capitalize()

    @property
    def year(self):
        return self.ends_on.year

    @transaction.atomic
    def turn(self, *, is_open, by, note=""):
        """Open the period for typing, or close it; the log keeps who, when and why."""
        before, self.is_open = self.is_open, is_open
        self.save(update_fields=["is_open"])
        LogEntry.write("open" if is_open else "close", by=by, about=self, note=note, before={"is_open": before}, after={"is_open": is_open})
