"""Forms of the roster of members. The two marks that the law calls sensitive are never in them: they have their own act."""

from django import forms
from django.db import transaction

from organizations.access import Right, reach
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.models import LogEntry, Member
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.telling import told
from partyreports.vietnamese import fold

from .asking import AskingForm

FIELDS = ["organization", "full_name", "gender", "birth_year", "standing", "admitted_on", "official_on", "party_post", "is_active"]
WRITERS = (Right.ENTER, Right.WRITE)
YOUNGEST, OLDEST, PROBATION = 18, 60, 12  # years, years, months: Điều lệ Đảng, and guidance on admission


class MemberFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Tổ chức, chi bộ")
    tu_cach = forms.ChoiceField(label="Tư cách", required=False, choices=[("", "Tất cả"), *Member.Standing.choices])
    sinh_hoat = forms.ChoiceField(label="Sinh hoạt", required=False, choices=[("", "Đang sinh hoạt"), ("thoi", "Đã thôi"), ("het", "Tất cả")])
    q = WordsField(label="Họ tên", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)

    def narrow(self, members):
        """`members` with the filters that could be read."""
        self.full_clean()
        chosen = self.cleaned_data
        if chosen.get("to_chuc"):
            members = members.within(chosen["to_chuc"])
        if chosen.get("tu_cach"):
            members = members.filter(standing=chosen["tu_cach"])
        if chosen.get("sinh_hoat") != "het":
            members = members.filter(is_active=chosen.get("sinh_hoat") != "thoi")
        for word in fold(chosen.get("q", "")).split()[:10]:
            members = members.filter(search__contains=word)
        return members


class MemberForm(AskingForm, forms.ModelForm):
    organization = OrganizationField(label="Chi bộ đang sinh hoạt")
    admitted_on = DayField(label="Ngày vào Đảng", past_only=True)
    official_on = DayField(label="Ngày chính thức", past_only=True, required=False, help_text="Để trống nếu còn dự bị.")

    class Meta:
        model = Member
        fields = FIELDS
        field_classes = {"full_name": WordsField, "party_post": WordsField}
        widgets = {"birth_year": forms.TextInput(attrs={"class": "w-year", "inputmode": "numeric", "maxlength": 4})}
        error_messages = {"birth_year": {"invalid": "Nhập năm sinh bằng bốn chữ số, ví dụ 1985."}}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["gender"].choices = [("", "Chọn"), *Member.Gender.choices]
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization
            self.before = told(self.instance, FIELDS)
        else:
            del self.fields["is_active"]
            self.before = None

    def clean_official_on(self):
        official, admitted = self.cleaned_data["official_on"], self.cleaned_data.get("admitted_on")
        if official and admitted and official < admitted:
            raise forms.ValidationError("Ngày chính thức phải sau ngày vào Đảng.")
        return official

    def after(self):
        return told(self.instance, FIELDS)

    def questions(self):
        facts, asked = self.cleaned_data, []
        age = facts["admitted_on"].year - facts["birth_year"]
        if not YOUNGEST <= age <= OLDEST:
            asked.append(f"Theo năm sinh, đồng chí này vào Đảng lúc {age} tuổi: kiểm tra năm sinh và ngày vào Đảng.")
        if facts["official_on"] and _months(facts["admitted_on"], facts["official_on"]) < PROBATION:
            asked.append("Ngày chính thức chưa đủ 12 tháng sau ngày vào Đảng: kiểm tra lại hai ngày này.")
        namesakes = Member.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        for other in namesakes.filter(search=fold(facts["full_name"]), birth_year=facts["birth_year"]).select_related("organization")[:3]:
            asked.append(f"Đã có {other} sinh năm {other.birth_year} tại {other.organization}: kiểm tra để không ghi trùng.")
        return asked

    @transaction.atomic
    def save(self):
        member = super().save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=member, before=self.before, after=told(member, FIELDS))
        return member


def _months(earlier, later):
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
