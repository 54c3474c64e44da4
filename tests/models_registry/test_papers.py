"""Registrations and lists as papers: the words of the page in the official layout, for whoever sees the page."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from models_registry.models import Registration
from models_registry.paper import list_paper, registration_paper
from organizations.models import LogEntry
from partyreports.documents import plain_text
from tests import makers


@pytest.fixture
def model(an, binh, cell, y2023, y2024):
    model = makers.make_registration(
        organization=cell, title="Ngày thứ sáu nghe dân nói", periods=[y2024], status="approved", by=an, reviewer=binh,
        situation="Trước đây ít gặp dân.", method="Cách làm:\n- Mỗi tháng một buổi.\n- Luân phiên các thôn.", working_group_size=18,
        launched_on=dt.date(2024, 3, 29),
    )  # fmt: skip
    makers.make_stage(registration=model, by=an, on=dt.date(2024, 1, 5), state="registered", document="78-CV/ĐU")
    makers.make_result(registration=model, before_value=Decimal(4), after_value=Decimal(10))
    return model


def test_a_registration_is_printed_with_all_that_is_known(model):
    paper = registration_paper(model)

    assert plain_text(paper).splitlines() == [
        "BẢN ĐĂNG KÝ",
        "Mô hình mới, cách làm sáng tạo “Ngày thứ sáu nghe dân nói”",
        "I. THÔNG TIN CHUNG",
        "- Tổ chức đăng ký: Đảng ủy xã Mẫu.",
        "- Lĩnh vực: Đối thoại, dân vận.",
        "- Đăng ký cho năm: 2024.",
        "- Ngày ra mắt: 29/3/2024.",
        "- Tổ công tác: 18 thành viên.",
        "II. THỰC TRẠNG",
        "Trước đây ít gặp dân.",
        "III. CÁCH THỨC THỰC HIỆN",
        "Cách làm:",
        "- Mỗi tháng một buổi.",
        "- Luân phiên các thôn.",
        "IV. KẾT QUẢ TRƯỚC VÀ SAU KHI CÓ MÔ HÌNH",
        "Kết quả | Trước | Sau | So sánh",
        "Số buổi đối thoại (buổi) | Năm 2023: 04 | Năm 2024: 10 | tăng 06",
        "V. TÌNH TRẠNG THỰC HIỆN",
        "- Năm 2024: đăng ký, ngày 05/01/2024 (78-CV/ĐU).",
    ]
    assert (paper.is_draft, paper.dated, paper.letterhead.issuer, paper.letterhead.day) == (False, dt.date(2024, 1, 5), "ĐẢNG ỦY XÃ MẪU", 5)


def test_a_draft_says_so_and_leaves_its_day_open(cell, y2024):
    paper = registration_paper(makers.make_registration(organization=cell, periods=[y2024]))

    assert (paper.is_draft, paper.letterhead.day, paper.letterhead.month, paper.letterhead.year) == (True, None, None, 2024)


def test_the_list_of_a_branch_is_a_table(cell, district, model, y2024):
    paper = list_paper(Registration.objects.all(), branch=district, year="2024", is_draft=False)

    assert plain_text(paper.blocks).splitlines() == [
        "STT | Tên mô hình | Tổ chức | Lĩnh vực | Ngày ra mắt | Tình trạng",
        "1 | Ngày thứ sáu nghe dân nói | Đảng ủy xã Mẫu | Đối thoại, dân vận | 29/3/2024 | Đăng ký",
        "Tổng cộng: 01 mô hình.",
    ]
    assert (paper.title, paper.letterhead.issuer) == ("Mô hình mới, cách làm sáng tạo năm 2024", "HUYỆN ỦY ĐƠN DƯƠNG")
    assert plain_text(list_paper(Registration.objects.none(), branch=district, year="", is_draft=False).blocks) == "Tổng cộng: 0 mô hình."


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_files_are_handed_out_within_reach_and_noted(kind, an, chi, cell, model, signed_in):
    makers.make_registration(organization=cell, title="Bản còn viết")
    address = reverse(f"models_registry:{kind}", args=[model.pk])

    answer = signed_in(an).get(address)
    printed, name = b"".join(answer.streaming_content), answer["Content-Disposition"]
    listed = b"".join(signed_in(an).get(reverse(f"models_registry:list_{kind}")).streaming_content)

    assert name == f'attachment; filename="DangKyMoHinh_NgayThuSauNgheDanNoi.{kind}"'
    assert min(len(printed), len(listed)) > 5000
    assert [(line.action, line.place) for line in LogEntry.objects.order_by("pk")[:2]] == [
        ("download", f"Bản đăng ký {kind.upper()}"),
        ("download", f"Danh mục {kind.upper()}"),
    ]
    assert signed_in(chi).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_costs_the_same_whatever_its_length(rows, an, cell, district, y2024, django_assert_num_queries):
    for _ in range(rows):
        makers.make_registration(organization=makers.make_organization(parent=cell), periods=[y2024])

    with django_assert_num_queries(7):
        list_paper(Registration.objects.all(), branch=district, year="2024", is_draft=False)


def test_a_list_that_is_too_long_says_how_much_it_leaves_out(cell, district, y2024, monkeypatch):
    monkeypatch.setattr("models_registry.paper.MOST", 2)
    for number in range(3):
        makers.make_registration(organization=cell, title=f"Mô hình {number}", periods=[y2024])

    table, left_out, total = list_paper(Registration.objects.all(), branch=district, year="2024", is_draft=False).blocks

    assert [row[1][0].text for row in table.rows] == ["Mô hình 2", "Mô hình 1"]
    assert left_out.inlines[0].text == (
        "Danh mục này chỉ in 02 mô hình đăng ký gần đây nhất trong 03 mô hình; chọn một năm, một tổ chức hoặc một lĩnh vực để in đủ."
    )
    assert total.inlines[0].text == "Tổng cộng: 03 mô hình."


def test_the_page_of_a_long_list_says_how_much_is_printed(signed_in, an, cell, y2024, monkeypatch):
    monkeypatch.setattr("models_registry.views.registrations.MOST", 1)
    client, sentence = signed_in(an), "Danh mục PDF và Word in 01 mô hình đăng ký gần đây nhất"
    makers.make_registration(organization=cell, periods=[y2024])
    assert sentence not in client.get(reverse("models_registry:list")).content.decode()

    makers.make_registration(organization=cell, periods=[y2024])
    assert sentence in client.get(reverse("models_registry:list")).content.decode()


def test_a_list_and_a_registration_are_signed_for_their_body(cell, district, y2024):
    registration = makers.make_registration(organization=cell, periods=[y2024])

    paper = registration_paper(registration)
    listed = list_paper(Registration.objects.all(), branch=district, year="2024", is_draft=False)

    assert (paper.signing.body, paper.signing.post) == ("ĐẢNG ỦY", "BÍ THƯ")
    assert paper.signing.recipients == ("Huyện ủy Đơn Dương", "Lưu Văn phòng Đảng ủy")
    assert listed.signing.recipients == ("Các tổ chức có tên trong danh mục", "Lưu Văn phòng Huyện ủy")
