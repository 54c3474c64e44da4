"""People on the way to admission: the least the figures need, and the day of each stage. The acts that write them: `candidate_acts`."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from partyreports.vietnamese import fold, person_sort_key

from .accounts import Account, reach
from .candidate_acts import CandidateActs
from .members import REGISTERS_SEEN_WITH, Member, RegisterQuerySet
from .organization import Organization
from .stages import Stage


class CandidateQuerySet(RegisterQuerySet):
    """A candidate belongs to the chi bộ that helps him and, once admitted, also to the one where he takes part."""

    def visible_to(self, user):
        return self.of_bodies(reach(user, *REGISTERS_SEEN_WITH))

    def within(self, branch):
        return self.of_bodies(Organization.objects.now_under(branch))

    def followed(self):
        """Those who have neither stopped nor been made official."""
        return self.filter(exit="").exclude(stage=Stage.OFFICIAL)

    def of_bodies(self, organizations):
        return self.filter(Q(organization__in=organizations) | Q(member__organization__in=organizations))


class Candidate(CandidateActs, models.Model):
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
    is_mass_member = models.BooleanField("đoàn viên, hội viên do đoàn thể giới thiệu", default=False)
    is_militia = models.BooleanField("dân quân", default=False)
    is_village_guard = models.BooleanField("thôn đội trưởng, tổ an ninh trật tự", default=False)
    in_service = models.BooleanField("đang thực hiện nghĩa vụ quân sự", default=False)
    is_readmission = models.BooleanField("kết nạp lại", default=False)
    left_party_on = models.DateField("ngày ra khỏi Đảng trước đây", null=True, blank=True)
    is_ethnic_minority = models.BooleanField("người dân tộc thiểu số", default=False)
    is_religious = models.BooleanField("có đạo", default=False)
    stage = models.CharField("bước đang ở", max_length=18, choices=Stage, default=Stage.OUTSTANDING, editable=False)
    exit = models.CharField("lý do thôi theo dõi", max_length=13, choices=Exit, blank=True)
    exited_on = models.DateField("ngày thôi theo dõi", null=True, blank=True)
    member = models.OneToOneField(Member, models.PROTECT, null=True, blank=True, related_name="candidate", verbose_name="đảng viên")
    is_invented = models.BooleanField("người không có thật (dữ liệu dùng thử)", default=False, editable=False)
    search = models.CharField(max_length=200, editable=False)
    sort = models.CharField(max_length=300, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = "quần chúng ưu tú"
        verbose_name_plural = "quần chúng ưu tú"
        ordering = ["sort", "pk"]
        indexes = [
            models.Index(fields=["organization", "sort"], name="candidate_by_cell"),
            models.Index(fields=["stage", "organization"], name="candidate_followed", condition=Q(exit="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(exited_on=None, exit="") | (~Q(exited_on=None) & ~Q(exit="")),
                name="whoever_stopped_stopped_for_a_reason",
                violation_error_message="Ghi cả ngày và lý do thôi theo dõi, hoặc để trống cả hai.",
            ),
            models.CheckConstraint(
                condition=Q(left_party_on=None) | Q(is_readmission=True),
                name="only_who_is_readmitted_had_left",
                violation_error_message="Ngày ra khỏi Đảng trước đây chỉ ghi cho người được xem xét kết nạp lại.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("organizations:candidate", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(self.full_name)[:200]
        self.sort = person_sort_key(self.full_name)[:300]
        super().save(*args, **kwargs)

    @property
    def body_id(self):
        """Key of the chi bộ whose register he stands in now: once admitted, where he takes part."""
        return self.member.organization_id if self.member_id else self.organization_id

    @cached_property
    def taken(self):
        """dict: stage → StageTaken, in the order of the table."""
        rows = {row.stage: row for row in self.stages.all()}
        return {stage: rows[stage] for stage in Stage if stage in rows}

    @property
    def is_followed(self):
        return not self.exit and self.stage != Stage.OFFICIAL


class StageTaken(models.Model):
    """The day on which a candidate came to a stage, in which chi bộ, and the number of the paper that says so."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="stages", verbose_name="quần chúng ưu tú")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", verbose_name="chi bộ")
    stage = models.CharField("bước", max_length=18, choices=Stage)
    taken_on = models.DateField("ngày")
    number = models.CharField("số văn bản", max_length=60, blank=True)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bước kết nạp"
        verbose_name_plural = "bước kết nạp"
        ordering = ["taken_on", "pk"]
        indexes = [
            models.Index(fields=["stage", "taken_on"], name="stage_by_day"),
            models.Index(fields=["organization", "stage", "taken_on"], name="stage_by_body"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "stage"], name="one_day_a_stage", violation_error_message="Bước này đã ghi ngày.")
        ]

    def __str__(self):
        return f"{self.candidate}: {self.get_stage_display()}"
