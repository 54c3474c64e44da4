"""Two districts with two communes each, a paper of every kind in every state in each, every text marked with where it belongs.

A mark is `⟦kind-commune-field⟧`: whoever finds one outside his branch has found a leak. Marks stand in names, titles, reasons,
contents and file names, so that lists, breadcrumbs, exports and error pages are all caught. The marks of a paper name its state too:
a draft must not show to whoever reads approved papers only. Numbers cannot hold a mark: each has a value of its own (`number_of`).
"""

import datetime as dt
import itertools
import re
from dataclasses import dataclass, field

from organizations.models import Assignment, LogEntry, Right, Stay
from organizations.review import Status
from partyreports.metrics.models import BalanceRule
from tests import makers
from tests.activities.inspecting import make_discipline, make_inspection
from tests.activities.rows import make_dialogue, make_friday_norm, make_subject, make_village
from tests.exchanging import import_file, sheet_of

COMMUNES = ("a1", "a2", "b1", "b2")  # district a and district b
BRANCHES = ("a", "b", "")  # the districts, and the top of the tree
MARK = re.compile(r"⟦([a-z-]+?)-(a1|a2|b1|b2|a|b)-([a-z0-9-]+)⟧")
PAPERS = {"report": "bao-cao", "speech": "bai", "registration": "mo-hinh"}  # kind of object: kind in its marks


def mark(kind, commune, what="ten"):
    return f"⟦{kind}-{commune}-{what}⟧"


def number_of(commune, state):
    """The figure that stands in the report of a commune in a state, and nowhere else."""
    return 73_000_000 + 10_000 * (COMMUNES.index(commune) + 1) + 100 * (list(Status.values).index(state) + 1) + 7


NUMBERS = {str(number_of(commune, state)): ("report", commune, state) for commune, state in itertools.product(COMMUNES, Status.values)}


@dataclass
class World:
    """Everything a walk needs: accounts by role, objects by (kind, commune, state), years by state."""

    accounts: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)
    years: dict = field(default_factory=dict)

    def of(self, kind, commune, state=None):
        """The object of a kind in a commune and state; what is the same for the whole tree stands under "" and None."""
        for key in ((kind, commune, state), (kind, commune, None), (kind, "", None)):
            if key in self.objects:
                return self.objects[key]
        raise KeyError((kind, commune, state))

    def has_many(self, kind):
        """True when each commune has its own."""
        return (kind, "", None) not in self.objects


def build():
    world = World()
    y2023 = makers.make_period(code="2023")
    world.years = {state: makers.make_period(code=str(2030 + at)) for at, state in enumerate(Status.values)}
    # The chosen year of most tests: approved reports stand in it, and speeches and registrations of every state.
    world.years[Status.APPROVED] = makers.make_period(code="2024", previous=y2023, deadline=dt.date(2024, 12, 10))
    top_kind = makers.make_kind(code="tinh", name="Tỉnh ủy", order=0)
    district_kind = makers.make_kind(code="huyen", name="Đảng bộ huyện", order=1)
    kind = makers.make_kind()
    top = makers.make_organization(name="Tỉnh ủy Mẫu", kind=top_kind)
    members = makers.make_indicator(code="members_total", name="Tổng số đảng viên")
    religious = makers.make_indicator(code="members_admitted", breakdown="religious", name="Kết nạp có đạo")
    form = makers.make_form(kind=kind, indicators=[members, religious])
    spare = makers.make_indicator(code="cells_total", name="Tổng số chi bộ")
    rule = _rule(members, religious)
    districts = {letter: makers.make_organization(name=f"Huyện ủy {mark('huyen', letter)}", parent=top, kind=district_kind) for letter in "ab"}
    template = makers.make_template(kind=kind)
    for commune in COMMUNES:
        body = makers.make_organization(
            name=f"Đảng ủy xã {mark('xa', commune)}", parent=districts[commune[0]], kind=kind, place=mark("xa", commune, "noi")
        )
        world.objects["organization", commune, None] = body
        _registers(world, commune, body)
        _papers(world, commune, body, (members, religious), template)
        account = makers.make_account(
            username=f"nguoi-{commune}", full_name=f"Người {mark('tai-khoan', commune)}", rights=[Right.WRITE], organization=body
        )
        world.objects["account", commune, None] = account
        world.objects["assignment", commune, None] = account.assignments.get()
        LogEntry.write("change", by=account, about=body, note=mark("nhat-ky", commune))
    for kind_of, thing in {
        "template": template,
        "period": world.years[Status.APPROVED],
        "kind": kind,
        "subject": make_subject(),
        "indicator": spare,
        "rule": rule,
        "form": form,
        "line": form.lines.order_by("order").last(),
        "branch-a": districts["a"],
        "branch-b": districts["b"],
        "branch-": top,
    }.items():
        world.objects[kind_of, "", None] = thing
    _people(world, top, districts["a"])
    _imports(world)
    return world


