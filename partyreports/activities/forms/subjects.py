"""The form of a subject that people raise."""

from django import forms
from django.db import transaction

from organizations import tree
from organizations.fields import WordsField
from organizations.models import LogEntry
from organizations.telling import told
from partyreports.activities.models import Subject

FIELDS = ["name", "order", "is_used"]


class SubjectForm(forms.ModelForm):
    class Meta:
        model = Subject
        fields = FIELDS
        field_classes = {"name": WordsField}
        widgets = {
            "name": forms.TextInput(attrs={"class": "w-name", "autofocus": True}),
            "order": forms.TextInput(attrs={"class": "w-year", "inputmode": "numeric", "maxlength": 5}),
        }
        labels = {"is_used": "Đang dùng"}
        help_texts = {"order": "Số nhỏ đứng trước.", "is_used": "Bỏ dấu này thì cuộc mới không chọn được nữa; cuộc cũ vẫn giữ."}
        error_messages = {"name": {"unique": "Nội dung này đã có trong danh sách."}, "order": {"invalid": "Thứ tự chỉ gồm chữ số."}}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.before = told(self.instance, FIELDS) if self.instance.pk else None

    @transaction.atomic
    def save(self):
        subject, top = super().save(), tree.root()
        action, key = "change" if self.before else "add", top.pk if top else None
        LogEntry.write(action, by=self.user, about=subject, organization_pk=key, before=self.before, after=told(subject, FIELDS))
        return subject
