"""Typing the figures of a report: what is valid is saved, what is not comes back as typed, and nobody's number is lost."""

from decimal import Decimal

import pytest

from organizations.models import LogEntry, Right
from organizations.review import Status
from partyreports.metrics.models import BalanceRule, Figure, RuleTerm, YearlyReport
from partyreports.vietnamese import Entry
from tests.makers import make_account, make_form, make_indicator, make_report, make_target


@pytest.fixture
def whole(db):
    return make_indicator(code="cells_total", name="Số chi bộ", unit="chi bộ")


@pytest.fixture
def part(whole):
    return make_indicator(code="cells", breakdown="rural", name="Chi bộ nông thôn", unit="chi bộ", part_of=whole, part_kind="overlap")


@pytest.fixture
def income(db):
    return make_indicator(code="income", name="Thu nhập", unit="tỷ đồng", kind="money", decimals=3)


@pytest.fixture
def share(whole, part):
    return make_indicator(
        code="cells_share", name="Tỷ lệ chi bộ nông thôn", unit="%", kind="ratio", adds="ratio", decimals=2, numerator=part, denominator=whole
    )


@pytest.fixture
def report(cell, y2024, an, whole, part, share, income):
    make_form(indicators=[whole, part, share, income])
    return make_report(organization=cell, period=y2024, by=an)


@pytest.fixture
def clerk(district):
    return make_account(username="dung", full_name="Ngô Văn Dũng", rights=[Right.ENTER], organization=district)


@pytest.fixture
def post(signed_in, an, report):
    """A function: post cells as the page does; `seen` and `was` stand for an empty cell unless told."""
    client = signed_in(an)

    def send(cells, **others):
        data = {}
        for key, said in cells.items():
            text, seen, was = said if isinstance(said, tuple) else (said, "0", "")
            data |= {f"cell-{key}": text, f"seen-{key}": seen, f"was-{key}": was}
        return client.post(f"/bao-cao/{report.pk}/nhap/", {**data, **others})

    return send


def saved():
    return {figure.indicator.key: figure.text for figure in Figure.objects.select_related("indicator")}


def kept(response):
    return {key: (each.text, each.sentence) for key, each in response.context["sheet"].kept.items()}


def cell_of(response, key):
    return next(cell for cell in response.context["sheet"].cells if cell.key == key)


def test_an_sees_every_cell_of_her_form(an, report, signed_in):
    response = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/")

    assert response.status_code == 200
    assert [cell.key for cell in response.context["sheet"].cells] == ["cells_total", "cells:rural", "cells_share", "income"]
    html = response.content.decode()
    assert 'id="cell-cells:rural" name="cell-cells:rural" value=""' in html
    assert 'name="cell-cells_share"' not in html


def test_a_visitor_is_sent_to_the_login(client, report):
    assert client.get(f"/bao-cao/{report.pk}/nhap/").url == f"/dang-nhap/?next=/bao-cao/{report.pk}/nhap/"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("person", "status"), [("chi", 404), ("manager", 404), ("auditor", 404), ("binh", 403)])
def test_others_do_not_type_here(request, report, signed_in, person, status, method):
    client = signed_in(request.getfixturevalue(person))

    response = getattr(client, method)(f"/bao-cao/{report.pk}/nhap/", {"cell-cells_total": "5", "seen-cells_total": "0"})

    assert response.status_code == status
    assert saved() == {}


def test_valid_cells_are_saved_as_vietnamese_writes_them(post, report):
    response = post({"cells_total": "1.932", "cells:rural": "hơn 245", "income": "2661,047"})

    assert response.url == f"/bao-cao/{report.pk}/nhap/"
    assert saved() == {"cells_total": "1.932", "cells:rural": "hơn 245", "income": "2.661,047"}


