"""The page on which a step is confirmed: it tells the consequence, and what stands in the way."""

import re

import pytest

from organizations.review import Status
from tests import makers


@pytest.fixture
def report(cell, y2024, an):
    indicator = makers.make_indicator(code="members_admitted", name="Đảng viên mới kết nạp")
    makers.make_form(kind=cell.version().kind, indicators=[indicator])
    return makers.make_report(organization=cell, period=y2024, status=Status.SUBMITTED, by=an, figures={indicator: 5})


def step(report, name):
    return f"/bao-cao/{report.pk}/buoc/{name}/"


def test_the_consequence_stands_there_and_the_button_repeats_the_verb(signed_in, binh, report):
    page = signed_in(binh).get(step(report, "approve")).content.decode()

    assert "Số liệu được dùng cho tổng kết và tham luận." in page
    assert ">Phê duyệt</button>" in page
    assert "▸</span> Đã trình" in page
    assert 'class="textarea form-control" id="id_note"' in page.replace('rows="4" ', "")
    assert "version" not in re.sub("<[^>]*>", "", page)


def test_a_return_without_a_reason_asks_for_it_and_keeps_the_state(signed_in, binh, report):
    answer = signed_in(binh).post(step(report, "return"), {"note": "  "})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Ghi lý do trước khi trả lại." in page
    assert 'aria-invalid="true"' in page
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


@pytest.mark.parametrize(("name", "status"), [("unlock", 409), ("lock", 409)])
def test_a_step_from_another_state_says_so_without_a_button(signed_in, binh, report, name, status):
    answer = signed_in(binh).get(step(report, name))

    assert answer.status_code == status
    page = answer.content.decode()
    assert "hồ sơ đang ở trạng thái “đã trình”" in page
    assert '<form method="post" class="panel">' not in page


def test_an_is_refused_what_is_not_hers(signed_in, an, report):
    assert signed_in(an).get(step(report, "approve")).status_code == 403


def test_chi_and_unknown_steps_find_nothing(signed_in, chi, binh, report):
    assert signed_in(chi).get(step(report, "approve")).status_code == 404
    assert signed_in(binh).get(step(report, "abolish")).status_code == 404
