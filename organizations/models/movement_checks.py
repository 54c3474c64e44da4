"""What stands in the way of a movement, in words: no right, a body that did not stand that day, days that cross."""

from django.core.exceptions import PermissionDenied

from organizations.lifetime import outside_life, outside_membership
from partyreports.vietnamese import screen_date

from .accounts import rights_on
from .members import WRITERS


class MovementRefused(ValueError):
    """A movement that cannot be; `sentence` tells the user why and what to do, `field` which fact stands in the way.

    `is_stale`: somebody has moved the member meanwhile, so that the act no longer fits his state.
    """

    def __init__(self, sentence, *, field="on", is_stale=False):
        super().__init__(sentence)
        self.sentence, self.field, self.is_stale = sentence, field, is_stale


class MovementChecks:
    """What each act on stays asks first. All raise MovementRefused; a missing right is PermissionDenied."""

    def _refuse_without_right(self, by, *organizations):
        for organization in dict.fromkeys(getattr(each, "pk", each) for each in organizations):
            if by is not None and not rights_on(by, organization) & set(WRITERS):
                raise PermissionDenied("Đồng chí không có quyền ghi sổ đảng viên của tổ chức này.")

    def _refuse_unless_standing(self, organization, on, *, field="on"):
        for sentence in outside_life(organization, on):
            raise MovementRefused(sentence, field=field)

    def _refuse_unless_member(self, organization, on, *, field="on"):
        for sentence in outside_membership(organization, on):
            raise MovementRefused(sentence, field=field)

    def _refuse_unless_after(self, stay, on):
        if on <= stay.since:
            raise MovementRefused(f"Chọn một ngày sau {screen_date(stay.since)}, ngày bắt đầu sinh hoạt ở chi bộ này.")

    def _refuse_crossed(self, member, since, until, earlier, later, *, follows, leads):
        if until and until <= since:
            raise MovementRefused("Ngày thôi sinh hoạt phải sau ngày bắt đầu.", field="until")
        if since < member.admitted_on:
            raise MovementRefused(f"Ngày bắt đầu trước ngày vào Đảng ({screen_date(member.admitted_on)}).", field="since")
        if earlier and (since <= earlier.since if follows else since < earlier.until):
            border = earlier.since if follows else earlier.until
            raise MovementRefused(f"Ngày bắt đầu phải sau ngày {screen_date(border)} của lần sinh hoạt trước.", field="since")
        if later and leads and later.until and until >= later.until:
            raise MovementRefused(f"Ngày thôi sinh hoạt phải trước ngày {screen_date(later.until)} của lần sinh hoạt sau.", field="until")
        if later and not leads and until > later.since:
            raise MovementRefused(f"Ngày thôi sinh hoạt không được sau ngày {screen_date(later.since)}, khi lần sau bắt đầu.", field="until")
