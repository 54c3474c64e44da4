"""The search box finds by name without marks, and only within reach."""

import pytest

from organizations.review import Status
from tests import makers


def hits(answer):
    return {kind.title: [hit.label for hit in kind.hits] for kind in answer.context["found"] or ()}


@pytest.fixture
def world(cell, other_cell, an, binh, y2024):
    makers.make_member(organization=cell, full_name="Đinh Thị Đạo")
    makers.make_member(organization=other_cell, full_name="Đinh Văn Đạo")
    makers.make_report(organization=cell, period=y2024, by=an)
    makers.make_registration(organization=cell, title="Đạo đức công vụ", periods=[y2024], by=an)
    makers.make_registration(organization=other_cell, title="Đạo lý uống nước nhớ nguồn", periods=[y2024])
    makers.make_speech(organization=cell, period=y2024, title="Bài về đạo đức", by=an)
    makers.make_speech(organization=other_cell, period=y2024, title="Bài khác về đạo đức", status=Status.SUBMITTED)


def test_a_visitor_is_sent_to_sign_in(client, db):
    assert client.get("/tim-kiem/?q=dao")["Location"] == "/dang-nhap/?next=/tim-kiem/%3Fq%3Ddao"


@pytest.mark.parametrize("text", ["dao", "ĐẠO", "  đạo "])
def test_an_finds_members_and_papers_of_her_body_without_marks(signed_in, an, world, text):
    answer = signed_in(an).get("/tim-kiem/", {"q": text})

    assert hits(answer) == {"Tham luận": ["Bài về đạo đức"], "Mô hình mới": ["Đạo đức công vụ"], "Đảng viên": ["Đinh Thị Đạo"]}


def test_a_body_is_found_with_its_reports(signed_in, an, world):
    assert hits(signed_in(an).get("/tim-kiem/?q=xa+mau")) == {"Tổ chức": ["Đảng ủy xã Mẫu"], "Báo cáo năm": ["Báo cáo năm 2024"]}


def test_chi_finds_nothing_of_an(signed_in, chi, world):
    client = signed_in(chi)

    assert hits(client.get("/tim-kiem/?q=xa+mau")) == {}
    assert hits(client.get("/tim-kiem/?q=dao")) == {
        "Tham luận": ["Bài khác về đạo đức"],
        "Mô hình mới": ["Đạo lý uống nước nhớ nguồn"],
        "Đảng viên": ["Đinh Văn Đạo"],
    }


def test_the_administrator_finds_bodies_but_no_person_and_no_paper(signed_in, manager, world):
    client = signed_in(manager)

    assert hits(client.get("/tim-kiem/?q=dao")) == {}
    assert hits(client.get("/tim-kiem/?q=xa+mau")) == {"Tổ chức": ["Đảng ủy xã Mẫu"]}


@pytest.mark.parametrize("text", ["", "   ", "%", "'; --", "_", "khong-co-gi-nhu-the", "x" * 5000])
def test_odd_words_find_nothing_and_break_nothing(signed_in, an, world, text):
    answer = signed_in(an).get("/tim-kiem/", {"q": text})

    assert (answer.status_code, hits(answer)) == (200, {})


def test_what_was_looked_for_is_shown_as_text(signed_in, an):
    page = signed_in(an).get("/tim-kiem/", {"q": "<img src=x onerror=alert(1)>"}).content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_number_of_queries_does_not_grow(signed_in, an, cell, y2024, rows, django_assert_num_queries):
    client = signed_in(an)
    client.get("/")
    for number in range(rows):
        body = makers.make_organization(name=f"Chi bộ Suối {number}", parent=cell)
        makers.make_member(organization=body, full_name=f"Suối {number}")
        makers.make_candidate(organization=body, full_name=f"Suối {number}")
        makers.make_report(organization=body, period=y2024, by=an)
        makers.make_registration(organization=body, title=f"Suối {number}", periods=[y2024], by=an)
        makers.make_speech(organization=body, period=y2024, title=f"Suối {number}", by=an)

    with django_assert_num_queries(12):
        answer = client.get("/tim-kiem/?q=suoi")

    assert [len(kind.hits) for kind in answer.context["found"]] == [min(rows, 10)] * 6
    assert {kind.more for kind in answer.context["found"]} == {rows > 10}
