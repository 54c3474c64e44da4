"""From registered to recognised, carried on or stopped: which state of a model follows which, who may say so, and the one writer of it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from organizations.access import Right, rights_on
from organizations.models import LogEntry
from organizations.review import StepRefused
from partyreports.periods.models import Period
from partyreports.vietnamese import normalise, screen_date

from .models import ModelYear, Registration, Stage

WRITERS = {Right.ENTER, Right.WRITE}
State = ModelYear.State
# Recognised comes after summed up; what is recognised may be replicated; a year ends by going on into the next one or by stopping.
NEXT = {
    State.REGISTERED: (State.UNDERWAY, State.STOPPED),
    State.UNDERWAY: (State.REVIEWED, State.SUMMED_UP, State.CONTINUED, State.STOPPED),
    State.REVIEWED: (State.SUMMED_UP, State.CONTINUED, State.STOPPED),
    State.SUMMED_UP: (State.RECOGNISED, State.CONTINUED, State.STOPPED),
    State.RECOGNISED: (State.REPLICATED, State.CONTINUED, State.STOPPED),
    State.REPLICATED: (State.CONTINUED, State.STOPPED),
    State.CONTINUED: (),
    State.STOPPED: (),
}
SAID_BY = {State.RECOGNISED: {Right.REVIEW}}  # every other state by whoever keeps the register
NOT_FINAL = "Đăng ký chưa được phê duyệt nên chưa ghi được tình trạng thực hiện."
MOVED = "Tình trạng của mô hình vừa được người khác thay đổi. Tải lại trang để xem rồi ghi lại."


def possible(year):
    """The states that may be written for `year` now, whoever asks: those that follow, and the day of registering while it is not known."""
    if not year.registration.is_final:
        return []
    return following(year.state, is_dated=year.state != State.REGISTERED or year.stages.standing().exists())


def following(state, *, is_dated):
    """The states that may be written after `state`; registering too, while its day is not known."""
    return [*(() if is_dated else (State.REGISTERED,)), *NEXT[state]]


def choices(year, rights):
    """Of the possible states those that a holder of `rights` on the body may write."""
    return [state for state in possible(year) if rights & SAID_BY.get(state, WRITERS)]


def move(year, state, *, by, on, document="", note="", seen):
    """Write that `year` came to `state` on the day `on`: stage, state and log line in one transaction.

    `seen` is the state on the page of whoever writes. Raises StepRefused: "right", "state" (not approved, not the next state, somebody was
    faster) or "note" (a day before the stage before).
    """
    state, model = State(state), year.registration
    with transaction.atomic():
        if not rights_on(by, model.organization_id) & SAID_BY.get(state, WRITERS):
            raise StepRefused(f"Đồng chí không có quyền ghi “{state.label}” ở tổ chức này.", reason="right")
        if not Registration.objects.final().filter(pk=model.pk).exists():
            raise StepRefused(NOT_FINAL, reason="state")
        if not ModelYear.objects.filter(pk=year.pk, state=seen).update(state=state):
            raise StepRefused(MOVED, reason="state")
        year.state = State(seen)
        if state not in possible(year):
            raise StepRefused(f"Sau “{year.get_state_display()}” không ghi “{state.label}” được.", reason="state")
        last = year.stages.standing().order_by("-pk").first()
        if last and on < last.on:
            raise StepRefused(
                f"Ngày {screen_date(on)} trước ngày {screen_date(last.on)} của bước “{last.get_state_display()}”: kiểm tra lại.", reason="note"
            )
        try:
            with transaction.atomic():
                stage = Stage.objects.create(year=year, state=state, on=on, document=document, note=note, written_by=by)
        except IntegrityError as twice:
            raise StepRefused(MOVED, reason="state") from twice
        _log("stage", by, year, note=" · ".join(filter(None, (document, note))), before=seen, after=state, on=on)
        year.state = state
    return stage


def withdraw(stage, *, by, reason):
    """Take back the last stage of its year, written by mistake; the row stays with the reason. Raises StepRefused as `move` does."""
    year, reason = stage.year, normalise(reason)
    with transaction.atomic():
        if not rights_on(by, year.registration.organization_id) & SAID_BY.get(State(stage.state), WRITERS):
            raise StepRefused(f"Đồng chí không có quyền rút “{stage.get_state_display()}” ở tổ chức này.", reason="right")
        if not reason:
            raise StepRefused("Ghi lý do rút.", reason="note")
        standing = list(year.stages.standing().order_by("pk"))
        if not standing or standing[-1].pk != stage.pk:
            raise StepRefused("Chỉ rút được bước ghi sau cùng của năm. Tải lại trang để xem.", reason="state")
        if stage.state == State.CONTINUED and _goes_on(year):
            raise StepRefused("Mô hình đã được mở cho năm sau nên không rút được bước này.", reason="state")
        back = State(standing[-2].state) if len(standing) > 1 else State.REGISTERED
        taken = Stage.objects.standing().filter(pk=stage.pk).update(withdrawn_at=timezone.now(), withdrawn_reason=reason[:300])
        moved = ModelYear.objects.filter(pk=year.pk, state=stage.state).update(state=back)
        if not (taken and moved):
            raise StepRefused(MOVED, reason="state")
        _log("withdraw_stage", by, year, note=reason, before=stage.state, after=back, on=stage.on)
        year.state = back


def year_after(year):
    """The year into which a model that is carried on may be opened: the next one there is, None when it is open already."""
    if year.state != State.CONTINUED or not year.registration.is_final or _goes_on(year):
        return None
    return Period.objects.years().filter(starts_on__gt=year.period.starts_on).order_by("starts_on").first()


def go_on(year, *, by):
    """Open the year after for a model that is carried on. Raises StepRefused; answers the new ModelYear."""
    with transaction.atomic():
        if not rights_on(by, year.registration.organization_id) & WRITERS:
            raise StepRefused("Đồng chí không có quyền ghi tình trạng mô hình ở tổ chức này.", reason="right")
        following = year_after(year)
        if following is None:
            raise StepRefused("Chỉ mở được năm sau khi năm trước đã ghi “tiếp tục năm sau” và năm ấy đã có trong cổng.", reason="state")
        opened = ModelYear.objects.create(registration=year.registration, period=following)
        LogEntry.write("stage", by=by, about=year.registration, place=str(following), after={"state": State.REGISTERED.label})
    return opened


def _goes_on(year):
    return year.registration.years.filter(period__starts_on__gt=year.period.starts_on).exists()


def _log(action, by, year, *, note, before, after, on):
    LogEntry.write(
        action,
        by=by,
        about=year.registration,
        place=str(year.period),
        note=note,
        before={"state": State(before).label},
        after={"state": State(after).label, "from": on.isoformat()},
    )
