"""Dialogues counted: the totals of a list; the villages of a body, and what a new dialogue of it is guessed to be."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from organizations import tree
from partyreports.vietnamese import QUALIFIERS, count, number

from .models import Dialogue, Petition, Village

# The level a body meets the people at, by its kind; chi bộ by the first letters of theirs; every other body is of the commune's level.
LEVELS = {"dang-bo-tinh": "district", "dang-bo-huyen": "district", "mat-tran": "district", "ban-tham-muu": "district", "ban-tuyen-giao": "district"}
USUAL_OPINIONS = 11  # at one meeting, as reports tell; twice as many are asked about
WORDS = ("qualifier", "opinions_qualifier")
CHAIRS = ("Bí thư Đảng ủy xã", "Bí thư Huyện ủy", "Chủ tịch Ủy ban nhân dân xã", "Chủ tịch Ủy ban nhân dân huyện", "Bí thư chi bộ")


@dataclass(frozen=True)
class Totals:
    """Sums over dialogues. `qualifier` is the word (a code of QUALIFIERS) before the sum of attendances, `opinions_qualifier` of opinions."""

    sessions: int = 0
    mergers: int = 0  # of the sessions: meetings on a plan of merging, which reports count by themselves
    people: int = 0
    officials: int = 0
    opinions: int = 0
    qualifier: str = ""
    opinions_qualifier: str = ""
    solved: int = 0
    under_way: int = 0
    unsolved: int = 0

    @property
    def participants(self):
        return self.people + self.officials

    @property
    def petitions(self):
        return self.solved + self.under_way + self.unsolved

    @property
    def parts(self):
        """The line of counts above a list: (words, number) each."""
        mergers = [("cuộc gặp mặt về sáp nhập (báo cáo tính riêng)", count(self.mergers))] if self.mergers else []
        return [
            ("cuộc", count(self.sessions)),
            *mergers,
            ("lượt người dự", f"{QUALIFIERS[self.qualifier]} {number(self.participants)}".lstrip()),
            ("lượt dân", number(self.people)),
            ("lượt cán bộ", number(self.officials)),
            ("lượt ý kiến", f"{QUALIFIERS[self.opinions_qualifier]} {number(self.opinions)}".lstrip()),
            ("kiến nghị", number(self.petitions)),
            ("đã giải quyết", number(self.solved)),
            ("đang giải quyết", number(self.under_way)),
            ("chưa giải quyết", number(self.unsolved)),
        ]


def totals(dialogues):
    """Totals of a queryset of dialogues: two queries, whatever their number."""
    here = dialogues.order_by()
    sums = here.aggregate(
        sessions=Count("pk"),
        mergers=Count("pk", filter=Q(kind=Dialogue.Kind.MERGER)),
        people=Coalesce(Sum("people"), 0),
        officials=Coalesce(Sum("officials"), 0),
        opinions=Coalesce(Sum("opinions"), 0),
        **{f"{name}_{word.name}": Count("pk", filter=Q(**{name: word.value})) for name in WORDS for word in Dialogue.Qualifier},
    )
    said = {name: combined(word.value for word in Dialogue.Qualifier if sums.pop(f"{name}_{word.name}")) for name in WORDS}
    states = Petition.objects.filter(dialogue__in=here.values("pk")).order_by().values_list("state").annotate(n=Sum("count"))
    by_state = dict(states)
    return Totals(
        **sums,
        **said,
        solved=by_state.get(Petition.State.SOLVED, 0),
        under_way=by_state.get(Petition.State.UNDER_WAY, 0),
        unsolved=by_state.get(Petition.State.OPEN, 0),
    )


def combined(qualifiers):
    """The word before a sum whose terms carry these: the same one, or "khoảng" when they differ."""
    said = {qualifier for qualifier in qualifiers if qualifier}
    return said.pop() if len(said) == 1 else ("about" if said else "")


def villages_of(organization, *, on=None):
    """Villages where a body meets the people: its own, or those of the body directly above (a chi bộ of a thôn). A queryset."""
    version = organization.version(on=on)
    above = [organization.pk, version.parent_id] if version and version.parent_id else [organization.pk]
    return Village.objects.filter(organization__in=above).used(on=on)


def level_of(organization, *, on=None):
    """The level a dialogue of this body has when nobody says otherwise, by the kind of the body."""
    version = organization.version(on=on)
    code = version.kind.code if version else ""
    return Dialogue.Level.CELL if code.startswith("chi-bo") else Dialogue.Level(LEVELS.get(code, Dialogue.Level.COMMUNE))


def chairs_of(organization):
    """Posts that chaired this body's dialogues, the latest first, then the usual ones: suggestions."""
    known = Dialogue.objects.filter(organization=organization).order_by("-held_on", "-pk").values_list("chair_post", flat=True)[:20]
    return list(dict.fromkeys([*known, *CHAIRS]))


def with_bodies(dialogues):
    """The same rows, as a list, each with `body`: the name of its body today, told apart. One query more."""
    rows = list(dialogues)
    names = tree.told_apart([row.organization_id for row in rows])
    for row in rows:
        row.body = names.get(row.organization_id, "")
    return rows
