from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("organizations", "0012_trigrams")]

    operations = [
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["organization", "gender", "official_on", "exempt_since"], name="member_by_marks", condition=Q(is_active=True)),
        ),
        migrations.AddIndex(model_name="member", index=models.Index(fields=["admitted_on"], name="member_by_admission")),
        migrations.AddIndex(model_name="stay", index=models.Index(fields=["since", "id"], name="stay_by_arrival", condition=Q(is_temporary=False))),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["until", "id"], name="stay_by_departure", condition=Q(is_temporary=False, until__isnull=False)),
        ),
    ]
