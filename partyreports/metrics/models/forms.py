"""Report forms: which kind of body fills which indicators, in which order."""

from django.db import models

from organizations.models import OrganizationKind

from .indicators import Indicator


class ReportForm(models.Model):
    """A form that bodies of some kinds fill for a year; an old year keeps the form of its time."""

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên biểu", max_length=200)
    kinds = models.ManyToManyField(OrganizationKind, related_name="report_forms", verbose_name="dùng cho loại hình")
    first_year = models.PositiveSmallIntegerField("áp dụng từ năm")
    last_year = models.PositiveSmallIntegerField("áp dụng đến hết năm", null=True, blank=True)

    class Meta:
        verbose_name = "biểu báo cáo"
        verbose_name_plural = "biểu báo cáo"
        ordering = ["code"]

    def __str__(self):
        return self.name


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
