"""Filters above the lists of the room."""

from django import forms

from organizations.access import reach
from organizations.fields import OrganizationFilterField, WordsField
from organizations.models import Organization
from organizations.models.members import REGISTERS_SEEN_WITH
from partyreports.activities.models import Dialogue, Petition, Village
from partyreports.vietnamese import fold

ALL = [("", "Tất cả")]
MOST_VILLAGES = 200  # offered in the box


class BranchFilterForm(forms.Form):
    """The branch alone: of norms, of villages."""

    to_chuc = OrganizationFilterField()

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)

    @property
    def branch(self):
        return getattr(self, "cleaned_data", {}).get("to_chuc")

    def narrow(self, rows):
        """`rows` of the branch that was asked for."""
        self.full_clean()
        return rows.within(self.branch) if self.branch else rows

    def bodies(self, organizations):
        """Those of the queryset `organizations` in the branch that was asked for."""
        self.full_clean()
        return organizations.filter(pk__in=Organization.objects.now_under(self.branch)) if self.branch else organizations


class YearFilterForm(BranchFilterForm):
    """The branch and the year; the year is the chosen one unless the address says otherwise."""

    nam = forms.ChoiceField(label="Năm", required=False)
    field_order = ["nam", "to_chuc"]

    def __init__(self, user, years, chosen, data):
        data = data.copy()
        if chosen:
            data.setdefault("nam", chosen.code)
        super().__init__(user, data)
        self.years = {year.code: year for year in years}
        self.fields["nam"].choices = [("", "Tất cả các năm"), *((year.code, year.title) for year in years)]

    @property
    def period(self):
        """The year asked for, None for all."""
        return self.years.get(getattr(self, "cleaned_data", {}).get("nam"))


class DialogueFilterForm(YearFilterForm):
    thon = forms.CharField(label="Thôn", required=False, widget=forms.Select)
    cap = forms.ChoiceField(label="Cấp", required=False, choices=[*ALL, *Dialogue.Level.choices])
    loai = forms.ChoiceField(label="Hình thức", required=False, choices=[*ALL, *Dialogue.Kind.choices])
    kien_nghi = forms.ChoiceField(label="Kiến nghị", required=False, choices=[*ALL, ("con", "Còn kiến nghị chưa giải quyết xong")])
    so = forms.ChoiceField(label="Trong sổ", required=False, choices=[("", "Đang tính"), ("rut", "Đã rút")])
    q = WordsField(label="Tìm", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "nơi, chức vụ, số biên bản"}))

    def narrow(self, dialogues):
        """`dialogues` with the filters that could be read."""
        dialogues = super().narrow(dialogues)
        chosen = self.cleaned_data
        if self.period:
            dialogues = dialogues.in_span(self.period.starts_on, self.period.ends_on)
        village = self._village(chosen.get("thon"))
        if village:
            dialogues = dialogues.filter(village=village)
        if chosen.get("cap"):
            dialogues = dialogues.filter(level=chosen["cap"])
        if chosen.get("loai"):
            dialogues = dialogues.filter(kind=chosen["loai"])
        if chosen.get("kien_nghi"):
            dialogues = dialogues.filter(pk__in=Petition.objects.exclude(state=Petition.State.SOLVED).values("dialogue"))
        dialogues = dialogues.exclude(withdrawn_at=None) if chosen.get("so") == "rut" else dialogues.standing()
        for word in fold(chosen.get("q", "")).split()[:10]:
            dialogues = dialogues.filter(search__contains=word)
        return dialogues

    def _village(self, key):
        """The village asked for, out of those of the chosen branch; the box is there only when that branch has any."""
        villages = list(Village.objects.within(self.branch)[:MOST_VILLAGES]) if self.branch else []
        if not villages:
            del self.fields["thon"]
            return None
        self.fields["thon"].widget.choices = [*ALL, *((str(village.pk), village.name) for village in villages)]
        return next((village for village in villages if str(village.pk) == key), None)


class CalendarFilterForm(BranchFilterForm):
    """What the calendar shows. The year and the month stand in the address of its strip."""

    KINDS = (("doi-thoai", "Đối thoại"), ("kiem-tra", "Kiểm tra, giám sát"))
    nam = forms.CharField(required=False, widget=forms.HiddenInput)
    thang = forms.CharField(required=False, widget=forms.HiddenInput)
    loai = forms.ChoiceField(label="Loại", required=False, choices=[*ALL, *KINDS])
