"""Figures counted from the registers: over the whole branch, as the tree stood, for many bodies in as many queries as for one."""

import datetime as dt
from decimal import Decimal

import pytest

from models_registry.models import ModelYear
from organizations import roster
from organizations.models import BadgeAward, MemberRating, Stay
from organizations.review import Status
from partyreports.activities.models import InspectionPlan, Petition, Subject
from partyreports.metrics import catalogue
from partyreports.metrics.sources import SOURCES, count_many, count_of
from tests.makers import make_candidate, make_kind, make_member, make_organization, make_period, make_registration
from tests.metrics.events import make_dialogue, make_discipline, make_inspection, make_village

DAY = dt.date(2024, 3, 29)
ADMITTED = ("outstanding", "sent", "certified", "checked", "filed", "cell_resolved", "committee_resolved", "decided", "admitted")


@pytest.fixture
def village_cell(cell):
    """A chi bộ below An's body."""
    kind = make_kind(code="chi-bo-nong-thon", name="Chi bộ nông thôn", is_cell=True, cell_group="rural")
    return make_organization(name="Chi bộ thôn 1", parent=cell, kind=kind)


def said(counts, *keys):
    """The values of `keys`, None where the registers say nothing."""
    return [counts[key].value if key in counts else None for key in keys]


def stages(first, *, last="admitted"):
    """Each stage up to `last`, one a day, from the day `first`."""
    return {stage: first + dt.timedelta(days=place) for place, stage in enumerate(ADMITTED[: ADMITTED.index(last) + 1])}


def test_every_source_counts_an_indicator_of_the_catalogue_in_its_unit():
    described = {catalogue.key_of(facts): facts["unit"] for facts in catalogue.described("indicators.toml")["indicator"]}

    assert {key: source.unit for key, source in SOURCES.items()} == {key: described[key] for key in SOURCES}


def test_a_register_that_was_never_used_says_nothing(cell, y2024):
    assert count_of(cell, y2024) == {}


# --- Dialogues ----------------------------------------------------------------------------------------------------------


def test_dialogues_are_counted_with_those_who_came_and_spoke(cell, village_cell, y2024):
    village = make_village(organization=cell)
    first = make_dialogue(organization=cell, people=20, officials=3, opinions=5, village=village, qualifier="over")
    second = make_dialogue(organization=village_cell, people=30, opinions=7, village=village)

    counts = count_of(cell, y2024)

    assert said(counts, "dialogue_sessions", "dialogue_participants", "dialogue_opinions", "villages_covered") == [2, 53, 12, 1]
    assert counts["dialogue_participants"].qualifier == "over"
    assert counts["dialogue_sessions"].events == (f"dialogue:{first.pk}", f"dialogue:{second.pk}")


def test_meetings_on_a_merger_stand_apart(cell, y2024):
    make_dialogue(organization=cell, village=make_village(organization=cell), kind="merger")
    make_dialogue(organization=cell, village=make_village(organization=cell, name="Thôn 2"), kind="merger")

    keys = ("dialogue_sessions", "villages_covered", "villages_covered:merger_meeting")
    assert said(count_of(cell, y2024), *keys) == [0, 0, 2]


def test_a_withdrawn_dialogue_does_not_count(cell, y2024, an):
    make_dialogue(organization=cell)
    make_dialogue(organization=cell).withdraw(by=an, reason="Ghi trùng")

    assert said(count_of(cell, y2024), "dialogue_sessions") == [1]


def test_a_year_without_dialogues_is_nought_once_the_register_is_in_use(cell, y2023, y2024):
    make_dialogue(organization=cell, held_on=dt.date(2023, 12, 31))

    assert said(count_of(cell, y2024), "dialogue_sessions", "dialogue_participants") == [0, 0]
    assert said(count_of(cell, y2023), "dialogue_sessions") == [1]


def test_a_register_begun_later_says_nothing_of_the_years_before(cell, y2023):
    make_dialogue(organization=cell, held_on=dt.date(2024, 1, 1))

    assert said(count_of(cell, y2023), "dialogue_sessions") == [None]


