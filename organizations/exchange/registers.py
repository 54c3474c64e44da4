"""What one register is in Excel: its columns, which rows a user gets, which row a line means, and the form that judges a line."""

from functools import cache

from django.db.models import Manager, QuerySet
from django.http import QueryDict
from django.utils.module_loading import autodiscover_modules

from organizations.exchange.documents import SEVERAL, in_words, keys_read
from organizations.forms.members import WRITERS
from organizations.models import Organization
from organizations.models.members import REGISTERS_SEEN_WITH
from partyreports.sheets import Field
from partyreports.vietnamese import normalise, number, screen_date

CODE = Field("pk", "Mã", "count", help="Do cổng báo cáo ghi. Dòng mới để trống, dòng đã có giữ nguyên.", width=8)
BY_SLUG = {}


def register(exchange):
    """Class decorator: offer the register under its slug."""
    BY_SLUG[exchange.slug] = exchange()
    return exchange


@cache
def registers():
    """dict: slug → Exchange of every register of every room."""
    autodiscover_modules("workbook")
    return BY_SLUG


def registered(slug):
    """The Exchange of that slug, None when there is none."""
    return registers().get(slug)


class Exchange:
    """One register in Excel. The defaults serve a register whose form is a plain ModelForm taking the user first."""

    slug = title = noun = list_url = ""
    table = form_class = None
    fields = ()
    cites = ()  # columns of text that name cited documents, set apart by ";"
    keeps = ()  # columns that a line with its code may leave blank: they tell which row is meant, and are not cleared
    key = ()  # columns by which a line without a code is recognised; none: all of them
    body = "organization"  # attribute of a row: whose it is
    year_field = ""  # day by which the export may be narrowed to a year
    seen_with, writers = REGISTERS_SEEN_WITH, WRITERS
    names_people = False  # whether its lines name persons: taken out only by who says again who he is, and what for
    offers = {}  # column of organisations → condition on the kind of body that its drop-down offers, when there are such
    most_waiting = 5_000
    not_written = "Đồng chí xem và xuất được sổ này. Nhập từ Excel là việc của người được giao quyền nhập hoặc soạn."  # to whoever only reads

    def rows(self, user):
        """The rows `user` may see, with what `cells` needs."""
        return self.table.objects.visible_to(user)

    def within(self, rows, branch):
        """Those of `rows` whose body stands at or below `branch` today."""
        return rows.filter(**{f"{self.body}__in": Organization.objects.now_under(branch)})

    def in_year(self, rows, year):
        """Those of `rows` that belong to the year."""
        return rows.filter(**{f"{self.year_field}__year": year})

    def waiting(self, user, branch, year):
        """Cells of lines that an export adds for what the register still waits for: they say nothing until somebody fills them in."""
        return []

    def says_nothing(self, cells):
        """Whether a line without a code writes nothing: one that `waiting` gave and nobody has filled in."""
        return False

    def prepare(self, user, lines, rows):
        """What every form would ask of the database again, read at once for all `lines` and the `rows` they may mean: each form's `shared`."""
        return None

    def body_of(self, row):
        """Key of the organisation whose row it is."""
        return getattr(row, f"{self.body}_id", None)

    def name_of(self, row):
        """What a row is called where its changes are told."""
        return str(row)

    def cells(self, row):
        """dict: name of each field → its value."""
        return {field.name: self.value(row, field) for field in self.fields}

    def data(self, cells):
        """dict: name of each field of the form → what a person would have typed there."""
        return {field.name: typed(field, cells[field.name]) for field in self.fields if field.name in cells}

    def form(self, user, data, instance=None):
        """The register's own form: the rules of its page are the rules of its workbook."""
        return self.form_class(user, data) if instance is None else self.form_class(user, data, instance=instance)

    def save(self, form):
        """Write the row and its line of the log; called on a valid form, inside the transaction of the whole file."""
        return form.save()

    def told(self, form):
        """dict: name of each field that is in a valid form → what it will write: texts in their spelling, blank cells with what they come to."""
        read = {field.name: cell_of(form.cleaned_data[field.name]) for field in self.fields if field.name in form.cleaned_data}
        return read | {name: in_words(form.cleaned_data[name]) for name in self.cites if name in read}

    def may_change(self, row):
        """Why this row cannot be changed now, in a sentence; "" when it can."""
        return ""

    def value(self, row, field):
        """What the attribute of a row is in a cell."""
        if field.kind == "organization":
            return getattr(row, f"{field.name}_id")
        value = getattr(row, field.name)
        if field.name in self.cites:
            return in_words(value.all())
        if field.kind == "choices" and isinstance(value, Manager):
            return tuple(related.pk for related in value.all())
        return value

    def bind(self, user, cells, instance=None, *, begins_with=None, known=None, shared=None):
        """The form filled with `cells`. What has no cell keeps the row's value; in a new row, what the form begins with.

        `begins_with` and `known` (name of a field → its organisations by key) spare asking for them again with every line.
        """
        given = self.data(cells)
        for name in self.cites:
            if given.get(name):
                keys, unknown = keys_read(given[name], user, getattr(instance, name).all() if instance else ())
                given[name] = f"{unknown} " if unknown else keys  # with a space behind it, for figures alone would be a key
        form = self.form(user, query_of(given), instance)
        kept = form.fields.keys() - given.keys()
        if instance is None and begins_with is not None:
            form.data = query_of({name: begins_with[name] for name in kept if name in begins_with} | given)
        elif kept:
            form.data = query_of(beginnings(form, kept) | given)
        for name in self.cites:
            form.fields[name].error_messages["several"] = SEVERAL
        for name, organizations in (known or {}).items():
            form.fields[name].known = organizations
        form.shared = shared
        return form


