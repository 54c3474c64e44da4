"""Cited documents: how they are cited, what looks odd, what is refused."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.citations import abbreviation, doubts, style
from organizations.models import LogEntry, Reference, Right
from tests import makers

FACTS = {
    "organization": "Đảng ủy xã Mẫu",
    "kind": "Kế hoạch",
    "number": "38",
    "symbol": "KH/ĐU",
    "issuer": "Đảng ủy xã Lạc Xuân",
    "issued_on": "28/12/2023",
    "subject": "công tác phát triển đảng viên năm 2024",
}


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.mark.parametrize(
    ("number", "symbol", "shown"),
    [
        (38, "KH/ĐU", "38-KH/ĐU"),
        (5, "CT/TW", "05-CT/TW"),
        (318, "QĐ-TTg", "318/QĐ-TTg"),
        (30, "2020/NĐ-CP", "30/2020/NĐ-CP"),
        (None, "BC-MT", "BC-MT"),
        (7, "", "07"),
    ],
)
def test_number_and_symbol_are_joined_as_their_style_has_it(number, symbol, shown):
    assert Reference(kind="x", number=number, symbol=symbol).sign == shown


def test_a_citation_tells_what_is_known(cell):
    full = makers.make_reference(
        organization=cell, number=41, symbol="KH/ĐU", issuer="Đảng ủy xã Mẫu", issued_on=dt.date(2024, 2, 5), subject="phát triển đảng viên"
    )

    assert full.citation == "Kế hoạch số 41-KH/ĐU, ngày 05/02/2024 của Đảng ủy xã Mẫu về phát triển đảng viên"
    assert Reference(kind="Bộ tiêu chí", subject="y tế xã").citation == "Bộ tiêu chí về y tế xã"
    assert Reference(kind="Điều lệ").citation == "Điều lệ"


@pytest.mark.parametrize(
    ("symbol", "expected", "sign"),
    [("KH/ĐU", "party", "KH"), ("QĐ-TTg", "state", "QĐ"), ("2020/NĐ-CP", "state", "NĐ"), ("KH-BCH", "state", "KH"), ("", "", ""), ("KH", "", "KH")],
)
def test_a_symbol_tells_its_style_and_its_kind(symbol, expected, sign):
    assert (style(symbol), abbreviation(symbol)) == (expected, sign)


@pytest.mark.parametrize(
    ("kind", "number", "symbol", "issuer"),
    [
        ("Kế hoạch", 38, "KH/ĐU", "Đảng ủy xã Lạc Xuân"),
        ("Quyết định", 318, "QĐ-TTg", "Thủ tướng Chính phủ"),
        ("Quyết định", 1921, "QĐ-UBND", "UBND tỉnh Lâm Đồng"),
        ("Quy định", 11, "QĐi/TW", "Bộ Chính trị"),
        ("Nghị định", 30, "2020/NĐ-CP", "Chính phủ"),
        ("Chỉ thị", 26, "CT/HU", "Ban Thường vụ Huyện ủy Đơn Dương"),
        ("Báo cáo", None, "BC-MT", "Ủy ban MTTQ Việt Nam huyện"),
        ("Kế hoạch", 83, "KH-BCH", "Ban Chỉ huy Quân sự huyện Đơn Dương"),
        ("Nghị quyết", None, "", "Đảng ủy xã Lạc Xuân; Huyện ủy Đơn Dương"),
        ("Điều lệ", None, "", "Đảng Cộng sản Việt Nam"),
    ],
)
def test_what_is_right_raises_no_doubt(kind, number, symbol, issuer):
    assert doubts(kind=kind, number=number, symbol=symbol, issuer=issuer) == []


@pytest.mark.parametrize(
    ("kind", "number", "symbol", "issuer", "sentence"),
    [
        ("Công văn", 38, "KH/ĐU", "", "Ký hiệu “KH/ĐU” thường là của Kế hoạch, còn loại văn bản đang ghi là Công văn: kiểm tra lại."),
        (
            "Nghị quyết", 64, "QĐ/ĐU", "",
            "Ký hiệu “QĐ/ĐU” thường là của Quyết định hoặc Quy định, còn loại văn bản đang ghi là Nghị quyết: kiểm tra lại.",
        ),
        (
            "Kế hoạch", 38, "KH-ĐU", "Đảng ủy xã Mẫu",
            "Văn bản của Đảng nối số và ký hiệu bằng gạch ngang, ví dụ 38-KH/ĐU; “KH-ĐU” là cách ghi của cơ quan nhà nước.",
        ),
        (
            "Quyết định", 5, "QĐ/UBND", "Ủy ban nhân dân xã",
            "Văn bản của cơ quan nhà nước nối số và ký hiệu bằng gạch chéo, ví dụ 318/QĐ-TTg; “QĐ/UBND” là cách ghi của Đảng.",
        ),
        ("Kế hoạch", None, "38-KH/ĐU", "", "Ký hiệu “38-KH/ĐU” bắt đầu bằng số: ghi số vào ô “Số”, phần sau vào ô “Ký hiệu”."),
        ("Nghị định", 59, "2023-NĐ-CP", "", "Năm và ký hiệu nối bằng gạch chéo, ví dụ 59/2023/NĐ-CP: kiểm tra ký hiệu “2023-NĐ-CP”."),
        ("Kế hoạch", 38, "KH / ĐU", "", "Ký hiệu “KH / ĐU” có dấu cách: ký hiệu viết liền, ví dụ KH/ĐU hoặc QĐ-UBND."),
    ],
)  # fmt: skip
def test_what_looks_odd_is_asked_about(kind, number, symbol, issuer, sentence):
    assert doubts(kind=kind, number=number, symbol=symbol, issuer=issuer) == [sentence]


def test_an_adds_a_document_and_the_log_says_so(an, cell, signed_in):
    response = signed_in(an).post(url("add_reference"), FACTS)

    reference = Reference.objects.get()
    assert (response.status_code, response.url) == (302, reference.get_absolute_url())
    assert (reference.organization, reference.issued_on, reference.number) == (cell, dt.date(2023, 12, 28), 38)
    line = LogEntry.objects.about(reference).get()
    assert (line.action, line.after["issued_on"], line.organization_pk) == ("add", "28/12/2023", cell.pk)


def test_an_odd_document_is_kept_when_it_is_meant(an, cell, signed_in):
    client, data = signed_in(an), {**FACTS, "kind": "Công văn"}

    asked = client.post(url("add_reference"), data)
    assert asked.status_code == 200
    assert not Reference.objects.exists()
    client.post(url("add_reference"), {**data, "confirmed": asked.context["form"].answer})

    assert Reference.objects.get().kind == "Công văn"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"issued_on": "27/32/2024"}, "issued_on", "Không có ngày 27/32/2024. Đồng chí muốn nhập 27/12/2024, 27/03/2024 hay 27/02/2024?"),
        ({"issued_on": "01/01/2099"}, "issued_on", "Ngày 01/01/2099 chưa đến: nhập ngày từ hôm nay trở về trước."),
        ({"number": "3a8"}, "number", "Số văn bản chỉ gồm chữ số, ví dụ 38."),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(change, field, sentence, an, cell, signed_in):
    response = signed_in(an).post(url("add_reference"), {**FACTS, **change})

    assert response.context["form"].errors == {field: [sentence]}
    assert all(f'value="{text}"' in response.content.decode() for text in change.values())


def test_one_document_stands_once_in_the_register_of_a_body(an, cell, signed_in):
    signed_in(an).post(url("add_reference"), FACTS)

    again = signed_in(an).post(url("add_reference"), FACTS)

    assert again.context["form"].non_field_errors() == ["Văn bản này đã có trong sổ của tổ chức."]


def test_a_document_is_found_by_kind_year_body_and_words(an, cell, signed_in):
    plan = makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 28), subject="Phát triển đảng viên")
    letter = makers.make_reference(organization=cell, kind="Công văn", number=118, symbol="CV/ĐU", issued_on=dt.date(2024, 6, 14))
    undated = makers.make_reference(organization=cell, kind="Nghị quyết")
    client = signed_in(an)

    def found(**filters):
        return set(client.get(url("references"), filters).context["page"])

    assert found() == {plan, letter, undated}
    assert found(loai="Công văn") == {letter}
    assert found(nam="2023") == {plan}
    assert found(q="38-kh/du") == {plan}
    assert found(q="phat trien dang vien") == {plan}
    assert found(to_chuc=str(cell.pk), q="cv") == {letter}
    assert found(nam="abc") == {plan, letter, undated}


def test_reviewers_read_and_do_not_write(cell, signed_in):
    reference = makers.make_reference(organization=cell)
    reviewer = makers.make_account(rights=[Right.REVIEW], organization=cell)

    assert signed_in(reviewer).get(url("reference", reference.pk)).status_code == 200
    assert signed_in(reviewer).post(url("edit_reference", reference.pk), FACTS).status_code == 403


def test_a_document_is_not_moved_to_a_body_out_of_reach(an, cell, other_cell, signed_in):
    reference = makers.make_reference(organization=cell)

    for name in ("Đảng ủy xã Bên", str(other_cell.pk)):
        response = signed_in(an).post(url("edit_reference", reference.pk), {**FACTS, "organization": name})
        assert "organization" in response.context["form"].errors
    reference.refresh_from_db()
    assert reference.organization == cell
