"""Lượt chuyển sinh hoạt đảng counted from the roster: who was received into a branch and who went from it, for good or for a time."""

import datetime as dt

from django.db.models import Q

from organizations.models import Stay

from .registry import Register, counts, how_many

CAME = (Stay.Arrival.FROM_PROVINCE, Stay.Arrival.FROM_OUTSIDE, Stay.Arrival.TEMPORARY)
LEFT = (Stay.Departure.TO_PROVINCE, Stay.Departure.TO_OUTSIDE)
IN, OUT = "in", "out"
DAY = dt.timedelta(days=1)


def gather(ground):
    """key of a body → IN or OUT → identities, for each branch whose roster is known from before the period. Three queries.

    A move within a branch is none of it; one that a reorganisation brings is not a transfer of the member. Somebody who takes part for a time
    in a body outside of his own branch went from the one and came to the other; when the time is over he has not been transferred again.
    """
    lasting = Stay.objects.lasting()
    known = ground.in_use(lasting, "since") | {root for root, day in ground.founded.items() if day > ground.opens_on}
    found = {root: {IN: [], OUT: []} for root in known & ground.roots}
    period = (ground.starts_on, ground.ends_on)
    here = lasting.filter(organization__in=ground.bodies).order_by()
    came = Q(arrived_by__in=CAME, since__range=period)
    moved = Q(came | Q(left_by__in=LEFT, until__range=period), organization__in=ground.bodies)
    lent = came & Q(is_temporary=True, member__in=here.values("member"))
    rows = Stay.objects.filter(moved | lent).order_by("since", "pk")
    homes = {}
    for member, organization, since, until in lasting.filter(member__in=rows.order_by().values("member")).values_list(
        "member", "organization", "since", "until"
    ):
        homes.setdefault(member, []).append((organization, since, until))

    def put(side, roots, identity):
        for root in roots:
            if root in found:
                found[root][side].append(identity)

    def home(member, day):
        """The bodies over the chi bộ where a member stood for good on `day`."""
        own = (organization for organization, since, until in homes.get(member, ()) if since <= day and (until is None or day < until))
        return {root for organization in own for root in ground.above(organization, max(day, ground.opens_on))}

    fields = ("pk", "member", "organization", "since", "until", "arrived_by", "left_by", "is_temporary")
    for pk, member, organization, since, until, arrived_by, left_by, is_temporary in rows.values_list(*fields):
        if arrived_by in CAME and period[0] <= since <= period[1]:
            over, before = set(ground.above(organization, since)), home(member, since - DAY)
            put(IN, over - before, f"stay:{pk}:in")
            if is_temporary:
                put(OUT, before - over, f"stay:{pk}:in")
        if left_by in LEFT and until and period[0] <= until <= period[1]:
            over = ground.above(organization, until - DAY) if until > period[0] else ground.above(organization, ground.opens_on)
            put(OUT, set(over) - home(member, until), f"stay:{pk}:out")
    return found


REGISTER = Register("transfers", "Sổ đảng viên", gather, "có đảng viên trong danh sách trước khi kỳ bắt đầu")
WORDS = "Đếm lượt {} trong kỳ, cả chính thức và tạm thời, không kể chuyển trong cùng đảng bộ và do sắp xếp tổ chức."


@counts("transfers:in", unit="lượt", words=WORDS.format("tiếp nhận"), register=REGISTER)
def received(sides):
    return how_many(sides[IN])


@counts("transfers:out", unit="lượt", words=WORDS.format("chuyển đi"), register=REGISTER)
def sent(sides):
    return how_many(sides[OUT])
