from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("organizations", "0013_wide_rosters")]

    operations = [
        migrations.RemoveIndex(model_name="stay", name="stay_of_a_restored_member"),
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["member"], name="stay_of_who_left_the_party", condition=Q(left_by__in=["expelled", "struck", "resigned"])),
        ),
    ]
