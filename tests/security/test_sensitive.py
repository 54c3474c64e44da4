"""Religion and ethnic group of a person: two yes/no marks that no page, file, filter, order or line of the log tells."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction

from organizations.models import Candidate, LogEntry, Member
from organizations.review import Status
from partyreports.metrics.models import Figure

from .matrix import PAGES, ROLES, expected, offers
from .pages import ELSEWHERE, HERE, readable, targets, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
READ = [name for name in PAGES if offers(name, "GET")]
MARKS = ("is_religious", "is_ethnic_minority")
ASKED = [f"{word}={value}" for word in (*MARKS, "co_dao", "dan_toc", "sort", "order", "sap_xep", "o") for value in ("1", "0", "on", "is_religious")]
NOW = dt.datetime.now(tz=dt.UTC)
SEARCHED = ("co dao", "có đạo", "dan toc thieu so", "religious", "ethnic", "True")


@pytest.fixture(autouse=True)
def standing_clock(asker):
    """Papers and workbooks say when they were made: at one moment here."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("name", READ)
def test_no_page_differs_by_the_marks_of_members(name, asker):
    """The same page, byte for byte, whether everybody has the marks or nobody: headers, workbooks and the log too."""
    differing = []
    for role, target in readable(name):
        url = url_of(asker.world, target)
        texts = {with_marks: page_with(asker, role, url, with_marks) for with_marks in (True, False)}
        differing += [(role, url)] * (texts[True] != texts[False])

    assert differing == []


def page_with(asker, role, url, with_marks):
    with transaction.atomic():
        for table in (Member, Candidate):
            table.objects.update(is_religious=with_marks, is_ethnic_minority=with_marks)
        answer = asker.ask(role, "GET", url)
        transaction.set_rollback(True)
    return answer.status, answer.words


@pytest.mark.parametrize("table", [Member, Candidate])
@pytest.mark.parametrize("role", ["secretary", "clerk", "reviewer", "auditor"])
def test_no_filter_order_or_search_tells_the_marks(role, table, asker):
    """One person has them, the other has not: whatever is asked for, both stand in the list as before."""
    mark, folder = {Member: ("ten", "dang-vien"), Candidate: ("quan-chung", "quan-chung")}[table]
    table.objects.update(is_religious=True, is_ethnic_minority=True)
    table.objects.filter(organization=asker.world.of("organization", "a2")).update(is_religious=False, is_ethnic_minority=False)
    address = f"/to-chuc/{folder}/"
    usual = names(mark, asker.ask(role, "GET", address).body)

    assert usual
    for words in ASKED:
        assert names(mark, asker.ask(role, "GET", f"{address}?{words}").body) == usual, words
    for words in SEARCHED:
        for page in (address, "/tim-kiem/"):
            assert names(mark, asker.ask(role, "GET", f"{page}?q={words}").body) == [], words


def names(mark, body):
    return [commune for commune in ("a1", "a2", "b1", "b2") if f"⟦nguoi-{commune}-{mark}⟧" in body]


@pytest.mark.parametrize(("kind", "folder"), [("member", "dang-vien"), ("candidate", "quan-chung")])
def test_the_marks_are_shown_for_one_purpose_to_who_enters_or_reviews(kind, folder, asker):
    member = asker.world.of(kind, HERE)
    url = f"/to-chuc/{folder}/{member.pk}/thong-tin-che/"

    shown = {role: asker.ask(role, "POST", url, {"purpose": "report"}) for role in ROLES}

    assert {role for role, answer in shown.items() if answer.status == 200} == {"clerk", "reviewer"}
    for role in ("clerk", "reviewer"):
        (entry,) = shown[role].entries
        assert (entry.action, entry.subject_pk, entry.note) == ("show", member.pk, "Lập số liệu báo cáo năm")
        assert not any(word in str([entry.before, entry.after, entry.snapshot, entry.place]).lower() for word in (*MARKS, "có đạo", "true"))
    # Without a purpose nothing is shown, and nothing is written.
    assert asker.ask("clerk", "POST", url, {"purpose": ""}).entries == []
    assert asker.ask("clerk", "POST", url, {"purpose": "to-mo"}).entries == []


