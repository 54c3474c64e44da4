"""Forms of dialogues: what a clerk writes after a meeting, how its petitions are followed up, why a wrong row is withdrawn."""

from django import forms
from django.db import transaction

from organizations.access import Right, reach
from organizations.fields import DayField, OrganizationField, RowsField, WordsField
from organizations.forms.asking import AskingForm
from organizations.lifetime import outside_life
from organizations.models import LogEntry
from organizations.telling import told
from partyreports.activities.dialogues import USUAL_OPINIONS, chairs_of, level_of, villages_of
from partyreports.activities.fields import CountField
from partyreports.activities.models import Dialogue, Petition, Subject
from partyreports.activities.norms import another_weekday
from partyreports.activities.persons import look_alikes, refusals
from partyreports.vietnamese import fold, screen_date

WRITERS = (Right.ENTER, Right.WRITE)
FIELDS = [
    "organization", "held_on", "place", "level", "kind", "chair_post", "people", "officials", "qualifier", "opinions", "opinions_qualifier",
    "minutes_number", "minutes_on",
]  # fmt: skip
TOLD = [*FIELDS, "subjects", "petitions"]
NO_NAME = "Không ghi tên người dân."
NAMELESS = {"place": "place", "chair_post": "post", "minutes_number": "number"}
NAMELESS_OF_PETITIONS = {"owner": "office", "answer_number": "number"}