def _rule(left, right):
    rule = BalanceRule.objects.create(code="co-dao-trong-tong-so", operator=">=", severity="warning", sentence="{left} kém {right}: {gap}.")
    rule.terms.create(indicator=left, side="left")
    rule.terms.create(indicator=right, side="right")
    return rule


def _registers(world, commune, body):
    world.objects["member", commune, None] = makers.make_member(
        organization=body, full_name=f"Nguyễn Văn {mark('nguoi', commune)}", party_post=mark("nguoi", commune, "chuc-vu"), is_religious=True
    )
    world.objects["stay", commune, None] = world.objects["member", commune, None].stays.get()
    former = makers.make_member(organization=body, full_name=f"Trần Văn {mark('nguoi', commune, 'da-di')}", is_active=False)
    world.objects["former", commune, None], world.objects["departure", commune, None] = former, former.stays.get()
    away = makers.make_member(organization=body, full_name=f"Phạm Văn {mark('nguoi', commune, 'tam-thoi')}")
    place = mark("nguoi", commune, "noi-tam-thoi")
    world.objects["elsewhere", commune, None] = Stay.objects.stay_elsewhere(away, on=dt.date(2023, 2, 1), place=place, by=None)
    world.objects["candidate", commune, None] = makers.make_candidate(
        organization=body,
        full_name=f"Lê Thị {mark('nguoi', commune, 'quan-chung')}",
        introduced_by=mark("nguoi", commune, "gioi-thieu"),
        days={"outstanding": dt.date(2024, 1, 15), "sent": dt.date(2024, 1, 20)},
        is_religious=True,
    )
    world.objects["reference", commune, None] = makers.make_reference(
        organization=body, subject=mark("van-ban", commune), issuer=mark("van-ban", commune, "noi-ban-hanh"), symbol="KH/ĐU"
    )
    world.objects["inspection", commune, None] = make_inspection(
        organization=body, subject=mark("kiem-tra", commune), conclusion_number=mark("kiem-tra", commune, "ket-luan")
    )
    world.objects["discipline", commune, None] = make_discipline(organization=body)
    _dialogues(world, commune, body)


def _dialogues(world, commune, body):
    village = make_village(organization=body, name=f"Thôn {mark('doi-thoai', commune, 'thon')}")
    petition = {"count": 2, "owner": mark("doi-thoai", commune, "co-quan"), "answer_number": mark("doi-thoai", commune, "tra-loi")}
    dialogue = make_dialogue(
        organization=body,
        village=village,
        chair_post=mark("doi-thoai", commune, "chu-tri"),
        minutes_number=mark("doi-thoai", commune, "bien-ban"),
        petitions=[petition],
    )
    norm = make_friday_norm(organization=body)
    plan = norm.planned.create(organization=body, planned_on=dt.date(2024, 10, 25), village=village, note=mark("doi-thoai", commune, "hoan"))
    things = {"dialogue": dialogue, "petition": dialogue.petitions.get(), "village": village, "norm": norm, "plan": plan}
    world.objects |= {(kind, commune, None): thing for kind, thing in things.items()}


