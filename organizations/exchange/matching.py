"""Which row of a register a line of a file means: by its code, by being the same in every cell, or by the key of the register."""

from organizations.exchange.registers import CODE, comparable

NARROWED_BY = ("date", "year", "count", "organization")  # kinds whose value in a cell is the value in the table, letter by letter


class Rows:
    """The rows of a register that the lines of one file may mean, read in a constant number of queries."""

    def __init__(self, exchange, fields, user, lines):
        self.exchange, self.user = exchange, user
        self.fields = [field for field in fields if field.name != CODE.name]
        self.key = [field for field in self.fields if field.name in exchange.key] or self.fields
        self.lacks_key = not set(exchange.key) <= {field.name for field in self.fields}
        codes = {line.cells.get(CODE.name) for line in lines} - {None}
        self.by_code = exchange.rows(user).in_bulk(list(codes)) if codes else {}
        self.found = self.by_code | {row.pk: row for row in self._alike([line for line in lines if not line.cells.get(CODE.name)])}
        self.cells = {pk: exchange.cells(row) for pk, row in self.found.items()}
        self.whole, self.keyed = {}, {}
        for pk, cells in self.cells.items():
            self.whole.setdefault(self.sign_of(cells), []).append(pk)
            self.keyed.setdefault(self._sign(self.key, cells), []).append(pk)

    def sign_of(self, cells):
        """What all cells of a line come to."""
        return self._sign(self.fields, cells)

    def like(self, cells):
        """The rows that a line without a code may mean: those alike in all cells, failing that in the key."""
        whole = self.whole.get(self.sign_of(cells))
        return [self.found[pk] for pk in whole or ([] if self.lacks_key else self.keyed.get(self._sign(self.key, cells), []))]

    def _sign(self, fields, cells):
        return tuple(comparable(field, cells.get(field.name, field.empty)) for field in fields)

    def _alike(self, lines):
        """Rows that lines without a code may mean: those that agree with one of them in the plain columns of the key."""
        if not lines:
            return []
        rows = self.exchange.rows(self.user)
        columns = {field.name for field in self.exchange.table._meta.get_fields()}
        for field in self.key:
            values = {line.cells.get(field.name) for line in lines}
            if field.kind in NARROWED_BY and field.name in columns and not {None, 0} & values:
                rows = rows.filter(**{f"{field.name}__in": values})
        return rows
