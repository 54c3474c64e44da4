"""What the tables never allow, asked of every line of a file without asking the database with each: reckoned here, or asked once for all.

Django asks the database of every constraint with every form: "is 5 at most 7?". A file has thousands of lines. Conditions within one row are
reckoned from its values as SQL would, unknown included; that no two rows are alike is asked once for a whole file.
"""

import operator

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import CheckConstraint, F, ForeignKey, Q, UniqueConstraint
from django.db.models.expressions import CombinedExpression

PART = 500
COMPARED = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le, "exact": operator.eq}
KNOWN = (*COMPARED, "in", "range", "isnull")


class Unreckonable(Exception):
    """A condition that only the database can answer."""


def ease(form):
    """Let the bound `form` of a table ask nothing of the database that is known, or asked later for the whole file by `clashes`."""
    row = getattr(form, "instance", None)
    if row is None or not hasattr(form, "_get_validation_exclusions"):
        return form
    known = {field.name for field in row._meta.concrete_fields if isinstance(field, ForeignKey) and field.name in form.fields}
    row.validate_constraints = lambda exclude=None: _validate(row, set(exclude or ()) - known)
    # Whatever a field of the form has picked was read out of the database a moment ago: that it exists need not be asked again.
    form._get_validation_exclusions = lambda: type(form)._get_validation_exclusions(form) | known
    return form


def exclusions(form):
    """What the constraints of the form's table are not asked of: the fields that it has not, or that are wrong already."""
    return type(form)._get_validation_exclusions(form)


def validate(form):
    """Ask the database of everything that was left out. Raises ValidationError."""
    row = form.instance
    row.validate_unique(exclude=exclusions(form))
    type(row).validate_constraints(row, exclude=exclusions(form))


def clashes(table, forms):
    """Those of the valid `forms` that come too near a row which stands already: (form, ValidationError). A query or two for each 500."""
    suspects = {}
    for constraint in [one for one in table._meta.constraints if isinstance(one, UniqueConstraint) and one.fields]:
        columns = [table._meta.get_field(name).attname for name in constraint.fields]
        wanted = {}
        for form in forms:
            key = tuple(getattr(form.instance, column) for column in columns)
            if None not in key:
                wanted.setdefault(key, []).append(form)
            elif constraint.nulls_distinct is False:
                suspects[id(form)] = form
        for key, standing in _standing(table, columns, list(wanted)):
            for form in wanted[key]:
                if form.instance.pk != standing:
                    suspects[id(form)] = form
    found = []
    for form in suspects.values():
        try:
            validate(form)
        except ValidationError as refused:
            found.append((form, refused))
    return found


def _standing(table, columns, keys):
    """(key, primary key) of each row that stands with one of the `keys`."""
    wanted = set(keys)
    for number in range(0, len(keys), PART):
        part = keys[number : number + PART]
        rows = table._base_manager.filter(**{f"{column}__in": {key[at] for key in part} for at, column in enumerate(columns)})
        for pk, *key in rows.values_list("pk", *columns):
            if tuple(key) in wanted:
                yield tuple(key), pk


def _validate(row, exclude):
    errors = {}
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            continue  # asked once for all lines
        try:
            if isinstance(constraint, CheckConstraint):
                _check(constraint, row, exclude)
            else:
                constraint.validate(type(row), row, exclude=exclude)
        except ValidationError as refused:
            errors = refused.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _check(constraint, row, exclude):
    """As CheckConstraint.validate does: a condition about an excluded field is not asked, and one that is unknown holds."""
    if exclude & _fields(constraint.condition):
        return
    try:
        holds = reckon(constraint.condition, row)
    except Unreckonable:
        constraint.validate(type(row), row, exclude=exclude)
        return
    if holds is False:
        raise ValidationError(constraint.get_violation_error_message(), code=constraint.violation_error_code)


def reckon(condition, row):
    """True, False or None (unknown, as SQL has it) for a Q on the values of `row`. Raises Unreckonable."""
    if not isinstance(condition, Q):
        raise Unreckonable
    parts = [_compared(part, row) if isinstance(part, tuple) else reckon(part, row) for part in condition.children]
    if condition.connector == Q.AND:
        found = False if False in parts else None if None in parts else True
    elif condition.connector == Q.OR:
        found = True if True in parts else None if None in parts else False
    else:
        raise Unreckonable
    return (None if found is None else not found) if condition.negated else found


def _compared(part, row):
    name, lookup, wanted = *_split(part[0]), part[1]
    if lookup not in KNOWN:
        raise Unreckonable
    value = _value(name, row)
    if hasattr(wanted, "resolve_expression"):
        wanted = _amount(wanted, row)
        if wanted is None:
            return None
    if lookup == "isnull" or (lookup == "exact" and wanted is None):
        return (value is None) == (wanted is None or bool(wanted))
    if value is None:
        return None
    if lookup == "in":
        return value in wanted
    if lookup == "range":
        return wanted[0] <= value <= wanted[1]
    return None if wanted is None else COMPARED[lookup](value, wanted)


def _amount(expression, row):
    """What another field of the row holds, or a sum of such."""
    if isinstance(expression, CombinedExpression) and expression.connector == CombinedExpression.ADD:
        parts = [_amount(part, row) for part in expression.get_source_expressions()]
        return None if None in parts else sum(parts)
    if not isinstance(expression, F) or "__" in expression.name:
        raise Unreckonable
    return _value(expression.name, row)


def _value(name, row):
    try:
        field = row._meta.get_field(name)
    except FieldDoesNotExist as unknown:
        raise Unreckonable from unknown
    value = getattr(row, field.attname)
    if hasattr(value, "resolve_expression"):
        raise Unreckonable
    return value


def _split(path):
    name, _, lookup = path.partition("__")
    return name, lookup or "exact"


def _fields(condition):
    """Names of the fields that a condition speaks of."""
    names = set()
    for part in getattr(condition, "children", ()):
        if isinstance(part, tuple):
            names |= {_split(part[0])[0], *_named(part[1])}
        else:
            names |= _fields(part)
    return names


def _named(expression):
    if isinstance(expression, F):
        return {_split(expression.name)[0]}
    sources = expression.get_source_expressions() if hasattr(expression, "get_source_expressions") else ()
    return {name for source in sources for name in _named(source)}
