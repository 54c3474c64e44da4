"""Forms of cited documents."""

from django import forms
from django.db import transaction

from organizations.access import Right, reach
from organizations.citations import COMMON_KINDS, doubts
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.models import LogEntry, Reference
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.telling import told
from partyreports.vietnamese import fold

from .asking import AskingForm

FIELDS = ["organization", "kind", "number", "symbol", "issuer", "issued_on", "subject"]
WRITERS = (Right.ENTER, Right.WRITE)


class ReferenceFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Tổ chức viện dẫn")
    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *((kind, kind) for kind in COMMON_KINDS)])
    nam = forms.IntegerField(
        label="Năm ban hành",
        required=False,
        min_value=1930,
        max_value=2100,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": "Nhập năm bằng bốn chữ số."},
    )
    q = WordsField(label="Số, ký hiệu, trích yếu", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)

    def narrow(self, references):
        """`references` with the filters that could be read."""
        self.full_clean()
        chosen = self.cleaned_data
        if chosen.get("to_chuc"):
            references = references.within(chosen["to_chuc"])
        if chosen.get("loai"):
            references = references.filter(kind=chosen["loai"])
        if chosen.get("nam"):
            references = references.filter(issued_on__year=chosen["nam"])
        for word in fold(chosen.get("q", "")).split()[:10]:
            references = references.filter(search__contains=word)
        return references


class ReferenceForm(AskingForm, forms.ModelForm):
    organization = OrganizationField(label="Tổ chức viện dẫn")
    issued_on = DayField(label="Ngày ban hành", past_only=True, required=False, help_text="Để trống nếu chưa biết chắc.")

    class Meta:
        model = Reference
        fields = FIELDS
        field_classes = {"kind": WordsField, "symbol": WordsField, "issuer": WordsField, "subject": WordsField}
        widgets = {
            "kind": forms.TextInput(attrs={"class": "w-name", "list": "cac-loai-van-ban", "autocomplete": "off"}),
            "number": forms.TextInput(attrs={"class": "w-year", "inputmode": "numeric", "maxlength": 9}),
            "symbol": forms.TextInput(attrs={"class": "w-figure"}),
            "subject": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "kind": "Chọn trong danh sách hoặc gõ loại khác.",
            "number": "Chỉ ghi số, ví dụ 38.",
            "symbol": "Phần sau số, ví dụ KH/ĐU, QĐ-TTg, 2020/NĐ-CP.",
            "issuer": "Ví dụ: Huyện ủy Đơn Dương.",
            "subject": "Viết tiếp sau chữ “về”, ví dụ: công tác phát triển đảng viên năm 2024.",
        }
        error_messages = {"number": {"invalid": "Số văn bản chỉ gồm chữ số, ví dụ 38."}}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.common_kinds = user, COMMON_KINDS
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization
        self.before = told(self.instance, FIELDS) if self.instance.pk else None

    def after(self):
        return told(self.instance, FIELDS)

    def questions(self):
        facts = self.cleaned_data
        return doubts(kind=facts["kind"], number=facts["number"], symbol=facts["symbol"], issuer=facts["issuer"])

    @transaction.atomic
    def save(self):
        reference = super().save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=reference, before=self.before, after=told(reference, FIELDS))
        return reference
