"""Targets: typed by whoever reviews, a number or nothing, never over what somebody else has just set."""

from decimal import Decimal

import pytest

from partyreports.metrics.models import Target
from tests.makers import make_form, make_indicator, make_target


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted", name="Đảng viên mới kết nạp")


@pytest.fixture
def address(cell, y2024, admitted):
    make_form(indicators=[admitted, make_indicator(code="income", kind="money", unit="tỷ đồng", decimals=3)])
    return f"/bao-cao/ky/2024/{cell.pk}/chi-tieu-giao/"


def values():
    return {target.indicator.key: target.value for target in Target.objects.select_related("indicator")}


def test_binh_sets_targets(address, binh, signed_in):
    response = signed_in(binh).post(address, {"cell-members_admitted": "8", "was-members_admitted": "", "cell-income": "2,5", "was-income": ""})

    assert response.status_code == 302
    assert values() == {"members_admitted": 8, "income": Decimal("2.5")}


def test_binh_changes_and_takes_back_targets(address, binh, cell, y2024, admitted, signed_in):
    make_target(organization=cell, period=y2024, indicator=admitted, value=8)
    client = signed_in(binh)

    client.post(address, {"cell-members_admitted": "9", "was-members_admitted": "8"})
    assert values() == {"members_admitted": 9}
    client.post(address, {"cell-members_admitted": "", "was-members_admitted": "9"})
    assert values() == {}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("1.5", "Ô này chỉ nhận số nguyên."), ("hơn 8", "Chỉ tiêu giao là một số"), ("kps", "Chỉ tiêu giao là một số"), ("-1", "Nhập số từ 0 trở lên.")],
)
def test_a_bad_target_comes_back_as_typed_and_the_good_ones_are_saved(address, binh, signed_in, typed, sentence):
    response = signed_in(binh).post(address, {"cell-members_admitted": typed, "was-members_admitted": "", "cell-income": "7", "was-income": ""})

    assert values() == {"income": 7}
    (row,) = [row for row in response.context["rows"] if row["kept"]]
    assert (row["key"], row["text"]) == ("members_admitted", typed)
    assert row["kept"].sentence.startswith(sentence)
    assert f'value="{typed}"' in response.content.decode()


def test_a_target_set_meanwhile_is_shown_and_not_overwritten(address, binh, cell, y2024, admitted, signed_in):
    make_target(organization=cell, period=y2024, indicator=admitted, value=8)
    client = signed_in(binh)

    response = client.post(address, {"cell-members_admitted": "9", "was-members_admitted": "7"})

    assert values() == {"members_admitted": 8}
    (row,) = [row for row in response.context["rows"] if row["kept"]]
    assert (row["text"], row["was"]) == ("9", "8")
    client.post(address, {"cell-members_admitted": row["text"], "was-members_admitted": row["was"]})
    assert values() == {"members_admitted": 9}


def test_a_closed_year_takes_no_target_and_loses_nothing_typed(address, binh, y2024, signed_in):
    y2024.is_open = False
    y2024.save()

    response = signed_in(binh).post(address, {"cell-members_admitted": "9", "was-members_admitted": ""})

    assert values() == {}
    assert 'value="9"' in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("person", "status"), [("an", 403), ("auditor", 403), ("chi", 404), ("manager", 404)])
def test_others_set_no_target(request, address, signed_in, person, status, method):
    response = getattr(signed_in(request.getfixturevalue(person)), method)(address, {"cell-members_admitted": "8", "was-members_admitted": ""})

    assert response.status_code == status
    assert values() == {}


def test_a_visitor_is_sent_to_the_login(address, client):
    assert client.get(address).url == f"/dang-nhap/?next={address}"


def test_targets_of_indicators_outside_the_form_are_not_taken(address, binh, signed_in):
    make_indicator(code="stranger")

    signed_in(binh).post(address, {"cell-stranger": "8", "was-stranger": ""})

    assert values() == {}


@pytest.mark.parametrize("lines", [1, 3, 50])
def test_the_page_costs_as_much_for_fifty_lines_as_for_one(binh, cell, y2024, signed_in, django_assert_num_queries, lines):
    make_form(indicators=[make_indicator(code=f"line-{number}") for number in range(lines)])
    client = signed_in(binh)
    client.get(f"/bao-cao/ky/2024/{cell.pk}/chi-tieu-giao/")

    with django_assert_num_queries(15):
        client.get(f"/bao-cao/ky/2024/{cell.pk}/chi-tieu-giao/")
