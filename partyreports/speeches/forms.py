"""Input of the speech pages."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.db.models import OuterRef, Subquery

from models_registry.models import Registration
from organizations.access import reach
from organizations.fields import OrganizationFilterField, RowsField, WordsField
from organizations.models import OrganizationKind, OrganizationVersion, Right
from organizations.review import Status
from partyreports.vietnamese import DateError, PartialDate

from .compose import most_fitting
from .models import Speech, SpeechTemplate
from .templates import check_text, check_title

READING = (Right.READ, Right.WRITE, Right.ENTER, Right.REVIEW, Right.LOCK)


class FilterForm(forms.Form):
    """What a list of speeches is narrowed to; its state stands in the address."""

    tim = forms.CharField(label="Tên bài hoặc tổ chức", required=False, max_length=100)
    to_chuc = OrganizationFilterField(label="Thuộc")
    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *((v, n.capitalize()) for v, n in Status.choices)])
    kieu = forms.ChoiceField(label="Kiểu bài", required=False, choices=[("", "Tất cả"), *SpeechTemplate.Pattern.choices])

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *READING), *READING)


class ComposeForm(forms.Form):
    """Body, template and model of a new speech. What is not chosen yet is filled in, so that most people only press the button."""

    to_chuc = forms.TypedChoiceField(label="Tổ chức", coerce=int, error_messages={"invalid_choice": "Chọn một tổ chức trong danh sách."})
    mau = forms.ModelChoiceField(
        SpeechTemplate.objects.none(), label="Mẫu", error_messages={"invalid_choice": "Chọn một mẫu dùng cho loại hình của tổ chức này."}
    )
    mo_hinh = forms.ModelChoiceField(
        Registration.objects.none(),
        label="Mô hình",
        required=False,
        empty_label="Không gắn với mô hình",
        help_text="Các mô hình đã được duyệt cho năm này.",
        error_messages={"invalid_choice": "Chọn một mô hình đã duyệt của tổ chức này."},
    )

    def __init__(self, user, period, data):
        self.period = period
        self.bodies = bodies_to_speak(user, on=period.ends_on)
        chosen = self._organization(data)
        templates = SpeechTemplate.objects.fitting(chosen, on=period.ends_on) if chosen else SpeechTemplate.objects.none()
        models = Registration.objects.final().filter(organization=chosen, periods=period).order_by("pk")
        super().__init__(self._completed(data, chosen, templates, models))
        self.fields["to_chuc"].choices = [(version.organization_id, placed_name(version)) for version in self.bodies]
        self.fields["mau"].queryset, self.fields["mau"].empty_label = templates, None
        self.fields["mo_hinh"].queryset = models
        self.organization = chosen

    def _organization(self, data):
        known = {str(version.organization_id): version.organization for version in self.bodies}
        return known.get(data.get("to_chuc", "")) or next(iter(known.values()), None)

    def _completed(self, data, chosen, templates, models):
        if chosen is None:
            return {}
        same_body = data.get("to_chuc", "") in ("", str(chosen.pk))
        template = data.get("mau", "") if same_body else ""
        model = data.get("mo_hinh") if same_body else None
        likely = models.first() if model is None else None
        if not template:
            fitting = most_fitting(templates, organization=chosen, period=self.period, registration=likely)
            template = str(fitting.pk) if fitting else ""
        return {"to_chuc": str(chosen.pk), "mau": template, "mo_hinh": str(likely.pk) if likely else model or ""}


class TextForm(forms.Form):
    """The words of a speech as the page holds them, and the version that was on the page."""

    text = forms.CharField(required=False, strip=False)
    format = forms.ChoiceField(choices=[("lines", "lines"), ("html", "html")])
    version = forms.IntegerField(min_value=1)


class CopyForm(forms.Form):
    """The template to be copied."""

    mau = forms.IntegerField(min_value=1)


class VersionForm(forms.Form):
    """The version that was on the page from which a button was pressed."""

    version = forms.IntegerField(min_value=1)


class DetailsForm(forms.Form):
    """Title, place, day and number of a speech."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    document_type = WordsField(label="Tên loại văn bản", max_length=40)
    title = WordsField(
        label="Trích yếu",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi trích yếu của bài."},
    )
    place = WordsField(label="Địa danh", max_length=80, required=False)
    day = forms.IntegerField(label="Ngày", required=False, min_value=1, max_value=31, help_text="Để trống nếu điền tay sau.")
    month = forms.IntegerField(label="Tháng", required=False, min_value=1, max_value=12)
    year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100)
    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=40,
        required=False,
        help_text="Ví dụ /BC-MT khi chưa có số, 12/BC-MT khi đã có số. Tham luận của Đảng để trống.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("day", "month", "year"):
            limits = self.fields[name]
            for code in ("invalid", "min_value", "max_value"):
                limits.error_messages[code] = f"Nhập {limits.label.lower()} bằng chữ số, từ {limits.min_value} đến {limits.max_value}."
            limits.widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-year"})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "version",
            "document_type",
            "title",
            "place",
            Row(Column("day", css_class="col-auto"), Column("month", css_class="col-auto"), Column("year", css_class="col-auto")),
            "number",
        )

    def clean(self):
        found = super().clean()
        if {"day", "month", "year"} <= found.keys():
            if found["day"] and not found["month"]:
                self.add_error("month", "Nhập tháng khi đã nhập ngày.")
            else:
                try:
                    PartialDate(found["year"], found["month"], found["day"])
                except DateError as error:
                    self.add_error("day", error.sentence)
        return found

    @property
    def typed(self):
        """What was posted, in words that can be copied by hand."""
        return "\n".join(f"{field.label}: {field.value()}" for field in self.visible_fields()) if self.is_bound else ""

    @classmethod
    def of(cls, speech):
        return cls(initial={name: getattr(speech, name) for name in (*(c for c in Speech.CONTENT if c != "blocks"), "version")})


