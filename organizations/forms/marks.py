"""The two marks that the law calls sensitive, of any person kept here: asked for one person at a time, with a purpose that the log keeps."""

from django import forms
from django.db import transaction

from organizations.models import LogEntry, Member

MARKS = ["is_ethnic_minority", "is_religious"]
MASKED = "thông tin được che"  # the place a log line names


class PurposeForm(forms.Form):
    """Why the masked marks of one person are looked at: it goes into the log."""

    PURPOSES = [
        ("report", "Lập số liệu báo cáo năm"),
        ("check", "Đối chiếu với hồ sơ giấy"),
        ("correct", "Sửa thông tin ghi sai"),
    ]
    purpose = forms.ChoiceField(label="Mục đích xem", choices=[("", "Chọn mục đích"), *PURPOSES], error_messages={"required": "Chọn mục đích xem."})

    @transaction.atomic
    def show(self, person, *, by):
        purpose = dict(self.PURPOSES)[self.cleaned_data["purpose"]]
        LogEntry.write("show", by=by, about=person, note=purpose)


class MarksForm(forms.ModelForm):
    """The two marks, once they are shown. The log says that they were written, never what they say."""

    class Meta:
        model = Member
        fields = MARKS

    @transaction.atomic
    def save(self, *, by):
        person = super().save(commit=False)
        person.save(update_fields=MARKS)
        LogEntry.write("change", by=by, about=person, place=MASKED)
        return person


def marks_form(person, data=None):
    """The MarksForm of this very person: members and candidates have the same two marks."""
    table = type(person)
    return forms.modelform_factory(table, form=MarksForm, fields=MARKS)(data, instance=person)
