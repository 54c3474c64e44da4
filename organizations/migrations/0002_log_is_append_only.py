"""The log is append-only in the database too: what slips past the tables' own refusal (raw SQL, a shell) is refused there.

PostgreSQL refuses UPDATE and DELETE. SQLite refuses UPDATE; a file that its owner can replace gains nothing from more.
A later migration that rebuilds the table on SQLite must create the trigger again.
"""

from django.db import migrations

TABLE = "organizations_logentry"

POSTGRESQL = [
    """
    CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'The log is append-only.' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    f"CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION log_is_append_only()",
]
SQLITE = [f"CREATE TRIGGER log_is_append_only BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END"]
NO_LONGER = {
    "postgresql": [f"DROP TRIGGER log_is_append_only ON {TABLE}", "DROP FUNCTION log_is_append_only()"],
    "sqlite": ["DROP TRIGGER log_is_append_only"],
}


def guard(apps, schema_editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in NO_LONGER.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]
    operations = [migrations.RunPython(guard, let_go)]
