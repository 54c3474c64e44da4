"""The form of a line of the workbook of movements: one stay of one member, how he came and how he left. The acts on stays do the work."""

from django import forms
from django.db import transaction

from organizations.fields import DayField, WordsField
from organizations.lifetime import outside_life, outside_membership
from organizations.models import Stay
from organizations.models.members import WRITERS
from organizations.people import lasting
from partyreports.vietnamese import screen_date

from .person_sheet import PersonSheetForm

ARRIVED, LEFT = ("arrived_by", "came_from", "arrival_basis"), ("left_by", "went_to", "departure_basis")
Arrival, Departure = Stay.Arrival, Stay.Departure
AT_ONCE = (Arrival.FROM_PROVINCE, Arrival.REORGANIZED)  # reasons by which one passes straight from one chi bộ to another
BACK = (Arrival.RESTORED, Arrival.FROM_PROVINCE, Arrival.FROM_OUTSIDE, Arrival.REORGANIZED)
ON_HIS_PAGE = "sửa trên trang của đồng chí này"


class MovementSheetForm(PersonSheetForm):
    """A line with a departure alone means the stay that stands; a line with a new day of arrival is a new one."""

    since = DayField(label="Từ ngày", past_only=True, required=False)
    arrived_by = forms.ChoiceField(label="Lý do đến", required=False, choices=[("", ""), *Arrival.choices])
    came_from = WordsField(label="Nơi chuyển đến từ", required=False, max_length=200)
    arrival_basis = WordsField(label="Căn cứ khi đến", required=False, max_length=120)
    until = DayField(label="Thôi sinh hoạt từ ngày", past_only=True, required=False)
    left_by = forms.ChoiceField(label="Lý do đi", required=False, choices=[("", ""), *Departure.choices])
    went_to = WordsField(label="Nơi chuyển đến", required=False, max_length=200)
    departure_basis = WordsField(label="Căn cứ khi đi", required=False, max_length=120)

    bodies_with = WRITERS

    def clean(self):
        facts = super().clean()
        if self.person is None or self.errors:
            return facts
        self.path = lasting(self.person)
        self.open = next((stay for stay in self.path if stay.until is None), None)
        if self.instance:
            self._clean_standing(facts)
        elif stay := self._meant(facts):
            # The line of a stay that stands: what it leaves blank is as it was written.
            facts["organization"] = stay.organization_id
            facts |= {name: facts.get(name) or getattr(stay, name) for name in ("since", *ARRIVED)}
        else:
            self._clean_new(facts)
        return facts

    def _meant(self, facts):
        """The stay that stands, when the line tells of it: its day and reason of arrival, or a departure without them."""
        body, since, until, reason = facts.get("organization"), facts.get("since"), facts.get("until"), facts.get("arrived_by")
        stays = [stay for stay in self.person.stays.all() if body is None or stay.organization_id == body.pk]
        if since:
            return next((stay for stay in stays if stay.since == since and reason in ("", stay.arrived_by)), None)
        if not until:
            return None
        stays = [stay for stay in stays if stay.is_temporary == (facts.get("left_by") == Departure.RETURNED)]
        closed = [stay for stay in stays if stay.until == until]
        return next(iter(closed or [stay for stay in stays if stay.until is None]), None)

    # --- a stay that stands -------------------------------------------------------------------------------------------------

    def _clean_standing(self, facts):
        stay, body = self.instance, facts.get("organization")
        self.refuse_without_right(self.person.organization_id, field="full_name")
        if body and body.pk != stay.organization_id:
            self.add_error("organization", "Chuyển sang chi bộ khác là một lần sinh hoạt mới: ghi thêm một dòng, để trống ô Mã.")
        facts["organization"] = stay.organization_id
        changed = [name for name in ("since", *ARRIVED) if facts[name] != getattr(stay, name)]
        if stay.is_temporary and (changed or stay.until):
            self.add_error("since", f"Lần sinh hoạt tạm thời đã ghi: {ON_HIS_PAGE}.")
        elif facts["arrived_by"] == Arrival.TEMPORARY and not stay.is_temporary:
            self.add_error("arrived_by", "Sinh hoạt tạm thời là một lần sinh hoạt khác: ghi thêm một dòng, để trống ô Mã.")
        elif stay.until and not facts["until"]:
            self.add_error("until", f"Việc thôi sinh hoạt đã ghi: ghi nhầm thì {ON_HIS_PAGE}.")
        elif "since" in changed and facts["since"] < self.person.admitted_on:
            self.add_error("since", f"Ngày này trước ngày vào Đảng ({screen_date(self.person.admitted_on)}).")
        else:
            self._clean_departure(facts, stay.organization, temporary=stay.is_temporary, elsewhere=stay.went_to if stay.is_temporary else "")

    def _clean_departure(self, facts, body, *, temporary, elsewhere=""):
        since, until, left_by = facts["since"], facts["until"], facts["left_by"]
        if not until:
            typed = next((name for name in LEFT if facts[name] and not (name == "went_to" and temporary)), None)
            if typed:
                self.add_error("until", "Ghi ngày thôi sinh hoạt.")
            return
        if not left_by:
            self.add_error("left_by", "Chọn lý do thôi sinh hoạt.")
        elif temporary != (left_by == Departure.RETURNED):
            right = f"“{Departure.RETURNED.label}”" if temporary else "lý do khác: đây là nơi sinh hoạt chính thức"
            self.add_error("left_by", f"Chọn {right}.")
        if until <= since:
            self.add_error("until", f"Chọn một ngày sau {screen_date(since)}, ngày bắt đầu sinh hoạt ở đây.")
        elif not elsewhere:
            for sentence in outside_membership(body, until):
                self.add_error("until", sentence)

    # --- a new one ----------------------------------------------------------------------------------------------------------

    def _clean_new(self, facts):
        since, reason = facts.get("since"), facts.get("arrived_by")
        if not since or not reason:
            sentence = "Ghi cả ngày và lý do đến; ghi thôi sinh hoạt thì kiểm tra người và chi bộ: không có lần sinh hoạt nào đang mở."
            self.add_error("since" if not since else "arrived_by", sentence)
            return
        if since < self.person.admitted_on:
            self.add_error("since", f"Ngày đến trước ngày vào Đảng ({screen_date(self.person.admitted_on)}): kiểm tra lại hai ngày này.")
        if reason == Arrival.TEMPORARY:
            self._clean_elsewhere(facts)
        elif reason not in BACK:
            where = "sổ quần chúng ưu tú" if reason == Arrival.ADMITTED else "sổ đảng viên"
            self.add_error("arrived_by", f"Người có lý do này được ghi từ {where}.")
        elif not facts.get("organization"):
            self.add_error("organization", "Ghi chi bộ nơi đến.")
        else:
            self._clean_arrival(facts, facts["organization"])
        if not self.errors:
            body = facts["organization"]
            self._clean_departure(facts, body, temporary=reason == Arrival.TEMPORARY, elsewhere=self.place if reason == Arrival.TEMPORARY else "")

    def _clean_arrival(self, facts, body):
        since, last = facts["since"], self.path[-1] if self.path else None
        self.refuse_without_right(body.pk)
        for sentence in outside_life(body, since):
            self.add_error("since", sentence)
        if self.open is None:
            if last and since < last.until:
                self.add_error("since", f"Đồng chí này thôi sinh hoạt từ ngày {screen_date(last.until)}: ngày đến không được trước ngày đó.")
            return
        self.refuse_without_right(self.open.organization_id)
        if body.pk == self.open.organization_id:
            self.add_error("organization", f"Đồng chí này đang sinh hoạt ở đây từ ngày {screen_date(self.open.since)}.")
        elif facts["arrived_by"] not in AT_ONCE:
            sentence = "Đồng chí này đang sinh hoạt ở một chi bộ: ghi thôi sinh hoạt ở đó trước, hoặc chọn lý do chuyển trong tỉnh."
            self.add_error("arrived_by", sentence)
        elif since <= self.open.since:
            self.add_error("since", f"Chọn một ngày sau {screen_date(self.open.since)}, ngày đến chi bộ đang sinh hoạt.")
        else:
            for sentence in outside_membership(self.open.organization, since):
                self.add_error("since", sentence)

    def _clean_elsewhere(self, facts):
        body, since = facts.get("organization"), facts["since"]
        if self.open is None:
            self.add_error("full_name", "Đồng chí này không sinh hoạt ở chi bộ nào: không ghi sinh hoạt tạm thời được.")
            return
        self.place = facts["went_to"] if body is None or body.pk == self.open.organization_id else ""
        self.refuse_without_right(self.open.organization_id)
        if body is None:
            facts["organization"] = body = self.open.organization
        if body.pk == self.open.organization_id and not self.place:
            self.add_error("went_to", "Ghi nơi sinh hoạt tạm thời, hoặc chọn chi bộ nơi đó ở cột “Chi bộ”.")
        elif body.pk != self.open.organization_id:
            self.refuse_without_right(body.pk)
            if facts["went_to"]:
                self.add_error("went_to", "Chi bộ đã là nơi sinh hoạt tạm thời: để trống ô này.")
        if facts["came_from"]:
            self.add_error("came_from", "Sinh hoạt tạm thời thì để trống ô này.")
        if since < self.open.since:
            self.add_error("since", f"Chọn một ngày từ {screen_date(self.open.since)}, ngày bắt đầu sinh hoạt ở chi bộ chính thức, trở đi.")
        if any(stay.is_temporary and (stay.until is None or stay.until > since) for stay in self.person.stays.all()):
            self.add_error("since", "Đã ghi một lần sinh hoạt tạm thời chưa kết thúc: ghi kết thúc lần đó trước.")
        for sentence in outside_life(body, since):
            self.add_error("since", sentence)

    # --- writing ------------------------------------------------------------------------------------------------------------

    @transaction.atomic
    def save(self):
        facts = self.cleaned_data
        stay = self.instance or self._come(facts)
        if stay.is_temporary:
            if facts["until"] and not stay.until:
                Stay.objects.come_back(stay, on=facts["until"], basis=facts["departure_basis"], by=self.user)
            return
        names = ["since", *ARRIVED] + ["until", *LEFT] * bool(stay.until)
        changed = {name: facts[name] for name in names if facts[name] != getattr(stay, name) and (self.instance or facts[name])}
        if changed:
            Stay.objects.correct(stay, by=self.user, **changed)
        if facts["until"] and not stay.until:
            how = {"departure": facts["left_by"], "went_to": facts["went_to"], "basis": facts["departure_basis"]}
            Stay.objects.leave(stay.member, on=facts["until"], by=self.user, **how)

    def _come(self, facts):
        """The new stay: asked again who stands where, for the lines above may have been written meanwhile."""
        on, basis, body = facts["since"], facts["arrival_basis"], facts["organization"]
        if facts["arrived_by"] == Arrival.TEMPORARY:
            where = {"place": self.place} if self.place else {"organization": body}
            return Stay.objects.stay_elsewhere(self.person, on=on, basis=basis, by=self.user, **where)
        if Stay.objects.lasting().filter(member=self.person, until=None).exists():
            merged = facts["arrived_by"] == Arrival.REORGANIZED
            return Stay.objects.transfer(self.person, body, on=on, basis=basis, is_reorganization=merged, by=self.user)
        how = {"arrived_by": facts["arrived_by"], "came_from": facts["came_from"], "basis": basis}
        return Stay.objects.arrive(self.person, body, on=on, by=self.user, **how)