def test_only_what_had_happened_by_the_day_is_counted_as_of_it(cell, y2024):
    make_dialogue(organization=cell, held_on=dt.date(2024, 3, 29))
    make_dialogue(organization=cell, held_on=dt.date(2024, 9, 27))

    assert said(count_of(cell, y2024, as_of=dt.date(2024, 3, 29)), "dialogue_sessions") == [1]
    assert count_of(cell, y2024, as_of=dt.date(2023, 12, 31)) == {}


def test_no_village_is_counted_where_none_was_named(cell, y2024):
    make_dialogue(organization=cell)

    assert said(count_of(cell, y2024), "dialogue_sessions", "villages_covered") == [1, None]


def test_petitions_are_counted_by_state(cell, y2024):
    dialogue, subject = make_dialogue(organization=cell), Subject.objects.create(name="Đất đai")
    Petition.objects.create(dialogue=dialogue, subject=subject, state="solved", count=3)
    Petition.objects.create(dialogue=dialogue, subject=subject, state="open", count=2)

    keys = ("petitions", "petitions:resolved", "petitions:in_progress", "petitions:pending")
    assert said(count_of(cell, y2024), *keys) == [5, 3, 0, 2]


def test_dialogues_without_any_petition_written_down_say_nothing_of_petitions(cell, other_cell, y2023, y2024):
    for body in (cell, other_cell):
        make_dialogue(organization=body)
    earlier = make_dialogue(organization=other_cell, held_on=dt.date(2023, 5, 5))
    Petition.objects.create(dialogue=earlier, subject=Subject.objects.create(name="Đất đai"), state="solved", count=2)

    assert [said(count_of(body, y2024), "dialogue_sessions", "petitions", "petitions:resolved") for body in (cell, other_cell)] == [
        [1, None, None],
        [1, 0, 0],
    ]


def test_a_body_counts_for_those_it_stood_under_on_the_day(district, cell, other_cell, village_cell, y2024):
    for day in (dt.date(2024, 3, 29), dt.date(2024, 8, 30)):
        make_dialogue(organization=village_cell, held_on=day)
        make_inspection(organization=village_cell, started_on=day, concluded_on=None)
        make_discipline(organization=village_cell, decided_on=day)
    village_cell.change(on=dt.date(2024, 7, 1), parent=other_cell)

    counts = count_many([district, cell, other_cell], y2024)

    keys = ("dialogue_sessions", "inspections", "members_disciplined")
    assert [said(counts[body.pk], *keys) for body in (district, cell, other_cell)] == [[2, 2, 2], [1, 1, 1], [1, 1, 1]]


def test_a_body_that_has_ended_still_counts_above(district, cell, y2024):
    make_dialogue(organization=cell, held_on=dt.date(2024, 3, 29))
    cell.end(on=dt.date(2024, 12, 1))

    assert said(count_of(district, y2024), "dialogue_sessions") == [1]


def test_the_front_counts_the_branch_of_the_body_above_it(district, cell, y2024):
    front = make_organization(name="Ủy ban MTTQ Việt Nam huyện", parent=district, kind=make_kind(code="mat-tran", letterhead_style="state"))
    make_dialogue(organization=district, level="district", people=100, opinions=10)
    make_dialogue(organization=cell, level="commune", people=20, opinions=5)
    make_dialogue(organization=cell, level="commune", people=30, opinions=6)

    counts = count_many([district, front, cell], y2024)

    keys = ("dialogue_sessions:district", "dialogue_sessions:commune", "dialogue_sessions_all", "dialogue_participants:commune", "dialogue_sessions")
    assert said(counts[front.pk], *keys) == [1, 2, 3, 50, None]
    assert said(counts[district.pk], *keys) == [1, 2, 3, 50, 3]
    assert said(counts[cell.pk], *keys) == [None, None, None, None, 2]


# --- Inspections and discipline -------------------------------------------------------------------------------------------


