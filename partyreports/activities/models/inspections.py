"""Inspections and supervisions, what the year's programme planned, and discipline carried out: counts by body, never a name."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from organizations.access import Right, reach
from organizations.models import Organization
from organizations.models.members import RegisterQuerySet
from organizations.telling import PLACES, Place
from partyreports.vietnamese import fold, screen_date

from .events import Event, EventQuerySet


class Doer(models.TextChoices):
    COMMITTEE = "committee", "cấp ủy"
    COMMISSION = "inspection_commission", "ủy ban kiểm tra"
    CELL = "cell", "chi bộ"
    ADVISORY = "advisory", "cơ quan tham mưu"


class Inspection(Event):
    """One inspection or supervision: who made it, of what kind, of how many organisations and members, with what outcome.

    A cuộc is counted in the year in which it began.
    """

    DAY = "started_on"

    class Kind(models.TextChoices):
        PROGRAMME = "programme", "kiểm tra theo chương trình"
        VIOLATION = "violation", "kiểm tra khi có dấu hiệu vi phạm"
        DUTIES = "duties", "kiểm tra tổ chức đảng cấp dưới về công tác kiểm tra, giám sát, kỷ luật"
        FINANCE = "finance", "kiểm tra tài chính đảng"
        SUPERVISION = "supervision", "giám sát chuyên đề"
        STANDING = "standing", "giám sát thường xuyên"
        DENUNCIATION = "denunciation", "giải quyết tố cáo"
        COMPLAINT = "complaint", "giải quyết khiếu nại kỷ luật"
        ASSETS = "assets", "kiểm soát tài sản, thu nhập"

    INSPECTIONS = (Kind.PROGRAMME, Kind.VIOLATION, Kind.DUTIES, Kind.FINANCE)
    SUPERVISIONS = (Kind.SUPERVISION, Kind.STANDING)
    COUNTS = ("cells", "organisations", "members", "committee_members")
    OUTCOMES = (
        "violating_organisations",
        "to_discipline_organisations",
        "disciplined_organisations",
        "violating_members",
        "to_discipline_members",
        "disciplined_members",
    )

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="inspections", verbose_name="tổ chức tiến hành")
    doer = models.CharField("chủ thể", max_length=21, choices=Doer)
    kind = models.CharField("loại", max_length=12, choices=Kind)
    subject = models.CharField("nội dung", max_length=300, blank=True)
    started_on = models.DateField("ngày bắt đầu")
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    in_programme = models.BooleanField("theo chương trình năm", default=True)
    cells = models.PositiveIntegerField("số chi bộ", default=0)
    organisations = models.PositiveIntegerField("số tổ chức đảng khác", default=0)
    members = models.PositiveIntegerField("số đảng viên", default=0)
    committee_members = models.PositiveIntegerField("trong đó cấp ủy viên", default=0)
    violating_organisations = models.PositiveIntegerField("tổ chức có vi phạm, khuyết điểm", default=0)
    to_discipline_organisations = models.PositiveIntegerField("tổ chức phải thi hành kỷ luật", default=0)
    disciplined_organisations = models.PositiveIntegerField("tổ chức đã thi hành kỷ luật", default=0)
    violating_members = models.PositiveIntegerField("đảng viên có vi phạm", default=0)
    to_discipline_members = models.PositiveIntegerField("đảng viên phải thi hành kỷ luật", default=0)
    disciplined_members = models.PositiveIntegerField("đảng viên đã thi hành kỷ luật", default=0)
    conclusion_number = models.CharField("số thông báo kết luận", max_length=60, blank=True)
    search = models.CharField(max_length=700, editable=False)

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        verbose_name_plural = "cuộc kiểm tra, giám sát"
        ordering = ["-started_on", "-pk"]
        indexes = [models.Index(fields=["organization", "started_on"], name="inspection_by_body_and_day")]
        constraints = [
            *Event.Meta.constraints,
            models.CheckConstraint(
                condition=Q(committee_members__lte=F("members")),
                name="committee_members_are_members",
                violation_error_message="Số cấp ủy viên không thể nhiều hơn số đảng viên.",
            ),
            models.CheckConstraint(
                condition=Q(violating_members__lte=F("members"))
                & Q(to_discipline_members__lte=F("violating_members"))
                & Q(disciplined_members__lte=F("to_discipline_members")),
                name="outcomes_narrow_down",
                violation_error_message="Đã kỷ luật ≤ phải kỷ luật ≤ có vi phạm ≤ được kiểm tra: xem lại bốn số đảng viên.",
            ),
            models.CheckConstraint(
                condition=Q(violating_organisations__lte=F("cells") + F("organisations"))
                & Q(to_discipline_organisations__lte=F("violating_organisations"))
                & Q(disciplined_organisations__lte=F("to_discipline_organisations")),
                name="outcomes_of_organisations_narrow_down",
                violation_error_message="Đã kỷ luật ≤ phải kỷ luật ≤ có vi phạm ≤ được kiểm tra: xem lại bốn số tổ chức.",
            ),
            models.CheckConstraint(
                condition=Q(concluded_on=None) | Q(concluded_on__gte=F("started_on")),
                name="concluded_after_it_started",
                violation_error_message="Ngày kết luận không thể trước ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.subject or self.get_kind_display()

    def get_absolute_url(self):
        return reverse("activities:inspection", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(f"{self.get_kind_display()} {self.get_doer_display()} {self.subject} {self.conclusion_number}")[:700]
        super().save(*args, **kwargs)

    @property
    def is_supervision(self):
        return self.kind in self.SUPERVISIONS

    @property
    def is_concluded(self):
        return self.concluded_on is not None

    @property
    def has_outcomes(self):
        return any(getattr(self, name) for name in self.OUTCOMES)


class InspectionPlan(models.Model):
    """How many inspections and supervisions the programme of a year foresees, by who makes them and of what kind."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="inspection_plans", verbose_name="tổ chức")
    year = models.PositiveSmallIntegerField("năm")
    doer = models.CharField("chủ thể", max_length=21, choices=Doer)
    kind = models.CharField("loại", max_length=12, choices=Inspection.Kind)
    planned = models.PositiveSmallIntegerField("số cuộc theo chương trình")

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình kiểm tra, giám sát"
        verbose_name_plural = "chương trình kiểm tra, giám sát"
        ordering = ["year", "doer", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "doer", "kind"], name="planned_once_a_year"),
            models.CheckConstraint(condition=Q(planned__gte=1), name="planned_from_one"),
        ]

    def __str__(self):
        return f"{self.year}: {self.get_doer_display()}, {self.get_kind_display()}"


