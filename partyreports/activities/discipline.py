"""Discipline counted: what each decision adds to the figures, totals in which form, authority and target give one sum, small numbers hidden.

Source: 296-QĐ/TW, 30/5/2025 (forms); 885-QĐ/UBKTTW, 29/12/2022 (by form = by authority = total). Whoever stands outside the reporting line is
told no number under LEAST, and none from which one could be found.
"""

from dataclasses import dataclass

from django.db.models import Sum

from partyreports.vietnamese import count

from .models import Discipline

LEAST = 5
HIDDEN = "ẩn"
MEMBERS, ORGANISATIONS = (Discipline.Target.MEMBER, Discipline.Target.PROBATIONARY), (Discipline.Target.ORGANISATION,)
FORM_KEYS = {"removal": "dismissal"}  # the catalogue's word where it is another
AUTHORITY_KEYS = {"committee": "by_committee", "inspection_commission": "by_commission", "cell": "by_cell"}
KEYS = (
    *("members_disciplined", "members_disciplined:reprimand", "members_disciplined:warning", "members_disciplined:dismissal"),
    *("members_disciplined:expulsion", "members_disciplined:committee_member"),
    *("members_disciplined:by_committee", "members_disciplined:by_commission", "members_disciplined:by_cell"),
    *(
        "organisations_disciplined",
        "organisations_disciplined:reprimand",
        "organisations_disciplined:warning",
        "organisations_disciplined:dissolution",
    ),
)  # of the catalogue of indicators


def figures(decision):
    """What one decision adds to each indicator: dict key → number, without zeros."""
    form = FORM_KEYS.get(decision.form, decision.form)
    if decision.target in ORGANISATIONS:
        own = {"organisations_disciplined": decision.count, f"organisations_disciplined:{form}": decision.count}
    else:
        own = {
            "members_disciplined": decision.count,
            f"members_disciplined:{form}": decision.count,
            f"members_disciplined:{AUTHORITY_KEYS[decision.authority]}": decision.count,
            "members_disciplined:committee_member": decision.committee_members,
        }
    return {key: amount for key, amount in own.items() if amount}


@dataclass(frozen=True)
class Cell:
    words: str
    amount: int
    is_hidden: bool = False

    @property
    def shown(self):
        return HIDDEN if self.is_hidden else count(self.amount)


@dataclass(frozen=True)
class Table:
    """Discipline of members, or of organisations: the total, and the same total by form, by authority and by target."""

    title: str
    total: Cell
    by_form: tuple
    by_authority: tuple
    by_target: tuple
    committee_members: Cell

    @property
    def groups(self):
        rows = [("Theo hình thức", self.by_form), ("Theo cấp thi hành", self.by_authority), ("Theo đối tượng", self.by_target)]
        return [(words, cells) for words, cells in rows if len(cells) > 1]


def tables(decisions, *, masked=False):
    """(of members, of organisations) over a queryset: one query. `masked` for whoever stands outside the reporting line."""
    rows = list(decisions.order_by().values_list("target", "form", "authority").annotate(n=Sum("count"), committee=Sum("committee_members")))
    return (
        _table("Đảng viên bị thi hành kỷ luật", MEMBERS, rows, masked=masked),
        _table("Tổ chức đảng bị thi hành kỷ luật", ORGANISATIONS, rows, masked=masked),
    )


def _table(title, targets, rows, *, masked):
    own = [row for row in rows if row[0] in targets]
    forms = dict.fromkeys(form for target in targets for form in Discipline.ALLOWED[target])
    total = sum(row[3] for row in own)
    parts = (
        [Cell(form.label, sum(row[3] for row in own if row[1] == form)) for form in forms],
        [Cell(doer.label, sum(row[3] for row in own if row[2] == doer)) for doer in Discipline.AUTHORITIES],
        [Cell(target.label, sum(row[3] for row in own if row[0] == target)) for target in targets],
    )
    committee = Cell("trong đó cấp ủy viên", sum(row[4] for row in own))
    if masked:
        is_small = 0 < total < LEAST
        parts = [_masked(cells, all_of_them=is_small) for cells in parts]
        committee = Cell(committee.words, committee.amount, is_small or 0 < committee.amount < LEAST or 0 < total - committee.amount < LEAST)
        return Table(title, Cell(title, total, is_small), *map(tuple, parts), committee)
    return Table(title, Cell(title, total), *map(tuple, parts), committee)


def _masked(cells, *, all_of_them):
    """One small number hides its whole row: the others and the total would tell it. Zeros of a row that is shown stay."""
    if all_of_them or any(0 < cell.amount < LEAST for cell in cells):
        return [Cell(cell.words, cell.amount, True) for cell in cells]
    return cells
