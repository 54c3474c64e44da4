"""Reading a report, its life, its comparison with the approved one, its steps and its beginning."""

import datetime as dt
from decimal import Decimal

import pytest

from organizations.models import LogEntry, Right
from organizations.review import STEPS, Status
from partyreports.metrics.models import YearlyReport
from partyreports.vietnamese import Entry
from tests.makers import make_account, make_form, make_indicator, make_kind, make_organization, make_period, make_report

PAGES = ["", "nhap/", "lich-su/", "lich-su/members_admitted/", "so-sanh/", "buoc/submit/"]


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted", name="Đảng viên mới kết nạp")


@pytest.fixture
def form(admitted):
    return make_form(indicators=[admitted, make_indicator(code="youth", name="Đoàn viên")])


@pytest.fixture
def report(cell, y2024, an, admitted, form):
    report = make_report(organization=cell, period=y2024, by=an)
    report.write(admitted, Entry("given", Decimal(5)), by=an)
    return report


@pytest.fixture
def approved(report, form, an, binh):
    form.lines.update(is_required=False)
    report = YearlyReport.objects.get(pk=report.pk)
    report.take("submit", by=an)
    report.take("approve", by=binh)
    return report


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_for_an(report, an, signed_in, page):
    assert signed_in(an).get(f"/bao-cao/{report.pk}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_every_page_sends_a_visitor_to_the_login(report, client, page):
    assert client.get(f"/bao-cao/{report.pk}/{page}").url == f"/dang-nhap/?next=/bao-cao/{report.pk}/{page}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("person", ["chi", "manager"])
def test_every_page_is_unknown_to_others(request, report, signed_in, person, page):
    assert signed_in(request.getfixturevalue(person)).get(f"/bao-cao/{report.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["", "lich-su/", "lich-su/members_admitted/", "so-sanh/"])
def test_a_reader_sees_a_report_only_when_it_is_final(report, district, signed_in, page):
    reader = make_account(rights=[Right.READ], organization=district)
    client = signed_in(reader)
    assert client.get(f"/bao-cao/{report.pk}/{page}").status_code == 404

    YearlyReport.objects.filter(pk=report.pk).update(
        status=Status.APPROVED, submitted_by=reader, submitted_at=report.created_at,
        decided_by=make_account(), decided_at=report.created_at,
    )  # fmt: skip

    assert client.get(f"/bao-cao/{report.pk}/{page}").status_code == 200


def test_reports_of_other_periods_are_named_to_whoever_sees_them(approved, cell, y2023, an, district, signed_in):
    draft = make_report(organization=cell, period=y2023, by=an)
    reader = make_account(rights=[Right.READ], organization=district)

    seen = {who: list(signed_in(who).get(approved.get_absolute_url()).context["others"]) for who in (an, reader)}

    assert seen == {an: [draft], reader: []}


def test_an_unknown_report_cell_and_period_are_404(report, an, cell, signed_in):
    client = signed_in(an)

    for address in ["/bao-cao/999999/", f"/bao-cao/{report.pk}/lich-su/khong:co/", f"/bao-cao/ky/1900/{cell.pk}/", "/bao-cao/ky/2024/999999/"]:
        assert client.get(address).status_code == 404


def test_the_page_shows_each_figure_in_words(report, an, signed_in):
    response = signed_in(an).get(f"/bao-cao/{report.pk}/")

    assert [(cell.indicator.name, cell.shown) for cell in response.context["sheet"].cells] == [("Đảng viên mới kết nạp", "05"), ("Đoàn viên", "")]
    html = response.content.decode()
    assert "<h1>Báo cáo năm 2024 – Đảng bộ xã Mẫu</h1>" in html
    assert "Còn 1 ô phải nhập" in html


def test_only_lines_with_figures_are_shown_when_asked(report, an, signed_in):
    html = signed_in(an).get(f"/bao-cao/{report.pk}/?hien=co-so").content.decode()

    assert "Đảng viên mới kết nạp" in html
    assert "Đoàn viên" not in html


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("person", ["an", "binh"])
def test_the_buttons_are_the_steps_that_may_be_taken(request, cell, y2024, an, form, signed_in, person, status, name):
    report = make_report(organization=cell, period=y2024, status=status, by=an)
    user = request.getfixturevalue(person)

    response = signed_in(user).get(f"/bao-cao/{report.pk}/")

    shown = f'href="/bao-cao/{report.pk}/buoc/{name}/"' in response.content.decode()
    assert shown is (report.refusal(STEPS[name], user) is None)


def test_submitting_lists_what_is_missing_and_sends_nothing_up(report, an, signed_in):
    client = signed_in(an)

    response = client.post(f"/bao-cao/{report.pk}/buoc/submit/", {"seen_version": report.version})

    assert YearlyReport.objects.get().status == Status.DRAFT
    assert [problem.where for problem in response.context["problems"]] == ["youth"]


def test_a_report_goes_up_and_comes_back_with_its_reason(report, form, an, binh, client):
    form.lines.update(is_required=False)
    client.force_login(an, backend="partyreports.signin.AccountBackend")
    client.post(f"/bao-cao/{report.pk}/buoc/submit/", {"seen_version": report.version})
    client.force_login(binh, backend="partyreports.signin.AccountBackend")
    version = YearlyReport.objects.get().version

    client.post(f"/bao-cao/{report.pk}/buoc/return/", {"note": "Kiểm tra lại số kết nạp.", "seen_version": version})

    assert YearlyReport.objects.get().status == Status.RETURNED
    assert "Kiểm tra lại số kết nạp." in client.get(f"/bao-cao/{report.pk}/").content.decode()


def test_whoever_approves_reads_how_many_cells_are_empty_on_the_step_and_on_the_report(report, form, binh, signed_in, an):
    form.lines.update(is_required=False)
    report.take("submit", by=an)
    client = signed_in(binh)

    pages = [client.get(f"/bao-cao/{report.pk}/{path}").content.decode() for path in ("buoc/approve/", "")]

    assert all("Đã nhập 1/2 ô, còn 1 ô chưa nhập" in page for page in pages)


# History and comparison -------------------------------------------------------------------------------------------------


def test_the_history_tells_each_writing_before_and_after(report, admitted, an, signed_in):
    report.write(admitted, Entry("given", Decimal(245), "over"), by=an, seen_version=1)
    report.write(admitted, Entry("nothing"), by=an, seen_version=2)

    response = signed_in(an).get(f"/bao-cao/{report.pk}/lich-su/")

    told = [(each.who, each.name, each.before, each.after) for each in response.context["writings"]]
    assert told == [
        ("Trần Thị An", "Đảng viên mới kết nạp", "hơn 245", "không phát sinh"),
        ("Trần Thị An", "Đảng viên mới kết nạp", "5", "hơn 245"),
        ("Trần Thị An", "Đảng viên mới kết nạp", "chưa nhập", "5"),
    ]


def test_the_history_of_a_cell_is_its_own(report, an, signed_in, form):
    report.write(form.lines.last().indicator, Entry("given", Decimal(1)), by=an)

    response = signed_in(an).get(f"/bao-cao/{report.pk}/lich-su/youth/")

    assert [(each.key, each.after) for each in response.context["writings"]] == [("youth", "1")]


def test_a_report_never_approved_has_nothing_to_compare_with(report, an, signed_in):
    assert "chưa được duyệt lần nào" in signed_in(an).get(f"/bao-cao/{report.pk}/so-sanh/").content.decode()


def test_what_changed_since_approval_is_told_cell_by_cell(approved, admitted, form, an, binh, signed_in):
    approved.take("return", by=binh, note="Thiếu một đồng chí.")
    approved.write(admitted, Entry("given", Decimal(6)), by=an, seen_version=1)
    approved.write(form.lines.last().indicator, Entry("nothing"), by=an)

    response = signed_in(an).get(f"/bao-cao/{approved.pk}/so-sanh/")

    told = [(each.name, each.then, each.now) for each in response.context["changes"]]
    assert told == [("Đảng viên mới kết nạp", "5", "6"), ("Đoàn viên", "chưa nhập", "không phát sinh")]
    assert "2 ô đổi sau khi duyệt" in signed_in(an).get(f"/bao-cao/{approved.pk}/").content.decode()


def test_an_approved_report_has_not_changed(approved, an, signed_in):
    assert "Không có ô nào đổi sau khi duyệt" in signed_in(an).get(f"/bao-cao/{approved.pk}/so-sanh/").content.decode()


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_history_costs_as_much_for_fifty_writings_as_for_one(report, admitted, an, signed_in, django_assert_num_queries, count):
    for number in range(count - 1):
        report.write(admitted, Entry("given", Decimal(number + 10)), by=an, seen_version=number + 1)
    client = signed_in(an)
    client.get(f"/bao-cao/{report.pk}/lich-su/")

    with django_assert_num_queries(14):
        response = client.get(f"/bao-cao/{report.pk}/lich-su/")

    assert len(response.context["writings"]) == count


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_page_costs_as_much_for_fifty_figures_as_for_one(cell, y2024, an, signed_in, django_assert_num_queries, count):
    indicators = [make_indicator(code=f"line-{number}") for number in range(count)]
    make_form(indicators=indicators)
    report = make_report(organization=cell, period=y2024, figures=dict.fromkeys(indicators, 8), by=an)
    client = signed_in(an)
    client.get(f"/bao-cao/{report.pk}/")

    with django_assert_num_queries(21):
        client.get(f"/bao-cao/{report.pk}/")


# Beginning a report -----------------------------------------------------------------------------------------------------


def test_looking_at_a_body_begins_no_report(cell, y2024, form, an, signed_in):
    response = signed_in(an).get(f"/bao-cao/ky/2024/{cell.pk}/")

    assert "Bắt đầu nhập số liệu" in response.content.decode()
    assert not YearlyReport.objects.exists()


def test_the_button_begins_the_report_and_opens_its_cells(cell, y2024, form, an, signed_in):
    response = signed_in(an).post(f"/bao-cao/ky/2024/{cell.pk}/")

    report = YearlyReport.objects.get()
    assert (report.organization, report.period, report.status) == (cell, y2024, Status.DRAFT)
    assert response.url == f"/bao-cao/{report.pk}/nhap/"
    assert [entry.action for entry in LogEntry.objects.about(report)] == ["create"]


def test_a_body_with_a_report_leads_to_it(report, cell, an, signed_in):
    client = signed_in(an)

    assert client.get(f"/bao-cao/ky/2024/{cell.pk}/").url == f"/bao-cao/{report.pk}/"
    assert client.post(f"/bao-cao/ky/2024/{cell.pk}/").url == f"/bao-cao/{report.pk}/nhap/"


@pytest.mark.parametrize(("person", "status"), [("binh", 403), ("auditor", 403), ("chi", 404), ("manager", 404)])
def test_others_do_not_begin_a_report(request, cell, y2024, form, signed_in, person, status):
    response = signed_in(request.getfixturevalue(person)).post(f"/bao-cao/ky/2024/{cell.pk}/")

    assert response.status_code == status
    assert not YearlyReport.objects.exists()


def test_a_closed_year_begins_no_report(cell, form, an, signed_in):
    make_period(code="2022", is_open=False)

    response = signed_in(an).post(f"/bao-cao/ky/2022/{cell.pk}/")

    assert response.status_code == 409
    assert not YearlyReport.objects.exists()


def test_a_body_that_ended_before_the_year_begins_no_report_but_can_be_looked_at(cell, y2024, form, an, signed_in):
    cell.end(on=dt.date(2023, 7, 1))
    client = signed_in(an)

    assert client.get(f"/bao-cao/ky/2024/{cell.pk}/").status_code == 200
    assert client.post(f"/bao-cao/ky/2024/{cell.pk}/").status_code == 409
    assert not YearlyReport.objects.exists()


def test_a_body_that_ended_during_the_year_still_tells_its_figures(cell, y2024, form, an, signed_in):
    cell.end(on=dt.date(2024, 7, 1))

    signed_in(an).post(f"/bao-cao/ky/2024/{cell.pk}/")

    assert YearlyReport.objects.get().lines[0].indicator.code == "members_admitted"


def test_a_body_without_a_form_is_told_so(district, y2024, form, signed_in):
    body = make_organization(parent=district, kind=make_kind(code="khac"))
    clerk = make_account(rights=[Right.ENTER], organization=district)

    html = signed_in(clerk).get(f"/bao-cao/ky/2024/{body.pk}/").content.decode()

    assert "Tổ chức này không có biểu báo cáo cho kỳ này" in html
    assert "Bắt đầu nhập số liệu" not in html