class DisciplineQuerySet(EventQuerySet):
    def visible_to(self, user):
        """Rows for the reporting line alone: one of them may tell of one known person."""
        return self.filter(organization__in=reach(user, *Discipline.SEEN_WITH))

    def counted_for(self, user):
        """Rows that `user` may know the large totals of, and nothing more: those he audits outside his reporting line."""
        return self.filter(organization__in=reach(user, Right.AUDIT)).exclude(organization__in=reach(user, *Discipline.SEEN_WITH))


class Discipline(Event):
    """Discipline carried out on one day by one authority: the form, on how many members or organisations."""

    DAY = "decided_on"

    class Form(models.TextChoices):
        REPRIMAND = "reprimand", "khiển trách"
        WARNING = "warning", "cảnh cáo"
        REMOVAL = "removal", "cách chức"
        EXPULSION = "expulsion", "khai trừ"
        DISSOLUTION = "dissolution", "giải tán"

    class Target(models.TextChoices):
        MEMBER = "member", "đảng viên chính thức"
        PROBATIONARY = "probationary", "đảng viên dự bị"
        ORGANISATION = "organisation", "tổ chức đảng"

    SEEN_WITH = (Right.WRITE, Right.ENTER, Right.REVIEW)
    AUTHORITIES = (Doer.COMMITTEE, Doer.COMMISSION, Doer.CELL)
    ALLOWED = {
        Target.MEMBER: (Form.REPRIMAND, Form.WARNING, Form.REMOVAL, Form.EXPULSION),
        Target.PROBATIONARY: (Form.REPRIMAND, Form.WARNING),
        Target.ORGANISATION: (Form.REPRIMAND, Form.WARNING, Form.DISSOLUTION),
    }

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="disciplines", verbose_name="tổ chức")
    decided_on = models.DateField("ngày quyết định")
    authority = models.CharField("cấp thi hành", max_length=21, choices=[(doer.value, doer.label) for doer in AUTHORITIES])
    target = models.CharField("đối tượng", max_length=12, choices=Target)
    form = models.CharField("hình thức", max_length=11, choices=Form)
    count = models.PositiveSmallIntegerField("số lượng", default=1)
    committee_members = models.PositiveSmallIntegerField("trong đó cấp ủy viên", default=0)

    objects = DisciplineQuerySet.as_manager()

    class Meta:
        verbose_name = "thi hành kỷ luật"
        verbose_name_plural = "thi hành kỷ luật"
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["organization", "decided_on"], name="discipline_by_body_and_day")]
        constraints = [
            *Event.Meta.constraints,
            models.CheckConstraint(condition=Q(count__gte=1), name="discipline_counts_from_one", violation_error_message="Nhập số từ 1 trở lên."),
            models.CheckConstraint(
                condition=Q(committee_members__lte=F("count")),
                name="disciplined_committee_members_are_counted",
                violation_error_message="Số cấp ủy viên không thể nhiều hơn số bị kỷ luật.",
            ),
            models.CheckConstraint(
                condition=Q(target="member", form__in=["reprimand", "warning", "removal", "expulsion"])
                | Q(target="probationary", form__in=["reprimand", "warning"])
                | Q(target="organisation", form__in=["reprimand", "warning", "dissolution"], committee_members=0),
                name="discipline_of_a_form_its_target_can_have",
                violation_error_message="Hình thức này không áp dụng cho đối tượng này.",
            ),
        ]

    def __str__(self):
        return f"thi hành kỷ luật ngày {screen_date(self.decided_on)}"  # neither form nor number: the log is read beyond the reporting line

    def get_absolute_url(self):
        return reverse("activities:discipline", args=[self.pk])


PLACE_OF_OUTCOMES = "kết quả, kỷ luật"  # what a line of the log names when it tells numbers that one known person may stand behind


def places(keys):
    return {PLACE_OF_OUTCOMES: Place(PLACE_OF_OUTCOMES, is_private=True)} if PLACE_OF_OUTCOMES in keys else {}


PLACES.append(places)
