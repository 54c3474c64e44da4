"""Cited documents in one cell: written as lists name them, set apart by ";", and read back to the same documents of the register."""

import re

from organizations.models import Reference
from organizations.reference_fields import matches
from partyreports.vietnamese import DateError, normalise, parse_date

WITH_DAY = re.compile(r"(.+?),? ngày (\d{1,2}/\d{1,2}/\d{4})")
HELP = "Số và ký hiệu như trong sổ văn bản viện dẫn; nhiều văn bản thì cách nhau bằng dấu chấm phẩy. Trùng số thì ghi thêm ngày."
SEVERAL = "“%(text)s” khớp với nhiều văn bản trong sổ: ghi đủ số, ký hiệu và ngày, ví dụ “38-KH/ĐU, ngày 28/12/2023”."
EXAMPLE = "38-KH/ĐU, ngày 28/12/2023; 12-NQ/TW"


def in_words(references):
    """The cell of these documents, in the order of their days."""
    dated = sorted(references, key=lambda reference: (reference.issued_on is None, reference.issued_on, reference.pk))
    return "; ".join(_named(reference) for reference in dated)


def keys_read(text, user, standing):
    """The keys of the documents a cell names, and "" or the first part that names none or several of those that `user` sees.

    A part that names one of `standing`, which the row has already, means that one, whoever may see it.
    """
    left, keys = {}, []
    for reference in standing:
        left.setdefault(_named(reference), []).append(reference.pk)
    for part in filter(None, map(normalise, text.split(";"))):
        if left.get(part):
            keys.append(left[part].pop(0))
            continue
        words, issued_on = _apart(part)
        among = Reference.objects.visible_to(user)
        found, _ = matches(words, among=among.filter(issued_on=issued_on) if issued_on else among)
        if len(found) != 1:
            return keys, part
        keys.append(found[0].pk)
    return list(dict.fromkeys(keys)), ""


def _named(reference):
    return reference.short.replace(";", ",")


def _apart(part):
    """What a part says of a document, and its day when it ends in one."""
    found = WITH_DAY.fullmatch(part)
    if found is None:
        return part, None
    try:
        return found[1], parse_date(found[2])
    except DateError:
        return part, None
