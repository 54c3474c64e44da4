"""Report forms: which kind of body fills which indicators, in which order."""

from django.db import models
from django.db.models import F, Q

from organizations.models import OrganizationKind
from partyreports.periods.models import Period

from .indicators import Indicator


class ReportFormQuerySet(models.QuerySet):
    def of_year(self, year):
        """Forms in force for `year`, the newest first."""
        return self.filter(Q(last_year=None) | Q(last_year__gte=year), first_year__lte=year).order_by("-first_year", "code")

    def of(self, kind, period):
        """The form that bodies of `kind` fill for `period`, or None when nothing is asked of them."""
        return self.of_year(period.year).filter(kinds=kind).first()


class ReportForm(models.Model):
    """A form that bodies of some kinds fill for a year; an old year keeps the form of its time."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên biểu", max_length=200)
    kinds = models.ManyToManyField(OrganizationKind, related_name="report_forms", verbose_name="dùng cho loại hình")
    first_year = models.PositiveSmallIntegerField("áp dụng từ năm")
    last_year = models.PositiveSmallIntegerField("áp dụng đến hết năm", null=True, blank=True)

    objects = ReportFormQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu báo cáo"
        verbose_name_plural = "biểu báo cáo"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="form_ends_after_it_begins",
                violation_error_message="Năm thôi áp dụng phải bằng hoặc sau năm bắt đầu.",
            )
        ]

    def __str__(self):
        return self.name

    def lines_for(self, period):
        """Its lines in order, each with its indicator. A span of years asks for nothing: none of its lines is required."""
        lines = list(self.lines.select_related("indicator__numerator", "indicator__denominator").order_by("order", "pk"))
        for line in lines:
            line.is_required = line.is_required and period.kind == Period.Kind.YEAR and not line.indicator.is_computed
        return lines


class ReportFormLine(models.Model):
    """One line of a form."""

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="lines", verbose_name="biểu")
    section = models.CharField("mục", max_length=120)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="form_lines", verbose_name="chỉ tiêu")
    order = models.PositiveSmallIntegerField("thứ tự")
    is_required = models.BooleanField("phải có trước khi trình", default=True)

    class Meta:
        verbose_name = "dòng của biểu"
        verbose_name_plural = "dòng của biểu"
        ordering = ["form", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "indicator"], name="one_line_an_indicator", violation_error_message="Chỉ tiêu này đã có trong biểu."
            )
        ]

    def __str__(self):
        return f"{self.section}: {self.indicator}"
