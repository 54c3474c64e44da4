"""The steps of a paper cannot be skipped, taken twice, or taken on one's own work, whatever is posted."""

import pytest
from django.db import IntegrityError, transaction

from organizations.models import Account, Assignment, LogEntry, Right
from organizations.review import STEPS, Status
from tests import makers

from .matrix import MATRIX
from .pages import FORMS, one_actor, url_of

pytestmark = pytest.mark.django_db
PAPERS = {"report": "metrics:step", "speech": "speeches:step", "registration": "models_registry:step"}
NOTE = {"note": "Ghi rõ lý do."}
# What is written beside a model, not into its paper: how it goes once it is approved, its results and its links.
BESIDE = ("models_registry:stage", "models_registry:open_next_year", "models_registry:add_result", "models_registry:add_link")


@pytest.fixture
def everything(asker):
    """Someone who holds every right on district a, and has taken part in nothing yet."""
    account = makers.make_account(username="moi-quyen", full_name="Người Mọi Quyền", rights=list(Right), organization=asker.world.of("branch-a", ""))
    return signed_in(asker, account)


def signed_in(asker, account):
    asker.world.accounts[account.username] = account
    asker.sessions.pop(account.username, None)
    return account


def step_url(paper, name):
    return f"{paper.get_absolute_url()}buoc/{name}/"


def test_the_matrix_says_what_the_table_of_steps_says():
    """Both are read by people: neither may drift away."""
    said = {name: set(step["from"] if isinstance(step["from"], list) else MATRIX["states"][step["from"]]) for name, step in MATRIX["steps"].items()}

    assert said == {name: {str(source) for source in step.sources} for name, step in STEPS.items()}


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_from_its_own_states_alone(name, state, kind, asker, everything):
    """Also by someone who holds every right: the state decides, and a refusal changes nothing."""
    paper = asker.world.of(kind, "a1", state)
    step = STEPS[name]

    def look():
        paper.refresh_from_db()
        return paper.status

    answer = asker.ask("moi-quyen", "POST", step_url(paper, name), {**NOTE, "seen_version": str(paper.version)}, look=look)

    if state in step.sources:
        assert (answer.status, answer.seen, len(answer.entries)) == (302, step.target, 1)
        (entry,) = answer.entries
        assert (entry.action, entry.actor_pk, entry.organization_pk) == (name, everything.pk, paper.organization_id)
        assert (entry.before["status"], entry.after["status"]) == (state, step.target)
    else:
        assert (answer.status, answer.seen, answer.changes, answer.entries) == (409, state, [], [])
    paper.refresh_from_db()


@pytest.mark.parametrize("kind", PAPERS)
def test_nobody_approves_what_he_sent_up_himself(kind, asker):
    paper = asker.world.of(kind, "a1", Status.SUBMITTED)
    sender = signed_in(asker, paper.submitted_by)
    for right in Right.values:
        Assignment.objects.create(account=sender, right=right, organization=asker.world.of("branch-a", ""), valid_from=makers.LONG_AGO)

    answer = asker.ask(sender.username, "POST", step_url(paper, "approve"), NOTE)

    assert (answer.status, answer.changes, answer.entries) == (403, [], [])


@pytest.mark.parametrize("kind", PAPERS)
def test_nobody_unlocks_what_he_locked_himself(kind, asker):
    paper = asker.world.of(kind, "a1", Status.LOCKED)
    locker = signed_in(asker, paper.locked_by)
    Assignment.objects.create(account=locker, right=Right.LOCK, organization=asker.world.of("branch-a", ""), valid_from=makers.LONG_AGO)

    answer = asker.ask(locker.username, "POST", step_url(paper, "unlock"), NOTE)

    assert (answer.status, answer.changes, answer.entries) == (403, [], [])


@pytest.mark.parametrize("kind", PAPERS)
def test_whoever_wrote_on_a_paper_does_not_approve_it(kind, asker, everything):
    """He neither sent it up nor decided: having typed into it is enough."""
    paper = asker.world.of(kind, "a1", Status.SUBMITTED)
    LogEntry.write({"report": "write", "speech": "edit_speech", "registration": "write"}[kind], by=everything, about=paper)

    answer = asker.ask("moi-quyen", "POST", step_url(paper, "approve"), NOTE)

    assert (answer.status, answer.changes, answer.entries) == (403, [], [])


@pytest.mark.parametrize("kind", PAPERS)
@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.needs_note])
def test_a_step_that_needs_a_reason_is_not_taken_without_one(name, kind, asker, everything):
    paper = asker.world.of(kind, "a1", STEPS[name].sources[0])

    for note in ("", "   ", "\u00a0\n"):
        answer = asker.ask("moi-quyen", "POST", step_url(paper, name), {"note": note})

        assert (answer.status, answer.changes, answer.entries) == (200, [], [])


@pytest.mark.parametrize("kind", PAPERS)
def test_a_step_on_a_version_that_is_no_longer_there_is_refused(kind, asker, everything):
    paper = asker.world.of(kind, "a1", Status.SUBMITTED)

    answer = asker.ask("moi-quyen", "POST", step_url(paper, "approve"), {**NOTE, "seen_version": "0"})

    assert (answer.status, answer.changes, answer.entries) == (409, [], [])


@pytest.mark.parametrize("kind", PAPERS)
def test_no_get_takes_a_step(kind, asker, everything):
    for state in Status.values:
        paper = asker.world.of(kind, "a1", state)
        for name in (*STEPS, "khong-co"):
            answer = asker.ask("moi-quyen", "GET", f"{step_url(paper, name)}?note=x&seen_version={paper.version}")

            assert (answer.status in (200, 403, 404, 409), answer.changes, answer.entries) == (True, [], [])


@pytest.mark.parametrize("kind", PAPERS)
def test_no_form_of_a_closed_paper_writes_into_it(kind, asker, bodies, everything):
    """What may be posted to a draft, posted to the same kind of paper sent up, approved, locked."""
    pages = [name for name in FORMS if one_actor(name)[1].kind == kind and name not in (*PAPERS.values(), *BESIDE, "speeches:preview")]
    for name in pages:
        _, target = one_actor(name)
        data = bodies.of(target)
        for state in (Status.SUBMITTED, Status.APPROVED, Status.LOCKED):
            url = url_of(asker.world, type(target)(name, "a1", state, target.parts))
            answer = asker.ask("moi-quyen", "POST", url, data)
            assert (answer.status, answer.changes, answer.entries) == (409, [], []), (name, state)


@pytest.mark.parametrize("kind", PAPERS)
def test_the_database_refuses_a_state_without_its_who_and_when(kind, asker):
    paper = asker.world.of(kind, "a1", Status.DRAFT)
    table = type(paper)

    for wrong in ({"status": "approved"}, {"status": "xong"}, {"status": "locked"}, {"status": "submitted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.filter(pk=paper.pk).update(**wrong)
    sent = asker.world.of(kind, "a1", Status.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        table.objects.filter(pk=sent.pk).update(status="approved", decided_by=sent.submitted_by, decided_at=sent.submitted_at)


def test_accounts_of_the_world_are_as_the_matrix_names_them(asker):
    """A role of the matrix that has no account would never be asked."""
    assert {*MATRIX["roles"], "disabled"} <= set(asker.world.accounts)
    assert Account.objects.get(username="vai-disabled").is_active is False
