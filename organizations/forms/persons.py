"""The name of a person, as a register keeps it."""

import re

from django import forms

from organizations.fields import WordsField

NOT_IN_A_NAME = re.compile(r"[0-9<>]")


class NameField(WordsField):
    """Letters, and the marks that stand in names of the peoples of the country (K'Brếp); no digit and no bracket of a copied page."""

    def clean(self, value):
        name = super().clean(value)
        if name and (NOT_IN_A_NAME.search(name) or not any(letter.isalpha() for letter in name)):
            raise forms.ValidationError("Họ và tên chỉ gồm chữ: bỏ chữ số và các dấu < >.", code="invalid")
        return name
