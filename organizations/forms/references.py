"""Forms of cited documents."""

from django import forms
from django.db import transaction

from organizations import tree
from organizations.access import Right, reach
from organizations.citations import COMMON_KINDS, sign_key
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.models import LogEntry, Reference
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.reference_fields import ReferencesField
from organizations.telling import told
from partyreports.vietnamese import fold, screen_date

from .asking import AskingForm

FIELDS = ["organization", "kind", "number", "symbol", "issuer", "issued_on", "subject", "carries_out", "kept_at"]
WRITERS = (Right.ENTER, Right.WRITE)
MOST_ALIKE = 3


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
    co_quan = WordsField(label="Cơ quan ban hành", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))
    q = WordsField(label="Số, ký hiệu, trích yếu", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))
    xem = forms.ChoiceField(label="Cách ghi", required=False, choices=[("", "Tất cả"), ("lai", "Cần xem lại")])

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
        for word in fold(chosen.get("co_quan", "")).split()[:10]:
            references = references.filter(issuer_search__contains=word)
        if chosen.get("xem"):
            references = references.filter(is_doubtful=True)
        return references.with_words(chosen.get("q", ""))


class ReferenceForm(AskingForm, forms.ModelForm):
    shared = None  # the Standing numbers, when many forms are filled at once
    organization = OrganizationField(label="Tổ chức viện dẫn")
    issued_on = DayField(label="Ngày ban hành", past_only=True, required=False, help_text="Để trống nếu chưa biết chắc.")
    carries_out = ReferencesField(label="Thực hiện văn bản", required=False)

    class Meta:
        model = Reference
        fields = FIELDS
        field_classes = dict.fromkeys(["kind", "symbol", "issuer", "subject", "kept_at"], WordsField)
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
            "subject": "Viết tiếp sau chữ “về”, ví dụ: công tác phát triển đảng viên năm 2024. Không ghi tên người.",
            "kept_at": "Ví dụ: Văn phòng Đảng ủy, cặp 12. Cổng không giữ bản chụp văn bản.",
        }
        error_messages = {"number": {"invalid": "Số văn bản chỉ gồm chữ số, ví dụ 38."}}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.common_kinds = user, COMMON_KINDS
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        standing = list(self.instance.carries_out.all()) if self.instance.pk else []
        self.fields["carries_out"].allow(Reference.objects.visible_to(user).exclude(pk=self.instance.pk), kept=standing)
        self.fields["carries_out"].help_text = f"Văn bản này triển khai văn bản nào. {self.fields['carries_out'].help_text}"
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization
        else:
            first = "kind" if self.initial.get("organization") else "organization"
            self.fields[first].widget.attrs["autofocus"] = True
        self.before = self._told(standing) if self.instance.pk else None

    def clean(self):
        facts = super().clean()
        day, carried = facts.get("issued_on"), facts.get("carries_out") or []
        for document in carried:
            if day and document.issued_on and document.issued_on > day:
                self.add_error(
                    "carries_out",
                    f"{document.kind} {document.sign} ban hành ngày {screen_date(document.issued_on)}, sau văn bản này "
                    f"({screen_date(day)}): xem lại hai ngày, hoặc bỏ chọn văn bản đó.",
                )
        if self.instance.pk and not self.errors:
            self._refuse_younger(day)
            self._refuse_circle(carried)
        return facts

    def _refuse_younger(self, day):
        """Documents that carry this one out cannot be older than its new date."""
        for document in self.instance.carried_out_by.filter(issued_on__lt=day)[:MOST_ALIKE] if day else ():
            self.add_error(
                "issued_on",
                f"{document.kind} {document.sign} thực hiện văn bản này đã ban hành ngày {screen_date(document.issued_on)}, trước ngày "
                f"{screen_date(day)}: xem lại hai ngày.",
            )

    def _refuse_circle(self, carried):
        below, fresh = set(), {self.instance.pk}
        while fresh:
            below |= fresh
            fresh = set(Reference.objects.filter(carries_out__in=fresh).values_list("pk", flat=True)) - below
        for document in carried:
            if document.pk in below:
                self.add_error("carries_out", f"{document.kind} {document.sign} đang ghi là thực hiện chính văn bản này: bỏ một trong hai chiều.")

    def after(self):
        return self._told(self.cleaned_data["carries_out"])

    def questions(self):
        return [*self.instance.doubts, *(already_there(self.instance, self.user) if self._may_be_there() else [])]

    def _may_be_there(self):
        """False when what stands in the register has been read for many forms at once, and none of it bears the number or the words of this one."""
        row = self.instance
        if self.shared is None:
            return True
        if row.number is not None:
            return bool(row.symbol) and self.shared.has_other(row.pk, sign_key(row.number, row.symbol))
        return True

    @transaction.atomic
    def save(self):
        reference = super().save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=reference, before=self.before, after=self.after())
        return reference

    def _told(self, carried):
        plain = [name for name in FIELDS if name != "carries_out"]
        return told(self.instance, plain) | {"carries_out": "; ".join(document.short for document in carried)}


class CheckForm(forms.Form):
    """What has been typed of a document so far, read as far as it can be: to say while typing what looks odd and what is there already."""

    kind = WordsField(required=False, max_length=40)
    number = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    symbol = WordsField(required=False, max_length=30)
    issuer = WordsField(required=False, max_length=200)
    issued_on = DayField(required=False)
    subject = WordsField(required=False, max_length=500)

    def sentences(self, user):
        self.full_clean()
        reference = Reference(**{name: value for name, value in self.cleaned_data.items() if value is not None})
        return [*reference.doubts, *already_there(reference, user)]


def already_there(reference, user):
    """Sentences about documents of the register within reach that look like the same one. Two queries, one when there is none."""
    alike = list(Reference.objects.visible_to(user).alike(reference)[:MOST_ALIKE])
    bodies = tree.names([other.organization_id for other in alike]) if alike else {}
    return [f"Đã có trong sổ: {other.short} ({bodies[other.organization_id].name})." for other in alike]
