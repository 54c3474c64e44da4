"""How a paper travels up the tree: its states, the one table of steps, and the only writer of `status`."""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from partyreports.vietnamese import normalise

from .models.accounts import Account, Right, may, reach, rights_on
from .models.log import LogEntry
from .models.organization import Organization


class Status(models.TextChoices):
    DRAFT = "draft", "đang nhập"
    SUBMITTED = "submitted", "đã trình"
    RETURNED = "returned", "trả lại"
    APPROVED = "approved", "đã duyệt"
    LOCKED = "locked", "khóa"


SIGNS = {"missing": "○", Status.DRAFT: "◌", Status.SUBMITTED: "▸", Status.RETURNED: "↩", Status.APPROVED: "✓", Status.LOCKED: "▣"}
OPEN = (Status.DRAFT, Status.RETURNED)
FINAL = (Status.APPROVED, Status.LOCKED)
CHANGED_MEANWHILE = "Hồ sơ vừa được người khác thay đổi. Tải lại trang để xem nội dung mới rồi thực hiện lại."


@dataclass(frozen=True)
class Step:
    """One step of a paper: from which states, to which, by whom, and what it asks for."""

    name: str
    label: str
    sources: tuple
    target: str
    right: str | None  # None: the right that writes this kind of paper
    done: str
    consequence: str
    needs_note: bool = False
    refuses_own: bool = False


STEPS = {
    step.name: step
    for step in [
        Step(
            "submit", "Trình duyệt", OPEN, Status.SUBMITTED, None, "Đã trình.",
            "Sau khi trình, nội dung không sửa được cho đến khi được trả lại.",
        ),
        Step(
            "return", "Trả lại", (Status.SUBMITTED, Status.APPROVED), Status.RETURNED, Right.REVIEW, "Đã trả lại kèm lý do.",
            "Nơi gửi nhận lại để sửa, kèm lý do của đồng chí.", needs_note=True,
        ),
        Step(
            "approve", "Phê duyệt", (Status.SUBMITTED,), Status.APPROVED, Right.REVIEW, "Đã phê duyệt.",
            "Từ đây là bản chính thức; muốn sửa thì phải trả lại kèm lý do.", refuses_own=True,
        ),
        Step(
            "lock", "Khóa", (Status.APPROVED,), Status.LOCKED, Right.LOCK, "Đã khóa.",
            "Sau khi khóa, không ai sửa hoặc trả lại được cho đến khi mở khóa.",
        ),
        Step(
            "unlock", "Mở khóa", (Status.LOCKED,), Status.APPROVED, Right.LOCK, "Đã mở khóa.",
            "Hồ sơ trở lại trạng thái đã duyệt; cần người khác với người đã khóa, kèm lý do.", needs_note=True, refuses_own=True,
        ),
    ]
}  # fmt: skip


class StepRefused(Exception):
    """A step that may not be taken; `sentence` tells the user why and what to do, `reason` is "right", "state", "note" or "problems"."""

    def __init__(self, sentence, *, reason, problems=()):
        super().__init__(sentence)
        self.sentence, self.reason, self.problems = sentence, reason, list(problems)


