"""Forms of norms, of the days they plan, and of the villages that take turns."""

import datetime as dt

from django import forms
from django.db import transaction

from organizations.access import Right, reach
from organizations.fields import DayField, OrganizationField, RowsField, WordsField
from organizations.forms.asking import AskingForm
from organizations.models import LogEntry, OrganizationKind, Reference
from organizations.reference_fields import ReferenceField
from organizations.telling import told
from partyreports.activities.dialogues import villages_of
from partyreports.activities.models import Dialogue, DialogueNorm, PlannedDialogue, Village
from partyreports.activities.norms import NEAR, stretch_of
from partyreports.activities.persons import look_alikes, refusals

WRITERS = (Right.ENTER, Right.WRITE)
NORM = ["organization", "cadence", "weekday", "nth", "rotates", "basis", "valid_from", "valid_to"]
PLAN = ["planned_on", "village", "dialogue", "note"]
MOST_LINES = 60


class NormForm(AskingForm, forms.ModelForm):
    organization = OrganizationField(label="Tổ chức phải thực hiện")
    valid_from = DayField(label="Từ ngày")
    valid_to = DayField(label="Đến trước ngày", required=False, help_text="Để trống khi còn hiệu lực.")
    basis = ReferenceField(label="Căn cứ", required=False)

    class Meta:
        model = DialogueNorm
        fields = [*NORM[:5], "kinds", *NORM[5:]]
        field_classes = {"kinds": RowsField}
        widgets = {"kinds": forms.CheckboxSelectMultiple}
        labels = {"weekday": "Vào thứ", "nth": "Lần trong tháng", "kinds": "Áp dụng cả cho tổ chức trực thuộc"}
        help_texts = {
            "weekday": "Chỉ chọn khi nhịp là một ngày thứ cố định mỗi tháng.",
            "nth": "Chỉ chọn khi nhịp là một ngày thứ cố định mỗi tháng.",
            "rotates": "Khi lập lịch năm, lần lượt đến từng thôn trong danh sách.",
            "kinds": "Chọn loại hình; không chọn thì chỉ áp dụng cho tổ chức ở trên.",
        }

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["organization"].widget.attrs["autofocus"] = True
        self.fields["basis"].allow(Reference.objects.visible_to(user), kept=[self.instance.basis] if self.instance.basis_id else [])
        self.fields["kinds"].queryset = OrganizationKind.objects.order_by("order", "name")
        self.before = told_of(self.instance) if self.instance.pk else None
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization

    def clean(self):
        facts = super().clean()
        if facts.get("cadence") == DialogueNorm.Cadence.MONTHLY_WEEKDAY:
            for name, sentence in (("weekday", "Chọn thứ mấy trong tuần."), ("nth", "Chọn lần thứ mấy trong tháng.")):
                if not facts.get(name):
                    self.add_error(name, sentence)
        else:
            facts |= {"weekday": None, "nth": None}
        if facts.get("valid_from") and facts.get("valid_to") and facts["valid_to"] <= facts["valid_from"]:
            self.add_error("valid_to", "Ngày kết thúc phải sau ngày bắt đầu.")
        return facts

    def after(self):
        return told(self.instance, NORM) | {"kinds": _listed(self.cleaned_data["kinds"])}

    @transaction.atomic
    def save(self):
        norm = super().save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=norm, before=self.before, after=told_of(norm))
        return norm


