"""No change without its line in the log, no line without its change."""

import pytest
from django.db import Error, connection, transaction

from organizations.models.log import ACTS

from .matrix import PAGES, ROLES, acts
from .pages import FORMS, HERE, one_actor, readable, targets, url_of

pytestmark = pytest.mark.django_db
LOG = "organizations_logentry"
FULL = {
    "sqlite": [f"CREATE TRIGGER log_is_full BEFORE INSERT ON {LOG} BEGIN SELECT RAISE(ABORT, 'The log is full.'); END"],
    "postgresql": [
        "CREATE FUNCTION log_is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The log is full.'; END $$",
        f"CREATE TRIGGER log_is_full BEFORE INSERT ON {LOG} FOR EACH ROW EXECUTE FUNCTION log_is_full()",
    ],
}
NEW_ROW = ("add", "create", "compose", "found", "show", "download", "new_password", "end_session", "change_password", "enable", "disable")


@pytest.mark.parametrize("name", FORMS)
def test_a_line_tells_who_did_what_where(name, asker, bodies):
    """Of every act of every role: whose hand, the word for it, the branch it belongs to, and what stood there before and after."""
    for target in targets(name, (HERE,)):
        for role in [role for role in ROLES if acts(target, role)]:
            answer = asker.ask(role, "POST", url_of(asker.world, target), bodies.of(target))
            for entry in answer.entries:
                account = asker.world.accounts[role]
                assert (entry.actor_pk, entry.actor_name) == (account.pk, account.full_name)
                assert entry.action in ACTS, f"{entry.action} has no word"
                assert entry.subject
                assert entry.subject_title
                if target.commune and entry.action != "receive":  # the line for the body that a member goes to
                    assert entry.organization_pk == asker.world.of("organization", target.commune).pk
                if entry.action not in NEW_ROW and not entry.place:
                    assert entry.before or entry.after or entry.note, f"{entry.action} tells nothing"


@pytest.mark.parametrize("name", FORMS)
def test_a_change_whose_line_cannot_be_written_does_not_happen(name, asker, bodies):
    """The log refuses every line, as a full disk would: whoever acts is told so, and nothing has changed."""
    role, target = one_actor(name)
    url, data = url_of(asker.world, target), bodies.of(target)
    usual = asker.ask(role, "POST", url, data)
    if not usual.entries:
        assert usual.changes == [] or target.facts["log"]["POST"] == 0
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in FULL[connection.vendor]:
                cursor.execute(statement)

        answer = asker.ask(role, "POST", url, data)

        transaction.set_rollback(True)
    # A file whose writing broke off says so on its own page; nothing of it is in the register.
    changes = [table for table in answer.changes if table != "organizations.Import"]
    assert (answer.status, changes, answer.entries) == (500, [], [])
    assert "The log is full." in "".join(answer.failures)


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name].get("log", {}).get("GET")])
def test_each_download_is_one_line(name, asker):
    """Who took which paper home; the file itself is never in the log."""
    for role, target in readable(name):
        answer = asker.ask(role, "GET", url_of(asker.world, target))

        (entry,) = answer.entries
        assert (entry.action, entry.actor_pk) == ("download", asker.world.accounts[role].pk)
        assert entry.organization_pk
        assert not target.commune or entry.organization_pk == asker.world.of("organization", target.commune).pk


@pytest.mark.parametrize("act", ["UPDATE organizations_logentry SET note = 'x'", "DELETE FROM organizations_logentry"])
def test_a_line_is_neither_changed_nor_taken_away(act, asker):
    if act.startswith("DELETE") and connection.vendor == "sqlite":
        pytest.skip("SQLite is for a trial: its owner can replace the file.")
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
