"""Form of one line of the table before and after."""

from django import forms
from django.db import transaction

from organizations.access import rights_on
from organizations.fields import WordsField
from organizations.forms.asking import AskingForm
from organizations.models import LogEntry
from organizations.review import StepRefused
from organizations.telling import told
from partyreports.periods.models import Period
from partyreports.vietnamese import NumberError, number, parse_number

from ..lifecycle import WRITERS
from ..models import ModelResult
from ..results import measures

FIELDS = ["key", "whole", "label", "unit", "before_period", "after_period", *ModelResult.TYPED]
TOO_LARGE = 10**14
PLACE = "kết quả trước và sau"


class NumberField(forms.CharField):
    """A number from 0 up as Vietnamese writes it (1.981 · 50,3), None when empty."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"class": "w-figure", "inputmode": "decimal", "autocomplete": "off", "maxlength": 30})
        super().__init__(**{"required": False, "widget": widget, **options})

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else number(value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            value = parse_number(text, decimals=4)
        except NumberError as error:
            raise forms.ValidationError(error.sentence, code="invalid") from error
        if value >= TOO_LARGE:
            raise forms.ValidationError("Số quá lớn: đổi sang đơn vị lớn hơn (triệu, tỷ).", code="invalid")
        return value

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != (data or None)


class ResultForm(AskingForm, forms.ModelForm):
    key = forms.ChoiceField(
        label="Chỉ tiêu của báo cáo năm",
        required=False,
        help_text="Số trước, số sau và chỉ tiêu giao được lấy từ báo cáo đã duyệt. Để trống nếu là số riêng của mô hình.",
    )
    whole = forms.ChoiceField(label="Trong tổng số", required=False, help_text="Chọn khi muốn ghi dạng 05/9 kèm tỷ lệ.")
    label = WordsField(label="Tên kết quả", required=False, max_length=200, help_text="Để trống thì lấy tên chỉ tiêu.")
    unit = WordsField(label="Đơn vị tính", required=False, max_length=60)
    before_value = NumberField(label="Số trước")
    before_target = NumberField(label="Chỉ tiêu giao trước")
    after_value = NumberField(label="Số sau")
    after_target = NumberField(label="Chỉ tiêu giao sau")

    class Meta:
        model = ModelResult
        fields = FIELDS

    def __init__(self, user, registration, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.registration = user, registration
        self.instance.registration = registration
        self.measures = {measure.key: measure for measure in measures()}
        offered = [(key, f"{measure.name} ({measure.unit})") for key, measure in self.measures.items()]
        self.fields["key"].choices = [("", "Số riêng của mô hình, nhập tay bên dưới"), *offered]
        self.fields["whole"].choices = [("", "Không"), *offered]
        self.fields["key"].widget.attrs["autofocus"] = True
        for name in ("before_period", "after_period"):
            self.fields[name].queryset = Period.objects.order_by("-ends_on", "-starts_on")
            self.fields[name].empty_label = "Chọn kỳ"
            self.fields[name].error_messages["required"] = "Chọn kỳ."
        self.before = told(self.instance, FIELDS) if self.instance.pk else None

    def clean(self):
        facts = super().clean()
        measure = self.measures.get(facts.get("key"))
        if measure:
            facts["label"] = facts.get("label") or measure.name[:200]
            facts["unit"] = measure.unit
            for name in ModelResult.TYPED:
                if facts.get(name) is not None:
                    self.add_error(name, "Số của chỉ tiêu lấy từ báo cáo năm: để trống ô này.")
        else:
            facts["whole"] = ""
            if not facts.get("label") and "label" not in self.errors:
                self.add_error("label", "Ghi tên kết quả, hoặc chọn một chỉ tiêu.")
        return facts

    def _get_validation_exclusions(self):
        """The model is known and no field of the form: a second line of one name is refused here, not by the database."""
        return super()._get_validation_exclusions() - ({"registration"} if self.registration else set())

    def after(self):
        return told(self.instance, FIELDS)

    @transaction.atomic
    def save(self):
        """Raises StepRefused when the user may no longer write here."""
        if not rights_on(self.user, self.registration.organization_id) & WRITERS:
            raise StepRefused("Đồng chí không có quyền ghi kết quả mô hình của tổ chức này.", reason="right")
        result = super().save()
        LogEntry.write(
            "change" if self.before else "add", by=self.user, about=self.registration, place=PLACE, note=result.label, before=self.before,
            after=told(result, FIELDS),
        )  # fmt: skip
        return result


@transaction.atomic
def remove(result, *, by):
    """Take a line out of the table; the log keeps it. Raises StepRefused."""
    if not rights_on(by, result.registration.organization_id) & WRITERS:
        raise StepRefused("Đồng chí không có quyền ghi kết quả mô hình của tổ chức này.", reason="right")
    LogEntry.write("remove", by=by, about=result.registration, place=PLACE, note=result.label, before=told(result, FIELDS))
    result.delete()
