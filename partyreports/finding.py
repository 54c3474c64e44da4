"""The search box: bodies, papers, members and candidates by name, within the user's reach, marks aside."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from models_registry.models import Registration
from organizations import tree
from organizations.access import reach
from organizations.models import Candidate, Member
from partyreports.metrics.models import YearlyReport
from partyreports.speeches.models import Speech
from partyreports.vietnamese import fold

SHOWN = 10  # of each kind


@dataclass(frozen=True)
class Hit:
    """One line of the answer."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """The hits of one kind; `more` when there are others that are not shown."""

    title: str
    hits: tuple
    more: bool


def find(user, text):
    """A tuple of Found, only kinds that have hits. Every word of `text` must stand in the name. A constant number of queries."""
    words = fold(text).split()[:8]
    if not words:
        return ()
    today = timezone.localdate()
    bodies = _first(tree.search(text, on=today, among=reach(user), also_above=True).select_related("organization"))
    members = _first(_with_words(Member.objects.visible_to(user).select_related("organization"), words))
    candidates = _first(_with_words(Candidate.objects.visible_to(user).filter(member=None).select_related("organization"), words))
    models = _first(_with_words(Registration.objects.visible_to(user).select_related("organization"), words))
    under = Q(organization__in=[version.organization_id for version in bodies])
    reports = _first(YearlyReport.objects.visible_to(user).filter(under).select_related("period").order_by("-period__starts_on", "pk"))
    speeches = _first(_with_words(Speech.objects.visible_to(user).select_related("period"), words))
    papers = [*members, *candidates, *models, *reports, *speeches]
    names = {key: version.party_name or version.name for key, version in tree.names({paper.organization_id for paper in papers}, on=today).items()}
    kinds = [
        ("Tổ chức", bodies, lambda version: Hit(version.name, version.organization.get_absolute_url(), version.kind.name)),
        ("Báo cáo năm", reports, lambda report: Hit(f"Báo cáo {report.period}", report.get_absolute_url(), names.get(report.organization_id, ""))),
        ("Tham luận", speeches, lambda speech: Hit(speech.title, speech.get_absolute_url(), names.get(speech.organization_id, ""))),
        ("Mô hình mới", models, lambda model: Hit(model.title, model.get_absolute_url(), names.get(model.organization_id, ""))),
        ("Đảng viên", members, lambda member: Hit(member.full_name, member.get_absolute_url(), names.get(member.organization_id, ""))),
        ("Quần chúng ưu tú", candidates, lambda person: Hit(person.full_name, person.get_absolute_url(), names.get(person.organization_id, ""))),
    ]
    return tuple(Found(title, tuple(line(row) for row in rows[:SHOWN]), len(rows) > SHOWN) for title, rows, line in kinds if rows)


def _with_words(rows, words):
    for word in words:
        rows = rows.filter(search__contains=word)
    return rows


def _first(rows):
    return list(rows[: SHOWN + 1])