def test_inspections_are_counted_by_who_made_them(cell, y2024):
    make_inspection(organization=cell, cells=1, members=2)
    make_inspection(organization=cell, doer="inspection_commission", kind="duties", cells=2)
    make_inspection(organization=cell, doer="inspection_commission", kind="finance", cells=4)
    make_inspection(organization=cell, kind="supervision", cells=2, members=2)

    counts = count_of(cell, y2024)

    keys = ("inspections", "inspections:committee", "inspections:inspection_commission", "finance_inspections:inspection_commission", "supervisions")
    assert said(counts, *keys) == [3, 1, 1, 1, 1]
    keys = ("inspected_cells:inspection_commission", "finance_inspected_cells:inspection_commission", "supervised_members:committee")
    assert said(counts, *keys) == [2, 4, 2]


def test_a_cuoc_belongs_to_the_year_in_which_it_began(cell, y2024):
    make_inspection(organization=cell, started_on=dt.date(2024, 12, 31), concluded_on=None)
    make_inspection(organization=cell, started_on=dt.date(2025, 1, 1), concluded_on=None)
    make_inspection(organization=cell).withdraw(by=None, reason="Ghi trùng")

    assert said(count_of(cell, y2024), "inspections") == [1]


def test_the_programme_is_counted_where_there_is_one(cell, other_cell, y2024):
    for body in (cell, other_cell):
        make_inspection(organization=body, concluded_on=dt.date(2024, 6, 1), conclusion_number="05")
    InspectionPlan.objects.create(organization=cell, year=2024, doer="committee", kind="programme", planned=2)

    counts = count_many([cell, other_cell], y2024)

    assert said(counts[cell.pk], "inspections_planned", "inspections_done") == [2, 1]
    assert said(counts[other_cell.pk], "inspections_planned", "inspections_done") == [None, None]


def test_discipline_adds_up_by_form_and_by_authority(cell, y2024):
    make_discipline(organization=cell, count=2, committee_members=1)
    make_discipline(organization=cell, form="warning", authority="cell")
    make_discipline(organization=cell, target="organisation", form="warning")

    keys = ("members_disciplined", "members_disciplined:reprimand", "members_disciplined:by_cell", "organisations_disciplined")
    assert said(count_of(cell, y2024), *keys) == [3, 2, 1, 1]


# --- Candidates -----------------------------------------------------------------------------------------------------------


def test_the_way_to_admission_is_counted_by_the_day_of_each_stage(village_cell, cell, y2024):
    make_candidate(organization=village_cell, days=stages(dt.date(2024, 5, 6)), is_rural=True, is_youth=True, is_village_guard=True)
    make_candidate(organization=village_cell, days=stages(dt.date(2023, 12, 31), last="filed"), gender="male")
    make_candidate(organization=village_cell, days=stages(dt.date(2024, 9, 2), last="sent"))

    counts = count_of(cell, y2024)

    keys = ("candidates_sent_to_awareness_class", "admission_files_submitted", "background_checks_completed:security_team")
    assert said(counts, *keys) == [3, 2, 1]
    keys = ("members_admitted", "members_admitted:rural", "members_admitted:official", "members_admitted:female", "members_admitted:youth")
    assert said(counts, *keys) == [1, 1, 0, 1, 1]
    assert said(counts, "candidates_total", "candidates_certified") == [2, 1]


def test_nobody_is_told_of_a_sensitive_group(village_cell, cell, y2024):
    candidate = make_candidate(organization=village_cell, days=stages(dt.date(2024, 5, 6)), is_religious=True)

    counts = count_of(cell, y2024, tells=True)

    assert (counts["members_admitted:religious"].value, counts["members_admitted:religious"].events) == (1, ())
    assert counts["members_admitted"].events == (f"stage:{candidate.stages.get(stage='decided').pk}",)
    assert (counts["members:religious"].value, counts["members:religious"].events) == (1, ())


# --- Members --------------------------------------------------------------------------------------------------------------


