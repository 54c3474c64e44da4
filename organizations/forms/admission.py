"""Forms of the stages of a candidate, of his exit, and of the rules on admission."""

from django import forms
from django.db import transaction

from organizations import tree
from organizations.access import reach
from organizations.admission import THRESHOLDS, next_stages, warnings
from organizations.citations import doubt_of_party_number
from organizations.fields import DayField, OrganizationFilterField, WordsField
from organizations.models import AdmissionRule, Candidate, LogEntry, Member, Stage
from organizations.models.candidate_acts import BEFORE_ADMISSION
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.models.stages import STEPS, StageRefused
from organizations.telling import told
from partyreports.vietnamese import fold, screen_date

from .asking import AskingForm


class StageForm(AskingForm, forms.Form):
    """The next stage of a candidate, or another day and number for one that stands (`stage`). What a rule has against it is asked once."""

    stage = forms.ChoiceField(label="Bước", choices=Stage.choices)
    taken_on = DayField(label="Ngày", past_only=True)
    number = WordsField(label="Số văn bản", required=False, max_length=60, help_text="Ví dụ 15-QĐ/HU. Để trống nếu bước này không có văn bản.")

    def __init__(self, user, candidate, data=None, *, stage=None):
        row = candidate.taken.get(stage)
        super().__init__(data, initial={"taken_on": row.taken_on, "number": row.number} if row else None)
        self.user, self.candidate, self.standing = user, candidate, stage
        if row:
            del self.fields["stage"]
            self.fields["taken_on"].label = STEPS[stage].day_label
            self.before = {"taken_on": screen_date(row.taken_on), "number": row.number}
        else:
            # A stage that somebody has written meanwhile is refused by the act, not as an unknown choice.
            offered = next_stages(candidate)
            self.fields["stage"].widget.choices = [(step, _step_words(step)) for step in offered]
            self.initial["stage"] = offered[0] if offered else ""
        self.fields["taken_on" if row else "stage"].widget.attrs["autofocus"] = True

    def after(self):
        return {"taken_on": screen_date(self.cleaned_data["taken_on"]), "number": self.cleaned_data["number"]}

    def clean(self):
        facts = super().clean()
        stage, on = self.standing or facts.get("stage"), facts.get("taken_on")
        if facts.get("number") and stage and not STEPS[stage].number_label:
            self.add_error("number", f"Bước “{Stage(stage).label}” chỉ ghi ngày: bỏ số văn bản.")
        if stage and on:
            try:
                self.candidate.refuse_crossed(stage, on)
            except StageRefused as refused:
                self.add_error("taken_on", refused.sentence)
        return facts

    def questions(self):
        candidate, book = self.candidate, AdmissionRule.objects.book()
        stage, on = self.standing or self.cleaned_data["stage"], self.cleaned_data["taken_on"]
        days = {taken: row.taken_on for taken, row in candidate.taken.items()}
        before = {caution.sentence for caution in warnings(candidate, book, days=days)}
        asked = [
            f"{caution.sentence} Căn cứ: {caution.source}."
            for caution in warnings(candidate, book, days={**days, stage: on})
            if caution.sentence not in before
        ]
        doubt = doubt_of_party_number(self.cleaned_data["number"]) if stage != Stage.CERTIFIED else ""
        asked += [doubt] if doubt else []
        if stage == Stage.ADMITTED and not candidate.member_id:
            asked += self._namesakes()
        return asked

    def save(self):
        facts = {"on": self.cleaned_data["taken_on"], "number": self.cleaned_data["number"], "by": self.user}
        return self.candidate.correct(self.standing, **facts) if self.standing else self.candidate.take(self.cleaned_data["stage"], **facts)

    def _namesakes(self):
        """Members who may be the same person, written into the roster by hand before."""
        found = Member.objects.visible_to(self.user).filter(search=fold(self.candidate.full_name), birth_year=self.candidate.born_on.year)
        for member in found.select_related("organization")[:3]:
            yield f"Sổ đảng viên đã có {member}, sinh năm {member.birth_year}, tại {member.organization}: ghi lễ kết nạp sẽ thêm một người nữa."


