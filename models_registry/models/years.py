"""Where a model stands, year by year: registered, under way, summed up, recognised, carried on or stopped."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from organizations.models import Account
from organizations.review import FINAL
from partyreports.periods.models import Period


class State(models.TextChoices):
    """States in their order; `lifecycle.NEXT` says which follows which."""

    REGISTERED = "registered", "đăng ký"
    UNDERWAY = "underway", "đang thực hiện"
    REVIEWED = "reviewed", "sơ kết"
    SUMMED_UP = "summed_up", "tổng kết"
    RECOGNISED = "recognised", "công nhận"
    REPLICATED = "replicated", "nhân rộng"
    CONTINUED = "continued", "tiếp tục năm sau"
    STOPPED = "stopped", "dừng"


class ModelYearQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Years of the registrations that `user` sees."""
        seen = self.model._meta.get_field("registration").related_model.objects.visible_to(user)
        return self.filter(registration__in=seen.values("pk"))

    def registered(self, period, *, as_of=None):
        """One row a model that an approved registration holds for `period`: those not known to be registered after the day `as_of`."""
        rows = self.filter(period=period, registration__status__in=FINAL)
        if as_of is None:
            return rows
        later = Stage.objects.standing().filter(year=OuterRef("pk"), state=State.REGISTERED, on__gt=as_of)
        return rows.filter(~Exists(later))

    def recognised(self, period, *, as_of=None):
        """The same for models that were recognised in `period`, also when they have been carried on or stopped since."""
        stages = Stage.objects.standing().filter(year=OuterRef("pk"), state=State.RECOGNISED)
        return self.registered(period, as_of=as_of).filter(Exists(stages.filter(on__lte=as_of) if as_of else stages))


class ModelYear(models.Model):
    """One year for which a model is registered, and the state it has come to in that year."""

    State = State

    registration = models.ForeignKey("models_registry.Registration", models.CASCADE, related_name="years", verbose_name="mô hình")
    period = models.ForeignKey(Period, models.PROTECT, related_name="model_years", verbose_name="năm")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.REGISTERED, editable=False)

    objects = ModelYearQuerySet.as_manager()

    class Meta:
        verbose_name = "năm thực hiện mô hình"
        verbose_name_plural = "năm thực hiện mô hình"
        ordering = ["period__starts_on", "pk"]
        indexes = [models.Index(fields=["period", "state"], name="model_year_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "period"], name="one_row_a_model_and_year", violation_error_message="Mô hình đã đăng ký cho năm này."
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="known_state_of_a_model"),
        ]

    def __str__(self):
        return f"{self.registration}, {self.period}"

    @property
    def organization_id(self):
        """Whose register it stands in."""
        return self.registration.organization_id

    @property
    def is_over(self):
        return self.state in (State.CONTINUED, State.STOPPED)

    @property
    def stages_by_state(self):
        """dict: state → its stage that has not been withdrawn. For rows read with their stages."""
        return {stage.state: stage for stage in self.stages.all() if stage.withdrawn_at is None}


class StageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(year__in=ModelYear.objects.visible_to(user).values("pk"))

    def standing(self):
        return self.filter(withdrawn_at=None)


class Stage(models.Model):
    """One step of a model in a year: the state it came to, the day, and the paper that says so. A wrong one is withdrawn, with the reason."""

    year = models.ForeignKey(ModelYear, models.CASCADE, related_name="stages", verbose_name="năm thực hiện")
    state = models.CharField("tình trạng", max_length=10, choices=State)
    on = models.DateField("ngày")
    document = models.CharField("số văn bản", max_length=80, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    written_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name="người ghi")
    written_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    withdrawn_at = models.DateTimeField("rút lúc", null=True, editable=False)
    withdrawn_reason = models.CharField("lý do rút", max_length=300, blank=True, editable=False)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của mô hình"
        verbose_name_plural = "bước của mô hình"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "state"],
                condition=Q(withdrawn_at=None),
                name="one_stage_a_state_and_year",
                violation_error_message="Tình trạng này đã ghi cho năm này.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_stages_say_why",
                violation_error_message="Ghi lý do rút.",
            ),
        ]

    def __str__(self):
        return self.get_state_display()