def test_the_roster_is_counted_by_group_on_the_last_day(village_cell, cell, y2024):
    make_member(organization=village_cell, gender="female", born_on=dt.date(1994, 1, 1), birth_year=1994)
    make_member(organization=village_cell, born_on=dt.date(1993, 12, 31), birth_year=1993, exempt_since=dt.date(2024, 12, 31))
    make_member(organization=village_cell, birth_year=1960, admitted_on=dt.date(2024, 11, 1), official_on=None, standing="probationary")

    counts = count_of(cell, y2024, tells=True)

    keys = ("members_total", "members:female", "members:probationary", "members:exempt", "members:youth")
    assert said(counts, *keys) == [3, 1, 1, 1, 1]
    assert said(counts, *(f"members:{ages}" for ages in ("age_18_30", "age_31_40", "age_41_50", "age_51_60", "age_61_up"))) == [1, 1, 0, 0, 1]
    assert counts["members_total"].events == tuple(f"stay:{stay.pk}" for stay in Stay.objects.order_by("pk"))


def test_somebody_turns_thirty_one_on_his_birthday(village_cell, cell):
    make_member(organization=village_cell, born_on=dt.date(1993, 12, 31), birth_year=1993)
    period = make_period(code="2024")

    assert said(count_of(cell, period, as_of=dt.date(2024, 12, 30)), "members:age_18_30") == [1]
    assert said(count_of(cell, period), "members:age_18_30") == [0]


def test_opening_and_movements_lead_to_the_closing(village_cell, cell, y2024):
    other = make_organization(name="Chi bộ thôn 2", parent=cell, kind=village_cell.version().kind)
    moved, gone, _ = (make_member(organization=village_cell) for _ in range(3))
    Stay.objects.transfer(moved, other, on=dt.date(2024, 4, 1), by=None)
    Stay.objects.leave(gone, on=dt.date(2024, 5, 1), departure="died", by=None)
    came = make_member(organization=other, is_active=False)
    Stay.objects.filter(member=came).update(until=dt.date(2020, 1, 1))
    Stay.objects.arrive(came, other, on=dt.date(2024, 6, 1), arrived_by="from_outside", by=None)

    counts = count_of(cell, y2024)

    assert said(counts, "members_opening", "members_increase", "members_decrease", "members_total") == [3, 1, 1, 3]
    assert said(counts, "members_increase:transferred_in_outside", "members_decrease:deceased") == [1, 1]


def test_the_movements_of_many_bodies_are_those_of_the_balance_of_each(district, cell, other_cell, village_cell, y2024):
    members = [make_member(organization=village_cell) for _ in range(3)]
    Stay.objects.leave(members[0], on=dt.date(2024, 2, 1), departure="to_province", by=None)
    village_cell.change(on=dt.date(2024, 7, 1), parent=other_cell)
    make_member(organization=cell)

    counts = count_many([district, cell, other_cell], y2024)

    for body in (district, cell, other_cell):
        balance = roster.balance(body, y2024.starts_on, y2024.ends_on)
        known = balance.opening > 0
        assert said(counts[body.pk], "members_total") == [balance.closing]
        expected = [balance.opening, balance.arrived, balance.departed] if known else [None, None, None]
        assert said(counts[body.pk], "members_opening", "members_increase", "members_decrease") == expected


def test_a_roster_begun_during_the_year_has_no_opening(village_cell, cell, y2024):
    make_member(organization=village_cell, admitted_on=dt.date(2024, 2, 3), official_on=None, standing="probationary")

    assert said(count_of(cell, y2024), "members_total", "members_opening", "members_increase") == [1, None, None]


def test_transfers_are_counted_for_good_and_for_a_time(district, cell, other_cell, village_cell, y2024):
    kind = village_cell.version(on=DAY).kind
    neighbour = make_organization(name="Chi bộ thôn 2", parent=cell, kind=kind)
    elsewhere = make_organization(name="Chi bộ thôn 3", parent=other_cell, kind=kind)
    ours, moved, gone, lent = (make_member(organization=village_cell) for _ in range(4))
    guest, gone_home = make_member(organization=elsewhere), make_member(organization=elsewhere)
    for member, home, new in ((moved, village_cell, neighbour), (gone, village_cell, elsewhere)):
        Stay.objects.filter(member=member, organization=home).update(until=DAY, left_by="to_province")
        Stay.objects.create(member=member, organization=new, since=DAY, arrived_by="from_province")
    for member, host in ((lent, elsewhere), (guest, village_cell), (ours, neighbour)):
        Stay.objects.create(member=member, organization=host, since=DAY, arrived_by="temporary", is_temporary=True)
    Stay.objects.create(member=gone_home, organization=village_cell, since=dt.date(2023, 5, 1), until=DAY, left_by="returned", is_temporary=True)

    found = count_many([district, cell, other_cell, village_cell], y2024)

    told = {body: said(found[body.pk], "transfers:in", "transfers:out") for body in (district, cell, other_cell, village_cell)}
    assert told == {district: [0, 0], cell: [1, 2], other_cell: [2, 1], village_cell: [1, 4]}


