from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0002_counted_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="counted_qualifier",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "đúng"),
                    ("over", "hơn"),
                    ("about", "khoảng"),
                    ("nearly", "gần"),
                    ("at_least", "ít nhất"),
                    ("estimated", "ước"),
                    ("basically", "cơ bản"),
                ],
                default="",
                editable=False,
                max_length=10,
                verbose_name="từ chỉ mức độ của số đếm được",
            ),
        ),
        migrations.AddField(
            model_name="figure",
            name="counted_events",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="số việc đã đếm"),
        ),
    ]
