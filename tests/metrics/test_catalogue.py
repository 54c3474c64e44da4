"""The catalogue of the data files is whole, speaks Vietnamese, asks for nothing that can be computed, and never overwrites an office's edits."""

import re

import pytest

from organizations.kinds import load_kinds
from organizations.models import OrganizationKind
from partyreports.metrics import catalogue
from partyreports.metrics.catalogue import CatalogueError, load_catalogue
from partyreports.metrics.models import BalanceRule, Indicator, ReportForm, ReportFormLine

# Code → the breakdowns that the speeches of the conference use ("" when they give the whole).
SPOKEN = {
    "cells_total": [""],
    "cells": ["rural", "school", "armed_forces", "military", "police"],
    "cells_congress_held": [""],
    "members_total": [""],
    "members": ["female", "ethnic_minority"],
    "members_share": ["female", "ethnic_minority"],
    "base_party_organisations": [""],
    "members_admitted": [
        *["", "rural", "official", "religious", "ethnic_minority", "youth", "militia"],
        *["village_militia_leader_or_security_team", "mass_organisation_member"],
    ],
    "members_admitted_share": ["rural", "official", "religious"],
    "members_admitted_vs_target": [""],
    "member_target_attainment": [""],
    "candidates_sent_to_awareness_class": [""],
    "admission_files_submitted": [""],
    "members_made_official": ["military_service"],
    "background_checks_completed": ["security_team"],
    "candidate_quota_per_unit": [""],
    "village_militia_leaders_not_members": [""],
    "village_militia_leaders_members_share": [""],
    "income_crops_agriculture": [""],
    "income_livestock": [""],
    "income_industry_transport_services": [""],
    "budget_revenue_vs_plan": [""],
    "budget_revenue_attainment": [""],
    "commune_budget_revenue": [""],
    "commune_budget_revenue_attainment": [""],
    "natural_population_growth_rate": [""],
    "health_insurance_coverage": [""],
    "near_poor_households": [""],
    "near_poor_rate": [""],
    "cultural_villages": [""],
    "cultural_households": [""],
    "cultural_households_share": [""],
    "standard_schools": [""],
    "model_residential_areas": [""],
    "model_residential_areas_new": [""],
    "new_rural_works": [""],
    "new_rural_capital": ["", "budget", "people"],
    "new_rural_criteria_kept": [""],
    "advanced_subcriteria_unmet": [""],
    "advanced_criteria_met_self_assessed": [""],
    "advanced_criteria_total": [""],
    "dialogue_sessions": ["", "district", "commune"],
    "villages_covered": [""],
    "dialogue_participants": ["", "district", "commune"],
    "dialogue_participants_avg": ["district"],
    "dialogue_opinions": ["", "district", "commune"],
    "dialogue_opinions_avg": ["district"],
    "dialogue_frequency": ["plan", "obligation"],
    "working_group_members": [""],
    "voter_approval_rate": [""],
    "model_duration": [""],
    "directive_elapsed": [""],
    "review_interval": [""],
    "contest_rounds": [""],
    "contestants_preliminary": [""],
    "contestants_base_round": [""],
    "contestants_cluster_round": [""],
    "finalists": [""],
    "base_committees": [""],
    "base_committees_done": [""],
    "clusters_done": [""],
    "contest_topics": [""],
    "school_population": [""],
    "tellings_per_month": [""],
    "listeners_per_session": [""],
    "listeners_per_month": [""],
    "contest_duration": [""],
    "contest_elapsed": [""],
    "anniversary_years": [""],
    "inspections": ["", "committee", "inspection_commission"],
    "inspected_cells": ["committee", "inspection_commission"],
    "inspected_members": ["committee", "inspection_commission"],
    "supervisions": ["", "committee", "inspection_commission"],
    "supervised_cells": ["committee", "inspection_commission"],
    "supervised_members": ["committee", "inspection_commission"],
    "finance_inspections": ["inspection_commission"],
    "finance_inspected_cells": ["inspection_commission"],
    "inspection_plan_attainment": [""],
    "militia_squads_per_village": [""],
}

