import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from organizations.models import LogEntry, Right
from organizations.review import Status
from tests.makers import make_account, make_form, make_indicator, make_kind, make_organization, make_period, make_report

SHOW, EXCEL = reverse("summaries:show"), reverse("summaries:excel")
PAGES = [SHOW, EXCEL]


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted", name="Đảng viên mới kết nạp")


@pytest.fixture
def form(admitted):
    return make_form(indicators=[admitted, make_indicator(code="empty", name="Chỉ tiêu trống")], section="II. Phát triển đảng viên")


@pytest.fixture
def report(cell, y2024, admitted, form):
    return make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={admitted: 9})


def sheet(response):
    return openpyxl.load_workbook(BytesIO(response.content))["Tổng kết"]


def words(response):
    return " ".join(response.content.decode().split())


def test_binh_reads_the_district_and_its_excel(signed_in, binh, district, report):
    client = signed_in(binh)

    page, book = client.get(SHOW), client.get(EXCEL)

    assert (page.status_code, book.status_code) == (200, 200)
    assert "Tổng kết năm 2024 – Đảng bộ huyện Đơn Dương" in words(page)
    assert "Đã duyệt 1/1 báo cáo" in words(page)
    assert sheet(book)["A1"].value == "Tổng kết năm 2024 – Đảng bộ huyện Đơn Dương"


def test_an_reads_her_own_body_and_nothing_above_or_beside(signed_in, an, district, cell, other_cell, report):
    client = signed_in(an)

    answers = {body.pk: [client.get(page, {"nhanh": body.pk}).status_code for page in PAGES] for body in (cell, district, other_cell)}

    assert answers == {cell.pk: [200, 200], district.pk: [404, 404], other_cell.pk: [404, 404]}
    assert "Tổng kết năm 2024 – Đảng bộ xã Mẫu" in words(client.get(SHOW))


def test_chi_finds_neither_page_nor_excel_of_ans_body(signed_in, chi, cell, report):
    client = signed_in(chi)

    assert [client.get(page, {"nhanh": cell.pk}).status_code for page in PAGES] == [404, 404]
    assert "Đảng bộ xã Mẫu" not in words(client.get(SHOW))
    assert LogEntry.objects.filter(action="download").count() == 0


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_to_the_login(client, page, report):
    answer = client.get(page)

    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('sign_in')}?next={page}")


@pytest.mark.parametrize("page", PAGES)
def test_who_sees_no_figures_is_told_so(signed_in, manager, district, report, page):
    client = signed_in(manager)

    assert client.get(page).status_code == 403
    assert client.get(page, {"nhanh": district.pk}).status_code == 404


@pytest.mark.parametrize("right", [Right.READ, Right.WRITE, Right.ENTER, Right.REVIEW, Right.LOCK, Right.AUDIT])
def test_whoever_may_read_the_final_reports_may_read_their_sum(signed_in, cell, report, right):
    client = signed_in(make_account(rights=[right], organization=cell))

    assert [client.get(page).status_code for page in PAGES] == [200, 200]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", [{"nhanh": "999999"}, {"nhanh": "abc"}, {"nhanh": "٣"}, {"nhanh": "9" * 30}, {"nhanh": "-1"}, {"ky": "1999"}])
def test_what_does_not_exist_is_not_found(signed_in, binh, report, page, query):
    assert signed_in(binh).get(page, query).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_pages_only_read(signed_in, binh, report, page):
    assert signed_in(binh).post(page).status_code == 405


def test_an_empty_portal_has_a_page_and_no_excel(signed_in, binh):
    client = signed_in(binh)

    assert "Chưa có năm báo cáo nào" in words(client.get(SHOW))
    assert client.get(EXCEL).status_code == 404


def test_a_body_that_did_not_stand_then_says_so(signed_in, binh, cell, y2024, report):
    make_period(code="1999")

    client = signed_in(binh)

    assert "không hoạt động vào ngày cuối kỳ" in words(client.get(SHOW, {"nhanh": cell.pk, "ky": "1999"}))
    assert client.get(EXCEL, {"nhanh": cell.pk, "ky": "1999"}).status_code == 404


