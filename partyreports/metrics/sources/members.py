"""Figures counted from the roster: who stood on it at the end, by group, and how it went from opening to closing."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from django.db.models import Count as Rows
from django.db.models import Q

from organizations.days import add_months
from organizations.models import Member, Stay

from .registry import Count, Register, counts, how_many, untold

SENSITIVE_GROUPS = ("members:religious", "members:ethnic_minority")
MOST_TOLD = 1000  # identities kept of one stock: a district's roster is counted, not told one by one
A, D = Stay.Arrival, Stay.Departure
IN_PROVINCE = (A.FROM_PROVINCE, A.REORGANIZED)  # whom a reorganisation brings has come from elsewhere in the province
OUT_PROVINCE = (D.TO_PROVINCE, D.REORGANIZED)
INCREASE = {"transferred_in_province": IN_PROVINCE, "transferred_in_outside": (A.FROM_OUTSIDE,), "restored": (A.RESTORED,)}
DECREASE = {
    "deceased": (D.DIED,),
    "expelled": (D.EXPELLED,),
    "struck_off": (D.STRUCK,),
    "resigned": (D.RESIGNED,),
    "transferred_out_province": OUT_PROVINCE,
    "transferred_out_outside": (D.TO_OUTSIDE,),
}
AGES = {"age_18_30": (None, 30), "age_31_40": (31, 40), "age_41_50": (41, 50), "age_51_60": (51, 60), "age_61_up": (61, None)}
YOUTH = (None, 30)


@dataclass
class Roster:
    """What the roster of one branch says: members at the opening, members of each group at the end, and who came and went."""

    opening: int = 0
    groups: dict = field(default_factory=dict)  # indicator key → how many
    told: dict = field(default_factory=dict)  # indicator key → identities, when they are asked for
    arrivals: list = field(default_factory=list)  # of (reason, identity)
    departures: list = field(default_factory=list)
    is_new: bool = False  # the body itself began in the period: nobody could stand on its roster before

    @property
    def is_known_from_the_start(self):
        return self.opening > 0 or self.is_new


# Indicator key → the condition on stays that its members fulfil on a day.
GROUPS = {
    "members_total": lambda day: Q(),
    "members:female": lambda day: Q(member__gender=Member.Gender.FEMALE),
    "members:ethnic_minority": lambda day: Q(member__is_ethnic_minority=True),
    "members:religious": lambda day: Q(member__is_religious=True),
    "members:probationary": lambda day: Q(member__official_on=None) | Q(member__official_on__gt=day),
    "members:youth": lambda day: _aged(*YOUTH, day),
    "members:exempt": lambda day: Q(member__exempt_since__lte=day),
} | {f"members:{name}": lambda day, ages=ages: _aged(*ages, day) for name, ages in AGES.items()}


def _aged(youngest, oldest, day):
    """Members of whole years of age from `youngest` to `oldest` on `day`; of whom only the year of birth is known, by the year."""
    born, year = Q(), Q()
    if youngest is not None:
        born &= Q(member__born_on__lte=add_months(day, -12 * youngest))
        year &= Q(member__birth_year__lte=day.year - youngest)
    if oldest is not None:
        born &= Q(member__born_on__gt=add_months(day, -12 * (oldest + 1)))
        year &= Q(member__birth_year__gte=day.year - oldest)
    return Q(Q(member__born_on__isnull=False) & born) | Q(Q(member__born_on=None) & year)


def gather(ground):
    """key of a body → Roster, for each branch with somebody on its roster at the opening, at the end or in between. Three or four queries."""
    found = {}
    stays = Stay.objects.lasting().filter(organization__in=ground.bodies).order_by()
    groups = {key: condition(ground.ends_on) for key, condition in GROUPS.items()}
    tallies = {key: Rows("pk", filter=condition) if condition else Rows("pk") for key, condition in groups.items()}
    names = {f"n{place}": key for place, key in enumerate(tallies)}
    rows = stays.on(ground.ends_on).values("organization").annotate(**{name: tallies[key] for name, key in names.items()})
    for row in rows:
        for root in ground.above(row["organization"], ground.ends_on):
            totals = found.setdefault(root, Roster()).groups
            for name, key in names.items():
                totals[key] = totals.get(key, 0) + row[name]
    for organization, number in stays.on(ground.opens_on).values_list("organization").annotate(Rows("pk")):
        for root in ground.above(organization, ground.opens_on):
            found.setdefault(root, Roster()).opening += number
    _gather_movements(ground, stays, found)
    for root, roster in found.items():
        roster.is_new = ground.founded.get(root, ground.opens_on) > ground.opens_on
    if ground.tells:
        _tell(ground, stays, groups, found)
    return found


def _gather_movements(ground, stays, found):
    """Who came into each branch and who left it. A member's unbroken time within a branch is one spell, whatever chi bộ of it he moved through,
    so that opening + in − out = closing: the same reckoning as organizations.roster.balance, for many branches at once."""
    first, last = ground.starts_on, ground.ends_on
    moved = Q(since__range=(first, last)) | Q(until__range=(first, last)) | Q(organization__in=ground.turned)
    rows = stays.filter(moved, Q(until=None) | Q(until__gte=first), since__lte=last).order_by("since", "pk")
    spells = {}
    for pk, member, organization, since, until, came, left in rows.values_list(
        "pk", "member", "organization", "since", "until", "arrived_by", "left_by"
    ):
        for span in ground.spans.get(organization, ()):
            begin, end = max(since, span.since), _earlier(until, span.until)
            if end is not None and begin >= end:
                continue
            arrival, departure = came if begin == since else A.REORGANIZED, left if end == until else D.REORGANIZED
            for root in span.roots:
                own = spells.setdefault((root, member), [])
                if own and own[-1][1] == begin:
                    own[-1] = [own[-1][0], end, own[-1][2], (pk, departure)]
                else:
                    own.append([begin, end, (pk, arrival), (pk, departure)])
    for (root, _), own in spells.items():
        for begin, end, (came_by, arrival), (left_by, departure) in own:
            roster = found.setdefault(root, Roster())
            if first <= begin <= last:
                roster.arrivals.append((arrival, f"stay:{came_by}:in"))
            if end is not None and first <= end <= last:
                roster.departures.append((departure, f"stay:{left_by}:out"))


def _earlier(one, other):
    return min((end for end in (one, other) if end is not None), default=None)


def _tell(ground, stays, groups, found):
    """Note on whom each group stands, where they are not too many; nobody of a sensitive group. One query."""
    open_groups = {f"g{place}": key for place, key in enumerate(groups) if key not in SENSITIVE_GROUPS and groups[key]}
    few = {root for root, roster in found.items() if roster.groups.get("members_total", 0) <= MOST_TOLD}
    if not few:
        return
    rows = stays.on(ground.ends_on).annotate(**{name: groups[key] for name, key in open_groups.items()}).order_by("pk")
    for pk, organization, *marks in rows.values_list("pk", "organization", *open_groups):
        for root in ground.above(organization, ground.ends_on):
            if root in few:
                told = found[root].told
                told.setdefault("members_total", []).append(f"stay:{pk}")
                for key, has in zip(open_groups.values(), marks, strict=True):
                    if has:
                        told.setdefault(key, []).append(f"stay:{pk}")


REGISTER = Register("roster", "Sổ đảng viên", gather, "có đảng viên trong danh sách")
_put = partial(counts, unit="đảng viên", register=REGISTER)


def _group(key, roster):
    number = roster.groups.get(key, 0)
    count = Count(Decimal(number), "", tuple(roster.told.get(key, ())), number)
    return untold(count) if key in SENSITIVE_GROUPS else count


for _key in GROUPS:
    _put(_key, words="Đếm đảng viên trong danh sách vào ngày cuối kỳ.")(partial(_group, _key))


@_put("members_opening", words="Đếm đảng viên trong danh sách vào ngày trước khi kỳ bắt đầu.")
def opening(roster):
    return Count(Decimal(roster.opening), "", (), roster.opening) if roster.is_known_from_the_start else None


def _moved(side, reasons, roster):
    movements = getattr(roster, side) if roster.is_known_from_the_start else None
    return None if movements is None else how_many(identity for reason, identity in movements if reasons is None or reason in reasons)


_came, _left = partial(_moved, "arrivals"), partial(_moved, "departures")
_put("members_increase", words="Đếm đảng viên vào danh sách trong kỳ, không kể chuyển giữa các chi bộ trong cùng đảng bộ.")(partial(_came, None))
_put("members_decrease", words="Đếm đảng viên ra khỏi danh sách trong kỳ, không kể chuyển giữa các chi bộ trong cùng đảng bộ.")(partial(_left, None))
for _name, _reasons in INCREASE.items():
    _put(f"members_increase:{_name}", words="Trong số tăng, đếm theo lý do đến.")(partial(_came, _reasons))
for _name, _reasons in DECREASE.items():
    _put(f"members_decrease:{_name}", words="Trong số giảm, đếm theo lý do đi.")(partial(_left, _reasons))