class ExitForm(AskingForm, forms.Form):
    """Why and from when somebody is no longer followed; what will be deleted is said first."""

    reason = forms.ChoiceField(label="Lý do", error_messages={"required": "Chọn lý do thôi theo dõi."})
    on = DayField(label="Từ ngày", past_only=True)

    def __init__(self, user, candidate, data=None):
        super().__init__(data)
        self.user, self.candidate = user, candidate
        is_member = Stage.ADMITTED in candidate.taken
        reasons = [choice for choice in Candidate.Exit.choices if (choice[0] in BEFORE_ADMISSION) != is_member]
        self.fields["reason"].choices = reasons if is_member else [("", "Chọn lý do"), *reasons]
        self.fields["reason"].widget.attrs["autofocus"] = True

    def questions(self):
        if self.candidate.member_id:
            day = screen_date(self.cleaned_data["on"])
            return [f"Đồng chí này sẽ không còn trong danh sách đảng viên từ ngày {day}, ghi là xóa tên."]
        return ["Ngày xác minh lý lịch và thông tin được che của đồng chí này sẽ bị xóa, không lấy lại được."]

    def save(self):
        self.candidate.stop(self.cleaned_data["reason"], on=self.cleaned_data["on"], by=self.user)
        return self.candidate


class ReminderFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Tổ chức và cấp dưới")
    trong = forms.TypedChoiceField(
        label="Còn lại",
        required=False,
        coerce=int,
        empty_value=THRESHOLDS[-1],
        choices=[("", "Đến 90 ngày"), *((days, f"Đến {days} ngày") for days in reversed(THRESHOLDS[:-1])), (-1, "Đã quá hạn")],
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)

    @property
    def asked(self):
        """branch (or None) and days, as far as they could be read."""
        self.full_clean()
        return {"branch": self.cleaned_data.get("to_chuc"), "within": self.cleaned_data.get("trong", THRESHOLDS[-1])}


RULE_FIELDS = ["value", "source", "valid_from"]


class RuleForm(forms.ModelForm):
    """The next validity of a rule: the number that holds from a day on; the one before holds up to that day. `standing`: the last one, put right."""

    valid_from = DayField(label="Có giá trị từ ngày")

    class Meta:
        model = AdmissionRule
        fields = RULE_FIELDS
        field_classes = {"source": WordsField}
        labels = {"source": "Căn cứ"}
        help_texts = {"source": "Số, ký hiệu, ngày của văn bản, ví dụ: Quy định 24-QĐ/TW ngày 30/7/2021."}
        widgets = {"value": forms.TextInput(attrs={"class": "w-figure", "inputmode": "numeric", "maxlength": 5, "autofocus": True})}
        error_messages = {"value": {"invalid": "Chỉ nhập chữ số."}}

    def __init__(self, user, last, *args, standing=None, **kwargs):
        copied = AdmissionRule(code=last.code, name=last.name, unit=last.unit)
        super().__init__(*args, instance=standing or copied, **kwargs)
        self.user, self.last, self.standing = user, last, standing
        self.before = told(standing or last, RULE_FIELDS)
        self.fields["value"].label = f"{last.name} ({last.unit})"

    def clean_value(self):
        value = self.cleaned_data["value"]
        if not value:
            raise forms.ValidationError("Nhập số từ 1 trở lên.")
        return value

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if day and day <= self.last.valid_from and self.last is not self.standing:
            raise forms.ValidationError(f"Chọn một ngày sau {screen_date(self.last.valid_from)}, ngày giá trị trước bắt đầu.")
        return day

    @transaction.atomic
    def save(self):
        top = tree.root()
        if self.last is not self.standing:
            AdmissionRule.objects.filter(pk=self.last.pk).update(valid_to=self.cleaned_data["valid_from"])
        rule = super().save()
        action, key = "change" if self.standing else "add", top.pk if top else None
        LogEntry.write(action, by=self.user, about=rule, organization_pk=key, before=self.before, after=told(rule, RULE_FIELDS))
        return rule


def _step_words(stage):
    papers = STEPS[stage].papers
    label = Stage(stage).label
    return f"{label[0].upper()}{label[1:]} ({papers})" if papers else label[0].upper() + label[1:]
