"""How often a body must meet the people, as rows: the planned days follow from them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from organizations.citing import CITED_IN, Citing
from organizations.models import Organization, OrganizationKind, Reference
from organizations.models.accounts import reach
from organizations.models.members import REGISTERS_SEEN_WITH, RegisterQuerySet
from organizations.models.paths import steps

from .dialogues import Dialogue, Village

WEEKDAYS = {1: "thứ hai", 2: "thứ ba", 3: "thứ tư", 4: "thứ năm", 5: "thứ sáu", 6: "thứ bảy", 7: "chủ nhật"}
TIMES = {1: "đầu tiên trong tháng", 2: "lần thứ hai trong tháng", 3: "lần thứ ba trong tháng", 4: "lần thứ tư trong tháng", -1: "cuối tháng"}


class NormQuerySet(RegisterQuerySet):
    def visible_to(self, user):
        """Norms of the bodies he keeps registers of, and those that bodies above lay on such bodies."""
        held = user.held if user.is_authenticated else {}
        above = {key for right in REGISTERS_SEEN_WITH for path in held.get(right, ()) for key in steps(path)[:-1]}
        laid_on_others = self.model.kinds.through.objects.values("dialoguenorm")
        return self.filter(Q(organization__in=reach(user, *REGISTERS_SEEN_WITH)) | Q(organization__in=above, pk__in=laid_on_others))

    def in_force(self, since, until):
        """Those that hold on some day from `since` to `until`, both included."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=since), valid_from__lte=until)


class DialogueNorm(models.Model):
    """A rule a body has to keep from a day on: at least so many a quarter, or on a fixed weekday of every month, village by village."""

    class Cadence(models.TextChoices):
        QUARTERLY = "quarterly", "ít nhất mỗi quý một lần"
        MONTHLY = "monthly", "mỗi tháng một lần"
        MONTHLY_WEEKDAY = "monthly_weekday", "một ngày thứ cố định mỗi tháng"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="dialogue_norms", verbose_name="tổ chức phải thực hiện")
    cadence = models.CharField("nhịp", max_length=15, choices=Cadence)
    weekday = models.PositiveSmallIntegerField("thứ", null=True, blank=True, choices=WEEKDAYS)
    nth = models.SmallIntegerField("lần trong tháng", null=True, blank=True, choices=TIMES)
    rotates = models.BooleanField("xoay vòng các thôn", default=False)
    kinds = models.ManyToManyField(OrganizationKind, blank=True, related_name="+", verbose_name="áp dụng cả cho tổ chức trực thuộc thuộc loại hình")
    basis = models.ForeignKey(Reference, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="căn cứ")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", null=True, blank=True)

    objects = NormQuerySet.as_manager()

    class Meta:
        verbose_name = "định mức đối thoại"
        verbose_name_plural = "định mức đối thoại"
        ordering = ["organization", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="norm_ends_after_it_begins",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(cadence="monthly_weekday", weekday__isnull=False, nth__isnull=False, weekday__range=(1, 7), nth__in=[-1, 1, 2, 3, 4])
                | (~Q(cadence="monthly_weekday") & Q(weekday=None, nth=None)),
                name="norm_of_a_weekday_says_which",
                violation_error_message="Chọn thứ mấy và lần thứ mấy trong tháng.",
            ),
        ]

    def __str__(self):
        return self.rule

    def get_absolute_url(self):
        return reverse("activities:norm", args=[self.pk])

    @property
    def is_by_weekday(self):
        return self.cadence == self.Cadence.MONTHLY_WEEKDAY

    @property
    def stretch(self):
        """What its year falls into, in a word: "quý" or "tháng"."""
        return "quý" if self.cadence == self.Cadence.QUARTERLY else "tháng"

    @property
    def rule(self):
        """What the norm asks, in words: "thứ sáu cuối tháng, xoay vòng các thôn"."""
        words = f"{WEEKDAYS[self.weekday]} {TIMES[self.nth]}" if self.is_by_weekday else self.get_cadence_display()
        return f"{words}, xoay vòng các thôn" if self.rotates else words


class PlannedDialogue(models.Model):
    """A day on which a dialogue is to keep a norm; what was held on a fixed weekday is linked to it."""

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
        return f"đối thoại dự kiến ngày {self.planned_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return f"{self.norm.get_absolute_url()}?nam={self.planned_on.year}"

    def link(self, dialogue):
        """Note that `dialogue` was held in place of this plan; the line of the log is the dialogue's own. A stretch is kept without a link."""
        self.dialogue, self.note = dialogue if self.norm.is_by_weekday else None, ""
        self.save(update_fields=["dialogue", "note"])

    @property
    def is_postponed(self):
        return bool(self.note) and self.dialogue_id is None


def cited(reference, user):
    """Norms within reach of `user` that stand on a document."""
    found = DialogueNorm.objects.visible_to(user).filter(basis=reference).order_by("pk")
    return [Citing("Định mức đối thoại", norm.rule, norm.get_absolute_url()) for norm in found]


CITED_IN.append(cited)
