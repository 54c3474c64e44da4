"""Forms of registrations."""

from django import forms
from django.db import transaction

from organizations.access import reach
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, RowsField, WordsField
from organizations.forms.asking import AskingForm
from organizations.models import LogEntry, Reference
from organizations.reference_fields import ReferencesField
from organizations.review import Status
from partyreports.periods.models import Period
from partyreports.vietnamese import fold

from ..fields import PickedBelowTitle, RowField, TitleField
from ..links import link
from ..models import PARTS, ModelLink, ModelYear, Registration
from ..similar_titles import count_elsewhere, elsewhere_sentence, near_titles

FACTS = ("title", "field", "launched_on", "working_group_size", *PARTS)
HELP = {
    "situation": "Trước khi có mô hình: việc gì khó, vì sao phải đổi cách làm.",
    "scope": "Nơi làm và số lượng chung (bao nhiêu thôn, bao nhiêu hộ); không ghi tên người, tên hộ.",
    "method": "Ai làm, làm thế nào, bao lâu một lần.",
    "novelty": "Khác cách làm cũ ở chỗ nào.",
    "expected": "Đến cuối năm phải đạt được gì.",
    "results": "Kết quả bằng lời; số liệu lấy từ báo cáo năm, không chép lại ở đây.",
    "limits": "Việc chưa được, nguyên nhân.",
    "next_steps": "Việc làm tiếp, nhân rộng đến đâu.",
}


class BodyForm(forms.Form):
    """Whose model is registered."""

    to_chuc = OrganizationField(label="Tổ chức đăng ký mô hình")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, Registration.WRITTEN_WITH), Registration.WRITTEN_WITH)


class RegistrationFilterForm(forms.Form):
    nam = forms.ChoiceField(label="Năm", required=False)
    tinh_trang = forms.ChoiceField(label="Tình trạng trong năm", required=False, choices=[("", "Tất cả"), *ModelYear.State.choices])
    linh_vuc = forms.ChoiceField(label="Lĩnh vực", required=False, choices=[("", "Tất cả"), *Registration.Field.choices])
    trang_thai = forms.ChoiceField(label="Hồ sơ", required=False, choices=[("", "Tất cả"), *Status.choices])
    to_chuc = OrganizationFilterField()
    q = WordsField(label="Tên mô hình", required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, years, chosen, data):
        data = data.copy()
        if chosen:
            data.setdefault("nam", chosen.code)
        super().__init__(data)
        self.fields["nam"].choices = [("", "Tất cả các năm"), *((year.code, year.title) for year in years)]
        rights = (*Registration.WORKED_ON_WITH, *Registration.READ_WITH)
        self.fields["to_chuc"].allow(reach(user, *rights), *rights)

    @property
    def year(self):
        """The code of the year looked at, "" for all of them. Asked after `narrow`."""
        return self.cleaned_data.get("nam", "")

    def in_state(self, registrations):
        """Of the narrowed `registrations` those in the state asked for, in the year looked at or in any."""
        state = self.cleaned_data.get("tinh_trang")
        if not state:
            return registrations
        years = ModelYear.objects.filter(state=state)
        return registrations.filter(years__in=years.filter(period__code=self.year) if self.year else years).distinct()

    def narrow(self, registrations):
        """`registrations` with the filters that could be read, in whatever state they are."""
        self.full_clean()
        chosen = self.cleaned_data
        if chosen.get("nam"):
            registrations = registrations.filter(periods__code=chosen["nam"])
        if chosen.get("linh_vuc"):
            registrations = registrations.filter(field=chosen["linh_vuc"])
        if chosen.get("trang_thai"):
            registrations = registrations.filter(status=chosen["trang_thai"])
        if chosen.get("to_chuc"):
            registrations = registrations.within(chosen["to_chuc"])
        for word in fold(chosen.get("q", "")).split()[:10]:
            registrations = registrations.filter(search__contains=word)
        return registrations


