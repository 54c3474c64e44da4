"""What a cited document carries out, where its original is kept, and what is found by its number however that is spelled."""

import re

from django.db import migrations, models

from organizations.citations import doubts
from partyreports.vietnamese import fold


def write_keys(apps, schema_editor):
    """The number and symbol in one spelling, and the issuer without marks, for the documents that stand in the register already."""
    for reference in apps.get_model("organizations", "Reference").objects.all().iterator():
        has_sign = reference.number is not None and reference.symbol
        reference.sign_key = f"{reference.number} {re.sub('[^a-z0-9]+', ' ', fold(reference.symbol)).strip()}"[:60] if has_sign else ""
        reference.issuer_search = fold(reference.issuer)[:200]
        facts = {name: getattr(reference, name) for name in ("kind", "number", "symbol", "issuer", "issued_on")}
        reference.is_doubtful = bool(doubts(**facts))
        reference.save(update_fields=["sign_key", "issuer_search", "is_doubtful"])


class Migration(migrations.Migration):
    dependencies = [("organizations", "0008_imports")]

    operations = [
        migrations.AddField(
            model_name="reference",
            name="carries_out",
            field=models.ManyToManyField(blank=True, related_name="carried_out_by", to="organizations.reference", verbose_name="thực hiện văn bản"),
        ),
        migrations.AddField(
            model_name="reference",
            name="kept_at",
            field=models.CharField(blank=True, max_length=200, verbose_name="bản chính lưu tại"),
        ),
        migrations.AddField(
            model_name="reference",
            name="sign_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reference",
            name="issuer_search",
            field=models.CharField(default="", editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reference",
            name="is_doubtful",
            field=models.BooleanField(default=False, editable=False, verbose_name="cách ghi cần xem lại"),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
