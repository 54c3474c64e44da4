"""A line of the workbook of results: one line of the table before and after of one model."""

from partyreports.periods.models import Period

from ..results import measures
from .lines import LineRefused, ModelLineForm, told_of
from .results import ResultForm


class ResultLineForm(ModelLineForm, ResultForm):
    class Meta(ResultForm.Meta):
        pass

    def __init__(self, user, *args, instance=None, **kwargs):
        ResultForm.__init__(self, user, instance.registration if instance else None, *args, instance=instance, **kwargs)
        self.keep_to(user)
        if self.registration:
            self.initial |= told_of(self.registration)

    def clean(self):
        model = self.named(self.cleaned_data)
        if model and self.registration and model != self.registration:
            self.add_error("model", "Không chuyển kết quả sang mô hình khác: ghi một dòng mới, để trống ô Mã.")
        elif model:
            self.registration = self.instance.registration = model
        return ResultForm.clean(self)

    def _get_validation_exclusions(self):
        """A line without a code may be the very result that stands: which one it means is told by its name."""
        return super()._get_validation_exclusions() | (set() if self.instance.pk else {"registration"})

    def save(self):
        """Raises LineRefused when a line above has written a result of this name."""
        if not self.instance.pk and self.registration.outcomes.filter(label=self.instance.label).exists():
            raise LineRefused("Kết quả này đã có trong bảng.")
        return super().save()


def offered():
    """(key, words) of each indicator that a result may stand on, no two with the same words. One query."""
    found = [(measure.key, f"{measure.name} ({measure.unit})") for measure in measures()]
    words = [label for _, label in found]
    return [(key, label if words.count(label) == 1 else f"{label} [{key}]") for key, label in found]


def periods_offered():
    return [(period.pk, period.code) for period in Period.objects.order_by("starts_on", "ends_on")]