def beginnings(form, names=None):
    """dict: name of each field (or of those in `names`) → what stands in it before anybody types."""
    fields = {name: field for name, field in form.fields.items() if names is None or name in names}
    values = {name: field.prepare_value(form.get_initial_for_field(field, name)) for name, field in fields.items()}
    return {
        name: [key_of(item) for item in value] if isinstance(value, list | tuple | QuerySet) else typed_plain(key_of(value))
        for name, value in values.items()
    }


def typed(field, value):
    """A cell as a person would type it into the form: a text, a list of choices, or None for a box that is not ticked."""
    if field.kind == "flag":
        return "on" if value else None
    if field.kind == "choices":
        return list(value or ())
    if field.kind in ("count", "year", "organization"):
        return "" if value is None else str(value)
    return typed_plain(value)


def typed_plain(value):
    """A value as a person types it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "on" if value else None
    if hasattr(value, "strftime"):
        return screen_date(value)
    return str(value) if isinstance(value, str | int) else number(value)


def key_of(value):
    """The key of a row; any other value as it is."""
    return getattr(value, "pk", value)


def cell_of(value):
    """What a form has read, as the value of a cell."""
    return tuple(key_of(item) for item in value) if isinstance(value, list | tuple | QuerySet) else key_of(value)


def query_of(given):
    """What a browser would send: a text or several under each name, nothing for None."""
    query = QueryDict(mutable=True)
    for name, value in given.items():
        if value is not None:
            query.setlist(name, [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)])
    return query


def alike(field, one, other):
    """Whether two values of a cell say the same."""
    return comparable(field, one) == comparable(field, other)


def is_blank(value):
    """Whether nothing stood in the cell; 0 and "không" are something."""
    return value is None or value in ("", ())


def comparable(field, value):
    if field.kind == "count":
        return value or 0  # nobody means two things by an empty box and by none
    if field.kind == "flag":
        return bool(value)
    if field.kind == "text":
        return normalise(value or "")
    if field.kind == "choices":
        return frozenset(value or ())
    if field.kind == "choice":
        return value or field.empty
    return value
