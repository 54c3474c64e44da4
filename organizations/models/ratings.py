"""How members are classified for a year, and the ceiling of the highest level."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from partyreports.vietnamese import number

from .members import Member, RegisterQuerySet
from .organization import Organization


class MemberRating(models.Model):
    """The level of one member for one year, in the chi bộ that classified him."""

    class Level(models.TextChoices):
        EXCELLENT = "excellent", "hoàn thành xuất sắc nhiệm vụ"
        GOOD = "good", "hoàn thành tốt nhiệm vụ"
        DONE = "done", "hoàn thành nhiệm vụ"
        NOT_DONE = "not_done", "không hoàn thành nhiệm vụ"
        NOT_RATED = "not_rated", "chưa xếp loại"
        EXEMPT = "exempt", "miễn xếp loại"

    member = models.ForeignKey(Member, models.CASCADE, related_name="ratings", verbose_name="đảng viên")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="member_ratings", verbose_name="chi bộ")
    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("mức xếp loại", max_length=9, choices=Level)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại đảng viên"
        verbose_name_plural = "xếp loại đảng viên"
        indexes = [models.Index(fields=["organization", "year"], name="rating_by_body_and_year")]
        constraints = [models.UniqueConstraint(fields=["member", "year"], name="one_rating_a_year")]

    def __str__(self):
        return f"{self.member} {self.year}: {self.get_level_display()}"


class RatingCap(models.Model):
    """How many may reach the highest level in a year: a share of a base, rounded."""

    class Base(models.TextChoices):
        GOOD = "good", "số đảng viên hoàn thành tốt nhiệm vụ"
        GOOD_AND_ABOVE = "good_and_above", "số đảng viên hoàn thành tốt nhiệm vụ trở lên"
        RATED = "rated", "số đảng viên được xếp loại"

    class Rounding(models.TextChoices):
        DOWN = "down", "làm tròn xuống"
        HALF_UP = "half_up", "làm tròn số học"

    year = models.PositiveSmallIntegerField("năm", unique=True)
    rate = models.DecimalField(
        "tỷ lệ tối đa (%)",
        max_digits=5,
        decimal_places=2,
        default=Decimal(20),
        validators=[MinValueValidator(0, "Nhập tỷ lệ từ 0 đến 100."), MaxValueValidator(100, "Nhập tỷ lệ từ 0 đến 100.")],
    )
    base = models.CharField("tính trên", max_length=14, choices=Base, default=Base.GOOD)
    rounding = models.CharField("cách làm tròn", max_length=7, choices=Rounding, default=Rounding.DOWN)
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "giới hạn xếp loại xuất sắc"
        verbose_name_plural = "giới hạn xếp loại xuất sắc"
        ordering = ["-year"]

    def __str__(self):
        return f"{self.year}: {self.percent}%"

    @property
    def percent(self):
        """20 · 17,5"""
        return number(self.rate.normalize())

    @property
    def hundredths(self):
        """The rate in whole hundredths of a percent: what the page reckons with while one chooses."""
        return int(self.rate * 100)
