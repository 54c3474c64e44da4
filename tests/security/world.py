"""Two districts with two communes each, a paper of every kind in every state in each, every text marked with where it belongs.

A mark is `⟦kind-commune-field⟧`: whoever finds one outside his branch has found a leak. Marks stand in names, titles, reasons,
contents and file names, so that lists, breadcrumbs, exports and error pages are all caught.
"""

import datetime as dt
from dataclasses import dataclass, field

from organizations.models import Assignment, LogEntry, Right
from organizations.review import Status
from tests import makers

COMMUNES = ("a1", "a2", "b1", "b2")  # district a and district b
ROLES = ("visitor", "secretary", "clerk", "reviewer", "reader", "manager", "auditor", "disabled", "expired", "nobody")


def mark(kind, commune, what="ten"):
    return f"⟦{kind}-{commune}-{what}⟧"


@dataclass
class World:
    """Everything a walk needs: accounts by role, objects by (kind, commune, state)."""

    accounts: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)
    communes: dict = field(default_factory=dict)

    def of(self, kind, commune, state=None):
        return self.objects[kind, commune, state] if (kind, commune, state) in self.objects else self.objects[kind, commune, None]


def build():
    world = World()
    y2023 = makers.make_period(code="2023")
    y2024 = makers.make_period(code="2024", previous=y2023)
    top_kind = makers.make_kind(code="tinh", name="Tỉnh ủy", order=0)
    district_kind = makers.make_kind(code="huyen", name="Đảng bộ huyện", order=1)
    kind = makers.make_kind()
    top = makers.make_organization(name="Tỉnh ủy Mẫu", kind=top_kind)
    indicator = makers.make_indicator(code="members_total", name="Tổng số đảng viên")
    rural = makers.make_indicator(code="members_admitted", breakdown="religious", name="Kết nạp có đạo")
    makers.make_form(kind=kind, indicators=[indicator, rural])
    districts = {letter: makers.make_organization(name=f"Huyện ủy {mark('huyen', letter)}", parent=top, kind=district_kind) for letter in "ab"}
    sender = makers.make_account(username="nguoi-trinh", full_name="Người Trình")
    decider = makers.make_account(username="nguoi-duyet", full_name="Người Duyệt")
    template = makers.make_template(kind=kind)
    for commune in COMMUNES:
        body = makers.make_organization(
            name=f"Đảng ủy xã {mark('xa', commune)}", parent=districts[commune[0]], kind=kind, place=mark("xa", commune, "noi")
        )
        world.communes[commune] = world.objects["organization", commune, None] = body
        world.objects["member", commune, None] = makers.make_member(
            organization=body, full_name=f"Nguyễn Văn {mark('nguoi', commune)}", is_religious=True
        )
        world.objects["reference", commune, None] = makers.make_reference(organization=body, subject=mark("van-ban", commune))
        for at, state in enumerate(Status.values):
            # One report a body and period: the states stand in years of their own.
            year = y2024 if state == Status.APPROVED else makers.make_period(code=str(2030 + at))
            marks = {"status": state, "by": sender, "reviewer": decider}
            report = makers.make_report(organization=body, period=year, figures={indicator: 10 + at, rural: 3}, **marks)
            if state == Status.RETURNED:
                type(report).objects.filter(pk=report.pk).update(return_reason=mark("ly-do", commune))
            text = {"type": "paragraph", "align": "justify", "inlines": [{"type": "text", "text": mark("bai", commune, "noi-dung")}]}
            speech = makers.make_speech(organization=body, period=y2024, title=mark("bai", commune, state), blocks=[text], template=template, **marks)
            model = makers.make_registration(
                organization=body, periods=[y2024], title=mark("mo-hinh", commune, state), situation=mark("mo-hinh", commune, "thuc-trang"), **marks
            )
            world.objects |= {("report", commune, state): report, ("speech", commune, state): speech, ("registration", commune, state): model}
            for paper in (report, speech, model):
                LogEntry.write("submit", by=sender, about=paper, note=mark("ghi-chu", commune))
        account = makers.make_account(
            username=f"nguoi-{commune}", full_name=f"Người {mark('tai-khoan', commune)}", rights=[Right.WRITE], organization=body
        )
        world.objects["account", commune, None] = account
        world.objects["assignment", commune, None] = account.assignments.get()
    world.objects["template", "", None] = template
    world.objects["period", "", None] = y2024
    world.objects["kind", "", None] = kind
    world.objects["indicator", "", None] = indicator
    _people(world, districts["a"])
    return world


def _people(world, district):
    """Roles of the permission matrix: the secretary on commune a1, the others on district a."""
    rights = {
        "secretary": (world.communes["a1"], [Right.WRITE]),
        "clerk": (district, [Right.ENTER]),
        "reviewer": (district, [Right.READ, Right.REVIEW, Right.LOCK]),
        "reader": (district, [Right.READ]),
        "manager": (district, [Right.MANAGE]),
        "auditor": (district, [Right.AUDIT]),
        "disabled": (district, list(Right)),
        "expired": (district, []),
        "nobody": (district, []),
    }
    for role, (branch, held) in rights.items():
        world.accounts[role] = makers.make_account(
            username=f"vai-{role}", full_name=f"Vai {role}", rights=held, organization=branch, is_active=role != "disabled"
        )
    for right in Right.values:
        Assignment.objects.create(
            account=world.accounts["expired"], right=right, organization=district, valid_from=makers.LONG_AGO, valid_to=dt.date(2020, 1, 1)
        )
