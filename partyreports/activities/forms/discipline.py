"""Forms of discipline carried out: the form, the authority, on how many. Never on whom."""

from django import forms
from django.db import transaction

from organizations.access import reach
from organizations.fields import DayField, OrganizationField
from organizations.forms.asking import AskingForm
from organizations.lifetime import outside_life
from organizations.models import LogEntry
from organizations.telling import told
from partyreports.activities.fields import CountField
from partyreports.activities.models import Discipline
from partyreports.activities.models.inspections import PLACE_OF_OUTCOMES
from partyreports.vietnamese import join_words, screen_date

from .filters import ALL, YearFilterForm
from .inspections import WRITERS

FIELDS = ["organization", "decided_on", "authority", "target", "form", "count", "committee_members"]


class DisciplineFilterForm(YearFilterForm):
    doi_tuong = forms.ChoiceField(label="Đối tượng", required=False, choices=[*ALL, *Discipline.Target.choices])
    hinh_thuc = forms.ChoiceField(label="Hình thức", required=False, choices=[*ALL, *Discipline.Form.choices])
    cap = forms.ChoiceField(label="Cấp thi hành", required=False, choices=[*ALL, *((doer.value, doer.label) for doer in Discipline.AUTHORITIES)])
    so = forms.ChoiceField(label="Trong sổ", required=False, choices=[("", "Đang tính"), ("rut", "Đã rút")])

    def narrow(self, decisions):
        """`decisions` with the filters that could be read."""
        decisions = super().narrow(decisions)
        chosen = self.cleaned_data
        if self.period:
            decisions = decisions.in_span(self.period.starts_on, self.period.ends_on)
        for field, name in (("target", "doi_tuong"), ("form", "hinh_thuc"), ("authority", "cap")):
            if chosen.get(name):
                decisions = decisions.filter(**{field: chosen[name]})
        return decisions.exclude(withdrawn_at=None) if chosen.get("so") == "rut" else decisions.standing()


class DisciplineForm(AskingForm, forms.ModelForm):
    organization = OrganizationField(
        label="Tổ chức", help_text="Nơi đảng viên sinh hoạt, hoặc tổ chức bị kỷ luật. Gõ vài chữ trong tên, không cần dấu."
    )
    decided_on = DayField(label="Ngày quyết định", past_only=True)
    count = CountField(label="Số lượng", at_least=1, at_most=999, help_text="Số đảng viên, hoặc số tổ chức, cùng một hình thức.")
    committee_members = CountField(label="Trong đó cấp ủy viên", at_most=999, required=False)

    class Meta:
        model = Discipline
        fields = FIELDS

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        for name in ("authority", "target", "form"):
            self.fields[name].choices = [("", "Chọn"), *(choice for choice in self.fields[name].choices if choice[0])]
        self.before = None
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization
            self.before = told(self.instance, FIELDS)
        else:
            self.initial |= {"committee_members": ""}
            first = "decided_on" if self.initial.get("organization") else "organization"
            self.fields[first].widget.attrs["autofocus"] = True

    def clean(self):
        facts = super().clean()
        body, day, target, form = (facts.get(name) for name in ("organization", "decided_on", "target", "form"))
        if body and day:
            for sentence in outside_life(body, day):
                self.add_error("decided_on", sentence)
        if target and form and form not in Discipline.ALLOWED[target]:
            allowed = join_words([each.label for each in Discipline.ALLOWED[target]], conjunction="hoặc")
            self.add_error("form", f"Đối với {Discipline.Target(target).label} chỉ áp dụng {allowed}.")
        committee, number = facts.get("committee_members"), facts.get("count")
        if committee and target == Discipline.Target.ORGANISATION:
            self.add_error("committee_members", "Kỷ luật tổ chức thì không ghi số cấp ủy viên: để trống ô này.")
        elif committee and number and committee > number:
            self.add_error("committee_members", f"Không thể nhiều hơn số bị kỷ luật ({number}).")
        return facts

    def after(self):
        return told(self.instance, FIELDS)

    def questions(self):
        facts, asked = self.cleaned_data, []
        if facts["form"] == Discipline.Form.REMOVAL and not facts["committee_members"]:
            asked.append("Cách chức chỉ áp dụng với người đang giữ chức vụ trong Đảng: nhập số cấp ủy viên, nếu có.")
        same = Discipline.objects.standing().filter(**{name: facts[name] for name in ("organization", "decided_on", "authority", "target", "form")})
        if same.exclude(pk=self.instance.pk).exists():
            asked.append(f"Ngày {screen_date(facts['decided_on'])} đã có một dòng cùng hình thức, cùng cấp thi hành: kiểm tra để không ghi trùng.")
        return asked

    @transaction.atomic
    def save(self):
        """Write it with a line of the log, whose numbers stay within the reporting line. Raises EventChanged."""
        if self.instance.pk:
            self.instance.take_hold()
        decision, act = super().save(), "change" if self.before else "add"
        LogEntry.write(act, by=self.user, about=decision, place=PLACE_OF_OUTCOMES, before=self.before, after=told(decision, FIELDS))
        return decision
