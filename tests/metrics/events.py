"""Rows of the registers for tests of this folder, keyword-only."""

import datetime as dt

from partyreports.activities.models import Dialogue, Discipline, Inspection, Village


def make_village(*, organization, name="Thôn 1"):
    return Village.objects.get_or_create(organization=organization, name=name)[0]


def make_dialogue(*, organization, held_on=dt.date(2024, 3, 29), people=20, opinions=5, **fields):
    fields = {"chair_post": "Bí thư Đảng ủy xã", "place": "Nhà văn hóa thôn", **fields}
    return Dialogue.objects.create(organization=organization, held_on=held_on, people=people, opinions=opinions, **fields)


def make_inspection(*, organization, started_on=dt.date(2024, 5, 10), doer="committee", kind="programme", **fields):
    return Inspection.objects.create(organization=organization, started_on=started_on, doer=doer, kind=kind, **fields)


def make_discipline(*, organization, decided_on=dt.date(2024, 6, 5), authority="committee", target="member", form="reprimand", **fields):
    return Discipline.objects.create(organization=organization, decided_on=decided_on, authority=authority, target=target, form=form, **fields)
