"""Two people at the same moment, with two connections: one wins, the other is told, nothing is lost."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from organizations.models import LogEntry, Right
from organizations.review import StepRefused
from partyreports.metrics.models import CellConflict, CellRefused, Figure, YearlyReport
from partyreports.vietnamese import Entry
from tests.makers import make_account, make_form, make_indicator, make_report

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="the test database of SQLite has one connection"),
]


def together(*acts):
    """Run the acts at once, each in its own thread and connection: what each returned or raised, in their order."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            results[place] = act()
        except (CellConflict, CellRefused, StepRefused) as refused:
            results[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def admitted(db):
    return make_indicator(code="members_admitted")


@pytest.fixture
def report(cell, y2024, admitted, an):
    make_form(indicators=[admitted])
    return make_report(organization=cell, period=y2024, by=an)


@pytest.fixture
def clerks(district):
    return [make_account(rights=[Right.ENTER], organization=district) for _ in range(4)]


def writing(report, admitted, number, *, by, seen):
    return lambda: YearlyReport.objects.get(pk=report.pk).write(admitted, Entry("given", Decimal(number)), by=by, seen_version=seen)


@pytest.mark.parametrize("seen", [0, 1])
def test_of_four_who_write_one_cell_one_wins_and_three_see_his_number(report, admitted, an, clerks, seen):
    if seen:
        report.write(admitted, Entry("given", Decimal(50)), by=an)

    results = together(*(writing(report, admitted, number, by=clerk, seen=seen) for number, clerk in enumerate(clerks)))

    assert [type(result) for result in results if result] == [CellConflict] * 3
    figure = Figure.objects.get()
    assert results[int(figure.value)] is None
    assert {conflict.theirs.value for conflict in results if conflict} == {figure.value}
    assert figure.version == seen + 1
    assert LogEntry.objects.about(report).filter(action="write").count() == seen + 1


def test_a_cell_written_while_the_report_is_sent_up_is_either_in_it_or_refused(report, admitted, an, clerks):
    report.write(admitted, Entry("given", Decimal(5)), by=an)

    sent, written = together(lambda: YearlyReport.objects.get(pk=report.pk).take("submit", by=an), writing(report, admitted, 6, by=clerks[0], seen=1))

    kept = LogEntry.objects.about(report).filter(action="submit").first()
    if kept:
        assert kept.snapshot["figures"]["members_admitted"]["value"] == str(int(Figure.objects.get().value))
    assert (sent is None) or (written is None)
    assert Figure.objects.get().value == (6 if written is None else 5)
