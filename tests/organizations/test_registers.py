"""The page that leads to the registers: what each counted in the year chosen at the top."""

import datetime as dt

import pytest
from django.urls import reverse

from models_registry.models import ModelYear
from organizations import roster
from tests import makers
from tests.activities.rows import make_dialogue
from tests.metrics.events import make_inspection

PAGE = reverse("organizations:registers")


@pytest.fixture
def years(db):
    return makers.make_period(code="2023"), makers.make_period(code="2024")


def fill(body, rows):
    for n in range(rows):
        makers.make_member(organization=body, full_name=f"Đồng chí {n}")
        makers.make_candidate(organization=body, days={"outstanding": dt.date(2023, 9, 1), "sent": dt.date(2024, 2, 1)})
        make_dialogue(organization=body, people=20, officials=5, opinions=3)
        make_dialogue(organization=body, held_on=dt.date(2023, 3, 31))
        make_inspection(organization=body)
        makers.make_registration(organization=body)
        makers.make_reference(organization=body, issued_on=dt.date(2024, 1, 5))


def words(client, **query):
    counted = client.get(PAGE, query).context["counted"]
    return {register: [" ".join(part) for part in parts] for register, parts in counted.items()}


def test_each_register_says_what_it_counted_in_the_chosen_year(years, an, cell, other_cell, signed_in):
    fill(cell, 2)
    fill(other_cell, 1)

    assert words(signed_in(an), nam="2024") == {
        "members": ["2 đảng viên ngày 31/12/2024"],
        "candidates": ["02 được cử học lớp nhận thức về Đảng", "0 được kết nạp", "0 được công nhận chính thức"],
        "references": ["02 văn bản ban hành trong năm", "02 văn bản trong sổ"],
        "dialogues": ["02 cuộc", "50 lượt người dự", "6 lượt ý kiến", "0 kiến nghị chưa giải quyết xong"],
        "inspections": ["02 cuộc kiểm tra", "0 cuộc giám sát", "0 cuộc đã kết luận"],
        "models": ["02 mô hình", f"02 {ModelYear.State.REGISTERED.label.lower()}"],
    }


def test_another_year_and_an_empty_branch_count_nothing(years, an, cell, signed_in):
    assert words(signed_in(an))["dialogues"][0] == "0 cuộc"
    fill(cell, 1)
    an.chosen_year = "2023"
    an.save()

    counted = words(signed_in(an))

    assert (counted["candidates"][0], counted["dialogues"][0], counted["models"]) == ("0 được cử học lớp nhận thức về Đảng", "01 cuộc", ["0 mô hình"])


def test_the_branch_chosen_at_the_top_is_counted(years, district, cell, other_cell, signed_in):
    clerk = makers.make_account(rights=["enter"], organization=district)
    fill(cell, 2)
    fill(other_cell, 1)
    client = signed_in(clerk)

    assert words(client)["members"] == ["3 đảng viên ngày 31/12/2024"]
    assert words(client, to_chuc=other_cell.pk)["members"] == ["1 đảng viên ngày 31/12/2024"]


def test_registers_of_a_country_are_counted_once_the_page_stands(years, an, cell, signed_in, monkeypatch):
    fill(cell, 1)
    monkeypatch.setattr(roster, "WIDE", 0)
    client = signed_in(an)

    first = client.get(PAGE)

    assert (first.context["counted"], 'hx-get="?dem=1"' in first.content.decode()) == ({}, True)
    assert words(client, dem="1")["dialogues"][0] == "01 cuộc"


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_asks_the_same_number_of_queries(rows, years, an, cell, signed_in, django_assert_num_queries):
    fill(cell, rows)
    client = signed_in(an)
    client.get(PAGE)

    with django_assert_num_queries(15):
        assert client.get(PAGE).status_code == 200
