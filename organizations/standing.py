"""What stands in a register already, read once for the many lines of a file: each line asks the database only when something may be like it."""

PART = 500


class Standing:
    """Signs of rows (names with a year of birth, numbers with a symbol …) and the rows that bear them."""

    def __init__(self, signs=()):
        self.rows = {}
        for pk, *sign in signs:
            self.rows.setdefault(tuple(sign), set()).add(pk)

    @classmethod
    def read(cls, rows, name, values, *more):
        """The signs (`name`, *`more`) of those of the queryset `rows` whose `name` is one of `values`. A query for each 500."""
        values, found = sorted(set(values)), []
        for number in range(0, len(values), PART):
            found += rows.filter(**{f"{name}__in": values[number : number + PART]}).order_by().values_list("pk", name, *more)
        return cls(found)

    def has_other(self, pk, *sign):
        """Whether a row other than `pk` bears the sign."""
        return bool(self.rows.get(sign, set()) - {pk})
