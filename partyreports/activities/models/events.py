"""What the events of these registers share: nobody overwrites what he has not seen, and a wrong row is withdrawn with a reason, never deleted."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from organizations.models import LogEntry
from organizations.models.members import RegisterQuerySet


class EventChanged(ValueError):
    """The row is no longer the one that was seen; `sentence` tells the user what to do."""

    sentence = "Dòng này vừa được người khác sửa hoặc rút khỏi sổ. Tải lại trang để xem nội dung mới rồi thực hiện lại."


class EventQuerySet(RegisterQuerySet):
    def standing(self):
        """Events that count: those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def in_span(self, first, last):
        """Those that belong to the days from `first` to `last`."""
        return self.filter(**{f"{self.model.DAY}__range": (first, last)})


class Event(models.Model):
    """Something that happened on a day, the field named by DAY, and is counted. `organization` is whose register it stands in."""

    DAY = ""

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

    @property
    def day(self):
        return getattr(self, self.DAY)

    def take_hold(self):
        """Count the version on, inside the transaction that saves the row. Raises EventChanged when it was written or withdrawn meanwhile."""
        here = type(self).objects.select_for_update().standing().filter(pk=self.pk, version=self.version)
        if not here.order_by().values_list("pk", flat=True).first():
            raise EventChanged
        self.version += 1

    @transaction.atomic
    def withdraw(self, *, by, reason):
        """Take a wrong row out of every count; it stays in the register and in the log. Raises EventChanged like `take_hold`."""
        self.take_hold()
        self.withdrawn_at, self.withdrawn_reason = timezone.now(), reason
        self.save(update_fields=["version", "withdrawn_at", "withdrawn_reason"])
        LogEntry.write("withdraw", by=by, about=self, note=reason)
