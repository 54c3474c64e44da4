"""Ratings, badges and movements in Excel: whom a line means, what it writes, and that the acts of the pages do the writing."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations import roster
from organizations.exchange import registered
from organizations.exchange.workbooks import export_of
from organizations.models import BadgeAward, LogEntry, Member, MemberRating, Right, Stay
from tests import makers
from tests.exchanging import export, import_file, sheet_of

D = dt.date
LETTERS = "BDGHLNTV"
SLUGS = ("xep-loai", "huy-hieu", "bien-dong")


def bring_in(slug, by, *lines, confirm=True):
    return import_file(slug, by=by, content=sheet_of(slug, by=by, lines=lines), confirm=confirm)


def comes_to(work):
    return [(error["row"], error["title"], error["sentence"]) for error in work.errors], work.added, work.changed, work.unchanged


def stays_of(member):
    return list(
        member.stays.order_by("since", "pk").values_list("organization", "since", "arrived_by", "until", "left_by", "went_to", "is_temporary")
    )


@pytest.fixture
def cells(cell):
    kind = makers.make_kind(code="chi-bo", is_cell=True)
    return [makers.make_organization(name=f"Chi bộ thôn {n}", parent=cell, kind=kind) for n in (1, 2)]


@pytest.fixture
def member(cells):
    return makers.make_member(organization=cells[0], full_name="Lê Văn Một", admitted_on=D(1994, 5, 1), official_on=D(1995, 5, 1), birth_year=1960)


# --- who is meant ---------------------------------------------------------------------------------------------------------


def test_a_line_means_somebody_by_his_code_or_by_a_name_that_he_alone_has(an, cells, member, other_cell):
    makers.make_member(organization=cells[0], full_name="Nguyễn Thị Hoa", birth_year=1985)
    for birth_year, body in ((1970, cells[0]), (1971, cells[1]), (1971, cells[0])):
        makers.make_member(organization=body, full_name="Trần Văn Hai", birth_year=birth_year)
    far = makers.make_member(organization=other_cell, full_name="Lê Văn Xa")
    line = {"Năm": 2024, "Mức xếp loại": "hoàn thành nhiệm vụ"}

    work = bring_in(
        "xep-loai", an,
        line | {"Mã đảng viên": member.pk},
        line | {"Họ và tên": "Nguyễn Thị Hòa"},
        line | {"Họ và tên": "Trần Văn Hai", "Năm sinh": 1971},
        line | {"Họ và tên": "Trần Văn Hai", "Năm sinh": 1971, "Chi bộ": "Chi bộ thôn 2"},
        line | {"Mã đảng viên": far.pk},
        line | {"Mã đảng viên": member.pk, "Họ và tên": "Lê Văn Khác"},
        line,
    )  # fmt: skip

    missing = "Không có đảng viên Nguyễn Thị Hòa trong phạm vi của đồng chí: kiểm tra họ tên và năm sinh như trong sổ đảng viên."
    assert comes_to(work) == (
        [
            (3, "Họ và tên", missing),
            (4, "Họ và tên", "Có 02 đảng viên tên Trần Văn Hai sinh năm 1971: ghi chi bộ, năm sinh, hoặc mã của người đó."),
            (6, "Mã đảng viên", f"Không có đảng viên mang mã {far.pk} trong phạm vi của đồng chí."),
            (7, "Mã đảng viên", f"Mã {member.pk} là của Lê Văn Một: kiểm tra mã và họ tên."),
            (8, "Họ và tên", "Ghi họ tên, hoặc mã của đảng viên."),
        ],
        2, 0, 0,
    )  # fmt: skip
    assert not MemberRating.objects.exists()


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("lines", [1, 3, 50])
def test_a_dry_run_asks_as_much_of_the_database_for_any_number_of_lines(slug, lines, an, cells, django_assert_max_num_queries):
    for number in range(lines):
        makers.make_member(
            organization=cells[number % 2],
            full_name=f"Lê Văn {LETTERS[number // 8]}ương {LETTERS[number % 8]}ảo",
            birth_year=1950,
            admitted_on=D(1994, 5, 1),
            official_on=D(1995, 5, 1),
        )
    facts = {
        "xep-loai": {"Năm": 2024, "Mức xếp loại": "hoàn thành nhiệm vụ"},
        "huy-hieu": {"Huy hiệu": "30 năm", "Đợt trao": "19/05/2024", "Số quyết định trao": "5-QĐ/TU"},
        "bien-dong": {"Thôi sinh hoạt từ ngày": "05/06/2024", "Lý do đi": "chuyển đi ngoài tỉnh"},
    }[slug]
    content = sheet_of(slug, by=an, lines=[facts | {"Họ và tên": name} for name in Member.objects.values_list("full_name", flat=True)])

    with django_assert_max_num_queries(30):
        work = import_file(slug, by=an, content=content)

    assert (work.errors, work.added + work.changed) == ([], lines)


# --- ratings --------------------------------------------------------------------------------------------------------------


def test_a_rating_is_written_as_the_page_writes_it(an, cells, member):
    line = {"Năm": 2024, "Họ và tên": "Lê Văn Một", "Mức xếp loại": "hoàn thành tốt nhiệm vụ"}

    first = bring_in("xep-loai", an, line)
    rating = MemberRating.objects.get()
    assert comes_to(first) == ([], 1, 0, 0)
    assert (rating.member, rating.organization, rating.year, rating.level) == (member, cells[0], 2024, "good")
    assert list(LogEntry.objects.order_by("pk").values_list("action", "place")) == [("rate", "năm 2024"), ("import", "")]
    assert comes_to(bring_in("xep-loai", an, line)) == ([], 0, 0, 1)

    better = bring_in("xep-loai", an, line | {"Mức xếp loại": "hoàn thành xuất sắc nhiệm vụ"})
    assert better.changes[0]["cells"] == [["Mức xếp loại", "hoàn thành tốt nhiệm vụ", "hoàn thành xuất sắc nhiệm vụ"]]
    assert MemberRating.objects.get().level == "excellent"


def test_an_export_of_a_year_has_a_line_for_everybody_not_rated_yet_and_comes_back_unchanged(an, cells, member):
    makers.make_member(organization=cells[1], full_name="Lê Thị Hai")
    bring_in("xep-loai", an, {"Năm": 2024, "Họ và tên": "Lê Văn Một", "Mức xếp loại": "hoàn thành tốt nhiệm vụ"})
    exchange = registered("xep-loai")
    waiting = exchange.waiting(an, None, 2024)

    work = import_file("xep-loai", by=an, content=export_of(exchange, an, exchange.rows(an), waiting=waiting))

    assert [line["full_name"] for line in waiting] == ["Lê Thị Hai"]
    assert comes_to(work) == ([], 0, 0, 2)
    assert exchange.waiting(an, cells[0], 2024) == []


def test_a_rating_that_cannot_be_says_why(an, cells, member, other_cell):
    gone = makers.make_member(organization=cells[0], full_name="Lê Văn Đi")
    Stay.objects.leave(gone, on=D(2024, 5, 1), departure="died", by=None)
    rated = MemberRating.objects.create(member=member, organization=cells[0], year=2023, level="done")
    line = {"Năm": 2024, "Họ và tên": "Lê Văn Một", "Mức xếp loại": "hoàn thành nhiệm vụ"}

    work = bring_in(
        "xep-loai", an,
        line | {"Họ và tên": "Lê Văn Đi"},
        line | {"Chi bộ": "Chi bộ thôn 2"},
        line | {"Năm": 2100},
        {**line, "Mã": rated.pk, "Năm": 2023, "Mức xếp loại": None},
    )  # fmt: skip

    assert comes_to(work)[0] == [
        (2, "Họ và tên", "Đồng chí này không có trong danh sách chi bộ nào ở cuối năm 2024."),
        (3, "Chi bộ", "Cuối năm 2024 đồng chí này không sinh hoạt ở đây: để trống ô này, hoặc kiểm tra lại người."),
        (4, "Năm", "Nhập năm từ 2000 đến năm nay."),
        (5, "Mức xếp loại", "Chọn mức xếp loại; bỏ mức đã ghi thì làm trên trang xếp loại của chi bộ."),
    ]


# --- badges ---------------------------------------------------------------------------------------------------------------


def test_a_badge_is_awarded_to_whoever_reaches_it_in_that_round(an, cells, member):
    line = {"Họ và tên": "Lê Văn Một", "Huy hiệu": "30 năm", "Đợt trao": "19/05/2024", "Số quyết định trao": "512-QĐ/TU"}

    assert comes_to(bring_in("huy-hieu", an, line)) == ([], 1, 0, 0)
    assert BadgeAward.objects.values_list("member", "years", "round_on", "number").get() == (member.pk, 30, D(2024, 5, 19), "512-QĐ/TU")
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == ["award", "import"]
    assert comes_to(bring_in("huy-hieu", an, line)) == ([], 0, 0, 1)


def test_a_badge_that_is_not_due_or_already_given_says_so(an, cells, member):
    line = {"Họ và tên": "Lê Văn Một", "Huy hiệu": "30 năm", "Đợt trao": "19/05/2024", "Số quyết định trao": "512-QĐ/TU"}
    bring_in("huy-hieu", an, line)
    makers.make_member(organization=cells[0], full_name="Lê Văn Trẻ")

    work = bring_in(
        "huy-hieu", an,
        line | {"Số quyết định trao": "513-QĐ/TU"},
        line | {"Họ và tên": "Lê Văn Trẻ"},
        line | {"Họ và tên": "Lê Văn Trẻ", "Đợt trao": "20/05/2024"},
    )  # fmt: skip

    assert comes_to(work)[0] == [
        (2, "Mã", "Huy hiệu này đã ghi trao đợt 19/05/2024, 512-QĐ/TU: dòng đã ghi thì giữ nguyên."),
        (3, "Huy hiệu", "Đợt 19/5/2024: đồng chí này được 9 năm tuổi đảng, không thuộc đợt trao huy hiệu 30 năm."),
        (4, "Đợt trao", "Không có đợt trao ngày 20/05/2024: chọn 03/02/2024, 19/05/2024, 02/09/2024 hoặc 07/11/2024."),
    ]


def test_an_export_of_a_year_has_a_line_for_everybody_who_reaches_a_badge_in_it(an, cells, member):
    exchange = registered("huy-hieu")
    waiting = exchange.waiting(an, None, 2024)

    work = import_file("huy-hieu", by=an, content=export_of(exchange, an, exchange.rows(an), waiting=waiting))

    assert [(line["full_name"], line["years"], line["round_on"]) for line in waiting] == [("Lê Văn Một", "30", D(2024, 5, 19))]
    assert comes_to(work) == ([], 0, 0, 1)


# --- movements ------------------------------------------------------------------------------------------------------------

LEFT = {"Họ và tên": "Lê Văn Một", "Thôi sinh hoạt từ ngày": "05/06/2024"}


@pytest.mark.parametrize("reason", [reason for reason in roster.DEPARTURES])
def test_a_line_with_a_departure_ends_the_stay_that_stands(reason, an, cells, member):
    line = LEFT | {"Lý do đi": reason.label, "Nơi chuyển đến": "Đảng bộ phường 9", "Căn cứ khi đi": "05-QĐ/HU"}

    work = bring_in("bien-dong", an, line)

    assert comes_to(work) == ([], 0, 1, 0)
    stay = Stay.objects.get()
    assert (stay.until, stay.left_by, stay.went_to, stay.departure_basis) == (D(2024, 6, 5), reason, "Đảng bộ phường 9", "05-QĐ/HU")
    member.refresh_from_db()
    assert member.is_active is False
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == ["leave", "import"]
    assert comes_to(bring_in("bien-dong", an, line)) == ([], 0, 0, 1)


@pytest.mark.parametrize(("words", "reason"), [("chuyển đến từ trong tỉnh", "from_province"), ("chuyển đến do sắp xếp tổ chức", "reorganized")])
def test_a_new_line_of_somebody_who_stands_elsewhere_is_a_transfer(words, reason, an, cells, member):
    line = {"Chi bộ": "Chi bộ thôn 2", "Họ và tên": "Lê Văn Một", "Từ ngày": "05/06/2024", "Lý do đến": words, "Căn cứ khi đến": "12-GTSHĐ/HU"}

    assert comes_to(bring_in("bien-dong", an, line)) == ([], 1, 0, 0)
    left = "to_province" if reason == "from_province" else "reorganized"
    assert stays_of(member) == [
        (cells[0].pk, D(2000, 1, 1), "listed", D(2024, 6, 5), left, "Chi bộ thôn 2", False),
        (cells[1].pk, D(2024, 6, 5), reason, None, "", "", False),
    ]
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == ["transfer", "receive", "import"]
    assert comes_to(bring_in("bien-dong", an, line)) == ([], 0, 0, 1)
    assert comes_to(import_file("bien-dong", by=an, content=export("bien-dong", by=an))) == ([], 0, 0, 2)


def test_whoever_had_left_comes_back_and_may_leave_again_in_one_line(an, cells, member):
    Stay.objects.leave(member, on=D(2020, 1, 1), departure="struck", by=None)
    line = {"Chi bộ": "Chi bộ thôn 2", "Họ và tên": "Lê Văn Một", "Từ ngày": "05/06/2022", "Lý do đến": "phục hồi đảng tịch"}

    assert comes_to(bring_in("bien-dong", an, line | {"Thôi sinh hoạt từ ngày": "01/02/2024", "Lý do đi": "từ trần"})) == ([], 1, 0, 0)

    assert stays_of(member)[1] == (cells[1].pk, D(2022, 6, 5), "restored", D(2024, 2, 1), "died", "", False)


@pytest.mark.parametrize(
    ("place", "stay"),
    [({"Chi bộ": "Chi bộ thôn 2"}, (1, "")), ({"Nơi chuyển đến": "Đảng bộ phường 9"}, (0, "Đảng bộ phường 9"))],
)
def test_somebody_takes_part_elsewhere_for_a_time_and_returns(place, stay, an, cells, member):
    line = place | {"Họ và tên": "Lê Văn Một", "Từ ngày": "05/06/2024", "Lý do đến": "đến sinh hoạt tạm thời"}
    back = place | {"Họ và tên": "Lê Văn Một", "Thôi sinh hoạt từ ngày": "05/09/2024", "Lý do đi": "hết thời gian sinh hoạt tạm thời"}

    assert [comes_to(bring_in("bien-dong", an, line)) for _ in range(2)] == [([], 1, 0, 0), ([], 0, 0, 1)]
    assert stays_of(member)[1] == (cells[stay[0]].pk, D(2024, 6, 5), "temporary", None, "", stay[1], True)
    assert [comes_to(bring_in("bien-dong", an, back)) for _ in range(2)] == [([], 0, 1, 0), ([], 0, 0, 1)]
    assert stays_of(member)[1][3:5] == (D(2024, 9, 5), "returned")
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == ["stay_elsewhere", "import", "come_back", "import"]
    assert comes_to(import_file("bien-dong", by=an, content=export("bien-dong", by=an))) == ([], 0, 0, 2)


def test_what_stands_is_corrected_by_its_code(an, cells, member):
    stay = Stay.objects.get()

    work = bring_in(
        "bien-dong",
        an,
        {"Mã": stay.pk, "Từ ngày": "01/02/2001", "Lý do đến": "chuyển đến từ ngoài tỉnh", "Nơi chuyển đến từ": "Huế"}
        | LEFT
        | {"Lý do đi": "từ trần"},
    )

    assert comes_to(work) == ([], 0, 1, 0)
    assert stays_of(member) == [(cells[0].pk, D(2001, 2, 1), "from_outside", D(2024, 6, 5), "died", "", False)]
    assert list(LogEntry.objects.order_by("pk").values_list("action", flat=True)) == ["correct_stay", "leave", "import"]


def test_a_movement_that_cannot_be_says_why(an, cells, member):
    Stay.objects.leave(makers.make_member(organization=cells[0], full_name="Lê Văn Đi"), on=D(2024, 5, 1), departure="died", by=None)
    standing = Stay.objects.get(member=member)
    to_two = {"Chi bộ": "Chi bộ thôn 2", "Họ và tên": "Lê Văn Một", "Từ ngày": "05/06/2024", "Lý do đến": "chuyển đến từ trong tỉnh"}

    work = bring_in(
        "bien-dong", an,
        LEFT,
        LEFT | {"Lý do đi": "hết thời gian sinh hoạt tạm thời", "Chi bộ": "Chi bộ thôn 2"},
        LEFT | {"Họ và tên": "Lê Văn Đi", "Lý do đi": "từ trần"},
        to_two | {"Lý do đến": "phục hồi đảng tịch"},
        to_two | {"Từ ngày": "01/01/1999"},
        to_two | {"Chi bộ": "Chi bộ thôn 1"},
        to_two | {"Lý do đến": "kết nạp"},
        to_two | {"Họ và tên": "Lê Văn Đi", "Từ ngày": "01/02/2024"},
    )  # fmt: skip
    moved = bring_in("bien-dong", an, {"Mã": standing.pk, "Chi bộ": "Chi bộ thôn 2"})

    no_stay = "Ghi cả ngày và lý do đến; ghi thôi sinh hoạt thì kiểm tra người và chi bộ: không có lần sinh hoạt nào đang mở."
    assert comes_to(work)[0] == [
        (2, "Lý do đi", "Chọn lý do thôi sinh hoạt."),
        (3, "Từ ngày", no_stay),
        (4, "Từ ngày", no_stay),
        (5, "Lý do đến", "Đồng chí này đang sinh hoạt ở một chi bộ: ghi thôi sinh hoạt ở đó trước, hoặc chọn lý do chuyển trong tỉnh."),
        (6, "Từ ngày", "“Chi bộ thôn 2” hoạt động từ ngày 01/01/2000: kiểm tra lại ngày, hoặc ghi ở tổ chức có trước."),
        (6, "Từ ngày", "Chọn một ngày sau 01/01/2000, ngày đến chi bộ đang sinh hoạt."),
        (7, "Chi bộ", "Đồng chí này đang sinh hoạt ở đây từ ngày 01/01/2000."),
        (8, "Lý do đến", "Người có lý do này được ghi từ sổ quần chúng ưu tú."),
        (9, "Từ ngày", "Đồng chí này thôi sinh hoạt từ ngày 01/05/2024: ngày đến không được trước ngày đó."),
    ]
    assert comes_to(moved)[0] == [(2, "Chi bộ", "Chuyển sang chi bộ khác là một lần sinh hoạt mới: ghi thêm một dòng, để trống ô Mã.")]
    assert Stay.objects.count() == 2


def test_lines_that_stand_in_each_others_way_are_all_taken_back(an, cells, member):
    """Each is right alone: the second transfer finds him moved by the first on a later day."""
    line = {"Chi bộ": "Chi bộ thôn 2", "Họ và tên": "Lê Văn Một", "Từ ngày": "05/06/2024", "Lý do đến": "chuyển đến từ trong tỉnh"}

    work = bring_in("bien-dong", an, line, line | {"Từ ngày": "05/05/2024"})

    assert (work.state, comes_to(work)[0]) == ("wrong", [(3, "", "Đồng chí này đang sinh hoạt ở chính chi bộ đó: chọn chi bộ khác.")])
    assert Stay.objects.count() == 1


def test_who_is_within_sight_but_not_within_rights_is_left_alone(cells, member, other_cell):
    clerk = makers.make_account(username="hai-noi", rights=[Right.ENTER], organization=other_cell)
    reader = makers.make_account(rights=[Right.REVIEW], organization=cells[0])
    reader.assignments.update(account=clerk)

    works = [
        bring_in("bien-dong", clerk, LEFT | {"Lý do đi": "từ trần"}),
        bring_in("xep-loai", clerk, {"Năm": 2024, "Họ và tên": "Lê Văn Một", "Mức xếp loại": "hoàn thành nhiệm vụ"}),
        bring_in("huy-hieu", clerk, {"Họ và tên": "Lê Văn Một", "Huy hiệu": "30 năm", "Đợt trao": "19/05/2024", "Số quyết định trao": "5-QĐ/TU"}),
    ]

    sentence = "Đồng chí không có quyền ghi sổ đảng viên của tổ chức này."
    no_change = "Đồng chí không có quyền sửa dòng này: xóa dòng khỏi tệp, hoặc giữ nguyên nội dung như khi xuất."
    assert [comes_to(work)[0] for work in works] == [[(2, "Mã", no_change)], [(2, "Chi bộ", sentence)], [(2, "Chi bộ", sentence)]]


PATHS = st.lists(
    st.tuples(st.sampled_from(["transfer", "leave", "back", "elsewhere", "return"]), st.integers(1, 400)),
    max_size=5,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PATHS)
def test_any_path_of_a_member_goes_out_and_comes_back_unchanged(an, cells, member, path):
    Stay.objects.all().delete()
    Stay.objects.arrive(member, cells[0], on=D(2005, 1, 1), arrived_by="listed", by=None)
    day = D(2005, 1, 1)
    for act, days in path:
        day += dt.timedelta(days=days)
        member.refresh_from_db()
        guest = member.stays.filter(is_temporary=True, until=None).first()
        if act == "transfer" and member.is_active:
            Stay.objects.transfer(member, cells[member.organization_id == cells[0].pk], on=day, basis="1-QĐ/HU", by=None)
        elif act == "leave" and member.is_active:
            Stay.objects.leave(member, on=day, departure="to_outside", went_to="Huế", by=None)
        elif act == "back" and not member.is_active:
            Stay.objects.arrive(member, cells[1], on=day, arrived_by="from_outside", came_from="Huế", by=None)
        elif act == "elsewhere" and member.is_active and not guest:
            Stay.objects.stay_elsewhere(member, on=day, place="Đảng bộ phường 9", by=None)
        elif act == "return" and guest and guest.since < day:
            Stay.objects.come_back(guest, on=day, by=None)
    before = stays_of(member)

    work = import_file("bien-dong", by=an, content=export("bien-dong", by=an), confirm=True)

    assert comes_to(work) == ([], 0, 0, len(before))
    assert stays_of(member) == before
