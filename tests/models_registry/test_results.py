"""The table before and after: numbers of approved reports, or typed; compared only where they can be."""

from decimal import Decimal

import pytest
from django.urls import reverse

from models_registry.models import ModelResult
from models_registry.results import Line, Side, lines_of, measures
from organizations.models import LogEntry
from tests import makers


@pytest.fixture
def model(an, binh, cell, y2024):
    return makers.make_registration(organization=cell, title="Bồi dưỡng quần chúng ưu tú", periods=[y2024], status="approved", by=an, reviewer=binh)


@pytest.mark.parametrize(
    ("side", "shown", "against"),
    [
        (Side(), "–", ""),
        (Side(Decimal(5)), "05", ""),
        (Side(Decimal(245), qualifier="over"), "hơn 245", ""),
        (Side(Decimal(5), whole=Decimal(9)), "05/9 (55,56%)", ""),
        (Side(Decimal(9), target=Decimal(8)), "09", "chỉ tiêu 8, đạt 112,5%"),
        (Side(target=Decimal(8)), "–", "chỉ tiêu 8"),
        (Side(Decimal("75.5"), unit="%"), "75,5%", ""),
    ],
)
def test_a_side_is_shown_as_papers_write_it(side, shown, against):
    assert (side.shown, side.against_target) == (shown, against)


@pytest.mark.parametrize(
    ("before", "after", "codes", "unit", "change"),
    [
        (Side(Decimal(3)), Side(Decimal(5)), ("2023", "2024"), "đảng viên", "tăng 02"),
        (Side(Decimal(5)), Side(Decimal(3)), ("2023", "2024"), "đảng viên", "giảm 02"),
        (Side(Decimal(5)), Side(Decimal(5)), ("2023", "2024"), "đảng viên", "bằng"),
        (Side(Decimal(7)), Side(Decimal(5)), ("2020-2023", "2024"), "đảng viên", ""),
        (Side(Decimal(7), Decimal(29)), Side(Decimal(5), Decimal(9)), ("2020-2023", "2024"), "đảng viên", "tăng 31,42 điểm %"),
        (Side(Decimal(75)), Side(Decimal(125)), ("2020-2023", "2024"), "%", "tăng 50 điểm %"),
        (Side(), Side(Decimal(5)), ("2023", "2024"), "đảng viên", ""),
    ],
)
def test_numbers_are_compared_only_where_they_can_be(before, after, codes, unit, change, db):
    first, second = (makers.make_period(code=code) for code in codes)

    assert Line(ModelResult(unit=unit, before_period=first, after_period=second), before, after).change == change


def test_numbers_of_an_indicator_come_from_approved_reports(an, binh, cell, model, y2023, y2024):
    admitted = makers.make_indicator(code="members_admitted", unit="đảng viên")
    rural = makers.make_indicator(code="members_admitted", breakdown="rural", unit="đảng viên")
    for period, status, numbers in ((y2023, "approved", (3, 1)), (y2024, "draft", (9, 5))):
        makers.make_report(
            organization=cell, period=period, figures=dict(zip((admitted, rural), numbers, strict=True)), status=status, by=an, reviewer=binh
        )
    makers.make_target(organization=cell, period=y2023, indicator=admitted, value=4)
    makers.make_result(registration=model, key="members_admitted", label="Kết nạp", unit="đảng viên")
    makers.make_result(registration=model, key="members_admitted:rural", whole="members_admitted", label="Ở nông thôn", unit="đảng viên")
    makers.make_result(registration=model, label="Số buổi", before_value=Decimal(4), after_value=Decimal(10))

    lines = lines_of(model)

    assert [(line.before.shown, line.after.shown, line.change) for line in lines] == [
        ("03", "–", ""),
        ("01/3 (33,33%)", "–", ""),
        ("04", "10", "tăng 06"),
    ]
    assert lines[0].before.against_target == "chỉ tiêu 4, đạt 75%"


def test_no_indicator_of_a_sensitive_group_is_offered_or_read(an, binh, cell, model, y2023, y2024):
    makers.make_indicator(code="members_admitted")
    religious = makers.make_indicator(code="members_admitted", breakdown="religious")
    makers.make_report(organization=cell, period=y2024, figures={religious: 5}, status="approved", by=an, reviewer=binh)
    makers.make_result(registration=model, key="members_admitted:religious", label="Có đạo")

    assert [measure.key for measure in measures()] == ["members_admitted"]
    assert lines_of(model)[0].after.shown == "–"


def test_an_writes_a_line_and_takes_it_out_again(an, cell, model, y2023, y2024, signed_in):
    client = signed_in(an)
    data = {
        "key": "", "whole": "", "label": "Số buổi", "unit": "buổi", "before_period": y2023.pk, "after_period": y2024.pk,
        "before_value": "4", "before_target": "", "after_value": "1.981,5", "after_target": "",
    }  # fmt: skip

    answer = client.post(reverse("models_registry:add_result", args=[model.pk]), {**data, "them": "1"})

    result = ModelResult.objects.get()
    assert (answer.url, result.after_value) == (reverse("models_registry:add_result", args=[model.pk]), Decimal("1981.5"))
    assert "tăng 1.977,5" in client.get(model.get_absolute_url()).content.decode()
    page = client.get(reverse("models_registry:edit_result", args=[result.pk]))
    assert 'value="1.981,5"' in page.content.decode()
    client.post(reverse("models_registry:remove_result", args=[result.pk]))
    assert not ModelResult.objects.exists()
    assert [line.action for line in LogEntry.objects.about(model).filter(place="kết quả trước và sau").order_by("pk")] == ["add", "remove"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"label": ""}, "label"),
        ({"after_period": "{before}"}, "__all__"),
        ({"key": "members_admitted", "after_value": "5"}, "after_value"),
        ({"before_value": "1.5"}, "before_value"),
        ({"before_value": "9" * 15}, "before_value"),
        ({"key": "members_admitted:religious"}, "key"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(change, where, an, model, y2023, y2024, signed_in):
    makers.make_indicator(code="members_admitted")
    makers.make_indicator(code="members_admitted", breakdown="religious")
    data = {"label": "Số buổi", "before_period": y2023.pk, "after_period": y2024.pk}
    data |= {name: str(y2023.pk) if value == "{before}" else value for name, value in change.items()}

    form = signed_in(an).post(reverse("models_registry:add_result", args=[model.pk]), data).context["form"]

    assert list(form.errors) == [where]
    assert not ModelResult.objects.exists()


def test_an_indicator_gives_its_name_and_unit(an, model, y2023, y2024, signed_in):
    makers.make_indicator(code="members_admitted", name="Đảng viên mới kết nạp", unit="đảng viên")
    data = {"key": "members_admitted", "before_period": y2023.pk, "after_period": y2024.pk}

    signed_in(an).post(reverse("models_registry:add_result", args=[model.pk]), data)

    result = ModelResult.objects.get()
    assert (result.key, result.label, result.unit) == ("members_admitted", "Đảng viên mới kết nạp", "đảng viên")


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_table_costs_the_same_whatever_its_length(rows, an, binh, cell, model, y2023, y2024, django_assert_num_queries):
    makers.make_indicator(code="members_admitted")
    for number in range(rows):
        makers.make_result(registration=model, key="members_admitted", label=f"Kết quả {number}")

    with django_assert_num_queries(9):
        assert len(lines_of(model)) == rows
