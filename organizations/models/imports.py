"""Files that registers are imported from: kept only until the person who sent one has decided."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from partyreports.vietnamese import count, join_words

KEPT = dt.timedelta(hours=24)
SILENCE = dt.timedelta(minutes=10)  # after which work that says nothing has been cut off


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody's but one's own."""
        return self.filter(uploaded_by=user.pk)

    def outdated(self):
        return self.filter(uploaded_at__lt=timezone.now() - KEPT)


class Import(models.Model):
    """One file sent for one register, what its dry run found, and whether it was written."""

    class State(models.TextChoices):
        WAITING = "waiting", "chờ đọc"
        READING = "reading", "đang đọc thử"
        REFUSED = "refused", "không nhận được tệp"
        WRONG = "wrong", "có lỗi cần sửa"
        READY = "ready", "chờ xác nhận"
        CONFIRMED = "confirmed", "chờ ghi"
        WRITING = "writing", "đang ghi"
        DONE = "done", "đã ghi vào sổ"

    AT_WORK = (State.WAITING, State.READING, State.CONFIRMED, State.WRITING)

    register = models.SlugField("sổ", max_length=40)
    file_name = models.CharField("tên tệp", max_length=150)
    content = models.BinaryField(editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người tải lên")
    uploaded_at = models.DateTimeField("lúc", default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    state = models.CharField("tình trạng", max_length=9, choices=State, default=State.WAITING)
    is_stale = models.BooleanField("sổ đã thay đổi sau lần đọc thử", default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sentence = models.TextField("lý do", blank=True)
    errors = models.JSONField("lỗi", default=list)
    changes = models.JSONField("thay đổi", default=list)
    unchanged = models.PositiveIntegerField("số dòng không đổi", default=0)
    bodies = models.JSONField(default=list)  # keys of the organisations whose rows are told of
    sign = models.CharField(max_length=64, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ Excel"
        verbose_name_plural = "lần nhập từ Excel"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["uploaded_by", "register"], name="import_by_account")]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("organizations:import", args=[self.pk])

    @property
    def is_at_work(self):
        return self.state in self.AT_WORK and not self.is_cut_off

    @property
    def is_running(self):
        """True while it is read or written, not while it waits for its turn."""
        return self.state in (self.State.READING, self.State.WRITING)

    @property
    def is_cut_off(self):
        """True when the work has been silent for so long that it must have ended with its process; nothing was written then."""
        return self.state in self.AT_WORK and self.touched_at < timezone.now() - SILENCE

    @property
    def added(self):
        return sum(change["is_new"] for change in self.changes)

    @property
    def changed(self):
        return len(self.changes) - self.added

    @property
    def in_words(self):
        """What the file comes to, in one sentence."""
        parts = [f"{count(number)} {words}" for number, words in ((self.added, "dòng mới"), (self.changed, "dòng có sửa đổi")) if number]
        kept = f"{count(self.unchanged)} dòng đã có trong sổ, giữ nguyên" if self.unchanged else ""
        if self.state == self.State.DONE:
            return f"Đã ghi {join_words(parts)} vào sổ{f'; {kept}' if kept else ''}." if parts else "Không có gì để ghi."
        if not parts:
            return "Mọi dòng của tệp đều đã có trong sổ với đúng nội dung ấy: không có gì để ghi."
        left = kept or ("không dòng nào thêm mới" if not self.added else "không dòng nào sửa" if not self.changed else "")
        return f"Tệp có {join_words(parts)}{f'; {left}' if left else ''}."

    @property
    def asked(self):
        """How many lines have something that looks odd."""
        return sum(bool(change["asked"]) for change in self.changes)

    def move(self, *states, to):
        """Take the next step from one of `states`: True for one caller alone, whoever else tries it at the same time."""
        moved = type(self).objects.filter(pk=self.pk, state__in=states).update(state=to, touched_at=timezone.now(), done=0)
        if moved:
            self.state, self.done = to, 0
        return bool(moved)

    def drop(self):
        """Give the file up, unless it is being written: True when it is gone."""
        at_work = models.Q(state=self.State.WRITING, touched_at__gte=timezone.now() - SILENCE)
        return bool(type(self).objects.filter(pk=self.pk).exclude(at_work).delete()[0])

    def tell(self, done, total):
        """Let the page know how far the work has come."""
        self.done, self.total, self.touched_at = done, total, timezone.now()
        type(self).objects.filter(pk=self.pk).update(done=done, total=total, touched_at=self.touched_at)
