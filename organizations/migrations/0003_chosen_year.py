from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_log_is_append_only")]
    operations = [
        migrations.AddField(
            model_name="account",
            name="chosen_year",
            field=models.CharField(blank=True, editable=False, max_length=20, default="", verbose_name="năm đang xem"),
            preserve_default=False,
        ),
    ]
