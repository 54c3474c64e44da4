"""The field of a count: whole numbers as Vietnamese writes them."""

from django import forms

from partyreports.vietnamese import NumberError, parse_number


class CountField(forms.Field):
    """A whole number from 0 up, typed as 82 or 1.981. Left empty it is 0, unless it is required."""

    def __init__(self, *, at_least=0, at_most=1_000_000, **options):
        options.setdefault("widget", forms.TextInput(attrs={"class": "w-year", "inputmode": "numeric", "maxlength": 11, "autocomplete": "off"}))
        super().__init__(**options)
        self.at_least, self.at_most = at_least, at_most

    def to_python(self, value):
        if value in self.empty_values:
            return None if self.required else self.at_least
        try:
            number = int(parse_number(str(value)[:40], decimals=0))
        except NumberError as unclear:
            raise forms.ValidationError(unclear.sentence, code="invalid") from unclear
        if number < self.at_least:
            raise forms.ValidationError(f"Nhập số từ {self.at_least} trở lên.", code="limit")
        if number > self.at_most:
            raise forms.ValidationError("Số quá lớn: kiểm tra lại.", code="limit")
        return number

    def has_changed(self, initial, data):
        return str(initial or self.at_least) != str(data or self.at_least)
