"""Templates of speeches, and the speeches composed from them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from models_registry.models import Registration
from organizations.models import OrganizationKind, Right
from organizations.review import Paper, PaperQuerySet
from partyreports.periods.models import Period


class SpeechTemplate(models.Model):
    """Words with named slots from a closed list, for one pattern of speech. Plain text: no template engine ever reads it."""

    class Pattern(models.TextChoices):
        NEW_MODEL = "new_model", "Mô hình mới, cách làm sáng tạo"
        DIALOGUE = "dialogue", "Đối thoại, lắng nghe ý kiến Nhân dân"
        LEADERSHIP = "leadership", "Lãnh đạo, xây dựng tổ chức đảng"
        NEW_RURAL = "new_rural", "Xây dựng nông thôn mới"
        PROPAGANDA = "propaganda", "Tuyên truyền, giáo dục"
        INSPECTION = "inspection", "Kiểm tra, giám sát"

    code = models.SlugField("mã", unique=True)
    name = models.CharField("tên mẫu", max_length=200)
    pattern = models.CharField("kiểu bài", max_length=12, choices=Pattern)
    kinds = models.ManyToManyField(OrganizationKind, related_name="speech_templates", verbose_name="dùng cho loại hình")
    document_type = models.CharField("tên loại văn bản", max_length=40, default="THAM LUẬN")
    title = models.CharField("trích yếu mẫu", max_length=400)
    text = models.TextField("nội dung mẫu")
    is_active = models.BooleanField("đang dùng", default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "mẫu tham luận"
        verbose_name_plural = "mẫu tham luận"
        ordering = ["pattern", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("speeches:template", args=[self.pk])


class Speech(Paper):
    """The words of one body for one conference: a small document tree in which figures stay nodes."""

    WRITTEN_WITH = Right.WRITE
    WORKED_ON_WITH = (Right.WRITE, Right.REVIEW, Right.LOCK)
    READ_WITH = (Right.READ, Right.ENTER, Right.AUDIT)

    period = models.ForeignKey(Period, models.PROTECT, related_name="speeches", verbose_name="kỳ")
    template = models.ForeignKey(SpeechTemplate, models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name="mẫu")
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name="mô hình")
    document_type = models.CharField("tên loại văn bản", max_length=40, default="THAM LUẬN")
    title = models.CharField("trích yếu", max_length=400)
    place = models.CharField("địa danh", max_length=80, blank=True)
    day = models.PositiveSmallIntegerField("ngày", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)])
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)])
    year = models.PositiveSmallIntegerField("năm", validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    number = models.CharField("số, ký hiệu", max_length=40, blank=True)
    blocks = models.JSONField("nội dung", default=list)

    objects = PaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "bài tham luận"
        verbose_name_plural = "bài tham luận"
        ordering = ["-pk"]
        constraints = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                condition=Q(day=None) | Q(month__isnull=False),
                name="a_day_needs_its_month",
                violation_error_message="Nhập tháng khi đã nhập ngày.",
            ),
        ]
        indexes = [models.Index(fields=["period", "status"], name="speech_by_period")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("speeches:show", args=[self.pk])
