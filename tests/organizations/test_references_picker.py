"""Cited documents picked while typing, held to what they carry out, and found again under another spelling."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse

from organizations.citations import doubts, issuer_sign, sign_key
from organizations.citing import CITED_IN, Citing
from organizations.models import LogEntry, Reference
from organizations.reference_fields import ReferenceField, ReferencesField, matches
from tests import makers


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.fixture
def plan(cell):
    return makers.make_reference(
        organization=cell, number=38, symbol="KH/ĐU", issuer="Đảng ủy xã Mẫu", issued_on=dt.date(2023, 12, 28), subject="phát triển đảng viên"
    )


@pytest.fixture
def directive(cell):
    return makers.make_reference(
        organization=cell, kind="Chỉ thị", number=26, symbol="CT/HU", issuer="Huyện ủy Đơn Dương", issued_on=dt.date(2023, 9, 11), subject="đối thoại"
    )


def read(data, *, field=None, among=None, kept=()):
    """The form of one picker after it has read `data`."""
    form_class = type("PickingForm", (forms.Form,), {"basis": field or ReferencesField(required=False)})
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    form = form_class(query)
    form.fields["basis"].allow(Reference.objects.all() if among is None else among, kept=kept)
    form.is_valid()
    return form


@pytest.mark.parametrize("text", ["38-KH/ĐU", "38-kh", "38 kh", "38kh", "38/kh-đu", "phat trien", "Kế hoạch 38"])
def test_a_document_is_found_however_it_is_typed(text, plan, directive):
    assert matches(text, among=Reference.objects.all()) == ([plan], False)


def test_a_number_and_symbol_in_full_mean_that_document_alone(plan, cell):
    makers.make_reference(organization=cell, number=138, symbol="KH/ĐU")

    assert matches("38-KH/ĐU", among=Reference.objects.all())[0] == [plan]
    assert len(matches("38-KH", among=Reference.objects.all())[0]) == 2


@pytest.mark.parametrize(
    ("data", "picked"),
    [
        ({"basis": "38 kh"}, ["plan"]),
        ({"basis": "38-KH/ĐU; 26-CT/HU"}, ["plan", "directive"]),
        ({"basis": "", "basis_choice": ["directive"], "basis_for": ""}, ["directive"]),
        ({"basis": "26 ct", "basis_choice": ["plan"], "basis_for": ""}, ["plan", "directive"]),
        ({"basis": "đ", "basis_for": "đ", "basis_offered": ["plan.directive"], "basis_choice": ["directive"]}, ["directive"]),
        ({"basis": ["plan", "directive"]}, ["plan", "directive"]),
        ({"basis": ""}, []),
        ({}, []),
        ({"basis": "", "basis_for": "", "basis_choice": ["999999", "x", "9" * 40]}, []),
    ],
)
def test_what_is_ticked_and_what_is_typed_are_both_read(data, picked, plan, directive):
    keys = {"plan": str(plan.pk), "directive": str(directive.pk), "plan.directive": f"{plan.pk}.{directive.pk}"}
    data = {name: [keys.get(each, each) for each in value] if isinstance(value, list) else value for name, value in data.items()}

    form = read(data)

    assert form.errors == {}
    assert form.cleaned_data["basis"] == [{"plan": plan, "directive": directive}[name] for name in picked]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("99-KH/ĐU", "Không có văn bản nào khớp với “99-KH/ĐU” trong sổ: gõ lại, hoặc ghi văn bản vào sổ văn bản viện dẫn trước."),
        ("2023", "Không có văn bản nào khớp với “2023” trong sổ: gõ lại, hoặc ghi văn bản vào sổ văn bản viện dẫn trước."),
        ("đ", "“đ” khớp với nhiều văn bản: chọn trong danh sách, hoặc xóa chữ trong ô."),
    ],
)
def test_what_cannot_be_told_is_asked_and_the_text_stays(text, sentence, plan, directive):
    form = read({"basis": text, "basis_for": "", "basis_choice": []})

    assert form.errors == {"basis": [sentence]}
    assert f'value="{text}"' in str(form["basis"])


def test_one_document_takes_the_place_of_another(plan, directive):
    picked = read({"basis": "26 ct", "basis_choice": [str(plan.pk)], "basis_for": ""}, field=ReferenceField(required=False))
    ticked = read({"basis": "", "basis_choice": [str(plan.pk), str(directive.pk)], "basis_for": ""}, field=ReferenceField(required=False))

    assert picked.cleaned_data["basis"] == directive
    assert ticked.errors == {"basis": ["Chỉ chọn một văn bản."]}
    assert read({}, field=ReferenceField(required=False)).cleaned_data["basis"] is None
    assert list(read({}, field=ReferenceField()).errors) == ["basis"]


def test_a_document_out_of_reach_is_not_picked_but_one_that_stands_there_may_stay(plan, directive):
    among = Reference.objects.filter(pk=plan.pk)
    data = {"basis": "", "basis_for": "", "basis_choice": [str(directive.pk)]}

    assert read(data, among=among).cleaned_data["basis"] == []
    assert read(data, among=among, kept=[directive]).cleaned_data["basis"] == [directive]
    assert list(read({"basis": "26 ct"}, among=among, kept=[directive]).errors) == ["basis"]


def test_the_picker_offers_what_is_within_reach_while_one_types(an, chi, plan, signed_in):
    def offered(account, **more):
        return signed_in(account).get(url("search_references"), {"ten": "basis", "basis": "38 kh", **more})

    assert offered(an).context["choices"] == [plan]
    assert 'type="radio"' in offered(an, mot="1").content.decode()
    assert offered(chi).context["choices"] == []
    assert offered(an, ten="1x").status_code == 403


def test_the_register_is_carried_on_with_what_a_document_carries_out(an, cell, plan, directive, signed_in):
    client = signed_in(an)
    data = {
        "organization": cell.name,
        "kind": "Kế hoạch",
        "number": "5",
        "symbol": "KH/ĐU",
        "issued_on": "05/02/2024",
        "kept_at": "Văn phòng, cặp 12",
    }

    client.post(url("add_reference"), {**data, "carries_out": "26 ct"})

    written = Reference.objects.get(number=5)
    assert (list(written.carries_out.all()), written.kept_at, written.sign) == ([directive], "Văn phòng, cặp 12", "05-KH/ĐU")
    assert LogEntry.objects.about(written).get().after["carries_out"] == "Chỉ thị 26-CT/HU, ngày 11/9/2023"
    page = client.get(directive.get_absolute_url())
    assert list(page.context["carried_out_by"]) == [written]
    assert client.get(written.get_absolute_url()).context["carries_out"] == [(directive, True)]


def test_a_document_is_not_older_than_what_it_carries_out(an, cell, plan, directive, signed_in):
    client = signed_in(an)
    data = {"organization": cell.name, "kind": "Kế hoạch", "number": "5", "symbol": "KH/ĐU", "issued_on": "01/09/2023", "carries_out": "26 ct"}

    older = client.post(url("add_reference"), data)
    assert older.context["form"].errors == {
        "carries_out": ["Chỉ thị 26-CT/HU ban hành ngày 11/09/2023, sau văn bản này (01/09/2023): xem lại hai ngày, hoặc bỏ chọn văn bản đó."]
    }
    plan.carries_out.add(directive)
    facts = {"organization": cell.name, "kind": "Chỉ thị", "number": "26", "symbol": "CT/HU", "issued_on": "05/01/2024"}
    moved = client.post(url("edit_reference", directive.pk), facts)
    assert moved.context["form"].errors == {
        "issued_on": ["Kế hoạch 38-KH/ĐU thực hiện văn bản này đã ban hành ngày 28/12/2023, trước ngày 05/01/2024: xem lại hai ngày."]
    }
    circle = client.post(url("edit_reference", directive.pk), {**facts, "issued_on": "", "carries_out": "38 kh"})
    assert circle.context["form"].errors == {"carries_out": ["Kế hoạch 38-KH/ĐU đang ghi là thực hiện chính văn bản này: bỏ một trong hai chiều."]}


@pytest.mark.parametrize(("number", "symbol"), [("38", "KH-ĐU"), ("38", "kh/đu"), ("38", "KH/ ĐU"), ("038", "KH/ĐU")])
def test_another_spelling_of_a_document_that_is_there_is_told_while_typing(number, symbol, an, plan, signed_in):
    told = signed_in(an).get(url("check_reference"), {"kind": "Kế hoạch", "number": number, "symbol": symbol, "issued_on": "28/12/2023"})

    assert "Đã có trong sổ: Kế hoạch 38-KH/ĐU, ngày 28/12/2023 (Đảng ủy xã Mẫu)." in told.context["sentences"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"issuer": "Đảng uỷ xã Mẫu", "issued_on": "05/01/2025"}, True),
        ({"issuer": "Đảng ủy xã Mẫu", "issued_on": "05/01/2029"}, False),
        ({"issuer": "Đảng ủy xã Bên", "issued_on": "05/01/2025"}, False),
        ({"issuer": "Đảng ủy xã Bên", "issued_on": "05/01/2023"}, True),
        ({"issued_on": ""}, True),
    ],
)
def test_a_party_number_does_not_come_again_within_a_term(typed, found, an, plan, signed_in):
    told = signed_in(an).get(url("check_reference"), {"kind": "Kế hoạch", "number": "38", "symbol": "KH/ĐU", **typed})

    assert ("Đã có trong sổ: Kế hoạch 38-KH/ĐU, ngày 28/12/2023 (Đảng ủy xã Mẫu)." in told.context["sentences"]) is found


@pytest.mark.parametrize(
    "typed", [{"number": "39"}, {"issued_on": "28/12/2021"}, {"symbol": "CV/ĐU"}, {"symbol": ""}, {"number": "x", "issued_on": "31/02/2024"}]
)
def test_another_document_is_not_taken_for_it(typed, an, plan, signed_in):
    facts = {"kind": "Kế hoạch", "number": "38", "symbol": "KH/ĐU", "issued_on": "28/12/2023"}

    told = signed_in(an).get(url("check_reference"), {**facts, **typed})

    assert not [sentence for sentence in told.context["sentences"] if sentence.startswith("Đã có trong sổ")]


def test_papers_without_a_number_are_alike_by_their_words(an, cell, chi, signed_in):
    makers.make_reference(organization=cell, kind="Bộ tiêu chí", subject="xã nông thôn mới kiểu mẫu")
    Reference.objects.update(number=None)
    Reference.objects.get().save()
    typed = {"kind": "bộ tiêu chí", "subject": "Xã nông thôn mới kiểu mẫu"}

    assert signed_in(an).get(url("check_reference"), typed).context["sentences"] == [
        "Đã có trong sổ: Bộ tiêu chí về xã nông thôn mới kiểu mẫu (Đảng ủy xã Mẫu)."
    ]
    assert signed_in(chi).get(url("check_reference"), typed).context["sentences"] == []


ODD = [
    (
        {"symbol": "KH/ĐU", "issuer": "Huyện ủy Đơn Dương"},
        "Ký hiệu “KH/ĐU” là của Đảng ủy, còn cơ quan ban hành đang ghi là Huyện ủy Đơn Dương: kiểm tra lại.",
    ),
    (
        {"symbol": "KH/HU", "issuer": "Đảng ủy xã Mẫu"},
        "Ký hiệu “KH/HU” là của Huyện ủy, còn cơ quan ban hành đang ghi là Đảng ủy xã Mẫu: kiểm tra lại.",
    ),
    (
        {"symbol": "KH/CB", "issuer": "Đảng ủy xã Mẫu"},
        "Ký hiệu “KH/CB” là của Chi bộ, còn cơ quan ban hành đang ghi là Đảng ủy xã Mẫu: kiểm tra lại.",
    ),
    (
        {"symbol": "KH/HU", "issuer": "Huyện ủy Đơn Dương", "issued_on": dt.date(2025, 7, 1)},
        "Huyện ủy kết thúc hoạt động từ ngày 01/07/2025: kiểm tra ngày ban hành hoặc ký hiệu “KH/HU”.",
    ),
    (
        {"kind": "Hướng dẫn", "symbol": "HD/CB", "issuer": "Chi bộ thôn 1", "issued_on": dt.date(2026, 5, 1)},
        "Chi bộ không ban hành Hướng dẫn (Quy định 399-QĐ/TW): kiểm tra loại văn bản và ký hiệu.",
    ),
    (
        {"kind": "Chỉ thị", "symbol": "CT/ĐU", "issuer": "Đảng ủy xã Mẫu", "issued_on": dt.date(2026, 5, 1)},
        "Đảng ủy cơ sở không ban hành Chỉ thị (Quy định 399-QĐ/TW): kiểm tra loại văn bản và ký hiệu.",
    ),
    (
        {"kind": "Nghị định", "symbol": "2020/NĐ-CP", "issuer": "Chính phủ", "issued_on": dt.date(2021, 3, 5)},
        "Ký hiệu “2020/NĐ-CP” mang năm 2020, còn ngày ban hành ghi năm 2021: kiểm tra lại.",
    ),
]


@pytest.mark.parametrize(("facts", "sentence"), ODD)
def test_an_issuer_that_does_not_fit_is_asked_about(facts, sentence):
    assert doubts(**{"kind": "Kế hoạch", "number": 5, **facts}) == [sentence]


@pytest.mark.parametrize(
    ("kind", "symbol", "issuer", "day"),
    [
        ("Chỉ thị", "CT/HU", "Ban Thường vụ Huyện ủy Đơn Dương", dt.date(2023, 9, 11)),
        ("Kế hoạch", "KH/ĐU", "Ban Chấp hành Đảng bộ xã Mẫu", dt.date(2024, 1, 5)),
        ("Chỉ thị", "CT/ĐU", "Đảng ủy xã Mẫu", dt.date(2024, 1, 5)),
        ("Báo cáo", "BC-MTTQ-BTT", "Ủy ban MTTQ Việt Nam huyện Đơn Dương", dt.date(2024, 12, 5)),
        ("Hướng dẫn", "HD/VPTW", "Văn phòng Trung ương Đảng", dt.date(2026, 5, 27)),
        ("Kế hoạch", "KH/BXDĐ", "Ban Xây dựng Đảng", dt.date(2026, 5, 27)),
        ("Nghị quyết", "NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội", dt.date(2025, 6, 16)),
    ],
)
def test_an_issuer_that_fits_raises_no_doubt(kind, symbol, issuer, day):
    assert doubts(kind=kind, number=5, symbol=symbol, issuer=issuer, issued_on=day) == []


@pytest.mark.parametrize(
    ("symbol", "sign"), [("KH/ĐU", "ĐU"), ("QĐ-TTg", "TTg"), ("2020/NĐ-CP", "CP"), ("BC-MTTQ-BTT", "MTTQ"), ("KH", ""), ("", "")]
)
def test_the_sign_of_the_issuer_is_read_out_of_a_symbol(symbol, sign):
    assert issuer_sign(symbol) == sign


def test_one_number_and_symbol_have_one_key():
    assert {sign_key(38, symbol) for symbol in ("KH/ĐU", "KH-ĐU", "kh / đu", "KH–ĐU")} == {"38 kh du"}
    assert sign_key(None, "KH/ĐU") == sign_key(38, "") == ""


def test_documents_in_doubt_and_of_an_issuer_are_found(an, cell, plan, directive, signed_in):
    odd = makers.make_reference(organization=cell, kind="Công văn", number=7, symbol="KH/ĐU", issuer="Đảng ủy xã Mẫu")
    client = signed_in(an)

    def found(**filters):
        return set(client.get(url("references"), filters).context["page"])

    assert found(xem="lai") == {odd}
    assert found(co_quan="huyen uy") == {directive}
    assert found(co_quan="dang uy xa mau") == {plan, odd}
    assert client.get(url("references")).context["counts"] == {"numbered": 3, "doubtful": 1}


def test_after_saving_the_next_document_may_be_written_at_once(an, cell, signed_in):
    answer = signed_in(an).post(url("add_reference"), {"organization": cell.name, "kind": "Kế hoạch", "another": "1"})

    assert (answer.status_code, answer.url) == (302, url("add_reference"))


def test_a_document_tells_where_it_is_cited(an, plan, signed_in):
    def cite(reference, user):
        return [Citing("đăng ký mô hình", "Gần dân", "/mo-hinh/1/")] if user.pk == an.pk else []

    CITED_IN.append(cite)
    try:
        page = signed_in(an).get(plan.get_absolute_url())
    finally:
        CITED_IN.remove(cite)

    assert Citing("đăng ký mô hình", "Gần dân", "/mo-hinh/1/") in page.context["citings"]


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_as_often_for_many_rows_as_for_one(rows, an, cell, signed_in, django_assert_num_queries):
    for n in range(rows):
        makers.make_reference(organization=cell, number=n + 1, symbol="KH/ĐU", issuer="Đảng ủy xã Mẫu")
    client = signed_in(an)
    client.get(url("references"))

    with django_assert_num_queries(9):
        client.get(url("references"))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_page_that_cites_many_asks_as_often(rows, an, cell, plan, signed_in, django_assert_num_queries):
    plan.carries_out.set([makers.make_reference(organization=cell, kind="Chỉ thị", number=n + 1, symbol="CT/HU") for n in range(rows)])
    client = signed_in(an)
    client.get(plan.get_absolute_url())

    with django_assert_num_queries(17):
        client.get(plan.get_absolute_url())
    with django_assert_num_queries(16):
        client.get(url("edit_reference", plan.pk))


def test_an_answer_counts_however_the_pickers_were_filled(an, cell, directive, signed_in):
    client = signed_in(an)
    data = {"organization": cell.name, "kind": "Công văn", "number": "5", "symbol": "KH/ĐU", "carries_out": "26 ct"}
    half = {"organization": "xa mau", "organization_for": "xa mau", "organization_choice": str(cell.pk)}
    asked = client.post(url("add_reference"), {**data, **half})
    picked = {"carries_out": "", "carries_out_for": "", "carries_out_choice": str(directive.pk)}

    answer = client.post(url("add_reference"), {**data, **picked, "confirmed": asked.context["form"].answer})

    assert answer.status_code == 302
    assert list(Reference.objects.get(number=5).carries_out.all()) == [directive]
