"""Accounts for trying out: a clerk, a reviewer and an administrator of the district, a secretary for each of the ten bodies."""

from django.contrib.auth.hashers import make_password

from organizations.models import Account, Assignment, LogEntry

from .files import described

FILE = described("people.toml")
DEMO_PASSWORD = FILE["accounts"]["password"]
CLERK, REVIEWER = "vanphong", "duyet"


def demo_accounts():
    """The accounts marked as demo accounts, in the order they were made."""
    return Account.objects.filter(is_demo=True).order_by("pk")


def make_accounts(bodies, *, since):
    """dict: username → account, each with its rights on its body from the day `since`. All share one password, hashed once."""
    hashed, accounts = make_password(DEMO_PASSWORD), {}
    for facts in FILE["account"]:
        account = Account(username=facts["username"], full_name=facts["full_name"], post=facts["post"], is_demo=True, password=hashed)
        account.save()
        body = bodies[facts["body"]]
        for right in facts["rights"]:
            Assignment.objects.create(account=account, right=right, organization=body, valid_from=since)
        LogEntry.write("add", by=None, about=account, organization_pk=body.pk, after={"username": account.username, "rights": facts["rights"]})
        accounts[account.username] = account
    return accounts


def secretary_of(body):
    """Username of the secretary of the body with the code `body`."""
    return f"bithu-{body}"
