import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organizations", "0007_candidates"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.SlugField(max_length=40, verbose_name="sổ")),
                ("file_name", models.CharField(max_length=150, verbose_name="tên tệp")),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="lúc")),
                ("touched_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "chờ đọc"),
                            ("reading", "đang đọc thử"),
                            ("refused", "không nhận được tệp"),
                            ("wrong", "có lỗi cần sửa"),
                            ("ready", "chờ xác nhận"),
                            ("confirmed", "chờ ghi"),
                            ("writing", "đang ghi"),
                            ("done", "đã ghi vào sổ"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="tình trạng",
                    ),
                ),
                ("is_stale", models.BooleanField(default=False, verbose_name="sổ đã thay đổi sau lần đọc thử")),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("sentence", models.TextField(blank=True, verbose_name="lý do")),
                ("errors", models.JSONField(default=list, verbose_name="lỗi")),
                ("changes", models.JSONField(default=list, verbose_name="thay đổi")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="số dòng không đổi")),
                ("bodies", models.JSONField(default=list)),
                ("sign", models.CharField(blank=True, max_length=64)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người tải lên",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhập từ Excel",
                "verbose_name_plural": "lần nhập từ Excel",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["uploaded_by", "register"], name="import_by_account")],
            },
        ),
    ]
