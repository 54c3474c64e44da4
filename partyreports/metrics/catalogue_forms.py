"""Forms of the catalogue: the words of an indicator, a rule's severity and sentence, the lines of a form."""

import re

from crispy_forms.helper import FormHelper
from django import forms

from organizations.fields import WordsField

from .models import BalanceRule, Indicator, ReportFormLine
from .models.rules import SLOTS, in_words

SLOT = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|[{}\[\]]")


def helper():
    """The page writes the <form> and its save bar."""
    made = FormHelper()
    made.form_tag = False
    return made


class SavesWithLog(forms.ModelForm):
    """A form whose `changes` tells the log what stood there before and what stands there now."""

    helper = helper()

    def changes(self):
        """(before, after): dicts of the changed fields alone."""
        names = self.changed_data
        return {name: _plain(self.initial.get(name)) for name in names}, {name: _plain(self.cleaned_data[name]) for name in names}


class IndicatorForm(SavesWithLog):
    rule = WordsField(label="Quy tắc", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    how_to_count = WordsField(label="Cách tính", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    example = WordsField(label="Ví dụ", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    mistake = WordsField(label="Dễ nhầm", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    source = WordsField(label="Căn cứ, nguồn", required=False, max_length=300)

    class Meta:
        model = Indicator
        fields = ["rule", "how_to_count", "example", "mistake", "source"]


class RuleForm(SavesWithLog):
    sentence = WordsField(
        label="Câu nhắc",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Viết [vế trái], [vế phải], [chênh lệch] ở chỗ cần chèn số.",
        error_messages={"required": "Viết câu sẽ hiện ra khi số liệu không cân đối."},
    )

    class Meta:
        model = BalanceRule
        fields = ["severity", "sentence", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["sentence"] = in_words(self.initial["sentence"])

    def clean_sentence(self):
        sentence = self.cleaned_data["sentence"]
        for slot, word in SLOTS.items():
            sentence = sentence.replace(word, slot)
        unknown = [slot for slot in SLOT.findall(sentence) if slot not in SLOTS]
        if unknown:
            raise forms.ValidationError(f"Không có chỗ chèn “{unknown[0]}”: chỉ dùng {', '.join(SLOTS.values())}.")
        return sentence

    def changes(self):
        """The log keeps the sentence as people write it."""
        before, after = super().changes()
        if "sentence" in after:
            after["sentence"] = in_words(after["sentence"])
        return before, after


class LineForm(SavesWithLog):
    section = WordsField(label="Mục", max_length=120, error_messages={"required": "Ghi tên mục, ví dụ: II. Phát triển đảng viên."})
    order = forms.IntegerField(
        label="Thứ tự",
        min_value=0,
        max_value=32000,
        error_messages={
            "required": "Ghi thứ tự của dòng trong biểu.",
            "invalid": "Nhập thứ tự bằng một số nguyên.",
            "min_value": "Nhập số từ 0 trở lên.",
            "max_value": "Nhập số không quá 32.000.",
        },
        widget=forms.NumberInput(attrs={"class": "w-figure"}),
    )

    class Meta:
        model = ReportFormLine
        fields = ["section", "order", "is_required"]


class AddLineForm(LineForm):
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(),
        label="Chỉ tiêu",
        empty_label="Chọn chỉ tiêu",
        error_messages={"required": "Chọn chỉ tiêu cần thêm.", "invalid_choice": "Chỉ tiêu này đã có trong biểu hoặc không còn: chọn chỉ tiêu khác."},
    )

    class Meta(LineForm.Meta):
        fields = ["indicator", "section", "order", "is_required"]

    field_order = ["indicator", "section", "order", "is_required"]

    def __init__(self, report_form, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.form = report_form
        self.fields["indicator"].queryset = Indicator.objects.exclude(form_lines__form=report_form)


class CatalogueFilter(forms.Form):
    """Search in the catalogue."""

    tim = WordsField(label="Tìm chỉ tiêu", required=False, max_length=100)


def _plain(value):
    return value if isinstance(value, bool | int | str) or value is None else str(value)
