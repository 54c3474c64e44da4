"""The form of a kind of organisation."""

from django import forms
from django.db import transaction
from django.forms import model_to_dict

from organizations.fields import WordsField
from organizations.models import LogEntry, OrganizationKind
from organizations.models.organization import Organization

FIELDS = ["name", "order", "letterhead_style", "parent_line", "standing_body", "is_cell", "cell_group", "era", "source"]


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
        if self.instance.pk:
            del self.fields["code"]
            self.before = model_to_dict(self.instance, FIELDS)

    @transaction.atomic
    def save(self):
        is_new = self.instance.pk is None
        kind = super().save()
        top = Organization.objects.filter(versions__level=0).first()
        before, after = (None if is_new else self.before), model_to_dict(kind, FIELDS)
        LogEntry.write("add" if is_new else "change", by=self.user, about=kind, organization_pk=top.pk if top else None, before=before, after=after)
        return kind
