"""In which section of a summary an indicator stands: as in the forms of the branch's own bodies."""

import re

from partyreports.vietnamese import fold

NUMBERING = re.compile(r"^[IVXLC]+\.\s*")
OTHER = "Chỉ tiêu khác"


def slug(section):
    """The section in an address: phat-trien-dang-vien."""
    return re.sub("[^a-z0-9]+", "-", fold(section)).strip("-")


def sections_of(lines, branch, columns):
    """dict: indicator key → its section without numbering, sections in the order of the forms; the form most bodies fill goes first.

    `lines` are (form, kind, section, indicator), newest forms first; a kind fills the first form that names it.
    """
    form_of = {}
    for form, kind, _, _ in lines:
        form_of.setdefault(kind, form)
    weights = {}
    for kind, number in branch.kinds.items():
        weights.setdefault(form_of.get(kind), [False, 0, 0])[2] += number
    for body in columns:
        weight = weights[form_of.get(branch.bodies[body].kind_id)]
        weight[0] = weight[0] or body == columns[0]
        weight[1] += 1
    ranked = sorted((form for form in weights if form), key=lambda form: weights[form], reverse=True)
    sections, names = {}, {}
    for form in ranked:
        for of_form, kind, section, indicator in lines:
            if of_form == form and form_of[kind] == form and indicator not in sections:
                name = NUMBERING.sub("", section).strip()
                sections[indicator] = names.setdefault(fold(name), name)
    return sections
