"""How often a body must meet the people, as rows: the planned days follow from them."""

from django.db import models
from django.db.models import F, Q

from organizations.models import Organization, Reference
from organizations.models.members import RegisterQuerySet

from .dialogues import Dialogue, Village


class DialogueNorm(models.Model):
    """A rule a body has to keep from a day on: at least so many a quarter, or on a fixed weekday of every month, village by village."""

    class Cadence(models.TextChoices):
        QUARTERLY = "quarterly", "ít nhất mỗi quý một lần"
        MONTHLY = "monthly", "mỗi tháng một lần"
        MONTHLY_WEEKDAY = "monthly_weekday", "một ngày thứ cố định mỗi tháng"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="dialogue_norms", verbose_name="tổ chức phải thực hiện")
    cadence = models.CharField("nhịp", max_length=15, choices=Cadence)
    weekday = models.PositiveSmallIntegerField("thứ", null=True, blank=True, help_text="1 là thứ hai … 7 là chủ nhật")
    nth = models.SmallIntegerField("lần thứ mấy trong tháng", null=True, blank=True, help_text="-1 là lần cuối tháng")
    rotates = models.BooleanField("xoay vòng các thôn", default=False)
    covers_branch = models.BooleanField("áp dụng cho cả các tổ chức trực thuộc", default=False)
    basis = models.ForeignKey(Reference, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="căn cứ")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "định mức đối thoại"
        verbose_name_plural = "định mức đối thoại"
        ordering = ["organization", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="norm_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            )
        ]

    def __str__(self):
        return self.get_cadence_display()


class PlannedDialogue(models.Model):
    """A day on which a norm wants a dialogue; what was held in its stead is linked to it."""

    norm = models.ForeignKey(DialogueNorm, models.CASCADE, related_name="planned", verbose_name="định mức")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="planned_dialogues", verbose_name="tổ chức")
    planned_on = models.DateField("ngày dự kiến")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thôn")
    dialogue = models.OneToOneField(Dialogue, models.SET_NULL, null=True, blank=True, related_name="planned", verbose_name="đã tổ chức")
    note = models.CharField("lý do hoãn", max_length=200, blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch đối thoại"
        verbose_name_plural = "lịch đối thoại"
        ordering = ["planned_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["norm", "organization", "planned_on"], name="planned_once_a_day")]

    def __str__(self):
        return f"{self.planned_on:%d/%m/%Y}"
