from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, PROTECT, Q

STAGES = [
    ("outstanding", "quần chúng ưu tú"),
    ("sent", "cử học lớp nhận thức về Đảng"),
    ("certified", "có giấy chứng nhận"),
    ("checked", "xác minh lý lịch xong"),
    ("filed", "đủ hồ sơ"),
    ("cell_resolved", "nghị quyết chi bộ"),
    ("committee_resolved", "nghị quyết đảng ủy"),
    ("decided", "quyết định kết nạp"),
    ("admitted", "lễ kết nạp"),
    ("official", "chuyển chính thức"),
]


class Migration(migrations.Migration):
    """Stages know the chi bộ in which they were taken. No stage can have been written before: its table is made anew."""

    dependencies = [
        ("organizations", "0006_listed_members"),
    ]

    operations = [
        migrations.DeleteModel("StageTaken"),
        migrations.CreateModel(
            name="StageTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(choices=STAGES, max_length=18, verbose_name="bước")),
                ("taken_on", models.DateField(verbose_name="ngày")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="số văn bản")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="ghi lúc")),
                (
                    "candidate",
                    models.ForeignKey(on_delete=CASCADE, related_name="stages", to="organizations.candidate", verbose_name="quần chúng ưu tú"),
                ),
                ("organization", models.ForeignKey(on_delete=PROTECT, related_name="+", to="organizations.organization", verbose_name="chi bộ")),
                (
                    "recorded_by",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="người ghi"),
                ),
            ],
            options={
                "verbose_name": "bước kết nạp",
                "verbose_name_plural": "bước kết nạp",
                "ordering": ["taken_on", "pk"],
                "indexes": [
                    models.Index(fields=["stage", "taken_on"], name="stage_by_day"),
                    models.Index(fields=["organization", "stage", "taken_on"], name="stage_by_body"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("candidate", "stage"), name="one_day_a_stage", violation_error_message="Bước này đã ghi ngày."),
                ],
            },
        ),
        migrations.AddField("candidate", "left_party_on", models.DateField(blank=True, null=True, verbose_name="ngày ra khỏi Đảng trước đây")),
        migrations.AddField(
            "candidate",
            "stage",
            models.CharField(choices=STAGES, default="outstanding", editable=False, max_length=18, verbose_name="bước đang ở"),
        ),
        migrations.AlterField("admissionrule", "code", models.SlugField(max_length=40, verbose_name="quy định")),
        migrations.AlterField(
            "candidate",
            "exit",
            models.CharField(
                blank=True,
                choices=[
                    ("withdrawn", "tự xin thôi"),
                    ("dropped", "đưa ra khỏi nguồn"),
                    ("moved", "chuyển đi nơi khác"),
                    ("not_confirmed", "không được công nhận chính thức"),
                    ("died", "từ trần"),
                ],
                max_length=13,
                verbose_name="lý do thôi theo dõi",
            ),
        ),
        migrations.AlterField("candidate", "exited_on", models.DateField(blank=True, null=True, verbose_name="ngày thôi theo dõi")),
        migrations.AlterField(
            "candidate", "is_mass_member", models.BooleanField(default=False, verbose_name="đoàn viên, hội viên do đoàn thể giới thiệu")
        ),
        migrations.AddIndex("candidate", models.Index(condition=Q(exit=""), fields=["stage", "organization"], name="candidate_followed")),
        migrations.AddConstraint(
            "candidate",
            models.CheckConstraint(
                condition=Q(left_party_on=None) | Q(is_readmission=True),
                name="only_who_is_readmitted_had_left",
                violation_error_message="Ngày ra khỏi Đảng trước đây chỉ ghi cho người được xem xét kết nạp lại.",
            ),
        ),
        migrations.RemoveConstraint("admissionrule", "one_admission_rule_from_a_day"),
        migrations.AddConstraint(
            "admissionrule",
            models.UniqueConstraint(
                fields=("code", "valid_from"),
                name="one_admission_rule_from_a_day",
                violation_error_message="Quy định này đã có giá trị từ đúng ngày ấy.",
            ),
        ),
        migrations.RemoveConstraint("candidate", "whoever_stopped_stopped_for_a_reason"),
        migrations.AddConstraint(
            "candidate",
            models.CheckConstraint(
                condition=Q(exited_on=None, exit="") | (~Q(exited_on=None) & ~Q(exit="")),
                name="whoever_stopped_stopped_for_a_reason",
                violation_error_message="Ghi cả ngày và lý do thôi theo dõi, hoặc để trống cả hai.",
            ),
        ),
    ]
