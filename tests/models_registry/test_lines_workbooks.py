"""What comes of models in Excel: states by year, results before and after, links; out and in again, and what bad lines get."""

import datetime as dt
from decimal import Decimal

import pytest

from models_registry.forms.results import ResultForm
from models_registry.links import link
from models_registry.models import ModelLink, ModelResult, Stage
from organizations.exchange import registered
from organizations.exchange.workbooks import export_of
from organizations.models import LogEntry, Right
from tests import makers
from tests.exchanging import export, import_file, sheet_of

YEARS, RESULTS, LINKS = "mo-hinh-tinh-trang", "mo-hinh-ket-qua", "mo-hinh-lien-ket"


@pytest.fixture
def keeper(cell):
    """Keeps the register of the body's models and may recognise them."""
    return makers.make_account(username="giu-so", rights=[Right.ENTER, Right.WRITE, Right.REVIEW], organization=cell)


def approved(title, *, organization, periods, by, reviewer):
    return makers.make_registration(organization=organization, title=title, periods=periods, status="approved", by=by, reviewer=reviewer)


@pytest.fixture
def model(an, binh, cell, y2023, y2024):
    return approved("Ngày thứ sáu nghe dân nói", organization=cell, periods=[y2023, y2024], by=an, reviewer=binh)


@pytest.fixture
def later(an, binh, cell, y2024):
    return approved("Tuyến đường hoa", organization=cell, periods=[y2024], by=an, reviewer=binh)


def bring_in(slug, *lines, by):
    return import_file(slug, by=by, content=sheet_of(slug, by=by, lines=lines), confirm=True)


def told(work):
    return [(error["row"], error["title"], error["sentence"]) for error in work.errors]


def named(model):
    return {"Tổ chức": "Đảng ủy xã Mẫu", "Tên mô hình": model.title}


# --- states by year -----------------------------------------------------------------------------------------------------


def test_states_go_out_and_come_back_unchanged(keeper, model):
    year = model.years.get(period__code="2023")
    for state, day in (("registered", 1), ("underway", 2)):
        Stage.objects.create(year=year, state=state, on=dt.date(2023, day, 1), document=f"{day}-CV/ĐU", note="Ghi chú", written_by=keeper)
    Stage.objects.create(
        year=year, state="reviewed", on=dt.date(2023, 6, 1), written_by=keeper, withdrawn_at=dt.datetime.now(dt.UTC), withdrawn_reason="Ghi nhầm"
    )
    type(year).objects.filter(pk=year.pk).update(state="underway")

    outcome = import_file(YEARS, by=keeper, content=export(YEARS, by=keeper))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


@pytest.mark.parametrize("by_code", [True, False])
def test_new_states_are_written_one_after_another_and_once(by_code, keeper, model):
    line = {
        **({"Mã mô hình": model.pk} if by_code else {"Tổ chức": "Đảng ủy xã Mẫu", "Tên mô hình": "ngay thu sau nghe dan noi"}),
        "Năm": "2024",
        "Đăng ký: ngày": "15/01/2024",
        "Đang thực hiện: ngày": "29/03/2024",
        "Đang thực hiện: số văn bản": "05-KH/ĐU",
        "Tổng kết: ngày": "10/12/2024",
        "Công nhận: ngày": "20/12/2024",
        "Công nhận: ghi chú": "Cấp huyện công nhận",
    }

    first, again = (bring_in(YEARS, line, by=keeper) for _ in range(2))

    assert (first.state, told(first), again.changes, again.unchanged) == ("done", [], [], 1)
    year = model.years.get(period__code="2024")
    assert year.state == "recognised"
    assert list(year.stages.values_list("state", "on", "document", "note")) == [
        ("registered", dt.date(2024, 1, 15), "", ""),
        ("underway", dt.date(2024, 3, 29), "05-KH/ĐU", ""),
        ("summed_up", dt.date(2024, 12, 10), "", ""),
        ("recognised", dt.date(2024, 12, 20), "", "Cấp huyện công nhận"),
    ]
    assert LogEntry.objects.about(year.registration).filter(action="stage").count() == 4


