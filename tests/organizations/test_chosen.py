"""The branch chosen at the top: lists and summaries keep to it, it opens nothing that was closed."""

import pytest
from django.urls import reverse

from organizations.models import Assignment, Right
from tests import makers

CHOOSE = "/to-chuc/pham-vi/"


@pytest.fixture
def reader(district):
    return makers.make_account(rights=[Right.READ, Right.ENTER, Right.WRITE], organization=district)


@pytest.fixture
def two_models(cell, other_cell, y2024):
    return [makers.make_registration(organization=body, title=f"Mô hình của {body.name}") for body in (cell, other_cell)]


def titles(client):
    return [row.title for row in client.get(reverse("models_registry:list")).context["page"]]


def test_a_chosen_branch_stays_in_the_lists_until_everything_is_asked_for(signed_in, reader, cell, two_models):
    client = signed_in(reader)

    answer = client.post(CHOOSE, {"branch": str(cell.pk), "next": "/mo-hinh/"})

    assert (answer.status_code, answer.url) == (302, "/mo-hinh/")
    assert titles(client) == [two_models[0].title]
    assert cell.name in client.get("/").content.decode()

    client.post(CHOOSE, {"everything": "1"})

    assert set(titles(client)) == {model.title for model in two_models}


def test_the_address_of_a_list_wins_over_the_chosen_branch(signed_in, reader, cell, other_cell, two_models):
    client = signed_in(reader)
    client.post(CHOOSE, {"branch": str(cell.pk)})

    page = client.get(reverse("models_registry:list"), {"to_chuc": other_cell.pk}).context["page"]

    assert [row.title for row in page] == [two_models[1].title]


@pytest.mark.parametrize("name", ["metrics:list", "speeches:list", "organizations:members", "organizations:references", "summaries:show"])
def test_every_list_and_the_summary_take_the_chosen_branch(name, signed_in, reader, cell, y2024):
    makers.make_speech(organization=cell, period=y2024)
    client = signed_in(reader)
    client.post(CHOOSE, {"branch": str(cell.pk)})

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert cell.name in answer.content.decode().split("<main")[1] or "Đảng bộ xã Mẫu" in answer.content.decode().split("<main")[1]


def test_a_branch_outside_ones_reach_cannot_be_chosen(signed_in, chi, cell):
    answer = signed_in(chi).post(CHOOSE, {"branch": str(cell.pk)})

    assert answer.status_code == 200
    assert "Không có tổ chức nào tên như vậy" in answer.content.decode()


def test_a_branch_that_has_left_ones_reach_is_forgotten(signed_in, reader, district, cell, other_cell, two_models):
    client = signed_in(reader)
    client.post(CHOOSE, {"branch": str(cell.pk)})
    Assignment.objects.filter(account=reader).update(organization=other_cell)

    assert titles(client) == [two_models[1].title]
    assert "branch" not in client.session


def test_choosing_leads_to_no_other_site(signed_in, reader, cell):
    answer = signed_in(reader).post(CHOOSE, {"branch": str(cell.pk), "next": "https://example.org/"})

    assert answer.url == "/"


def test_a_visitor_is_sent_to_sign_in(client, cell):
    assert client.get(CHOOSE).status_code == 302
