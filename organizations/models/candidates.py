"""People on the way to admission: the least the figures need, the day of each stage, and the rules that warn, as data."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from partyreports.vietnamese import fold, person_sort_key

from .accounts import Account
from .members import Member, RegisterQuerySet
from .organization import Organization


class Stage(models.TextChoices):
    """The stages in their order; the background check leaves a day and nothing else."""

    OUTSTANDING = "outstanding", "quần chúng ưu tú"
    SENT = "sent", "cử học lớp nhận thức về Đảng"
    CERTIFIED = "certified", "có giấy chứng nhận"
    CHECKED = "checked", "xác minh lý lịch xong"
    FILED = "filed", "đủ hồ sơ"
    CELL_RESOLVED = "cell_resolved", "nghị quyết chi bộ"
    COMMITTEE_RESOLVED = "committee_resolved", "nghị quyết đảng ủy"
    DECIDED = "decided", "quyết định kết nạp"
    ADMITTED = "admitted", "lễ kết nạp"
    OFFICIAL = "official", "chuyển chính thức"


class Candidate(models.Model):
    """One person whom a chi bộ helps on the way to admission. No dossier: what a background check found is never kept."""

    class Exit(models.TextChoices):
        WITHDRAWN = "withdrawn", "tự xin thôi"
        DROPPED = "dropped", "đưa ra khỏi nguồn"
        MOVED = "moved", "chuyển đi nơi khác"
        NOT_CONFIRMED = "not_confirmed", "không được công nhận chính thức"
        DIED = "died", "từ trần"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="candidates", verbose_name="chi bộ giúp đỡ")
    full_name = models.CharField("họ và tên", max_length=120)
    gender = models.CharField("giới tính", max_length=6, choices=Member.Gender)
    born_on = models.DateField("ngày sinh")
    introduced_by = models.CharField("đơn vị giới thiệu", max_length=160, blank=True)
    has_schooling = models.BooleanField("tốt nghiệp trung học cơ sở trở lên", default=True)
    is_rural = models.BooleanField("ở nông thôn", default=False)
    is_official = models.BooleanField("cán bộ, công chức, viên chức", default=False)
    is_youth = models.BooleanField("trong độ tuổi đoàn", default=False)
    is_mass_member = models.BooleanField("đoàn viên, hội viên đoàn thể", default=False)
    is_militia = models.BooleanField("dân quân", default=False)
    is_village_guard = models.BooleanField("thôn đội trưởng, tổ an ninh trật tự", default=False)
    in_service = models.BooleanField("đang thực hiện nghĩa vụ quân sự", default=False)
    is_readmission = models.BooleanField("kết nạp lại", default=False)
    is_ethnic_minority = models.BooleanField("người dân tộc thiểu số", default=False)
    is_religious = models.BooleanField("có đạo", default=False)
    exit = models.CharField("lý do dừng", max_length=13, choices=Exit, blank=True)
    exited_on = models.DateField("ngày dừng", null=True, blank=True)
    member = models.OneToOneField(Member, models.PROTECT, null=True, blank=True, related_name="candidate", verbose_name="đảng viên")
    is_invented = models.BooleanField("người không có thật (dữ liệu dùng thử)", default=False, editable=False)
    search = models.CharField(max_length=200, editable=False)
    sort = models.CharField(max_length=300, editable=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "quần chúng ưu tú"
        verbose_name_plural = "quần chúng ưu tú"
        ordering = ["sort", "pk"]
        indexes = [models.Index(fields=["organization", "sort"], name="candidate_by_cell")]
        constraints = [
            models.CheckConstraint(
                condition=Q(exited_on=None, exit="") | (~Q(exited_on=None) & ~Q(exit="")),
                name="whoever_stopped_stopped_for_a_reason",
                violation_error_message="Ghi cả ngày và lý do dừng, hoặc để trống cả hai.",
            )
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("organizations:candidate", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(self.full_name)[:200]
        self.sort = person_sort_key(self.full_name)[:300]
        super().save(*args, **kwargs)


class StageTaken(models.Model):
    """The day on which a candidate came to a stage, and the number of the paper that says so."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="stages", verbose_name="quần chúng ưu tú")
    stage = models.CharField("bước", max_length=18, choices=Stage)
    taken_on = models.DateField("ngày")
    number = models.CharField("số văn bản", max_length=60, blank=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bước kết nạp"
        verbose_name_plural = "bước kết nạp"
        ordering = ["taken_on", "pk"]
        indexes = [models.Index(fields=["stage", "taken_on"], name="stage_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "stage"], name="one_day_a_stage", violation_error_message="Bước này đã ghi ngày.")
        ]

    def __str__(self):
        return f"{self.candidate}: {self.get_stage_display()}"


class AdmissionRule(models.Model):
    """A number that a rule on admission names, with its source, from the day it holds to the day it no longer does."""

    code = models.SlugField("mã", max_length=40)
    name = models.CharField("nội dung", max_length=200)
    value = models.PositiveSmallIntegerField("giá trị")
    unit = models.CharField("đơn vị", max_length=30)
    source = models.CharField("căn cứ", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        verbose_name = "quy định về kết nạp"
        verbose_name_plural = "quy định về kết nạp"
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_admission_rule_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="admission_rule_ends_after_it_begins",
                violation_error_message="Ngày hết hiệu lực phải sau ngày có hiệu lực.",
            ),
        ]

    def __str__(self):
        return self.name