@pytest.mark.parametrize(
    ("typed", "state"), [("kps", "nothing"), ("Không phát sinh", "nothing"), ("kad", "not_applicable"), ("0", "given"), ("05", "given")]
)
def test_blanks_are_typed_in_the_cell(post, typed, state):
    post({"cells_total": typed})

    assert Figure.objects.get().state == state


BAD = [
    ("1.5", "Ô này chỉ nhận số nguyên. Đồng chí muốn nhập 15 hay 1.500? Dấu phẩy đứng trước phần thập phân, dấu chấm ngăn cách hàng nghìn."),
    ("12a", "“12a” không phải là số: chỉ nhập chữ số, không kèm chữ hay ký hiệu, ví dụ 1.932."),
    ("-4", "Nhập số từ 0 trở lên."),
    ("22/29", "Ô này nhận một số, không nhận cặp số “22/29”: nhập từng số vào ô của nó."),
    ("50%", "Chỉ nhập số, bỏ ký hiệu %."),
    ("9" * 16, "Số quá lớn: kiểm tra lại đơn vị tính của ô này."),
    ("9" * 61, "Ô này nhận nhiều nhất 60 ký tự: chỉ nhập số."),
    ("-", "Nhập 0 nếu kết quả bằng không, nhập “không phát sinh” nếu trong kỳ không có việc này."),
]


@pytest.mark.parametrize(("typed", "sentence"), BAD)
def test_a_bad_cell_comes_back_as_typed_and_the_good_ones_are_saved(post, typed, sentence):
    response = post({"cells_total": typed, "cells:rural": "15"})

    assert response.status_code == 200
    assert kept(response) == {"cells_total": (typed, sentence)}
    assert saved() == {"cells:rural": "15"}
    html = response.content.decode()
    assert f'value="{typed}" inputmode="numeric" maxlength="60" autocomplete="off" data-decimals="0" aria-invalid="true"' in html
    assert "Đã lưu 1 ô, 1 ô chưa lưu được" in html
    assert html.count(sentence) == 2  # in the summary on top and at its cell
    assert 'href="#cell-cells_total"' in html


def test_an_unclear_number_offers_both_readings(post):
    response = post({"income": "1.5"})

    assert response.context["sheet"].kept["income"].suggestions == ("1,5", "1.500")


def test_the_longest_number_is_kept_to_its_last_digit(post):
    post({"cells_total": "999.999.999.999.999", "income": "999.999.999.999,999"})

    assert {figure.indicator.key: figure.value for figure in Figure.objects.all()} == {
        "cells_total": Decimal("999999999999999"),
        "income": Decimal("999999999999.999"),
    }


def test_cells_left_alone_are_not_written(post, report, whole, an, clerk):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)

    response = post({"cells_total": ("24", "1", "24"), "income": "7"})

    assert response.status_code == 302
    assert Figure.objects.get(indicator=whole).entered_by == clerk
    assert LogEntry.objects.filter(action="write", actor_pk=an.pk).count() == 1


def test_a_cell_an_did_not_touch_keeps_what_a_colleague_wrote_meanwhile(post, report, whole, clerk):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)

    response = post({"cells_total": "", "income": "7"})

    assert response.status_code == 302
    assert saved() == {"cells_total": "24", "income": "7"}


def test_the_second_of_two_people_sees_both_numbers_and_nothing_is_overwritten(post, report, whole, clerk):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)

    response = post({"cells_total": "26", "income": "7"})

    assert response.status_code == 409
    assert saved() == {"cells_total": "24", "income": "7"}
    cell = cell_of(response, "cells_total")
    assert (cell.text, cell.was, cell.seen, cell.kept.conflict.who) == ("26", "24", "1", clerk)
    html = response.content.decode()
    assert "Giữ “24” do Ngô Văn Dũng ghi lúc" in html
    assert "Ghi “26” của tôi" in html


CONFLICT = {"cells_total": ("26", "1", "24")}


def test_a_conflict_is_kept_until_one_of_both_is_chosen(post, report, whole, clerk):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)

    response = post(CONFLICT, **{"conflict-cells_total": "1"})

    assert response.status_code == 409
    assert (saved(), cell_of(response, "cells_total").text) == ({"cells_total": "24"}, "26")


