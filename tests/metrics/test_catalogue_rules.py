"""The rules of the catalogue, one by one: what passes, what stops a report, what asks for an explanation."""

from decimal import Decimal

import pytest
from django.db import transaction

from organizations.kinds import load_kinds
from partyreports.metrics.balance import check
from partyreports.metrics.catalogue import load_catalogue
from partyreports.metrics.models import BalanceRule
from partyreports.metrics.values import Value
from partyreports.vietnamese import GIVEN, NOT_APPLICABLE, NOTHING

BLANKS = {"kps": NOTHING, "kad": NOT_APPLICABLE}

# rule, values of the year, values of the year before, what it says ("" when it holds)
CASES = [
    ("members-flow", "members_opening=205 members_increase=13 members_decrease=4 members_total=214", None, ""),
    ("members-flow", "members_opening=205 members_increase=13 members_decrease=4 members_total=215", None, "error"),
    ("members-opening-is-last-closing", "members_opening=205", "members_total=205", ""),
    ("members-opening-is-last-closing", "members_opening=206", "members_total=205", "error"),
    ("members-opening-is-last-closing", "members_opening=206", None, ""),
    ("sum:cells_total", "cells_total=24 cells:rural=15 cells:armed_forces=2 cells:school=7 cells:other=kps", None, ""),
    ("sum:cells_total", "cells_total=25 cells:rural=15 cells:armed_forces=2 cells:school=7 cells:other=kps", None, "error"),
    ("sum:cells_total", "cells_total=25 cells:rural=15 cells:armed_forces=2 cells:school=7", None, ""),
    ("sum:cells_total", "cells_total=25 cells:rural=kad cells:armed_forces=2 cells:school=7 cells:other=1", None, ""),
    ("sum:members_admitted", "members_admitted=29 members_admitted:rural=7 members_admitted:official=22", None, ""),
    ("sum:members_admitted", "members_admitted=29 members_admitted:rural=7 members_admitted:official=21", None, "error"),
    ("part:members:female", "members_total=159 members:female=160", None, "error"),
    ("part:members:female", "members_total=159 members:female=159", None, ""),
    ("part:cells_congress_held", "cells_total=15 cells_congress_held=16", None, "error"),
    ("rural-cells-and-villages", "cells:rural=15 villages_total=15", None, ""),
    ("rural-cells-and-villages", "cells:rural=14 villages_total=15", None, "warning"),
    ("cells-rated-and-not", "cells_total=24 cells_rated=23 cells_not_rated=1", None, ""),
    ("cells-rated-and-not", "cells_total=24 cells_rated=23 cells_not_rated=kps", None, "error"),
    ("sum:cells_rated", ("cells_rated=23 cells_rated:excellent=4 cells_rated:good=16 cells_rated:completed=3 cells_rated:not_completed=0"), None, ""),
    ("members-rated-and-not", "members_total=214 members_rated=205 members:exempt=5 members_not_rated=4", None, ""),
    ("members-rated-and-not", "members_total=214 members_rated=205 members:exempt=5 members_not_rated=5", None, "error"),
    ("members-rated-excellent-cap", "members_rated:excellent=31 members_rated:good=155", None, ""),
    ("members-rated-excellent-cap", "members_rated:excellent=32 members_rated:good=155", None, "warning"),
    ("admission-files-and-candidates", "admission_files_submitted=5 candidates_sent_to_awareness_class=15", None, ""),
    ("admission-files-and-candidates", "admission_files_submitted=16 candidates_sent_to_awareness_class=15", None, "warning"),
    ("admitted-and-files", "members_admitted=6 admission_files_submitted=5", None, "warning"),
    ("village-militia-leaders", "village_militia_leaders_members=7 village_militia_leaders_not_members=8 villages_total=15", None, ""),
    ("village-militia-leaders", "village_militia_leaders_members=8 village_militia_leaders_not_members=8 villages_total=15", None, "warning"),
    ("budget-revenue-below-plan", "budget_revenue_vs_plan=6108340000 budget_plan=6233000000", None, "warning"),
    ("health-insurance-is-quoted", "health_insurance_coverage=95.35", None, "warning"),
    ("health-insurance-is-quoted", "health_insurance_coverage=95.35 health_insured_people=7480", None, ""),
    ("health-insurance-is-quoted", "", None, ""),
    ("health-insurance-at-most-100", "health_insurance_coverage=100.01", None, "error"),
    ("health-insurance-at-most-100", "health_insurance_coverage=100", None, ""),
    ("near-poor-rate-is-quoted", "near_poor_rate=0.24", None, "warning"),
    ("commune-budget-attainment-is-quoted", "commune_budget_revenue_attainment=100.19", None, "warning"),
    ("population-growth-is-quoted", "natural_population_growth_rate=0.83", None, "warning"),
    ("voter-approval-is-quoted", "voter_approval_rate=100", None, "warning"),
    ("inspection-plan-attainment-is-quoted", "inspection_plan_attainment=100", None, "warning"),
    ("inspection-plan-attainment-is-quoted", "inspection_plan_attainment=100 inspections_planned=4", None, ""),
    ("lowest-earlier-attainment-is-quoted", "member_target_attainment:lowest_earlier=30", None, "warning"),
    ("near-poor-does-not-grow", "near_poor_households=0 near_poor_households:opening=5", None, ""),
    ("near-poor-opening-is-last-closing", "near_poor_households:opening=5", "near_poor_households=6", "warning"),
    ("model-areas-grow-by-the-new-ones", "model_residential_areas=10 model_residential_areas_new=2", "model_residential_areas=8", ""),
    ("model-areas-grow-by-the-new-ones", "model_residential_areas=10 model_residential_areas_new=1", "model_residential_areas=8", "warning"),
    ("part:cultural_households", "cultural_households=1933 households_total=1932", None, "error"),
    ("part:standard_schools", "standard_schools=4 schools_total=4", None, ""),
    ("criteria-kept-at-most-19", "new_rural_criteria_kept=20", None, "error"),
    ("criteria-kept-at-most-19", "new_rural_criteria_kept=19", None, ""),
    ("sum:advanced_subcriteria_total", "advanced_subcriteria_met=72 advanced_subcriteria_unmet=2 advanced_subcriteria_total=74", None, ""),
    (
        "advanced-all-met-leaves-none",
        "advanced_subcriteria_unmet=2 advanced_criteria_total=19 advanced_criteria_met_self_assessed=19",
        None,
        "warning",
    ),
    ("advanced-all-met-leaves-none", "advanced_subcriteria_unmet=2 advanced_criteria_total=19 advanced_criteria_met_self_assessed=18", None, ""),
    ("advanced-all-met-leaves-none", "advanced_subcriteria_unmet=0 advanced_criteria_total=19 advanced_criteria_met_self_assessed=19", None, ""),
    ("sum:dialogue_sessions_all", "dialogue_sessions_all=27 dialogue_sessions:district=3 dialogue_sessions:commune=24", None, ""),
    ("sum:dialogue_sessions_all", "dialogue_sessions_all=28 dialogue_sessions:district=3 dialogue_sessions:commune=24", None, "error"),
    ("part:dialogue_opinions", "dialogue_opinions=50 dialogue_participants=49", None, "error"),
    ("dialogue-opinions-usual", "dialogue_opinions=121 dialogue_sessions=10", None, "warning"),
    ("part:villages_covered", "villages_covered=6 villages_total=5", None, "error"),
    ("dialogue-district-quarterly", "dialogue_sessions:district=3 dialogue_frequency:obligation=1", None, "warning"),
    ("dialogue-district-quarterly", "dialogue_sessions:district=4 dialogue_frequency:obligation=1", None, ""),
    ("dialogue-monthly-plan", "dialogue_sessions=12 dialogue_frequency:plan=1", None, ""),
    ("citizen-reception-days", "citizen_reception_days=23", None, "warning"),
    ("citizen-reception-days", "citizen_reception_days=24", None, ""),
    ("sum:petitions", "petitions=40 petitions:resolved=31 petitions:in_progress=7 petitions:pending=2", None, ""),
    ("part:skilful_models_recognised", "skilful_models_recognised=13 skilful_models_registered=12", None, "error"),
    ("part:contestants_base_round", "contestants_base_round=175 contestants_preliminary=500", None, ""),
    ("part:contestants_base_round", "contestants_base_round=501 contestants_preliminary=500", None, "error"),
    ("part:finalists", "finalists=41 contestants_cluster_round=40", None, "error"),
    ("part:base_committees_done", "base_committees_done=21 base_committees=20", None, "error"),
    ("anniversary-moves-with-the-contest", "anniversary_years:closing=50 anniversary_years=49 contest_duration=1", None, ""),
    ("anniversary-moves-with-the-contest", "anniversary_years:closing=50 anniversary_years=50 contest_duration=1", None, "warning"),
    (
        "sum:inspections",
        ("inspections=3 inspections:committee=1 inspections:inspection_commission=1 finance_inspections:inspection_commission=1"),
        None,
        "",
    ),
    ("sum:supervisions", "supervisions=3 supervisions:committee=1 supervisions:inspection_commission=1", None, "error"),
    ("inspected-cells-committee", "inspected_cells:committee=16 cells_total=15", None, "warning"),
    ("part:violation_found_members", "violation_found_members=3 violation_inspected_members=2", None, "error"),
    ("part:violation_disciplined_members", "violation_disciplined_members=2 violation_to_discipline_members=1", None, "error"),
    (
        "sum:members_disciplined",
        (
            "members_disciplined=63 members_disciplined:reprimand=15 members_disciplined:warning=20 "
            "members_disciplined:dismissal=10 members_disciplined:expulsion=18"
        ),
        None,
        "",
    ),
    (
        "sum:members_disciplined",
        (
            "members_disciplined=62 members_disciplined:reprimand=15 members_disciplined:warning=20 "
            "members_disciplined:dismissal=10 members_disciplined:expulsion=18"
        ),
        None,
        "error",
    ),
    (
        "members-disciplined-by-authority",
        ("members_disciplined=3 members_disciplined:by_committee=1 members_disciplined:by_commission=1 members_disciplined:by_cell=2"),
        None,
        "error",
    ),
    (
        "sum:organisations_disciplined",
        (
            "organisations_disciplined=13 organisations_disciplined:reprimand=1 "
            "organisations_disciplined:warning=12 organisations_disciplined:dissolution=kps"
        ),
        None,
        "",
    ),
    (
        "sum:denunciations_received",
        ("denunciations_received=3 denunciations_received:resolved=1 denunciations_received:forwarded=1 denunciations_received:remaining=1"),
        None,
        "",
    ),
    ("year-on-year:candidates_sent_to_awareness_class", "candidates_sent_to_awareness_class=35", "candidates_sent_to_awareness_class=8", "warning"),
    ("year-on-year:members_admitted", "members_admitted=5", "members_admitted=3", ""),
    ("year-on-year:members_admitted", "members_admitted=11", "members_admitted=3", ""),
    ("year-on-year:members_admitted", "members_admitted=12", "members_admitted=3", "warning"),
    ("year-on-year:members_admitted", "members_admitted=12", None, ""),
]


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker):
    """The catalogue, loaded once for the tests of this module and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_kinds()
        load_catalogue()
        yield
        transaction.set_rollback(True)


def values(written):
    """Values by key from "key=number …"; kps and kad are the blanks a clerk types."""
    pairs = (each.rsplit("=", 1) for each in written.split())
    return {key: Value(BLANKS[text]) if text in BLANKS else Value(GIVEN, Decimal(text)) for key, text in pairs}


def ask(code, now, before=None):
    rule = BalanceRule.objects.prefetch_related("terms__indicator").get(code=code)
    return check(rule, values(now), None if before is None else values(before))


@pytest.mark.parametrize(("code", "now", "before", "severity"), CASES)
def test_a_rule_speaks_when_it_should(catalogue, db, code, now, before, severity):
    finding = ask(code, now, before)
    assert (finding.severity if finding else "") == severity


@pytest.mark.parametrize(
    ("code", "now", "before", "sentence"),
    [
        (
            "sum:cells_total",
            "cells_total=25 cells:rural=15 cells:armed_forces=2 cells:school=7 cells:other=kps",
            None,
            "Các phần của Số chi bộ trực thuộc cộng lại được 24, khác tổng số là 25; chênh lệch 01.",
        ),
        (
            "part:members:female",
            "members_total=159 members:female=160",
            None,
            "Đảng viên nữ là 160, lớn hơn D. Tổng số đảng viên (cuối kỳ) là 159; chênh lệch 01.",
        ),
        (
            "year-on-year:candidates_sent_to_awareness_class",
            "candidates_sent_to_awareness_class=35",
            "candidates_sent_to_awareness_class=8",
            "Quần chúng ưu tú cử học lớp nhận thức về Đảng: năm nay 35, năm trước 08, tăng 27. Kiểm tra lại số hoặc nêu nguyên nhân.",
        ),
        (
            "health-insurance-at-most-100",
            "health_insurance_coverage=100.5",
            None,
            "Tỷ lệ tham gia bảo hiểm y tế là 100,5%, lớn hơn 100%.",
        ),
    ],
)
def test_a_rule_tells_its_numbers_in_vietnamese(catalogue, db, code, now, before, sentence):
    assert ask(code, now, before).sentence == sentence
