"""Chi bộ counted from the tree as it stood at the end of the period."""

from functools import partial

from organizations.models import OrganizationKind

from .registry import Register, counts, how_many

ARMED, MILITARY, POLICE, OTHER = "armed_forces", "military", "police", "other"
WITHIN = {"rural": ("rural",), "school": ("school",), ARMED: (ARMED, MILITARY, POLICE), "agency": ("agency",), "health": ("health",)}


def gather(ground):
    """key of a body → group of chi bộ in the form → identities, for each body with chi bộ below it. One query."""
    groups = dict(OrganizationKind.objects.filter(is_cell=True).values_list("pk", "cell_group"))
    found = {}
    for body, span in sorted(ground.at_end.items()):
        if span.kind_id in groups:
            for root in span.roots:
                if root != body:
                    found.setdefault(root, {}).setdefault(groups[span.kind_id], []).append(f"body:{body}")
    return found


REGISTER = Register("tree", "Cây tổ chức", gather, "có ít nhất một chi bộ trực thuộc")
_put = partial(counts, unit="chi bộ", register=REGISTER)


@_put("cells_total", words="Đếm chi bộ trực thuộc vào ngày cuối kỳ.")
def cells_total(groups):
    return how_many(body for bodies in groups.values() for body in bodies)


def _of(names, groups):
    return how_many(body for name in names for body in groups.get(name, ()))


for _group, _names in WITHIN.items():
    _put(f"cells:{_group}", words="Trong số đó, đếm chi bộ thuộc loại hình này.")(partial(_of, _names))


@_put("cells:other", words="Đếm chi bộ không phải nông thôn, trường học, lực lượng vũ trang.")
def other(groups):
    named = {*WITHIN["rural"], *WITHIN["school"], *WITHIN[ARMED]}
    return how_many(body for name, bodies in groups.items() if name not in named for body in bodies)


def _armed(name, groups):
    """None where some chi bộ of the armed forces does not say which of the two it is."""
    return None if groups.get(ARMED) else how_many(groups.get(name, ()))


for _name in (MILITARY, POLICE):
    _put(f"cells:{_name}", words="Trong chi bộ lực lượng vũ trang, đếm chi bộ thuộc loại này.")(partial(_armed, _name))