@pytest.mark.parametrize(("choice", "expected"), [("mine", "26"), ("theirs", "24")])
def test_the_number_chosen_is_the_one_that_stays(post, report, whole, clerk, choice, expected):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)

    response = post(CONFLICT, **{"conflict-cells_total": "1", "choice-cells_total": choice})

    assert response.status_code == 302
    assert saved() == {"cells_total": expected}


def test_a_choice_made_too_late_is_a_conflict_again(post, report, whole, clerk):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)
    report.write(whole, Entry("given", Decimal(25)), by=clerk, seen_version=1)

    response = post(CONFLICT, **{"conflict-cells_total": "1", "choice-cells_total": "mine"})

    assert (response.status_code, saved()) == (409, {"cells_total": "25"})
    assert cell_of(response, "cells_total").seen == "2"


@pytest.mark.parametrize("seen", ["", "x", "-1", "1e3", "9" * 30, "٣x"])
def test_a_tampered_version_is_refused_at_its_cell_and_nothing_typed_is_lost(post, seen):
    response = post({"cells_total": ("26", seen, "")})

    assert kept(response) == {"cells_total": ("26", "Không rõ bản số liệu đã xem của ô này: tải lại trang rồi nhập lại.")}
    assert saved() == {}


@pytest.mark.parametrize("seen", ["2", "999999999"])
def test_a_version_nobody_has_written_is_a_conflict(post, report, whole, clerk, seen):
    report.write(whole, Entry("given", Decimal(24)), by=clerk)

    response = post({"cells_total": ("26", seen, "24")})

    assert (response.status_code, saved()) == (409, {"cells_total": "24"})


def test_an_empty_cell_is_written_whatever_version_was_sent(post):
    post({"cells_total": ("26", "7", "")})

    assert saved() == {"cells_total": "26"}


def test_fields_that_are_not_cells_change_nothing(post, report, other_cell, share, y2023):
    before = YearlyReport.objects.values("organization", "period", "status", "submitted_by").get()
    stranger = make_indicator(code="stranger")

    post(
        {"cells_total": "5", "cells_share": "50", stranger.key: "9"},
        organization=other_cell.pk, period=y2023.pk, status="approved", submitted_by=1, version=99, report=1, entered_by=1,
    )  # fmt: skip

    assert saved() == {"cells_total": "5"}
    assert YearlyReport.objects.values("organization", "period", "status", "submitted_by").get() == before


def test_a_report_sent_up_meanwhile_keeps_what_was_typed_on_the_page(post, report, whole, an):
    report.write(whole, Entry("given", Decimal(24)), by=an)
    YearlyReport.objects.filter(pk=report.pk).update(status=Status.SUBMITTED, submitted_by=an, submitted_at=report.created_at)

    response = post({"cells_total": ("26", "1", "24"), "income": "7"})

    assert response.status_code == 409
    assert kept(response) == {"cells_total": ("26", "Chưa lưu."), "income": ("7", "Chưa lưu.")}
    assert saved() == {"cells_total": "24"}
    assert "Nội dung đồng chí vừa gõ còn nguyên ở dưới" in response.content.decode()


def test_a_closed_year_keeps_what_was_typed_on_the_page(post, y2024):
    y2024.is_open = False
    y2024.save()

    response = post({"cells_total": "26"})

    assert (response.status_code, saved(), cell_of(response, "cells_total").text) == (409, {}, "26")


def test_a_report_that_is_closed_leads_back_to_reading(an, cell, y2023, signed_in):
    report = make_report(organization=cell, period=y2023, status=Status.APPROVED, by=an)

    assert signed_in(an).get(f"/bao-cao/{report.pk}/nhap/").url == f"/bao-cao/{report.pk}/"


