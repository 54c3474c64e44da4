"""Yearly ratings: the sheet, the counts, and the ceiling with its base and rounding."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from organizations import ratings
from organizations.models import LogEntry, MemberRating, RatingCap, Stay
from tests import makers

D = dt.date
Level = MemberRating.Level


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.fixture
def base(cell):
    """An's body is a base organisation."""
    kind = cell.version().kind
    kind.is_base = True
    kind.save()
    return cell


@pytest.mark.parametrize(
    ("rate", "base", "rounding", "counts", "most"),
    [
        (20, "good", "down", {"good": 43}, 8),
        (20, "good", "half_up", {"good": 43}, 9),
        (20, "good", "half_up", {"good": 42}, 8),
        ("12.5", "good", "half_up", {"good": 4}, 1),  # half goes up
        ("12.5", "good", "down", {"good": 4}, 0),
        (20, "good_and_above", "down", {"good": 40, "excellent": 5}, 9),
        (20, "rated", "down", {"good": 40, "excellent": 5, "done": 4, "not_done": 1, "not_rated": 9, "exempt": 9}, 10),
        (20, "good", "down", {}, 0),
    ],
)
def test_the_ceiling_is_a_share_of_a_base_rounded(rate, base, rounding, counts, most):
    cap = RatingCap(year=2024, rate=Decimal(rate), base=base, rounding=rounding)

    assert ratings.ceiling(cap, {Level(name): n for name, n in counts.items()}).most == most


def test_the_usual_cap_holds_until_one_is_written(db):
    assert (ratings.cap_of(2024).rate, ratings.cap_of(2024).base, ratings.cap_of(2024).pk) == (20, "good", None)
    RatingCap.objects.create(year=2023, rate=25, base="rated")

    assert [ratings.cap_of(year).rate for year in (2022, 2023, 2026)] == [20, 25, 25]


def test_only_who_stands_on_the_roster_at_the_end_of_the_year_is_on_the_sheet(an, base, signed_in, y2024):
    here, gone = (makers.make_member(organization=base, full_name=name) for name in ("Lê Ở", "Lê Đi"))
    makers.make_member(organization=base, full_name="Lê Sang Năm", admitted_on=D(2025, 1, 1), official_on=D(2026, 1, 1))
    Stay.objects.leave(gone, on=D(2024, 12, 31), departure="died", by=None)

    rows = signed_in(an).get(url("rate", base.pk)).context["rows"]

    assert [stay.member for stay, *_ in rows] == [here]


def test_a_sheet_is_written_at_once_and_every_change_logged(an, base, signed_in, y2024):
    first, second, third = (makers.make_member(organization=base, full_name=f"Lê Văn {n}") for n in "ABC")
    client = signed_in(an)

    body = {f"member-{first.pk}": "excellent", f"member-{second.pk}": "good", f"member-{third.pk}": "-"}
    assert client.post(url("rate", base.pk), body).status_code == 302
    client.post(url("rate", base.pk), body | {f"seen-{first.pk}": "excellent", f"seen-{second.pk}": "good"})

    assert dict(MemberRating.objects.values_list("member", "level")) == {first.pk: "excellent", second.pk: "good"}
    line = LogEntry.objects.about(first).get()
    assert (line.action, line.place, line.after) == ("rate", "năm 2024", {"rating": "hoàn thành xuất sắc nhiệm vụ"})
    page = client.get(url("ratings")).context
    assert [(line.members, line.excellent, line.missing, line.ceiling.most, line.is_above) for line in page["lines"]] == [(3, 1, 1, 0, True)]


def test_above_the_ceiling_is_said_and_nothing_is_changed(an, base, signed_in, y2024):
    members = [makers.make_member(organization=base, full_name=f"Lê Văn {n}") for n in "ABC"]
    client = signed_in(an)

    client.post(url("rate", base.pk), {f"member-{member.pk}": "excellent" for member in members})

    context = client.get(url("rate", base.pk)).context
    assert (context["line"].excellent, context["line"].ceiling.most, context["line"].is_above) == (3, 0, True)


def test_what_another_has_chosen_meanwhile_is_not_overwritten(an, base, signed_in, y2024):
    member = makers.make_member(organization=base)
    MemberRating.objects.create(member=member, organization=base, year=2024, level="good")
    client = signed_in(an)

    asked = client.post(url("rate", base.pk), {f"member-{member.pk}": "done", f"seen-{member.pk}": ""})
    client.post(url("rate", base.pk), {f"member-{member.pk}": "-", f"seen-{member.pk}": ""})

    assert list(asked.context["form"].errors.values()) == [["Người khác vừa ghi “hoàn thành tốt nhiệm vụ”: chọn lại rồi lưu."]]
    assert MemberRating.objects.get().level == "good"


def test_a_chi_bo_is_rated_under_the_ceiling_of_its_base_organisation(an, base, signed_in, y2024):
    leaf = makers.make_organization(parent=base, kind=makers.make_kind(code="chi-bo"))
    makers.make_member(organization=leaf)

    context = signed_in(an).get(url("rate", leaf.pk)).context

    assert (context["line"].version.organization, context["is_part"], context["line"].members) == (base, True, 1)


def test_ratings_are_for_those_who_keep_the_register(binh, chi, manager, base, signed_in, y2024):
    member = makers.make_member(organization=base)
    body = {f"member-{member.pk}": "good"}

    assert signed_in(binh).get(url("rate", base.pk)).context["may_write"] is False
    for account, status in ((binh, 403), (manager, 404), (chi, 404)):
        assert signed_in(account).post(url("rate", base.pk), body).status_code == status
    assert not MemberRating.objects.exists()


def test_the_cap_of_a_year_is_kept_by_whoever_manages_the_tree(manager, an, district, signed_in, y2024):
    body = {"rate": "25", "base": "rated", "rounding": "half_up", "source": "366-QĐ/TW, 30/8/2025"}

    assert signed_in(an).post(url("rating_cap", 2025), body).status_code == 403
    assert signed_in(manager).post(url("rating_cap", 2025), body).status_code == 302

    cap = RatingCap.objects.get()
    assert (cap.year, cap.rate, cap.base, cap.rounding) == (2025, 25, "rated", "half_up")
    assert LogEntry.objects.about(cap).get().action == "add"
    assert "25%" in signed_in(an).get(url("rating_caps")).content.decode()


def test_a_body_too_large_for_a_sheet_leads_to_those_below(an, cell, signed_in, y2024, monkeypatch):
    below = [makers.make_organization(parent=cell, name=f"Chi bộ thôn {n}") for n in (1, 2)]
    for body in below:
        makers.make_member(organization=body)
    monkeypatch.setattr(ratings, "LARGEST", 1)

    page = signed_in(an).get(url("rate", cell.pk)).content.decode()

    assert [url("rate", body.pk) in page for body in below] == [True, True]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_pages_ask_as_often_for_any_number_of_rows(rows, an, cell, signed_in, y2024, django_assert_num_queries):
    kind = makers.make_kind(code="co-so", is_base=True)
    for n in range(rows):
        makers.make_member(organization=makers.make_organization(parent=cell, kind=kind), full_name=f"Nguyễn Văn Thử {n}")
    client = signed_in(an)
    client.get(url("ratings"))

    with django_assert_num_queries(17):
        assert client.get(url("ratings")).status_code == 200
    with django_assert_num_queries(21):
        assert len(client.get(url("rate", cell.pk)).context["rows"]) == rows
