"""The log: append-only in Python and in the database, and read within a branch."""

import pytest
from django.db import DatabaseError, connection, transaction

from organizations.models import LogEntry
from tests import makers


@pytest.fixture
def entry(an, cell):
    return LogEntry.write("change", by=an, about=cell, note="Đổi tên", before={"name": "Cũ"}, after={"name": "Mới"})


def test_a_line_keeps_names_as_they_were(entry, an, cell):
    assert (entry.actor_pk, entry.actor_name, entry.action) == (an.pk, "Trần Thị An", "change")
    assert (entry.subject, entry.subject_pk, entry.subject_title) == ("organizations.organization", cell.pk, "Đảng ủy xã Mẫu")
    assert entry.organization_pk == cell.pk
    assert (entry.before, entry.after, entry.note) == ({"name": "Cũ"}, {"name": "Mới"}, "Đổi tên")


def test_a_line_about_a_paper_belongs_to_its_body(an, cell):
    registration = makers.make_registration(organization=cell)

    assert LogEntry.write("change", by=an, about=registration).organization_pk == cell.pk
    assert LogEntry.write("change", by=None, about=an).organization_pk is None


def test_a_line_is_not_changed_or_deleted(entry):
    for act in (
        entry.save,
        entry.delete,
        lambda: LogEntry.objects.update(note="x"),
        lambda: LogEntry.objects.all().delete(),
        lambda: LogEntry.objects.bulk_update([entry], ["note"]),
    ):
        with pytest.raises(TypeError):
            act()


def test_the_database_refuses_to_change_a_line(entry):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE organizations_logentry SET note = 'x'")


def test_postgresql_refuses_to_delete_a_line(entry):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is for a trial: its owner can replace the file.")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM organizations_logentry")


def test_auditors_read_their_branch_and_everybody_his_own_acts(entry, an, binh, chi, auditor, other_cell):
    elsewhere = LogEntry.write("change", by=chi, about=other_cell)

    assert list(LogEntry.objects.visible_to(auditor)) == [elsewhere, entry]
    assert list(LogEntry.objects.visible_to(an)) == [entry]
    assert list(LogEntry.objects.visible_to(chi)) == [elsewhere]
    assert list(LogEntry.objects.visible_to(binh)) == []


def test_the_life_of_a_thing_is_told_oldest_first(entry, an, cell, other_cell):
    later = LogEntry.write("end", by=an, about=cell)
    LogEntry.write("end", by=an, about=other_cell)

    assert list(LogEntry.objects.about(cell)) == [entry, later]
