"""Files that leave the portal: each with a number of its own, in a day's measure, and of persons only for who says again who he is."""

import datetime as dt
import io
import time
import zipfile

import openpyxl
import pytest
from django.urls import reverse

from organizations import exports
from organizations.exchange import registers
from organizations.models import LogEntry
from tests import makers

PEOPLE = ("dang-vien", "bien-dong", "xep-loai", "huy-hieu", "quan-chung")
PASSWORD = "bốn từ dễ nhớ lắm"
ASKED = {"purpose": "rà soát danh sách", "password": PASSWORD}


@pytest.fixture
def clerk(an, signed_in):
    """An's browser, her password known."""
    an.set_password(PASSWORD)
    an.save()
    return signed_in(an)


def url(slug):
    return reverse("organizations:export_people" if slug in PEOPLE else "organizations:exchange_export", args=[slug])


def is_file(answer):
    return answer["Content-Type"].startswith("application/vnd.openxml")


def texts(content):
    """Everything written in a workbook: cells, feet of pages, properties."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


def test_every_register_that_names_persons_says_so():
    assert {slug for slug, exchange in registers().items() if exchange.names_people} == set(PEOPLE)


def test_each_file_carries_the_number_under_which_the_log_tells_of_it(an, cell, signed_in):
    makers.make_reference(organization=cell)
    client = signed_in(an)

    files = [client.get(url("van-ban")).content for _ in range(2)]

    lines = list(LogEntry.objects.filter(action="download").order_by("pk"))
    serials = [line.after["serial"] for line in lines]
    assert len(set(serials)) == 2
    for file, line, serial in zip(files, lines, serials, strict=True):
        assert texts(file).count(f"Tệp số {serial}, Trần Thị An lấy lúc") == 4  # how to fill in, two feet, properties
        assert (line.after["rows"], line.place) == (1, f"tệp {serial}")
        assert client.get(reverse("organizations:log"), {"q": serial}).context["page"].object_list == [line]


@pytest.mark.parametrize("slug", PEOPLE)
def test_persons_are_taken_out_with_the_password_and_a_purpose(slug, clerk, cell, other_cell):
    makers.make_member(organization=cell, full_name="Lê Văn Trong")
    makers.make_member(organization=other_cell, full_name="Lê Văn Ngoài")
    for body, name in ((cell, "Lê Thị Trong"), (other_cell, "Lê Thị Ngoài")):
        makers.make_candidate(organization=body, full_name=name)

    answer = clerk.post(url(slug), ASKED)

    assert is_file(answer)
    assert "Ngoài" not in texts(answer.content).replace("Ngoài tỉnh", "")
    line = LogEntry.objects.get(action="download")
    assert (line.organization_pk, line.after["purpose"]) == (cell.pk, "rà soát danh sách")


def test_an_export_of_a_year_counts_the_lines_that_wait_to_be_filled_in(clerk, cell):
    makers.make_member(organization=cell, full_name="Lê Văn Chờ")

    answer = clerk.post(url("xep-loai"), ASKED | {"nam": "2024", "to_chuc": cell.pk})

    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert next([value.value for value in row] for row in page.iter_rows(min_row=5, max_col=6))[1:3] == [2024, "Đảng ủy xã Mẫu"]
    assert LogEntry.objects.get(action="download").after["rows"] == 1


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"purpose": ["Ghi mục đích, ví dụ: rà soát danh sách trước đại hội chi bộ."], "password": ["Nhập mật khẩu đang dùng."]}),
        ({**ASKED, "password": "sai"}, {"password": ["Mật khẩu không đúng: nhập lại."]}),
    ],
)
def test_without_them_nobody_is_taken_out(sent, errors, clerk, cell):
    answer = clerk.post(url("dang-vien"), sent)

    assert (is_file(answer), answer.context["form"].errors) == (False, errors)
    assert not LogEntry.objects.filter(action="download").exists()


def test_an_address_alone_leads_to_the_page_that_asks(clerk, cell):
    answer = clerk.get(reverse("organizations:exchange_export", args=["dang-vien"]), {"to_chuc": cell.pk})

    assert (answer.status_code, answer.url) == (302, f"{reverse('organizations:exchange', args=['dang-vien'])}?to_chuc={cell.pk}")
    assert clerk.post(url("van-ban")).status_code == 405
    assert clerk.post(reverse("organizations:export_people", args=["van-ban"])).status_code == 404


def test_the_third_file_and_a_late_one_ask_for_the_password_again(clerk, cell):
    again = {"purpose": "đối chiếu"}
    assert is_file(clerk.post(url("dang-vien"), ASKED))
    assert "password" not in clerk.get(reverse("organizations:exchange", args=["dang-vien"])).context["form"].fields
    assert [is_file(clerk.post(url("dang-vien"), again)) for _ in range(2)] == [True, False]

    assert is_file(clerk.post(url("dang-vien"), ASKED))
    session = clerk.session
    session[exports.CONFIRMED] |= {"until": int(time.time()) - 1}
    session.save()
    assert not is_file(clerk.post(url("dang-vien"), again))


def test_wrong_passwords_are_counted_as_at_the_door(clerk, cell, settings):
    answers = [clerk.post(url("dang-vien"), {**ASKED, "password": "sai"}) for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert [is_file(answer) for answer in answers] == [False] * len(answers)
    assert not is_file(clerk.post(url("dang-vien"), ASKED))


def test_a_days_measure_of_files_and_of_rows_is_kept(an, cell, signed_in, monkeypatch):
    monkeypatch.setattr(exports, "MOST_FILES", 2)
    client = signed_in(an)
    LogEntry.write("download", by=an, after={"serial": "CU", "rows": 9}, organization_pk=cell.pk)
    LogEntry.objects.bulk_create(
        [LogEntry(actor_pk=an.pk, action="download", after={"serial": "QUA", "rows": 9}, at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))]
    )

    answers = [client.get(url("van-ban")) for _ in range(2)]

    sentence = (
        "Hôm nay đồng chí đã lấy 2 tệp, 9 dòng; tệp này có 0 dòng. Mỗi ngày nhiều nhất 2 tệp, 50.000 dòng: lấy phần còn lại vào ngày mai, hoặc "
        "chọn tổ chức, năm để lấy ít hơn."
    )
    assert [is_file(answer) for answer in answers] == [True, False]
    assert answers[1].context["form"].non_field_errors() == [sentence]
    assert LogEntry.objects.first().action == "export_refused"

    monkeypatch.setattr(exports, "MOST_FILES", 9)
    monkeypatch.setattr(exports, "MOST_ROWS", 9)
    makers.make_reference(organization=cell)
    assert not is_file(client.get(url("van-ban")))


def test_the_summary_and_the_list_of_models_count_too(an, cell, binh, y2024, signed_in, monkeypatch):
    client = signed_in(binh)
    summary, models = reverse("summaries:excel"), reverse("models_registry:list_docx")

    file = client.get(summary, {"nhanh": cell.pk, "ky": "2024"}).content
    assert client.get(models).getvalue().startswith(b"PK")

    serial = LogEntry.objects.filter(action="download").last().after["serial"]
    assert openpyxl.load_workbook(io.BytesIO(file)).properties.description.startswith(f"Tệp số {serial}, ")
    assert exports.taken_today(binh)[0] == 2
    monkeypatch.setattr(exports, "MOST_FILES", 2)
    refused = client.get(summary, {"nhanh": cell.pk, "ky": "2024"})
    assert (refused.status_code, refused.url, client.get(models).status_code) == (302, reverse("summaries:show"), 429)
