"""Who stood in the register before movements were kept is on the roster of his chi bộ since he was admitted, or since it was founded."""

from django.db import migrations

BASE = [
    "dang-bo-xa",
    "dang-bo-quan-su",
    "dang-bo-cong-an",
    "dang-bo-don-vi-su-nghiep",
    "dang-bo-co-quan",
    "chi-bo-co-so",
    "dang-bo-co-so",
    "dang-bo-xa-co-so",
]


def list_members(apps, schema_editor):
    """One who has left already has no stay: on which day and why he left was never written."""
    member, stay = apps.get_model("organizations", "Member"), apps.get_model("organizations", "Stay")
    members = member.objects.filter(is_active=True, stays=None).values_list("pk", "organization", "admitted_on", "organization__founded_on")
    stays = (
        stay(member_id=pk, organization_id=organization, since=max(admitted_on, founded_on))
        for pk, organization, admitted_on, founded_on in members.iterator()
    )
    stay.objects.bulk_create(stays, batch_size=1000)


def mark_bases(apps, schema_editor):
    apps.get_model("organizations", "OrganizationKind").objects.filter(code__in=BASE).update(is_base=True)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_rosters")]

    operations = [
        migrations.RunPython(list_members, migrations.RunPython.noop),
        migrations.RunPython(mark_bases, migrations.RunPython.noop),
    ]