class PetitionForm(forms.ModelForm):
    """One line of petitions. A line without a subject and a count is an empty one."""

    count = CountField(label="Số kiến nghị", at_most=999, required=False)

    class Meta:
        model = Petition
        fields = ("subject", "count", "state", "authority", "owner", "answer_number")  # a list would be added to by every set of rows
        field_classes = {"owner": WordsField, "answer_number": WordsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = Subject.objects.all()
        self.fields["subject"].empty_label = "Chọn lĩnh vực"
        self.fields["subject"].error_messages["required"] = "Chọn lĩnh vực của kiến nghị."
        for name in ("subject", "authority", "state"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("count", "owner", "answer_number"):
            self.fields[name].widget.attrs["class"] = "form-control w-year" if name == "count" else "form-control"
        if self.instance.pk is None:
            self.initial["count"] = ""

    def has_changed(self):
        """A new line counts once something is chosen or typed in it: its other boxes hold a first guess."""
        return super().has_changed() if self.instance.pk else bool({"subject", "count", "owner", "answer_number"} & set(self.changed_data))

    def clean_count(self):
        if not self.cleaned_data["count"]:
            raise forms.ValidationError("Nhập số kiến nghị, từ 1 trở lên.")
        return self.cleaned_data["count"]

    def clean(self):
        facts = super().clean()
        for name, sentence in list(refusals(facts, NAMELESS_OF_PETITIONS)):
            self.add_error(name, sentence)
        return facts


PetitionFormSet = forms.inlineformset_factory(
    Dialogue, Petition, form=PetitionForm, extra=3, max_num=40, validate_max=True, can_delete=True, can_delete_extra=False
)


class DialogueForm(AskingForm, forms.ModelForm):
    """One meeting with its petitions. Rows of petitions that were not sent (a workbook has none) stay as they are."""

    rows_prefix = "kien-nghi"

    organization = OrganizationField(label="Tổ chức chủ trì")
    held_on = DayField(label="Ngày tổ chức", past_only=True)
    people = CountField(label="Lượt người dân dự", required=False)
    officials = CountField(label="Lượt cán bộ dự", required=False)
    opinions = CountField(label="Lượt ý kiến", required=False, help_text="Đếm lượt phát biểu; một người phát biểu hai lần là hai lượt.")
    minutes_on = DayField(label="Ngày biên bản", past_only=True, required=False)

    class Meta:
        model = Dialogue
        fields = [*FIELDS[:11], "subjects", *FIELDS[11:]]
        field_classes = {"place": WordsField, "chair_post": WordsField, "minutes_number": WordsField, "subjects": RowsField}
        labels = {"place": "Thôn, địa điểm", "qualifier": "Từ chỉ mức độ của lượt dự", "opinions_qualifier": "Từ chỉ mức độ của lượt ý kiến"}
        widgets = {
            "place": forms.TextInput(attrs={"class": "w-name", "list": "cac-thon", "autocomplete": "off"}),
            "chair_post": forms.TextInput(attrs={"class": "w-name", "list": "cac-chuc-vu", "autocomplete": "off"}),
            "subjects": forms.CheckboxSelectMultiple,
            "minutes_number": forms.TextInput(attrs={"class": "w-figure"}),
        }
        help_texts = {
            "place": "Chọn thôn trong danh sách, hoặc gõ nơi khác.",
            "chair_post": "Ghi chức vụ, không ghi họ tên.",
            "qualifier": "Để “đúng” khi đếm được đủ.",
        }

    def __init__(self, user, *args, planned=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.planned = user, planned
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["level"].required = False
        self.fields["level"].choices = [("", "Theo loại hình tổ chức"), *Dialogue.Level.choices]
        self.fields["subjects"].queryset = Subject.objects.filter(is_used=True)
        self.before = None
        if self.instance.pk:
            self.fields["subjects"].queryset = Subject.objects.all()
            self.initial |= {"organization": self.instance.organization, "place": self.instance.where}
            self.before = told_of(self.instance)
        else:
            self.initial.setdefault("level", "")
        first = "held_on" if self.initial.get("organization") else "organization"
        self.fields[first].widget.attrs["autofocus"] = True
        has_rows = self.data and f"{self.rows_prefix}-TOTAL_FORMS" in self.data
        self.rows = PetitionFormSet(self.data if has_rows else None, instance=self.instance, prefix=self.rows_prefix)

    @property
    def body(self):
        """The organisation to suggest villages and posts for: the one typed, else the one the form opened with; None when not known."""
        return getattr(self, "cleaned_data", {}).get("organization") or self.initial.get("organization")

    @property
    def villages(self):
        return list(villages_of(self.body)) if self.body else []

    @property
    def chairs(self):
        return chairs_of(self.body) if self.body else []

    def is_valid(self):
        return all([super().is_valid(), self.rows.is_valid() or not self.rows.is_bound])

    def clean(self):
        facts = super().clean()
        for name, sentence in list(refusals(facts, NAMELESS)):
            self.add_error(name, sentence)
        body, day = facts.get("organization"), facts.get("held_on")
        if body and day:
            for sentence in outside_life(body, day):
                self.add_error("held_on", sentence)
        if body:
            self._find_village(body, facts, day)
            facts["level"] = facts.get("level") or level_of(body, on=day)
        if day and facts.get("minutes_on") and facts["minutes_on"] < day:
            self.add_error("minutes_on", "Ngày biên bản không thể trước ngày tổ chức.")
        spoke, came = facts.get("opinions"), (facts.get("people") or 0) + (facts.get("officials") or 0)
        if spoke is not None and spoke > came and not {"people", "officials"} & set(self.errors):
            self.add_error("opinions", f"Lượt ý kiến ({spoke}) không thể nhiều hơn lượt người dự ({came}): kiểm tra các ô này.")
        return facts

    def _find_village(self, body, facts, day):
        """A place that is the name of a village becomes the village; any other stays text."""
        named = fold(facts.get("place") or "")
        villages = list(villages_of(body, on=day)) if named else []
        found = [village for village in villages if fold(village.name) == named]
        self.instance.village = found[0] if found else None
        if found:
            facts["place"] = ""
        self.unknown_place = bool(villages) and not found

    def same_place(self, facts):
        """Other dialogues of the body on this day at this place."""
        others = Dialogue.objects.standing().filter(organization=facts["organization"], held_on=facts["held_on"]).exclude(pk=self.instance.pk)
        return others.filter(village=self.instance.village) if self.instance.village else others.filter(village=None, place=facts.get("place", ""))

    def after(self):
        if self.rows.is_bound:
            gone = self.rows.deleted_forms
            petitions = [row.instance for row in self.rows if row not in gone and (row.instance.pk or row.has_changed())]
        else:
            petitions = self.instance.petitions.select_related("subject") if self.instance.pk else []
        return told(self.instance, FIELDS) | {"place": self.instance.where} | _told_rows(self.cleaned_data["subjects"], petitions)

    def questions(self):
        facts = self.cleaned_data
        asked, body, day = [], facts["organization"], facts["held_on"]
        typed = [facts["place"], facts["chair_post"], facts["minutes_number"]]
        typed += [row.cleaned_data.get(name) or "" for row in self.rows if self.rows.is_bound for name in ("owner", "answer_number")]
        asked += look_alikes(*typed, instead="chỉ ghi chức vụ, cơ quan, nơi chốn, ")
        guessed, chair = self.initial.get("organization"), facts["chair_post"]
        if not self.instance.pk and guessed and guessed != body and chair and chair == self.initial.get("chair_post"):
            asked.append(f"“{chair}” là chức vụ gợi ý cho {guessed}, không phải cho {body}: kiểm tra ô Người chủ trì.")
        if self.same_place(facts).exists():
            asked.append(f"Ngày {screen_date(day)} đã có một cuộc đối thoại tại nơi này trong sổ: kiểm tra để không ghi trùng.")
        if self.unknown_place:
            asked.append(f"“{facts['place']}” không có trong danh sách thôn của tổ chức: cuộc này không tính vào thôn nào.")
        if facts["opinions"] > 2 * USUAL_OPINIONS:
            asked.append(f"{facts['opinions']} lượt ý kiến trong một cuộc là nhiều, thường từ 5 đến {USUAL_OPINIONS}: kiểm tra lại số.")
        if not facts["people"] + facts["officials"]:
            asked.append("Chưa nhập lượt người dự: cuộc này sẽ tính là không có lượt nào.")
        if not self.instance.pk and not self.planned and facts["kind"] == Dialogue.Kind.REGULAR:
            asked += another_weekday(body, day)
        return asked

    @transaction.atomic
    def save(self):
        """Write it with its petitions and a line of the log. Raises EventChanged."""
        dialogue = self.instance
        if dialogue.pk:
            dialogue.take_hold()
        super().save()
        if self.rows.is_bound:
            self.rows.instance = dialogue
            self.rows.save()
        if self.planned:
            self.planned.link(dialogue)
        LogEntry.write("change" if self.before else "add", by=self.user, about=dialogue, before=self.before, after=told_of(dialogue))
        return dialogue


class FollowUpForm(AskingForm, forms.ModelForm):
    """How far the petitions of one line have come; of several, some may be solved before the others."""

    count = CountField(label="Số kiến nghị chuyển sang tình trạng này", at_least=1, at_most=999)

    class Meta:
        model = Petition
        fields = ["state", "count", "owner", "answer_number"]
        field_classes = {"owner": WordsField, "answer_number": WordsField}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.whole = user, self.instance.count
        self.before = self.instance.told() | {"count": self.whole}
        self.fields["state"].widget.attrs["autofocus"] = True
        self.fields["owner"].help_text = NO_NAME
        if self.whole > 1:
            self.fields["count"].help_text = f"Dòng này có {self.whole} kiến nghị; phần còn lại giữ nguyên tình trạng."

    def clean_count(self):
        count = self.cleaned_data["count"]
        if count > self.whole:
            raise forms.ValidationError(f"Dòng này chỉ có {self.whole} kiến nghị.")
        return count

    def clean(self):
        facts = super().clean()
        for name, sentence in list(refusals(facts, NAMELESS_OF_PETITIONS)):
            self.add_error(name, sentence)
        return facts

    def after(self):
        return self.instance.told() | {"count": self.cleaned_data["count"]}

    def questions(self):
        return look_alikes(self.cleaned_data["owner"], self.cleaned_data["answer_number"])

    def save(self):
        """Raises EventChanged."""
        petition = Petition.objects.select_related("dialogue", "subject").get(pk=self.instance.pk)
        petition.follow_up(by=self.user, **self.cleaned_data)
        return petition.dialogue


class WithdrawForm(forms.Form):
    """Why a wrong row goes out of the register."""

    reason = WordsField(
        label="Lý do rút",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w-full", "autofocus": True}),
        help_text="Ví dụ: ghi trùng, ghi nhầm tổ chức. Dòng này không được đếm nữa nhưng vẫn xem lại được.",
        error_messages={"required": "Ghi lý do rút."},
    )


def told_of(dialogue):
    """What the log keeps of a meeting: its facts, the village by its name, its subjects and petitions."""
    facts = told(dialogue, FIELDS) | {"place": dialogue.where}
    return facts | _told_rows(dialogue.subjects.all(), dialogue.petitions.select_related("subject"))


def _told_rows(subjects, petitions):
    lines = sorted(f"{petition.subject}: {petition.count} ({petition.get_state_display()})" for petition in petitions)
    return {"subjects": "; ".join(sorted(str(subject) for subject in subjects)), "petitions": "; ".join(lines)}