def test_bad_lines_of_states_are_told(an, keeper, cell, model, later, y2023):
    draft = makers.make_registration(organization=cell, title="Mô hình còn soạn", periods=[y2023])
    of_2024 = named(model) | {"Năm": "2024"}
    outcome = bring_in(
        YEARS,
        of_2024 | {"Công nhận: ngày": "20/12/2024"},
        of_2024 | {"Đang thực hiện: ngày": "29/03/2024", "Sơ kết: ngày": "01/02/2024", "Năm": "2023"},
        named(later) | {"Năm": "2023", "Đăng ký: ngày": "01/02/2023"},
        named(draft) | {"Năm": "2023", "Đăng ký: ngày": "01/02/2023"},
        named(later) | {"Năm": "2024", "Đăng ký: số văn bản": "05-KH/ĐU"},
        {"Năm": "2024"},
        {"Năm": "2024", "Tổ chức": "Đảng ủy xã Mẫu", "Tên mô hình": "Không có mô hình này"},
        by=keeper,
    )

    assert told(outcome) == [
        (2, "Công nhận: ngày", "Sau “đăng ký” không ghi “công nhận” được."),
        (3, "Sơ kết: ngày", "Không thể trước ngày 29/03/2024 của bước trước: kiểm tra hai ngày."),
        (4, "Năm", "Mô hình này chưa đăng ký cho năm ấy: thêm năm trong đăng ký, hoặc mở năm sau trên trang của mô hình."),
        (5, "Đăng ký: ngày", "Đăng ký chưa được phê duyệt nên chưa ghi được tình trạng thực hiện."),
        (6, "Đăng ký: ngày", "Ghi ngày của bước “đăng ký”."),
        (7, "Mã mô hình", "Ghi mã mô hình, hoặc ghi tổ chức và tên mô hình."),
        (8, "Tên mô hình", "Không có mô hình nào như dòng này ghi: kiểm tra mã, tổ chức và tên."),
    ]
    assert Stage.objects.count() == 0


def test_a_state_that_stands_is_not_changed_by_a_file(keeper, model):
    line = named(model) | {"Năm": "2024", "Đăng ký: ngày": "15/01/2024"}
    bring_in(YEARS, line, by=keeper)
    code = model.years.get(period__code="2024").pk
    kept = "Bước “đăng ký” đã ghi: rút bước ấy trên trang của mô hình, có lý do, rồi ghi lại."

    assert told(bring_in(YEARS, line | {"Đăng ký: ngày": "16/01/2024"}, by=keeper)) == [(2, "Đăng ký: ngày", kept)]
    assert told(bring_in(YEARS, line | {"Mã": code, "Đăng ký: ngày": ""}, by=keeper)) == [(2, "Đăng ký: ngày", kept)]
    assert bring_in(YEARS, named(model) | {"Năm": "2024"}, by=keeper).unchanged == 1


def test_who_may_not_recognise_does_not_by_a_file(cell, model):
    clerk = makers.make_account(username="chi-nhap", rights=[Right.ENTER], organization=cell)
    line = named(model) | {"Năm": "2024", "Đang thực hiện: ngày": "29/03/2024", "Tổng kết: ngày": "10/12/2024", "Công nhận: ngày": "20/12/2024"}

    assert told(bring_in(YEARS, line, by=clerk)) == [(2, "Công nhận: ngày", "Đồng chí không có quyền ghi “công nhận” ở tổ chức này.")]


# --- results ------------------------------------------------------------------------------------------------------------


def make_result(model, periods, **fields):
    before, after = periods
    return ModelResult.objects.create(registration=model, before_period=before, after_period=after, **{"label": "Số hộ tham gia", **fields})