@dataclass(frozen=True)
class Problem:
    """Something that stands in the way of a paper (severity "error") or should be explained (severity "warning")."""

    sentence: str
    where: str = ""  # key of the cell or field it is about
    severity: str = "error"


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of any state where `user` takes part in the work; final ones where he may read."""
        worked_on = Q(organization__in=reach(user, *self.model.WORKED_ON_WITH))
        read = Q(organization__in=reach(user, *self.model.READ_WITH), status__in=FINAL)
        return self.filter(worked_on | read)

    def final(self):
        return self.filter(status__in=FINAL)

    def within(self, branch):
        """Papers of the bodies at or below `branch` today; of those that have ended where they last stood."""
        return self.filter(organization__in=Organization.objects.now_under(branch))

    def waiting_for(self, user):
        """Papers that stand where `user` is the next to act: his own to write on, or sent up to him. Never his own to approve."""
        to_write = Q(status__in=OPEN, organization__in=reach(user, self.model.WRITTEN_WITH))
        to_review = Q(status=Status.SUBMITTED, organization__in=reach(user, Right.REVIEW)) & ~Q(submitted_by=user)
        return self.filter(to_write | to_review)


class Paper(models.Model):
    """Anything a body writes and sends up. Each kind adds what it holds, and says by which rights it is written and seen."""

    CONSEQUENCES = {}  # name of a step → what follows from it for this kind of paper, where STEPS is too general
    WRITTEN_WITH = Right.WRITE
    WORKED_ON_WITH = (Right.WRITE, Right.REVIEW, Right.LOCK)
    READ_WITH = (Right.READ, Right.AUDIT)

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="%(class)ss", verbose_name="tổ chức")
    status = models.CharField("trạng thái", max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)
    submitted_by = models.ForeignKey(Account, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người trình")
    submitted_at = models.DateTimeField("trình lúc", null=True, editable=False)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người duyệt hoặc trả lại")
    decided_at = models.DateTimeField("duyệt hoặc trả lại lúc", null=True, editable=False)
    locked_by = models.ForeignKey(Account, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người khóa")
    locked_at = models.DateTimeField("khóa lúc", null=True, editable=False)
    return_reason = models.TextField("lý do trả lại", blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{verb}_by": None, f"{verb}_at": None}) | Q(**{f"{verb}_by__isnull": False, f"{verb}_at__isnull": False}),
                name=f"%(app_label)s_%(class)s_{verb}_who_and_when",
            )
            for verb in ("submitted", "decided", "locked")
        ] + [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="%(app_label)s_%(class)s_known_status"),
            models.CheckConstraint(
                condition=~Q(status__in=["submitted", "approved", "locked"]) | Q(submitted_by__isnull=False),
                name="%(app_label)s_%(class)s_sent_up_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "locked"]) | (Q(decided_by__isnull=False) & ~Q(decided_by=F("submitted_by"))),
                name="%(app_label)s_%(class)s_never_approved_by_its_sender",
            ),
        ]

    # What each kind of paper tells about itself ---------------------------------------------------------------------

    def problems(self):
        """What stands in the way of submitting: Problem objects, [] when ready."""
        return []

    def cautions(self, step):
        """Sentences that whoever is about to take `step` should read first, [] when there are none."""
        return []

    def prepare(self, step):
        """Write down what `step` fixes, inside its transaction and before its snapshot. Raises StepRefused when it cannot be fixed."""

    def snapshot(self):
        """The whole content as JSON values: kept in the log when the paper is approved."""
        raise NotImplementedError(f"{type(self).__name__} says what its snapshot holds.")

    def authors(self):
        """Keys of the accounts that wrote it: none of them approves it."""
        return {self.submitted_by_id}

    @property
    def is_open(self):
        return self.status in OPEN

    @property
    def is_final(self):
        return self.status in FINAL

    @property
    def sign(self):
        return SIGNS[self.status]

    def writable_by(self, user):
        """True when its content may be changed by `user` now."""
        return self.is_open and may(user, self.WRITTEN_WITH, self.organization_id)

    def claim(self, *, by, seen_version=None):
        """Take hold of the paper for one change of its content, inside the caller's transaction, and count up its version.

        Raises StepRefused when `by` may not write on it, when it is no longer open, or when it is not the version that `by` has seen. A step
        that somebody takes at the same moment either waits for this change or comes first and refuses it.
        """
        if not may(by, self.WRITTEN_WITH, self.organization_id):
            raise StepRefused("Đồng chí không có quyền sửa hồ sơ của tổ chức này.", reason="right")
        held = type(self).objects.filter(pk=self.pk, status__in=OPEN, version=self.version if seen_version is None else seen_version)
        if not held.update(version=F("version") + 1, changed_at=timezone.now()):
            raise StepRefused(CHANGED_MEANWHILE, reason="state")
        self.refresh_from_db(fields=["version", "changed_at", "status"])

    # Steps ----------------------------------------------------------------------------------------------------------

    def consequence_of(self, step):
        """What follows from `step`, in one sentence for the page that asks."""
        return self.CONSEQUENCES.get(step.name, step.consequence)

    def steps_for(self, user):
        """The steps `user` may take now, in table order: draws the buttons; `take` asks again."""
        rights = rights_on(user, self.organization_id)
        return [step for step in STEPS.values() if self.refusal(step, user, rights=rights) is None]

    def refusal(self, step, user, *, rights=None):
        """Why `user` may not take `step` now (StepRefused), or None. `rights` spares asking again what was asked a moment ago."""
        if (step.right or self.WRITTEN_WITH) not in (rights_on(user, self.organization_id) if rights is None else rights):
            return StepRefused(f"Đồng chí không có quyền {step.label.lower()} ở tổ chức này.", reason="right")
        if self.status not in step.sources:
            return StepRefused(
                f"Không thể {step.label.lower()}: hồ sơ đang ở trạng thái “{self.get_status_display()}”. Tải lại trang để xem tình trạng mới.",
                reason="state",
            )
        if step.refuses_own and user.pk in (self.authors() if step.name == "approve" else {self.locked_by_id}):
            sentence = (
                "Đồng chí đã nhập hoặc trình hồ sơ này nên không tự phê duyệt được: đề nghị người khác có quyền duyệt."
                if step.name == "approve"
                else "Người đã khóa không tự mở khóa: đề nghị người khác có quyền khóa."
            )
            return StepRefused(sentence, reason="right")
        return None

    def take(self, name, *, by, note="", seen_version=None):
        """Take the step `name`: status, who, when, snapshot and log line in one transaction. The only writer of `status`.

        `seen_version` binds the step to the content that `by` has looked at. Raises StepRefused when the table, the rights, a missing reason
        or open problems forbid it, or somebody was faster.
        """
        step, note = STEPS[name], normalise(note)
        with transaction.atomic():
            refusal = self.refusal(step, by)
            if refusal:
                raise refusal
            if seen_version is not None and seen_version != self.version:
                raise StepRefused(CHANGED_MEANWHILE, reason="state")
            if step.needs_note and not note:
                raise StepRefused(f"Ghi lý do trước khi {step.label.lower()}.", reason="note")
            if name == "submit":
                problems = [problem for problem in self.problems() if problem.severity == "error"]
                if problems:
                    raise StepRefused(f"Chưa trình được: còn {len(problems)} chỗ cần sửa.", reason="problems", problems=problems)
            before, changes = self.status, self._marks(step, by, note)
            moved = type(self).objects.filter(pk=self.pk, status=before, version=self.version).update(version=F("version") + 1, **changes)
            if not moved:
                raise StepRefused(CHANGED_MEANWHILE, reason="state")
            self.refresh_from_db()
            self.prepare(step)
            LogEntry.write(
                name,
                by=by,
                about=self,
                note=note,
                before={"status": before},
                after={"status": self.status, "version": self.version},
                snapshot=self.snapshot() if name in ("submit", "approve") else None,
            )

    def _marks(self, step, by, note):
        now = timezone.now()
        marks = {"status": step.target, "changed_at": now}
        if step.name == "submit":
            marks |= {"submitted_by": by, "submitted_at": now, "decided_by": None, "decided_at": None, "return_reason": ""}
        if step.name in ("return", "approve"):
            marks |= {"decided_by": by, "decided_at": now, "return_reason": note if step.name == "return" else ""}
        if step.name == "lock":
            marks |= {"locked_by": by, "locked_at": now}
        if step.name == "unlock":
            marks |= {"locked_by": None, "locked_at": None}
        return marks

    def history(self):
        """Its log, newest first."""
        return LogEntry.objects.about(self).order_by("-pk")
