"""The form of a kind of organisation."""

from django import forms
from django.db import transaction

from organizations import tree
from organizations.fields import WordsField
from organizations.models import LogEntry, OrganizationKind
from organizations.telling import told

FIELDS = ["name", "order", "letterhead_style", "parent_line", "standing_body", "is_cell", "is_base", "cell_group", "era", "source"]


class KindForm(forms.ModelForm):
    class Meta:
        model = OrganizationKind
        fields = ["code", *FIELDS]
        field_classes = {"name": WordsField, "standing_body": WordsField, "era": WordsField, "source": WordsField}
        help_texts = {
            "code": "Chữ thường không dấu, chữ số và gạch nối; không đổi được về sau.",
            "order": "Số nhỏ đứng trước trong cây tổ chức.",
        }

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.before = told(self.instance, FIELDS) if self.instance.pk else None
        if self.before:
            del self.fields["code"]

    @transaction.atomic
    def save(self):
        kind, top = super().save(), tree.root()
        action, key = "change" if self.before else "add", top.pk if top else None
        LogEntry.write(action, by=self.user, about=kind, organization_pk=key, before=self.before, after=told(kind, FIELDS))
        return kind
