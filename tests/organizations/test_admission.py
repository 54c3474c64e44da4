"""The rules on admission: months, working days and validity by date, what is due when, and what is counted for the figures."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from organizations import admissions_counted as counted
from organizations.admission import THRESHOLDS, load_admission_rules, next_stages, reminders, reminders_of, warnings
from organizations.days import add_months, add_working_days, end_of_month, is_working_day, knows_holidays_of, months_by_calendar
from organizations.models import AdmissionRule, Candidate, LogEntry, Stage, StageTaken
from organizations.models.admission_rules import described
from tests import makers

from .test_candidates import DAYS, up_to, url

TODAY = dt.date(2026, 11, 22)
YEAR = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 11, 15), 12, dt.date(2024, 11, 15)),
        (dt.date(2024, 3, 15), -3, dt.date(2023, 12, 15)),
    ],
)
def test_months_end_with_the_month_they_fall_in(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("decided", "number", "due"),
    [
        (dt.date(2024, 1, 22), 30, dt.date(2024, 3, 11)),  # Tết 2024: 08 to 14/02
        (dt.date(2024, 7, 1), 30, dt.date(2024, 8, 12)),  # six plain weeks
        (dt.date(2024, 4, 26), 5, dt.date(2024, 5, 7)),  # 29/4 to 01/5 off, Saturday 04/5 worked
        (dt.date(2025, 1, 24), 1, dt.date(2025, 2, 3)),  # the last day before Tết 2025
        (dt.date(2026, 4, 24), 1, dt.date(2026, 4, 28)),  # Giỗ Tổ on a Sunday: Monday off in its place
    ],
)
def test_working_days_leave_out_weekends_and_holidays(decided, number, due):
    assert add_working_days(decided, number) == due


def test_the_fixed_holidays_are_left_out_of_every_year_and_the_others_of_the_years_listed():
    assert [is_working_day(dt.date(2030, *day)) for day in ((1, 1), (4, 30), (5, 1), (9, 2))] == [False] * 4
    assert [knows_holidays_of(year) for year in (2022, 2023, 2027, 2028)] == [False, True, True, False]


# --- rules ------------------------------------------------------------------------------------------------------------


def resolved(cell, *, born, on, **fields):
    days = {stage: day - (DAYS[Stage.CELL_RESOLVED] - on) for stage, day in up_to(Stage.CELL_RESOLVED).items()}
    return makers.make_candidate(organization=cell, born_on=born, days=days, **fields)


@pytest.mark.parametrize(
    ("born", "sentence"),
    [
        (dt.date(2006, 4, 30), None),  # 18 in the month of the resolution: enough
        (dt.date(2006, 5, 1), "Mới 17 tuổi 11 tháng khi chi bộ ra nghị quyết (02/04/2024): chưa đủ 18 tuổi, tính theo tháng."),
        (dt.date(1964, 4, 1), None),  # 60 in that month: still
        (dt.date(1964, 3, 31), "Đã 60 tuổi 1 tháng khi chi bộ ra nghị quyết (02/04/2024): quá 60 tuổi, tính theo tháng."),
    ],
)
def test_age_counts_by_months_when_the_chi_bo_resolves(born, sentence, cell):
    candidate = resolved(cell, born=born, on=dt.date(2024, 4, 2))

    assert [caution.sentence for caution in warnings(candidate, AdmissionRule.objects.book(), on=TODAY)] == ([sentence] if sentence else [])
    assert months_by_calendar(born, dt.date(2024, 4, 2)) in (215, 216, 720, 721)


def test_a_certificate_out_of_date_a_late_ceremony_and_an_early_confirmation_are_told(cell):
    days = {**DAYS, Stage.CERTIFIED: dt.date(2018, 12, 31), Stage.SENT: dt.date(2018, 12, 1), Stage.OUTSTANDING: dt.date(2018, 1, 1)}
    days |= {Stage.ADMITTED: dt.date(2024, 3, 12), Stage.OFFICIAL: dt.date(2025, 3, 11)}
    candidate = makers.make_candidate(organization=cell, days=days)

    assert [caution.sentence for caution in warnings(candidate, AdmissionRule.objects.book(), on=TODAY)] == [
        "Giấy chứng nhận chỉ còn giá trị đến 31/12/2023, trước ngày quyết định (22/01/2024).",
        "Lễ kết nạp sau thời hạn 30 ngày làm việc kể từ ngày quyết định (hạn 11/03/2024).",
        "Công nhận chính thức khi chưa hết 12 tháng dự bị (đến 12/03/2025).",
    ]


@pytest.mark.parametrize(
    ("left", "sentences"),
    [
        (None, ["Chưa ghi ngày ra khỏi Đảng trước đây: chưa tính được thời hạn 36 tháng để kết nạp lại."]),
        (dt.date(2021, 4, 3), ["Chưa đủ 36 tháng kể từ ngày ra khỏi Đảng: xem xét kết nạp lại từ 03/04/2024."]),
        (dt.date(2021, 4, 2), []),
    ],
)
def test_whoever_is_admitted_again_waits_36_months(left, sentences, cell):
    candidate = resolved(cell, born=dt.date(1990, 1, 1), on=dt.date(2024, 4, 2), is_readmission=True, left_party_on=left)

    assert [caution.sentence for caution in warnings(candidate, AdmissionRule.objects.book(), on=TODAY)] == sentences


def test_rules_are_read_by_date_and_the_file_serves_until_they_are_loaded(db):
    before = AdmissionRule.objects.book()
    assert load_admission_rules() == len(described()) == 7
    assert load_admission_rules() == 0
    AdmissionRule.objects.filter(code="ceremony").update(valid_to=dt.date(2026, 8, 1))
    AdmissionRule.objects.create(code="ceremony", name="x", value=20, unit="ngày làm việc", source="y", valid_from=dt.date(2026, 8, 1))
    book = AdmissionRule.objects.book()

    assert [before.number("ceremony", day) for day in (dt.date(1999, 1, 1), TODAY)] == [30, 30]
    assert [book.number("ceremony", day) for day in (dt.date(2026, 7, 31), dt.date(2026, 8, 1))] == [30, 20]
    assert book.number("unknown", TODAY) is None


def test_a_source_known_at_second_hand_is_marked_until_somebody_writes_the_text(manager, signed_in):
    mark, client = "đối chiếu văn bản gốc trước khi viện dẫn", signed_in(manager)
    before = client.get(url("admission_rules")).content.decode().count(mark)

    client.post(url("edit_admission_rule", "ceremony"), {"value": "30", "source": "Quy định 24-QĐ/TW", "valid_from": "30/07/2021"})

    assert (before, client.get(url("admission_rules")).content.decode().count(mark)) == (3, 2)
    assert not [rule.source for rule in described() if "đối chiếu" in rule.source]


def test_no_rule_holds_before_the_paper_that_it_stands_on():
    """A source says its day; the validity does not begin earlier."""
    dated = {rule.code: rule for rule in described() if "30/7/2021" in rule.source}

    assert set(dated) == {"oldest", "schooling"}
    assert {rule.valid_from for rule in dated.values()} == {dt.date(2021, 7, 30)}


def test_the_administrator_adds_the_next_validity_and_the_one_before_stays(manager, an, signed_in):
    client = signed_in(manager)
    assert "Ghi giá trị mới" in client.get(url("admission_rules")).content.decode()
    early = client.post(url("add_admission_rule", "ceremony"), {"value": "20", "source": "Quy định mới", "valid_from": "01/01/2010"})
    response = client.post(url("add_admission_rule", "ceremony"), {"value": "20", "source": "Quy định mới", "valid_from": "01/08/2026"})

    assert early.context["form"].errors == {"valid_from": ["Chọn một ngày sau 19/01/2011, ngày giá trị trước bắt đầu."]}
    assert response.status_code == 302
    rules = AdmissionRule.objects.filter(code="ceremony").order_by("valid_from").values_list("value", "valid_from", "valid_to")
    assert list(rules) == [(30, dt.date(2011, 1, 19), dt.date(2026, 8, 1)), (20, dt.date(2026, 8, 1), None)]
    assert AdmissionRule.objects.count() == 8
    line = LogEntry.objects.filter(subject="organizations.admissionrule").get()
    assert (line.before["value"], line.after["value"]) == ("30", "20")
    assert signed_in(an).get(url("add_admission_rule", "ceremony")).status_code == 403
    assert "Ghi giá trị mới" not in signed_in(an).get(url("admission_rules")).content.decode()


def test_the_last_validity_is_put_right_and_the_one_before_ends_where_it_begins(manager, signed_in):
    client = signed_in(manager)
    client.post(url("add_admission_rule", "ceremony"), {"value": "200", "source": "Quy định mới", "valid_from": "01/08/2026"})
    html = client.get(url("edit_admission_rule", "ceremony")).content.decode()
    assert ('value="200"' in html, 'value="01/08/2026"' in html) == (True, True)

    client.post(url("edit_admission_rule", "ceremony"), {"value": "20", "source": "Quy định mới", "valid_from": "02/08/2026"})

    rules = AdmissionRule.objects.filter(code="ceremony").order_by("valid_from").values_list("value", "valid_from", "valid_to")
    assert list(rules) == [(30, dt.date(2011, 1, 19), dt.date(2026, 8, 2)), (20, dt.date(2026, 8, 2), None)]
    assert client.get(url("edit_admission_rule", "unknown")).status_code == 404


def test_a_rule_ends_after_it_begins(db):
    with pytest.raises(IntegrityError):
        AdmissionRule.objects.create(code="x", name="x", value=1, unit="x", source="x", valid_from=dt.date(2024, 1, 1), valid_to=dt.date(2024, 1, 1))


# --- reminders --------------------------------------------------------------------------------------------------------


def test_the_next_stages_lead_on_first_and_late_ones_after(cell):
    days = {stage: day for stage, day in up_to(Stage.DECIDED).items() if stage not in (Stage.SENT, Stage.COMMITTEE_RESOLVED)}
    candidate = makers.make_candidate(organization=cell, days=days)

    assert next_stages(candidate) == [Stage.ADMITTED, Stage.SENT, Stage.COMMITTEE_RESOLVED]


@pytest.mark.parametrize("days_left", [*THRESHOLDS, 91, 0, -1])
def test_a_probation_that_ends_is_spoken_of_at_each_threshold(days_left, an, cell):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))
    on = dt.date(2025, 2, 3) - dt.timedelta(days=days_left)

    found, total = reminders(an, on=on)

    if days_left > 90:
        assert (found, total) == ([], 0)
        return
    (reminder,) = found
    assert (reminder.candidate, reminder.deadline.kind, reminder.due_on, reminder.days_left, total) == (
        candidate,
        "probation",
        dt.date(2025, 2, 3),
        days_left,
        1,
    )
    assert reminder.threshold == {0: 7, -1: 0}.get(days_left, days_left)
    assert reminder.time_left == {0: "hạn hôm nay", -1: "quá hạn 1 ngày"}.get(days_left, f"còn {days_left} ngày")


def test_each_kind_of_deadline_is_found_overdue_first(an, cell):
    on = dt.date(2024, 2, 1)
    makers.make_candidate(organization=cell, full_name="Lễ", days=up_to(Stage.DECIDED))  # 11/03/2024
    makers.make_candidate(organization=cell, full_name="Dự Bị", days={**up_to(Stage.ADMITTED), **_earlier(400)})
    makers.make_candidate(
        organization=cell, full_name="Chứng Nhận", days={Stage.OUTSTANDING: dt.date(2019, 1, 1), Stage.CERTIFIED: dt.date(2019, 4, 1)}
    )
    makers.make_candidate(organization=cell, full_name="Sáu Mươi", born_on=dt.date(1964, 3, 8))
    makers.make_candidate(organization=cell, full_name="Còn Lâu", days=up_to(Stage.CERTIFIED))

    found, total = reminders(an, on=on)

    assert [(str(reminder.candidate), reminder.deadline.kind, reminder.due_on) for reminder in found] == [
        ("Dự Bị", "probation", dt.date(2023, 12, 30)),
        ("Lễ", "ceremony", dt.date(2024, 3, 11)),
        ("Sáu Mươi", "oldest", dt.date(2024, 3, 31)),
        ("Chứng Nhận", "certificate", dt.date(2024, 4, 1)),
    ]
    assert total == 4
    assert [kind for kind in (r.deadline.kind for r in reminders_of(found[1].candidate, AdmissionRule.objects.book(), on=on))] == ["ceremony"]


def _earlier(days):
    return {stage: day - dt.timedelta(days=days) for stage, day in up_to(Stage.ADMITTED).items()}


def test_nothing_is_due_for_whoever_has_stopped_is_confirmed_or_has_left(an, cell):
    makers.make_candidate(organization=cell, days=DAYS)
    makers.make_candidate(organization=cell, born_on=dt.date(1964, 3, 8)).stop("died", on=dt.date(2024, 1, 20), by=an)
    gone = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))
    gone.member.stays.model.objects.leave(gone.member, on=dt.date(2024, 12, 1), departure="died", by=None)

    assert reminders(an, on=dt.date(2025, 2, 1)) == ([], 0)


@pytest.mark.parametrize("number", [1, 3, 50])
def test_reminders_ask_the_same_however_many_there_are(number, an, cell, signed_in, django_assert_num_queries):
    rows = Candidate.objects.bulk_create(
        Candidate(organization=cell, full_name=f"Người {n}", gender="male", born_on=dt.date(1995, 1, 1), stage="decided") for n in range(number)
    )
    StageTaken.objects.bulk_create(StageTaken(candidate=row, organization=cell, stage="decided", taken_on=dt.date(2024, 1, 22)) for row in rows)
    client = signed_in(an)
    client.get(url("reminders"))

    with django_assert_num_queries(11), time_machine.travel(dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        context = client.get(url("reminders")).context
    assert (context["total"], len(context["rows"])) == (number, number)


def test_the_page_of_what_is_due_is_narrowed_to_a_branch_and_to_what_is_overdue(an, cell, signed_in):
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=cell)
    makers.make_candidate(organization=cell, full_name="Lê Văn Xã", days=up_to(Stage.DECIDED))
    makers.make_candidate(organization=leaf, full_name="Lê Văn Thôn", days={**up_to(Stage.ADMITTED), **_earlier(400)})
    client = signed_in(an)

    def names(**filters):
        with time_machine.travel(dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), tick=False):
            return [str(reminder.candidate) for reminder, _ in client.get(url("reminders"), filters).context["rows"]]

    assert names() == ["Lê Văn Thôn", "Lê Văn Xã"]
    assert names(to_chuc="chi bo thon 1") == ["Lê Văn Thôn"]
    assert names(trong="-1") == ["Lê Văn Thôn"]
    assert names(trong="7") == ["Lê Văn Thôn"]


def test_others_have_nothing_due_there(chi, cell, signed_in):
    makers.make_candidate(organization=cell, days=up_to(Stage.DECIDED))

    assert reminders(chi, on=dt.date(2024, 3, 1)) == ([], 0)
    assert signed_in(chi).get(reverse("organizations:reminders")).context["rows"] == []


# --- counted for the figures ------------------------------------------------------------------------------------------


def test_what_happened_in_a_period_is_counted_where_and_when_it_happened(cell):
    one = makers.make_candidate(organization=cell, days=DAYS, is_rural=True, in_service=True, is_village_guard=True)
    makers.make_candidate(organization=cell, days={**up_to(Stage.DECIDED)})  # decided, no ceremony yet: not admitted

    def people(rows):
        return [row.candidate for row in rows]

    assert people(counted.admitted(*YEAR)) == [one]
    assert people(counted.admitted(*YEAR, by_ceremony=True)) == [one]
    assert people(counted.with_mark(counted.admitted(*YEAR), "rural")) == [one]
    assert people(counted.with_mark(counted.admitted(*YEAR), "religious")) == []
    assert counted.sent(dt.date(2023, 1, 1), dt.date(2023, 5, 10)).count() == 2
    assert counted.files(*YEAR).count() == 0
    assert counted.with_mark(counted.checked(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), "security_team").count() == 1
    assert people(counted.with_mark(counted.made_official(dt.date(2025, 1, 1), dt.date(2025, 12, 31)), "military_service")) == [one]


def test_the_list_on_a_day_leaves_out_whoever_was_admitted_or_had_stopped(an, cell):
    makers.make_candidate(organization=cell, full_name="Kết Nạp", days=DAYS)
    makers.make_candidate(organization=cell, full_name="Thôi").stop("moved", on=dt.date(2024, 6, 1), by=an)

    def names(rows):
        return sorted(str(row) for row in rows)

    assert names(counted.candidates_on(dt.date(2024, 1, 20))) == ["Kết Nạp", "Thôi"]
    assert names(counted.certified_on(dt.date(2024, 1, 20))) == ["Kết Nạp"]
    assert names(counted.candidates_on(dt.date(2024, 3, 1))) == ["Thôi"]
    assert names(counted.candidates_on(dt.date(2024, 6, 1))) == []
    assert end_of_month(dt.date(2024, 2, 3)) == dt.date(2024, 2, 29)