def _papers(world, commune, body, indicators, template):
    sender = makers.make_account(full_name="Người Trình")
    decider = makers.make_account(full_name="Người Duyệt")
    y2024 = world.years[Status.APPROVED]
    members, religious = indicators
    for state in Status.values:
        by = {"status": state, "by": sender, "reviewer": decider}
        # One report a body and period: the states stand in years of their own.
        numbers = {members: number_of(commune, state), religious: 3}
        report = makers.make_report(organization=body, period=world.years[state], figures=numbers, **by)
        report.figures.update(reason=mark(PAPERS["report"], commune, f"{state}-khac-so"))  # the registers count others
        text = {"type": "paragraph", "align": "justify", "inlines": [{"type": "text", "text": mark("bai", commune, f"{state}-noi-dung")}]}
        speech = makers.make_speech(
            organization=body, period=y2024, title=mark("bai", commune, state), place=mark("bai", commune, f"{state}-noi"), blocks=[text],
            template=template, **by,
        )  # fmt: skip
        parts = {name: mark("mo-hinh", commune, f"{state}-{name.replace('_', '-')}") for name in ("situation", "method", "novelty", "results")}
        model = makers.make_registration(organization=body, periods=[y2024], title=mark("mo-hinh", commune, state), **parts, **by)
        for kind, paper in {"report": report, "speech": speech, "registration": model}.items():
            if state == Status.RETURNED:
                type(paper).objects.filter(pk=paper.pk).update(return_reason=mark(PAPERS[kind], commune, f"{state}-ly-do"))
            world.objects[kind, commune, state] = paper
            LogEntry.write("submit", by=sender, about=paper, note=mark(PAPERS[kind], commune, f"{state}-ghi-chu"))
    _of_models(world, commune, sender)


def _of_models(world, commune, writer):
    """A stage and a result of the approved model, and its link with the locked one."""
    approved, locked = (world.objects["registration", commune, state] for state in (Status.APPROVED, Status.LOCKED))
    world.objects["stage", commune, None] = makers.make_stage(
        registration=locked, by=writer, document=mark("mo-hinh", commune, "locked-so"), note=mark("mo-hinh", commune, "locked-ghi-chu")
    )
    world.objects["result", commune, None] = makers.make_result(registration=approved, label=mark("mo-hinh", commune, "approved-ket-qua"))
    world.objects["link", commune, None] = makers.make_link(later=locked, earlier=approved)


def _people(world, top, district):
    """The roles of permissions.toml: the secretary on commune a1, the head on the whole tree, the others on district a."""
    rights = {
        "secretary": (world.objects["organization", "a1", None], [Right.WRITE]),
        "clerk": (district, [Right.ENTER]),
        "reviewer": (district, [Right.READ, Right.REVIEW, Right.LOCK]),
        "reader": (district, [Right.READ]),
        "manager": (district, [Right.MANAGE]),
        "auditor": (district, [Right.AUDIT]),
        "head": (top, [Right.MANAGE, Right.LOCK]),
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


def _imports(world):
    """A file of each commune that waits for its confirmation: the clerk's own in district a, somebody else's in district b."""
    for commune in COMMUNES:
        sender = world.accounts["clerk"] if commune.startswith("a") else world.objects["account", commune, None]
        line = {"Tổ chức viện dẫn": f"Đảng ủy xã {mark('xa', commune)}", "Loại văn bản": "Kế hoạch", "Trích yếu": mark("van-ban", commune, "tep")}
        work = import_file(
            "van-ban", by=sender, content=sheet_of("van-ban", by=sender, lines=[line]), name=f"{mark('van-ban', commune, 'ten-tep')}.xlsx"
        )
        world.objects["import", commune, None] = work
