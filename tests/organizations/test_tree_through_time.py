"""The tree: founding, changing, moving and ending bodies on a date, and what the past keeps."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from organizations import tree
from organizations.models import Organization, OrganizationVersion
from organizations.models.paths import ChangeRefused, begins_with, segment, steps
from tests import makers

JULY = dt.date(2025, 7, 1)
BEFORE = dt.date(2025, 6, 30)


def on_path(*organizations):
    return "".join(segment(organization.pk) for organization in organizations)


def test_a_segment_is_four_signs_and_can_be_read_back():
    assert [segment(1), segment(35), segment(36), segment(1679615)] == ["0001", "000Z", "0010", "ZZZZ"]
    assert steps("0001000Z0010") == [1, 35, 36]
    with pytest.raises(OverflowError):
        segment(1679616)


def test_a_branch_does_not_match_its_neighbour(db):
    """Segment 0001 must not match 0010, and a range must not end before "Z"."""
    found = {path for path in ("0001", "00010010", "0001ZZZZ", "0002", "0010", "00100001") if _matches(path, "0001")}

    assert found == {"0001", "00010010", "0001ZZZZ"}


def _matches(path, branch):
    organization = Organization.objects.create(founded_on=makers.LONG_AGO)
    OrganizationVersion.objects.create(organization=organization, name="x", kind=makers.make_kind(), valid_from=makers.LONG_AGO, path=path, level=0)
    return OrganizationVersion.objects.filter(begins_with(branch), organization=organization).exists()


def test_a_body_is_founded_under_its_parent(district):
    commune = makers.make_organization(name="Đảng ủy xã Mẫu", parent=district)

    version = commune.version()
    assert (version.path, version.level, version.valid_from, version.valid_to) == (on_path(district, commune), 1, makers.LONG_AGO, None)
    assert commune.founded_on == makers.LONG_AGO


def test_a_body_is_not_founded_before_its_parent(district):
    later = makers.make_organization(parent=district, on=JULY)

    with pytest.raises(ChangeRefused) as refused:
        makers.make_organization(parent=later, on=BEFORE)

    assert "không hoạt động trong thời gian này" in refused.value.sentence
    assert Organization.objects.count() == 2


def test_a_new_name_leaves_the_old_one_to_the_past(cell):
    cell.change(on=JULY, name="Đảng ủy xã Đơn Dương", place="Lâm Đồng")

    assert cell.version(on=BEFORE).name == "Đảng ủy xã Mẫu"
    assert cell.version(on=JULY).name == "Đảng ủy xã Đơn Dương"
    assert (cell.version(on=JULY).place, cell.version(on=BEFORE).place) == ("Lâm Đồng", "Đơn Dương")
    assert cell.version(on=JULY).symbol == "ĐU"


def test_a_body_says_its_first_name_before_its_birth_and_its_last_after_its_end(district):
    body = makers.make_organization(name="Đảng ủy xã Cũ", parent=district, on=dt.date(2010, 1, 1))
    body.change(on=dt.date(2020, 1, 1), name="Đảng ủy xã Mới")
    body.end(on=JULY)

    assert body.version(on=dt.date(1990, 1, 1)).name == "Đảng ủy xã Cũ"
    assert body.version(on=dt.date(2026, 1, 1)).name == "Đảng ủy xã Mới"


def test_a_change_on_the_first_day_or_before_is_refused(cell):
    for day in (makers.LONG_AGO, makers.LONG_AGO - dt.timedelta(1)):
        with pytest.raises(ChangeRefused) as refused:
            cell.change(on=day, name="Tên khác")
        assert refused.value.sentence == "Ngày thay đổi phải sau ngày tổ chức bắt đầu hoạt động (01/01/2000)."


def test_a_change_before_another_is_refused(cell):
    cell.change(on=JULY, name="Tên mới")

    with pytest.raises(ChangeRefused) as refused:
        cell.change(on=BEFORE, symbol="XX")

    assert refused.value.sentence == "Đã có thay đổi từ ngày 01/07/2025: chọn một ngày sau ngày đó."


def test_a_whole_branch_moves_on_a_date(district, cell, other_cell):
    group = makers.make_organization(name="Đảng bộ bộ phận", parent=cell)
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=group)

    cell.change(on=JULY, parent=other_cell)

    assert leaf.version(on=BEFORE).path == on_path(district, cell, group, leaf)
    assert leaf.version(on=JULY).path == on_path(district, other_cell, cell, group, leaf)
    assert leaf.version(on=JULY).level == 4
    assert leaf.version(on=JULY).parent == group
    assert set(Organization.objects.under(other_cell, on=JULY)) == {other_cell, cell, group, leaf}
    assert set(Organization.objects.under(other_cell, on=BEFORE)) == {other_cell}
    assert leaf.versions.count() == 2


def test_a_branch_moves_with_bodies_that_change_later_or_end_later(district, cell, other_cell):
    renamed = makers.make_organization(name="Chi bộ cũ", parent=cell)
    renamed.change(on=dt.date(2025, 9, 1), name="Chi bộ mới")
    ending = makers.make_organization(name="Chi bộ sắp hết", parent=cell)
    ending.end(on=dt.date(2025, 12, 1))
    young = makers.make_organization(name="Chi bộ mới lập", parent=cell, on=dt.date(2025, 10, 1))

    cell.change(on=JULY, parent=other_cell)

    inside = on_path(district, other_cell, cell)
    assert [(v.name, v.path.startswith(inside)) for v in renamed.versions.order_by("valid_from")] == [
        ("Chi bộ cũ", False),
        ("Chi bộ cũ", True),
        ("Chi bộ mới", True),
    ]
    assert [(v.valid_to, v.path.startswith(inside)) for v in ending.versions.order_by("valid_from")] == [(JULY, False), (dt.date(2025, 12, 1), True)]
    assert [v.path.startswith(inside) for v in young.versions.all()] == [True]


def test_a_body_founded_on_the_day_its_parent_moves_follows(district, cell, other_cell):
    leaf = makers.make_organization(name="Chi bộ mới", parent=cell, on=JULY)

    cell.change(on=JULY, parent=other_cell)

    assert [v.path for v in leaf.versions.all()] == [on_path(district, other_cell, cell, leaf)]


def test_a_body_may_be_renamed_before_or_on_the_day_its_branch_moved(district, cell, other_cell):
    """Its own version of that day only follows the branch: it is no change of its own that could stand in the way."""
    leaf = makers.make_organization(name="Chi bộ cũ", parent=cell)
    cell.change(on=JULY, parent=other_cell)

    leaf.change(on=dt.date(2025, 3, 1), name="Chi bộ mới")

    assert [(v.name, v.valid_from) for v in leaf.versions.order_by("valid_from")] == [
        ("Chi bộ cũ", makers.LONG_AGO),
        ("Chi bộ mới", dt.date(2025, 3, 1)),
        ("Chi bộ mới", JULY),
    ]
    assert leaf.version(on=JULY).path == on_path(district, other_cell, cell, leaf)


def test_founding_under_a_parent_that_moves_later_follows_the_move(district, cell, other_cell):
    cell.change(on=JULY, parent=other_cell)

    leaf = makers.make_organization(name="Chi bộ ghi muộn", parent=cell, on=dt.date(2020, 1, 1))

    assert [(v.valid_from, v.valid_to, v.path) for v in leaf.versions.order_by("valid_from")] == [
        (dt.date(2020, 1, 1), JULY, on_path(district, cell, leaf)),
        (JULY, None, on_path(district, other_cell, cell, leaf)),
    ]


def test_a_body_is_never_put_under_itself(district, cell):
    leaf = makers.make_organization(parent=cell)

    for below in (cell, leaf):
        with pytest.raises(ChangeRefused) as refused:
            cell.change(on=JULY, parent=below)
        assert refused.value.sentence == "Không thể đặt tổ chức dưới chính nó hoặc dưới tổ chức trực thuộc của nó."
    assert cell.version(on=JULY).parent == district


def test_two_bodies_may_change_places_over_the_years(district, cell):
    leaf = makers.make_organization(name="Chi bộ", parent=cell)
    leaf.change(on=dt.date(2024, 1, 1), parent=district)

    cell.change(on=JULY, parent=leaf)

    assert cell.version(on=JULY).path == on_path(district, leaf, cell)
    assert leaf.version(on=dt.date(2023, 1, 1)).path == on_path(district, cell, leaf)


def test_a_body_moves_to_the_top_when_its_parent_ends(district, cell):
    cell.change(on=JULY, parent=None)
    district.end(on=JULY)

    assert (cell.version(on=JULY).path, cell.version(on=JULY).level) == (on_path(cell), 0)
    assert tree.root(on=BEFORE) == district
    assert tree.root(on=JULY) == cell


def test_a_body_with_others_below_it_does_not_end(district, cell, other_cell):
    with pytest.raises(ChangeRefused) as refused:
        district.end(on=JULY)

    assert refused.value.sentence == "Còn 02 tổ chức trực thuộc sau ngày này: chuyển cấp trên hoặc kết thúc các tổ chức đó trước."
    assert district.version(on=JULY).valid_to is None


def test_an_ended_body_changes_and_ends_no_more(cell):
    cell.end(on=JULY, basis="Nghị quyết 1671/NQ-UBTVQH15")

    for act in (lambda: cell.change(on=dt.date(2026, 1, 1), name="Tên khác"), lambda: cell.end(on=dt.date(2026, 1, 1))):
        with pytest.raises(ChangeRefused) as refused:
            act()
        assert "đã kết thúc hoạt động từ ngày 01/07/2025" in refused.value.sentence
    assert Organization.objects.get(pk=cell.pk).ended_on == JULY
    assert cell.version().basis == "Nghị quyết 1671/NQ-UBTVQH15"


def test_nothing_is_put_under_a_body_that_has_ended(district, cell, other_cell):
    cell.end(on=JULY)

    for act in (lambda: makers.make_organization(parent=cell, on=BEFORE), lambda: other_cell.change(on=BEFORE, parent=cell)):
        with pytest.raises(ChangeRefused):
            act()


def test_a_body_stands_until_the_day_before_it_ends(cell):
    cell.end(on=JULY)

    assert Organization.objects.standing(on=BEFORE).filter(pk=cell.pk).exists()
    assert not Organization.objects.standing(on=JULY).filter(pk=cell.pk).exists()


def test_the_tree_is_no_deeper_than_fifteen_levels(district):
    parent = district
    for _ in range(14):
        parent = makers.make_organization(parent=parent)

    with pytest.raises(ChangeRefused) as refused:
        makers.make_organization(parent=parent)

    assert refused.value.sentence == "Cây tổ chức không quá 15 cấp."


def test_moving_a_branch_takes_the_same_number_of_queries_whatever_its_size(district, cell, other_cell, django_assert_num_queries):
    leaf = makers.make_organization(parent=cell)
    with django_assert_num_queries(27):
        cell.change(on=dt.date(2024, 1, 1), parent=other_cell)

    for _ in range(30):
        makers.make_organization(parent=leaf)
    with django_assert_num_queries(27):
        cell.change(on=JULY, parent=district)


@pytest.mark.parametrize(
    "facts",
    [
        {"valid_from": dt.date(2020, 1, 1), "valid_to": dt.date(2020, 1, 1)},
        {"valid_from": makers.LONG_AGO, "valid_to": dt.date(2020, 1, 1)},
        {"valid_from": dt.date(2020, 1, 1), "valid_to": None},
    ],
)
def test_the_database_refuses_versions_that_cannot_be(cell, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationVersion.objects.create(organization=cell, name="x", kind=makers.make_kind(), path="x", level=0, **facts)


def test_the_database_accepts_a_version_beside_the_open_one(cell):
    OrganizationVersion.objects.create(
        organization=cell, name="x", kind=makers.make_kind(), path="x", level=0, valid_from=dt.date(1990, 1, 1), valid_to=dt.date(1999, 1, 1)
    )


def test_the_database_refuses_a_body_that_ends_before_it_begins(cell):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=cell.pk).update(ended_on=makers.LONG_AGO)
    Organization.objects.filter(pk=cell.pk).update(ended_on=makers.LONG_AGO + dt.timedelta(1))


# --- the questions of `tree` -----------------------------------------------------------------------------------------


def test_the_outline_lists_kinds_and_then_the_vietnamese_alphabet(district):
    office = makers.make_kind(code="van-phong", order=2)
    commune = makers.make_kind(code="xa", order=3)
    for name, kind in [("Đạ Ròn", commune), ("Ấp Mới", commune), ("Ap Cũ", commune), ("Dốc", commune), ("Văn phòng", office)]:
        makers.make_organization(name=name, kind=kind, parent=district)

    places = tree.outline(district, on=JULY)

    assert [place.version.name for place in places] == ["Huyện ủy Đơn Dương", "Văn phòng", "Ap Cũ", "Ấp Mới", "Dốc", "Đạ Ròn"]
    assert [(place.depth, place.children) for place in places][:2] == [(0, 5), (1, 0)]


def test_names_are_those_of_the_date_in_one_query(cell, other_cell, django_assert_num_queries):
    cell.change(on=JULY, name="Tên mới")
    other_cell.end(on=JULY)

    with django_assert_num_queries(1):
        then = tree.names([cell, other_cell.pk], on=BEFORE)
    now = tree.names([cell, other_cell], on=dt.date(2026, 1, 1))

    assert {version.name for version in then.values()} == {"Đảng ủy xã Mẫu", "Đảng ủy xã Bên"}
    assert now[cell.pk].name == "Tên mới"
    assert now[other_cell.pk].name == "Đảng ủy xã Bên"


def test_ancestors_are_those_of_the_date_from_the_top_down(district, cell, other_cell):
    leaf = makers.make_organization(parent=cell)
    leaf.change(on=JULY, parent=other_cell)

    assert [version.organization for version in tree.ancestors(leaf, on=BEFORE)] == [district, cell]
    assert [version.organization for version in tree.ancestors(leaf, on=JULY)] == [district, other_cell]
    assert tree.ancestors(leaf, on=dt.date(1990, 1, 1)) == []
    assert tree.is_under(leaf, cell, on=BEFORE)
    assert not tree.is_under(leaf, cell, on=JULY)


@pytest.mark.parametrize("text", ["don duong", "ĐƠN DƯƠNG", "Huyện uỷ", "duong huyen", "  đơn   dương "])
def test_search_needs_no_marks_and_takes_both_spellings(district, cell, text):
    assert [version.organization for version in tree.search(text, on=JULY)] == [district]


def test_search_looks_at_the_names_of_the_date(cell):
    cell.change(on=JULY, name="Đảng ủy xã D'Ran", party_name="Đảng bộ xã D'Ran")

    assert [v.organization for v in tree.search("xa mau", on=BEFORE)] == [cell]
    assert list(tree.search("xa mau", on=JULY)) == []
    assert [v.organization for v in tree.search("D’Ran", on=JULY)] == [cell]


# --- any history ---------------------------------------------------------------------------------------------------

ACTS = st.lists(st.tuples(st.sampled_from(["found", "move", "rename", "end"]), st.integers(0, 9), st.integers(0, 9), st.integers(1, 40)), max_size=14)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=40, deadline=None)
@given(acts=ACTS)
def test_on_every_day_each_body_stands_under_its_parent_of_that_day(acts):
    """Whatever is founded, moved, renamed and ended, in whatever order of days: versions do not overlap and paths follow parents."""
    with transaction.atomic():
        _live(acts)
        _check_every_day()
        transaction.set_rollback(True)


def _live(acts):
    kind = makers.make_kind(code="bat-ky")
    bodies = [Organization.objects.found(on=_day(0), name="Gốc", kind=kind)]
    for what, one, other, day in acts:
        body, above = bodies[one % len(bodies)], bodies[other % len(bodies)]
        try:
            with transaction.atomic():
                if what == "found":
                    bodies.append(Organization.objects.found(on=_day(day), name=f"Chi bộ {len(bodies)}", kind=kind, parent=above))
                elif what == "move":
                    body.change(on=_day(day), parent=above)
                elif what == "rename":
                    body.change(on=_day(day), name=f"Tên ngày {day}")
                else:
                    body.end(on=_day(day))
        except ChangeRefused as refused:
            assert refused.sentence
        for organization in bodies:
            organization.refresh_from_db()


def _check_every_day():
    spans = {}
    for version in OrganizationVersion.objects.order_by("valid_from"):
        spans.setdefault(version.organization_id, []).append(version)
    for versions in spans.values():
        body = versions[0].organization
        assert versions[0].valid_from == body.founded_on
        assert versions[-1].valid_to == body.ended_on
        assert [version.valid_to for version in versions[:-1]] == [version.valid_from for version in versions[1:]]
    for day in map(_day, range(42)):
        today = {version.organization_id: version for version in OrganizationVersion.objects.on(day)}
        for key, version in today.items():
            above = today[version.parent_id].path if version.parent_id else ""
            assert version.path == above + segment(key)
            assert version.level == len(version.path) // 4 - 1


def _day(n):
    return makers.LONG_AGO + dt.timedelta(n)


def test_bodies_of_one_name_are_told_apart_by_what_stands_above(district, django_assert_num_queries):
    commune = makers.make_organization(name="Đảng ủy xã Lạc Xuân", party_name="Đảng bộ xã Lạc Xuân", parent=district)
    hamlet = makers.make_organization(name="Chi bộ thôn 1", parent=commune)

    with django_assert_num_queries(1):
        told = tree.told_apart([hamlet, commune])

    assert told == {hamlet.pk: "Chi bộ thôn 1 – Đảng bộ xã Lạc Xuân", commune.pk: "Đảng ủy xã Lạc Xuân"}
