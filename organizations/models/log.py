"""The log: who did what to which thing, when, with the state before and after. Rows are added, never changed."""

from django.db import models
from django.utils import timezone

from partyreports.vietnamese import fold

from .accounts import Right, reach
from .organization import Organization

# What a line says was done, in words. A room that logs a new act adds its word here.
ACTS = {
    "submit": "trình duyệt",
    "return": "trả lại",
    "approve": "phê duyệt",
    "lock": "khóa",
    "unlock": "mở khóa",
    "write": "nhập, sửa nội dung",
    "create": "lập mới",
    "target": "giao chỉ tiêu",
    "compose": "soạn từ mẫu",
    "edit": "sửa",
    "edit_speech": "sửa bài",
    "edit_template": "sửa mẫu",
    "add": "thêm mới",
    "remove": "bỏ",
    "stage": "ghi tình trạng mô hình",
    "withdraw_stage": "rút tình trạng đã ghi",
    "link": "liên kết mô hình",
    "unlink": "bỏ liên kết mô hình",
    "withdraw": "rút khỏi sổ",
    "follow_up": "cập nhật kiến nghị",
    "plan_year": "lập lịch năm",
    "change": "thay đổi thông tin",
    "correct": "sửa lỗi ghi",
    "arrive": "ghi vào danh sách đảng viên",
    "transfer": "ghi chuyển sinh hoạt sang chi bộ khác",
    "receive": "ghi tiếp nhận đảng viên chuyển đến",
    "leave": "ghi thôi sinh hoạt",
    "stay_elsewhere": "ghi sinh hoạt tạm thời",
    "come_back": "ghi kết thúc sinh hoạt tạm thời",
    "correct_stay": "sửa biến động",
    "take_back": "hủy biến động",
    "award": "ghi trao huy hiệu",
    "rate": "ghi xếp loại",
    "take_stage": "ghi bước kết nạp",
    "correct_stage": "sửa bước kết nạp",
    "take_back_stage": "bỏ bước ghi nhầm",
    "stop": "ghi thôi theo dõi",
    "resume": "theo dõi trở lại",
    "forget": "xóa",
    "found": "lập tổ chức",
    "end": "kết thúc hoạt động",
    "show": "xem thông tin được che",
    "download": "tải về",
    "export_refused": "xuất tệp quá mức trong ngày, không được",
    "import": "nhập từ Excel",
    "give_right": "giao quyền",
    "end_right": "kết thúc quyền",
    "disable": "ngừng tài khoản",
    "enable": "mở lại tài khoản",
    "new_password": "cấp mật khẩu mới",
    "change_password": "đổi mật khẩu",
    "end_session": "kết thúc phiên đăng nhập",
    "sign_in": "đăng nhập",
    "sign_out": "đăng xuất",
    "open": "mở kỳ",
    "close": "đóng kỳ",
    "open_portal": "lập cổng",
    "load_catalogue": "nạp danh mục",
    "seed_demo": "nạp dữ liệu dùng thử",
}


class LogEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everything in the branches `user` audits, and his own acts."""
        return self.filter(models.Q(actor_pk=user.pk) | models.Q(organization_pk__in=reach(user, Right.AUDIT).values("pk")))

    def about(self, thing):
        """The life of one row, oldest first."""
        return self.filter(subject=thing._meta.label_lower, subject_pk=thing.pk).order_by("pk")

    def update(self, **fields):
        raise TypeError("The log is append-only.")

    def delete(self):
        raise TypeError("The log is append-only.")


class LogEntry(models.Model):
    """One act. It keeps names as they were and points at nothing, so that it outlives what it tells of."""

    at = models.DateTimeField("lúc", default=timezone.now)
    actor_pk = models.BigIntegerField(null=True)
    actor_name = models.CharField("người thực hiện", max_length=120, blank=True)
    action = models.SlugField("việc", max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    subject_pk = models.BigIntegerField(null=True)
    subject_title = models.CharField("đối tượng", max_length=300, blank=True)
    organization_pk = models.BigIntegerField(null=True)
    place = models.CharField("ô, mục", max_length=120, blank=True)
    note = models.TextField("lý do, ghi chú", blank=True)
    before = models.JSONField("trước", null=True)
    after = models.JSONField("sau", null=True)
    snapshot = models.JSONField("bản chụp", null=True)
    search = models.CharField(max_length=500, editable=False)

    objects = LogEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["subject", "subject_pk", "id"], name="log_by_subject"),
            models.Index(fields=["organization_pk", "id"], name="log_by_organization"),
            models.Index(fields=["actor_pk", "id"], name="log_by_actor"),
        ]

    def __str__(self):
        return f"{self.action} {self.subject_title}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("The log is append-only.")
        self.search = self.words
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The log is append-only.")

    @property
    def words(self):
        """What the log is searched by."""
        return fold(f"{self.actor_name} {self.subject_title} {self.place}")[:500]

    @property
    def act(self):
        """What was done, in words."""
        return ACTS.get(self.action, "thay đổi")

    @classmethod
    def write(cls, action, *, by, about=None, organization_pk=None, place="", note="", before=None, after=None, snapshot=None):
        """Add one line, to be called inside the transaction of the act itself. `by` is an account or None (the portal)."""
        line = cls._line(action, by, about, organization_pk, after=after, place=place, note=note, before=before, snapshot=snapshot)
        line.save()
        return line

    @classmethod
    def write_many(cls, lines, *, by):
        """Add a line for each (action, about, organization key, after) of `lines`, in their order: a few statements, whatever their number."""
        told = [cls._line(action, by, about, organization_pk, after=after) for action, about, organization_pk, after in lines]
        for line in told:
            line.search = line.words
        cls.objects.bulk_create(told, batch_size=500)

    @classmethod
    def _line(cls, action, by, about, organization_pk, **facts):
        return cls(
            action=action,
            actor_pk=by.pk if by else None,
            actor_name=str(by) if by else "",
            subject=about._meta.label_lower if about is not None else "",
            subject_pk=about.pk if about is not None else None,
            subject_title=str(about)[:300] if about is not None else "",
            organization_pk=organization_pk or (about.pk if isinstance(about, Organization) else getattr(about, "organization_id", None)),
            **facts,
        )
