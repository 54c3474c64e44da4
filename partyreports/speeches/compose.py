"""Template and figures to a first draft: every slot is replaced once, and what is missing stays a visible gap."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from organizations import tree
from organizations.access import may
from organizations.models import LogEntry, OrganizationKind, OrganizationVersion, Reference, Right
from partyreports.documents import Figure, Heading, ListBlock, ListItem, Paragraph, Text, blocks_to_json
from partyreports.vietnamese import GIVEN

from . import grammar
from .figures import NUMBER, Source
from .gaps import inlines_of
from .ledger import Ledger
from .models import Speech
from .slots import LIST_SLOTS, cited, code_of, filled, source_of, words_of

CONFERENCE_MONTH = 1  # the year is looked back on in January of the next


@dataclass
class Facts:
    """What the slots of words ask for: the body as it is called on the day of the paper, its cited documents, its model."""

    organization: object
    period: object
    registration: object
    on: date
    version: OrganizationVersion
    words: dict
    references: list = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """A speech not yet saved."""

    document_type: str
    title: str
    place: str
    number: str
    month: int
    year: int
    blocks: tuple
    about: dict

    @property
    def gaps(self):
        """What is missing, each thing once, in the order of the text."""
        return list(dict.fromkeys(inline.shown for inline in self._inlines() if isinstance(inline, Figure) and inline.missing))

    @property
    def figures(self):
        """(figure, where it comes from) of what was found, each once, in the order of the text."""
        found = dict.fromkeys((inline.key, inline.shown) for inline in self._inlines() if isinstance(inline, Figure) and not inline.missing)
        return [(Figure(shown, key), self.about.get(key, "")) for key, shown in found]

    def _inlines(self):
        return inlines_of(self.blocks)


def compose(*, organization, period, template, registration=None, by):
    """A draft speech of `organization` for `period` from `template`, saved and logged. Figures are those of final reports."""
    if not may(by, Right.WRITE, organization):
        raise PermissionDenied
    draft = draft_of(organization=organization, period=period, template=template, registration=registration)
    with transaction.atomic():
        speech = Speech.objects.create(
            organization=organization,
            period=period,
            template=template,
            registration=registration,
            document_type=draft.document_type,
            title=draft.title,
            place=draft.place,
            number=draft.number,
            month=draft.month,
            year=draft.year,
            blocks=blocks_to_json(draft.blocks),
        )
        note = f"Mẫu “{template}”, bản {template.version}"
        LogEntry.write("compose", by=by, about=speech, note=note, after={"blocks": speech.blocks, "title": speech.title, "edition": speech.version})
    return speech


def draft_of(*, organization, period, template, registration=None):
    """What `template` says of a body and a period now; reads only. Some twelve queries, however long the template."""
    facts = facts_of(organization, period, registration)
    lines = grammar.lines_of(template.text)
    title = _title(template.title, facts)
    facts.words["trích yếu"] = title
    ledger = Ledger(_sources(lines, facts), home=period.code)
    blocks = _blocks(_said(lines, facts, ledger))
    is_state = facts.version.kind.letterhead_style == OrganizationKind.LetterheadStyle.STATE
    number = f"/BC-{facts.version.symbol}" if is_state and facts.version.symbol else ""
    about = {str(source): ledger.describe(source) for source in _sources(lines, facts)}
    return Draft(template.document_type, title, facts.version.place, number, facts.on.month, facts.on.year, blocks, about)


def most_fitting(templates, *, organization, period, registration=None):
    """Of `templates` the one that leaves the fewest gaps and says the most figures of the body; None of none. Queries as of one draft."""
    facts = facts_of(organization, period, registration)
    read = [(template, grammar.lines_of(template.text)) for template in templates]
    ledger = Ledger([source for _, lines in read for source in _sources(lines, facts)], home=period.code)

    def lacks(candidate):
        figures = [inline for _, inlines in _said(candidate[1], facts, ledger) for inline in inlines if isinstance(inline, Figure)]
        gaps = sum(figure.missing for figure in figures)
        return gaps, gaps - len(figures)

    return min(read, key=lacks, default=(None, []))[0]


def facts_of(organization, period, registration):
    on = date(period.year + 1, CONFERENCE_MONTH, 1)
    version = organization.version(on=on)
    above = tree.names([version.parent_id], on=on).get(version.parent_id) if version.parent_id else None
    words = {
        "tổ chức": version.name,
        "đảng bộ": version.party_name or version.name,
        "cấp trên": above.name if above else "",
        "đảng bộ cấp trên": (above.party_name or above.name) if above else "",
        "địa danh": version.place,
        "năm": str(period.year),
        "năm trước": str(period.year - 1),
        "năm sau": str(period.year + 1),
        "trích yếu": "",
    }
    known = Q(issued_on__lte=on) | Q(issued_on=None, number__isnull=False)  # a number names a document even when its date is not known
    references = Reference.objects.filter(known, organization=organization).order_by(F("issued_on").asc(nulls_last=True), "pk")
    return Facts(organization, period, registration, on, version, words, list(references))


def _title(text, facts):
    words = []
    for line in grammar.lines_of(text):
        for piece in line.pieces:
            said = piece.content if isinstance(piece.content, str) else words_of(piece.content.name, facts, kind=piece.content.kind)
            words.append(said or "……")
    return " ".join("".join(words).split())


def _sources(lines, facts):
    """Every figure that the lines show or ask about."""
    for line in lines:
        for slot in line.slots:
            if slot.mode:
                yield source_of(slot, period=facts.period, organization=facts.organization)
        for condition in line.conditions:
            if condition.term:
                yield _asked(condition, facts)


def _asked(condition, facts):
    return Source(NUMBER, condition.term.indicator, code_of(condition.term, facts.period), facts.organization.pk)


def _holds(condition, facts, ledger):
    simple = {
        grammar.MODEL: facts.registration is not None,
        grammar.NO_MODEL: facts.registration is None,
        grammar.DOCUMENTS: bool(facts.references),
    }
    if condition.kind in simple:
        return simple[condition.kind]
    source = _asked(condition, facts)
    value = ledger.value(source.indicator, source.period, source.organization)
    amount = value.target if condition.of_target else value.amount
    given = value.target is not None if condition.of_target else value.state == GIVEN
    return {
        grammar.GIVEN: given,
        grammar.ABSENT: not given,
        grammar.ABOVE_ZERO: given and amount > 0,
        grammar.ZERO: amount is not None and amount == 0,
    }[condition.kind]


def _said(lines, facts, ledger):
    """(form, inlines) of every line whose conditions hold."""
    kept = [line for line in lines if all(_holds(asked, facts, ledger) for asked in line.conditions)]
    return [(line.form, inlines) for line in kept for inlines in _items(line, facts) or [_inlines(line, facts, ledger)]]


def _items(line, facts):
    """The inlines of one item a document, for an item that holds nothing but a slot of documents; [] of any other line."""
    slot = line.pieces[0].content
    if line.form[0] != "item" or len(line.pieces) > 1 or isinstance(slot, str) or slot.name not in LIST_SLOTS:
        return []
    documents = cited(slot.name, facts, kind=slot.kind)
    ends = [";"] * (len(documents) - 1) + ["."] * bool(documents)
    return [[Text(words + end, line.pieces[0].bold, line.pieces[0].italic)] for words, end in zip(documents, ends, strict=True)]


def _inlines(line, facts, ledger):
    inlines = []
    for piece in line.pieces:
        if isinstance(piece.content, str):
            inlines.append(Text(piece.content, piece.bold, piece.italic))
        else:
            inlines += filled(piece.content, facts, ledger, bold=piece.bold, italic=piece.italic)
    return inlines


def _blocks(lines):
    """Blocks of the tree from (form, inlines): items that follow each other are one list, words with line ends several blocks."""
    blocks = []
    for form, inlines in lines:
        for part in _parts(inlines):
            kind, of = _form(form, part)
            if kind == "heading":
                blocks.append(Heading(of, tuple(part)))
            elif kind == "paragraph":
                blocks.append(Paragraph(tuple(part)))
            elif blocks and isinstance(blocks[-1], ListBlock) and blocks[-1].style == of:
                blocks[-1] = ListBlock((*blocks[-1].items, ListItem(tuple(part))), of)
            else:
                blocks.append(ListBlock((ListItem(tuple(part)),), of))
    return tuple(blocks)


def _parts(inlines):
    parts = [[]]
    for inline in inlines:
        if isinstance(inline, Figure):
            parts[-1].append(inline)
            continue
        first, *more = inline.text.split("\n")
        parts[-1].append(Text(first, inline.bold, inline.italic))
        parts += [[Text(words.strip(), inline.bold, inline.italic)] for words in more]
    return [part for part in parts if any(isinstance(inline, Figure) or inline.text.strip() for inline in part)]


def _form(form, part):
    """The form of one part of a line; a typed dash at its beginning makes it an item, whatever the line was."""
    for sign in ("-", "+"):
        first = part[0]
        if form[0] == "paragraph" and isinstance(first, Text) and first.text.startswith(f"{sign} "):
            part[0] = Text(first.text[2:], first.bold, first.italic)
            return "item", sign
    return form
