"""Registrations of working models: written, sent up, found, never overwritten."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from models_registry.models import Registration
from organizations.models import Assignment, LogEntry, Right
from organizations.review import Status, StepRefused
from tests import makers


def url(name, *args):
    return reverse(f"models_registry:{name}", args=args)


@pytest.fixture
def basis(cell):
    return makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 28), subject="phát triển đảng viên")


@pytest.fixture
def data(y2024, basis):
    return {
        "title": "Ngày thứ sáu nghe dân nói",
        "field": "dialogue",
        "periods": [y2024.pk],
        "basis": [basis.pk],
        "launched_on": "29/03/2024",
        "working_group_size": "18",
        "situation": "Trước đây ít gặp dân.",
        "method": "Mỗi tháng một buổi.\n- Luân phiên các thôn.",
        "novelty": "",
        "results": "",
        "limits": "",
        "next_steps": "",
    }


@pytest.fixture
def registration(an, cell, y2024, basis):
    registration = makers.make_registration(
        organization=cell, title="Ngày thứ sáu nghe dân nói", periods=[y2024], by=an, situation="Trước đây ít gặp dân.", method="Mỗi tháng một buổi."
    )
    registration.basis.add(basis)
    return registration


PAGES = ["list", "add"]
OBJECT_PAGES = ["show", "edit", "history"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_works_for_an_and_asks_a_visitor_to_sign_in(name, an, client, signed_in):
    assert client.get(url(name)).status_code == 302
    assert signed_in(an).get(url(name)).status_code == 200


@pytest.mark.parametrize("name", OBJECT_PAGES)
def test_a_page_of_a_registration_works_for_an_and_is_not_there_for_chi(name, an, chi, manager, registration, client, signed_in):
    address = url(name, registration.pk)

    assert client.get(address).status_code == 302
    assert signed_in(an).get(address).status_code == 200
    assert signed_in(chi).get(address).status_code == 404
    assert signed_in(manager).get(address).status_code == 404
    assert signed_in(an).get(url(name, 999_999)).status_code == 404


def test_every_page_survives_an_empty_portal(an, signed_in):
    for name in PAGES:
        assert signed_in(an).get(url(name)).status_code == 200


def test_an_registers_a_model_with_all_its_parts(an, cell, y2024, basis, data, signed_in):
    response = signed_in(an).post(url("add"), data)

    registration = Registration.objects.get()
    assert (response.status_code, response.url) == (302, registration.get_absolute_url())
    assert (registration.title, registration.organization, registration.status) == ("Ngày thứ sáu nghe dân nói", cell, "draft")
    assert (registration.launched_on, registration.working_group_size) == (dt.date(2024, 3, 29), 18)
    assert registration.method == "Mỗi tháng một buổi.\n- Luân phiên các thôn."
    assert (list(registration.periods.all()), list(registration.basis.all())) == ([y2024], [basis])
    line = LogEntry.objects.about(registration).get()
    assert (line.action, line.after["title"], line.after["years"], line.after["basis"]) == (
        "create", "Ngày thứ sáu nghe dân nói", ["2024"], [basis.citation],
    )  # fmt: skip


def test_whoever_writes_for_several_branches_picks_the_body_first(cell, other_cell, data, signed_in):
    account = makers.make_account(rights=[Right.WRITE], organization=cell)
    Assignment.objects.create(account=account, right=Right.WRITE, organization=other_cell, valid_from=makers.LONG_AGO)
    client = signed_in(account)

    assert "to_chuc" in client.get(url("add")).context["form"].fields
    client.post(f"{url('add')}?to_chuc={other_cell.pk}", {**data, "basis": []})

    assert Registration.objects.get().organization == other_cell


def test_an_does_not_register_for_a_body_out_of_reach(an, other_cell, data, signed_in):
    response = signed_in(an).post(f"{url('add')}?to_chuc={other_cell.pk}", data)

    assert "to_chuc" in response.context["form"].errors
    assert not Registration.objects.exists()


def test_whoever_writes_nowhere_registers_nothing(binh, district, data, signed_in):
    assert signed_in(binh).post(url("add"), data).status_code == 403


def test_a_document_out_of_reach_is_no_basis(an, other_cell, data, signed_in):
    foreign = makers.make_reference(organization=other_cell, number=77, symbol="KH/ĐU")

    signed_in(an).post(url("add"), {**data, "basis": [foreign.pk]})
    typed = signed_in(an).post(url("add"), {**data, "title": "Tuyến đường hoa", "basis": "77-KH/ĐU"})

    assert [list(registration.basis.all()) for registration in Registration.objects.all()] == [[]]
    assert "basis" in typed.context["form"].errors


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"launched_on": "32/13/2024"}, "launched_on", "Không có ngày 32/13/2024. Đồng chí muốn nhập 31/12/2024, 31/01/2024 hay 31/03/2024?"),
        ({"working_group_size": "mười tám"}, "working_group_size", "Số thành viên chỉ gồm chữ số, ví dụ 18."),
        ({"working_group_size": "0"}, "working_group_size", "Nhập số thành viên từ 1 trở lên, hoặc để trống."),
        ({"periods": []}, "periods", "Chọn ít nhất một năm đăng ký."),
    ],
)
def test_what_is_wrong_is_told_at_its_place_and_nothing_typed_is_lost(change, field, sentence, an, cell, data, signed_in):
    response = signed_in(an).post(url("add"), {**data, **change})

    assert response.context["form"].errors == {field: [sentence]}
    assert "- Luân phiên các thôn." in response.content.decode()
    assert not Registration.objects.exists()


def test_extra_fields_change_nothing(an, chi, registration, other_cell, data, signed_in):
    extra = {"status": "approved", "organization": other_cell.pk, "decided_by": chi.pk, "search": "x", "id": "77", "version": registration.version}

    signed_in(an).post(url("edit", registration.pk), {**data, **extra})

    registration.refresh_from_db()
    assert (registration.status, registration.organization_id, registration.decided_by) == ("draft", an.assignments.first().organization_id, None)
    assert registration.version == 2


def test_of_two_who_write_the_second_sees_both_and_loses_nothing(an, cell, registration, data, signed_in):
    client = signed_in(an)
    registration.write(by=an, seen_version=1, periods=registration.periods.all(), basis=[], method="Cách của người kia.")

    late = client.post(url("edit", registration.pk), {**data, "method": "Cách của tôi.", "version": 1})

    html = late.content.decode()
    assert late.status_code == 409
    assert "Cách của người kia." in html
    assert "Cách của tôi." in html
    assert Registration.objects.get(pk=registration.pk).method == "Cách của người kia."
    assert '<input type="hidden" name="version" value="2"' in html
    again = client.post(url("edit", registration.pk), {**data, "method": "Cách của tôi.", "version": 2})
    assert again.status_code == 302
    assert Registration.objects.get(pk=registration.pk).method == "Cách của tôi."


def test_what_is_typed_while_somebody_sends_it_up_is_not_lost(an, registration, data, signed_in):
    """The form was open when the paper went up: the page keeps the words and says why they were not saved."""
    registration.take("submit", by=an)

    late = signed_in(an).post(url("edit", registration.pk), {**data, "method": "Cách của tôi.", "version": 1})

    assert late.status_code == 409
    assert "Cách của tôi." in late.content.decode()
    assert Registration.objects.get(pk=registration.pk).method == "Mỗi tháng một buổi."


def test_a_closed_paper_asks_nothing_about_what_cannot_be_saved(an, registration, data, signed_in):
    registration.take("submit", by=an)

    late = signed_in(an).post(url("edit", registration.pk), {**data, "title": "", "method": "Cách của tôi."})

    assert late.status_code == 409
    assert "Cách của tôi." in late.content.decode()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.LOCKED])
def test_a_registration_that_is_not_open_is_not_written(status, an, binh, cell, signed_in):
    registration = makers.make_registration(organization=cell, status=status, by=an, reviewer=binh)

    assert signed_in(an).get(url("edit", registration.pk)).status_code == 409
    with pytest.raises(StepRefused):
        registration.write(by=an, seen_version=1, periods=[], basis=[], title="Khác")
    assert Registration.objects.get(pk=registration.pk).title == registration.title


@pytest.mark.parametrize("right", [Right.ENTER, Right.REVIEW])
def test_those_who_work_beside_it_read_a_draft_and_do_not_write_it(right, cell, registration, data, signed_in):
    account = makers.make_account(rights=[right], organization=cell)

    assert signed_in(account).get(url("show", registration.pk)).status_code == 200
    assert signed_in(account).get(url("edit", registration.pk)).status_code == 403
    assert signed_in(account).post(url("edit", registration.pk), data).status_code == 403


def test_a_reader_sees_it_when_it_is_final(binh, an, cell, signed_in):
    reader = makers.make_account(rights=[Right.READ], organization=cell)
    final = makers.make_registration(organization=cell, status=Status.APPROVED, by=an, reviewer=binh)
    draft = makers.make_registration(organization=cell)

    assert signed_in(reader).get(url("show", final.pk)).status_code == 200
    for name in OBJECT_PAGES:
        assert signed_in(reader).get(url(name, draft.pk)).status_code == 404


def test_problems_say_what_is_missing_and_what_looks_odd(cell, y2024, basis):
    basis.issued_on = dt.date(2024, 6, 1)
    basis.save()
    registration = makers.make_registration(organization=cell, periods=[y2024], launched_on=dt.date(2023, 3, 29))
    registration.basis.add(basis)

    assert [(problem.where, problem.severity) for problem in registration.problems()] == [
        ("situation", "error"),
        ("method", "error"),
        ("novelty", "warning"),
        ("results", "warning"),
        ("launched_on", "warning"),
        ("basis", "warning"),
    ]
    registration.periods.clear()
    registration.basis.clear()
    assert {"periods", "basis"} <= {problem.where for problem in registration.problems()}


def test_the_snapshot_keeps_every_part(registration, basis):
    snapshot = registration.snapshot()

    assert snapshot["title"] == "Ngày thứ sáu nghe dân nói"
    assert (snapshot["years"], snapshot["basis"], snapshot["version"]) == (["2024"], [basis.citation], 1)
    assert {"situation", "method", "novelty", "results", "limits", "next_steps", "launched_on", "field", "working_group_size"} <= snapshot.keys()


def test_authors_are_those_who_wrote_or_sent_it(an, binh, registration, cell):
    other = makers.make_account(rights=[Right.WRITE], organization=cell)
    LogEntry.write("create", by=other, about=registration)
    LogEntry.write("download", by=binh, about=registration)

    registration.take("submit", by=an)

    assert registration.authors() == {an.pk, other.pk}


def test_the_database_refuses_an_empty_working_group(registration):
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=registration.pk).update(working_group_size=0)
    Registration.objects.filter(pk=registration.pk).update(working_group_size=1)


# --- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_shows_the_chosen_year_and_filters(an, binh, cell, y2023, y2024, signed_in):
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=cell)
    old = makers.make_registration(organization=cell, title="Mô hình cũ", periods=[y2023])
    both = makers.make_registration(organization=leaf, title="Đối thoại thứ sáu", periods=[y2023, y2024], field="members")
    new = makers.make_registration(organization=cell, title="Dân vận khéo", periods=[y2024], status="submitted", by=an)
    client = signed_in(an)

    def found(**filters):
        return set(client.get(url("list"), filters).context["page"])

    assert found() == {both, new}
    assert found(nam="") == {old, both, new}
    assert found(nam="2023") == {old, both}
    assert found(linh_vuc="members") == {both}
    assert found(trang_thai="submitted") == {new}
    assert found(to_chuc="chi bo thon 1") == {both}
    assert found(to_chuc=str(cell.pk), nam="") == {old, both, new}
    assert found(q="doi thoai") == {both}
    assert found(nam="1850", trang_thai="x", linh_vuc="__class__") == {old, both, new}


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_same_number_of_queries(rows, an, cell, y2024, signed_in, django_assert_num_queries):
    for _ in range(rows):
        makers.make_registration(organization=makers.make_organization(parent=cell), periods=[y2024])
    client = signed_in(an)
    client.get(url("list"))

    with django_assert_num_queries(11):
        assert client.get(url("list")).status_code == 200


def test_the_page_of_one_takes_few_queries(an, registration, signed_in, django_assert_num_queries):
    client = signed_in(an)
    client.get(url("list"))

    with django_assert_num_queries(24):
        assert client.get(url("show", registration.pk)).status_code == 200


def test_the_text_of_a_model_is_escaped(an, cell, signed_in):
    registration = makers.make_registration(organization=cell, title="<b>x</b>", situation="<script>alert(1)</script>")

    html = signed_in(an).get(url("show", registration.pk)).content.decode()

    assert "<script>alert" not in html
    assert "<b>x" not in html
