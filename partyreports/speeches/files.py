"""The files of a speech: their names, and what they weigh in a download."""

import re

from partyreports.vietnamese import fold

TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
DRAFT = "_BanThao"
COMMITTEE = re.compile(r"^Đảng ủy\s+", re.IGNORECASE)


def file_stem(period, name, *, is_draft=False):
    """2024_ThamLuan_XaQuangLap: letters and digits only, readable on any computer; a draft says so at the end.

    `name` is the body's, of which "Đảng ủy" is left out.
    """
    words = re.findall("[a-z0-9]+", fold(COMMITTEE.sub("", name)))
    stem = f"{re.sub('[^A-Za-z0-9-]', '', period.code)}_ThamLuan_{''.join(word.capitalize() for word in words)[:80]}"
    return stem + DRAFT if is_draft else stem
