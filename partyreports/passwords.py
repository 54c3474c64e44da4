"""Changing one's own password."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

RULES = "Ít nhất 12 ký tự, không phải toàn chữ số, không giống tên đăng nhập hay họ tên, không phải mật khẩu thường gặp. Nên ghép bốn, năm từ dễ nhớ."


class ChangePasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    error_messages = {
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau: nhập lại.",
        "password_incorrect": "Mật khẩu đang dùng không đúng: nhập lại.",
        "same_password": "Mật khẩu mới phải khác mật khẩu đang dùng.",
    }
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {
            "old_password": ("Mật khẩu đang dùng", "", "Nhập mật khẩu đang dùng."),
            "new_password1": ("Mật khẩu mới", RULES, "Nhập mật khẩu mới."),
            "new_password2": ("Nhập lại mật khẩu mới", "", "Nhập lại mật khẩu mới."),
        }
        for name, (label, help_text, required) in words.items():
            field = self.fields[name]
            field.label, field.help_text, field.error_messages["required"] = label, help_text, required
            field.widget = forms.PasswordInput(attrs={**field.widget.attrs, "class": "form-control w-name"})

    def clean_new_password1(self):
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError(self.error_messages["same_password"], code="same_password")
        return password

    def validate_password_for_user(self, user, password_field_name):
        """What is wrong with the password is told where it is chosen, not where it is typed again."""
        if self.cleaned_data.get(password_field_name):
            super().validate_password_for_user(user, "new_password1")

    def save(self, commit=True):
        self.user.must_change_password = False
        return super().save(commit)
