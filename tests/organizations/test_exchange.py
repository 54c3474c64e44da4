"""Registers in Excel: what goes out comes back, what is wrong is listed, and a file is written whole or not at all."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest

from organizations.exchange import registered, registers
from organizations.exchange.running import CLASHES, read_on_trial, write
from organizations.exchange.workbooks import export_of
from organizations.models import Import, LogEntry, Reference, Right
from organizations.models.members import Member
from partyreports.sheets.fields import title_key
from partyreports.vietnamese.numbers import HOW_TO_WRITE
from tests import makers
from tests.exchanging import export, import_file, sheet_of

PLAN = {"Tổ chức viện dẫn": "Đảng ủy xã Mẫu", "Loại văn bản": "Kế hoạch", "Số": 38, "Ký hiệu": "KH/ĐU", "Ngày ban hành": "28/12/2023"}


def outcome(lines, *, by, confirm=False):
    return import_file("van-ban", by=by, content=sheet_of("van-ban", by=by, lines=lines), confirm=confirm)


def told(work):
    """What an import says is wrong: (row, column, what was typed, sentence) of each."""
    return [(error["row"], error["column"], error["typed"], error["sentence"]) for error in work.errors]


def test_what_is_exported_comes_back_unchanged(an, cell):
    makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 28), subject="=1+1 – “công tác”\ndòng hai")
    makers.make_reference(organization=cell, kind="Điều lệ", number=1981)

    work = import_file("van-ban", by=an, content=export("van-ban", by=an))

    assert (work.state, work.sentence, work.errors, work.changes, work.unchanged) == ("ready", "", [], [], 2)


def test_a_new_line_becomes_a_row_once(an, cell):
    first = outcome([PLAN], by=an, confirm=True)
    again = outcome([PLAN], by=an, confirm=True)

    reference = Reference.objects.get()
    assert (first.state, first.added, first.errors, bytes(first.content)) == ("done", 1, [], b"")
    assert (reference.organization, reference.number, reference.issued_on) == (cell, 38, dt.date(2023, 12, 28))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert list(LogEntry.objects.order_by("pk").values_list("action", "note")) == [
        ("add", ""),
        ("import", "Sổ văn bản viện dẫn: thêm 1, sửa 0, không đổi 0"),
    ]


def test_a_line_with_a_code_changes_that_row_and_tells_each_cell(an, cell):
    basis = makers.make_reference(organization=cell, number=1)
    reference = makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 28))
    reference.carries_out.add(basis)

    line = {**PLAN, "Mã": reference.pk, "Trích yếu": "việc mới", "Ngày ban hành": None, "Thực hiện văn bản": "Kế hoạch 01"}
    work = outcome([line], by=an, confirm=True)

    assert work.changes[0]["cells"] == [["Ngày ban hành", "28/12/2023", ""], ["Trích yếu", "", "việc mới"]]
    reference.refresh_from_db()
    assert (reference.subject, reference.issued_on, list(reference.carries_out.all())) == ("việc mới", None, [basis])
    assert LogEntry.objects.about(reference).get().before["issued_on"] == "28/12/2023"


def test_columns_left_out_of_the_file_keep_what_stands(an, cell):
    reference = makers.make_reference(organization=cell, number=38, issuer="Huyện ủy Đơn Dương", subject="việc cũ")
    lines = [{"Mã": reference.pk, "Tổ chức viện dẫn": cell.name, "Loại văn bản": "Công văn"}]
    content = sheet_of("van-ban", by=an, lines=lines, columns=list(lines[0]))

    work = import_file("van-ban", by=an, content=content, confirm=True)

    reference.refresh_from_db()
    assert (work.changed, reference.kind, reference.number, reference.issuer, reference.subject) == (
        1, "Công văn", 38, "Huyện ủy Đơn Dương", "việc cũ",
    )  # fmt: skip


def test_all_errors_are_listed_and_nothing_is_written(an, cell, other_cell):
    foreign = makers.make_reference(organization=other_cell, number=9)
    lines = [
        PLAN,
        {**PLAN, "Ngày ban hành": "32/13/2024", "Số": "1.5"},
        {**PLAN, "Tổ chức viện dẫn": "Đảng ủy xã Bên", "Số": 40},
        {**PLAN, "Mã": foreign.pk},
        {**PLAN, "Ngày ban hành": "01/01/2099", "Số": 41},
        PLAN,
        {"Số": 42},
    ]

    work = outcome(lines, by=an, confirm=True)

    assert work.state == "wrong"
    assert told(work) == [
        (3, "D", "1.5", f"Ô này chỉ nhận số nguyên. Đồng chí muốn nhập 15 hay 1.500? {HOW_TO_WRITE}"),
        (3, "F", "32/13/2024", "Không có ngày 32/13/2024. Đồng chí muốn nhập 31/12/2024, 31/01/2024 hay 31/03/2024?"),
        (4, "B", "Đảng ủy xã Bên", "Không có tổ chức “Đảng ủy xã Bên” trong phạm vi của đồng chí: chọn trong danh sách của mẫu, hoặc ghi đúng tên."),
        (5, "A", str(foreign.pk), f"Không có dòng nào mang mã {foreign.pk} trong phạm vi của đồng chí: nếu là dòng mới thì để trống ô Mã."),
        (6, "F", "01/01/2099", "Ngày 01/01/2099 chưa đến: nhập ngày từ hôm nay trở về trước."),
        (7, "", "", "Dòng này lặp lại dòng 2 của tệp: bỏ một trong hai dòng."),
        (8, "B", "", "Ô này không được để trống."),
        (8, "C", "", "Ô này không được để trống."),
    ]  # fmt: skip
    assert list(Reference.objects.all()) == [foreign]


def test_beside_a_cell_that_cannot_be_read_all_else_of_its_line_is_judged(an, cell):
    standing = makers.make_reference(organization=cell, number=9)
    lines = [
        {**PLAN, "Số": "1.5", "Ngày ban hành": "01/01/2099"},
        {**PLAN, "Tổ chức viện dẫn": "Đảng ủy xã Bên", "Ngày ban hành": "01/01/2099"},
        {**PLAN, "Mã": standing.pk, "Số": "1.5", "Ngày ban hành": "01/01/2099"},
    ]

    work = outcome(lines, by=an)

    assert [(row, column) for row, column, *_ in told(work)] == [(2, "D"), (2, "F"), (3, "B"), (3, "F"), (4, "D"), (4, "F")]
    assert (work.changes, work.unchanged) == ([], 0)


def test_what_looks_odd_is_said_before_it_is_written(an, cell):
    work = outcome([{**PLAN, "Loại văn bản": "Công văn"}], by=an, confirm=True)

    assert (work.state, work.asked) == ("done", 1)
    assert work.changes[0]["asked"][0].startswith("Ký hiệu “KH/ĐU” thường là của Kế hoạch")


def test_bodies_are_read_by_name_number_or_code_and_told_apart_by_what_stands_above(an, binh, cell, district):
    clerk = makers.make_account(rights=[Right.ENTER], organization=district)
    communes = [makers.make_organization(name=f"Đảng ủy xã {n}", party_name=f"Đảng bộ xã {n}", parent=district) for n in ("Lạc Xuân", "Ka Đô")]
    first, second = [makers.make_organization(name="Chi bộ thôn 1", parent=commune) for commune in communes]
    second.code = "cb-kado-1"
    second.save()
    names = ["Chi bộ thôn 1 – Đảng bộ xã Lạc Xuân", "chi bo thon 1 – dang bo xa ka do", str(first.pk), "cb-kado-1", "Chi bộ thôn 1", "dang uy xa mau"]

    work = outcome([{**PLAN, "Tổ chức viện dẫn": name, "Số": at} for at, name in enumerate(names)], by=clerk)

    assert told(work) == [(6, "B", "Chi bộ thôn 1", "Có 02 tổ chức tên “Chi bộ thôn 1”: ghi kèm cấp trên, ví dụ “Chi bộ thôn 1 – Đảng bộ xã Ka Đô”.")]
    assert [change["cells"][0][2] for change in work.changes] == [
        "Chi bộ thôn 1 – Đảng bộ xã Lạc Xuân",
        "Chi bộ thôn 1 – Đảng bộ xã Ka Đô",
        "Chi bộ thôn 1 – Đảng bộ xã Lạc Xuân",
        "Chi bộ thôn 1 – Đảng bộ xã Ka Đô",
        "Đảng ủy xã Mẫu",
    ]


def test_rows_of_bodies_that_are_alike_in_everything_still_come_back(district):
    """Two cells of one name below two bodies of one name: the file names their numbers."""
    clerk = makers.make_account(rights=[Right.ENTER], organization=district)
    for _ in range(2):
        commune = makers.make_organization(name="Đảng ủy xã Tân Lập", party_name="Đảng bộ xã Tân Lập", parent=district)
        makers.make_reference(organization=makers.make_organization(name="Chi bộ thôn 1", parent=commune), number=5, symbol="KH/CB")
    one = registered("van-ban").rows(clerk)[:1]

    both, alone = (
        import_file("van-ban", by=clerk, content=content) for content in (export("van-ban", by=clerk), export_of(registered("van-ban"), clerk, one))
    )

    assert (both.errors, both.changes, both.unchanged) == ([], [], 2)
    assert (alone.errors, alone.changes, alone.unchanged) == ([], [], 1)


def test_rows_alike_in_the_key_ask_for_the_code(an, cell):
    for post in ("Bí thư", "Phó Bí thư"):
        makers.make_member(organization=cell, full_name="Nguyễn Văn Thử", birth_year=1985, party_post=post)
    line = {
        "Chi bộ đang sinh hoạt": cell.name, "Họ và tên": "Nguyễn Văn Thử", "Giới tính": "nam", "Năm sinh": 1985,
        "Ngày vào Đảng": "19/05/2015", "Ngày chính thức": "19/05/2016", "Tư cách": "chính thức",
    }  # fmt: skip

    work = import_file("dang-vien", by=an, content=sheet_of("dang-vien", by=an, lines=[line]))

    assert [error["sentence"] for error in work.errors] == [
        "Trong sổ có 02 dòng giống dòng này ở các cột “Chi bộ đang sinh hoạt”, “Họ và tên”, “Năm sinh”: ghi mã của dòng cần sửa vào ô Mã."
    ]


def test_readers_take_rows_out_and_bring_none_in(cell):
    reviewer = makers.make_account(rights=[Right.REVIEW], organization=cell)
    makers.make_reference(organization=cell, number=1)

    work = import_file("van-ban", by=reviewer, content=export("van-ban", by=reviewer))

    assert (work.state, work.sentence) == ("refused", "Đồng chí không còn quyền ghi vào sổ này.")


def test_a_row_of_a_body_where_one_only_reads_is_left_alone(cell, other_cell):
    account = makers.make_account(rights=[Right.ENTER], organization=cell)
    other = makers.make_account(username="hai-noi", rights=[Right.REVIEW], organization=other_cell)
    account.assignments.update(account=other)
    reference = makers.make_reference(organization=other_cell, number=38, symbol="KH/ĐU")
    line = {**PLAN, "Mã": reference.pk, "Tổ chức viện dẫn": "Đảng ủy xã Bên", "Ngày ban hành": None}

    same, changed = outcome([line], by=other), outcome([{**line, "Số": 39}], by=other)

    assert (same.errors, same.unchanged) == ([], 1)
    assert told(changed) == [
        (2, "A", str(reference.pk), "Đồng chí không có quyền sửa dòng này: xóa dòng khỏi tệp, hoặc giữ nguyên nội dung như khi xuất.")
    ]


def confirmed(work, change):
    """The import as it stands after `change` was made between its dry run and its confirmation."""
    change()
    assert work.move(Import.State.READY, to=Import.State.CONFIRMED)
    write(work)
    return Import.objects.get(pk=work.pk)


def test_a_row_changed_since_the_dry_run_is_not_overwritten_unseen(an, cell):
    reference = makers.make_reference(organization=cell, number=38, symbol="KH/ĐU", subject="việc cũ", issued_on=dt.date(2023, 12, 28))
    work = outcome([{**PLAN, "Mã": reference.pk, "Trích yếu": "việc mới"}], by=an)

    after = confirmed(work, lambda: Reference.objects.filter(pk=reference.pk).update(subject="việc khác"))

    assert (after.state, after.is_stale, after.changes[0]["cells"]) == ("ready", True, [["Trích yếu", "việc khác", "việc mới"]])
    reference.refresh_from_db()
    assert reference.subject == "việc khác"


def test_a_right_lost_since_the_dry_run_is_lost(an, cell):
    work = outcome([PLAN], by=an)

    after = confirmed(work, lambda: an.assignments.update(valid_to=dt.date(2020, 1, 1)))

    assert (after.state, after.sentence, Reference.objects.count()) == ("refused", "Đồng chí không còn quyền ghi vào sổ này.", 0)


def test_one_row_that_cannot_be_written_takes_back_all(an, cell):
    """Two new lines whose texts differ and whose number is one: each is right alone, together they break the rule of the table."""
    work = outcome([{**PLAN, "Trích yếu": "một"}, {**PLAN, "Trích yếu": "hai"}], by=an)

    after = confirmed(work, lambda: None)

    assert (after.state, told(after)) == ("wrong", [(3, "", "", CLASHES)])
    assert Reference.objects.count() == 0
    assert not LogEntry.objects.exists()


def test_a_file_is_confirmed_once(an, cell):
    work = outcome([PLAN], by=an)

    assert work.move(Import.State.READY, to=Import.State.CONFIRMED)
    assert not Import.objects.get(pk=work.pk).move(Import.State.READY, to=Import.State.CONFIRMED)


def test_a_file_that_somebody_drops_while_it_is_read_is_not_kept(an, cell):
    work = Import.objects.create(register="van-ban", file_name="a.xlsx", content=sheet_of("van-ban", by=an, lines=[PLAN]), uploaded_by=an)
    Import.objects.filter(pk=work.pk).update(state=Import.State.READING)

    assert read_on_trial(work) is True
    assert Import.objects.get(pk=work.pk).state == "reading"


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_dry_run_of_what_stands_asks_the_same_of_the_database_for_any_number_of_lines(rows, an, cell, django_assert_num_queries):
    for number in range(rows):
        makers.make_reference(organization=cell, number=number + 1, symbol="KH/ĐU")
    work = Import.objects.create(register="van-ban", file_name="a.xlsx", content=export("van-ban", by=an), uploaded_by=an)

    with django_assert_num_queries(14 + rows // 26):  # how far it has come is told every 25 lines
        read_on_trial(work)

    assert work.unchanged == rows


NEW = {
    "dang-vien": (
        13,
        {"Chi bộ đang sinh hoạt": "Đảng ủy xã Mẫu", "Họ và tên": "Lê Thị {}", "Giới tính": "nữ", "Năm sinh": 1990, "Ngày vào Đảng": "19/05/2015"}
        | {"Tư cách": "dự bị"},
    ),
    "quan-chung": (
        14,
        {
            "Chi bộ giúp đỡ": "Đảng ủy xã Mẫu",
            "Họ và tên": "Lê Thị {}",
            "Giới tính": "nữ",
            "Ngày sinh": "19/05/1998",
            "Ngày vào danh sách": "01/03/2024",
        }
        | {"Ngày cử đi học": "10/05/2024"},
    ),
    "van-ban": (14, PLAN | {"Ký hiệu": "{}/ĐU"}),
}


@pytest.mark.parametrize("lines", [1, 3, 50])
@pytest.mark.parametrize("slug", NEW)
def test_a_dry_run_of_new_lines_asks_the_same_of_the_database_for_any_number(slug, lines, an, cell, django_assert_num_queries):
    queries, line = NEW[slug]
    letters = [f"{first}{second}" for first in "BDGHLNTV" for second in "aeou"][:lines] + [f"K{third}" for third in "abcdefghijklmnopqrstuvwxyz"]
    filled = [{title: str(value).format(letters[n]) for title, value in line.items()} for n in range(lines)]
    work = Import.objects.create(register=slug, file_name="a.xlsx", content=sheet_of(slug, by=an, lines=filled), uploaded_by=an)

    with django_assert_num_queries(queries + lines // 26):
        read_on_trial(work)

    assert (work.errors, work.added) == ([], lines)


def test_whoever_is_there_already_is_asked_about_line_by_line(an, cell, other_cell):
    makers.make_member(organization=cell, full_name="Lê Thị Hòa", birth_year=1990)
    makers.make_member(organization=other_cell, full_name="Lê Thị Khác", birth_year=1990)  # out of reach: not told of
    line = NEW["dang-vien"][1] | {"Họ và tên": "Le thi hoa"}

    work = import_file("dang-vien", by=an, content=sheet_of("dang-vien", by=an, lines=[line, line | {"Họ và tên": "Lê Thị Khác"}]))

    assert [change["asked"] for change in work.changes] == [
        ["Đã có Lê Thị Hòa sinh năm 1990 tại Đảng ủy xã Mẫu: kiểm tra để không ghi trùng."],
        [],
    ]


@pytest.mark.parametrize("slug", sorted(registers()))
def test_an_export_asks_the_same_questions_of_the_database_for_none_and_for_three(slug, an, cell, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        export(slug, by=an)


@pytest.mark.parametrize("slug", sorted(registers()))
def test_columns_of_a_workbook_are_told_apart(slug):
    exchange = registered(slug)
    names, titles = ([getattr(field, of) for field in exchange.fields] for of in ("name", "title"))

    assert len(set(names)) == len(names)
    assert len({title_key(title) for title in titles}) == len(titles)
    assert {"pk"} & set(names) == set()
    assert set(exchange.key) <= set(names)


@pytest.mark.parametrize("slug", sorted(registers()))
def test_no_workbook_has_a_column_for_a_sensitive_mark(slug, an, cell):
    exchange = registered(slug)
    marks = {"is_ethnic_minority", "is_religious", "religious", "ethnic_minority"}

    assert not {field.name for field in exchange.fields} & marks
    assert not [field.title for field in exchange.fields if "tôn giáo" in field.title.lower() or "dân tộc" in field.title.lower()]


def test_a_template_offers_what_may_be_chosen_and_tells_how(an, cell, tmp_path):
    file = tmp_path / "mau.xlsx"
    from_registers = registered("dang-vien")
    file.write_bytes(export_of(from_registers, an, Member.objects.none()))

    book = openpyxl.load_workbook(file)
    page = book["Sổ đảng viên"]
    heads = [cell.value for cell in page[4]]
    assert heads[:4] == ["Mã", "Chi bộ đang sinh hoạt *", "Họ và tên *", "Giới tính *"]
    assert page.freeze_panes == "C5"
    assert book["Danh sách"].sheet_state == "hidden"
    assert [row[0].value for row in book["Danh sách"].iter_rows(max_col=1, max_row=3)] == ["Chi bộ đang sinh hoạt", "Đảng ủy xã Mẫu", None]
    assert book["Hướng dẫn"]["A1"].value == "Cách điền “Sổ đảng viên”"
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert (rules["D5"].type, rules["D5"].formula1, rules["D5"].errorStyle or "stop") == ("list", "'Danh sách'!$B$2:$B$3", "stop")
    assert rules["B5"].errorStyle == "information"


def test_numbers_and_dates_go_out_as_such(an, cell, tmp_path):
    makers.make_reference(organization=cell, number=1981, issued_on=dt.date(2024, 2, 5))
    file = tmp_path / "so.xlsx"
    file.write_bytes(export("van-ban", by=an))

    line = openpyxl.load_workbook(file)["Sổ văn bản viện dẫn"][5]

    assert (line[3].value, line[5].value, line[5].number_format) == (1981, dt.datetime(2024, 2, 5), "dd/mm/yyyy")
    assert isinstance(line[3].value, int | Decimal)
