"""Two at once, each on a connection of his own. PostgreSQL only: SQLite lets one writer in at a time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from models_registry.models import Registration
from organizations.models import Candidate, LogEntry, Organization, OrganizationVersion, Right, Stage
from organizations.models.paths import ChangeRefused
from organizations.models.stages import StageRefused
from organizations.review import StepRefused
from tests import makers

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time."),
]
JULY = dt.date(2025, 7, 1)


def at_once(*acts):
    """Run each act in a thread of its own, started together; what it returned or raised."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(timeout=10)
        try:
            return act()
        except (ChangeRefused, StageRefused, StepRefused) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("again", range(5))
def test_two_bodies_never_end_up_under_each_other(again):
    top = makers.make_organization(name="Gốc")
    one, other = (makers.make_organization(parent=top) for _ in range(2))

    outcomes = at_once(
        lambda: Organization.objects.get(pk=one.pk).change(on=JULY, parent=other),
        lambda: Organization.objects.get(pk=other.pk).change(on=JULY, parent=one),
    )

    assert [isinstance(outcome, ChangeRefused) for outcome in outcomes].count(True) == 1
    for version in OrganizationVersion.objects.on(JULY).exclude(parent=None):
        assert version.path.startswith(OrganizationVersion.objects.on(JULY).get(organization=version.parent).path)


@pytest.mark.parametrize("again", range(5))
def test_a_body_founded_while_its_parent_moves_stands_on_the_new_path(again):
    top = makers.make_organization(name="Gốc")
    parent, target = (makers.make_organization(parent=top) for _ in range(2))
    kind = makers.make_kind()

    at_once(
        lambda: Organization.objects.get(pk=parent.pk).change(on=JULY, parent=target),
        lambda: Organization.objects.found(on=dt.date(2024, 1, 1), name="Chi bộ mới", kind=kind, parent=parent),
    )

    founded = OrganizationVersion.objects.on(JULY).get(name="Chi bộ mới")
    assert founded.path.startswith(OrganizationVersion.objects.on(JULY).get(organization=target).path)


@pytest.mark.parametrize("again", range(5))
def test_of_two_reviewers_at_once_one_decides(again):
    body = makers.make_organization()
    writer = makers.make_account(rights=[Right.WRITE], organization=body)
    reviewers = [makers.make_account(rights=[Right.REVIEW], organization=body) for _ in range(2)]
    paper = makers.make_registration(organization=body, status="submitted", by=writer)

    outcomes = at_once(
        lambda: Registration.objects.get(pk=paper.pk).take("approve", by=reviewers[0]),
        lambda: Registration.objects.get(pk=paper.pk).take("return", by=reviewers[1], note="Sửa"),
    )

    # Approved and then returned is an order of acts too; a decision on what the other has not seen is not.
    lines = list(LogEntry.objects.about(paper))
    paper.refresh_from_db()
    assert len(lines) == 2 - sum(isinstance(outcome, StepRefused) for outcome in outcomes)
    assert paper.version == 1 + len(lines)
    assert paper.status == lines[-1].after["status"]


@pytest.mark.parametrize("again", range(5))
def test_writing_and_sending_up_at_once_never_both_succeed_on_one_version(again):
    body = makers.make_organization()
    writers = [makers.make_account(rights=[Right.WRITE], organization=body) for _ in range(2)]
    paper = makers.make_registration(organization=body, situation="a", method="Cũ")

    written, sent = at_once(
        lambda: Registration.objects.get(pk=paper.pk).write(by=writers[0], seen_version=1, periods=paper.periods.all(), basis=[], method="Mới"),
        lambda: Registration.objects.get(pk=paper.pk).take("submit", by=writers[1], seen_version=1),
    )

    assert [isinstance(outcome, StepRefused) for outcome in (written, sent)].count(True) == 1
    paper.refresh_from_db()
    snapshot = LogEntry.objects.about(paper).last().snapshot
    assert snapshot is None or snapshot["method"] == paper.method


@pytest.mark.parametrize("again", range(5))
def test_of_two_who_take_one_stage_at_once_one_is_told_of_the_other(again):
    body = makers.make_organization()
    writers = [makers.make_account(rights=[Right.ENTER], organization=body) for _ in range(2)]
    candidate = makers.make_candidate(organization=body)
    day = dt.date(2026, 3, 2)

    outcomes = at_once(*(lambda by=by: Candidate.objects.get(pk=candidate.pk).take(Stage.SENT, on=day, by=by) for by in writers))

    refusals = [outcome for outcome in outcomes if isinstance(outcome, StageRefused)]
    assert [refusal.reason for refusal in refusals] == ["state"]
    assert candidate.stages.filter(stage=Stage.SENT).count() == 1
    assert LogEntry.objects.about(candidate).filter(action="take_stage", place=Stage.SENT.label).count() == 1


@pytest.mark.parametrize("again", range(5))
def test_an_exit_and_a_stage_at_once_never_leave_a_stage_after_the_exit_unseen(again):
    body = makers.make_organization()
    writers = [makers.make_account(rights=[Right.ENTER], organization=body) for _ in range(2)]
    candidate = makers.make_candidate(organization=body)
    day = dt.date(2026, 3, 2)

    taken, stopped = at_once(
        lambda: Candidate.objects.get(pk=candidate.pk).take(Stage.SENT, on=day, by=writers[0]),
        lambda: Candidate.objects.get(pk=candidate.pk).stop("moved", on=day, by=writers[1]),
    )

    # Taken and then stopped is an order of acts; a stage of somebody who has stopped is not.
    assert stopped is None
    acts = list(LogEntry.objects.about(candidate).filter(action__in=("take_stage", "stop")).values_list("action", flat=True))
    assert acts[-1] == "stop"
    assert candidate.stages.filter(stage=Stage.SENT).exists() == (not isinstance(taken, StageRefused))
