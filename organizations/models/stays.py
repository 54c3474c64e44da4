"""Where a member takes part, from which day up to which: the roster of any body on any date, and every movement, are read from these rows."""

from django.db import models
from django.db.models import F, Q

from .members import Member
from .movements import StayQuerySet
from .organization import Organization


class Stay(models.Model):
    """One member in one chi bộ from the day `since` up to, not including, the day `until`; None while he is there."""

    class Arrival(models.TextChoices):
        LISTED = "listed", "có tên khi lập sổ"
        ADMITTED = "admitted", "kết nạp"
        FROM_PROVINCE = "from_province", "chuyển đến từ trong tỉnh"
        FROM_OUTSIDE = "from_outside", "chuyển đến từ ngoài tỉnh"
        RESTORED = "restored", "phục hồi đảng tịch"
        REORGANIZED = "reorganized", "chuyển đến do sắp xếp tổ chức"
        TEMPORARY = "temporary", "đến sinh hoạt tạm thời"

    class Departure(models.TextChoices):
        DIED = "died", "từ trần"
        EXPELLED = "expelled", "khai trừ"
        STRUCK = "struck", "xóa tên"
        RESIGNED = "resigned", "xin ra khỏi Đảng"
        TO_PROVINCE = "to_province", "chuyển đi trong tỉnh"
        TO_OUTSIDE = "to_outside", "chuyển đi ngoài tỉnh"
        REORGANIZED = "reorganized", "chuyển đi do sắp xếp tổ chức"
        RETURNED = "returned", "hết thời gian sinh hoạt tạm thời"

    member = models.ForeignKey(Member, models.CASCADE, related_name="stays", verbose_name="đảng viên")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="stays", verbose_name="chi bộ")
    since = models.DateField("từ ngày")
    until = models.DateField("thôi sinh hoạt từ ngày", null=True, blank=True)
    arrived_by = models.CharField("lý do đến", max_length=13, choices=Arrival, default=Arrival.LISTED)
    left_by = models.CharField("lý do đi", max_length=13, choices=Departure, blank=True)
    came_from = models.CharField("nơi đến từ", max_length=200, blank=True)
    went_to = models.CharField("nơi chuyển đến", max_length=200, blank=True)
    arrival_basis = models.CharField("căn cứ khi đến", max_length=120, blank=True)
    departure_basis = models.CharField("căn cứ khi đi", max_length=120, blank=True)
    is_temporary = models.BooleanField("sinh hoạt tạm thời", default=False)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = "thời gian sinh hoạt"
        verbose_name_plural = "thời gian sinh hoạt"
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["organization", "since", "until"], name="stay_by_body_and_day", condition=Q(is_temporary=False)),
            models.Index(fields=["since", "id"], name="stay_by_arrival", condition=Q(is_temporary=False)),
            models.Index(fields=["until", "id"], name="stay_by_departure", condition=Q(is_temporary=False, until__isnull=False)),
            # Few leave the Party, and each of them is asked for wherever years in it are counted.
            models.Index(fields=["member"], name="stay_of_who_left_the_party", condition=Q(left_by__in=["expelled", "struck", "resigned"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(until=None, is_temporary=False),
                name="one_chi_bo_at_a_time",
                violation_error_message="Đảng viên này đang sinh hoạt ở một chi bộ: ghi chuyển đi trước khi ghi chuyển đến.",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="stay_ends_after_it_begins",
                violation_error_message="Ngày thôi sinh hoạt phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(until=None, left_by="") | (~Q(until=None) & ~Q(left_by="")),
                name="whoever_left_left_for_a_reason",
                violation_error_message="Ghi cả ngày và lý do thôi sinh hoạt, hoặc để trống cả hai.",
            ),
        ]

    def __str__(self):
        return f"{self.member} – {self.organization}"
