"""Registrations of working models: mô hình mới, cách làm sáng tạo."""

from django.db import models
from django.urls import reverse

from organizations.models import Reference, Right
from organizations.review import Paper, PaperQuerySet
from partyreports.periods.models import Period
from partyreports.vietnamese import fold


class Registration(Paper):
    """A working model that one body registers for one or more years, under one official title."""

    WRITTEN_WITH = Right.WRITE
    WORKED_ON_WITH = (Right.WRITE, Right.ENTER, Right.REVIEW, Right.LOCK)

    class Field(models.TextChoices):
        PARTY_BUILDING = "party_building", "Xây dựng Đảng"
        MEMBERS = "members", "Phát triển đảng viên"
        DIALOGUE = "dialogue", "Đối thoại, dân vận"
        INSPECTION = "inspection", "Kiểm tra, giám sát"
        PROPAGANDA = "propaganda", "Tuyên giáo"
        DEFENCE = "defence", "Quốc phòng, an ninh"
        ECONOMY = "economy", "Kinh tế, xã hội, nông thôn mới"
        OTHER = "other", "Lĩnh vực khác"

    title = models.CharField("tên chính thức của mô hình", max_length=400)
    field = models.CharField("lĩnh vực", max_length=20, choices=Field)
    periods = models.ManyToManyField(Period, related_name="registrations", verbose_name="đăng ký cho năm")
    basis = models.ManyToManyField(Reference, blank=True, related_name="registrations", verbose_name="văn bản làm căn cứ")
    launched_on = models.DateField("ngày ra mắt", null=True, blank=True)
    working_group_size = models.PositiveSmallIntegerField("số thành viên Tổ công tác", null=True, blank=True)
    situation = models.TextField("thực trạng", blank=True)
    method = models.TextField("cách thức thực hiện", blank=True)
    novelty = models.TextField("tính mới", blank=True)
    results = models.TextField("kết quả", blank=True)
    limits = models.TextField("hạn chế", blank=True)
    next_steps = models.TextField("hướng tới", blank=True)
    search = models.CharField(max_length=500, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "đăng ký mô hình"
        verbose_name_plural = "đăng ký mô hình"
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("models_registry:show", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(self.title)[:500]
        super().save(*args, **kwargs)
