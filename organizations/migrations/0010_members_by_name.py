import django.db.models.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0009_references")]

    operations = [
        migrations.AddIndex(model_name="member", index=models.Index(django.db.models.functions.Left("sort", 300), name="member_by_name")),
    ]