def test_results_go_out_and_come_back_unchanged(keeper, model, y2023, y2024):
    makers.make_indicator(code="members_admitted", unit="đảng viên")
    make_result(model, (y2023, y2024), unit="hộ", before_value=Decimal("1981"), after_value=Decimal("2661.047"), after_target=Decimal("50.3"))
    make_result(model, (y2023, y2024), label="Kết nạp", key="members_admitted", unit="đảng viên")

    outcome = import_file(RESULTS, by=keeper, content=export(RESULTS, by=keeper))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 2)


def test_new_results_are_written_once_and_changed_by_their_code(keeper, model, y2023, y2024):
    makers.make_indicator(code="members_admitted", name="Đảng viên kết nạp", unit="đảng viên")
    periods = {"Kỳ trước": "2023", "Kỳ sau": "2024"}
    lines = [
        {"Mã mô hình": model.pk, "Tên kết quả": "Số hộ tham gia", "Đơn vị tính": "hộ", "Số trước": "1.981", "Số sau": "2.661,047", **periods},
        named(model) | {"Chỉ tiêu của báo cáo năm": "Đảng viên kết nạp (đảng viên)", **periods},
    ]

    first, again = (bring_in(RESULTS, *lines, by=keeper) for _ in range(2))

    assert (first.state, told(first), again.changes, again.unchanged) == ("done", [], [], 2)
    assert list(model.outcomes.values_list("label", "key", "unit", "before_value", "after_value")) == [
        ("Số hộ tham gia", "", "hộ", 1981, Decimal("2661.047")),
        ("Đảng viên kết nạp", "members_admitted", "đảng viên", None, None),
    ]
    changed = bring_in(RESULTS, lines[0] | {"Mã": model.outcomes.first().pk, "Số sau": 2700}, by=keeper)
    assert (changed.state, changed.changes[0]["cells"]) == ("done", [["Số sau", "2.661,047", "2.700"]])


def test_bad_lines_of_results_are_told(keeper, model, y2023, y2024):
    makers.make_indicator(code="members_admitted", name="Đảng viên kết nạp", unit="đảng viên")
    make_result(model, (y2023, y2024))
    line = named(model) | {"Tên kết quả": "Số buổi", "Kỳ trước": "2023", "Kỳ sau": "2024"}
    outcome = bring_in(
        RESULTS,
        line | {"Kỳ sau": "2023"},
        line | {"Tên kết quả": "", "Số sau": 5},
        line | {"Chỉ tiêu của báo cáo năm": "Đảng viên kết nạp (đảng viên)", "Số sau": 5},
        line | {"Kỳ sau": "2031"},
        line | {"Tên kết quả": "Số hộ", "Số trước": "1.5"},
        by=keeper,
    )

    assert told(outcome) == [
        (2, "", "Chọn hai kỳ khác nhau để so sánh trước và sau."),
        (3, "Tên kết quả", "Ghi tên kết quả, hoặc chọn một chỉ tiêu."),
        (4, "Số sau", "Số của chỉ tiêu lấy từ báo cáo năm: để trống ô này."),
        (5, "Kỳ sau", "Không có lựa chọn “2031”: chọn “2023” hoặc “2024”."),
        (6, "Số trước", "Đồng chí muốn nhập 1,5 hay 1.500? Dấu phẩy đứng trước phần thập phân, dấu chấm ngăn cách hàng nghìn."),
    ]


def test_two_results_of_one_name_are_refused(keeper, model, y2023, y2024):
    line = named(model) | {"Tên kết quả": "Số buổi", "Kỳ trước": "2023", "Kỳ sau": "2024"}
    twice = bring_in(RESULTS, line | {"Số sau": 5}, line | {"Số sau": 6}, by=keeper)

    assert (twice.state, told(twice), ModelResult.objects.count()) == ("wrong", [(3, "", "Kết quả này đã có trong bảng.")], 0)
    make_result(model, (y2023, y2024), label="Số buổi")
    assert ResultForm(keeper, model, {"label": "Số buổi", "before_period": y2023.pk, "after_period": y2024.pk}).errors == {
        "__all__": ["Kết quả này đã có trong bảng."]
    }


