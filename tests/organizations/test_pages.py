"""Each page of the room: works for An, sends a visitor to the login, is 404 for Chi; each list asks the same number of queries."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.models import LogEntry, Right
from tests import makers


@pytest.fixture
def member(cell):
    return makers.make_member(organization=cell, full_name="Nguyễn Văn Thử")


@pytest.fixture
def reference(cell):
    return makers.make_reference(organization=cell, symbol="KH/ĐU", number=38, issued_on=dt.date(2023, 12, 28))


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


PAGES = ["tree", "search", "kinds", "registers", "members", "add_member", "references", "add_reference", "own_account", "log"]
OBJECT_PAGES = [
    ("show", "cell"),
    ("branch", "cell"),
    ("member", "member"),
    ("edit_member", "member"),
    ("reference", "reference"),
    ("edit_reference", "reference"),
]
MANAGERS_PAGES = ["found", "add_kind", "accounts", "add_account"]
MANAGERS_OBJECT_PAGES = [
    ("change", "cell"),
    ("end", "cell"),
    ("account", "an"),
    ("edit_account", "an"),
    ("give_rights", "an"),
]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_works_for_an_and_asks_a_visitor_to_sign_in(name, an, client, signed_in):
    visitor = client.get(url(name))

    assert (visitor.status_code, visitor.url.partition("?")[0]) == (302, reverse("sign_in"))
    assert signed_in(an).get(url(name)).status_code == 200


@pytest.mark.parametrize(("name", "thing"), OBJECT_PAGES)
def test_a_page_of_a_thing_works_for_an_and_is_not_there_for_chi(name, thing, an, chi, client, signed_in, request):
    address = url(name, request.getfixturevalue(thing).pk)

    assert client.get(address).status_code == 302
    assert signed_in(an).get(address).status_code == 200
    assert signed_in(chi).get(address).status_code == 404
    assert signed_in(an).get(url(name, 999_999)).status_code == 404


@pytest.mark.parametrize("name", MANAGERS_PAGES)
def test_managing_is_for_managers(name, an, manager, client, signed_in):
    assert client.get(url(name)).status_code == 302
    assert signed_in(an).get(url(name)).status_code == 403
    assert signed_in(manager).get(url(name)).status_code == 200


@pytest.mark.parametrize(("name", "thing"), MANAGERS_OBJECT_PAGES)
def test_managing_a_thing_is_for_managers_of_its_branch(name, thing, an, chi, manager, client, signed_in, request):
    address = url(name, request.getfixturevalue(thing).pk)

    assert client.get(address).status_code == 302
    assert signed_in(chi).get(address).status_code == 404
    assert signed_in(manager).get(address).status_code == 200
    assert signed_in(manager).get(url(name, 999_999)).status_code == 404


@pytest.mark.parametrize("name", ["change", "end"])
def test_an_does_not_change_the_tree(name, an, cell, signed_in):
    assert signed_in(an).get(url(name, cell.pk)).status_code == 403


def test_every_page_survives_an_account_without_rights(client, db, signed_in):
    nobody = makers.make_account()

    for name in ("tree", "kinds", "own_account", "log", "members", "references"):
        assert signed_in(nobody).get(url(name)).status_code == 200
    for name in ("registers", "accounts", "found", "add_member"):
        assert signed_in(nobody).get(url(name)).status_code == 403


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1000000000", "1e9", "1;DROP"])
@pytest.mark.parametrize("name", ["members", "references", "log"])
def test_a_page_number_out_of_range_gives_the_nearest_page(name, page, an, signed_in):
    assert signed_in(an).get(url(name), {"trang": page}).status_code == 200


@pytest.mark.parametrize("name", ["tree", "members", "references", "log", "accounts", "search"])
@pytest.mark.parametrize("text", ["'\"", "__class__", "_connector", "%", "\\", "%00x", "x" * 3000, "𝒳" * 50, "ⅩⅩ"])
def test_no_words_in_a_filter_break_a_list(name, text, manager, signed_in):
    keys = ("q", "to_chuc", "ngay", "tu", "nam", "viec", "quyen", "organization", "ten", "loai")

    assert signed_in(manager).get(url(name), dict.fromkeys(keys, text)).status_code in (200, 403)  # one by one: tests/security/test_filters.py


# --- the same number of queries for 1, 3 and 50 rows -----------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_members(rows, an, cell, signed_in, django_assert_num_queries):
    for n in range(rows):
        makers.make_member(organization=makers.make_organization(parent=cell), full_name=f"Nguyễn Văn Thử {n}")
    client = signed_in(an)
    client.get(url("members"))

    with django_assert_num_queries(10):
        assert client.get(url("members")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_references(rows, an, cell, signed_in, django_assert_num_queries):
    for _ in range(rows):
        makers.make_reference(organization=makers.make_organization(parent=cell))
    client = signed_in(an)
    client.get(url("references"))

    with django_assert_num_queries(9):  # one of them counts the numbered and the doubtful ones for the line above the list
        assert client.get(url("references")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_of_accounts(rows, manager, district, signed_in, django_assert_num_queries):
    for _ in range(rows):
        makers.make_account(rights=[Right.READ, Right.ENTER], organization=makers.make_organization(parent=district))
    client = signed_in(manager)
    client.get(url("accounts"))

    with django_assert_num_queries(9):
        assert client.get(url("accounts")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_tree(rows, binh, district, signed_in, django_assert_num_queries):
    for _ in range(rows):
        makers.make_organization(parent=makers.make_organization(parent=district))
    client = signed_in(binh)
    client.get(url("tree"))

    with django_assert_num_queries(8):
        assert client.get(url("tree")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_page_of_an_organization(rows, binh, district, signed_in, django_assert_num_queries):
    for _ in range(rows):
        makers.make_organization(parent=district)
    client = signed_in(binh)
    client.get(url("show", district.pk))

    with django_assert_num_queries(18):
        assert client.get(url("show", district.pk)).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_log(rows, auditor, an, cell, signed_in, django_assert_num_queries):
    for n in range(rows):
        body = makers.make_organization(parent=cell)
        LogEntry.write("change", by=an, about=body, before={"name": "Cũ"}, after={"name": f"Mới {n}"})
    client = signed_in(auditor)
    client.get(url("log"))

    with django_assert_num_queries(8):
        assert client.get(url("log")).status_code == 200
