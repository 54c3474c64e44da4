"""Figures counted from the ratings of the year and from the badges awarded in it."""

from functools import partial

from django.db.models import F, Q

from organizations.models import BadgeAward, MemberRating

from .registry import Register, counts, how_many

L = MemberRating.Level
RATED = {"": (L.EXCELLENT, L.GOOD, L.DONE, L.NOT_DONE), ":excellent": (L.EXCELLENT,), ":good": (L.GOOD,), ":completed": (L.DONE,)}
RATED[":not_completed"] = (L.NOT_DONE,)
BADGES = {":y30": (30,), ":y40": (40,), ":y50": (50,)}


def gather_ratings(ground):
    """key of a body → level → identities, for each body whose chi bộ have rated somebody for the year. One query."""
    found = {}
    rows = MemberRating.objects.filter(organization__in=ground.bodies, year=ground.year).order_by("pk")
    for pk, organization, level in rows.values_list("pk", "organization", "level"):
        for root in ground.above(organization, ground.ends_on):
            found.setdefault(root, {}).setdefault(level, []).append(f"rating:{pk}")
    return found


def gather_badges(ground):
    """key of a body → years of the badge → identities, for each body whose members have ever had one. One query."""
    found = {}
    there = Q(member__stays__since__lte=F("round_on"), member__stays__is_temporary=False, member__stays__organization__in=ground.bodies)
    there &= Q(member__stays__until=None) | Q(member__stays__until__gt=F("round_on"))
    rows = BadgeAward.objects.filter(there, round_on__lte=ground.ends_on).order_by("round_on", "pk")
    for pk, years, round_on, organization in rows.values_list("pk", "years", "round_on", "member__stays__organization"):
        for root in ground.above(organization, max(round_on, ground.opens_on)):
            badges = found.setdefault(root, {})
            if round_on >= ground.starts_on:
                badges.setdefault(years, []).append(f"badge:{pk}")
    return found


RATINGS = Register("ratings", "Sổ xếp loại đảng viên", gather_ratings, "đã xếp loại ít nhất một đảng viên của năm")
AWARDS = Register("badges", "Sổ huy hiệu Đảng", gather_badges, "đã ghi ít nhất một huy hiệu đến hết kỳ")


def _of(names, groups):
    return how_many(identity for name in names for identity in groups.get(name, ()))


for _part, _levels in RATED.items():
    counts(f"members_rated{_part}", unit="đảng viên", words="Đếm theo mức xếp loại của năm.", register=RATINGS)(partial(_of, _levels))
counts("members_not_rated", unit="đảng viên", words="Đếm đảng viên ghi là chưa xếp loại.", register=RATINGS)(partial(_of, (L.NOT_RATED,)))
for _part, _years in BADGES.items():
    counts(f"party_badges{_part}", unit="đảng viên", words="Đếm huy hiệu trao trong kỳ.", register=AWARDS)(partial(_of, _years))


@counts("party_badges", unit="đảng viên", words="Đếm huy hiệu trao trong kỳ.", register=AWARDS)
def badges(groups):
    return _of(groups, groups)


@counts("party_badges:other", unit="đảng viên", words="Đếm huy hiệu mức khác trao trong kỳ.", register=AWARDS)
def other_badges(groups):
    return _of([years for years in groups if (years,) not in BADGES.values()], groups)
