"""Forms of a model's years: the state it came to, and what was written by mistake."""

from django import forms

from organizations.fields import DayField, WordsField

from ..lifecycle import choices, move, withdraw
from ..models import ModelYear


class StageForm(forms.Form):
    """The state a model came to in a year: day, paper, note. `seen` is the state that was on the page."""

    state = forms.ChoiceField(
        label="Tình trạng mới", error_messages={"required": "Chọn tình trạng.", "invalid_choice": "Chọn tình trạng trong danh sách."}
    )
    on = DayField(label="Ngày", past_only=True, error_messages={"required": "Nhập ngày, ví dụ 30/06/2024."})
    document = WordsField(
        label="Số văn bản", required=False, max_length=80, help_text="Văn bản ghi nhận việc này, ví dụ 78-CV/ĐU. Để trống nếu không có."
    )
    note = WordsField(label="Ghi chú", required=False, max_length=300, help_text="Không ghi tên người, tên hộ.")
    seen = forms.ChoiceField(choices=ModelYear.State.choices, widget=forms.HiddenInput)

    def __init__(self, year, rights, *args, **kwargs):
        super().__init__(*args, **{"initial": {"seen": year.state}, **kwargs})
        self.year = year
        # A choice that somebody else has just made impossible is refused at writing, with what stands there now.
        offered = choices(year, rights) or list(ModelYear.State)
        self.fields["state"].choices = [(state.value, state.label) for state in (list(ModelYear.State) if self.is_bound else offered)]
        self.fields["state"].widget.attrs["autofocus"] = True
        self.fields["document"].widget.attrs["class"] = "w-name"

    def save(self, *, by):
        """Raises StepRefused."""
        facts = self.cleaned_data
        return move(self.year, facts["state"], by=by, on=facts["on"], document=facts["document"], note=facts["note"], seen=facts["seen"])


class WithdrawForm(forms.Form):
    """Why a stage is taken back."""

    reason = WordsField(
        label="Lý do rút",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        error_messages={"required": "Ghi lý do rút, ví dụ: ghi nhầm năm."},
    )

    def save(self, stage, *, by):
        """Raises StepRefused."""
        withdraw(stage, by=by, reason=self.cleaned_data["reason"])