class PlanForm(AskingForm, forms.ModelForm):
    """What came of one planned day: the meeting that was held, another day or village, or why it was put off."""

    planned_on = DayField(label="Ngày dự kiến")

    class Meta:
        model = PlannedDialogue
        fields = PLAN
        field_classes = {"note": WordsField}
        labels = {"dialogue": "Cuộc đã tổ chức", "note": "Lý do hoãn"}
        widgets = {"note": forms.TextInput(attrs={"class": "w-full"})}
        help_texts = {"dialogue": "Chọn trong các cuộc đã ghi quanh ngày dự kiến.", "note": "Chỉ ghi khi hoãn, không tổ chức trong tháng, quý này."}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, day = user, self.instance.planned_on
        self.fields["village"].queryset = villages_of(self.instance.organization, on=day)
        self.fields["village"].empty_label = "Chưa định thôn"
        if self.instance.norm.is_by_weekday:
            self._offer_dialogues(day)
        else:
            del self.fields["dialogue"]
        self.fields["dialogue" if "dialogue" in self.fields else "planned_on"].widget.attrs["autofocus"] = True
        self.before = told(self.instance, PLAN)

    def _offer_dialogues(self, day):
        near = Dialogue.objects.counted().filter(organization=self.instance.organization).select_related("village")
        month = (day.replace(day=1) - NEAR, _next_month(day) + NEAR)
        free = near.filter(planned=None, held_on__range=month) | near.filter(pk=self.instance.dialogue_id)
        self.fields["dialogue"].queryset = free.order_by("held_on")
        self.fields["dialogue"].label_from_instance = lambda dialogue: f"Ngày {dialogue.held_on:%d/%m/%Y}, {dialogue.where or 'chưa ghi nơi'}"
        self.fields["dialogue"].empty_label = "Chưa tổ chức"

    def clean_planned_on(self):
        day, before = self.cleaned_data["planned_on"], dt.date.fromisoformat(str(self.initial["planned_on"]))
        norm = self.instance.norm
        label, first, last = stretch_of(norm, before)
        if not first <= day <= last:
            words = f"{label[:1].lower()}{label[1:]}/{before.year}"
            raise forms.ValidationError(f"Chuyển sang ngày khác trong {words}; không tổ chức trong {norm.stretch} thì ghi lý do hoãn.")
        return day

    def clean(self):
        facts = super().clean()
        if facts.get("dialogue") and facts.get("note"):
            self.add_error("note", "Đã chọn cuộc đã tổ chức thì không ghi lý do hoãn.")
        for name, sentence in list(refusals(facts, {"note": "reason"})):
            self.add_error(name, sentence)
        return facts

    def after(self):
        return told(self.instance, PLAN)

    def questions(self):
        return look_alikes(self.cleaned_data["note"])

    @transaction.atomic
    def save(self):
        plan = super().save()
        LogEntry.write("change", by=self.user, about=plan, before=self.before, after=told(plan, PLAN))
        return plan


class VillagesForm(forms.Form):
    """New villages of a body, a name a line."""

    organization = OrganizationField(label="Đảng ủy xã")
    names = forms.CharField(
        label="Tên thôn, tổ dân phố",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "w-name"}),
        help_text="Mỗi dòng một thôn. Thôn đã có trong danh sách thì bỏ qua.",
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["names" if self.initial.get("organization") else "organization"].widget.attrs["autofocus"] = True

    def clean_names(self):
        names = [WordsField(max_length=120).clean(line) for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(names) > MOST_LINES:
            raise forms.ValidationError(f"Mỗi lần nhập nhiều nhất {MOST_LINES} thôn.")
        return list(dict.fromkeys(names))

    @transaction.atomic
    def save(self):
        """The villages that were not there: a list."""
        body = self.cleaned_data["organization"]
        known = set(Village.objects.filter(organization=body).values_list("name", flat=True))
        added = [Village.objects.create(organization=body, name=name) for name in self.cleaned_data["names"] if name not in known]
        for village in added:
            LogEntry.write("add", by=self.user, about=village, after=told(village, ["name"]))
        return added


class VillageForm(AskingForm, forms.ModelForm):
    ended_on = DayField(label="Thôi dùng từ ngày", required=False, help_text="Ghi khi thôn đã sáp nhập hoặc giải thể.")

    class Meta:
        model = Village
        fields = ["name", "ended_on"]
        field_classes = {"name": WordsField}
        widgets = {"name": forms.TextInput(attrs={"class": "w-name", "autofocus": True})}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.before = told(self.instance, self.Meta.fields)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Village.objects.filter(organization=self.instance.organization_id, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Thôn này đã có trong danh sách.")
        return name

    def after(self):
        return told(self.instance, self.Meta.fields)

    @transaction.atomic
    def save(self):
        village = super().save()
        LogEntry.write("change", by=self.user, about=village, before=self.before, after=told(village, self.Meta.fields))
        return village


def told_of(norm):
    """What the log keeps of a norm."""
    return told(norm, NORM) | {"kinds": _listed(norm.kinds.all())}


def _listed(rows):
    return "; ".join(str(row) for row in rows)


def _next_month(day):
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