# What a yearly form of the Party asks beyond them: members through the year, grading, discipline, letters, petitions.
ASKED_BESIDES = [
    *["members_opening", "members_increase", "members_decrease", "members_rated", "members_not_rated", "cells_rated", "cells_not_rated"],
    *["members_not_made_official", "party_badges", "transfers:in", "transfers:out", "violation_inspected_members", "violation_found_members"],
    *["violation_to_discipline_members", "violation_disciplined_members", "members_disciplined", "organisations_disciplined"],
    *["denunciations_received", "inspections_planned", "inspections_done", "petitions", "citizen_reception_days", "study_attendance_rate"],
    *["working_models_registered", "working_models_recognised", "skilful_models_registered", "skilful_models_recognised"],
]

# The base numbers that ratios are computed from.
BASES = [
    *["villages_total", "households_total", "schools_total", "budget_plan", "commune_budget_plan", "population_total", "households_reviewed"],
    *["voters_asked", "clusters_total", "advanced_subcriteria_total", "study_invited"],
]

QUOTED = {
    "health_insurance_coverage",
    "natural_population_growth_rate",
    "near_poor_rate",
    "commune_budget_revenue_attainment",
    "voter_approval_rate",
    "inspection_plan_attainment",
    "member_target_attainment:lowest_earlier",
}

DIVIDED = {
    "members_share:female": ("members:female", "members_total"),
    "members_share:ethnic_minority": ("members:ethnic_minority", "members_total"),
    "members_admitted_share:rural": ("members_admitted:rural", "members_admitted"),
    "members_admitted_share:official": ("members_admitted:official", "members_admitted"),
    "members_admitted_share:religious": ("members_admitted:religious", "members_admitted"),
    "members_admitted_share:ethnic_minority": ("members_admitted:ethnic_minority", "members_admitted"),
    "members_admitted_vs_target": ("members_admitted", None),
    "member_target_attainment": ("members_admitted", None),
    "village_militia_leaders_members_share": ("village_militia_leaders_members", "villages_total"),
    "budget_revenue_attainment": ("budget_revenue_vs_plan", "budget_plan"),
    "cultural_households_share": ("cultural_households", "households_total"),
    "dialogue_participants_avg": ("dialogue_participants", "dialogue_sessions"),
    "dialogue_participants_avg:district": ("dialogue_participants:district", "dialogue_sessions:district"),
    "dialogue_participants_avg:commune": ("dialogue_participants:commune", "dialogue_sessions:commune"),
    "dialogue_opinions_avg": ("dialogue_opinions", "dialogue_sessions"),
    "dialogue_opinions_avg:district": ("dialogue_opinions:district", "dialogue_sessions:district"),
    "dialogue_opinions_avg:commune": ("dialogue_opinions:commune", "dialogue_sessions:commune"),
    "study_attendance_rate": ("study_attended", "study_invited"),
}

ENGLISH = re.compile(r"\b(the|of|and|for|with|total|number|year|member|members|cell|party|report|rate|count|target|rule|share|sum|code)\b", re.I)


@pytest.fixture
def loaded(db):
    load_kinds()
    return load_catalogue()


@pytest.fixture
def indicators(loaded):
    return {indicator.key: indicator for indicator in Indicator.objects.select_related("numerator", "denominator", "part_of")}


def test_the_files_hold_so_many_rows(loaded):
    assert loaded == {"indicators": 229, "forms": 9, "rules": 195}


def test_every_indicator_of_the_speeches_is_there(indicators):
    wanted = [f"{code}:{breakdown}" if breakdown else code for code, breakdowns in SPOKEN.items() for breakdown in breakdowns]
    assert [key for key in wanted + ASKED_BESIDES + BASES if key not in indicators] == []


def test_what_two_numbers_give_is_never_typed(indicators):
    divided = {
        key: (indicator.numerator.key, indicator.denominator.key if indicator.denominator else None)
        for key, indicator in indicators.items()
        if indicator.is_computed
    }
    assert divided == DIVIDED
    assert {indicators[key].adds for key in DIVIDED} == {Indicator.Adds.RATIO}


def test_percentages_without_their_numbers_are_quoted_and_never_added(indicators):
    quoted = {key: indicator for key, indicator in indicators.items() if indicator.kind == Indicator.Kind.QUOTED}
    assert set(quoted) == QUOTED
    assert {indicator.adds for indicator in quoted.values()} == {Indicator.Adds.NONE}
    assert {indicator.unit for indicator in quoted.values()} == {"%"}