class RegistrationForm(AskingForm, forms.ModelForm):
    """All that is said of a model. `version` is the one its writer has seen."""

    basis = ReferencesField(label="Văn bản làm căn cứ", required=False)
    launched_on = DayField(label="Ngày ra mắt", required=False, help_text="Để trống nếu chưa ra mắt.")
    replicates = RowField(Registration.objects.none(), required=False, widget=PickedBelowTitle)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Registration
        fields = ["title", "field", "periods", "basis", "launched_on", "working_group_size", *PARTS]
        field_classes = {"title": TitleField, **dict.fromkeys(PARTS, WordsField), "periods": RowsField}
        widgets = {
            "title": TitleField.widget,
            "periods": forms.CheckboxSelectMultiple,
            "working_group_size": forms.TextInput(attrs={"class": "w-year", "inputmode": "numeric", "maxlength": 5}),
            **{part: forms.Textarea(attrs={"rows": 7, "class": "w-full"}) for part in PARTS},
        }
        help_texts = {
            **HELP,
            "title": "Một tên dùng thống nhất trong mọi văn bản; không thêm chữ “mô hình” ở đầu khi tên chính thức không có, không ghi ngoặc kép.",
        }
        error_messages = {
            "working_group_size": {"invalid": "Số thành viên chỉ gồm chữ số, ví dụ 18."},
            "periods": {"required": "Chọn ít nhất một năm đăng ký."},
        }

    def __init__(self, user, organization, *args, origin=None, kind=ModelLink.Kind.REPLICATES, **kwargs):
        """`origin` is the model that a new one is linked with once it is saved, as `kind` says."""
        super().__init__(*args, **kwargs)
        self.user, self.organization, self.origin, self.kind = user, organization, origin, kind
        self.seen_models = Registration.objects.visible_to(user)
        self.fields["field"].choices = [("", "Chọn lĩnh vực"), *Registration.Field.choices]
        self.fields["periods"].queryset = Period.objects.years().order_by("-starts_on")
        standing = list(self.instance.basis.order_by("issued_on", "pk")) if self.instance.pk else []
        self.fields["basis"].allow(Reference.objects.visible_to(user), kept=standing)
        self.fields["replicates"].queryset = self.seen_models
        self.fields["title"].widget.attrs["autofocus"] = True
        self.fields["title"].widget.besides = self.instance.pk or (origin.pk if origin else None)
        self.initial["version"] = self.instance.version if self.instance.pk else None

    def clean_periods(self):
        chosen = self.cleaned_data["periods"]
        if self.instance.pk:
            for year in self.instance.begun_years().exclude(period__in=chosen):
                raise forms.ValidationError(f"Năm {year.period.code} đã ghi tình trạng “{year.get_state_display()}” nên không bỏ được.")
        return chosen

    def questions(self):
        title = self.fields["title"].widget
        title.similar = near_titles(self.cleaned_data["title"], among=self.seen_models, besides=title.besides)
        picked = title.chosen = getattr(self.cleaned_data.get("replicates"), "pk", None)
        if "title" in self.changed_data:
            title.elsewhere = elsewhere_sentence(count_elsewhere(self.cleaned_data["title"], besides_those=self.seen_models))
        asked = [
            f"Đã có mô hình tên gần giống: “{near.title}” ({near.body}; {near.years}). "
            "Nếu là một mô hình, sửa đăng ký cũ và thêm năm, không đăng ký lại."
            for near in title.similar
            if near.pk != picked
        ]
        return [*asked, title.elsewhere] if title.elsewhere else asked

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in FACTS}

    def save(self):
        """Write it. Raises StepRefused when somebody has written, sent or decided it since the page was opened."""
        choices = {"periods": self.cleaned_data["periods"], "basis": self.cleaned_data["basis"]}
        if self.instance.pk:
            registration = Registration.objects.get(pk=self.instance.pk)
            registration.write(by=self.user, seen_version=self.cleaned_data["version"] or 0, **choices, **self.facts)
            return registration
        with transaction.atomic():
            registration = Registration.objects.create(organization=self.organization, **self.facts)
            registration.periods.set(choices["periods"])
            registration.basis.set(choices["basis"])
            LogEntry.write("create", by=self.user, about=registration, after=registration.content())
            origin = self.origin or self.cleaned_data["replicates"]
            if origin:
                link(registration, origin, self.kind, by=self.user)
        return registration

    def differences(self, stored):
        """(label, what is stored, field) of each text or fact that somebody else has made different from what is typed here."""
        rows = []
        for name in FACTS:
            if name in self.cleaned_data and getattr(stored, name) != self.cleaned_data[name]:
                shown = getattr(stored, f"get_{name}_display", lambda name=name: getattr(stored, name))()
                rows.append((self.fields[name].label, shown, name))
        return rows
