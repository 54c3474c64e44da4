"""Fields of the room: a model picked by typing its title without marks, and the title itself, held against those there are."""

from django import forms
from django.urls import reverse

from organizations.fields import LONGEST_KEY, Offer, OrganizationField, OrganizationPicker, WordsField
from partyreports.vietnamese import fold

from .models import Registration
from .similar_titles import similar_titles

OFFERED = 12


def models_named(text, *, among, limit=OFFERED):
    """Models of the queryset `among` with every word of `text` in their titles, or titles like it: a list of Offer, and whether there are more."""
    rows = among.select_related("organization")
    for word in fold(text).split()[:10]:
        rows = rows.filter(search__contains=word)
    found = list(rows.order_by("-pk")[: limit + 1])
    if not found:
        alike = [similar.pk for similar in similar_titles(text, among=among)]
        found = sorted(among.filter(pk__in=alike).select_related("organization"), key=lambda row: alike.index(row.pk))
    return [Offer(row.pk, row.title, row.organization.name) for row in found[:limit]], len(found) > limit


class ModelPicker(OrganizationPicker):
    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"address": f"{reverse('models_registry:search')}?ten={name}"}


class ModelField(OrganizationField):
    """A registration out of those `allow` has given: typed by words of its title, or by its key in an address."""

    widget = ModelPicker
    default_error_messages = {
        "required": "Gõ vài chữ trong tên mô hình (không cần dấu) rồi chọn trong danh sách hiện ra.",
        "unknown": "Không có mô hình nào tên như vậy trong phạm vi của đồng chí: gõ lại vài chữ trong tên, không cần dấu.",
        "several": "Chọn một mô hình trong danh sách.",
    }

    def __init__(self, **options):
        super().__init__(**{"help_text": "Gõ vài chữ trong tên, không cần dấu.", **options})
        self.among = Registration.objects.none()

    def prepare_value(self, value):
        if isinstance(value, tuple) or not value:
            return value
        found = value if isinstance(value, Registration) else self._with_key(str(value))
        if found:
            self.widget.chosen = Offer(found.pk, found.title)
        return value

    def clean(self, value):
        text, choice, offered_for = value if isinstance(value, tuple) else (str(value or ""), "", "")
        text = " ".join(text.split())[:400]
        if not text:
            return forms.Field.clean(self, None)
        found = self._picked(choice) if choice and fold(text) == fold(offered_for) else self._named(text)
        self.widget.chosen = Offer(found.pk, found.title)
        return found

    def _with_key(self, key):
        return self.among.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY else None

    def _named(self, text):
        if text.isascii() and text.isdigit():
            return self._picked(text)
        found, more = models_named(text, among=self.among)
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            self.widget.offered, self.widget.has_more = found, more
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return self._with_key(str(found[0].pk))


class TitleInput(forms.Textarea):
    """The box of the title and, under it, the models whose titles are nearly the same; with htmx they follow the typing."""

    template_name = "models_registry/_title.html"

    def __init__(self, attrs=None):
        super().__init__({"rows": 2, "class": "w-full", "maxlength": 400, **(attrs or {})})
        self.besides, self.similar, self.chosen, self.elsewhere = None, [], None, ""

    def get_context(self, name, value, attrs):
        address = reverse("models_registry:similar") + (f"?tru={self.besides}" if self.besides else "")
        return super().get_context(name, value, attrs) | {
            "address": address,
            "similar": self.similar,
            "elsewhere": self.elsewhere,
            "chosen": self.chosen,
            "may_replicate": not self.besides,
        }


class TitleField(WordsField):
    widget = TitleInput

    def clean(self, value):
        return super().clean(value).replace("\n", " ")


class RowField(forms.ModelChoiceField):
    """One row out of a queryset, picked by its key; what is too long for a key is no row of any."""

    def to_python(self, value):
        if value not in self.empty_values and len(str(value)) > LONGEST_KEY:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": f"{value[:LONGEST_KEY]}…"})
        return super().to_python(value)


class PickedBelowTitle(forms.Widget):
    """The choice that stands among the similar titles, under the title: it is drawn there, and nothing here."""

    template_name = "models_registry/_nothing.html"
    input_type = "hidden"
