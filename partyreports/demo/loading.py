"""Millions of rows into empty tables: by COPY on PostgreSQL, in batches elsewhere."""

import datetime as dt
import io
from itertools import islice

from django.core.management.color import no_style
from django.db import connection

BATCH = 20_000


def load(table, names, rows):
    """Write `rows`, tuples of the columns `names` of `table`, as they are: nothing is checked but by the database. Returns how many."""
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    into, written, rows = f"{connection.ops.quote_name(table._meta.db_table)} ({columns})", 0, iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            if connection.vendor == "postgresql":
                lines = "".join("\t".join(map(_copied, row)) + "\n" for row in batch)
                cursor.copy_expert(f"COPY {into} FROM STDIN", io.StringIO(lines))
            else:
                cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(names))})", batch)  # noqa: S608
            written += len(batch)
    return written


def count_on(*tables):
    """Let the keys of these tables go on behind those that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def gather_statistics():
    """Tell the planner how large the tables are, and let it read them by their indexes alone. Outside any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _copied(value):
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
