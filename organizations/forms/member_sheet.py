"""The form of a line of the workbook of members: a new one with the day and the reason he came."""

from django import forms

from organizations.fields import DayField
from organizations.models import Stay

from .members import MemberForm

ARRIVAL = ("since", "arrived_by")
KEPT = "Ô này chỉ ghi cho đảng viên mới: với người đã có trong sổ thì để trống, hoặc giữ như khi xuất."


class MemberSheetForm(MemberForm):
    """Of a member who stands in the register, day and reason of his coming are shown to be the same, never written here."""

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if self.instance.pk:
            self.fields["since"] = DayField(required=False)
            self.fields["arrived_by"] = forms.ChoiceField(required=False, choices=Stay.Arrival.choices)
            self.initial |= arrival_of(self.instance)
        else:
            self.fields["arrived_by"].error_messages["invalid_choice"] = "Lý do này do cổng ghi khi có việc đó: chọn lý do khác cho người mới."

    def clean(self):
        facts = super().clean()
        for name, standing in arrival_of(self.instance).items() if self.instance.pk else ():
            if facts.get(name) and facts[name] != standing:
                self.add_error(name, KEPT)
            facts[name] = standing
        return facts


def arrival_of(member):
    """dict: since when and why he is where he takes part now; None and "" when he is nowhere."""
    stay = next((stay for stay in member.stays.all() if stay.until is None and not stay.is_temporary), None)
    return {"since": stay.since, "arrived_by": stay.arrived_by} if stay else {"since": None, "arrived_by": ""}