# --- links --------------------------------------------------------------------------------------------------------------


def test_links_go_out_and_come_back_unchanged(keeper, model, later):
    link(later, model, "continues", by=keeper)

    outcome = import_file(LINKS, by=keeper, content=export(LINKS, by=keeper))

    assert (outcome.errors, outcome.changes, outcome.unchanged) == ([], [], 1)


def line_of(later, earlier, kind="tiếp tục từ"):
    return named(later) | {"Quan hệ": kind, "Tổ chức của mô hình có trước": "Đảng ủy xã Mẫu", "Tên mô hình có trước": earlier.title}


@pytest.mark.parametrize("by_code", [True, False])
def test_a_new_link_is_written_once(by_code, keeper, model, later):
    line = {"Mã mô hình": later.pk, "Quan hệ": "tiếp tục từ", "Mã mô hình có trước": model.pk} if by_code else line_of(later, model)

    first, again = (bring_in(LINKS, line, by=keeper) for _ in range(2))

    assert (first.state, told(first), again.changes, again.unchanged) == ("done", [], [], 1)
    assert ModelLink.objects.values_list("later", "earlier", "kind").get() == (later.pk, model.pk, "continues")


def test_bad_lines_of_links_are_told(keeper, model, later, other_cell, y2024):
    foreign = makers.make_registration(organization=other_cell, title="Mô hình xã bên", periods=[y2024])
    link(later, model, "continues", by=keeper)
    outcome = bring_in(
        LINKS,
        line_of(later, later),
        line_of(later, model, kind="thay cho"),
        line_of(model, later),
        {"Mã mô hình": later.pk, "Quan hệ": "tương tự", "Mã mô hình có trước": foreign.pk},
        {"Mã mô hình": later.pk, "Quan hệ": "tương tự"},
        by=keeper,
    )

    assert told(outcome) == [
        (2, "Mã mô hình có trước", "Mô hình không liên kết với chính nó."),
        (3, "Quan hệ", "Hai mô hình này đã được liên kết: bỏ liên kết ấy trên trang của mô hình rồi ghi lại."),
        (4, "Mã mô hình có trước", "Hai mô hình này đã được liên kết."),
        (5, "Mã mô hình có trước", "Không có mô hình nào như dòng này ghi: kiểm tra mã, tổ chức và tên."),
        (6, "Mã mô hình có trước", "Ghi mã mô hình có trước, hoặc ghi tổ chức và tên của mô hình ấy."),
    ]


def test_two_lines_that_would_close_a_ring_write_nothing(keeper, model, later):
    work = bring_in(LINKS, line_of(later, model), line_of(model, later), by=keeper)

    assert (work.state, told(work), ModelLink.objects.count()) == ("wrong", [(3, "", "Hai mô hình này đã được liên kết.")], 0)


# --- all of them --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 3, 50])
@pytest.mark.parametrize(("slug", "queries"), [(YEARS, 7), (RESULTS, 9), (LINKS, 5)])
def test_an_export_asks_as_often_whatever_the_rows(slug, queries, n, an, binh, keeper, cell, y2023, y2024, django_assert_num_queries):
    first = approved("Mô hình đầu", organization=cell, periods=[y2023], by=an, reviewer=binh)
    for number in range(n):
        model = makers.make_registration(organization=cell, title=f"Mô hình {number}", periods=[y2024])
        Stage.objects.create(year=model.years.get(), state="registered", on=dt.date(2024, 1, 5), written_by=an)
        make_result(model, (y2023, y2024))
        ModelLink.objects.create(later=model, earlier=first, kind="resembles")
    exchange = registered(slug)

    with django_assert_num_queries(queries):
        export_of(exchange, keeper, exchange.rows(keeper))