def test_the_log_of_written_marks_does_not_say_what_they_are(asker):
    member = asker.world.of("member", HERE)

    answer = asker.ask("clerk", "POST", f"/to-chuc/dang-vien/{member.pk}/ghi-thong-tin-che/", {"is_ethnic_minority": "on"})

    assert answer.changes == ["organizations.Member"]
    (entry,) = answer.entries
    assert (entry.before, entry.after, entry.snapshot) == (None, None, None)


def test_the_log_holds_no_mark_after_everything_that_can_be_done(asker, bodies):
    """The words of the marks stand in no line that any act on a member or candidate writes."""
    acts = ("add_member", "edit_member", "show_marks", "write_marks", "add_candidate", "edit_candidate", "exit_candidate", "take_stage")
    for name in (f"organizations:{act}" for act in (*acts, "show_candidate_marks", "write_candidate_marks")):
        for target in targets(name, (HERE,)):
            answer = asker.ask("clerk", "POST", url_of(asker.world, target), bodies.of(target))
            assert answer.entries, name
            for entry in answer.entries:
                assert not set(MARKS) & set({**(entry.before or {}), **(entry.after or {})})


def test_small_cells_of_a_summary_are_for_the_reporting_line(asker):
    """Four people in two communes: whoever only reads sees the total, and nothing by which to tell 1 and 3 from 2 and 2."""
    branch = asker.world.of("branch-a", "").pk
    splits = [{"a1": 1, "a2": 3}, {"a1": 2, "a2": 2}, {"a1": 3, "a2": 1}]
    for page in ("", "excel/"):
        url = f"/tong-ket/{page}?nhanh={branch}&ky=2024"
        for role in ("reader", "auditor"):
            assert texts(asker, role, url, splits) == 1, (role, page)
        assert texts(asker, "clerk", url, splits) == 3


def texts(asker, role, url, splits):
    """How many different answers these small numbers give: one when none of them can be told."""
    found = set()
    for split in splits:
        for commune, number in split.items():
            of_commune = Figure.objects.filter(report__organization=asker.world.of("organization", commune))
            of_commune.filter(indicator__breakdown="religious").update(value=number)
        found.add(asker.ask(role, "GET", url).words)
    return len(found)


@pytest.mark.parametrize("name", ["metrics:show", "metrics:history", "metrics:cell", "metrics:compare"])
def test_small_cells_of_one_report_are_for_the_reporting_line(name, asker):
    """Whoever may only read does not learn from the report itself what the summary hides."""
    target = next(target for target in targets(name, (HERE,)) if target.state == Status.APPROVED)
    for role in ("reader", "auditor"):
        if expected(target, "GET", role) != 200:
            continue
        url = url_of(asker.world, target)
        assert texts(asker, role, url, [{"a1": 1}, {"a1": 2}]) == 1, role


def test_nothing_of_another_district_is_counted(asker):
    """Totals and counts do not move when something changes outside the branch."""
    for role in ("clerk", "reader", "auditor", "secretary"):
        for name in READ:
            pair = next(((who, target) for who, target in readable(name) if who == role), None)
            if pair is None or name == "organizations:log":
                continue
            url = url_of(asker.world, pair[1])
            before = asker.ask(role, "GET", url).words
            with transaction.atomic():
                for kind in ("member", "reference"):
                    asker.world.of(kind, ELSEWHERE)._meta.model.objects.filter(organization=asker.world.of("organization", ELSEWHERE)).delete()
                Figure.objects.filter(report__organization=asker.world.of("organization", ELSEWHERE)).delete()
                LogEntry.write("change", by=None, about=asker.world.of("organization", ELSEWHERE))
                after = asker.ask(role, "GET", url).words
                transaction.set_rollback(True)
            assert after == before, (role, name)
