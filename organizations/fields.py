"""Fields of every form: words and days as Vietnamese writes them, and an organisation picked by typing its name without marks."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils import timezone

from partyreports.vietnamese import DateError, fold, normalise, parse_date, screen_date

from . import tree
from .models import Organization

LONGEST_KEY = 18  # digits: no row of any database has a longer key
OFFERED = 20  # organisations shown at once under the box; typing another word narrows them down


class WordsField(forms.CharField):
    """Text kept in one spelling: composed letters, old-style tone marks, plain spaces, no control characters."""

    def to_python(self, value):
        return normalise(super().to_python(value))


class DayField(forms.DateField):
    """A day typed with the day first: 05/06/2024 is 5 June. An impossible one is refused with the nearest ones that exist."""

    def __init__(self, *, past_only=False, **options):
        options.setdefault("widget", DayInput())
        super().__init__(**options)
        self.past_only = past_only

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if not isinstance(value, dt.date):
            try:
                value = parse_date(str(value))
            except DateError as error:
                raise forms.ValidationError(error.sentence, code="invalid") from error
        if self.past_only and value > timezone.localdate():
            raise forms.ValidationError(f"Ngày {screen_date(value)} chưa đến: nhập ngày từ hôm nay trở về trước.", code="future")
        return value


class DayInput(forms.DateInput):
    def __init__(self, attrs=None):
        base = {"class": "w-date", "inputmode": "numeric", "placeholder": "ngày/tháng/năm", "autocomplete": "off", "maxlength": 40}
        super().__init__(attrs={**base, **(attrs or {})}, format="%d/%m/%Y")


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows out of a queryset, picked by their keys; what is too long for a key is no row of any."""

    def clean(self, value):
        too_long = [key for key in value or () if len(str(key)) > LONGEST_KEY]
        if too_long:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": f"{too_long[0][:LONGEST_KEY]}…"}
            )
        return super().clean(value)


@dataclass(frozen=True)
class Offer:
    """One organisation offered under the box: its key, its name, what stands above it, by its own name and by that of its đảng bộ, and since when
    it is no more."""

    pk: int
    name: str
    above: str = ""
    above_party: str = ""
    ended_on: dt.date | None = None

    def is_called(self, text):
        """True when `text` is the name alone, or with the body above behind a dash, as lists print it."""
        return fold(text) in {fold(self.name), *(fold(f"{self.name} – {above}") for above in (self.above, self.above_party) if above)}


def offers(text, *, among, limit=OFFERED):
    """Organisations of `among` that `text` names, now or at their end, alone or with the body above: a list of Offer, and whether there are more."""
    today = timezone.localdate()
    # Those that stand and have all words in their own name come first: when they fill the list, it is read along an index, whatever their number.
    found = list(tree.search(text, on=today, among=among).order_by("level", "sort", "pk")[: limit + 1])
    if len(found) <= limit:
        found = list(tree.search(text, on=today, among=among, also_ended=True, also_above=True)[: limit + 1])
    above = tree.names([version.parent_id for version in found if version.parent_id])
    rows = []
    for version in found[:limit]:
        parent = above.get(version.parent_id)
        names = (parent.name, parent.party_name) if parent else ("", "")
        ended = version.valid_to if version.valid_to and version.valid_to <= today else None
        rows.append(Offer(version.organization_id, version.name, *names, ended))
    return rows, len(found) > limit


class OrganizationPicker(forms.Widget):
    """A box to type in and, under it, the organisations that fit, as radio buttons.

    With htmx the buttons follow the typing; without it they come with the answer to the form. A button counts only for the words it was
    offered for, so that whoever types something else is not given the old choice.
    """

    template_name = "organizations/_picker.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.offered, self.has_more, self.chosen, self.rights = [], False, None, ()

    def value_from_datadict(self, data, files, name):
        return data.get(name, ""), data.get(f"{name}_choice", ""), data.get(f"{name}_for", "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def id_for_label(self, id_):
        return id_

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        text = value[0] if isinstance(value, tuple) else ""
        if self.chosen:
            text = self.chosen.name
        address = f"{reverse('organizations:search')}?ten={name}" + (f"&quyen={'.'.join(self.rights)}" if self.rights else "")
        return context | {
            "name": name,
            "text": text,
            "choices": self.offered or ([self.chosen] if self.chosen else []),
            "chosen": self.chosen.pk if self.chosen else None,
            "has_more": self.has_more,
            "address": address,
        }


class OrganizationField(forms.Field):
    """An organisation out of those `allow` has given: typed by name without marks, or by its key in an address."""

    widget = OrganizationPicker
    default_error_messages = {
        "required": "Gõ tên tổ chức (không cần dấu) rồi chọn trong danh sách hiện ra.",
        "unknown": "Không có tổ chức nào tên như vậy trong phạm vi của đồng chí: gõ lại một phần tên, không cần dấu.",
        "several": "Chọn một tổ chức trong danh sách.",
    }

    def __init__(self, **options):
        options.setdefault("help_text", "Gõ vài chữ trong tên, không cần dấu; trùng tên thì gõ thêm tên xã.")
        super().__init__(**options)
        self.among = Organization.objects.none()

    known = {}  # key as text → organisation read out of `among` already, by whoever fills many forms and shows none

    def allow(self, among, *rights):
        """Offer the organisations of the queryset `among`; `rights` tell the suggestions where they are held."""
        self.among, self.widget.rights = among, tuple(rights)

    def prepare_value(self, value):
        if isinstance(value, tuple) or not value:
            return value
        organization = value if isinstance(value, Organization) else self._with_key(str(value))
        if organization:
            self.widget.chosen = Offer(organization.pk, organization.name)
        return value

    def clean(self, value):
        text, choice, offered_for = value if isinstance(value, tuple) else (str(value or ""), "", "")
        text = normalise(text)[:200]
        if not text:
            return super().clean(None)
        organization = self._picked(choice) if choice and fold(text) == fold(offered_for) else self._named(text)
        self.widget.chosen = Offer(organization.pk, "" if self.known else organization.name)
        return organization

    def has_changed(self, initial, data):
        before = getattr(initial, "pk", initial)
        return str(before or "") != str(data[1] or "") if isinstance(data, tuple) else super().has_changed(initial, data)

    def _with_key(self, key):
        if key in self.known:
            return self.known[key]
        return self.among.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY else None

    def _picked(self, choice):
        organization = self._with_key(choice)
        if organization is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return organization

    def _named(self, text):
        if text.isascii() and text.isdigit():
            return self._picked(text)
        found, more = offers(text, among=self.among)
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        exact = [offer for offer in found if offer.is_called(text)]
        if len(exact) != 1:
            self.widget.offered, self.widget.has_more = found, more
            raise forms.ValidationError(self.error_messages["several"], code="several")
        return self.among.get(pk=exact[0].pk)


class OrganizationFilterField(OrganizationField):
    """The same in a filter: words that fit one organisation alone choose it, and a name that nobody has filters nothing away in silence."""

    def __init__(self, **options):
        super().__init__(**{"label": "Tổ chức", "required": False, "help_text": "", **options})
        self.widget.attrs["placeholder"] = "không cần dấu"

    def _named(self, text):
        try:
            return super()._named(text)
        except forms.ValidationError:
            if len(self.widget.offered) != 1:
                raise
            offer, self.widget.offered = self.widget.offered[0], []
            return self.among.get(pk=offer.pk)
