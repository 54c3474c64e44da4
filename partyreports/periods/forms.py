"""Forms of the periods: a year with its deadline, and the opening or closing of one."""

import datetime as dt

from django import forms
from django.db import transaction
from django.utils import timezone

from organizations.fields import DayField, DayInput
from organizations.forms.asking import AskingForm
from organizations.models import LogEntry
from partyreports.vietnamese import screen_date

from .models import Period


class PeriodForm(AskingForm, forms.ModelForm):
    """A year and its deadline. First and last day follow from the year; a year that exists keeps its number."""

    year = forms.IntegerField(
        label="Năm",
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"class": "form-control w-year", "inputmode": "numeric"}),
        error_messages={
            "required": "Nhập năm, ví dụ 2025.",
            "invalid": "Nhập năm bằng bốn chữ số, ví dụ 2025.",
            "min_value": "Nhập năm từ 1990 trở đi.",
            "max_value": "Nhập năm đến 2100.",
        },
    )
    deadline = DayField(
        label="Hạn gửi báo cáo",
        required=False,
        help_text="Ngày cuối cùng các tổ chức gửi báo cáo. Có thể để trống rồi bổ sung sau.",
        widget=DayInput(attrs={"class": "form-control w-date"}),
    )

    class Meta:
        model = Period
        fields = ["deadline"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["year"]
        self.order_fields(["year", "deadline"])

    def clean_year(self):
        year = self.cleaned_data["year"]
        if Period.objects.filter(code=str(year)).exists():
            raise forms.ValidationError("Năm này đã có trong danh sách.")
        return year

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        year = self.instance.year if self.instance.pk else self.cleaned_data.get("year")
        if deadline and year and not dt.date(year, 1, 1) <= deadline <= dt.date(year + 1, 12, 31):
            raise forms.ValidationError(f"Hạn gửi phải nằm trong năm {year} hoặc năm {year + 1}.")
        return deadline

    def questions(self):
        deadline = self.cleaned_data["deadline"]
        if "deadline" in self.changed_data and deadline and deadline < timezone.localdate():
            return [f"Hạn gửi {screen_date(deadline)} đã qua: lưu thì mọi tổ chức chưa gửi báo cáo bị tính là quá hạn ngay."]
        return []

    @transaction.atomic
    def save(self, *, by):
        period, is_new = self.instance, self.instance.pk is None
        before = None if is_new else {"deadline": _text(Period.objects.get(pk=period.pk).deadline)}
        if is_new:
            year = self.cleaned_data["year"]
            period.code, period.starts_on, period.ends_on = str(year), dt.date(year, 1, 1), dt.date(year, 12, 31)
            period.previous = Period.objects.years().filter(code=str(year - 1)).first()
        period.save()
        if is_new:
            # A year added late takes its place before the one that follows it.
            Period.objects.years().filter(code=str(year + 1), previous=None).update(previous=period)
        LogEntry.write("create" if is_new else "change", by=by, about=period, before=before, after={"deadline": _text(period.deadline)})
        return period


class TurnForm(forms.Form):
    """Opening a closed year asks why; closing one may."""

    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"max_length": "Viết gọn trong 2.000 ký tự."},
    )

    def __init__(self, period, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not period.is_open:
            field = self.fields["note"]
            field.label, field.required = "Lý do mở lại", True
            field.error_messages["required"] = "Ghi lý do trước khi mở lại năm đã đóng."


def _text(date):
    return date.isoformat() if date else None
