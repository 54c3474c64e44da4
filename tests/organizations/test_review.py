"""How a paper travels: every step from every state, never one's own, one winner of a race, log and snapshot with each step."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from models_registry.models import Registration
from organizations.models import Assignment, LogEntry, Right
from organizations.review import FINAL, OPEN, SIGNS, STEPS, Status, StepRefused
from tests import makers

TRAVEL = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("approved", "return"): "returned",
    ("submitted", "approve"): "approved",
    ("approved", "lock"): "locked",
    ("locked", "unlock"): "approved",
}
EVERYTHING = [(status.value, name) for status in Status for name in STEPS]


@pytest.fixture
def duc(district):
    """A second one who reviews and locks."""
    return makers.make_account(username="duc", full_name="Ngô Văn Đức", rights=[Right.READ, Right.REVIEW, Right.LOCK], organization=district)


def paper_in(status, *, organization, by, reviewer, **facts):
    facts = {"situation": "Trước đây khó.", "method": "Nay làm thế này.", **facts}
    return makers.make_registration(organization=organization, status=status, by=by, reviewer=reviewer, **facts)


def taker(name, *, an, binh, duc):
    """Who may take the step when Bình has decided and locked so far."""
    return {"submit": an, "unlock": duc}.get(name, binh)


def test_the_table_says_what_the_guidance_says():
    table = {(source.value, step.name): Status(step.target).value for step in STEPS.values() for source in step.sources}

    assert table == TRAVEL
    assert [name for name, step in STEPS.items() if step.needs_note] == ["return", "unlock"]
    assert {*OPEN, Status.SUBMITTED, *FINAL} == set(Status)
    assert set(SIGNS) == {"missing", *Status.values}


@pytest.mark.parametrize(("status", "name"), EVERYTHING)
def test_each_step_from_each_state(status, name, an, binh, duc, cell):
    paper = paper_in(status, organization=cell, by=an, reviewer=binh)
    by, target = taker(name, an=an, binh=binh, duc=duc), TRAVEL.get((status, name))

    if target:
        paper.take(name, by=by, note="Có lý do")
    else:
        with pytest.raises(StepRefused) as refused:
            paper.take(name, by=by, note="Có lý do")
        assert refused.value.reason == "state"

    kept = Registration.objects.get(pk=paper.pk)
    assert (kept.status, kept.version) == ((target, 2) if target else (status, 1))
    assert LogEntry.objects.about(kept).count() == (1 if target else 0)
    assert (name in [step.name for step in paper_in(status, organization=cell, by=an, reviewer=binh).steps_for(by)]) == bool(target)


@pytest.mark.parametrize("name", STEPS)
def test_no_step_without_its_right(name, an, binh, duc, chi, auditor, manager, cell):
    status = STEPS[name].sources[0]
    paper = paper_in(status, organization=cell, by=an, reviewer=binh)
    allowed = {"submit": {an}}.get(name, {binh, duc})

    for person in {an, binh, duc, chi, auditor, manager} - allowed:
        with pytest.raises(StepRefused) as refused:
            paper.take(name, by=person, note="Có lý do")
        assert refused.value.reason == "right"
        assert STEPS[name] not in paper.steps_for(person)
    assert Registration.objects.get(pk=paper.pk).status == status


@pytest.mark.parametrize("name", STEPS)
def test_no_step_after_the_right_has_ended(name, an, binh, duc, cell):
    """The page was opened while the right still counted; the step asks again."""
    paper = paper_in(STEPS[name].sources[0], organization=cell, by=an, reviewer=binh)
    by = taker(name, an=an, binh=binh, duc=duc)
    assert STEPS[name] in paper.steps_for(by)

    by.assignments.update(valid_to=timezone.localdate() - dt.timedelta(1))

    with pytest.raises(StepRefused) as refused:
        paper.take(name, by=by, note="Có lý do")
    assert refused.value.reason == "right"


@pytest.mark.parametrize("name", ["return", "unlock"])
@pytest.mark.parametrize("note", ["", "   ", "\n\t", "\u200b"])
def test_return_and_unlock_need_a_reason(name, note, an, binh, duc, cell):
    paper = paper_in(STEPS[name].sources[0], organization=cell, by=an, reviewer=binh)

    with pytest.raises(StepRefused) as refused:
        paper.take(name, by=duc, note=note)

    assert refused.value.reason == "note"
    assert refused.value.sentence == f"Ghi lý do trước khi {STEPS[name].label.lower()}."


def test_who_wrote_it_or_sent_it_up_does_not_approve_it(an, binh, duc, cell, district):
    for account in (an, duc):
        for right in (Right.WRITE, Right.REVIEW):
            Assignment.objects.get_or_create(account=account, right=right, organization=district, valid_from=makers.LONG_AGO)
    paper = paper_in("draft", organization=cell, by=an, reviewer=binh)
    LogEntry.write("write", by=duc, about=paper)
    paper.take("submit", by=an)

    for author in (an, duc):
        with pytest.raises(StepRefused) as refused:
            paper.take("approve", by=author)
        assert refused.value.reason == "right"
        assert "không tự phê duyệt được" in refused.value.sentence
    paper.take("approve", by=binh)

    assert (paper.status, paper.decided_by) == ("approved", binh)


def test_who_locked_it_does_not_unlock_it(an, binh, duc, cell):
    paper = paper_in("approved", organization=cell, by=an, reviewer=binh)
    paper.take("lock", by=binh)

    with pytest.raises(StepRefused) as refused:
        paper.take("unlock", by=binh, note="Nhầm")
    assert refused.value.sentence == "Người đã khóa không tự mở khóa: đề nghị người khác có quyền khóa."
    paper.take("unlock", by=duc, note="Đính chính số liệu")

    assert (paper.status, paper.locked_by, paper.locked_at) == ("approved", None, None)


def test_a_paper_with_problems_is_not_sent_up(an, binh, cell):
    paper = makers.make_registration(organization=cell, by=an)

    with pytest.raises(StepRefused) as refused:
        paper.take("submit", by=an)

    assert refused.value.reason == "problems"
    assert [problem.where for problem in refused.value.problems] == ["situation", "method"]
    assert refused.value.sentence == "Chưa trình được: còn 2 chỗ cần sửa."


def test_a_step_writes_who_when_and_the_log_with_its_snapshot(an, binh, cell):
    paper = paper_in("draft", organization=cell, by=an, reviewer=binh)
    paper.take("submit", by=an, note="Kính trình")
    paper.take("return", by=binh, note="Ghi rõ cách làm")
    assert (paper.decided_by, paper.return_reason) == (binh, "Ghi rõ cách làm")
    paper.take("submit", by=an)
    assert (paper.submitted_by, paper.decided_by, paper.return_reason) == (an, None, "")
    paper.take("approve", by=binh)

    lines = list(LogEntry.objects.about(paper))
    assert [(line.action, line.actor_name, line.before["status"], line.after["status"]) for line in lines] == [
        ("submit", "Trần Thị An", "draft", "submitted"),
        ("return", "Lê Văn Bình", "submitted", "returned"),
        ("submit", "Trần Thị An", "returned", "submitted"),
        ("approve", "Lê Văn Bình", "submitted", "approved"),
    ]
    assert [line.after["version"] for line in lines] == [2, 3, 4, 5]
    assert [bool(line.snapshot) for line in lines] == [True, False, True, True]
    assert lines[-1].snapshot["method"] == "Nay làm thế này."
    assert [line.note for line in lines] == ["Kính trình", "Ghi rõ cách làm", "", ""]
    assert {line.organization_pk for line in lines} == {cell.pk}


def test_when_the_log_cannot_be_written_the_step_is_not_taken(an, binh, cell, monkeypatch):
    paper = paper_in("draft", organization=cell, by=an, reviewer=binh)
    monkeypatch.setattr(Registration, "snapshot", lambda self: {"broken": object()})

    with pytest.raises(TypeError), transaction.atomic():
        paper.take("submit", by=an)

    assert Registration.objects.get(pk=paper.pk).status == "draft"
    assert not LogEntry.objects.about(paper).exists()


def test_of_two_who_act_at_once_one_wins(an, binh, duc, cell):
    paper = paper_in("submitted", organization=cell, by=an, reviewer=binh)
    other = Registration.objects.get(pk=paper.pk)

    paper.take("approve", by=binh)
    with pytest.raises(StepRefused) as refused:
        other.take("return", by=duc, note="Sai")

    assert refused.value.reason == "state"
    assert Registration.objects.get(pk=paper.pk).status == "approved"
    assert LogEntry.objects.about(paper).count() == 1


def test_a_step_is_bound_to_the_version_that_was_looked_at(an, binh, cell):
    paper = paper_in("draft", organization=cell, by=an, reviewer=binh)
    paper.take("submit", by=an)
    looked_at = paper.version
    paper.take("return", by=binh, note="Sửa")
    paper.take("submit", by=an)

    with pytest.raises(StepRefused) as refused:
        paper.take("approve", by=binh, seen_version=looked_at)
    assert refused.value.reason == "state"

    paper.take("approve", by=binh, seen_version=paper.version)


def test_content_is_claimed_by_one_writer_at_a_time_and_only_while_open(an, binh, chi, cell):
    paper = paper_in("draft", organization=cell, by=an, reviewer=binh)
    other = Registration.objects.get(pk=paper.pk)

    paper.claim(by=an)
    assert paper.version == 2
    for stale in (lambda: other.claim(by=an), lambda: paper.claim(by=an, seen_version=1)):
        with pytest.raises(StepRefused) as refused:
            stale()
        assert refused.value.reason == "state"
    with pytest.raises(StepRefused) as refused:
        paper.claim(by=chi)
    assert refused.value.reason == "right"
    with pytest.raises(StepRefused):
        other.take("submit", by=an)

    paper.take("submit", by=an)
    with pytest.raises(StepRefused):
        paper.claim(by=an)


def test_papers_are_seen_by_those_who_work_on_them_and_final_ones_by_readers(an, binh, chi, auditor, manager, cell):
    reader = makers.make_account(rights=[Right.READ], organization=cell)
    papers = {status: paper_in(status, organization=cell, by=an, reviewer=binh) for status in Status}
    final = {papers["approved"], papers["locked"]}

    assert set(Registration.objects.visible_to(an)) == set(papers.values())
    assert set(Registration.objects.visible_to(binh)) == set(papers.values())
    assert set(Registration.objects.visible_to(reader)) == final
    assert set(Registration.objects.visible_to(auditor)) == final
    assert set(Registration.objects.visible_to(chi)) == set()
    assert set(Registration.objects.visible_to(manager)) == set()
    assert set(Registration.objects.final()) == final


def test_what_waits_for_whom(an, binh, duc, cell):
    papers = {status: paper_in(status, organization=cell, by=an, reviewer=binh) for status in Status}
    sent_by_duc = paper_in("submitted", organization=cell, by=duc, reviewer=binh)

    assert set(Registration.objects.waiting_for(an)) == {papers["draft"], papers["returned"]}
    assert set(Registration.objects.waiting_for(binh)) == {papers["submitted"], sent_by_duc}
    assert set(Registration.objects.waiting_for(duc)) == {papers["submitted"]}


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "unheard-of"},
        {"status": "submitted"},
        {"status": "approved"},
        {"submitted_at": timezone.now()},
        {"decided_at": timezone.now()},
        {"locked_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_state_without_its_people(broken, cell):
    paper = makers.make_registration(organization=cell)

    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=paper.pk).update(**broken)


def test_the_database_refuses_a_sender_who_approves(an, binh, cell):
    paper = paper_in("submitted", organization=cell, by=an, reviewer=binh)

    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=paper.pk).update(status="approved", decided_by=an, decided_at=timezone.now())
    Registration.objects.filter(pk=paper.pk).update(status="approved", decided_by=binh, decided_at=timezone.now())


def test_drawing_the_buttons_takes_few_queries(an, binh, cell, django_assert_num_queries):
    paper = Registration.objects.get(pk=paper_in("submitted", organization=cell, by=an, reviewer=binh).pk)

    with django_assert_num_queries(4):
        assert [step.name for step in paper.steps_for(binh)] == ["return", "approve"]


# --- any order of steps, three people ---------------------------------------------------------------------------------

MOVES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from([*STEPS, "write"])), max_size=12)


@pytest.mark.django_db
@settings(max_examples=50, deadline=None)
@given(moves=MOVES)
def test_whatever_three_people_try_nobody_decides_on_his_own_work(moves):
    with transaction.atomic():
        _try(moves)
        transaction.set_rollback(True)


def _try(moves):
    body = makers.make_organization()
    rights = [[Right.WRITE], [Right.WRITE, Right.REVIEW, Right.LOCK], [Right.REVIEW, Right.LOCK]]
    people = [makers.make_account(rights=held, organization=body) for held in rights]
    paper = paper_in("draft", organization=body, by=None, reviewer=None)
    status, version, wrote, sent, locked, lines = "draft", 1, set(), None, None, 0
    for who, name in moves:
        person = people[who]
        try:
            if name == "write":
                with transaction.atomic():
                    paper.claim(by=person)
                    LogEntry.write("write", by=person, about=paper)
            else:
                paper.take(name, by=person, note="Có lý do")
        except StepRefused as refused:
            assert refused.sentence
            continue
        lines, version = lines + 1, version + 1
        if name == "write":
            assert status in ("draft", "returned")
            wrote.add(who)
            continue
        assert (status, name) in TRAVEL
        if name == "approve":
            assert who not in wrote | {sent}
        if name == "unlock":
            assert who != locked
        sent, locked = (who if name == "submit" else sent), (who if name == "lock" else locked)
        status = TRAVEL[status, name]
    paper.refresh_from_db()
    assert (paper.status, paper.version) == (status, version)
    assert LogEntry.objects.about(paper).count() == lines
