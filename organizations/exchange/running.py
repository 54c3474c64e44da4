"""The two works on a file: reading it on trial, and writing it, all of it or nothing."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from organizations.access import heads
from organizations.exchange.plan import make_plan
from organizations.exchange.registers import alike, registered
from organizations.exchange.workbooks import fields_for
from organizations.models import Account, Import, LogEntry
from partyreports import sheets
from partyreports.confined import Stopped
from partyreports.sheets import Wrong

State = Import.State
LEFT_OUT = "Đồng chí không còn quyền ghi vào sổ này."


CLASHES = "Dòng này trùng với một dòng khác của tệp, hoặc với dòng người khác vừa ghi vào sổ: kiểm tra rồi tải lên lại. Chưa ghi dòng nào."
BROKEN_OFF = "Cổng gặp lỗi khi đọc tệp này, sổ không thay đổi. Báo quản trị của cơ quan kèm giờ xảy ra."


class Stale(Exception):
    """The register has changed since the dry run."""


class Clash(Exception):
    """A line that was right alone, and breaks a rule once the lines above it are written; `sentence` tells of the rule when that is known."""

    def __init__(self, row, sentence=""):
        super().__init__(row)
        self.row, self.sentence = row, sentence


class TooMuch(Exception):
    """More lines than are read while somebody waits for the page."""


def read_on_trial(work, *, at_most=None):
    """Read the file of the Import and keep what it would change; whoever moves it from "waiting" does it, nobody else.

    False when the file has more than `at_most` lines: it waits on, for somebody with more time.
    """
    if not work.move(State.WAITING, to=State.READING):
        return True
    try:
        _plan(work, at_most=at_most)
    except TooMuch:
        work.move(State.READING, to=State.WAITING)
        return False
    _keep(work)
    return True


def write(work):
    """Write what the dry run showed, in one transaction. When the register has changed meanwhile nothing is written, and a new dry run is kept."""
    if not work.move(State.CONFIRMED, to=State.WRITING):
        return
    before = work.sign
    plan = _plan(work)
    if plan is None or plan.errors or plan.sign != before:
        work.is_stale = plan is not None
        _keep(work)
        return
    try:
        _write(work, plan)
    except Stale:
        work.is_stale = True
        _plan(work)
    except Clash as clash:
        work.state, work.errors = State.WRONG, [asdict(Wrong(clash.row, "", "", "", clash.sentence or CLASHES))]
    except Exception:  # whatever broke, the page must not wait for ever; the error goes its way
        _give_up(work)
        raise
    _keep(work)


def _plan(work, *, at_most=None):
    """The Plan of the Import, told in its fields; None when the file is refused."""
    exchange = registered(work.register)
    user = Account.objects.filter(pk=work.uploaded_by_id).first()
    if exchange is None or user is None or not user.holds(*exchange.writers):
        return _refuse(work, LEFT_OUT)
    try:
        table = sheets.read(bytes(work.content), fields_for(exchange, user))
    except (sheets.Refused, Stopped) as refused:
        return _refuse(work, refused.sentence)
    if not table.lines:
        return _refuse(work, "Tệp không có dòng nào dưới dòng tiêu đề: nhập nội dung rồi tải lên lại.")
    if at_most is not None and len(table.lines) > at_most:
        raise TooMuch
    try:
        plan = make_plan(exchange, table, user, tell=work.tell)
    except Exception:  # whatever broke, the page must not wait for ever; the error goes its way
        _give_up(work)
        raise
    work.errors, work.changes = [asdict(error) for error in plan.errors], [change.told() for change in plan.changes]
    work.unchanged, work.bodies, work.sign, work.sentence = plan.unchanged, sorted(plan.bodies), plan.sign, ""
    work.state = State.WRONG if plan.errors else State.READY
    return plan


def _give_up(work):
    """A mistake of ours: the page says so instead of waiting for ever, and the error goes its way."""
    _refuse(work, BROKEN_OFF)
    _keep(work)


def _refuse(work, sentence):
    work.state, work.sentence, work.errors, work.changes, work.unchanged = State.REFUSED, sentence, [], [], 0


def _keep(work):
    """Write the outcome, unless the work was given up meanwhile."""
    names = ["state", "sentence", "errors", "changes", "unchanged", "bodies", "sign", "is_stale", "content"]
    Import.objects.filter(pk=work.pk, state__in=Import.AT_WORK).update(**{name: getattr(work, name) for name in names})


@transaction.atomic
def _write(work, plan):
    exchange, user = registered(work.register), Account.objects.get(pk=work.uploaded_by_id)
    _nothing_has_moved(exchange, user, plan)
    for change in plan.changes:
        _save(exchange, change)
    if plan.changes:
        note = f"{exchange.title}: thêm {work.added}, sửa {work.changed}, không đổi {work.unchanged}"
        LogEntry.write("import", by=user, about=work, organization_pk=_place(work, exchange, user), note=note)
    work.state, work.content, work.is_stale = State.DONE, b"", False
    _keep(work)


def _save(exchange, change):
    """Write one line. Raises Clash when the table or an act refuses it: the lines above, or somebody else, have changed what it stands on."""
    try:
        exchange.save(change.form)
    except IntegrityError as refused:  # all is taken back with it, so that the transaction need not go on
        if "constraint" not in str(refused):  # no rule about rows: a trigger of SQLite that refused, as that of the log does
            raise
        raise Clash(change.row) from refused
    except PermissionDenied as refused:
        raise Clash(change.row, str(refused)) from refused
    except ValueError as refused:
        if not hasattr(refused, "sentence"):
            raise
        raise Clash(change.row, refused.sentence) from refused


def _place(work, exchange, user):
    """The body under which the log tells of the file: the one it is about, else the highest one where the user writes."""
    if len(work.bodies) == 1:
        return work.bodies[0]
    return heads(user, *exchange.writers, on=timezone.localdate()).values_list("organization", flat=True).first()


def _nothing_has_moved(exchange, user, plan):
    """Raises Stale when a row that is to change is no longer what the dry run read, or no longer within reach. The rows stay locked."""
    changing = {change.pk: change for change in plan.changes if change.pk}
    if not user.holds(*exchange.writers):
        raise Stale
    list(exchange.table.objects.select_for_update().filter(pk__in=changing).order_by("pk").values_list("pk", flat=True))
    now = exchange.rows(user).in_bulk(list(changing))
    if now.keys() != changing.keys():
        raise Stale
    for pk, row in now.items():
        cells = exchange.cells(row)
        if any(not alike(field, cells[field.name], changing[pk].before[field.name]) for field in exchange.fields):
            raise Stale
