"""How members come, go and are transferred: the only writers of stays. Each act is one transaction, asks the right again and is logged."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from partyreports.vietnamese import screen_date

from .log import LogEntry
from .members import Member, RegisterQuerySet
from .movement_checks import MovementChecks, MovementRefused

ONE_DAY = dt.timedelta(days=1)


class StayQuerySet(MovementChecks, RegisterQuerySet):
    def on(self, date):
        """Stays that cover `date`: the roster of that day."""
        return self.filter(Q(until=None) | Q(until__gt=date), since__lte=date)

    def lasting(self):
        """Stays that count in the roster: a member who takes part elsewhere for a time is still on the roster of his own chi bộ."""
        return self.filter(is_temporary=False)

    # --- acts ---------------------------------------------------------------------------------------------------------

    def admit(self, member, organization, *, on, basis="", by):
        """The ceremony: `member`, who stands on no roster yet, is on that of `organization` from the day `on`. Returns the stay."""
        return self.arrive(member, organization, on=on, arrived_by=self.model.Arrival.ADMITTED, basis=basis, by=by)

    @transaction.atomic
    def arrive(self, member, organization, *, on, arrived_by, came_from="", basis="", by):
        """Put a member who stands on no roster on that of `organization`. `by` None: the portal itself (demonstration, data brought over).

        Returns the stay. Raises MovementRefused, PermissionDenied.
        """
        self._lock(member)
        self._refuse_without_right(by, organization)
        last = self._last(member)
        if last and last.until is None:
            raise MovementRefused(f"{member} đang sinh hoạt tại {last.organization}: ghi chuyển sinh hoạt thay cho ghi đến.", is_stale=True)
        if last and on < last.until:
            raise MovementRefused(f"{member} thôi sinh hoạt từ ngày {screen_date(last.until)}: ngày đến không được trước ngày đó.")
        if on < member.admitted_on:
            raise MovementRefused(f"Ngày đến trước ngày vào Đảng ({screen_date(member.admitted_on)}): kiểm tra lại hai ngày này.")
        self._refuse_unless_standing(organization, on)
        facts = {"arrived_by": arrived_by, "came_from": came_from, "arrival_basis": basis}
        stay = self.create(member=member, organization=organization, since=on, **facts)
        self._follow(member)
        self._log("arrive", stay, by=by, on=on, reason=stay.get_arrived_by_display(), basis=basis, place=came_from)
        return stay

    @transaction.atomic
    def transfer(self, member, to, *, on, basis="", is_reorganization=False, by):
        """Close the stay of `member` and open the next one in `to` on the same day: no gap, and no flow of a branch that holds both.

        Both bodies must be within the rights of `by`. Returns the new stay.
        """
        stay = self._open_stay(member)
        self._refuse_without_right(by, stay.organization_id, to)
        if to.pk == stay.organization_id:
            raise MovementRefused("Đồng chí này đang sinh hoạt ở chính chi bộ đó: chọn chi bộ khác.", field="to")
        self._refuse_unless_after(stay, on)
        self._refuse_unless_member(stay.organization, on)
        self._refuse_unless_standing(to, on)
        names = {stay.organization_id: stay.organization.version(on=on).name, to.pk: to.version(on=on).name}
        arrival, departure = self.model.Arrival, self.model.Departure
        reasons = (departure.REORGANIZED, arrival.REORGANIZED) if is_reorganization else (departure.TO_PROVINCE, arrival.FROM_PROVINCE)
        self._close(stay, on=on, left_by=reasons[0], went_to=names[to.pk], departure_basis=basis)
        opened = self.create(
            member=member, organization=to, since=on, arrived_by=reasons[1], came_from=names[stay.organization_id], arrival_basis=basis
        )
        self._follow(member)
        self._log("transfer", stay, by=by, on=on, reason=stay.get_left_by_display(), basis=basis, place=names[to.pk])
        self._log("receive", opened, by=by, on=on, reason=opened.get_arrived_by_display(), basis=basis, place=names[stay.organization_id])
        return opened

    @transaction.atomic
    def merge(self, organization, to, *, on, basis="", by):
        """Put all who stand on the roster of `organization` on that of `to` from the day `on`, "do sắp xếp tổ chức". Returns how many.

        A dozen statements, whatever their number. All move or none: whoever came on that day or later stands in the way. Who took part in `to` for
        a time is there for good.
        """
        self._refuse_without_right(by, organization, to)
        if to.pk == organization.pk:
            raise MovementRefused("Chọn chi bộ tiếp nhận khác với chi bộ chuyển đi.", field="to")
        standing = self.lasting().filter(organization=organization, until=None)
        list(Member.objects.select_for_update().filter(pk__in=standing.values("member")).order_by("pk").values_list("pk", flat=True))
        stays = list(standing.select_related("member").order_by("pk"))
        if not stays:
            raise MovementRefused(f"Không còn đảng viên nào đang sinh hoạt tại “{organization}”.", is_stale=True)
        if late := [stay for stay in stays if stay.since >= on]:
            first = min(stay.since for stay in late)
            raise MovementRefused(f"Có {len(late):02d} đồng chí mới đến chi bộ này từ ngày {screen_date(first)}: chọn một ngày sau ngày đó.")
        self._refuse_unless_member(organization, on)
        self._refuse_unless_standing(to, on)
        source, target = organization.version(on=on - ONE_DAY).name, to.version(on=on).name
        arrival, departure = self.model.Arrival.REORGANIZED, self.model.Departure.REORGANIZED
        members = [stay.member for stay in stays]
        self.filter(pk__in=[stay.pk for stay in stays]).update(until=on, left_by=departure, went_to=target, departure_basis=basis)
        arrived = {"since": on, "arrived_by": arrival, "came_from": source, "arrival_basis": basis}
        self.bulk_create([self.model(member=member, organization=to, **arrived) for member in members], batch_size=500)
        guests = self.filter(member__in=members, organization=to, is_temporary=True, went_to="", until=None, since__lt=on)
        guests.update(until=on, left_by=self.model.Departure.RETURNED)
        Member.objects.filter(pk__in=[member.pk for member in members]).update(organization=to, is_active=True)
        out, into = _told(on, departure.label, basis, target), _told(on, arrival.label, basis, source)
        lines = [line for member in members for line in (("transfer", member, organization.pk, out), ("receive", member, to.pk, into))]
        LogEntry.write_many(lines, by=by)
        return len(members)

    @transaction.atomic
    def leave(self, member, *, on, departure, went_to="", basis="", by):
        """`member` is no longer on the roster from the day `on`; temporary stays end with it. Returns the stay that was closed."""
        stay = self._open_stay(member)
        self._refuse_without_right(by, stay.organization_id)
        self._refuse_unless_after(stay, on)
        self._refuse_unless_member(stay.organization, on)
        self._close(stay, on=on, left_by=departure, went_to=went_to, departure_basis=basis)
        for elsewhere in self.filter(member=member, is_temporary=True, until=None, since__lt=on):
            self._close(elsewhere, on=on, left_by=self.model.Departure.RETURNED)
        self._follow(member)
        self._log("leave", stay, by=by, on=on, reason=stay.get_left_by_display(), basis=basis, place=went_to)
        return stay

    def restore(self, member, organization, *, on, basis="", by):
        """A member who had been expelled, struck or had left is given back his membership, and stands on the roster of `organization`."""
        return self.arrive(member, organization, on=on, arrived_by=self.model.Arrival.RESTORED, basis=basis, by=by)

    @transaction.atomic
    def stay_elsewhere(self, member, *, on, organization=None, place="", basis="", by):
        """Note that `member` takes part elsewhere for a time: in a body of the portal or, by its name, in one outside. The roster is as it was.

        A stay outside is kept by his own chi bộ. Returns the temporary stay.
        """
        own = self._open_stay(member)
        self._refuse_without_right(by, own.organization_id, *([organization] if organization else []))
        if organization is None and not place:
            raise MovementRefused("Chọn chi bộ nơi sinh hoạt tạm thời, hoặc ghi tên nơi đó nếu ở ngoài cổng.", field="to")
        if organization and organization.pk == own.organization_id:
            raise MovementRefused("Đồng chí này đang sinh hoạt chính thức ở chính chi bộ đó: chọn chi bộ khác.", field="to")
        if on < own.since:
            raise MovementRefused(f"Chọn một ngày từ {screen_date(own.since)}, ngày bắt đầu sinh hoạt ở chi bộ này, trở đi.")
        if self.filter(member=member, is_temporary=True).filter(Q(until=None) | Q(until__gt=on)).exists():
            raise MovementRefused("Đã ghi một lần sinh hoạt tạm thời chưa kết thúc: ghi kết thúc lần đó trước.", is_stale=True)
        for body in (own.organization, organization):
            if body:
                self._refuse_unless_standing(body, on)
        stay = self.create(
            member=member,
            organization=organization or own.organization,
            since=on,
            arrived_by=self.model.Arrival.TEMPORARY,
            went_to="" if organization else place,
            arrival_basis=basis,
            is_temporary=True,
        )
        self._log("stay_elsewhere", stay, by=by, on=on, basis=basis, place=place or organization.version(on=on).name)
        return stay

    @transaction.atomic
    def come_back(self, stay, *, on, basis="", by):
        """End the temporary stay `stay` on the day `on`."""
        self._lock(stay.member)
        stay.refresh_from_db()
        self._refuse_without_right(by, stay.member.organization_id)
        if not stay.is_temporary or stay.until:
            raise MovementRefused("Lần sinh hoạt tạm thời này đã kết thúc.", is_stale=True)
        if on <= stay.since:
            raise MovementRefused(f"Ngày kết thúc phải sau ngày {screen_date(stay.since)}.")
        if not stay.went_to:  # what is outside the portal is kept by his own chi bộ
            self._refuse_unless_member(stay.organization, on)
        self._close(stay, on=on, left_by=self.model.Departure.RETURNED, departure_basis=basis)
        self._log("come_back", stay, by=by, on=on, basis=basis)

    # --- corrections --------------------------------------------------------------------------------------------------

    @transaction.atomic
    def correct(self, stay, *, by, **facts):
        """Write other facts of one lasting stay: `since`, `until` and their reasons, places and bases.

        A day at which the member passed from one chi bộ to another moves for both, so that no gap and no overlap comes of it.
        """
        self._lock(stay.member)
        stay.refresh_from_db()
        path = list(self.lasting().filter(member=stay.member).select_related("organization").order_by("since", "pk"))
        place = next((n for n, other in enumerate(path) if other.pk == stay.pk), None)
        if place is None or (facts.get("until", stay.until) is None) != (stay.until is None):
            raise MovementRefused("Biến động này đã thay đổi: mở lại trang rồi sửa.", is_stale=True)
        earlier, later = (path[place - 1] if place else None), (path[place + 1] if place + 1 < len(path) else None)
        since, until = facts.get("since", stay.since), facts.get("until", stay.until)
        follows = earlier is not None and earlier.until == stay.since and since != stay.since
        leads = later is not None and stay.until == later.since and until != stay.until
        bodies = [stay.organization_id] + ([earlier.organization_id] if follows else []) + ([later.organization_id] if leads else [])
        self._refuse_without_right(by, *bodies)
        self._refuse_crossed(stay.member, since, until, earlier, later, follows=follows, leads=leads)
        if since != stay.since:
            self._refuse_unless_standing(stay.organization, since, field="since")
            if follows:
                self._refuse_unless_member(earlier.organization, since, field="since")
        if until and until != stay.until:
            self._refuse_unless_member(stay.organization, until, field="until")
            if leads:
                self._refuse_unless_standing(later.organization, until, field="until")
        before = {"from": stay.since.isoformat(), "until": stay.until.isoformat() if stay.until else ""}
        for name, value in facts.items():
            setattr(stay, name, value)
        # The day moves on the side that shrinks first: no two stays ever cover one day.
        if follows:
            self.filter(pk=earlier.pk).update(until=since)
        stay.save(update_fields=list(facts))
        if leads:
            self.filter(pk=later.pk).update(since=until)
        self._follow(stay.member)
        after = {"from": stay.since.isoformat(), "until": stay.until.isoformat() if stay.until else ""}
        LogEntry.write("correct_stay", by=by, about=stay.member, organization_pk=stay.organization_id, before=before, after=after)
        return stay

    @transaction.atomic
    def take_back(self, stay, *, by, reason=""):
        """Undo the last movement of a member: a departure is opened again; a transfer puts him back where he was. The first stay remains.

        A temporary stay that was written by mistake goes altogether.
        """
        self._lock(stay.member)
        member, last = stay.member, self._last(stay.member)
        stay = self.filter(pk=stay.pk).select_related("organization").first()
        if stay is None or (not stay.is_temporary and stay.pk != last.pk):
            raise MovementRefused("Chỉ hủy được biến động ghi sau cùng: mở lại trang để xem.", is_stale=True)
        self._refuse_without_right(by, stay.organization_id, member.organization_id)
        before = {"from": stay.since.isoformat(), "until": stay.until.isoformat() if stay.until else "", "organization": str(stay.organization)}
        if stay.is_temporary:
            stay.delete()
        elif stay.until:
            self._open_again(stay)
        else:
            earlier = self.lasting().filter(member=member, since__lt=stay.since).select_related("organization").order_by("since", "pk").last()
            if earlier is None:
                raise MovementRefused("Đây là lần ghi đầu tiên, không hủy được: sửa ngày và lý do nếu ghi sai.")
            was_transfer = earlier.until == stay.since
            if was_transfer:
                self._refuse_without_right(by, earlier.organization_id)
            stay.delete()
            if was_transfer:
                self._open_again(earlier)
        self._follow(member)
        LogEntry.write("take_back", by=by, about=member, note=reason, before=before, after={"from": "", "until": "", "organization": ""})

    # --- what every act does --------------------------------------------------------------------------------------------

    def _lock(self, member):
        """Wait for any other movement of this member, and see him as he stands now."""
        Member.objects.select_for_update().filter(pk=member.pk).values_list("pk", flat=True).first()
        member.refresh_from_db()

    def _last(self, member):
        return self.lasting().filter(member=member).select_related("organization").order_by("since", "pk").last()

    def _open_stay(self, member):
        self._lock(member)
        stay = self._last(member)
        if stay is None or stay.until is not None:
            raise MovementRefused(f"{member} đã thôi sinh hoạt: mở lại trang để xem.", is_stale=True)
        return stay

    def _close(self, stay, *, on, **facts):
        stay.until = on
        for name, value in facts.items():
            setattr(stay, name, value)
        stay.save(update_fields=["until", *facts])

    def _open_again(self, stay):
        self._close(stay, on=None, left_by="", went_to="", departure_basis="")

    def _follow(self, member):
        """The member stands where his last stay is, and is active while that is open."""
        last = self._last(member)
        if last:
            member.organization, member.is_active = last.organization, last.until is None
            member.save(update_fields=["organization", "is_active"])

    def _log(self, action, stay, *, by, on, reason="", basis="", place=""):
        LogEntry.write(action, by=by, about=stay.member, organization_pk=stay.organization_id, after=_told(on, reason, basis, place))


def _told(on, reason, basis, place):
    """What the log keeps of a movement."""
    told = {"from": on.isoformat(), "reason": reason, "basis": basis, "elsewhere": place}
    return {name: value for name, value in told.items() if value}
