"""Numbers of sensitive groups: for those who type, write, review or lock; nobody else learns one from a report."""

from decimal import Decimal

import pytest

from organizations.models import Right
from organizations.review import Status
from partyreports.metrics.models import BalanceRule, RuleTerm, YearlyReport
from partyreports.vietnamese import Entry
from tests.makers import make_account, make_form, make_indicator, make_report
from tests.metrics.events import make_discipline

PAGES = ["", "lich-su/", "lich-su/members_admitted:religious/", "so-sanh/"]


@pytest.fixture
def report(cell, y2023, y2024, an, binh):
    """An approved report with one religious member among 9 admitted, changed since; last year there were two."""
    whole = make_indicator(code="members_admitted", name="Kết nạp")
    group = make_indicator(code="members_admitted", breakdown="religious", name="Kết nạp người có đạo", part_of=whole, part_kind="overlap")
    share = make_indicator(
        code="share", breakdown="x", name="Tỷ lệ có đạo", kind="ratio", adds="ratio", decimals=2, numerator=group, denominator=whole
    )
    rule = BalanceRule.objects.create(code="jump", operator="<=", severity="warning", sentence="Có đạo {left}, năm trước {right}.")
    RuleTerm.objects.create(rule=rule, side="left", indicator=group)
    RuleTerm.objects.create(rule=rule, side="right", indicator=group, is_previous=True)
    make_form(indicators=[whole, group, share])
    make_report(organization=cell, period=y2023, status=Status.LOCKED, figures={whole: 71, group: 61})
    report = make_report(organization=cell, period=y2024, by=an)
    report.write_many([(whole, Entry("given", Decimal(93)), 0), (group, Entry("given", Decimal(62)), 0)], by=an)
    report.take("submit", by=an)
    report.take("approve", by=binh)
    report.take("return", by=binh, note="Sửa.")
    report.write(group, Entry("given", Decimal(63)), by=an, seen_version=1)
    report.take("submit", by=an)
    YearlyReport.objects.filter(pk=report.pk).update(status=Status.APPROVED, decided_by=binh, decided_at=report.submitted_at)
    return report


def told(response):
    html = response.content.decode()
    return {number for number in ("61", "62", "63", "67,74%") if f">{number}<" in html or f"Có đạo {number}" in html}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("right", [Right.READ, Right.AUDIT])
def test_whoever_may_only_read_is_told_none_of_them(report, district, signed_in, right, page):
    reader = make_account(rights=[right], organization=district)

    response = signed_in(reader).get(f"/bao-cao/{report.pk}/{page}")

    assert response.status_code == 200
    assert told(response) == set()
    assert "ẩn" in response.content.decode()


@pytest.mark.parametrize(
    ("page", "numbers"),
    [("", {"61", "63", "67,74%"}), ("lich-su/", {"62", "63"}), ("lich-su/members_admitted:religious/", {"62", "63"}), ("so-sanh/", {"62", "63"})],
)
@pytest.mark.parametrize("right", [Right.ENTER, Right.WRITE, Right.REVIEW, Right.LOCK])
def test_the_reporting_line_is_told_all_of_them(report, district, signed_in, right, page, numbers):
    worker = make_account(rights=[right], organization=district)

    response = signed_in(worker).get(f"/bao-cao/{report.pk}/{page}")

    assert told(response) == numbers


def test_other_numbers_stay_in_sight(report, district, signed_in):
    html = signed_in(make_account(rights=[Right.READ], organization=district)).get(f"/bao-cao/{report.pk}/").content.decode()

    assert ">93<" in html
    assert ">71<" in html


@pytest.mark.parametrize("code", ["members_disciplined", "organisations_disciplined", "violation_found_members"])
def test_discipline_of_a_named_body_is_for_the_reporting_line_alone(cell, y2024, district, binh, signed_in, code):
    indicator = make_indicator(code=code, name="Số bị kỷ luật")
    make_form(indicators=[indicator])
    report = make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={indicator: 64})
    make_discipline(organization=cell)
    reader = make_account(rights=[Right.READ], organization=district)

    pages = {who: signed_in(who).get(f"/bao-cao/{report.pk}/").content.decode() for who in (reader, binh)}
    events = {who: signed_in(who).get(f"/bao-cao/{report.pk}/so/{code}/").status_code for who in (reader, binh)}

    assert [">64<" in pages[who] for who in (reader, binh)] == [False, True]
    assert events == {reader: 404, binh: 200}
