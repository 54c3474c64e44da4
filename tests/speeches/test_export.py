"""What the conference gets: both files of each approved speech, named and listed the same at every run."""

import hashlib
import io
import json

import pytest
from django.core.management import CommandError, call_command

from organizations.review import Status
from partyreports.speeches.files import file_stem
from partyreports.speeches.models import Speech
from partyreports.speeches.tasks import print_papers
from tests import makers


@pytest.fixture
def approved(cell, y2024):
    return makers.make_speech(organization=cell, period=y2024, title="Bài đã duyệt", status=Status.APPROVED)


def run(folder, period="2024"):
    said = io.StringIO()
    call_command("export_speeches", period=period, to=folder, stdout=said)
    return said.getvalue().splitlines(), [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]


def test_every_final_speech_of_the_period_is_written_and_no_other(tmp_path, approved, cell, other_cell, y2023, y2024):
    makers.make_speech(organization=other_cell, period=y2024, status=Status.LOCKED)
    makers.make_speech(organization=cell, period=y2023, status=Status.APPROVED)
    for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED):
        makers.make_speech(organization=cell, period=y2024, status=status)

    told, lines = run(tmp_path / "moi")

    assert told[:2] == ["1/2 2024_ThamLuan_XaMau.pdf (1 trang)", "2/2 2024_ThamLuan_XaBen.pdf (1 trang)"]
    assert sorted(path.name for path in (tmp_path / "moi").iterdir()) == [
        "2024_ThamLuan_XaBen.docx", "2024_ThamLuan_XaBen.pdf", "2024_ThamLuan_XaMau.docx", "2024_ThamLuan_XaMau.pdf", "manifest.jsonl",
    ]  # fmt: skip
    first = lines[0]
    assert {name: first[name] for name in ("organization", "title", "pdf", "docx", "pages", "layout")} == {
        "organization": "Đảng ủy xã Mẫu",
        "title": "Bài đã duyệt",
        "pdf": "2024_ThamLuan_XaMau.pdf",
        "docx": "2024_ThamLuan_XaMau.docx",
        "pages": 1,
        "layout": "hd36",
    }
    for kind in ("pdf", "docx"):
        assert hashlib.sha256((tmp_path / "moi" / first[kind]).read_bytes()).hexdigest() == first[f"{kind}_sha256"]


def test_a_second_run_writes_the_same(tmp_path, approved):
    assert run(tmp_path / "a")[1] == run(tmp_path / "b")[1]
    assert (tmp_path / "a" / "manifest.jsonl").read_bytes() == (tmp_path / "b" / "manifest.jsonl").read_bytes()


def test_names_are_unique_and_stay_when_a_speech_is_added(tmp_path, approved, cell, y2024):
    makers.make_speech(organization=cell, period=y2024, status=Status.APPROVED)

    assert [line["pdf"] for line in run(tmp_path)[1]] == ["2024_ThamLuan_XaMau.pdf", "2024_ThamLuan_XaMau_2.pdf"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Đảng ủy xã Quảng Lập", "2024_ThamLuan_XaQuangLap"),
        ("Ban Tuyên giáo Huyện ủy", "2024_ThamLuan_BanTuyenGiaoHuyenUy"),
        ("../../etc/passwd\r\n", "2024_ThamLuan_EtcPasswd"),
        ("Chi bộ “Đ’Ran” 2", "2024_ThamLuan_ChiBoDRan2"),
    ],
)
def test_a_name_is_letters_and_digits_only(y2024, name, stem):
    assert file_stem(y2024, name) == stem


def test_a_draft_says_so_in_its_name(y2024):
    assert file_stem(y2024, "Đảng ủy xã Mẫu", is_draft=True) == "2024_ThamLuan_XaMau_BanThao"


def test_a_missing_period_is_refused_with_those_there_are(tmp_path, approved):
    with pytest.raises(CommandError, match=r"Không có kỳ báo cáo mã “1999”. Các năm hiện có: 2024, 2023."):
        run(tmp_path, period="1999")


def test_a_year_without_approved_speeches_is_refused(tmp_path, y2024):
    with pytest.raises(CommandError, match=r"Chưa có bài tham luận nào của năm 2024 được duyệt."):
        run(tmp_path)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path, approved):
    (tmp_path / "tep").write_text("không phải thư mục", "utf-8")

    with pytest.raises(CommandError, match=r"Không ghi được vào thư mục .*: chọn thư mục khác"):
        run(tmp_path / "tep")


def test_a_speech_that_cannot_be_printed_is_named(tmp_path, approved):
    Speech.objects.filter(pk=approved.pk).update(year=1995)

    with pytest.raises(CommandError, match=r"Chưa in được bài “Bài đã duyệt” của Đảng ủy xã Mẫu: Chưa có quy định thể thức"):
        run(tmp_path)
    assert not (tmp_path / "manifest.jsonl").exists()


def test_the_background_prints_what_is_still_approved(settings, approved, cell, y2024):
    printed = print_papers.func(approved.pk)
    again = print_papers.func(approved.pk)

    assert (len(printed), printed == again) == (2, True)
    assert len([path for path in settings.RENDERED_ROOT.rglob("*") if path.suffix in (".pdf", ".docx")]) == 2
    assert print_papers.func(makers.make_speech(organization=cell, period=y2024).pk) == []
