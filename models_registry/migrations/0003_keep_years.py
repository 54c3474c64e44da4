"""Years and titles of the registrations that stand already. On its own: PostgreSQL alters no table that has changed in the same transaction."""

from django.db import migrations

from models_registry.similar_titles import bands_of


def keep_years(apps, schema_editor):
    """The years of each registration, from the plain pairs that held them."""
    Registration = apps.get_model("models_registry", "Registration")
    ModelYear = apps.get_model("models_registry", "ModelYear")
    pairs = Registration.periods.through.objects.order_by("pk").values_list("registration_id", "period_id")
    ModelYear.objects.bulk_create(ModelYear(registration_id=registration, period_id=period) for registration, period in pairs)


def index_titles(apps, schema_editor):
    Registration = apps.get_model("models_registry", "Registration")
    TitleBand = apps.get_model("models_registry", "TitleBand")
    TitleBand.objects.bulk_create(
        TitleBand(registration_id=pk, band=band) for pk, title in Registration.objects.values_list("pk", "title") for band in bands_of(title)
    )


class Migration(migrations.Migration):

    dependencies = [('models_registry', '0002_years')]

    operations = [
        migrations.RunPython(keep_years, migrations.RunPython.noop),
        migrations.RunPython(index_titles, migrations.RunPython.noop),
    ]
