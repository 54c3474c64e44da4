"""The dry run: what each line of a file means, what would change, and everything that stands in the way. Nothing is written here."""

from dataclasses import asdict, dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from django.forms import Field, ModelForm

from organizations.access import reach
from organizations.exchange.bodies import labels_of, read_bodies, refusal
from organizations.exchange.matching import Rows
from organizations.exchange.registers import CODE, alike, beginnings, is_blank
from organizations.exchange.rules import clashes, ease
from organizations.exchange.workbooks import fields_for, words
from organizations.fields import OrganizationField
from organizations.forms.asking import AskingForm, sign
from partyreports.sheets import Line, Wrong
from partyreports.vietnamese import number, screen_date

EVERY = 25  # lines between two words about the progress


@dataclass(frozen=True)
class Change:
    """One line that would write something: cells from what to what, what looks odd, the form that would write it, and what the row was."""

    row: int
    pk: int | None
    name: str
    cells: tuple
    asked: tuple
    form: object = field(repr=False, compare=False)
    before: dict = field(repr=False, compare=False)

    def told(self):
        """As it is kept until the confirmation."""
        return {
            "row": self.row, "pk": self.pk, "is_new": self.pk is None, "name": self.name,
            "cells": [list(cell) for cell in self.cells], "asked": list(self.asked),
        }  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What a file comes to."""

    errors: tuple
    changes: tuple
    unchanged: int
    bodies: frozenset

    @property
    def sign(self):
        """Two plans with one sign would write the same over the same."""
        return sign([[asdict(error) for error in self.errors], [change.told() for change in self.changes], self.unchanged])


class Unread(Field):
    """In place of a field whose cell could not be read: what the form checks across its fields leaves it out, as it does any wrong answer."""

    def clean(self, value):
        """Refused always; why has been said already."""
        raise ValidationError("")


def make_plan(exchange, table, user, *, tell=lambda done, total: None):
    """The Plan of the lines that were read, for what `user` may do at this moment."""
    return _Planner(exchange, table, user).plan(tell)


class _Planner:
    """One dry run: what is asked of the database once for all lines stands here."""

    def __init__(self, exchange, table, user):
        self.exchange, self.table, self.user = exchange, table, user
        self.fields = [one for one in fields_for(exchange, user) if one.name in table.columns]
        self.columns = [one for one in self.fields if one.name != CODE.name]
        self.errors, self.changes, self.unchanged = list(table.wrong), [], 0
        self.unread = self._unread(table)
        self.seen = {}

    def _unread(self, table):
        """dict: row → names of its cells that could not be read."""
        names, unread = {letter: name for name, letter in table.columns.items()}, {}
        for wrong in table.wrong:
            unread.setdefault(wrong.row, set()).add(names[wrong.column])
        return unread

    def plan(self, tell):
        lines = self._with_bodies(self.table.lines)
        self.rows = Rows(self.exchange, self.fields, self.user, lines)
        bodies = {self.exchange.body_of(row) for row in self.rows.found.values()}
        named = {line.cells[one.name] for line in lines for one in self._organizations() if line.cells.get(one.name)}
        self.names = labels_of((bodies | named) - {None})
        self.writable = set(reach(self.user, *self.exchange.writers).filter(pk__in=bodies - {None}).values_list("pk", flat=True))
        self.shared = self.exchange.prepare(self.user, lines, list(self.rows.found.values()))
        for at, line in enumerate(lines):
            if at % EVERY == 0:
                tell(at, len(lines))
            if line.row in self.unread:
                self._judge_the_rest(line)
            else:
                self._judge(line)
        self._refuse_clashes(lines)
        tell(len(lines), len(lines))
        told_of = {body for body in bodies | named if body}
        self.errors.sort(key=lambda wrong: (wrong.row, len(wrong.column), wrong.column))
        return Plan(tuple(self.errors), tuple(self.changes), self.unchanged, frozenset(told_of))

    def _organizations(self):
        return [one for one in self.fields if one.kind == "organization"]

    def _with_bodies(self, lines):
        """The lines with the keys of organisations in place of their names."""
        wanted = self._organizations()
        texts = {line.cells.get(one.name) for line in lines for one in wanted} - {None, ""}
        keys = read_bodies(texts, self.user, self.exchange.seen_with)
        standing = self._standing(lines) if any(len(found) > 1 for found in keys.values()) else {}
        read = []
        for line in lines:
            cells = dict(line.cells)
            for one in wanted:
                text = cells.get(one.name)
                if not text:
                    cells |= {one.name: None} if one.name in cells else {}
                    continue
                found = keys[text] if len(keys[text]) < 2 else keys[text] & {standing.get((cells.get(CODE.name), one.name))} or keys[text]
                if len(found) == 1:
                    cells[one.name] = next(iter(found))
                else:
                    cells[one.name] = None
                    self._wrong(line.row, one.name, text, refusal(text, found))
                    self.unread.setdefault(line.row, set()).add(one.name)
            read.append(Line(line.row, cells))
        return read

    def _standing(self, lines):
        """dict: (code, name of a column) → the organisation that the row has now: it is meant when a name fits several."""
        codes = {line.cells.get(CODE.name) for line in lines} - {None}
        rows = self.exchange.rows(self.user).in_bulk(list(codes))
        return {(pk, one.name): self.exchange.cells(row)[one.name] for pk, row in rows.items() for one in self._organizations()}

    def _judge(self, line):
        code = line.cells.get(CODE.name)
        if code is None and self.exchange.says_nothing(line.cells):
            self.unchanged += 1
        elif code is None:
            self._judge_without_code(line)
        elif code in self.rows.by_code:
            standing = self.rows.cells[code]
            kept = {name: standing[name] for name in self.exchange.keeps if name in line.cells and is_blank(line.cells[name])}
            self._judge_row(line, self.rows.by_code[code], line.cells | kept)
        else:
            self._unknown(line)

    def _unknown(self, line):
        code = line.cells[CODE.name]
        sentence = f"Không có dòng nào mang mã {code} trong phạm vi của đồng chí: nếu là dòng mới thì để trống ô Mã."
        self._wrong(line.row, CODE.name, code, sentence)

    def _judge_the_rest(self, line):
        """All else that is wrong with a line of which a cell could not be read: whoever mends the file is told everything at once."""
        code, unread = line.cells.get(CODE.name), self.unread[line.row]
        if CODE.name in unread:
            return
        if code and code not in self.rows.by_code:
            self._unknown(line)
            return
        row = self.rows.by_code.get(code)
        if row is None or self._may_change(line, row):
            form = self._bound(line.cells, row)
            form.fields |= {name: Unread() for name in unread if name in form.fields}
            self._form_errors(line, form, but=unread)

    def _judge_without_code(self, line):
        """A new row, or one that stands: told by what was typed, failing that by what the form makes of it (spelling, blank cells filled in)."""
        found, cells = self.rows.like(line.cells), line.cells
        if len(found) != 1:
            if self._repeats(line, ("new", self.rows.sign_of(cells))):
                return
            form = self._bound(cells)
            if form.is_valid():
                cells = cells | self.exchange.told(form)
                found = self.rows.like(cells) or found
        if len(found) > 1:
            names = ", ".join(f"“{field.title}”" for field in self.rows.key)
            several = f"Trong sổ có {len(found):02d} dòng giống dòng này ở các cột {names}: ghi mã của dòng cần sửa vào ô Mã."
            self._wrong(line.row, CODE.name, None, several)
        elif found:
            standing = self.rows.cells[found[0].pk]
            kept = {one.name: standing[one.name] for one in self.columns if is_blank(line.cells[one.name])}
            self._judge_row(line, found[0], cells | kept)
        elif form.is_valid():
            self._change(line, form, cells)
        else:
            self._form_errors(line, form)

    def _judge_row(self, line, row, cells):
        before = self.rows.cells[row.pk]
        if self._repeats(line, ("row", row.pk)):
            return
        if not self._differing(before, cells):
            self.unchanged += 1
            return
        if not self._may_change(line, row):
            return
        name = self.exchange.name_of(row)  # before the form writes into the row
        form = self._bound(cells, row)
        if not form.is_valid():
            self._form_errors(line, form)
            return
        cells = cells | self.exchange.told(form)
        if self._differing(before, cells):
            self._change(line, form, cells, row=row, name=name)
        else:
            self.unchanged += 1

    def _change(self, line, form, cells, *, row=None, name=""):
        before = self.rows.cells[row.pk] if row else {}
        if row is None and self._repeats(line, ("told", self.rows.sign_of(cells))):
            return
        shown = [(one.title, *(self._shown(one, of.get(one.name)) for of in (before, cells))) for one in self._differing(before, cells)]
        asked = tuple(form.asked) if isinstance(form, AskingForm) and not form.is_answered else ()
        self.changes.append(Change(line.row, row.pk if row else None, name, tuple(shown), asked, form, before))

    def _refuse_clashes(self, lines):
        """Take out of the changes what comes too near a row that stands already: asked once for all lines."""
        refused = clashes(self.exchange.table, [change.form for change in self.changes if isinstance(change.form, ModelForm)])
        forms, by_row = {id(form) for form, _ in refused}, {line.row: line for line in lines}
        for change in [change for change in self.changes if id(change.form) in forms]:
            self.changes.remove(change)
            error = next(error for form, error in refused if form is change.form)
            change.form._update_errors(error)
            self._form_errors(by_row[change.row], change.form)

    def _repeats(self, line, key):
        """True, with an error, when an earlier line of the file means the same row."""
        first = self.seen.setdefault(key, line.row)
        if first != line.row:
            self._wrong(line.row, "", "", f"Dòng này lặp lại dòng {first} của tệp: bỏ một trong hai dòng.")
        return first != line.row

    def _bound(self, cells, row=None):
        begins_with, known = self.read_once
        given = {one.name: cells[one.name] for one in self.columns if one.name in cells}
        return ease(self.exchange.bind(self.user, given, row, begins_with=begins_with, known=known, shared=self.shared))

    @cached_property
    def read_once(self):
        """What every form of the file would ask for again: what a new one begins with, and the organisations that its lines name."""
        blank = self.exchange.form(self.user, None)
        pickers = {name: field for name, field in blank.fields.items() if isinstance(field, OrganizationField)}
        known = {name: {str(body.pk): body for body in field.among.filter(pk__in=self.names)} for name, field in pickers.items()}
        return beginnings(blank), known

    def _differing(self, before, cells):
        return [one for one in self.columns if not alike(one, before.get(one.name, one.empty), cells[one.name])]

    def _may_change(self, line, row):
        if self.exchange.body_of(row) not in self.writable:
            self._wrong(
                line.row, CODE.name, row.pk, "Đồng chí không có quyền sửa dòng này: xóa dòng khỏi tệp, hoặc giữ nguyên nội dung như khi xuất."
            )
            return False
        if sentence := self.exchange.may_change(row):
            self._wrong(line.row, CODE.name, row.pk, sentence)
            return False
        return True

    def _form_errors(self, line, form, but=()):
        titles = {one.name: one for one in self.fields}
        for name, sentences in ((name, sentences) for name, sentences in form.errors.items() if name not in but):
            for sentence in sentences:
                if name in titles:
                    self._wrong(line.row, name, self._shown(titles[name], line.cells.get(name)), sentence)
                else:
                    label = "" if name == "__all__" else f"{form.fields[name].label or name}: "
                    self._wrong(line.row, "", "", f"{label}{sentence}")

    def _wrong(self, row, name, typed, sentence):
        title = next((one.title for one in self.fields if one.name == name), "")
        self.errors.append(Wrong(row, self.table.columns.get(name, ""), title, "" if typed is None else str(typed), sentence))

    def _shown(self, one, value):
        value = words(one, value, self.names)
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "có" if value else "không"
        if hasattr(value, "strftime"):
            return screen_date(value)
        return str(value) if isinstance(value, str) or one.kind == "year" else number(value)
