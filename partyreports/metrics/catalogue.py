"""The catalogue as the data files of this room describe it: indicators, forms, rules of balance."""

import tomllib
from pathlib import Path

from django.db import transaction

from organizations.models import OrganizationKind

from .models import BalanceRule, Indicator, ReportForm, ReportFormLine, RuleTerm

FOLDER = Path(__file__).parent / "data"
LINKS = ("numerator", "denominator", "part_of")
STEP = 10  # between two indicators in order, so that an office can put its own in between


class CatalogueError(ValueError):
    """A data file names something that does not exist; the message says what and where."""


@transaction.atomic
def load_catalogue():
    """Create the indicators, forms and rules that are missing; what exists stays as the office has it.

    Returns a dict: the name of each kind of row → how many are new. A form comes with its lines and a rule with its terms: a line
    taken out of an existing form does not come back. Some twenty queries, whatever the size of the files.
    Raises CatalogueError when a file names an unknown indicator or kind.
    """
    return {"indicators": _load_indicators(), "forms": _load_forms(), "rules": _load_rules()}


def described(name):
    """The data file `name` of this room, parsed."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _load_indicators():
    known = _indicators()
    waiting = {
        key_of(facts): {"order": place * STEP, **facts}
        for place, facts in enumerate(described("indicators.toml")["indicator"], start=1)
        if key_of(facts) not in known
    }
    created = len(waiting)
    while waiting:
        ready = {key: facts for key, facts in waiting.items() if all(facts[link] in known for link in LINKS if link in facts)}
        if not ready:
            raise CatalogueError(f"indicators.toml: {', '.join(waiting)} name indicators that are not there.")
        rows = [Indicator(**{**facts, **{link: known[facts[link]] for link in LINKS if link in facts}}) for facts in ready.values()]
        known |= {row.key: row for row in Indicator.objects.bulk_create(rows)}
        waiting = {key: facts for key, facts in waiting.items() if key not in ready}
    return created


def _load_forms():
    known = set(ReportForm.objects.values_list("code", flat=True))
    kinds, indicators = {kind.code: kind for kind in OrganizationKind.objects.all()}, _indicators()
    missing = [facts for facts in described("forms.toml")["form"] if facts["code"] not in known]
    lines = []
    for facts in missing:
        form = ReportForm.objects.create(**{name: facts[name] for name in ("code", "name", "first_year", "last_year") if name in facts})
        form.kinds.set(_found(kinds, facts["kinds"], form.code))
        keys = [(section["name"], key) for section in facts["section"] for key in section["lines"]]
        asked = _found(indicators, [key for _, key in keys], form.code)
        lines += [
            ReportFormLine(form=form, section=section, indicator=indicator, order=order, is_required=key in facts["required"])
            for order, ((section, key), indicator) in enumerate(zip(keys, asked, strict=True), start=1)
        ]
    ReportFormLine.objects.bulk_create(lines)
    return len(missing)


def _load_rules():
    known, indicators = set(BalanceRule.objects.values_list("code", flat=True)), _indicators()
    rules, terms = [], []
    for facts in rules_described(indicators.values()):
        if facts["code"] in known:
            continue
        sides = {RuleTerm.Side.LEFT: facts.pop("left"), RuleTerm.Side.RIGHT: facts.pop("right")}
        rule = BalanceRule(**facts)
        rules.append(rule)
        for side, written in sides.items():
            terms += [_term(rule, side, order, text, indicators) for order, text in enumerate(written, start=1)]
    BalanceRule.objects.bulk_create(rules)
    for term in terms:
        term.rule_id = term.rule.pk
    RuleTerm.objects.bulk_create(terms)
    return len(rules)


def rules_described(indicators):
    """Every rule as a dict of its fields with `left` and `right` as written in the file: those of `rules.toml`, those that follow from
    parts and wholes, and the year-on-year ones."""
    file = described("rules.toml")
    names = {indicator.key: indicator.name for indicator in indicators}
    yield from file["rule"]
    yield from _rules_of_parts(indicators)
    yearly = file["year_on_year"]
    for key in yearly["indicators"]:
        yield {
            "code": f"year-on-year:{key}",
            "left": [key],
            "operator": BalanceRule.Operator.AT_MOST,
            "factor": yearly["factor"],
            "right": [f"{key}@previous"],
            "allowance": yearly["allowance"],
            "severity": BalanceRule.Severity.WARNING,
            "sentence": yearly["sentence"].replace("{name}", names[key]),
            "source": yearly["source"],
        }


def _rules_of_parts(indicators):
    """Each part ≤ its whole; the parts of a partition = their whole."""
    partitions = {}
    for part in indicators:
        whole = part.part_of
        if whole is None:
            continue
        if part.part_kind == Indicator.Part.PARTITION:
            partitions.setdefault(whole, []).append(part)
        yield {
            "code": f"part:{part.key}",
            "left": [part.key],
            "operator": BalanceRule.Operator.AT_MOST,
            "right": [whole.key],
            "sentence": f"{part.name} là {{left}}, lớn hơn {whole.name} là {{right}}; chênh lệch {{gap}}.",
            "source": part.source,
        }
    for whole, parts in partitions.items():
        yield {
            "code": f"sum:{whole.key}",
            "left": [part.key for part in parts],
            "operator": BalanceRule.Operator.EQUAL,
            "right": [whole.key],
            "sentence": f"Các phần của {whole.name} cộng lại được {{left}}, khác tổng số là {{right}}; chênh lệch {{gap}}.",
            "source": whole.source,
        }


def _term(rule, side, order, text, indicators):
    """A term as the file writes it: key, -key, key@previous."""
    key, _, when = text.removeprefix("-").partition("@")
    [indicator] = _found(indicators, [key], rule.code)
    return RuleTerm(rule=rule, side=side, indicator=indicator, is_subtracted=text.startswith("-"), is_previous=when == "previous", order=order)


def _indicators():
    return {indicator.key: indicator for indicator in Indicator.objects.select_related("part_of")}


def _found(rows, keys, where):
    unknown = [key for key in keys if key not in rows]
    if unknown:
        raise CatalogueError(f"{where} names {', '.join(unknown)}, which is not there.")
    return [rows[key] for key in keys]


def key_of(facts):
    """The key of an indicator as the file describes it: members_admitted:rural, or members_admitted."""
    return f"{facts['code']}:{facts['breakdown']}" if facts.get("breakdown") else facts["code"]
