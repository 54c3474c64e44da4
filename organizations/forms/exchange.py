"""Forms of the Excel page of a register: which rows go out, which file comes in."""

import re
from pathlib import PurePath

from django import forms
from django.db import transaction

from organizations.access import reach
from organizations.fields import OrganizationFilterField, WordsField
from organizations.models import Import
from partyreports.sheets import LARGEST_FILE
from partyreports.vietnamese import normalise

LONGEST_NAME = 150
MEGABYTE = 1 << 20


class ExportForm(forms.Form):
    """Which part of the register goes into the file."""

    to_chuc = OrganizationFilterField(label="Tổ chức và cấp dưới")
    nam = forms.IntegerField(
        label="Năm",
        required=False,
        min_value=1930,
        max_value=2100,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric", "maxlength": 4}),
        error_messages={"invalid": "Nhập năm bằng bốn chữ số."},
    )

    purpose = WordsField(
        label="Xuất để làm gì", max_length=120, error_messages={"required": "Ghi mục đích, ví dụ: rà soát danh sách trước đại hội chi bộ."}
    )
    password = forms.CharField(
        label="Mật khẩu của đồng chí",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Nhập mật khẩu đang dùng.", "max_length": "Mật khẩu dài không quá 200 ký tự."},
    )

    def __init__(self, exchange, user, *args, asks=False, is_confirmed=False, **kwargs):
        """`asks`: for a register that names persons, what for and, unless `is_confirmed`, the password again."""
        super().__init__(*args, **kwargs)
        self.exchange = exchange
        for name in ("purpose", "password") if not asks else ("password",) if is_confirmed else ():
            del self.fields[name]
        self.fields["to_chuc"].allow(reach(user, *exchange.seen_with), *exchange.seen_with)
        if not exchange.year_field:
            del self.fields["nam"]

    def narrow(self, rows):
        """`rows` of the branch and the year asked for."""
        chosen = self.cleaned_data
        if chosen.get("to_chuc"):
            rows = self.exchange.within(rows, chosen["to_chuc"])
        if chosen.get("nam"):
            rows = self.exchange.in_year(rows, chosen["nam"])
        return rows

    def waiting(self, user):
        """Lines for what the register waits for, of the branch and the year asked for."""
        return self.exchange.waiting(user, self.cleaned_data.get("to_chuc"), self.cleaned_data.get("nam"))

    def in_words(self):
        """What the rows were narrowed to, for the file and the log."""
        chosen = self.cleaned_data
        parts = [f"tổ chức: {chosen['to_chuc'].name}"] if chosen.get("to_chuc") else []
        return "; ".join(parts + ([f"năm {chosen['nam']}"] if chosen.get("nam") else []))


class UploadForm(forms.Form):
    """A file for one register."""

    tep = forms.FileField(
        label="Tệp Excel (.xlsx)",
        widget=forms.FileInput(attrs={"accept": ".xlsx", "class": "w-full"}),
        error_messages={
            "required": "Chọn tệp Excel cần nhập.",
            "missing": "Chọn tệp Excel cần nhập.",
            "empty": "Tệp không có nội dung. Chọn lại tệp.",
            "invalid": "Chưa nhận được tệp. Chọn lại tệp rồi bấm “Đọc thử”.",
        },
    )

    def clean_tep(self):
        file = self.cleaned_data["tep"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                f"Tệp lớn quá {LARGEST_FILE // MEGABYTE} MB. Bỏ bớt hình ảnh, trang tính không dùng, hoặc chia thành nhiều tệp."
            )
        return file

    @transaction.atomic
    def save(self, exchange, *, by):
        """Keep the file until it is decided on; older ones of the same person and register, read but not written, go."""
        Import.objects.outdated().delete()
        Import.objects.visible_to(by).filter(register=exchange.slug).exclude(state__in=[*Import.AT_WORK, Import.State.DONE]).delete()
        file = self.cleaned_data["tep"]
        return Import.objects.create(register=exchange.slug, file_name=clean_name(file.name), content=file.read(), uploaded_by=by)


def clean_name(name):
    """The name of a file as text: no folders, no control characters, at most 150 characters with its ending."""
    name = re.sub(r"\s+", " ", normalise(PurePath(name.replace("\\", "/")).name)) or "tệp.xlsx"
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else f"{(stem or ending)[: LONGEST_NAME - 6]}{dot}{ending[:5]}"
