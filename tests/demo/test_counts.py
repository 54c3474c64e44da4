"""What the registers of the demonstration count is what the ten bodies reported of 2024: `count_figures` against the numbers of their papers."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from partyreports.metrics.models import Figure

# body, indicator, breakdown, value
COUNTED = [
    ("lac-xuan", "cells_total", None, 24),
    ("lac-xuan", "cells", "rural", 15),
    ("lac-xuan", "cells", "school", 7),
    ("lac-xuan", "cells", "armed_forces", 2),
    ("lac-xuan", "members_total", None, 214),
    ("lac-xuan", "candidates_sent_to_awareness_class", None, 35),
    ("lac-xuan", "members_admitted", None, 9),
    ("lac-xuan", "members_admitted", "rural", 5),
    ("lac-xuan", "members_admitted", "religious", 5),
    ("lac-xuan", "members_admitted", "ethnic_minority", 1),
    ("lac-xuan", "members_admitted", "youth", 8),
    ("lac-xuan", "members_admitted", "militia", 1),
    ("lac-xuan", "members_admitted", "village_militia_leader_or_security_team", 1),
    ("lac-xuan", "members_made_official", "military_service", 1),
    ("lac-xuan", "background_checks_completed", "security_team", 1),
    ("lac-lam", "members_total", None, 159),
    ("lac-lam", "members", "female", 80),
    ("lac-lam", "members", "ethnic_minority", 10),
    ("da-ron", "candidates_sent_to_awareness_class", None, 15),
    ("da-ron", "admission_files_submitted", None, 5),
    ("da-ron", "members_admitted", None, 5),
    ("da-ron", "members_admitted", "mass_organisation_member", 5),
    ("lac-lam", "cells_total", None, 15),
    ("lac-lam", "cells", "rural", 10),
    ("lac-lam", "cells", "military", 1),
    ("lac-lam", "cells", "police", 1),
    ("lac-lam", "cells", "school", 3),
    ("quang-lap", "dialogue_sessions", None, 10),
    ("quang-lap", "dialogue_participants", None, 245),
    ("quang-lap", "dialogue_opinions", None, 50),
    ("quang-lap", "villages_covered", None, 5),
    ("quang-lap", "villages_covered", "merger_meeting", 5),
    ("quang-lap", "working_group_members", None, 18),
    ("mat-tran", "dialogue_sessions", "district", 3),
    ("mat-tran", "dialogue_sessions", "commune", 24),
    ("mat-tran", "dialogue_sessions_all", None, 27),
    ("mat-tran", "dialogue_participants", "district", 200),
    ("mat-tran", "dialogue_participants", "commune", 1981),
    ("mat-tran", "dialogue_opinions", "district", 31),
    ("mat-tran", "dialogue_opinions", "commune", 273),
    ("trung-tam-y-te", "inspections", None, 3),
    ("trung-tam-y-te", "inspections", "committee", 1),
    ("trung-tam-y-te", "inspected_cells", "committee", 1),
    ("trung-tam-y-te", "inspected_members", "committee", 2),
    ("trung-tam-y-te", "inspections", "inspection_commission", 1),
    ("trung-tam-y-te", "inspected_cells", "inspection_commission", 2),
    ("trung-tam-y-te", "finance_inspections", "inspection_commission", 1),
    ("trung-tam-y-te", "finance_inspected_cells", "inspection_commission", 4),
    ("trung-tam-y-te", "supervisions", None, 2),
    ("trung-tam-y-te", "supervisions", "committee", 1),
    ("trung-tam-y-te", "supervised_cells", "committee", 2),
    ("trung-tam-y-te", "supervised_members", "committee", 2),
    ("trung-tam-y-te", "supervisions", "inspection_commission", 1),
    ("trung-tam-y-te", "supervised_cells", "inspection_commission", 1),
    ("trung-tam-y-te", "supervised_members", "inspection_commission", 4),
]

# period, body, indicator, breakdown, value
EARLIER = [
    ("2023", "lac-xuan", "candidates_sent_to_awareness_class", None, 8),
    ("2023", "lac-xuan", "members_admitted", "rural", 3),
    ("2023", "lac-xuan", "members_admitted", "religious", 1),
    ("2023", "lac-xuan", "members_admitted", "ethnic_minority", 0),
    ("2020-2023", "lac-xuan", "members_admitted", None, 29),
    ("2020-2023", "lac-xuan", "members_admitted", "rural", 7),
    ("2020-2023", "lac-xuan", "members_admitted", "official", 22),
    ("2020", "da-ron", "members_admitted", None, 3),
    ("2021", "da-ron", "members_admitted", None, 3),
    ("2022", "da-ron", "members_admitted", None, 2),
    ("2023", "da-ron", "members_admitted", None, 3),
    ("2023", "mat-tran", "dialogue_sessions", "district", 10),
    ("2023", "mat-tran", "dialogue_participants", "district", 700),
    ("2023", "mat-tran", "dialogue_opinions", "district", 100),
]


def counted(period, **options):
    """(body, indicator, breakdown) → value, as the command prints them."""
    printed = io.StringIO()
    call_command("count_figures", period=period, json=True, stdout=printed, **options)
    lines = [json.loads(line) for line in printed.getvalue().splitlines()]
    return {(line["organization"], line["indicator"], line["breakdown"]): line["value"] for line in lines}


@pytest.fixture(scope="module")
def of_2024(seeded):
    return counted("2024")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("body", "indicator", "breakdown", "value"), COUNTED)
def test_the_registers_count_what_was_reported(of_2024, body, indicator, breakdown, value):
    assert of_2024[body, indicator, breakdown] == value


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("period", "body", "indicator", "breakdown", "value"), EARLIER)
def test_the_years_before_are_counted_like_their_reports(period, body, indicator, breakdown, value):
    assert counted(period, organization=body)[body, indicator, breakdown] == value


@pytest.mark.usefixtures("demo")
def test_a_line_names_body_indicator_value_and_events():
    printed = io.StringIO()
    call_command("count_figures", period="2024", organization="quang-lap", json=True, stdout=printed)

    line = json.loads(next(line for line in printed.getvalue().splitlines() if '"dialogue_participants"' in line))
    assert line == {"organization": "quang-lap", "indicator": "dialogue_participants", "breakdown": None, "value": 245, "events": 10}


@pytest.mark.usefixtures("demo")
def test_what_had_been_held_by_a_day_can_be_asked():
    counts = counted("2024", organization="quang-lap", as_of="2024-06-30")

    assert 0 < counts["quang-lap", "dialogue_sessions", None] < 10


@pytest.mark.usefixtures("demo")
def test_without_json_the_counts_are_a_table_to_read():
    printed = io.StringIO()
    call_command("count_figures", period="2024", organization="quang-lap", stdout=printed)

    lines = printed.getvalue().splitlines()
    assert lines[0] == "Đảng ủy xã Quảng Lập – năm 2024"
    assert "hơn 245 lượt người, Sổ đối thoại" in printed.getvalue()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"period": "1999"}, "Không có kỳ báo cáo “1999”."),
        ({"period": "2024", "organization": "nowhere"}, "Không có tổ chức nào mang mã “nowhere”."),
        ({"period": "2024", "as_of": "30/6/2024"}, "Không đọc được ngày “30/6/2024”: viết dạng 2024-06-30."),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(options, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("count_figures", **options)

    assert str(refused.value) == sentence


@pytest.mark.usefixtures("demo")
def test_reports_were_sent_up_with_their_counts():
    assert not Figure.objects.filter(report__status="approved", counted__isnull=True, indicator__code="cells_total").exists()
    differing = Figure.objects.exclude(reason="").values_list("report__organization__code", "indicator__code", "indicator__breakdown", "counted")
    assert [(*key, value) for *key, value in differing] == [("mat-tran", "dialogue_participants", "commune", 1981)]