def test_a_roster_begun_during_the_year_does_not_know_all_transfers(village_cell, cell, y2024):
    make_member(organization=village_cell, admitted_on=DAY, official_on=dt.date(2025, 3, 29))

    assert said(count_of(cell, y2024), "transfers:in", "transfers:out") == [None, None]


def test_ratings_and_badges_are_counted_for_their_year(village_cell, cell, y2024):
    members = [make_member(organization=village_cell) for _ in range(3)]
    for member, level in zip(members, ("excellent", "good", "not_rated"), strict=True):
        MemberRating.objects.create(member=member, organization=village_cell, year=2024, level=level)
    BadgeAward.objects.create(member=members[0], years=30, round_on=dt.date(2024, 2, 3))
    BadgeAward.objects.create(member=members[0], years=45, round_on=dt.date(2024, 9, 2))

    counts = count_of(cell, y2024)

    assert said(counts, "members_rated", "members_rated:excellent", "members_rated:completed", "members_not_rated") == [2, 1, 0, 1]
    assert said(counts, "party_badges", "party_badges:y30", "party_badges:other") == [2, 1, 1]


# --- The tree and the models ----------------------------------------------------------------------------------------------


def test_chi_bo_are_counted_by_kind_as_the_tree_stood_at_the_end(cell, village_cell, y2024):
    for code, group in (("chi-bo-quan-su", "military"), ("chi-bo-cong-an", "police"), ("chi-bo-co-quan", "agency")):
        make_organization(name=code, parent=cell, kind=make_kind(code=code, is_cell=True, cell_group=group))
    make_organization(name="Chi bộ thôn 2", parent=cell, kind=village_cell.version().kind, on=dt.date(2025, 1, 1))

    keys = ("cells_total", "cells:rural", "cells:armed_forces", "cells:military", "cells:police", "cells:other", "cells:agency")
    assert said(count_of(cell, y2024), *keys) == [4, 1, 2, 1, 1, 1, 1]


def test_chi_bo_of_armed_forces_that_do_not_say_which_are_not_told_apart(cell, y2024):
    make_organization(parent=cell, kind=make_kind(code="chi-bo-luc-luong-vu-trang", is_cell=True, cell_group="armed_forces"))

    assert said(count_of(cell, y2024), "cells:armed_forces", "cells:military", "cells:police") == [1, None, None]


def test_models_approved_for_the_year_are_counted(cell, y2024):
    make_registration(organization=cell, periods=[y2024], status=Status.APPROVED, working_group_size=18)
    make_registration(organization=cell, periods=[y2024])
    recognised = make_registration(organization=cell, periods=[y2024], status=Status.APPROVED)
    ModelYear.objects.filter(registration=recognised).update(state="recognised")

    counts = count_of(cell, y2024)

    assert said(counts, "working_models_registered", "working_group_members") == [2, Decimal(18)]


# --- Cost -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bodies", [1, 3, 50])
def test_many_bodies_cost_as_much_as_one(district, y2024, django_assert_num_queries, bodies):
    communes = [make_organization(parent=district) for _ in range(bodies)]
    for commune in communes:
        make_dialogue(organization=commune)
        make_inspection(organization=commune)
        make_member(organization=commune)

    with django_assert_num_queries(33):
        counts = count_many(communes, y2024, tells=True)

    assert [said(counts[commune.pk], "dialogue_sessions", "inspections", "members_total") for commune in communes] == [[1, 1, 1]] * bodies
