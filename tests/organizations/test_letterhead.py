"""How the papers of each kind of body are headed, on the date of the paper."""

import datetime as dt

import pytest

from organizations.letterhead import letterhead, signing
from organizations.models import OrganizationKind
from tests import makers

JANUARY = dt.date(2025, 1, 15)
KIND = OrganizationKind


@pytest.fixture
def named_district(district):
    district.change(on=dt.date(2001, 1, 1), heading="Huyện ủy Đơn Dương")
    return district


def test_a_committee_stands_under_the_party_name_above(named_district):
    commune = makers.make_organization(name="Đảng ủy xã Lạc Xuân", party_name="Đảng bộ xã Lạc Xuân", parent=named_district)

    head = letterhead(commune, on=JANUARY, month=1, year=2025)

    assert (head.style, head.parent, head.issuer) == ("party", "ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG", "ĐẢNG ỦY XÃ LẠC XUÂN")
    assert (head.place, head.day, head.month, head.year, head.number) == ("Đơn Dương", None, 1, 2025, "")


def test_a_chi_bo_stands_under_the_party_name_of_its_commune(cell):
    leaf = makers.make_organization(name="Chi bộ thôn 1", kind=makers.make_kind(code="chi-bo", is_cell=True), parent=cell, place="Lạc Xuân")

    head = letterhead(leaf, on=JANUARY)

    assert (head.parent, head.issuer, head.place) == ("ĐẢNG BỘ XÃ MẪU", "CHI BỘ THÔN 1", "Lạc Xuân")


def test_an_advisory_body_stands_under_the_committee_itself(named_district):
    advisory = makers.make_kind(code="ban-tham-muu", parent_line=KIND.ParentLine.COMMITTEE)
    office = makers.make_organization(name="Ban Tuyên giáo", kind=advisory, parent=named_district)

    head = letterhead(office, on=JANUARY)

    assert (head.style, head.parent, head.issuer) == ("party", "HUYỆN ỦY ĐƠN DƯƠNG", "BAN TUYÊN GIÁO")


def test_the_front_writes_its_own_name_and_its_standing_body(named_district):
    front = makers.make_kind(
        code="mat-tran", letterhead_style=KIND.LetterheadStyle.STATE, parent_line=KIND.ParentLine.OWN_NAME, standing_body="Ban Thường trực"
    )
    body = makers.make_organization(
        name="Mặt trận huyện", heading="Ủy ban MTTQ Việt Nam huyện Đơn Dương", kind=front, parent=named_district, symbol="MT"
    )

    head = letterhead(body, on=JANUARY, number="Số:      /BC-MT")

    assert (head.style, head.parent, head.issuer) == ("state", "ỦY BAN MTTQ VIỆT NAM HUYỆN ĐƠN DƯƠNG", "BAN THƯỜNG TRỰC")
    assert head.number == "Số:      /BC-MT"


def test_the_heading_is_that_of_the_day_of_the_paper(named_district):
    """The commune passes to the province when districts end; a paper of January keeps the district on its head."""
    commune = makers.make_organization(name="Đảng ủy xã Đạ Ròn", parent=named_district)
    province = makers.make_organization(name="Tỉnh ủy Lâm Đồng", party_name="Đảng bộ tỉnh Lâm Đồng")
    commune.change(on=dt.date(2025, 7, 1), parent=province, name="Đảng ủy xã Đơn Dương", place="Lâm Đồng")
    named_district.end(on=dt.date(2025, 7, 1))

    before, after = letterhead(commune, on=JANUARY), letterhead(commune, on=dt.date(2025, 12, 1))

    assert (before.parent, before.issuer, before.place) == ("ĐẢNG BỘ HUYỆN ĐƠN DƯƠNG", "ĐẢNG ỦY XÃ ĐẠ RÒN", "Đơn Dương")
    assert (after.parent, after.issuer, after.place) == ("ĐẢNG BỘ TỈNH LÂM ĐỒNG", "ĐẢNG ỦY XÃ ĐƠN DƯƠNG", "Lâm Đồng")


def test_the_body_at_the_top_has_no_line_above(named_district):
    assert letterhead(named_district, on=JANUARY).parent == ""


def test_a_place_written_on_the_paper_goes_before_that_of_the_body(named_district):
    assert letterhead(named_district, on=JANUARY, place="Thạnh Mỹ").place == "Thạnh Mỹ"


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Đảng ủy xã Lạc Xuân", {"code": "dang-bo-xa"}, ("ĐẢNG ỦY", "BÍ THƯ", "Lưu Văn phòng Đảng ủy")),
        ("Đảng bộ Quân sự", {"code": "dang-bo-quan-su"}, ("ĐẢNG ỦY", "BÍ THƯ", "Lưu Văn phòng Đảng ủy")),
        ("Chi bộ thôn 1", {"code": "chi-bo", "is_cell": True}, ("CHI BỘ", "BÍ THƯ", "Lưu Chi bộ")),
        ("Ban Tuyên giáo", {"code": "ban", "parent_line": "committee"}, ("", "TRƯỞNG BAN", "Lưu Ban Tuyên giáo")),
        ("Văn phòng", {"code": "vp", "parent_line": "committee"}, ("", "CHÁNH VĂN PHÒNG", "Lưu Văn phòng")),
        ("Ủy ban Kiểm tra", {"code": "ubkt", "parent_line": "committee"}, ("ỦY BAN KIỂM TRA", "CHỦ NHIỆM", "Lưu Ủy ban Kiểm tra")),
        (
            "Mặt trận huyện",
            {"code": "mt", "parent_line": "own_name", "standing_body": "Ban Thường trực", "letterhead_style": "state"},
            ("BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Lưu: VT"),
        ),
    ],
)
def test_each_kind_of_body_signs_by_its_own_post(named_district, name, kind, expected):
    body = makers.make_organization(name=name, kind=makers.make_kind(**kind), parent=named_district)

    signed = signing(body, on=JANUARY, recipients=["Các chi bộ trực thuộc"])

    assert (signed.body, signed.post, signed.recipients[-1]) == expected
    assert signed.recipients[:-1] == (named_district.version(on=JANUARY).name, "Các chi bộ trực thuộc")
    assert signed.name == ""
