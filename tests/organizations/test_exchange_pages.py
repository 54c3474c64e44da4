"""The Excel pages of a register: template and export out, a file in, its dry run, its confirmation."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks import default_task_backend

from organizations.forms.exchange import clean_name
from organizations.models import Import, LogEntry, Reference, Right
from organizations.tasks import work_on_import
from tests import makers
from tests.exchanging import export, import_file, sheet_of

LINE = {"Tổ chức viện dẫn": "Đảng ủy xã Mẫu", "Loại văn bản": "Kế hoạch", "Số": 38, "Ký hiệu": "KH/ĐU"}


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


def sent(client, content, name="so.xlsx"):
    return client.post(url("exchange_upload", "van-ban"), {"tep": SimpleUploadedFile(name, content)})


def test_an_sends_a_file_sees_what_it_would_change_and_confirms(an, cell, signed_in):
    client = signed_in(an)

    answer = sent(client, sheet_of("van-ban", by=an, lines=[LINE]))
    work = Import.objects.get()
    page = client.get(work.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, work.get_absolute_url())
    assert (work.state, work.uploaded_by, work.file_name) == ("ready", an, "so.xlsx")
    assert "chưa ghi gì. <strong>Tệp có 01 dòng mới; không dòng nào sửa.</strong>" in page.content.decode()
    assert not Reference.objects.exists()

    answer = client.post(url("confirm_import", work.pk))
    assert (answer.status_code, Reference.objects.get().number) == (302, 38)
    assert "Đã ghi 01 dòng mới vào sổ." in client.get(work.get_absolute_url()).content.decode()
    assert client.post(url("confirm_import", work.pk)).status_code == 409


def test_whoever_only_reads_is_told_who_brings_files_in(cell, signed_in):
    clerk = makers.make_account(rights=[Right.ENTER], organization=cell)
    client = signed_in(clerk)

    page, template = (client.get(url(name, "mo-hinh")) for name in ("exchange", "exchange_template"))

    assert (page.status_code, template.status_code) == (200, 403)
    assert "chỉ dành cho người được giao quyền soạn" in page.content.decode()
    assert "chỉ dành cho người được giao quyền soạn" in template.content.decode()
    assert url("exchange_template", "mo-hinh") not in page.content.decode()


def test_a_wrong_file_shows_each_error_and_no_button_to_write(an, cell, signed_in):
    client = signed_in(an)
    sent(client, sheet_of("van-ban", by=an, lines=[{**LINE, "Số": "1.5"}]))

    page = client.get(Import.objects.get().get_absolute_url()).content.decode()

    assert "Còn 1 lỗi, chưa ghi dòng nào" in page
    assert "D – Số" in page
    assert "Ghi vào sổ" not in page


def test_a_refused_file_says_what_to_do(an, cell, signed_in):
    client = signed_in(an)
    sent(client, b"a;b;c", name="so.csv")

    assert "Đây không phải là tệp Excel .xlsx" in client.get(Import.objects.get().get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [({}, "Chọn tệp Excel cần nhập."), ({"tep": SimpleUploadedFile("a.xlsx", b"")}, "Tệp không có nội dung. Chọn lại tệp.")],
)
def test_nothing_sent_is_nothing_kept(files, sentence, an, cell, signed_in):
    answer = signed_in(an).post(url("exchange_upload", "van-ban"), files)

    assert (answer.status_code, answer.context["upload"].errors["tep"]) == (200, [sentence])
    assert not Import.objects.exists()


def test_a_large_file_is_read_by_the_worker_while_the_page_tells_how_far(an, cell, signed_in, monkeypatch):
    monkeypatch.setattr("organizations.views.exchange.AT_ONCE", 2)
    client = signed_in(an)
    sent(client, sheet_of("van-ban", by=an, lines=[{**LINE, "Số": number} for number in range(1, 4)]))
    work = Import.objects.get()
    assert work.state == "waiting"
    assert [(result.task.name, result.args) for result in default_task_backend.results] == [("work_on_import", [work.pk])]

    Import.objects.filter(pk=work.pk).update(state="reading", done=50, total=1981)
    page = client.get(work.get_absolute_url()).content.decode()
    assert '<progress id="progress" value="50" max="1981">' in page
    assert 'hx-trigger="every 1s"' in page
    for facts, words in (
        ({"state": "reading", "done": 1981}, "Đang tổng hợp kết quả …"),
        ({"state": "confirmed", "done": 0}, "Đang chờ đến lượt …"),
        ({"state": "writing", "done": 50}, "Đang kiểm tra lại: 50/1.981 dòng"),
        ({"state": "writing", "done": 1981}, "Đang ghi vào sổ …"),
    ):
        Import.objects.filter(pk=work.pk).update(**facts)
        assert f'<label for="progress">{words}</label>' in client.get(work.get_absolute_url()).content.decode()

    Import.objects.filter(pk=work.pk).update(state="waiting", done=0, total=0)
    work_on_import.call(work.pk)
    work.refresh_from_db()
    assert (work.state, work.added, work.total) == ("ready", 3, 3)
    client.post(url("confirm_import", work.pk))
    assert (len(default_task_backend.results), Reference.objects.count()) == (2, 0)
    work_on_import.call(work.pk)
    assert Reference.objects.count() == 3


def test_a_reading_that_was_cut_off_says_so(an, cell, signed_in):
    work = import_file("van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[LINE]))
    Import.objects.update(state="reading", touched_at="2024-01-01T00:00Z")

    page = signed_in(an).get(work.get_absolute_url()).content.decode()

    assert "bị dừng giữa chừng" in page
    assert "hx-trigger" not in page.partition('id="import"')[2]


def test_a_file_is_nobody_elses(an, binh, cell, district, signed_in):
    other = makers.make_account(rights=[Right.ENTER], organization=district)
    work = import_file("van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[LINE]))
    client = signed_in(other)

    answers = [client.get(work.get_absolute_url()), client.post(url("confirm_import", work.pk)), client.post(url("drop_import", work.pk))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Import.objects.get().state == "ready"


def test_a_dry_run_leaves_with_the_reach_it_was_made_in(an, cell, other_cell, signed_in):
    work = import_file("van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[LINE]))
    an.assignments.update(organization=other_cell)

    assert signed_in(an).get(work.get_absolute_url()).status_code == 404


def test_a_file_that_is_dropped_changes_nothing(an, cell, signed_in):
    work = import_file("van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[LINE]))

    answer = signed_in(an).post(url("drop_import", work.pk))

    assert (answer.status_code, answer.url) == (302, url("exchange", "van-ban"))
    assert not Import.objects.exists()
    assert not Reference.objects.exists()


def test_a_file_that_is_being_written_is_not_dropped(an, cell, signed_in):
    work = import_file("van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[LINE]))
    work.move("ready", to="writing")

    assert signed_in(an).post(url("drop_import", work.pk)).status_code == 409
    assert Import.objects.count() == 1


def test_files_are_kept_for_a_day_and_until_the_next_one(an, cell, chi, signed_in):
    content = sheet_of("van-ban", by=an, lines=[LINE])
    old = import_file("van-ban", by=an, content=content)
    hers = import_file("van-ban", by=chi, content=content)
    Import.objects.filter(pk=hers.pk).update(uploaded_at="2024-01-01T00:00Z")

    sent(signed_in(an), content)

    assert not Import.objects.filter(pk__in=[old.pk, hers.pk]).exists()
    assert Import.objects.count() == 1


def test_an_export_is_a_workbook_of_the_branch_and_the_year_and_is_logged(binh, cell, other_cell, signed_in):
    for body, number, day in ((cell, 1, dt.date(2023, 5, 1)), (cell, 2, dt.date(2024, 5, 1)), (other_cell, 3, dt.date(2024, 5, 1))):
        makers.make_reference(organization=body, number=number, issued_on=day)

    answer = signed_in(binh).get(url("exchange_export", "van-ban"), {"to_chuc": cell.pk, "nam": "2024"})

    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [row[3].value for row in page.iter_rows(min_row=5)] == [2]
    assert answer["Content-Disposition"].startswith('attachment; filename="SoVanBanVienDan_')
    line = LogEntry.objects.get()
    assert (line.action, line.organization_pk) == ("download", cell.pk)
    assert line.note.startswith("Sổ văn bản viện dẫn: 1 dòng, tổ chức: Đảng ủy xã Mẫu; năm 2024 (")


def test_an_export_without_a_branch_is_logged_under_the_highest_body(binh, district, cell, signed_in):
    signed_in(binh).get(url("exchange_export", "van-ban"))

    assert LogEntry.objects.get().organization_pk == district.pk


def test_an_export_of_too_many_rows_asks_for_a_part(an, cell, signed_in, monkeypatch):
    monkeypatch.setattr("organizations.views.exchange.MOST_ROWS", 1)
    makers.make_reference(organization=cell), makers.make_reference(organization=cell)

    answer = signed_in(an).get(url("exchange_export", "van-ban"))

    assert answer.context["form"].non_field_errors() == ["Có 2 dòng, nhiều hơn 1 dòng của một tệp: chọn tổ chức hoặc năm để xuất từng phần."]
    assert not LogEntry.objects.exists()


def test_the_page_begins_with_the_chosen_year(an, cell, y2024, signed_in):
    type(an).objects.filter(pk=an.pk).update(chosen_year="2024")

    page = signed_in(an).get(url("exchange", "van-ban"))

    assert page.context["form"]["nam"].value() == "2024"
    assert "nam" not in signed_in(an).get(url("exchange", "dang-vien")).context["form"].fields


@pytest.mark.parametrize("name", ["exchange", "exchange_template", "exchange_export"])
def test_a_register_that_is_none_is_nothing(name, an, cell, signed_in):
    assert signed_in(an).get(url(name, "khong-co")).status_code == 404


def test_who_writes_nowhere_gets_neither_template_nor_upload(binh, cell, signed_in):
    client = signed_in(binh)

    assert client.get(url("exchange_template", "van-ban")).status_code == 403
    assert sent(client, export("van-ban", by=binh)).status_code == 403
    assert "Đọc thử" not in client.get(url("exchange", "van-ban")).content.decode()


def test_lists_lead_to_their_excel_pages(an, cell, signed_in):
    client = signed_in(an)

    assert url("exchange", "van-ban") in client.get(url("references")).content.decode()
    assert url("exchange", "dang-vien") in client.get(url("members")).content.decode()


@pytest.mark.parametrize("errors", [1, 3, 50])
def test_a_dry_run_of_any_length_is_shown_in_as_many_queries(errors, an, cell, signed_in, django_assert_num_queries):
    work = import_file("van-ban", by=an, content=sheet_of("van-ban", by=an, lines=[{**LINE, "Số": "x"}] * errors))
    client = signed_in(an)
    client.get(work.get_absolute_url())

    with django_assert_num_queries(7):
        assert len(client.get(work.get_absolute_url()).context["page"]) == errors


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("so.xlsx", "so.xlsx"),
        ("C:\\Users\\an\\Sổ\u202e theo\n dõi.xlsx", "Sổ theo dõi.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a" * 300 + ".xlsx", "a" * 144 + ".xlsx"),
    ],
)
def test_the_name_of_a_file_is_text_without_folders(name, kept):
    assert clean_name(name) == kept
