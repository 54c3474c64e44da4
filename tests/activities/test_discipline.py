"""Discipline carried out: which form for whom, one total three ways, small numbers hidden beyond the reporting line."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from organizations.kinds import load_kinds
from organizations.models import LogEntry, Right
from partyreports.activities.discipline import KEYS, figures, tables
from partyreports.activities.models import Discipline
from partyreports.metrics.catalogue import load_catalogue
from partyreports.metrics.models import Indicator
from tests import makers
from tests.activities.inspecting import make_discipline, typed_discipline
from tests.exchanging import export, import_file

FORMS, TARGETS = Discipline.Form.values, Discipline.Target.values


def url(name, *args):
    return reverse(f"activities:{name}", args=args)


def test_every_figure_is_one_of_the_catalogue(db):
    load_kinds()
    load_catalogue()

    assert set(KEYS) <= {indicator.key for indicator in Indicator.objects.all()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_form_is_kept_for_those_it_can_be_for(target, form, cell):
    allowed = {
        "member": {"reprimand", "warning", "removal", "expulsion"},
        "probationary": {"reprimand", "warning"},
        "organisation": {"reprimand", "warning", "dissolution"},
    }[target]

    if form in allowed:
        make_discipline(organization=cell, target=target, form=form)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_discipline(organization=cell, target=target, form=form)


@pytest.mark.parametrize(
    ("facts", "added"),
    [
        (
            {"target": "member", "form": "removal", "authority": "inspection_commission", "count": 2, "committee_members": 1},
            {
                "members_disciplined": 2,
                "members_disciplined:dismissal": 2,
                "members_disciplined:by_commission": 2,
                "members_disciplined:committee_member": 1,
            },
        ),
        (
            {"target": "probationary", "form": "warning", "authority": "cell", "count": 1},
            {"members_disciplined": 1, "members_disciplined:warning": 1, "members_disciplined:by_cell": 1},
        ),
        (
            {"target": "organisation", "form": "dissolution", "authority": "committee", "count": 1},
            {"organisations_disciplined": 1, "organisations_disciplined:dissolution": 1},
        ),
    ],
)
def test_a_row_adds_to_the_figures_of_its_form_and_authority(facts, added):
    assert figures(Discipline(**facts)) == added


def test_the_total_is_the_same_by_form_by_authority_and_by_target(cell, y2024, django_assert_num_queries):
    for form, authority, number in (("reprimand", "cell", 15), ("warning", "committee", 20), ("removal", "inspection_commission", 10)):
        make_discipline(organization=cell, form=form, authority=authority, count=number)
    make_discipline(organization=cell, form="expulsion", count=17, committee_members=2)
    make_discipline(organization=cell, target="probationary", form="warning", authority="cell", count=1)
    make_discipline(organization=cell, target="organisation", form="warning", count=12)
    make_discipline(organization=cell, decided_on=dt.date(2023, 6, 5))
    rows = Discipline.objects.in_span(y2024.starts_on, y2024.ends_on)

    with django_assert_num_queries(1):
        members, organisations = tables(rows)

    assert [cell.amount for cell in members.by_form] == [15, 21, 10, 17]
    assert [sum(cell.amount for cell in cells) for _, cells in members.groups] == [63, 63, 63]
    assert (members.total.amount, members.committee_members.amount, organisations.total.amount) == (63, 2, 12)


@pytest.mark.parametrize(
    ("counts", "total", "by_form"),
    [
        ({"reprimand": 3}, "ẩn", ["ẩn", "ẩn", "ẩn", "ẩn"]),
        ({"reprimand": 6, "warning": 1}, "07", ["ẩn", "ẩn", "ẩn", "ẩn"]),
        ({"reprimand": 6, "warning": 5}, "11", ["06", "05", "0", "0"]),
        ({}, "0", ["0", "0", "0", "0"]),
    ],
)
def test_a_small_number_hides_what_it_could_be_found_from(counts, total, by_form, cell):
    for form, number in counts.items():
        make_discipline(organization=cell, form=form, count=number)

    members, _ = tables(Discipline.objects.all(), masked=True)

    assert (members.total.shown, [cell.shown for cell in members.by_form]) == (total, by_form)


def test_an_writes_a_line_and_only_the_reporting_line_reads_its_numbers(an, auditor, cell, y2024, signed_in):
    response = signed_in(an).post(url("add_discipline"), typed_discipline(count="2", committee_members="1"))

    row = Discipline.objects.get()
    assert (response.status_code, response.url) == (302, row.get_absolute_url())
    assert (row.organization, row.count, row.committee_members) == (cell, 2, 1)
    assert signed_in(an).get(row.get_absolute_url()).status_code == 200
    client = signed_in(auditor)
    assert client.get(row.get_absolute_url()).status_code == 404
    page = client.get(url("disciplines"))
    assert (list(page.context["page"]), page.context["tables_beyond"][0].total.shown) == ([], "ẩn")
    signed_in(an).post(url("edit_discipline", row.pk), typed_discipline(count="3"))
    entry = next(entry for entry in signed_in(auditor).get(reverse("organizations:log")).context["page"] if entry.action == "change")
    assert entry.subject_title == "thi hành kỷ luật ngày 05/06/2024"
    assert {words for _, before, after in entry.differences for words in (before, after)} == {"ẩn"}


def test_a_filter_tells_no_more_beyond_the_reporting_line(auditor, cell, district, y2024, signed_in):
    make_discipline(organization=cell, count=3)
    make_discipline(organization=district, form="warning", count=6)
    client = signed_in(auditor)

    shown = [
        client.get(url("disciplines"), filters).context["tables_beyond"][0].total.shown
        for filters in ({}, {"to_chuc": cell.pk}, {"hinh_thuc": "warning"}, {"nam": ""})
    ]

    assert shown == ["09", "09", "09", "09"]


def test_numbers_of_his_own_line_are_not_mixed_with_those_he_only_audits(cell, other_cell, district, y2024, signed_in):
    both = makers.make_account(rights=[Right.AUDIT], organization=district)
    both.assignments.create(right=Right.ENTER, organization=cell, valid_from=makers.LONG_AGO)
    own = make_discipline(organization=cell, count=9)
    make_discipline(organization=other_cell, count=1)

    page = signed_in(both).get(url("disciplines"))

    assert (list(page.context["page"]), page.context["tables"][0].total.shown) == ([own], "09")
    assert page.context["tables_beyond"][0].total.shown == "ẩn"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        (
            {"target": "probationary", "form": "removal"}, "form",
            "Đối với đảng viên dự bị chỉ áp dụng khiển trách hoặc cảnh cáo.",
        ),
        ({"target": "organisation", "form": "expulsion"}, "form", "Đối với tổ chức đảng chỉ áp dụng khiển trách, cảnh cáo hoặc giải tán."),
        ({"committee_members": "2"}, "committee_members", "Không thể nhiều hơn số bị kỷ luật (1)."),
        (
            {"target": "organisation", "committee_members": "1"}, "committee_members",
            "Kỷ luật tổ chức thì không ghi số cấp ủy viên: để trống ô này.",
        ),
        ({"count": "0"}, "count", "Nhập số từ 1 trở lên."),
        ({"authority": "advisory"}, "authority", None),
        ({"decided_on": "31/06/2024"}, "decided_on", None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_place(change, field, sentence, an, cell, signed_in):
    response = signed_in(an).post(url("add_discipline"), typed_discipline(**change))

    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]
    assert not Discipline.objects.exists()


def test_a_removal_without_a_post_is_asked_about(an, cell, signed_in):
    asked = signed_in(an).post(url("add_discipline"), typed_discipline(form="removal"))

    assert asked.context["form"].asked == ["Cách chức chỉ áp dụng với người đang giữ chức vụ trong Đảng: nhập số cấp ủy viên, nếu có."]


def test_a_wrong_line_is_withdrawn_and_counts_no_more(an, cell, y2024, signed_in):
    row, client = make_discipline(organization=cell), signed_in(an)

    client.post(url("withdraw_discipline", row.pk), {"reason": "Ghi nhầm năm"})

    page = client.get(url("disciplines"))
    assert (list(page.context["page"]), page.context["tables"][0].total.amount) == ([], 0)
    assert client.get(url("edit_discipline", row.pk)).status_code == 409
    assert LogEntry.objects.about(row).last().note == "Ghi nhầm năm"


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_as_often_for_many_rows_as_for_one(rows, an, cell, y2024, signed_in, django_assert_num_queries):
    for n in range(rows):
        make_discipline(organization=cell, decided_on=dt.date(2024, 1, 1) + dt.timedelta(days=n))
    client = signed_in(an)
    client.get(url("disciplines"))

    with django_assert_num_queries(9):
        client.get(url("disciplines"))


def test_what_is_exported_comes_back_unchanged(an, cell):
    make_discipline(organization=cell, count=2, committee_members=1)
    make_discipline(organization=cell, target="organisation", form="warning")

    outcome = import_file("ky-luat", by=an, content=export("ky-luat", by=an))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_the_form_of_a_standing_row_leads_back_to_it(an, cell, y2024, signed_in):
    decision, client = make_discipline(organization=cell), signed_in(an)
    standing, new = (client.get(address).content.decode() for address in (f"{decision.get_absolute_url()}sua/", reverse("activities:add_discipline")))

    back = f'<a class="btn btn-link" href="{decision.get_absolute_url()}">Không lưu</a>'
    assert (back in standing, "và thêm dòng khác" in standing) == (True, False)
    assert "Lưu và thêm dòng khác" in new
