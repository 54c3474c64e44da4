"""The minimal roster of members: what the figures need, and nothing of a dossier."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.urls import reverse

from partyreports.vietnamese import fold, person_sort_key

from .accounts import Right, reach
from .organization import Organization

REGISTERS_SEEN_WITH = (Right.WRITE, Right.ENTER, Right.REVIEW, Right.AUDIT)
WRITERS = (Right.ENTER, Right.WRITE)
# The order of names, for whoever asks for it by this expression: the first page of a roster as wide as a country is met in that order, without
# sorting millions. On the column itself the index would tempt PostgreSQL to walk through all names for one that stands at the end of them.
BY_NAME = Left("sort", 300)


class RegisterQuerySet(models.QuerySet):
    """Rows of a register that a body keeps."""

    def visible_to(self, user):
        return self.filter(organization__in=reach(user, *REGISTERS_SEEN_WITH))

    def within(self, branch):
        """Rows of the bodies at or below `branch` today."""
        return self.filter(organization__in=Organization.objects.now_under(branch))


class Member(models.Model):
    """A member of the Party in the chi bộ where he takes part. Ethnic group and religion are never named: two yes/no marks at most."""

    class Gender(models.TextChoices):
        MALE = "male", "nam"
        FEMALE = "female", "nữ"

    class Standing(models.TextChoices):
        PROBATIONARY = "probationary", "dự bị"
        OFFICIAL = "official", "chính thức"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="members", verbose_name="chi bộ đang sinh hoạt")
    full_name = models.CharField("họ và tên", max_length=120)
    gender = models.CharField("giới tính", max_length=6, choices=Gender)
    birth_year = models.PositiveSmallIntegerField(
        "năm sinh",
        validators=[
            MinValueValidator(1900, "Nhập năm sinh đủ bốn chữ số, từ 1900 trở đi."),
            MaxValueValidator(2100, "Nhập năm sinh đủ bốn chữ số."),
        ],
    )
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    standing = models.CharField("tư cách", max_length=12, choices=Standing, default=Standing.OFFICIAL)
    admitted_on = models.DateField("ngày vào Đảng")
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    party_post = models.CharField("chức vụ đảng", max_length=80, blank=True)
    exempt_since = models.DateField("miễn công tác, sinh hoạt từ ngày", null=True, blank=True)
    is_ethnic_minority = models.BooleanField("người dân tộc thiểu số", default=False)
    is_religious = models.BooleanField("có đạo", default=False)
    is_active = models.BooleanField("đang sinh hoạt", default=True)
    is_invented = models.BooleanField("người không có thật (dữ liệu dùng thử)", default=False, editable=False)
    search = models.CharField(max_length=200, editable=False)
    sort = models.CharField(max_length=300, editable=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["sort", "pk"]
        indexes = [
            models.Index(fields=["organization", "sort"], name="member_by_cell"),
            models.Index(BY_NAME, name="member_by_name"),
            # What the counts of a whole country ask of everybody, so that they are read from the index alone.
            models.Index(fields=["organization", "gender", "official_on", "exempt_since"], name="member_by_marks", condition=Q(is_active=True)),
            models.Index(fields=["admitted_on"], name="member_by_admission"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(official_on=None) | Q(official_on__gte=F("admitted_on")),
                name="official_after_admission",
                violation_error_message="Ngày chính thức phải sau ngày vào Đảng.",
            ),
            models.CheckConstraint(
                condition=(Q(standing="official") & ~Q(official_on=None)) | (Q(standing="probationary") & Q(official_on=None)),
                name="official_members_have_the_day",
                violation_error_message="Đảng viên chính thức phải có ngày chính thức; đảng viên dự bị thì để trống.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return reverse("organizations:member", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(self.full_name)[:200]
        self.sort = person_sort_key(self.full_name)[:300]
        super().save(*args, **kwargs)
