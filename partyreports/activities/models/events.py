"""What the events of these registers share: nobody overwrites what he has not seen, and a wrong row is withdrawn with a reason, never deleted."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from organizations.models import LogEntry
from organizations.models.members import RegisterQuerySet
from organizations.review import StepRefused

CHANGED = "Dòng này vừa được người khác sửa hoặc rút khỏi sổ. Tải lại trang để xem nội dung mới rồi thực hiện lại."


class EventQuerySet(RegisterQuerySet):
    def standing(self):
        """Events that count: those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Event(models.Model):
    """Something that happened on a day and is counted. `organization` is whose register it stands in."""

    version = models.PositiveIntegerField(default=1, editable=False)
    withdrawn_at = models.DateTimeField("rút khỏi sổ lúc", null=True, editable=False)
    withdrawn_reason = models.CharField("lý do rút", max_length=300, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="%(app_label)s_%(class)s_withdrawn_with_a_reason",
                violation_error_message="Ghi lý do rút.",
            )
        ]

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    def claim(self, seen_version):
        """Take the next version, inside the transaction that writes the row. Raises StepRefused when it is no longer the one seen, or withdrawn."""
        taken = type(self).objects.standing().filter(pk=self.pk, version=seen_version).update(version=F("version") + 1)
        if not taken:
            raise StepRefused(CHANGED, reason="state")
        self.version = seen_version + 1

    @transaction.atomic
    def withdraw(self, *, by, reason, seen_version):
        """Take a wrong row out of every count; it stays in the register, crossed out, and in the log. Raises StepRefused like `claim`."""
        self.claim(seen_version)
        self.withdrawn_at, self.withdrawn_reason = timezone.now(), reason
        type(self).objects.filter(pk=self.pk).update(withdrawn_at=self.withdrawn_at, withdrawn_reason=reason)
        LogEntry.write("withdraw", by=by, about=self, note=reason)