class TemplateForm(forms.Form):
    """A template of speeches; its text is read by our own grammar and by no engine."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = WordsField(label="Tên mẫu", max_length=200)
    pattern = forms.ChoiceField(label="Kiểu bài", choices=SpeechTemplate.Pattern.choices)
    kinds = RowsField(
        OrganizationKind.objects.all(),
        label="Dùng cho loại hình",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một loại hình tổ chức."},
    )
    document_type = WordsField(label="Tên loại văn bản", max_length=40)
    title = WordsField(label="Trích yếu mẫu", max_length=400)
    text = forms.CharField(
        label="Nội dung mẫu", strip=False, widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "template-text w-full"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("version", "name", "pattern", Field("kinds", wrapper_class="kinds"), "document_type", "title", "text")

    def clean_title(self):
        return _sound(self.cleaned_data["title"], check_title)

    def clean_text(self):
        return _sound(self.cleaned_data["text"], check_text)

    @classmethod
    def of(cls, template):
        words = {name: getattr(template, name) for name in ("name", "pattern", "document_type", "title", "text", "version")}
        return cls(initial=words | {"kinds": template.kinds.all()})


class TryForm(forms.Form):
    """The body on which a template is tried without saving anything."""

    to_chuc = forms.TypedChoiceField(
        label="Xem thử với số liệu của",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Chọn một tổ chức trong danh sách."},
    )

    def __init__(self, user, period, *args, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = [] if period is None else bodies_to_speak(user, on=period.ends_on, rights=READING)
        self.bodies = {version.organization_id: version.organization for version in bodies}
        self.fields["to_chuc"].choices = [("", "Chọn tổ chức"), *((version.organization_id, placed_name(version)) for version in bodies)]

    @property
    def organization(self):
        return self.bodies.get(self.cleaned_data.get("to_chuc")) if self.is_valid() else None


def bodies_to_speak(user, *, on, rights=(Right.WRITE,)):
    """Versions on a date of the bodies where `user` holds one of `rights` and whose kind has a template in use. One query after the rights."""
    above = OrganizationVersion.objects.on(on).filter(organization=OuterRef("parent"), level__gt=0).values("name")[:1]
    return list(
        OrganizationVersion.objects.on(on)
        .annotate(parent_name=Subquery(above))
        .filter(organization__in=reach(user, *rights).values("pk"), kind__in=SpeechTemplate.objects.filter(is_active=True).values("kinds"))
        .select_related("organization", "kind")
        .order_by("level", "kind__order", "sort")
    )


def placed_name(version):
    """The name of a body from `bodies_to_speak`, with that of the body above where many below the top are called alike."""
    return f"{version.name} – {version.parent_name}" if version.parent_name else version.name


def _sound(text, check):
    found = check(text)
    if found:
        raise forms.ValidationError(found)
    return text
