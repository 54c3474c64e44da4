"""What a model has changed: one line of the table before and after."""

from django.db import models
from django.db.models import F, Q

from partyreports.periods.models import Period


class ModelResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Results of the registrations that `user` sees."""
        seen = self.model._meta.get_field("registration").related_model.objects.visible_to(user)
        return self.filter(registration__in=seen.values("pk"))


class ModelResult(models.Model):
    """One line of the table before and after: an indicator of the yearly report, or a measure of the model's own with typed values.

    `key` names the indicator ("members_admitted:rural"); its numbers are read from the reports each time and never copied here. `whole` names
    the indicator it is a part of, as in "05/9". Without a key the values are typed.
    """

    TYPED = ("before_value", "before_target", "after_value", "after_target")

    registration = models.ForeignKey("models_registry.Registration", models.CASCADE, related_name="outcomes", verbose_name="mô hình")
    key = models.CharField("chỉ tiêu", max_length=120, blank=True)
    whole = models.CharField("trong tổng số", max_length=120, blank=True)
    label = models.CharField("kết quả", max_length=200)
    unit = models.CharField("đơn vị tính", max_length=60, blank=True)
    before_period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="trước khi có mô hình")
    after_period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name="sau khi có mô hình")
    before_value = models.DecimalField("số trước", max_digits=18, decimal_places=4, null=True, blank=True)
    before_target = models.DecimalField("chỉ tiêu trước", max_digits=18, decimal_places=4, null=True, blank=True)
    after_value = models.DecimalField("số sau", max_digits=18, decimal_places=4, null=True, blank=True)
    after_target = models.DecimalField("chỉ tiêu sau", max_digits=18, decimal_places=4, null=True, blank=True)

    objects = ModelResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả của mô hình"
        verbose_name_plural = "kết quả của mô hình"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(key="") | Q(before_value=None, before_target=None, after_value=None, after_target=None),
                name="results_of_indicators_are_not_typed",
                violation_error_message="Số của chỉ tiêu lấy từ báo cáo năm, không nhập tay.",
            ),
            models.CheckConstraint(
                condition=~Q(before_period=F("after_period")),
                name="results_compare_two_periods",
                violation_error_message="Chọn hai kỳ khác nhau để so sánh trước và sau.",
            ),
            models.UniqueConstraint(
                fields=["registration", "label"], name="one_result_a_label", violation_error_message="Kết quả này đã có trong bảng."
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def organization_id(self):
        """Whose register it stands in."""
        return self.registration.organization_id
