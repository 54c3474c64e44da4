"""Changing the tree on its pages: told first, written second, logged."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.models import LogEntry, Organization, OrganizationKind, Right
from tests import makers

JULY = dt.date(2025, 7, 1)


@pytest.fixture
def kind(district):
    return makers.make_kind(code="chi-bo", name="Chi bộ")


def post_twice(client, address, data):
    """Send a form, then send it again as the page that asks gives it back."""
    asked = client.post(address, data)
    assert asked.status_code == 200, asked.url
    form = asked.context["form"]
    assert form.errors == {}
    return asked, client.post(address, {**data, "confirmed": form.answer, "seen": form.seen})


def facts(organization, **others):
    version = organization.version()
    data = {name: getattr(version, name) for name in ("name", "party_name", "heading", "symbol", "place")}
    data |= {"kind": version.kind_id, "basis": "Nghị quyết 1671/NQ-UBTVQH15", "on": "01/07/2025"}
    if version.parent:
        data["parent"] = version.parent.name
    return data | others


def test_a_manager_founds_a_body_after_being_told(manager, district, kind, signed_in):
    data = {"on": "01/07/2025", "name": "Chi bộ thôn 1", "kind": kind.pk, "parent": "huyen uy don duong", "external_code": "51.012"}

    asked, written = post_twice(signed_in(manager), reverse("organizations:found"), data)

    assert asked.context["form"].asked == ["Từ ngày 01/07/2025, “Chi bộ thôn 1” đứng dưới “Huyện ủy Đơn Dương” trong cây tổ chức."]
    body = Organization.objects.get(external_code="51.012")
    assert (written.status_code, written.url) == (302, body.get_absolute_url())
    assert (body.version().name, body.version().parent, body.founded_on) == ("Chi bộ thôn 1", district, JULY)
    line = LogEntry.objects.about(body).get()
    assert (line.action, line.actor_name, line.after["name"], line.organization_pk) == ("found", "Võ Văn Quản", "Chi bộ thôn 1", body.pk)


def test_a_name_that_is_there_already_is_asked_about(manager, cell, kind, signed_in):
    data = {"on": "01/07/2025", "name": "Dang uy xa mau", "kind": kind.pk, "parent": "Huyện ủy Đơn Dương"}

    asked = signed_in(manager).post(reverse("organizations:found"), data).context["form"].asked

    assert asked[1] == "Đã có tổ chức tên gần như vậy: “Đảng ủy xã Mẫu”. Kiểm tra để không lập trùng."


def test_other_content_is_asked_about_anew(manager, district, kind, signed_in):
    client, address = signed_in(manager), reverse("organizations:found")
    data = {"on": "01/07/2025", "name": "Chi bộ thôn 1", "kind": kind.pk, "parent": "Huyện ủy Đơn Dương"}
    answer = client.post(address, data).context["form"].answer

    changed = client.post(address, {**data, "name": "Chi bộ thôn 2", "confirmed": answer})

    assert changed.status_code == 200
    assert Organization.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"on": "32/13/2024"}, "on", "Không có ngày 32/13/2024. Đồng chí muốn nhập 31/12/2024, 31/01/2024 hay 31/03/2024?"),
        ({"on": "01/01/1990"}, "on", "“Huyện ủy Đơn Dương” không hoạt động trong thời gian này: chọn cấp trên khác hoặc ngày khác."),
        ({"parent": ""}, "parent", "Gõ tên tổ chức (không cần dấu) rồi chọn trong danh sách hiện ra."),
        ({"external_code": "abc"}, "external_code", "Mã chỉ gồm chữ số và dấu chấm, ví dụ 51.012.003.000.001."),
    ],
)
def test_what_cannot_be_founded_is_told_at_its_place(change, field, sentence, manager, district, kind, signed_in):
    data = {"on": "01/07/2025", "name": "Chi bộ thôn 1", "kind": kind.pk, "parent": "Huyện ủy Đơn Dương", **change}

    response = signed_in(manager).post(reverse("organizations:found"), data)

    assert response.context["form"].errors == {field: [sentence]}
    assert 'value="Chi bộ thôn 1"' in response.content.decode()
    assert Organization.objects.count() == 1


def test_a_manager_renames_and_moves_a_branch_after_being_told(manager, cell, other_cell, signed_in):
    for n in range(3):
        makers.make_organization(name=f"Chi bộ {n}", parent=cell)
    data = facts(cell, name="Đảng ủy xã Đơn Dương", parent="dang uy xa ben")

    asked, written = post_twice(signed_in(manager), reverse("organizations:change", args=[cell.pk]), data)

    assert asked.context["form"].asked == [
        "Từ ngày 01/07/2025, tên tổ chức: “Đảng ủy xã Mẫu” → “Đảng ủy xã Đơn Dương”.",
        "Từ ngày 01/07/2025, cấp trên trực tiếp: “Huyện ủy Đơn Dương” → “Đảng ủy xã Bên”.",
        "03 tổ chức trực thuộc chuyển theo từ cùng ngày; quyền của các tài khoản tính theo cây mới.",
        "Văn bản và số liệu trước ngày này giữ nguyên tên và cấp trên cũ.",
    ]
    assert written.status_code == 302
    assert (cell.version(on=JULY).name, cell.version(on=JULY).parent) == ("Đảng ủy xã Đơn Dương", other_cell)
    assert cell.version(on=JULY - dt.timedelta(1)).name == "Đảng ủy xã Mẫu"
    line = LogEntry.objects.about(cell).get()
    assert (line.action, line.before["name"], line.after["name"]) == ("change", "Đảng ủy xã Mẫu", "Đảng ủy xã Đơn Dương")
    assert line.note == "Nghị quyết 1671/NQ-UBTVQH15"


def test_a_change_that_changes_nothing_is_refused(manager, cell, signed_in):
    response = signed_in(manager).post(reverse("organizations:change", args=[cell.pk]), facts(cell))

    assert response.context["form"].non_field_errors() == ["Chưa có thông tin nào thay đổi: sửa ít nhất một mục, hoặc bấm “Không lưu”."]


def test_a_body_is_not_put_under_its_own_branch(manager, cell, signed_in):
    makers.make_organization(name="Chi bộ con", parent=cell)

    response = signed_in(manager).post(reverse("organizations:change", args=[cell.pk]), facts(cell, parent="Chi bộ con"))

    assert response.context["form"].errors == {"parent": ["Không thể đặt tổ chức dưới chính nó hoặc dưới tổ chức trực thuộc của nó."]}
    assert cell.versions.count() == 1


def test_a_manager_of_a_branch_does_not_move_its_head_or_reach_outside(cell, other_cell, signed_in):
    local = makers.make_account(rights=[Right.MANAGE], organization=cell)
    leaf = makers.make_organization(name="Chi bộ con", parent=cell)
    client = signed_in(local)

    head = client.get(reverse("organizations:change", args=[cell.pk]))
    assert "parent" not in head.context["form"].fields
    away = client.post(reverse("organizations:change", args=[leaf.pk]), facts(leaf, parent="Đảng ủy xã Bên"))
    assert list(away.context["form"].errors) == ["parent"]
    assert client.get(reverse("organizations:change", args=[other_cell.pk])).status_code == 404


def test_a_change_follows_one_that_is_already_written_for_later(manager, cell, signed_in):
    cell.change(on=dt.date(2030, 1, 1), name="Đảng ủy xã Tương Lai")

    data = facts(cell, name="Đảng ủy xã Sau Nữa", on="01/01/2031")
    asked = signed_in(manager).post(reverse("organizations:change", args=[cell.pk]), data).context["form"].asked

    assert asked[0] == "Từ ngày 01/01/2031, tên tổ chức: “Đảng ủy xã Tương Lai” → “Đảng ủy xã Sau Nữa”."


def test_a_manager_ends_a_body_after_being_told(manager, cell, signed_in):
    makers.make_member(organization=cell)
    data = {"on": "01/07/2025", "basis": "Nghị quyết 1671/NQ-UBTVQH15"}

    asked, written = post_twice(signed_in(manager), reverse("organizations:end", args=[cell.pk]), data)

    assert len(asked.context["form"].asked) == 3
    assert asked.context["form"].asked[1] == "Còn 01 đảng viên đang sinh hoạt tại đây: dùng “Chuyển toàn bộ đảng viên” trong sổ đảng viên."
    assert written.status_code == 302
    assert Organization.objects.get(pk=cell.pk).ended_on == JULY
    assert LogEntry.objects.about(cell).get().action == "end"
    page = signed_in(manager).get(cell.get_absolute_url()).content.decode()
    assert "Tổ chức đã kết thúc hoạt động từ ngày 01/07/2025" in page


def test_whoever_ends_a_chi_bo_is_told_of_its_candidates_and_of_their_steps_after_that_day(manager, cell, signed_in):
    makers.make_candidate(organization=cell, days={"outstanding": dt.date(2025, 7, 15)})
    data = {"on": "01/07/2025", "basis": "Nghị quyết 1671/NQ-UBTVQH15"}

    asked, _ = post_twice(signed_in(manager), reverse("organizations:end", args=[cell.pk]), data)

    assert asked.context["form"].asked[1:3] == [
        "Còn 01 quần chúng ưu tú đang được theo dõi tại đây: chuyển sang chi bộ khác bằng “Sửa” trên trang của từng người.",
        "Từ ngày 01/07/2025 sổ còn 01 bước kết nạp đã ghi tại đây: các bước này không được đếm.",
    ]


def test_a_body_with_others_below_is_not_ended(manager, cell, signed_in):
    makers.make_organization(parent=cell)

    response = signed_in(manager).post(reverse("organizations:end", args=[cell.pk]), {"on": "01/07/2025", "basis": "NQ"})

    assert response.context["form"].errors == {"on": ["Còn 01 tổ chức trực thuộc sau ngày này: chuyển cấp trên hoặc kết thúc các tổ chức đó trước."]}


# --- looking ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_names_of_its_day(binh, cell, other_cell, signed_in):
    cell.change(on=JULY, name="Đảng ủy xã Đơn Dương", parent=other_cell)
    client = signed_in(binh)

    before = client.get(cell.get_absolute_url(), {"ngay": "30/06/2025"})
    after = client.get(cell.get_absolute_url())

    assert before.context["version"].name == "Đảng ủy xã Mẫu"
    assert [step.name for step, _ in before.context["above"]] == ["Huyện ủy Đơn Dương"]
    assert after.context["version"].name == "Đảng ủy xã Đơn Dương"
    assert [step.name for step, _ in after.context["above"]] == ["Huyện ủy Đơn Dương", "Đảng ủy xã Bên"]
    assert [step.name for step, _ in after.context["life"]] == ["Đảng ủy xã Mẫu", "Đảng ủy xã Đơn Dương"]
    assert client.get(cell.get_absolute_url(), {"ngay": "01/01/1990"}).status_code == 200


def test_what_stands_above_is_named_but_no_link(an, cell, district, signed_in):
    html = signed_in(an).get(cell.get_absolute_url()).content.decode()

    assert "Huyện ủy Đơn Dương" in html
    assert f'href="{district.get_absolute_url()}"' not in html


def test_the_tree_of_a_day_shows_its_bodies_alone(an, binh, cell, other_cell, signed_in):
    cell.end(on=JULY)
    tree = reverse("organizations:tree")

    then = signed_in(binh).get(tree, {"ngay": "30/06/2025"}).content.decode()
    now = signed_in(binh).get(tree).content.decode()

    assert "Đảng ủy xã Mẫu" in then
    assert "Đảng ủy xã Mẫu" not in now
    assert "Đảng ủy xã Bên" in now
    mine = signed_in(an).get(tree, {"ngay": "30/06/2025"}).content.decode()
    assert "Đảng ủy xã Mẫu" in mine
    assert "Đảng ủy xã Bên" not in mine
    assert signed_in(an).get(tree, {"ngay": "32/13/2024"}).status_code == 200


def test_a_level_comes_alone_for_htmx_and_in_pages_without(binh, district, signed_in):
    for n in range(103):
        makers.make_organization(name=f"Đảng ủy xã {n}", parent=district)
    client, address = signed_in(binh), reverse("organizations:branch", args=[district.pk])

    piece = client.get(address, headers={"HX-Request": "true"}).content.decode()
    page = client.get(address, {"trang": "2"}).content.decode()

    assert "<html" not in piece
    assert piece.count('class="tree-name"') == 100
    assert "Xem tiếp các tổ chức cùng cấp" in piece
    assert page.count('class="tree-name"') == 3


def test_the_search_stays_within_reach(an, binh, other_cell, signed_in):
    address = reverse("organizations:tree")

    assert [v.organization for v in signed_in(binh).get(address, {"q": "dang uy xa ben"}).context["page"]] == [other_cell]
    assert list(signed_in(an).get(address, {"q": "dang uy xa ben"}).context["page"]) == []


# --- kinds -----------------------------------------------------------------------------------------------------------


def test_a_manager_of_the_whole_tree_adds_and_edits_a_kind(manager, district, signed_in):
    client = signed_in(manager)
    data = {"code": "to-dang", "name": "Tổ đảng", "order": 9, "letterhead_style": "party", "parent_line": "party_body"}

    client.post(reverse("organizations:add_kind"), data)
    kind = OrganizationKind.objects.get(code="to-dang")
    client.post(reverse("organizations:kind", args=[kind.pk]), {**data, "name": "Tổ đảng thôn", "code": "khac"})

    kind.refresh_from_db()
    assert (kind.name, kind.code) == ("Tổ đảng thôn", "to-dang")
    added, changed = LogEntry.objects.about(kind)
    assert (added.action, changed.action) == ("add", "change")
    assert (changed.before["name"], changed.after["name"], changed.organization_pk) == ("Tổ đảng", "Tổ đảng thôn", district.pk)


def test_the_front_needs_its_standing_body(manager, signed_in):
    data = {"code": "mt", "name": "Mặt trận", "order": 9, "letterhead_style": "state", "parent_line": "own_name"}

    response = signed_in(manager).post(reverse("organizations:add_kind"), data)

    assert "Ghi tên cơ quan thường trực" in str(response.context["form"].errors)


def test_a_manager_of_a_branch_edits_no_kind(cell, signed_in):
    local = makers.make_account(rights=[Right.MANAGE], organization=cell)

    assert signed_in(local).get(reverse("organizations:add_kind")).status_code == 403