def test_what_does_not_balance_is_told_and_saved(post, whole, part):
    rule = BalanceRule.objects.create(code="part", operator="<=", sentence="Chi bộ nông thôn là {left}, nhiều hơn tổng số {right} là {gap}.")
    RuleTerm.objects.create(rule=rule, side="left", indicator=part)
    RuleTerm.objects.create(rule=rule, side="right", indicator=whole)

    response = post({"cells_total": "24", "cells:rural": "25"})

    assert (response.status_code, saved()) == (302, {"cells_total": "24", "cells:rural": "25"})
    html = response.wsgi_request
    sheet = post({}).wsgi_request and YearlyReport.objects.get()
    assert html is not None
    assert [problem.sentence for problem in sheet.problems() if problem.where == "cells:rural"] == [
        "Chi bộ nông thôn là 25, nhiều hơn tổng số 24 là 01."
    ]


def test_last_year_target_and_ratio_stand_beside_the_cell(an, report, cell, y2023, whole, part, signed_in):
    make_report(organization=cell, period=y2023, status=Status.LOCKED, figures={whole: 20})
    make_target(organization=cell, indicator=whole, value=22, period=report.period)
    report.write_many([(whole, Entry("given", Decimal(24)), 0), (part, Entry("given", Decimal(15)), 0)], by=an)

    response = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/")

    cell = cell_of(response, "cells_total")
    assert (cell.shown_before, cell.shown_target, cell.text, cell.shown_attainment) == ("20", "22", "24", "109,09%")
    assert cell_of(response, "cells_share").shown == "62,5%"


def test_a_year_before_that_is_not_approved_says_nothing(an, report, cell, y2023, whole, signed_in):
    make_report(organization=cell, period=y2023, status=Status.SUBMITTED, figures={whole: 20})

    assert cell_of(signed_in(an).get(f"/bao-cao/{report.pk}/nhap/"), "cells_total").shown_before == "–"


def test_parts_are_indented_under_their_whole(an, report, signed_in):
    cells = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/").context["sheet"].cells

    assert [(cell.key, cell.depth) for cell in cells] == [("cells_total", 0), ("cells:rural", 1), ("cells_share", 1), ("income", 0)]


def test_a_section_counts_its_cells_and_the_page_leads_to_the_next_empty_one(an, report, whole, signed_in):
    report.write(whole, Entry("nothing"), by=an)

    sheet = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/").context["sheet"]

    assert [(section.filled, section.asked) for section in sheet.sections] == [(1, 3)]
    assert (sheet.next_empty, [cell.key for cell in sheet.missing]) == ("cells:rural", ["cells:rural", "income"])


def test_a_form_without_lines_is_an_empty_page(an, cell, y2024, signed_in):
    make_form()
    report = make_report(organization=cell, period=y2024, by=an)

    response = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/")

    assert response.status_code == 200
    assert "chưa có chỉ tiêu nào" in response.content.decode()


@pytest.mark.parametrize("lines", [1, 3, 50])
def test_the_page_costs_as_much_for_fifty_lines_as_for_one(an, cell, y2023, y2024, signed_in, django_assert_num_queries, lines):
    indicators = [make_indicator(code=f"line-{number}") for number in range(lines)]
    make_form(indicators=indicators)
    make_report(organization=cell, period=y2023, status=Status.LOCKED, figures=dict.fromkeys(indicators, 7))
    report = make_report(organization=cell, period=y2024, figures=dict.fromkeys(indicators, 8), by=an)
    client = signed_in(an)
    client.get(f"/bao-cao/{report.pk}/nhap/")

    with django_assert_num_queries(21):
        client.get(f"/bao-cao/{report.pk}/nhap/")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% debug %}"])
def test_what_is_typed_is_shown_as_text(post, text):
    html = post({"cells_total": text}).content.decode()

    assert text not in html or "<" not in text
    assert "&lt;" in html or "<" not in text
    assert "49" not in html.split('id="cell-cells_total"')[1].split(">")[0]
