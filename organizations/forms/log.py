"""What to look for in the log."""

from django import forms

from organizations.access import Right, reach
from organizations.fields import DayField, OrganizationFilterField, WordsField
from organizations.models import Organization
from organizations.models.log import ACTS
from partyreports.vietnamese import fold, sort_key


class LogFilterForm(forms.Form):
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)
    viec = forms.ChoiceField(label="Việc", required=False, choices=[("", "Tất cả"), *sorted(ACTS.items(), key=lambda act: sort_key(act[1]))])
    to_chuc = OrganizationFilterField()
    q = WordsField(label="Người, đối tượng", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, Right.AUDIT), Right.AUDIT)
        if not user.holds(Right.AUDIT):
            del self.fields["to_chuc"]

    def narrow(self, entries):
        """`entries` with the filters that could be read."""
        self.full_clean()
        chosen = self.cleaned_data
        if chosen.get("tu"):
            entries = entries.filter(at__date__gte=chosen["tu"])
        if chosen.get("den"):
            entries = entries.filter(at__date__lte=chosen["den"])
        if chosen.get("viec"):
            entries = entries.filter(action=chosen["viec"])
        if chosen.get("to_chuc"):
            entries = entries.filter(organization_pk__in=Organization.objects.now_under(chosen["to_chuc"]).values("pk"))
        for word in fold(chosen.get("q", "")).split()[:10]:
            entries = entries.filter(search__contains=word)
        return entries
