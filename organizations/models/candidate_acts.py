"""What is done with a candidate: the only writers of his stages. Each act is one transaction, asks the right again and is logged."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organizations.days import add_months
from organizations.lifetime import has_ended, outside_membership, stood
from partyreports.vietnamese import screen_date

from .accounts import rights_on
from .admission_rules import AdmissionRule
from .badges import BadgeAward
from .log import LogEntry
from .members import WRITERS, Member
from .movements import MovementRefused
from .organization import Organization
from .ratings import MemberRating
from .stages import STEPS, Stage, StageRefused, earlier, later
from .stays import Stay

CHANGED_MEANWHILE = "Người khác vừa ghi thay đổi của đồng chí này: mở lại trang để xem rồi ghi tiếp."
BEFORE_ADMISSION = ("withdrawn", "dropped", "moved", "died")  # a member leaves by the movements of the roster
MASKED = "ngày xác minh lý lịch và thông tin được che"


class CandidateActs:
    """The acts of a Candidate. `by` None: the portal itself (demonstration). Raise StageRefused, PermissionDenied."""

    @transaction.atomic
    def take(self, stage, *, on, number="", by):
        """Record that he came to `stage` on the day `on`; late is as good as at once. The ceremony makes him a member. Returns the StageTaken."""
        self._claim(by)
        if stage in self.taken:
            raise StageRefused(
                f"Bước “{Stage(stage).label}” đã ghi ngày {screen_date(self.taken[stage].taken_on)}. {CHANGED_MEANWHILE}", reason="state"
            )
        if self.exit:
            raise StageRefused("Đã ghi thôi theo dõi đồng chí này: không ghi bước tiếp theo được.", reason="state")
        missing = [Stage(need).label for need in STEPS[stage].needs if need not in self.taken]
        if missing:
            raise StageRefused(f"Ghi bước “{missing[0]}” trước bước “{Stage(stage).label}”.")
        self.refuse_crossed(stage, on)
        row = self.stages.create(organization=self.body_on(on), stage=stage, taken_on=on, number=number, recorded_by=by)
        if stage == Stage.ADMITTED:
            self._admit(row, by=by)
        if stage == Stage.OFFICIAL:
            self._refuse_inactive()
        self._settle(by=by)
        self._log("take_stage", stage, by=by, after=_told(row))
        return row

    @transaction.atomic
    def correct(self, stage, *, on, number="", by):
        """Write another day or number of a stage that stands; what hangs on it in the roster follows."""
        self._claim(by)
        row = self._standing(stage)
        self.refuse_crossed(stage, on)
        before = _told(row)
        row.organization, row.taken_on, row.number, row.recorded_by = self.body_on(on, of=row), on, number, by
        row.save(update_fields=["organization", "taken_on", "number", "recorded_by"])
        if stage == Stage.ADMITTED and self.member_id:
            arrival = self.member.stays.filter(arrived_by=Stay.Arrival.ADMITTED).order_by("since").first()
            if arrival and arrival.since != on:
                _moving(Stay.objects.correct, arrival, since=on, by=by)
        self._settle(by=by)
        self._log("correct_stage", stage, by=by, before=before, after=_told(row))
        return row

    @transaction.atomic
    def take_back(self, stage, *, by):
        """Undo a stage that was written by mistake; the one that others stand on stays. Undoing the ceremony takes him off the roster again."""
        self._claim(by)
        row = self._standing(stage)
        if not self.may_take_back(stage):
            standing_on = [Stage(other).label for other in self.taken if stage in STEPS[other].needs]
            reason = f"bước “{standing_on[0]}” dựa vào bước này" if standing_on else "đây là bước đầu tiên"
            raise StageRefused(f"Không bỏ được bước “{Stage(stage).label}”: {reason}. Ghi sai ngày thì sửa ngày.")
        before = _told(row)
        row.delete()
        if stage == Stage.ADMITTED:
            self._unmake_member(by)
        self._settle(by=by)
        self._log("take_back_stage", stage, by=by, before=before, after=dict.fromkeys(before, ""))

    @transaction.atomic
    def stop(self, reason, *, on, by):
        """No longer followed, from the day `on`.

        Before admission the day of the background check and the sensitive marks are deleted with it; who is not confirmed leaves the roster.
        """
        self._claim(by)
        if self.exit:
            raise StageRefused(CHANGED_MEANWHILE, reason="state")
        if (Stage.ADMITTED in self.taken) == (reason in BEFORE_ADMISSION) or Stage.OFFICIAL in self.taken:
            raise StageRefused(
                "Đồng chí này đã được kết nạp: ghi biến động trong sổ đảng viên, ở đây chỉ ghi không được công nhận chính thức."
                if self.member_id
                else "Chỉ ghi không công nhận chính thức cho đảng viên dự bị."
            )
        first = next(iter(self.taken.values()))
        if on < first.taken_on:
            raise StageRefused(f"Chọn một ngày từ {screen_date(first.taken_on)}, ngày vào danh sách, trở đi.")
        if not self.member_id and outside_membership(self.organization, on):
            ended = screen_date(self.organization.ended_on)
            raise StageRefused(
                f"“{self.organization}” đã kết thúc hoạt động từ ngày {ended}: chuyển người này sang chi bộ tiếp nhận ở “Sửa thông tin” trước."
            )
        self.exit, self.exited_on = reason, on
        if self.member_id:
            self._refuse_inactive()
            _moving(Stay.objects.leave, self.member, on=on, departure=Stay.Departure.STRUCK, by=by)
        else:
            self._forget(by)
        self.save(update_fields=["exit", "exited_on"])
        self._settle(by=by)
        after = {"exit": self.get_exit_display(), "exited_on": screen_date(on)}
        LogEntry.write("stop", by=by, about=self, organization_pk=self.body_id, before=dict.fromkeys(after, ""), after=after)

    @transaction.atomic
    def resume(self, *, by):
        """Undo an exit that was written by mistake: he is followed again. What was deleted with it has to be written anew.

        Whoever had left the roster with it, not confirmed, is on it again as if he had never left.
        """
        self._claim(by)
        if not self.may_resume:
            raise StageRefused("Đồng chí này đang được theo dõi, hoặc đã ra khỏi sổ đảng viên: mở lại trang để xem.", reason="state")
        before = {"exit": self.get_exit_display(), "exited_on": screen_date(self.exited_on)}
        if self.member_id and not self.member.is_active:
            left = self.member.stays.lasting().order_by("since", "pk").last()
            if (left.left_by, left.until) != (Stay.Departure.STRUCK, self.exited_on):
                raise StageRefused("Việc ra khỏi sổ đảng viên đã được sửa: hủy biến động đó trong sổ đảng viên trước.", reason="state")
            _moving(Stay.objects.take_back, left, by=by, reason="Ghi nhầm không được công nhận chính thức")
            self.member.refresh_from_db()
        self.exit, self.exited_on = "", None
        self.save(update_fields=["exit", "exited_on"])
        LogEntry.write("resume", by=by, about=self, organization_pk=self.body_id, before=before, after=dict.fromkeys(before, ""))

    @property
    def may_resume(self):
        return bool(self.exit)

    def follow_member(self, *, by):
        """Once admitted he is written in the roster: a name, gender or birthday put right there is put right here, with a line of the log."""
        facts = {"full_name": self.member.full_name, "gender": self.member.gender, "born_on": self.member.born_on or self.born_on}
        if all(getattr(self, name) == value for name, value in facts.items()):
            return
        before = _person(self)
        for name, value in facts.items():
            setattr(self, name, value)
        self.save()
        LogEntry.write("change", by=by, about=self, organization_pk=self.body_id, before=before, after=_person(self))

    def may_take_back(self, stage):
        """True when no other stage stands on it."""
        return stage != Stage.OUTSTANDING and not any(stage in STEPS[other].needs for other in self.taken)

    def body_on(self, on, *, of=None):
        """The chi bộ in which a stage of the day `on` is recorded: that of the stage `of` or his own, while it stood; else one he stood in before.

        Raises StageRefused when his own had ended by then. One that was not founded yet is kept: the body before it may be unknown here.
        """
        own = self.member.organization if self.member_id else self.organization
        for body in (of.organization, own) if of else (own,):
            if stood(body, on):
                return body
        earlier = Organization.objects.filter(pk__in={row.organization_id for row in self.taken.values()} - {own.pk}).order_by("founded_on")
        found = next((body for body in earlier if stood(body, on)), None)
        if found is None and has_ended(own, on):
            first = "chuyển sinh hoạt trong sổ đảng viên" if self.member_id else "chuyển người này sang chi bộ tiếp nhận ở “Sửa thông tin”"
            raise StageRefused(f"“{own}” đã kết thúc hoạt động từ ngày {screen_date(own.ended_on)}: {first}, rồi ghi bước này.")
        return found or own

    # --- what every act does ------------------------------------------------------------------------------------------

    def _claim(self, by):
        """Wait for any other act on him, see him as he stands now, and ask the right of this moment."""
        table = type(self)
        table.objects.select_for_update().filter(pk=self.pk).values_list("pk", flat=True).first()
        self.refresh_from_db()
        self.__dict__.pop("taken", None)
        if by is not None and not rights_on(by, self.body_id) & set(WRITERS):
            raise PermissionDenied("Đồng chí không có quyền ghi sổ quần chúng ưu tú của tổ chức này.")

    def _standing(self, stage):
        if stage not in self.taken:
            raise StageRefused(f"Bước “{Stage(stage).label}” không còn ghi ở đây. {CHANGED_MEANWHILE}", reason="state")
        return self.taken[stage]

    def refuse_crossed(self, stage, on):
        """A stage is not earlier than those before it, nor later than those after it, nor after the end of its chi bộ."""
        if on > timezone.localdate():
            raise StageRefused(f"Ngày {screen_date(on)} chưa đến: nhập ngày từ hôm nay trở về trước.")
        if on < self.born_on:
            raise StageRefused(f"Ngày này trước ngày sinh ({screen_date(self.born_on)}): kiểm tra lại.")
        for other, row in self.taken.items():
            if other in earlier(stage) and row.taken_on > on:
                raise StageRefused(f"Bước “{Stage(stage).label}” không thể trước bước “{Stage(other).label}” ({screen_date(row.taken_on)}).")
            if other in later(stage) and row.taken_on < on:
                raise StageRefused(f"Bước “{Stage(stage).label}” không thể sau bước “{Stage(other).label}” ({screen_date(row.taken_on)}).")
        self.body_on(on, of=self.taken.get(stage))

    def _admit(self, ceremony, *, by):
        """The member: his years in the Party count from the day of the decision, the roster from the day of the ceremony."""
        self.member = Member.objects.create(
            organization=ceremony.organization,
            full_name=self.full_name,
            gender=self.gender,
            birth_year=self.born_on.year,
            born_on=self.born_on,
            standing=Member.Standing.PROBATIONARY,
            admitted_on=self.taken[Stage.DECIDED].taken_on,
            is_ethnic_minority=self.is_ethnic_minority,
            is_religious=self.is_religious,
            is_invented=self.is_invented,
        )
        self.save(update_fields=["member"])
        basis = self.taken[Stage.DECIDED].number
        _moving(Stay.objects.admit, self.member, ceremony.organization, on=ceremony.taken_on, basis=basis, by=by)

    def _settle(self, *, by):
        """The stage he stands at, and the days of the member, as the rows now say. An official member is one from the end of his probation."""
        self.__dict__.pop("taken", None)
        self.stage = list(self.taken)[-1]
        self.save(update_fields=["stage"])
        if not self.member_id:
            return
        member, ceremony = self.member, self.taken[Stage.ADMITTED].taken_on
        facts = {"admitted_on": self.taken[Stage.DECIDED].taken_on, "standing": Member.Standing.PROBATIONARY, "official_on": None}
        if Stage.OFFICIAL in self.taken:
            months = AdmissionRule.objects.book().number(AdmissionRule.Code.PROBATION, ceremony) or 0
            facts |= {"standing": Member.Standing.OFFICIAL, "official_on": add_months(ceremony, months)}
        if all(getattr(member, name) == value for name, value in facts.items()):
            return
        before = _days_of(member)
        for name, value in facts.items():
            setattr(member, name, value)
        member.save(update_fields=list(facts))
        LogEntry.write("change", by=by, about=member, before=before, after=_days_of(member))

    def _unmake_member(self, by):
        member = self.member
        if member.stays.count() != 1 or any(table.objects.filter(member=member).exists() for table in (BadgeAward, MemberRating)):
            raise StageRefused("Đồng chí này đã có biến động, xếp loại hoặc huy hiệu trong sổ đảng viên: hủy những việc đó trước.")
        self.member = None
        self.save(update_fields=["member"])
        LogEntry.write("remove", by=by, about=member, note="Bỏ ngày lễ kết nạp ghi nhầm")
        member.delete()

    def _forget(self, by):
        """What may be kept only while he is on the way goes; the log says that it went, never what it was."""
        self.stages.filter(stage=Stage.CHECKED).delete()
        self.is_ethnic_minority = self.is_religious = False
        self.save(update_fields=["is_ethnic_minority", "is_religious"])
        LogEntry.write("forget", by=by, about=self, place=MASKED)

    def _refuse_inactive(self):
        if not self.member.is_active:
            raise StageRefused("Đảng viên này đã thôi sinh hoạt: xem biến động trong sổ đảng viên.", reason="state")

    def _log(self, action, stage, *, by, before=None, after=None):
        """The day of the background check is deleted when he stops: the log, which forgets nothing, never has it."""
        told = {} if stage == Stage.CHECKED else {"before": before or dict.fromkeys(after, ""), "after": after}
        LogEntry.write(action, by=by, about=self, organization_pk=self.body_id, place=Stage(stage).label, **told)


def _moving(act, *args, **facts):
    """A movement of the roster as part of an act here: refused with the same words."""
    try:
        return act(*args, **facts)
    except MovementRefused as refused:
        raise StageRefused(refused.sentence, reason="state" if refused.is_stale else "order") from refused


def _told(row):
    return {"day": screen_date(row.taken_on), "paper": row.number}


def _person(candidate):
    return {"full_name": candidate.full_name, "gender": candidate.get_gender_display(), "born_on": screen_date(candidate.born_on)}


def _days_of(member):
    days = {name: getattr(member, name) for name in ("admitted_on", "official_on")}
    return {"standing": member.get_standing_display()} | {name: screen_date(day) if day else "" for name, day in days.items()}