def test_the_year_chosen_at_the_top_counts_unless_the_address_says_another(signed_in, binh, y2023, report):
    client = signed_in(binh)
    client.post(reverse("periods:choose"), {"period": "2023"})

    assert "Tổng kết năm 2023 –" in words(client.get(SHOW))
    assert "Tổng kết năm 2024 –" in words(client.get(SHOW, {"ky": "2024"}))


def test_numbers_lead_to_the_report_or_the_body_below(signed_in, binh, district, cell, y2024, admitted, report):
    group = make_organization(parent=district, name="Đảng bộ khối", kind=make_kind(code="khoi", order=9))
    make_report(organization=make_organization(parent=group), period=y2024, status=Status.LOCKED, figures={admitted: 4})
    client = signed_in(binh)

    page = words(client.get(SHOW, {"nhanh": district.pk}))

    own = reverse("metrics:show", args=[report.pk])
    assert f'<a class="plain" href="{own}#cell-members_admitted">09</a>' in page
    assert f'<a class="plain" href="{SHOW}?nhanh={group.pk}&amp;ky=2024">04</a>' in page
    assert f'<a class="plain" href="{own}#cell-members_admitted">09</a>' in words(client.get(SHOW, {"nhanh": cell.pk}))


def bodies(key, body):
    return f"{reverse('summaries:bodies', args=[key])}?nhanh={body.pk}&ky=2024"


def links(response):
    return [(part.shown.name, part.shown.text, part.shown.url, part.events_url) for part in response.context["parts"]]


def test_a_total_leads_to_its_bodies_and_these_to_report_and_events(signed_in, binh, district, cell, y2024, admitted, report):
    group = make_organization(parent=district, name="Đảng bộ khối", kind=make_kind(code="khoi", order=9))
    make_report(organization=make_organization(parent=group), period=y2024, status=Status.LOCKED, figures={admitted: 4})
    client = signed_in(binh)
    total = bodies("members_admitted", district)

    assert f'<a class="plain" href="{total.replace("&", "&amp;")}">13</a>' in words(client.get(SHOW, {"nhanh": district.pk}))
    events = f"/bao-cao/ky/2024/{cell.pk}/so/members_admitted/"
    assert links(client.get(total)) == [
        ("Đảng bộ xã Mẫu", "09", f"{reverse('metrics:show', args=[report.pk])}#cell-members_admitted", events),
        ("Đảng bộ khối", "04", bodies("members_admitted", group), ""),
    ]
    assert client.get(events).status_code == 200


def test_the_bodies_of_a_total_are_behind_the_same_gate(signed_in, client, chi, an, district, cell, admitted, report):
    address = bodies("members_admitted", cell)

    assert client.get(address).status_code == 302
    assert signed_in(chi).get(address).status_code == 404
    assert signed_in(an).get(address).status_code == 200
    assert signed_in(an).get(bodies("members_admitted", district)).status_code == 404
    assert signed_in(an).get(bodies("khong_co", cell)).status_code == 404


def test_hidden_numbers_lead_nowhere_from_the_bodies_of_a_total(signed_in, district, cell, other_cell, y2024):
    found = make_indicator(code="violation_found_members", name="Đảng viên có vi phạm")
    make_form(indicators=[found])
    make_report(organization=cell, period=y2024, status=Status.APPROVED, figures={found: 7})
    make_report(organization=other_cell, period=y2024, status=Status.APPROVED, figures={found: 8})
    reader = make_account(rights=[Right.READ], organization=district)

    assert [events for *_, events in links(signed_in(reader).get(bodies("violation_found_members", district)))] == ["", ""]


def test_empty_lines_and_other_sections_can_be_left_out(signed_in, binh, district, admitted, report):
    make_form(kind=make_kind(code="dang-bo-huyen"), indicators=[make_indicator(code="other", name="Việc khác")], section="I. Mục một")
    client = signed_in(binh)

    def lines(**query):
        page = words(client.get(SHOW, query))
        return [name for name in ("Việc khác", "Đảng viên mới kết nạp", "Chỉ tiêu trống") if f'<th scope="row">{name} <' in page]

    assert lines() == ["Việc khác", "Đảng viên mới kết nạp", "Chỉ tiêu trống"]
    assert lines(chi_co_so="on") == ["Đảng viên mới kết nạp"]
    assert lines(muc="phat-trien-dang-vien") == ["Đảng viên mới kết nạp", "Chỉ tiêu trống"]
    assert lines(muc="muc-mot", chi_co_so="on") == []
    assert lines(muc="khong-co") == ["Việc khác", "Đảng viên mới kết nạp", "Chỉ tiêu trống"]
    assert "Không có mục này" in words(client.get(SHOW, {"muc": "khong-co"}))


