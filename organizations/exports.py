"""Files with rows of registers or with totals that leave the portal: under a number of their own, within a day's measure, and for a purpose.

One account takes at most MOST_FILES files and MOST_ROWS rows a day. Each file carries the number under which the log tells who took it, when
and what for. A register that names persons is taken out only by who says again who he is: the password opens ONE_PASSWORD files within MINUTES.
"""

import datetime as dt
import secrets
import time
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from partyreports.vietnamese import moment, number

from .models import Account, LogEntry

MOST_FILES, MOST_ROWS = 60, 50_000
ONE_PASSWORD, MINUTES = 2, 15
CONFIRMED = "exports_confirmed"  # in a session: until when, and how many files are left
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when it is read aloud


class TooMuch(ValueError):
    """The day's measure is full; `sentence` says so."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Serial:
    """The number of one file, and what stands on its pages."""

    number: str
    mark: str

    def __str__(self):
        return self.number


def take_out(user, *, rows, note, about=None, organization_pk=None, place="", purpose="", facts=None):
    """Write the line of the log for a file of so many `rows` and return its Serial. To be called before the file is made.

    `facts`: what else the log keeps of the file.

    Raises TooMuch when the day's measure of `user` would be passed: that is logged too, for whoever audits.
    """
    refused = None
    with transaction.atomic():
        Account.objects.select_for_update().filter(pk=user.pk).values_list("pk", flat=True).first()  # one file after the other
        files, taken = taken_today(user)
        if files + 1 > MOST_FILES or taken + rows > MOST_ROWS:
            refused = (
                f"Hôm nay đồng chí đã lấy {number(files)} tệp, {number(taken)} dòng; tệp này có {number(rows)} dòng. Mỗi ngày nhiều nhất "
                f"{number(MOST_FILES)} tệp, {number(MOST_ROWS)} dòng: lấy phần còn lại vào ngày mai, hoặc chọn tổ chức, năm để lấy ít hơn."
            )
            LogEntry.write("export_refused", by=user, about=about, organization_pk=organization_pk, note=note)
        else:
            serial = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
            after = {"serial": serial, "rows": rows, **(facts or {})} | ({"purpose": purpose} if purpose else {})
            told = f"{note}, số tệp {serial}{f'. Mục đích: {purpose}' if purpose else ''}"
            LogEntry.write("download", by=user, about=about, organization_pk=organization_pk, place=place or f"tệp {serial}", note=told, after=after)
    if refused:
        raise TooMuch(refused)
    return Serial(serial, f"Tệp số {serial}, {user} lấy lúc {moment(timezone.localtime())}")


def taken_today(user):
    """How many files, and how many rows in them, `user` has taken out since midnight."""
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
    lines = LogEntry.objects.filter(actor_pk=user.pk, action="download", at__gte=midnight).order_by().values_list("after", flat=True)
    counted = [after["rows"] for after in lines if after and "serial" in after]
    return len(counted), sum(counted)


# --- Who says again who he is -------------------------------------------------------------------------------------------


def is_confirmed(request):
    """Whether the password was given in this session a short while ago, for files that are still left."""
    standing = request.session.get(CONFIRMED) or {}
    return standing.get("left", 0) > 0 and time.time() < standing.get("until", 0)


def confirm(request):
    """The password was right: from now on, for a while."""
    request.session[CONFIRMED] = {"until": int(time.time()) + MINUTES * 60, "left": ONE_PASSWORD}


def spend(request):
    """One of the files that the password was given for is taken."""
    standing = request.session[CONFIRMED]
    request.session[CONFIRMED] = standing | {"left": standing["left"] - 1}
