"""Fields that pick cited documents by number, symbol or words of the subject, while one types."""

import re

from django import forms
from django.urls import reverse

from partyreports.vietnamese import fold, normalise

from .fields import LONGEST_KEY, OFFERED
from .models import Reference

LONGEST_TEXT = 200
BETWEEN = re.compile(r"(?<=[0-9])(?=[a-z])|[/\-]")  # where "38kh", "38/kh" and "38-kh" may be taken apart


def matches(text, *, among, limit=OFFERED):
    """Documents of the queryset `among` that `text` means: a list, newest first, and whether there are more.

    A text that is the number and symbol of one document means that one. "38-KH", "38 kh" and "38kh" find the same.
    """
    found = list(among.with_words(text).order_by("-issued_on", "-pk")[: limit + 1])
    if not found:
        found = list(among.with_words(BETWEEN.sub(" ", fold(text))).order_by("-issued_on", "-pk")[: limit + 1])
    exact = [reference for reference in found if fold(reference.sign) == fold(text)]
    rows = exact if len(exact) == 1 else found
    return rows[:limit], len(rows) > limit


class ReferencePicker(forms.Widget):
    """A box to type in; above it the documents picked so far, below it those that fit, all with a box to tick.

    With htmx the list follows the typing; without it what is typed is read on the server, several documents apart by ";".
    """

    template_name = "organizations/_reference_picker.html"
    many = True

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.chosen, self.offered, self.has_more, self.text = [], [], False, None

    def value_from_datadict(self, data, files, name):
        def several(key):
            return data.getlist(key) if hasattr(data, "getlist") else _listed(data.get(key))

        if f"{name}_for" not in data:  # not from the page: keys alone, or a text as it is typed
            keys = [str(key) for key in several(name)]
            return ("", keys, "", []) if all(key.isdigit() for key in keys) else (str(data.get(name, "")), several(f"{name}_choice"), "", [])
        offered = str(data.get(f"{name}_offered", "")).split(".")
        return str(data.get(name, "")), several(f"{name}_choice"), str(data[f"{name}_for"]), offered

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def id_for_label(self, id_):
        return id_

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        typed = value[0] if isinstance(value, tuple) else ""
        address = f"{reverse('organizations:search_references')}?ten={name}" + ("" if self.many else "&mot=1")
        return context | {
            "name": name,
            "text": typed if self.text is None else self.text,
            "picked": self.chosen,
            "choices": self.offered,
            "has_more": self.has_more,
            "many": self.many,
            "address": address,
        }


class OneReferencePicker(ReferencePicker):
    many = False


class ReferencesField(forms.Field):
    """Cited documents out of those `allow` has given: clean() gives a list of Reference, in the order they were picked."""

    widget = ReferencePicker
    default_error_messages = {
        "required": "Gõ số, ký hiệu hoặc vài chữ trong trích yếu rồi chọn văn bản trong danh sách hiện ra.",
        "unknown": "Không có văn bản nào khớp với “%(text)s” trong sổ: gõ lại, hoặc ghi văn bản vào sổ văn bản viện dẫn trước.",
        "several": "“%(text)s” khớp với nhiều văn bản: chọn trong danh sách, hoặc xóa chữ trong ô.",
        "one": "Chỉ chọn một văn bản.",
    }

    def __init__(self, **options):
        options.setdefault("help_text", "Gõ số, ký hiệu (38-KH) hoặc vài chữ trong trích yếu, không cần dấu.")
        super().__init__(**options)
        self.among = Reference.objects.none()

    def allow(self, among, kept=()):
        """Offer the documents of the queryset `among`; those of `kept` stand there already and may stay, whoever edits."""
        keys = {reference.pk for reference in kept}
        self.among = among
        self.kept = among | Reference.objects.filter(pk__in=keys) if keys else among

    kept = Reference.objects.none()

    def prepare_value(self, value):
        if isinstance(value, tuple):
            return value
        self.widget.chosen = self._with_keys([getattr(each, "pk", each) for each in _listed(value)])
        return [reference.pk for reference in self.widget.chosen]

    def clean(self, value):
        text, choices, offered_for, offered = value if isinstance(value, tuple) else ("", _listed(value), "", [])
        text = normalise(text)[:LONGEST_TEXT]
        chosen = self._with_keys(getattr(choice, "pk", choice) for choice in choices)
        self.widget.chosen, self.widget.text = chosen, ""  # what has been read is shown among the picked, not in the box again
        ticked = {str(choice) for choice in choices} & set(offered) if text and fold(text) == fold(offered_for) else set()
        new = [reference for reference in chosen if str(reference.pk) in ticked] if ticked else self._typed(text)
        self.widget.chosen = chosen = self._joined(chosen, new)
        if self.required and not chosen:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return self._cleaned(chosen)

    def _joined(self, chosen, new):
        return chosen + [reference for reference in new if reference not in chosen]

    def _cleaned(self, chosen):
        return chosen

    def has_changed(self, initial, data):
        before = [str(getattr(each, "pk", each)) for each in _listed(initial)]
        text, choices = (data[0], data[1]) if isinstance(data, tuple) else ("", _listed(data))
        return bool(text.strip()) or sorted(before) != sorted(map(str, choices))

    def _with_keys(self, keys):
        wanted = [int(key) for key in map(str, keys) if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY]
        found = self.kept.in_bulk(wanted) if wanted else {}
        return [found[key] for key in dict.fromkeys(wanted) if key in found]

    def _typed(self, text):
        picked = []
        for part in filter(None, (part.strip() for part in text.split(";"))):
            found, more = matches(part, among=self.among)
            if len(found) == 1:
                picked += found
                continue
            self.widget.text, self.widget.offered, self.widget.has_more = part, found, more
            code = "several" if found else "unknown"
            raise forms.ValidationError(self.error_messages[code], code=code, params={"text": part})
        return picked


class ReferenceField(ReferencesField):
    """One cited document or None; what is picked anew takes the place of the old one."""

    widget = OneReferencePicker

    def _joined(self, chosen, new):
        return new or chosen

    def _cleaned(self, chosen):
        if len(chosen) > 1:
            raise forms.ValidationError(self.error_messages["one"], code="one")
        return chosen[0] if chosen else None


def _listed(value):
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple | set) or hasattr(value, "model") else [value]
