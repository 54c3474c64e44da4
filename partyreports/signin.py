"""Who may sign in."""

from django import forms
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.forms import AuthenticationForm

from organizations.models import Account


class AccountBackend(BaseBackend):
    """Name and password of an account in use; demo accounts only while DEBUG is on. Rights are not read here: see organizations.access."""

    def authenticate(self, request, username=None, password=None):
        account = Account.objects.filter(username=(username or "").strip().lower()).first()
        if account is None:
            # Hash all the same: an unknown name must take as long as a wrong password.
            Account().set_password(password or "")
            return None
        return account if account.check_password(password or "") and self.may_sign_in(account) else None

    def get_user(self, user_id):
        account = Account.objects.filter(pk=user_id).first()
        return account if account and self.may_sign_in(account) else None

    def may_sign_in(self, account):
        return account.is_active and (settings.DEBUG or not account.is_demo)


class SignInForm(AuthenticationForm):
    """Name and password; one sentence for whatever is wrong with them, so that nobody learns which names exist."""

    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.",
        "inactive": "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại.",
    }
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control w-name", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Nhập tên đăng nhập.", "max_length": "Tên đăng nhập dài không quá 60 ký tự."},
    )
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"class": "form-control w-name", "autocomplete": "current-password"}),
        error_messages={"required": "Nhập mật khẩu.", "max_length": "Mật khẩu dài không quá 200 ký tự."},
    )

    def clean_username(self):
        # One spelling for each name: wrong passwords for AN and an are counted together.
        return self.cleaned_data["username"].strip().lower()
