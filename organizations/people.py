"""The members that the lines of a file name: read at once with all their stays, then asked for by code, or by name and year of birth."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from organizations.access import reach
from organizations.models import Member, Stay
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from partyreports.vietnamese import fold, normalise

PART = 500


class Unknown(ValueError):
    """A line does not tell who is meant; `sentence` says why, `field` which cell is to be mended."""

    def __init__(self, sentence, *, field="full_name"):
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


@dataclass(frozen=True)
class People:
    """Those whom a user may mean: members who stand, or stood, on a roster that he sees."""

    members: dict  # key → Member, with its `stays` read
    by_name: dict  # name as it is spelt, capitals aside → its members
    writable: frozenset  # keys of the bodies of their stays, and of those named beside them, where he writes
    sees: frozenset  # keys of the bodies whose registers he sees, of the same ones
    due: dict = field(default_factory=dict, compare=False)  # of badges: (round, member, years) → Due

    @classmethod
    def read(cls, user, *, codes=(), names=(), bodies=()):
        """The People with these codes or names. A constant number of queries for each 500."""
        codes, names = sorted(set(codes) - {None}), sorted({fold(name) for name in names if name})
        members = {}
        for number in range(0, max(len(codes), len(names)), PART):
            here = Q(pk__in=codes[number : number + PART]) | Q(search__in=names[number : number + PART])
            seen = Stay.objects.visible_to(user).filter(member=OuterRef("pk"))
            members |= {member.pk: member for member in Member.objects.filter(Exists(seen), here).prefetch_related("stays__organization")}
        by_name = {}
        for member in sorted(members.values(), key=lambda member: member.pk):
            by_name.setdefault(spelt(member.full_name), []).append(member)
        told_of = {stay.organization_id for member in members.values() for stay in member.stays.all()} | set(bodies)
        writable = frozenset(reach(user, *WRITERS).filter(pk__in=told_of).values_list("pk", flat=True))
        sees = frozenset(reach(user, *REGISTERS_SEEN_WITH).filter(pk__in=told_of).values_list("pk", flat=True))
        return cls(members, by_name, writable, sees)

    def find(self, code, name, birth_year=None, body=None):
        """The member of that code, or the only one of that name (and year of birth, and body among his own). Raises Unknown."""
        if code:
            member = self.members.get(code)
            if member is None:
                raise Unknown(f"Không có đảng viên mang mã {code} trong phạm vi của đồng chí.", field="member")
            if name and spelt(name) != spelt(member.full_name):
                raise Unknown(f"Mã {code} là của {member}: kiểm tra mã và họ tên.", field="member")
            return member
        if not name:
            raise Unknown("Ghi họ tên, hoặc mã của đảng viên.")
        found = [member for member in self.by_name.get(spelt(name), ()) if birth_year in (None, member.birth_year)]
        if len(found) > 1 and body:
            found = [member for member in found if any(stay.organization_id == body for stay in member.stays.all())] or found
        born = f" sinh năm {birth_year}" if birth_year else ""
        if not found:
            raise Unknown(f"Không có đảng viên {name[:60]}{born} trong phạm vi của đồng chí: kiểm tra họ tên và năm sinh như trong sổ đảng viên.")
        if len(found) > 1:
            raise Unknown(f"Có {len(found):02d} đảng viên tên {name[:60]}{born}: ghi chi bộ, năm sinh, hoặc mã của người đó.")
        return found[0]


def spelt(name):
    """What two names are compared by: marks count, for Hoa is not Hòa."""
    return normalise(name).casefold()


def stay_on(member, day):
    """The lasting stay of `member` that covers `day`, out of those that were read with him; None when he stands on no roster then."""
    return next((stay for stay in lasting(member) if stay.since <= day and (stay.until is None or stay.until > day)), None)


def lasting(member):
    """His lasting stays in their order, out of those that were read with him."""
    return sorted((stay for stay in member.stays.all() if not stay.is_temporary), key=lambda stay: (stay.since, stay.pk))
