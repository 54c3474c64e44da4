"""The catalogue of indicators: what is asked, in which unit, and how it adds up the tree."""

from django.db import models
from django.db.models import Q

from organizations.telling import PLACES, Place
from partyreports.metrics.sensitive import is_sensitive


class Indicator(models.Model):
    """One thing that is counted or computed; a breakdown (nữ, nông thôn …) is an indicator of its own that belongs to a whole."""

    class Kind(models.TextChoices):
        COUNT = "count", "số đếm"
        MONEY = "money", "số tiền"
        MEASURE = "measure", "số đo"  # a duration, a frequency: typed, never added
        RATIO = "ratio", "tỷ lệ tính từ hai chỉ tiêu"
        TARGET_RATIO = "target_ratio", "tỷ lệ so với chỉ tiêu giao"
        AVERAGE = "average", "bình quân tính từ hai chỉ tiêu"
        QUOTED = "quoted", "tỷ lệ trích dẫn"  # published by another office, whose two numbers the body does not hold

    class Adds(models.TextChoices):
        SUM = "sum", "cộng dồn từ dưới lên"
        NONE = "none", "không cộng"
        RATIO = "ratio", "tính lại ở mỗi cấp từ tử số và mẫu số"

    class Part(models.TextChoices):
        PARTITION = "partition", "các phần cộng lại bằng tổng"
        OVERLAP = "overlap", "trong đó, các nhóm có thể trùng nhau"

    COMPUTED = (Kind.RATIO, Kind.TARGET_RATIO, Kind.AVERAGE)

    code = models.SlugField("mã", max_length=60)
    breakdown = models.SlugField("phân tổ", max_length=60, blank=True)
    name = models.CharField("tên chỉ tiêu", max_length=200)
    unit = models.CharField("đơn vị tính", max_length=40)
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.COUNT)
    adds = models.CharField("cách cộng", max_length=6, choices=Adds, default=Adds.SUM)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    order = models.PositiveIntegerField("thứ tự", default=0)
    numerator = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tử số")
    denominator = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="mẫu số")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="thuộc tổng")
    part_kind = models.CharField("quan hệ với tổng", max_length=10, choices=Part, blank=True)
    rule = models.CharField("quy tắc", max_length=500, blank=True)
    how_to_count = models.TextField("cách đếm", blank=True)
    example = models.TextField("ví dụ", blank=True)
    mistake = models.TextField("nhầm lẫn thường gặp", blank=True)
    source = models.CharField("căn cứ, nguồn", max_length=300, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "breakdown"],
                name="one_indicator_a_code_and_breakdown",
                violation_error_message="Đã có chỉ tiêu với mã và phân tổ này.",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=["ratio", "average"], numerator__isnull=False, denominator__isnull=False))
                | Q(kind="target_ratio", numerator__isnull=False, denominator=None)
                | (~Q(kind__in=["ratio", "average", "target_ratio"]) & Q(numerator=None, denominator=None)),
                name="computed_indicators_name_what_they_divide",
                violation_error_message="Tỷ lệ và bình quân phải có tử số, mẫu số; chỉ tiêu nhập tay thì không.",
            ),
            models.CheckConstraint(
                condition=Q(part_of=None, part_kind="") | (Q(part_of__isnull=False) & ~Q(part_kind="")),
                name="parts_say_how_they_belong",
                violation_error_message="Chọn quan hệ với tổng khi chỉ tiêu thuộc một tổng.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def key(self):
        """members_admitted:rural, or members_admitted: how figures are named in rules, templates, cells and documents."""
        return f"{self.code}:{self.breakdown}" if self.breakdown else self.code

    @property
    def is_computed(self):
        return self.kind in self.COMPUTED

    @property
    def is_percent(self):
        return self.kind in (self.Kind.RATIO, self.Kind.TARGET_RATIO, self.Kind.QUOTED)

    @property
    def has_help(self):
        return any((self.how_to_count, self.example, self.mistake, self.rule))


def places(keys):
    """dict: key → Place of each indicator among `keys`, for the log: by the name it has today. One query."""
    codes = {key.partition(":")[0] for key in keys}
    found = Indicator.objects.filter(code__in=codes).select_related("numerator", "denominator")
    return {row.key: Place(row.name, is_private=is_sensitive(row)) for row in found if row.key in keys}


PLACES.append(places)
