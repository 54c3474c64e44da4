"""On PostgreSQL, words within names are found by their trigrams: over 290,000 bodies or five million members in milliseconds.

An index alone: whoever may not create the extension pg_trgm (its files come with the server's package, and the owner of a database may) has
everything but the speed. SQLite reads through its few names.
"""

from django.db import DatabaseError, migrations, models, transaction

NAMES = {
    "version_words": "organizations_organizationversion",
    "member_words": "organizations_member",
    "candidate_words": "organizations_candidate",
}


def index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return
    for name, table in NAMES.items():
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin (search gin_trgm_ops)")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in NAMES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("organizations", "0011_restored_members")]

    operations = [
        migrations.AddIndex(model_name="organizationversion", index=models.Index(fields=["level", "sort"], name="version_by_level_and_name")),
        migrations.RunPython(index, drop),
    ]