def test_every_indicator_tells_how_to_count_with_example_mistake_and_source(indicators):
    silent = [
        key
        for key, indicator in indicators.items()
        if not all([indicator.name, indicator.unit, indicator.how_to_count, indicator.example, indicator.mistake, indicator.source])
    ]
    assert silent == []


def test_no_english_word_is_shown(indicators):
    shown = []
    for indicator in indicators.values():
        facts = ("name", "unit", "rule", "how_to_count", "example", "mistake", "source")
        shown += [getattr(indicator, fact) for fact in facts]
    for rule in BalanceRule.objects.all():
        shown += [re.sub(r"\{(left|right|gap)\}", "", rule.sentence), rule.source]
    shown += ReportForm.objects.values_list("name", flat=True)
    shown += ReportFormLine.objects.values_list("section", flat=True)
    for kind in OrganizationKind.objects.all():
        shown += [kind.name, kind.era, kind.source, kind.standing_body]
    assert [text for text in shown if ENGLISH.search(text) or "{" in text] == []


def test_a_part_and_its_whole_are_measured_alike(indicators):
    unlike = {
        key
        for key, indicator in indicators.items()
        if indicator.part_of and (indicator.kind, indicator.unit, indicator.decimals) != _measure(indicator.part_of)
    }
    # A leader, an area and a village; an opinion and an attendance; a contestant and an entry.
    assert unlike == {
        "village_militia_leaders_not_members",
        "village_militia_leaders_members",
        "model_residential_areas_new",
        "dialogue_opinions",
        "dialogue_opinions:district",
        "dialogue_opinions:commune",
        "contestants_cluster_round",
    }


def _measure(indicator):
    return (indicator.kind, indicator.unit, indicator.decimals)


def test_loading_again_adds_nothing(loaded, django_assert_num_queries):
    with django_assert_num_queries(8):
        assert load_catalogue() == {"indicators": 0, "forms": 0, "rules": 0}


def test_what_an_office_has_edited_stays(loaded):
    Indicator.objects.filter(code="villages_total").update(name="Số thôn")
    BalanceRule.objects.filter(code="members-flow").update(is_active=False)
    form = ReportForm.objects.get(code="xa-2024")
    form.lines.filter(indicator__code="households_total").delete()
    form.kinds.clear()

    load_catalogue()

    assert Indicator.objects.get(code="villages_total").name == "Số thôn"
    assert not BalanceRule.objects.get(code="members-flow").is_active
    assert not form.lines.filter(indicator__code="households_total").exists()
    assert not form.kinds.exists()


def test_an_unknown_indicator_in_a_file_is_named(db, monkeypatch, tmp_path):
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    (tmp_path / "indicators.toml").write_text(
        '[[indicator]]\ncode = "tre_em"\nname = "Trẻ em"\nunit = "em"\npart_of = "dan_so"\npart_kind = "overlap"\n', encoding="utf-8"
    )

    with pytest.raises(CatalogueError, match="tre_em"):
        load_catalogue()


def test_a_kind_of_body_has_at_most_one_form_for_a_year(loaded):
    for year in range(2020, 2027):
        forms = [form for form in ReportForm.objects.prefetch_related("kinds") if form.first_year <= year <= (form.last_year or year)]
        kinds = [kind.code for form in forms for kind in form.kinds.all()]
        assert len(kinds) == len(set(kinds)), year


@pytest.mark.parametrize(
    ("form", "typed"),
    [("xa-2024", 69), ("xa-2025", 60), ("don-vi", 43), ("tuyen-giao", 23), ("mat-tran", 13), ("quan-su", 16), ("chi-bo", 20)],
)
def test_forms_stay_fillable(loaded, form, typed):
    lines = [line.indicator for line in ReportForm.objects.get(code=form).lines.select_related("indicator")]
    assert len([indicator for indicator in lines if not indicator.is_computed]) == typed


def test_parts_of_the_catalogue_become_rules(loaded):
    rule = BalanceRule.objects.get(code="sum:cells_total")
    left = sorted(term.indicator.key for term in rule.terms.filter(side="left"))
    assert left == ["cells:armed_forces", "cells:other", "cells:rural", "cells:school"]
    assert [term.indicator.key for term in rule.terms.filter(side="right")] == ["cells_total"]
    assert not BalanceRule.objects.filter(code="sum:members_share").exists()
    assert BalanceRule.objects.get(code="part:members:female").operator == BalanceRule.Operator.AT_MOST
