from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0010_members_by_name")]

    operations = [
        migrations.AddIndex(
            model_name="stay",
            index=models.Index(fields=["member"], name="stay_of_a_restored_member", condition=models.Q(arrived_by="restored")),
        ),
    ]
