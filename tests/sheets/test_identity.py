"""What a workbook takes out it brings back: any lines, of columns of any kind, are read as they were written."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from partyreports import sheets
from partyreports.sheets import Field
from partyreports.sheets.reader import read
from partyreports.vietnamese import normalise

STATES = (("solved", "đã giải quyết"), ("under_way", "đang giải quyết"), ("open", "chưa giải quyết"))
SUBJECTS = ((3, "Đất đai, nhà ở"), (1, "Môi trường"), (2, "=Giao thông"))
FIELDS = (
    Field("place", "Địa điểm", required=True),
    Field("note", "Ghi chú"),
    Field("people", "Lượt dự", "count"),
    Field("share", "Tỷ lệ", "number"),
    Field("born", "Năm sinh", "year"),
    Field("held_on", "Ngày", "date"),
    Field("state", "Tình trạng", "choice", choices=STATES),
    Field("subjects", "Nội dung", "choices", choices=SUBJECTS),
    Field("is_open", "Công khai", "flag"),
)
# Text as a form keeps it, with what Excel, XML or a reader of numbers might take for something else.
ODD = [
    "=1+1",
    "- Xây dựng",
    "+84",
    "@x",
    "_x0041_",
    "<b>&amp;",
    "'05",
    "1.981",
    "05/06/2024",
    "TRUE",
    "#REF!",
    "dòng một\ndòng hai",
    "Hoà giải",
    "“ ”",
]
TEXTS = st.one_of(st.sampled_from(ODD), st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"]), max_size=40)).map(normalise)
LINES = st.fixed_dictionaries(
    {
        "place": TEXTS.filter(bool),
        "note": TEXTS,
        "people": st.none() | st.integers(0, 10**12),
        "share": st.none() | st.decimals(0, 10**9, places=3).map(Decimal.normalize),
        "born": st.none() | st.integers(1900, 2100),
        "held_on": st.none() | st.dates(dt.date(1900, 3, 1), dt.date(2099, 12, 31)),
        "state": st.sampled_from(["", *(key for key, _ in STATES)]),
        "subjects": st.sets(st.sampled_from([key for key, _ in SUBJECTS])).map(lambda keys: tuple(key for key, _ in SUBJECTS if key in keys)),
        "is_open": st.booleans(),
    }
)


def in_words(line):
    """A line as it goes out: labels for choices."""
    return line | {
        "state": dict(STATES).get(line["state"], ""),
        "subjects": "; ".join(label for key, label in SUBJECTS if key in line["subjects"]),
    }


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=5))
def test_lines_come_back_as_they_went_out(lines):
    table = read(sheets.template(FIELDS, [in_words(line) for line in lines], title="Sổ đối thoại"), FIELDS)

    assert table.wrong == ()
    assert [line.cells for line in table.lines] == lines
