"""Any valid rows of a register: in by Excel, out by Excel, and in again without changing anything."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.exchange import registered
from organizations.models import Member, Reference
from partyreports import sheets
from partyreports.sheets.reader import read
from partyreports.vietnamese import normalise
from tests.exchanging import export, import_file, sheet_of

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạẾỀỘỮ =+-@“”;,.&<>'0123456789/", max_size=30).map(normalise)
DAYS = st.dates(dt.date(1930, 2, 3), dt.date(2024, 12, 31))
DOCUMENTS = st.fixed_dictionaries(
    {
        "Loại văn bản": WORDS.filter(bool),
        "Số": st.none() | st.integers(0, 9999),
        "Ký hiệu": WORDS,
        "Ngày ban hành": st.none() | DAYS,
        "Cơ quan ban hành": WORDS,
        "Trích yếu": WORDS,
    }
)
PEOPLE = st.fixed_dictionaries(
    {
        "Họ và tên": st.text("ĐNguyễnVănThị ", min_size=2, max_size=25).map(normalise).filter(bool),
        "Giới tính": st.sampled_from(["nam", "nữ"]),
        "Năm sinh": st.integers(1930, 2006),
        "Ngày vào Đảng": st.dates(dt.date(1950, 1, 1), dt.date(2024, 1, 1)),
        "probation": st.none() | st.integers(365, 900),
        "Chức vụ đảng": WORDS,
    }
)


def lines_out(slug, *, by):
    """What an export says: (heading → value) of each line, codes aside."""
    fields = registered(slug).fields
    shown = [sheets.Field(field.name, field.title, field.kind if field.kind in ("count", "year", "date") else "text") for field in fields]
    table = read(export(slug, by=by), (sheets.Field("pk", "Mã", "count"), *shown))
    return [{field.title: line.cells[field.name] for field in fields} for line in table.lines]


def there_and_back(slug, lines, *, by):
    """Bring `lines` in; then bring in what is taken out. Returns both imports."""
    first = import_file(slug, by=by, content=sheet_of(slug, by=by, lines=lines), confirm=True)
    return first, import_file(slug, by=by, content=export(slug, by=by))


@FEW
@given(st.lists(DOCUMENTS, min_size=1, max_size=3, unique_by=lambda line: line["Số"]))
def test_documents_come_back_as_they_went_in(an, cell, lines):
    Reference.objects.all().delete()
    lines = [line | {"Tổ chức viện dẫn": cell.name} for line in lines]

    first, again = there_and_back("van-ban", lines, by=an)

    assert (first.state, first.errors) == ("done", [])
    assert (again.errors, again.changes, again.unchanged) == ([], [], len(lines))
    out = [{title: value for title, value in line.items() if title in lines[0]} for line in lines_out("van-ban", by=an)]
    assert sorted(map(repr, out)) == sorted(repr({title: line[title] for title in out[0]}) for line in lines)


@FEW
@given(st.lists(PEOPLE, min_size=1, max_size=3, unique_by=lambda line: (line["Họ và tên"], line["Năm sinh"])))
def test_members_come_back_as_they_went_in(an, cell, lines):
    for member in Member.objects.all():
        member.stays.all().delete()
        member.delete()
    rows = []
    for line in lines:
        admitted, probation = line["Ngày vào Đảng"], line["probation"]
        official = admitted + dt.timedelta(days=probation) if probation else None
        standing = {"Ngày chính thức": official, "Tư cách": "chính thức" if official else "dự bị", "Chi bộ đang sinh hoạt": cell.name}
        rows.append({title: value for title, value in line.items() if title != "probation"} | standing)

    first, again = there_and_back("dang-vien", rows, by=an)

    assert (first.state, first.errors) == ("done", [])
    assert (again.errors, again.changes, again.unchanged) == ([], [], len(rows))
    out = [{title: value for title, value in line.items() if title in rows[0]} for line in lines_out("dang-vien", by=an)]
    assert sorted(map(repr, out)) == sorted(repr({title: row[title] for title in out[0]}) for row in rows)
