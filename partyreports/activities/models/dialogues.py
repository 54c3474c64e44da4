"""Dialogues of leaders with the people: counts and subjects, never who spoke."""

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from organizations.models import LogEntry, Organization
from organizations.models.members import RegisterQuerySet
from partyreports.vietnamese import fold, sort_key

from .events import Event, EventQuerySet


class VillageQuerySet(RegisterQuerySet):
    def used(self, *, on=None):
        """Those that exist on the day (today when None)."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on or timezone.localdate()))


class Village(models.Model):
    """A thôn or tổ dân phố of a commune: where dialogues are held in turn."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="villages", verbose_name="đảng ủy xã")
    name = models.CharField("tên thôn, tổ dân phố", max_length=120)
    ended_on = models.DateField("thôi dùng từ ngày", null=True, blank=True)
    sort = models.CharField(max_length=600, editable=False)

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = "thôn, tổ dân phố"
        verbose_name_plural = "thôn, tổ dân phố"
        ordering = ["sort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], name="one_village_of_a_name", violation_error_message="Thôn này đã có trong danh sách."
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort = sort_key(self.name)[:600]
        super().save(*args, **kwargs)


class Subject(models.Model):
    """A subject that people raise: a row of a list the administrator keeps."""

    name = models.CharField("nội dung", max_length=120, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_used = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "nội dung đối thoại"
        verbose_name_plural = "nội dung đối thoại"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class DialogueQuerySet(EventQuerySet):
    def counted(self):
        """Dialogues as figures and norms count them. Meetings on a plan of merging are told apart: people are informed, not heard in turn."""
        return self.standing().exclude(kind=Dialogue.Kind.MERGER)


class Dialogue(Event):
    """One meeting: when, where, who chaired by post, how many came and spoke."""

    DAY = "held_on"

    class Level(models.TextChoices):
        DISTRICT = "district", "cấp huyện"
        COMMUNE = "commune", "cấp xã"
        CELL = "cell", "thôn, chi bộ"

    class Kind(models.TextChoices):
        REGULAR = "regular", "định kỳ"
        EXTRAORDINARY = "extraordinary", "đột xuất"
        THEMATIC = "thematic", "theo chuyên đề"
        MERGER = "merger", "gặp mặt về phương án sáp nhập"

    class Qualifier(models.TextChoices):
        EXACT = "", "đúng"
        OVER = "over", "hơn"
        ABOUT = "about", "khoảng"
        NEARLY = "nearly", "gần"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="dialogues", verbose_name="tổ chức chủ trì")
    held_on = models.DateField("ngày tổ chức")
    level = models.CharField("cấp", max_length=8, choices=Level, default=Level.COMMUNE)
    kind = models.CharField("hình thức", max_length=13, choices=Kind, default=Kind.REGULAR)
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="dialogues", verbose_name="thôn")
    place = models.CharField("địa điểm", max_length=160, blank=True)
    chair_post = models.CharField("chức vụ người chủ trì", max_length=120)
    people = models.PositiveIntegerField("lượt người dân dự", default=0)
    officials = models.PositiveIntegerField("lượt cán bộ dự", default=0)
    qualifier = models.CharField("từ chỉ mức độ của lượt dự", max_length=6, choices=Qualifier, blank=True, default="")
    opinions = models.PositiveIntegerField("lượt ý kiến", default=0)
    opinions_qualifier = models.CharField("từ chỉ mức độ của lượt ý kiến", max_length=6, choices=Qualifier, blank=True, default="")
    subjects = models.ManyToManyField(Subject, blank=True, related_name="dialogues", verbose_name="nội dung nêu ra")
    minutes_number = models.CharField("số biên bản", max_length=60, blank=True)
    minutes_on = models.DateField("ngày biên bản", null=True, blank=True)
    search = models.CharField(max_length=500, editable=False)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị đối thoại"
        verbose_name_plural = "hội nghị đối thoại"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["organization", "held_on"], name="dialogue_by_body_and_day")]
        constraints = [
            *Event.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opinions__lte=F("people") + F("officials")),
                name="nobody_speaks_who_did_not_come",
                violation_error_message="Lượt ý kiến không thể nhiều hơn lượt người dự.",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} ngày {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("activities:dialogue", args=[self.pk])

    def save(self, *args, **kwargs):
        self.search = fold(f"{self.village or ''} {self.place} {self.chair_post} {self.minutes_number}")[:500]
        super().save(*args, **kwargs)

    @property
    def participants(self):
        return self.people + self.officials

    @property
    def open_petitions(self):
        """How many petitions are not solved yet. For rows read with their petitions."""
        return sum(petition.count for petition in self.petitions.all() if petition.state != Petition.State.SOLVED)

    @property
    def petition_count(self):
        return sum(petition.count for petition in self.petitions.all())

    def withdraw(self, *, by, reason):
        """Take the meeting out of every count; a planned day that it stood for is open again."""
        with transaction.atomic():
            super().withdraw(by=by, reason=reason)
            if plan := getattr(self, "planned", None):
                plan.dialogue = None
                plan.save(update_fields=["dialogue"])

    @property
    def where(self):
        """The village, else the place in words, "" when neither is known. The village must have been read with the row."""
        return str(self.village) if self.village_id else self.place


class PetitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(dialogue__in=Dialogue.objects.visible_to(user))


class Petition(models.Model):
    """Requests of one meeting that concern one subject, belong to one authority and stand in one state: a number, never a person."""

    class State(models.TextChoices):
        SOLVED = "solved", "đã giải quyết"
        UNDER_WAY = "under_way", "đang giải quyết"
        OPEN = "open", "chưa giải quyết"

    class Authority(models.TextChoices):
        COMMUNE = "commune", "cấp xã"
        DISTRICT = "district", "cấp huyện"
        PROVINCE = "province", "cấp tỉnh"
        CENTRE = "centre", "trung ương"

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="petitions", verbose_name="hội nghị")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="lĩnh vực")
    authority = models.CharField("cấp có thẩm quyền", max_length=8, choices=Authority, default=Authority.COMMUNE)
    owner = models.CharField("cơ quan giải quyết", max_length=160, blank=True)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.OPEN)
    count = models.PositiveSmallIntegerField("số kiến nghị", default=1)
    answer_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gte=1), name="petitions_are_counted_from_one", violation_error_message="Nhập số từ 1 trở lên.")
        ]

    def __str__(self):
        return f"{self.subject}: {self.count}"

    @property
    def organization_id(self):
        """Whose register it stands in: the body that held the meeting."""
        return self.dialogue.organization_id

    @transaction.atomic
    def follow_up(self, *, by, count, **facts):
        """Give `count` of these requests another state, owner and answer; the rest stay as they were, in a row of their own. Raises EventChanged."""
        self.dialogue.take_hold()
        self.dialogue.save(update_fields=["version"])
        before = {"count": self.count, **self.told()}
        if count < self.count:
            Petition.objects.filter(pk=self.pk).update(count=self.count - count)
            self.pk, self._state.adding = None, True
        self.count = count
        for name, value in facts.items():
            setattr(self, name, value)
        self.save()
        LogEntry.write(
            "follow_up", by=by, about=self.dialogue, place=f"kiến nghị về {self.subject}", before=before, after={"count": count, **self.told()}
        )

    def told(self):
        """What the log keeps of where these requests stand."""
        return {"state": self.get_state_display(), "owner": self.owner, "answer_number": self.answer_number}