def test_the_excel_has_the_lines_of_the_page_and_a_name(signed_in, binh, report):
    answer = signed_in(binh).get(EXCEL, {"chi_co_so": "on"})

    assert answer["Content-Disposition"] == 'attachment; filename="2024_TongKet_HuyenDonDuong.xlsx"'
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer["X-Content-Type-Options"] == "nosniff"
    cells = [row[0].value for row in sheet(answer).iter_rows()]
    assert ("Đảng viên mới kết nạp" in cells, "Chỉ tiêu trống" in cells, "Lọc: chỉ gồm chỉ tiêu có số." in cells) == (True, False, True)


def test_a_download_is_logged(signed_in, binh, district, report):
    signed_in(binh).get(EXCEL)

    entry = LogEntry.objects.get(action="download")
    assert (entry.actor_pk, entry.organization_pk, entry.note.partition(", số tệp ")[0]) == (
        binh.pk,
        district.pk,
        "Tổng kết năm 2024: 2024_TongKet_HuyenDonDuong.xlsx",
    )


def test_small_numbers_are_hidden_from_those_who_only_read_in_both(signed_in, district, cell, other_cell, y2024, form):
    minority = make_indicator(code="members_admitted", breakdown="ethnic_minority", name="dân tộc thiểu số")
    for body, value in ((cell, 2), (other_cell, 777)):
        make_report(organization=body, period=y2024, status=Status.APPROVED, figures={minority: value})
    client = signed_in(make_account(rights=[Right.READ], organization=district))

    page, book = client.get(SHOW), client.get(EXCEL)

    row = [cell.value for cell in next(row for row in sheet(book).iter_rows() if row[0].value == "dân tộc thiểu số")]
    assert row[-2:] == ["ẩn", "ẩn"]
    assert "&lt;3" in words(page)
    assert (">777<" in words(page), ">02<" in words(page)) == (False, False)


def test_a_body_ended_within_the_year_is_named_under_the_table(signed_in, binh, other_cell, cell, y2024, report):
    make_report(organization=other_cell, period=y2024, status=Status.APPROVED, figures={})
    other_cell.end(on=dt.date(2024, 6, 1))

    assert "đã kết thúc hoạt động trong kỳ: Đảng bộ xã Bên." in words(signed_in(binh).get(SHOW))


def test_names_are_escaped(signed_in, binh, district, y2024, admitted, form):
    make_organization(parent=district, name="<b>Chi bộ</b>")

    page = signed_in(binh).get(SHOW).content.decode()

    assert ("<b>Chi bộ" in page, "&lt;b&gt;Chi bộ" in page) == (False, True)


@pytest.mark.parametrize(("bodies", "is_listed"), [(16, False), (17, True)])
def test_many_bodies_are_listed_for_a_phone_and_left_off_paper(signed_in, binh, district, y2024, admitted, form, bodies, is_listed):
    for _ in range(bodies):
        make_organization(parent=district)

    page = words(signed_in(binh).get(SHOW))

    assert ("<h2>Từng tổ chức</h2>" in page, "Bảng in chỉ gồm số chung" in page) == (is_listed, is_listed)


@pytest.mark.parametrize("bodies", [1, 3, 50])
def test_the_page_costs_as_much_for_any_number_of_bodies(signed_in, binh, district, y2024, admitted, form, django_assert_num_queries, bodies):
    for number in range(bodies):
        make_report(organization=make_organization(parent=district), period=y2024, status=Status.APPROVED, figures={admitted: number})
    client = signed_in(binh)

    with django_assert_num_queries(25):
        assert client.get(SHOW).status_code == 200


def test_a_body_below_leads_back_to_the_whole(signed_in, binh, district, cell, report):
    client = signed_in(binh)

    below, whole = (client.get(f"/tong-ket/?nhanh={body.pk}").content.decode() for body in (cell, district))

    back = '<a href="/tong-ket/?nhanh=&amp;ky=2024">Tổng kết</a>'
    assert back in below
    assert back not in whole
