"""Templates of speeches, and the speeches composed from them."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from models_registry.models import Registration
from organizations.access import may
from organizations.letterhead import letterhead
from organizations.models import LogEntry, OrganizationKind, Right
from organizations.review import Paper, PaperQuerySet, Problem, StepRefused
from organizations.tree import root
from partyreports.documents import Document, blocks_from_json
from partyreports.periods.models import Period
from partyreports.vietnamese import date_line, fold

from .gaps import BLANK, blanks_of, gaps_of
from .provenance import check
from .tasks import print_papers
from .titles import title_doubts

BLANK_NUMBER = "\u00a0" * 6  # where the clerk writes the number by hand
EDIT = "edit_speech"
WRITING = ("compose", EDIT)


def keeps_templates(user):
    """True when `user` manages the whole portal: templates reach every body's speech."""
    top = root()
    return top is not None and may(user, Right.MANAGE, top)


class SpeechTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of them to whoever keeps them, none to anybody else."""
        return self.all() if keeps_templates(user) else self.none()

    def fitting(self, organization, *, on):
        """Templates in use for the kind that `organization` is of on a date."""
        version = organization.version(on=on)
        return self.filter(is_active=True, kinds=version.kind_id) if version else self.none()


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
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = SpeechTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu tham luận"
        verbose_name_plural = "mẫu tham luận"
        ordering = ["pattern", "name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("speeches:template", args=[self.pk])

    def snapshot(self):
        kinds = sorted(self.kinds.values_list("code", flat=True))
        words = {name: getattr(self, name) for name in ("name", "pattern", "document_type", "title", "text", "is_active", "version")}
        return words | {"kinds": kinds}

    def write(self, *, by, seen_version, kinds=None, **fields):
        """Change words or use of the template: a new version and a log line in one transaction. Raises EditConflict when somebody was faster."""
        with transaction.atomic():
            before = self.snapshot()
            moved = SpeechTemplate.objects.filter(pk=self.pk, version=seen_version).update(version=F("version") + 1, **fields)
            self.refresh_from_db()
            if not moved:
                raise EditConflict(self)
            if kinds is not None:
                self.kinds.set(kinds)
            LogEntry.write("edit_template", by=by, about=self, before=before, after=self.snapshot())

    def history(self):
        """Its log, newest first."""
        return LogEntry.objects.about(self).order_by("-pk")


class EditConflict(Exception):
    """Somebody saved in the meantime; `theirs` is the row as it stands now. Nothing was written."""

    def __init__(self, theirs):
        super().__init__("Bài vừa được người khác lưu.")
        self.theirs = theirs


class Speech(Paper):
    """The words of one body for one conference: a small document tree in which figures stay nodes."""

    WRITTEN_WITH = Right.WRITE
    WORKED_ON_WITH = (Right.WRITE, Right.REVIEW, Right.LOCK)
    READ_WITH = (Right.READ, Right.ENTER, Right.AUDIT)
    CONTENT = ("document_type", "title", "place", "day", "month", "year", "number", "blocks")

    period = models.ForeignKey(Period, models.PROTECT, related_name="speeches", verbose_name="kỳ")
    template = models.ForeignKey(SpeechTemplate, models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name="mẫu")
    registration = models.ForeignKey(Registration, models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name="mô hình")
    document_type = models.CharField("tên loại văn bản", max_length=40, default="THAM LUẬN")
    title = models.CharField("trích yếu", max_length=600)
    place = models.CharField("địa danh", max_length=80, blank=True)
    day = models.PositiveSmallIntegerField("ngày", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)])
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)])
    year = models.PositiveSmallIntegerField("năm", validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    number = models.CharField("số, ký hiệu", max_length=40, blank=True)
    blocks = models.JSONField("nội dung", default=list)
    search = models.CharField(max_length=600, editable=False, default="")

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

    def save(self, *args, **kwargs):
        self.search = fold(self.title)[:600]
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("speeches:show", args=[self.pk])

    @property
    def dated(self):
        """The day whose names and rules of layout it follows; an open day or month counts as the first."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def date_line(self):
        """The date in words, blanks where the day or the month is still open."""
        return date_line(self.day, self.month, self.year)

    @property
    def tree(self):
        """Its blocks as nodes of documents."""
        return blocks_from_json(self.blocks)

    def document(self, *, blocks=None):
        """The paper to print: letterhead of its day, kind, title and words; marked as a draft until it is approved.

        `blocks` stand in for its own words when something not yet saved is looked at.
        """
        head = letterhead(
            self.organization, on=self.dated, place=self.place, day=self.day, month=self.month, year=self.year, number=self._number_line()
        )
        return Document(
            letterhead=head,
            kind=self.document_type,
            title=self.title,
            blocks=self.tree if blocks is None else blocks,
            dated=self.dated,
            is_draft=not self.is_final,
            author=self.organization.version(on=self.dated).name,
            subject=f"Tham luận {self.period}",
        )

    def problems(self):
        """Gaps and an empty title stand in the way; blanks to fill by hand, changed figures and misnamed models are told."""
        blocks = self.tree
        found = [] if self.title.strip() else [Problem("Bài chưa có trích yếu: ghi tên bài ở mục Thông tin văn bản.", "title")]
        if BLANK.search(self.title):
            found.append(Problem("Trích yếu còn chỗ trống: ghi đủ tên bài ở mục Thông tin văn bản.", "title"))
        if not blocks:
            found.append(Problem("Bài chưa có nội dung.", "text"))
        found += gaps_of(blocks) + blanks_of(blocks)
        doubts = [*(doubt for doubt in check(self) if doubt.is_about_a_shown_figure), *title_doubts(self)]
        return found + [Problem(doubt.sentence, doubt.where, "warning") for doubt in doubts]

    def snapshot(self):
        content = {name: getattr(self, name) for name in self.CONTENT}
        about = {"period": self.period.code, "template": self.template.code if self.template else None, "registration": self.registration_id}
        return content | about | {"version": self.version}

    def written_by(self, user):
        """True when `user` writes for its body, whatever state it is in."""
        return may(user, self.WRITTEN_WITH, self.organization_id)

    def authors(self):
        """Whoever composed it, wrote on it or sent it up."""
        wrote = LogEntry.objects.about(self).filter(action__in=WRITING).values_list("actor_pk", flat=True)
        return {self.submitted_by_id, *wrote} - {None}

    def write(self, *, by, seen_version, **content):
        """Save words or facts of the paper: conditional update and log line in one transaction. What changes nothing leaves no trace.

        Raises StepRefused when it may not be written by `by` now, EditConflict when somebody saved after `seen_version`.
        """
        if (
            self.written_by(by)
            and self.is_open
            and seen_version == self.version
            and all(getattr(self, name) == value for name, value in content.items())
        ):
            return
        before = {name: getattr(self, name) for name in content if name != "blocks"}
        changes = content | ({"search": fold(content["title"])[:600]} if "title" in content else {})
        with transaction.atomic():
            try:
                self.claim(by=by, seen_version=seen_version)
            except StepRefused as refused:
                self.refresh_from_db()
                if refused.reason == "state" and self.is_open:
                    raise EditConflict(self) from refused
                raise
            type(self).objects.filter(pk=self.pk).update(**changes)
            self.refresh_from_db()
            LogEntry.write(EDIT, by=by, about=self, before=before, after=content | {"edition": self.version})

    def take(self, name, *, by, note="", seen_version=None):
        super().take(name, by=by, note=note, seen_version=seen_version)
        if name == "approve":
            transaction.on_commit(lambda: print_papers.enqueue(self.pk))

    def blocks_seen_at(self, version):
        """The blocks as they stood in `version`, from the log; the present ones when it does not tell."""
        if version == self.version:
            return self.blocks
        written = LogEntry.objects.about(self).filter(action__in=WRITING, after__edition__lte=version, after__has_key="blocks")
        entry = written.order_by("-pk").first()
        return entry.after["blocks"] if entry else self.blocks

    def _number_line(self):
        """ "Số:      /BC-MT" while the number is open, "Số: 12/BC-MT" when it is known, nothing on papers without one."""
        if not self.number:
            return ""
        return f"Số: {BLANK_NUMBER}{self.number}" if self.number.startswith("/") else f"Số: {self.number}"
