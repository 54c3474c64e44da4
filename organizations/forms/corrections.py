"""A slip of the pen in what an organisation was called: mended where it stands, without a date of its own."""

from difflib import SequenceMatcher

from django import forms
from django.db import transaction

from organizations.fields import WordsField
from organizations.models import LogEntry, OrganizationVersion
from organizations.models.organization import WORDS
from partyreports.vietnamese import fold, screen_date

from .asking import AskingForm
from .organizations import LABELS, FactsForm

ALIKE = 0.7  # two names that share less than this are hardly one name written twice


class CorrectForm(AskingForm, forms.Form):
    """The words of one stretch of an organisation's life; kind, parent and days are changed from a day on, never here."""

    name, party_name, heading, symbol, place, basis = (FactsForm.base_fields[name] for name in WORDS)
    reason = WordsField(label="Lý do sửa", max_length=200, help_text="Ghi vào nhật ký, ví dụ: gõ thiếu dấu.")

    def __init__(self, user, organization, version, *args, **kwargs):
        self.user, self.organization, self.version = user, organization, version
        self.before = {name: getattr(version, name) for name in WORDS}
        super().__init__(*args, initial=self.before, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True

    def after(self):
        return {name: self.cleaned_data[name] for name in WORDS}

    def changes(self):
        after = self.after()
        return [(LABELS[name], before, after[name]) for name, before in self.before.items() if before != after[name]]

    def clean(self):
        super().clean()
        if not self.errors and not self.changes():
            raise forms.ValidationError("Chưa có chữ nào thay đổi: sửa ít nhất một mục, hoặc bấm “Không lưu”.")
        return self.cleaned_data

    def questions(self):
        stretch = list(self.organization.stretch_of(self.version))
        until = stretch[-1].valid_to
        days = f"từ {screen_date(stretch[0].valid_from)}" + (f" đến trước {screen_date(until)}" if until else " đến nay")
        told = [f"{label.capitalize()}: “{before or 'để trống'}” → “{after or 'để trống'}”." for label, before, after in self.changes()]
        name, new = self.before["name"], self.cleaned_data["name"]
        if SequenceMatcher(None, fold(name), fold(new)).ratio() < ALIKE:
            told.append("Tên mới khác hẳn tên cũ: nếu tổ chức được đổi tên, bấm “Không lưu” rồi dùng “Ghi thay đổi” từ ngày đổi tên.")
        if name != new and self._beside(new):
            told.append(f"Cùng cấp trên đã có tổ chức tên “{new}”: kiểm tra để không lẫn hai tổ chức.")
        return [*told, f"Sửa cho cả thời gian {days}: trang và văn bản in sau khi sửa mang chữ mới, tệp đã tải về giữ như cũ."]

    def _beside(self, name):
        beside = OrganizationVersion.objects.on(self.version.valid_from).filter(parent=self.version.parent_id, name=name)
        return beside.exclude(organization=self.organization).exists()

    @transaction.atomic
    def save(self):
        after = self.after()
        self.organization.correct(self.version, **after)
        day = {"from": self.version.valid_from.isoformat()}
        LogEntry.write(
            "correct", by=self.user, about=self.organization, before=self.before | day, after=after | day, note=self.cleaned_data["reason"]
        )
        return self.organization
