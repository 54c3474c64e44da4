"""Inspections: what each row adds to the figures, which rows belong to a branch and a year, the programme against what was done."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organizations.kinds import load_kinds
from partyreports.activities.inspections import KEYS, attainments, figures, programme, totals
from partyreports.activities.models import Inspection
from partyreports.activities.models.events import EventChanged
from partyreports.metrics.catalogue import load_catalogue
from partyreports.metrics.models import Indicator
from tests.activities.inspecting import make_inspection, make_plan

ROWS = [
    (
        {"doer": "committee", "kind": "programme", "cells": 1, "members": 2},
        {"inspections": 1, "inspections:committee": 1, "inspected_cells:committee": 1, "inspected_members:committee": 2, "inspections_done": 1},
    ),
    (
        {"doer": "inspection_commission", "kind": "duties", "cells": 2},
        {"inspections": 1, "inspections:inspection_commission": 1, "inspected_cells:inspection_commission": 2, "inspections_done": 1},
    ),
    (
        {"doer": "inspection_commission", "kind": "finance", "cells": 4},
        {"inspections": 1, "finance_inspections:inspection_commission": 1, "finance_inspected_cells:inspection_commission": 4, "inspections_done": 1},
    ),
    (
        {"doer": "inspection_commission", "kind": "supervision", "cells": 1, "members": 4},
        {
            "supervisions": 1,
            "supervisions:inspection_commission": 1,
            "supervised_cells:inspection_commission": 1,
            "supervised_members:inspection_commission": 4,
            "inspections_done": 1,
        },
    ),
    (
        {"doer": "cell", "kind": "programme", "members": 2, "in_programme": False},
        {"inspections:cell": 1, "inspected_members:cell": 2},
    ),
    ({"doer": "committee", "kind": "standing", "cells": 5, "in_programme": False}, {}),
    ({"doer": "advisory", "kind": "programme", "cells": 3, "in_programme": False}, {"inspections": None}),
    (
        {
            "doer": "inspection_commission", "kind": "violation", "members": 3, "violating_members": 2, "to_discipline_members": 1,
            "in_programme": False,
        },
        {
            "inspections": 1, "inspections:inspection_commission": 1, "inspected_members:inspection_commission": 3,
            "violation_inspected_members": 3, "violation_found_members": 2, "violation_to_discipline_members": 1,
        },
    ),
    ({"doer": "committee", "kind": "denunciation", "members": 1, "in_programme": False}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "added"), ROWS, ids=[f"{facts['doer']}-{facts['kind']}" for facts, _ in ROWS])
def test_a_row_adds_to_the_figures_of_its_kind(facts, added):
    row = Inspection(started_on=dt.date(2024, 3, 12), concluded_on=dt.date(2024, 4, 26), **facts)

    assert figures(row) == {key: number for key, number in added.items() if number}


def test_every_figure_is_one_of_the_catalogue(db):
    load_kinds()
    load_catalogue()

    assert set(KEYS) <= {indicator.key for indicator in Indicator.objects.all()}


@pytest.mark.parametrize(
    ("concluded_on", "in_programme", "done"),
    [(dt.date(2024, 12, 31), True, 1), (dt.date(2025, 1, 2), True, 0), (None, True, 0), (dt.date(2024, 6, 1), False, 0)],
)
def test_a_cuoc_is_done_when_it_is_concluded_within_its_year(concluded_on, in_programme, done):
    row = Inspection(doer="committee", kind="programme", started_on=dt.date(2024, 3, 12), concluded_on=concluded_on, in_programme=in_programme)

    assert figures(row).get("inspections_done", 0) == done


def test_totals_count_sessions_organisations_and_members_apart(cell, django_assert_num_queries):
    make_inspection(organization=cell, cells=1, members=2, committee_members=1)
    make_inspection(organization=cell, kind="supervision", cells=2, organisations=1, members=2, concluded_on=None)
    make_inspection(organization=cell, kind="complaint", cells=0, members=1)
    rows = Inspection.objects.all()

    with django_assert_num_queries(1):
        found = totals(rows)

    assert (found.sessions, found.inspections, found.supervisions, found.others) == (3, 1, 1, 1)
    assert (found.cells, found.organisations, found.members, found.committee_members, found.concluded) == (3, 1, 5, 1, 2)


def test_the_programme_is_held_against_what_was_done(cell, django_assert_num_queries):
    make_plan(organization=cell, planned=2)
    make_plan(organization=cell, doer="inspection_commission", kind="finance", planned=1)
    make_plan(organization=cell, year=2023, planned=9)
    make_inspection(organization=cell)
    make_inspection(organization=cell, concluded_on=None)
    make_inspection(organization=cell, in_programme=False)

    with django_assert_num_queries(2):
        found = programme(cell, 2024)

    assert (found.whole.planned, found.whole.done, found.whole.under_way, found.outside) == (3, 1, 1, 1)
    assert found.lines["committee", "programme"].rate == "50%"
    assert found.whole.rate == "33,33%"
    assert attainments([cell], 2024)[cell.pk] == found.whole
    assert programme(cell, 2022).whole.rate == "–"


def test_what_the_programme_does_not_name_fulfils_no_part_of_it(cell):
    make_plan(organization=cell, kind="supervision", planned=2)
    make_inspection(organization=cell)

    found = programme(cell, 2024)

    assert (found.whole.planned, found.whole.done, found.strayed) == (2, 0, 1)
    assert attainments([cell], 2024)[cell.pk] == found.whole


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": 1, "committee_members": 2},
        {"members": 1, "violating_members": 2},
        {"members": 3, "violating_members": 1, "to_discipline_members": 2},
        {"members": 3, "violating_members": 2, "to_discipline_members": 1, "disciplined_members": 2},
        {"cells": 1, "violating_organisations": 2},
        {"cells": 2, "violating_organisations": 1, "to_discipline_organisations": 2},
        {"concluded_on": dt.date(2024, 3, 11)},
    ],
)
def test_outcomes_narrow_down_and_days_follow_each_other(wrong, cell):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_inspection(organization=cell, **wrong)


def test_outcomes_that_narrow_down_are_kept(cell):
    row = make_inspection(
        organization=cell, cells=2, violating_organisations=1, to_discipline_organisations=1, disciplined_organisations=1, members=3,
        violating_members=3, to_discipline_members=2, disciplined_members=1,
    )  # fmt: skip

    row.full_clean(exclude=["search"])


def test_a_withdrawn_row_has_its_reason_and_is_withdrawn_once(cell):
    row = make_inspection(organization=cell)
    stale = Inspection.objects.get(pk=row.pk)
    row.withdraw(by=None, reason="Ghi nhầm tổ chức")

    with pytest.raises(EventChanged):
        stale.withdraw(by=None, reason="Ghi trùng")
    with pytest.raises(ValidationError):
        Inspection(organization=cell, doer="cell", kind="programme", started_on=dt.date(2024, 1, 2), withdrawn_reason="x").validate_constraints()

    row.refresh_from_db()
    assert (row.is_withdrawn, row.withdrawn_reason, row.version) == (True, "Ghi nhầm tổ chức", 2)
