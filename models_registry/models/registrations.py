"""Registrations of working models: mô hình mới, cách làm sáng tạo."""

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from organizations.citing import CITED_IN, Citing
from organizations.models import LogEntry, Reference, Right
from organizations.review import Paper, PaperQuerySet, Problem, StepRefused
from partyreports.periods.models import Period
from partyreports.vietnamese import fold, screen_date

from ..similar_titles import bands_of
from .titles import TitleBand

PARTS = ("situation", "scope", "method", "novelty", "expected", "results", "limits", "next_steps")
WRITING = ("create", "write")  # log lines that make someone an author


class RegistrationQuerySet(PaperQuerySet):
    def of(self, period):
        return self.filter(periods=period)


class Registration(Paper):
    """A working model that one body registers for one or more years, under one official title."""

    CONSEQUENCES = {"approve": "Mô hình được dùng trong tham luận của tổ chức."}
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
    periods = models.ManyToManyField(Period, through="models_registry.ModelYear", related_name="registrations", verbose_name="đăng ký cho năm")
    basis = models.ManyToManyField(Reference, blank=True, related_name="registrations", verbose_name="văn bản làm căn cứ")
    launched_on = models.DateField("ngày ra mắt", null=True, blank=True)
    working_group_size = models.PositiveSmallIntegerField(
        "số thành viên Tổ công tác",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "Nhập số thành viên từ 1 trở lên, hoặc để trống.")],
    )
    situation = models.TextField("thực trạng", blank=True)
    scope = models.TextField("phạm vi, đối tượng", blank=True)
    method = models.TextField("cách thức thực hiện", blank=True)
    novelty = models.TextField("tính mới", blank=True)
    expected = models.TextField("kết quả dự kiến", blank=True)
    results = models.TextField("kết quả", blank=True)
    limits = models.TextField("hạn chế", blank=True)
    next_steps = models.TextField("hướng tới", blank=True)
    search = models.CharField(max_length=500, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta(Paper.Meta):
        verbose_name = "đăng ký mô hình"
        verbose_name_plural = "đăng ký mô hình"
        ordering = ["-pk"]
        constraints = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                condition=Q(working_group_size=None) | Q(working_group_size__gte=1),
                name="a_working_group_has_members",
                violation_error_message="Nhập số thành viên từ 1 trở lên, hoặc để trống.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("models_registry:show", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(self.title)[:500]
        is_titled = self._state.adding or "title" in (kwargs.get("update_fields") or ("title",))
        super().save(*args, **kwargs)
        if is_titled:
            self.bands.all().delete()
            TitleBand.objects.bulk_create(TitleBand(registration=self, band=band) for band in bands_of(self.title))

    # What it tells about itself -------------------------------------------------------------------------------------

    def problems(self):
        """A title, a year, what was wrong and how it is done are needed; the rest is asked for, and days are held against each other."""
        needed = {"situation": "Ghi thực trạng trước khi có mô hình.", "method": "Ghi cách thức thực hiện."}
        wished = {"novelty": "Chưa ghi tính mới của mô hình.", "results": "Chưa ghi kết quả: bổ sung trước khi soạn tham luận."}
        found = [] if self.title.strip() else [Problem("Ghi tên chính thức của mô hình.", "title")]
        years = sorted(period.year for period in self.periods.all())
        if not years:
            found.append(Problem("Chọn ít nhất một năm đăng ký.", "periods"))
        found += [Problem(sentence, name) for name, sentence in needed.items() if not getattr(self, name).strip()]
        found += [Problem(sentence, name, "warning") for name, sentence in wished.items() if not getattr(self, name).strip()]
        basis = list(self.basis.all())
        if not basis:
            found.append(Problem("Chưa chọn văn bản làm căn cứ.", "basis", "warning"))
        if self.launched_on:
            if years and self.launched_on.year not in years:
                found.append(Problem(f"Ngày ra mắt {screen_date(self.launched_on)} nằm ngoài các năm đăng ký.", "launched_on", "warning"))
            for reference in basis:
                if reference.issued_on and reference.issued_on > self.launched_on:
                    sentence = f"{reference.kind} {reference.sign} ban hành sau ngày ra mắt: kiểm tra hai ngày."
                    found.append(Problem(sentence, "basis", "warning"))
        return found

    def content(self):
        """dict: all that is written, as JSON values; years and cited documents in words."""
        plain = {name: getattr(self, name) for name in ("title", "field", "working_group_size", *PARTS)}
        return plain | {
            "launched_on": self.launched_on.isoformat() if self.launched_on else None,
            "years": [period.code for period in self.periods.order_by("starts_on")],
            "basis": [reference.citation for reference in self.basis.order_by("issued_on", "pk")],
        }

    def snapshot(self):
        return self.content() | {"version": self.version}

    def authors(self):
        """Whoever registered it, wrote on it or sent it up."""
        wrote = LogEntry.objects.about(self).filter(action__in=WRITING).order_by().values_list("actor_pk", flat=True)
        return {self.submitted_by_id, *wrote} - {None}

    def begun_years(self):
        """Its years in which something has been written: they are not dropped."""
        return self.years.filter(stages__isnull=False).select_related("period").distinct()

    # Writing --------------------------------------------------------------------------------------------------------

    def write(self, *, by, seen_version, periods, basis, **facts):
        """Write its content over the version that `by` has seen, with a log line, in one transaction.

        Raises StepRefused when `by` may not write on it now, or somebody has written since: then nothing is overwritten.
        """
        with transaction.atomic():
            before = type(self).objects.get(pk=self.pk).content()
            self.claim(by=by, seen_version=seen_version)
            if self.begun_years().exclude(period__in=periods).exists():
                raise StepRefused("Năm đã ghi tình trạng thực hiện thì không bỏ được.", reason="state")
            for name, value in facts.items():
                setattr(self, name, value)
            self.search = fold(self.title)[:500]
            self.save(update_fields=[*facts, "search"])
            self.periods.set(periods)
            self.basis.set(basis)
            LogEntry.write("write", by=by, about=self, before=before, after=self.content() | {"version": self.version})


def cited(reference, user):
    """Registrations within reach of `user` that stand on a document."""
    found = Registration.objects.visible_to(user).filter(basis=reference).order_by("pk")
    return [Citing("Đăng ký mô hình", registration.title, registration.get_absolute_url()) for registration in found]


CITED_IN.append(cited)
