"""Where a model stands in a year: state after state in their order, each by whoever may say so, a wrong one taken back with its reason."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from models_registry.lifecycle import NEXT, SAID_BY, go_on, move, withdraw, year_after
from models_registry.models import ModelYear, Registration, Stage
from organizations.models import LogEntry, Right
from organizations.review import StepRefused
from tests import makers

State = ModelYear.State
DAY = dt.date(2024, 6, 1)


@pytest.fixture
def model(an, binh, cell, y2024):
    return makers.make_registration(organization=cell, title="Ngày thứ sáu nghe dân nói", periods=[y2024], status="approved", by=an, reviewer=binh)


@pytest.fixture
def year(model):
    return model.years.get()


def stand(year, state):
    ModelYear.objects.filter(pk=year.pk).update(state=state)
    year.state = state


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("following", State)
def test_a_state_follows_as_the_table_says(state, following, an, binh, year):
    stand(year, state)
    may = following in NEXT[state] or state == following == State.REGISTERED
    by = binh if following in SAID_BY else an

    if may:
        move(year, following, by=by, on=DAY, seen=state)
    else:
        with pytest.raises(StepRefused) as refused:
            move(year, following, by=by, on=DAY, seen=state)
        assert refused.value.reason == "state"
    assert ModelYear.objects.get().state == (following if may else state)
    assert Stage.objects.count() == LogEntry.objects.filter(action="stage").count() == may


@pytest.mark.parametrize("state", State)
def test_who_writes_a_state(state, cell, year):
    before = next(each for each in State if state in NEXT[each]) if state != State.REGISTERED else State.REGISTERED
    stand(year, before)
    for right in Right:
        account = makers.make_account(rights=[right], organization=cell)
        if right in SAID_BY.get(state, {Right.ENTER, Right.WRITE}):
            continue
        with pytest.raises(StepRefused) as refused:
            move(year, state, by=account, on=DAY, seen=before)
        assert refused.value.reason == "right"
    assert Stage.objects.count() == 0


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_nothing_is_written_of_a_model_that_is_not_approved(status, an, binh, cell, y2024):
    model = makers.make_registration(organization=cell, periods=[y2024], status=status, by=an, reviewer=binh)

    with pytest.raises(StepRefused) as refused:
        move(model.years.get(), State.UNDERWAY, by=an, on=DAY, seen=State.REGISTERED)

    assert refused.value.reason == "state"


def test_of_two_who_write_a_state_the_second_is_told(an, year):
    other = ModelYear.objects.get()
    move(year, State.UNDERWAY, by=an, on=DAY, seen=State.REGISTERED)

    with pytest.raises(StepRefused, match="người khác"):
        move(other, State.STOPPED, by=an, on=DAY, seen=State.REGISTERED)

    assert (ModelYear.objects.get().state, Stage.objects.count()) == (State.UNDERWAY, 1)


def test_a_day_before_the_stage_before_is_refused(an, year):
    move(year, State.UNDERWAY, by=an, on=DAY, seen=State.REGISTERED)

    with pytest.raises(StepRefused, match="31/05/2024 trước ngày 01/06/2024"):
        move(year, State.SUMMED_UP, by=an, on=DAY - dt.timedelta(days=1), seen=State.UNDERWAY)

    assert ModelYear.objects.get().state == State.UNDERWAY


def test_the_words_of_the_paper_stay_frozen_while_its_years_go_on(an, model, year):
    before = model.snapshot()
    move(year, State.UNDERWAY, by=an, on=DAY, document="78-CV/ĐU", seen=State.REGISTERED)

    assert Registration.objects.get().snapshot() == before
    assert LogEntry.objects.get(action="stage").after == {"state": "đang thực hiện", "from": "2024-06-01"}
    assert model.authors() == {an.pk}


def test_the_last_stage_is_withdrawn_with_its_reason(an, year):
    first = move(year, State.UNDERWAY, by=an, on=DAY, seen=State.REGISTERED)
    last = move(year, State.STOPPED, by=an, on=DAY, seen=State.UNDERWAY)

    for stage, reason, expected in ((first, "Ghi nhầm", "state"), (last, " ", "note")):
        with pytest.raises(StepRefused) as refused:
            withdraw(stage, by=an, reason=reason)
        assert refused.value.reason == expected
    withdraw(last, by=an, reason="Ghi nhầm")

    assert ModelYear.objects.get().state == State.UNDERWAY
    last.refresh_from_db()
    assert (last.withdrawn_reason, Stage.objects.standing().get()) == ("Ghi nhầm", first)
    move(ModelYear.objects.get(), State.STOPPED, by=an, on=DAY, seen=State.UNDERWAY)
    assert Stage.objects.count() == 3


def test_recognition_is_given_and_taken_by_the_reviewer_alone(an, binh, year):
    stand(year, State.SUMMED_UP)
    stage = move(year, State.RECOGNISED, by=binh, on=DAY, seen=State.SUMMED_UP)

    with pytest.raises(StepRefused) as refused:
        withdraw(stage, by=an, reason="Ghi nhầm")
    assert refused.value.reason == "right"
    withdraw(stage, by=binh, reason="Ghi nhầm")

    assert ModelYear.objects.get().state == State.REGISTERED


def test_a_model_is_carried_on_into_the_year_after(an, model, year):
    makers.make_period(code="2025")
    assert year_after(year) is None
    stand(year, State.UNDERWAY)
    stage = move(year, State.CONTINUED, by=an, on=DAY, seen=State.UNDERWAY)

    opened = go_on(year, by=an)

    assert (opened.period.code, opened.state) == ("2025", State.REGISTERED)
    assert [each.code for each in model.periods.order_by("code")] == ["2024", "2025"]
    for act in (lambda: go_on(year, by=an), lambda: withdraw(stage, by=an, reason="Ghi nhầm")):
        with pytest.raises(StepRefused) as refused:
            act()
        assert refused.value.reason == "state"


def test_a_year_in_which_something_is_written_is_not_dropped(an, cell, y2023, y2024, signed_in):
    model = makers.make_registration(organization=cell, periods=[y2023], by=an)
    makers.make_stage(registration=model, by=an)

    answer = signed_in(an).post(
        reverse("models_registry:edit", args=[model.pk]), {"title": model.title, "field": "dialogue", "periods": [y2024.pk], "version": 1}
    )

    assert "đã ghi tình trạng" in answer.context["form"].errors["periods"][0]
    assert list(model.periods.all()) == [y2023]


def test_an_writes_a_state_on_the_page(an, model, year, signed_in):
    address = reverse("models_registry:stage", args=[model.pk, "2024"])
    client = signed_in(an)
    assert [value for value, _ in client.get(address).context["form"].fields["state"].choices] == ["registered", "underway", "stopped"]
    data = {"state": "underway", "on": "29/3/2024", "document": "38-KH/ĐU", "note": "", "seen": "registered"}

    early = client.post(address, {**data, "on": "29/3/2098"})
    done, again = client.post(address, data), client.post(address, data)

    assert "chưa đến" in early.context["form"].errors["on"][0]
    assert (done.status_code, again.status_code) == (302, 409)
    stage = Stage.objects.get()
    assert (stage.state, stage.on, stage.document, stage.written_by) == ("underway", dt.date(2024, 3, 29), "38-KH/ĐU", an)
    assert "29/03/2024: đang thực hiện, 38-KH/ĐU" in client.get(model.get_absolute_url()).content.decode()


def test_what_is_registered_and_recognised_is_counted_as_of_a_day(an, binh, cell, y2023, y2024):
    known = makers.make_registration(organization=cell, periods=[y2024], status="approved", by=an, reviewer=binh)
    makers.make_registration(organization=cell, periods=[y2024])
    makers.make_registration(organization=cell, periods=[y2023], status="approved", by=an, reviewer=binh)
    later = makers.make_registration(organization=cell, periods=[y2024], status="locked", by=an, reviewer=binh)
    makers.make_stage(registration=later, by=an, state="registered", on=dt.date(2024, 9, 1))
    makers.make_stage(registration=known, by=an, state="recognised", on=dt.date(2024, 12, 20))
    ModelYear.objects.filter(registration=known).update(state="continued")

    def counted(rows):
        return set(rows.values_list("registration", flat=True))

    years = ModelYear.objects
    assert counted(years.registered(y2024)) == {known.pk, later.pk}
    assert counted(years.registered(y2024, as_of=dt.date(2024, 8, 31))) == {known.pk}
    assert counted(years.recognised(y2024)) == {known.pk}
    assert counted(years.recognised(y2024, as_of=dt.date(2024, 12, 19))) == set()
    Stage.objects.filter(state="recognised").update(withdrawn_at=dt.datetime(2024, 12, 21, tzinfo=dt.UTC), withdrawn_reason="Ghi nhầm")
    assert counted(years.recognised(y2024)) == set()


def test_the_database_keeps_one_row_a_year_and_reasons_with_withdrawals(an, model, y2024):
    stage = makers.make_stage(registration=model, by=an)
    for act in (
        lambda: ModelYear.objects.create(registration=model, period=y2024),
        lambda: ModelYear.objects.update(state="x"),
        lambda: Stage.objects.create(year=stage.year, state="underway", on=DAY, written_by=an),
        lambda: Stage.objects.update(withdrawn_reason="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
