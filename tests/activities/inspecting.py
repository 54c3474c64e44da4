"""Rows of inspections and discipline for tests, keyword-only, with sensible rest."""

import datetime as dt

from partyreports.activities.models import Discipline, Inspection, InspectionPlan


def make_inspection(*, organization, **fields):
    defaults = {"doer": "committee", "kind": "programme", "started_on": dt.date(2024, 3, 12), "concluded_on": dt.date(2024, 4, 26), "cells": 1}
    return Inspection.objects.create(organization=organization, **{**defaults, **fields})


def make_plan(*, organization, year=2024, doer="committee", kind="programme", planned=1):
    return InspectionPlan.objects.create(organization=organization, year=year, doer=doer, kind=kind, planned=planned)


def make_discipline(*, organization, **fields):
    defaults = {"decided_on": dt.date(2024, 6, 5), "authority": "committee", "target": "member", "form": "reprimand", "count": 1}
    return Discipline.objects.create(organization=organization, **{**defaults, **fields})


def typed_inspection(**fields):
    """What a clerk types into the form of an inspection."""
    facts = {
        "organization": "Đảng ủy xã Mẫu",
        "doer": "committee",
        "kind": "programme",
        "subject": "chấp hành chế độ đảng phí",
        "started_on": "12/03/2024",
        "concluded_on": "26/04/2024",
        "conclusion_number": "12-TB/ĐU",
        "in_programme": "on",
        "cells": "2",
        "members": "4",
        "committee_members": "1",
    }
    return {**facts, **fields}


def typed_discipline(**fields):
    facts = {
        "organization": "Đảng ủy xã Mẫu",
        "decided_on": "05/06/2024",
        "authority": "committee",
        "target": "member",
        "form": "reprimand",
        "count": "1",
        "committee_members": "",
    }
    return {**facts, **fields}
