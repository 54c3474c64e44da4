"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend

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
