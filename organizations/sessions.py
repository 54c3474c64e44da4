"""Sessions of an account: listed for its owner, ended when he asks, when the account is closed or its password is reset."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

STARTED, SEEN, BROWSER, ADDRESS = "session_started", "session_seen", "session_browser", "session_address"


@dataclass(frozen=True)
class SignedIn:
    """One live session of an account. `mark` names it on a page: its key itself never leaves the server."""

    key: str
    started: datetime | None
    seen: datetime | None
    browser: str
    address: str

    @property
    def mark(self):
        return hashlib.sha256(self.key.encode()).hexdigest()


def sessions_of(account):
    """The live sessions of `account`, last used first. Reads every live session row: there are as many as people at work."""
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        data = row.get_decoded()
        if data.get(SESSION_KEY) == str(account.pk):
            found.append(SignedIn(row.session_key, _moment(data.get(STARTED)), _moment(data.get(SEEN)), data.get(BROWSER, ""), data.get(ADDRESS, "")))
    return sorted(found, key=lambda one: one.seen.timestamp() if one.seen else 0, reverse=True)


def end_sessions(account, *, marks=None, except_key=None):
    """End the sessions of `account` (those with `marks`, or all) but for the one of `except_key`; returns how many."""
    keys = [one.key for one in sessions_of(account) if one.key != except_key and (marks is None or one.mark in marks)]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def _moment(seconds):
    return datetime.fromtimestamp(seconds, tz=timezone.get_current_timezone()) if seconds else None
