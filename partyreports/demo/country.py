"""A country of invented bodies and members, as large as asked for, to measure the portal with. The same sizes give the same country."""

import datetime as dt
from dataclasses import dataclass
from itertools import product

from organizations.models import Member, Organization, OrganizationVersion, Stay
from organizations.models.paths import segment
from partyreports.vietnamese import fold, person_sort_key, sort_key

FOUNDED = dt.date(2000, 1, 1)
TODAY = dt.date(2026, 11, 22)
WORDS = (
    *("An", "Bình", "Châu", "Đông", "Giang", "Hòa", "Khánh", "Lâm", "Mỹ", "Nam"),
    *("Phú", "Quang", "Sơn", "Tân", "Vĩnh", "Xuân", "Yên", "Lộc", "Thịnh", "Trung"),
)
FAMILIES = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ"),
    *("Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "K’", "Ya"),
)
MIDDLES = ("Văn", "Thị", "Đức", "Ngọc", "Minh", "Hữu", "Thanh", "Quốc", "Kim", "Xuân")
GIVEN = (
    *("An", "Bảo", "Cường", "Dung", "Đạt", "Giang", "Hà", "Hạnh", "Hiếu", "Hùng", "Khoa", "Lan", "Liên"),
    *("Long", "Mai", "Nam", "Nga", "Phúc", "Quân", "Sơn", "Tâm", "Thảo", "Thu", "Tuấn", "Vinh", "Yến"),
)
# What a body of each level is called before its own name, its party body, and its kind.
LEVELS = (
    ("", "", "toan-dang"),
    ("Tỉnh ủy", "Đảng bộ tỉnh", "dang-bo-tinh"),
    ("Huyện ủy", "Đảng bộ huyện", "dang-bo-huyen"),
    ("Đảng ủy xã", "Đảng bộ xã", "dang-bo-xa"),
    ("", "", "chi-bo-nong-thon"),
)
# Of so many members one has moved from the chi bộ beside, has left, takes part elsewhere for a time, is on probation.
MOVED, LEFT, AWAY, PROBATIONARY = 25, 40, 100, 50


@dataclass(frozen=True)
class Size:
    """How many stand directly below each body of a level, from the top down."""

    provinces: int = 63
    districts: int = 11
    communes: int = 15
    cells: int = 27
    members: int = 20

    @property
    def levels(self):
        return (self.provinces, self.districts, self.communes, self.cells)

    @property
    def all_cells(self):
        return self.provinces * self.districts * self.communes * self.cells

    @property
    def all_members(self):
        return self.all_cells * self.members


@dataclass(frozen=True)
class Body:
    """One organisation of the country."""

    pk: int
    parent: int | None
    path: str
    level: int
    name: str
    party_name: str


def bodies(size):
    """Every Body, level after level: the keys of one level follow each other, and those below one body too."""
    above, pk = [Body(1, None, segment(1), 0, "Toàn Đảng", "")], 1
    yield from above
    for level, number in enumerate(size.levels, start=1):
        found = []
        for parent in above:
            for place in range(1, number + 1):
                pk += 1
                found.append(Body(pk, parent.pk, parent.path + segment(pk), level, *_called(level, place, pk)))
        yield from found
        above = found


def _called(level, place, pk):
    """(name, name of the party body) of a body."""
    committee, party, _ = LEVELS[level]
    own = f"{WORDS[pk % 20]} {WORDS[pk // 20 % 20]} {place:02d}"
    return (f"{committee} {own}", f"{party} {own}") if committee else (f"Chi bộ thôn {place:02d}", "")


def tables(size, kinds):
    """(table, names of fields, rows) of everything, in the order in which it can be written. `kinds`: code → key."""
    yield Organization, ("id", "founded_on", "external_code"), ((body.pk, FOUNDED, "") for body in bodies(size))
    yield OrganizationVersion, VERSION, _versions(size, kinds)
    yield Member, MEMBER, _members(size)
    yield Stay, STAY, _stays(size)


VERSION = (
    *("organization_id", "name", "party_name", "heading", "kind_id", "parent_id", "symbol", "place", "basis"),
    *("valid_from", "path", "level", "search", "sort"),
)
MEMBER = (
    *("id", "organization_id", "full_name", "gender", "birth_year", "standing", "admitted_on", "official_on", "party_post"),
    *("is_ethnic_minority", "is_religious", "is_active", "is_invented", "search", "sort"),
)
STAY = (
    *("member_id", "organization_id", "since", "until", "arrived_by", "left_by", "came_from", "went_to"),
    *("arrival_basis", "departure_basis", "is_temporary"),
)


def _versions(size, kinds):
    for body in bodies(size):
        yield (
            *(body.pk, body.name, body.party_name, "", kinds[LEVELS[body.level][2]], body.parent, "", "", "", FOUNDED),
            *(body.path, body.level, fold(f"{body.name} {body.party_name}"), sort_key(body.name)),
        )


def _roster(size):
    """(key of a member, key of the last chi bộ he stood in, day of admission) of everybody."""
    first = 1 + _above(size) + 1
    for cell in range(size.all_cells):
        for place in range(size.members):
            pk = cell * size.members + place + 1
            yield pk, first + cell, dt.date(1980 + pk * 7 % 46, 1 + pk % 12, 1 + pk % 28)


def _above(size):
    """How many bodies stand between the top and the chi bộ."""
    number, total = 1, 0
    for below in size.levels[:-1]:
        number *= below
        total += number
    return total


def _members(size):
    people = [(name, fold(name), person_sort_key(name)) for name in map(" ".join, product(FAMILIES, MIDDLES, GIVEN))]
    for pk, cell, admitted in _roster(size):
        name, search, sort = people[pk * 31 % len(people)]
        is_new = admitted.year == TODAY.year - 1 and pk % PROBATIONARY == 0
        standing, official = ("probationary", None) if is_new else ("official", admitted.replace(year=admitted.year + 1))
        yield (
            *(pk, cell, name, "female" if pk % 3 == 0 else "male", admitted.year - 18 - pk % 30, standing, admitted, official, ""),
            *(pk % 7 == 0, pk % 11 == 0, pk % LEFT != 0, True, search, sort),
        )


def _stays(size):
    moved_on, left_on = dt.date(2026, 3, 1), dt.date(2026, 9, 1)
    for pk, cell, since in _roster(size):
        until, left_by = (left_on, "died") if pk % LEFT == 0 else (None, "")
        beside = cell - 1 if (pk - 1) // size.members % size.cells else cell + 1
        if pk % MOVED == 0 and size.cells > 1:
            yield pk, beside, since, moved_on, "listed", "to_province", "", "", "", "", False
            yield pk, cell, moved_on, until, "from_province", left_by, "", "", "", "", False
        else:
            yield pk, cell, since, until, "listed", left_by, "", "", "", "", False
        if pk % AWAY == 1 and size.cells > 1:
            yield pk, beside, moved_on, None, "temporary", "", "", "", "", "", True
