"""The demonstration goes into an empty database of a trial, once, through the real steps, and says what is invented."""

import datetime as dt
from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db.models import Sum

from models_registry.models import Registration
from models_registry.results import lines_of
from organizations import tree
from organizations.models import Account, Candidate, LogEntry, Member, Organization, Reference
from organizations.models.log import ACTS
from organizations.review import Status
from partyreports.activities.models import Discipline, Inspection, InspectionPlan, Petition, PlannedDialogue
from partyreports.demo.accounts import DEMO_PASSWORD, demo_accounts
from partyreports.metrics.expected import expected
from partyreports.metrics.models import YearlyReport
from partyreports.periods.models import Period
from partyreports.speeches.models import Speech

THE_TEN = [
    *["da-ron", "ka-don", "lac-lam", "lac-xuan", "mat-tran"],
    *["quan-su", "quang-lap", "trung-tam-nong-nghiep", "trung-tam-y-te", "tuyen-giao"],
]

SIGNS = {
    "lac-xuan": ["38-KH/ĐU 2023-12-28", "118-CV/ĐU 2024-06-14", "119-CV/ĐU 2024-06-25"],
    "lac-lam": ["05-CT/TW None", "27-NQ/TW 2022-11-09", "28-NQ/TW 2022-11-17"],
    "ka-don": ["318/QĐ-TTg 2022-03-08", "1921/QĐ-UBND 2022-10-21", "64-QĐ/ĐU 2022-08-17"],
    "quang-lap": ["14-KL/TW 2021-09-22", "26-CT/HU 2023-09-11", "06-QĐ/ĐU 2020-09-22", "63-KH/ĐU None"],
    "da-ron": ["14-NQ/HU None", "85-NQ/ĐU None", "943-CV/HU 2023-12-21", "78-CV/ĐU 2024-01-10"],
    "quan-su": ["83/KH-BCH 2022-02-21"],
    "tuyen-giao": ["20-CT/TW None"],
    "mat-tran": ["03-QC/HU 2019-08-02", "99-KH/HU 2023-04-25", "08 None", "26-CT/HU 2023-09-11", "05-CT/TW None"],
}

REFERENCES = {
    **{"lac-xuan": 7, "lac-lam": 9, "ka-don": 9, "quang-lap": 10, "da-ron": 6},
    **{"quan-su": 1, "tuyen-giao": 6, "mat-tran": 8, "trung-tam-y-te": 4, "trung-tam-nong-nghiep": 4},
}

MODELS = {
    "lac-xuan": ("Đổi mới, nâng cao chất lượng công tác bồi dưỡng quần chúng ưu tú, tạo nguồn phát triển Đảng viên", ["2024"]),
    "quang-lap": ("Ngày thứ sáu cuối tháng về với khu dân cư – lắng nghe dân nói", ["2024"]),
    "da-ron": (
        "Ủy ban MTTQVN, các đoàn thể chính trị xã hội của xã phấn đấu mỗi đơn vị đào tạo, bồi dưỡng 01 đoàn viên, hội viên "
        "là quần chúng ưu tú để giới thiệu cho Đảng xem xét kết nạp",
        ["2024"],
    ),
    "quan-su": ("Dân quân nắm hộ dân", ["2022"]),
    "mat-tran": ("Mô hình tham mưu tổ chức hội nghị Bí thư Huyện ủy lắng nghe ý kiến các tầng lớp nhân dân", ["2023", "2024"]),
}


def test_a_second_seeding_is_refused_and_changes_nothing(demo, settings):
    settings.DEBUG = True
    before = LogEntry.objects.count()

    with pytest.raises(CommandError):
        call_command("seed_demo")

    assert LogEntry.objects.count() == before


def test_the_command_prints_the_accounts_and_their_password(demo):
    assert DEMO_PASSWORD in demo
    names = [line.split()[0] for line in demo.splitlines()[1:]]
    assert names == ["vanphong", "duyet", "quantri", *(f"bithu-{body}" for body in secretaries_in_order())]


def secretaries_in_order():
    return [
        *["lac-xuan", "lac-lam", "ka-don", "quang-lap", "da-ron"],
        *["quan-su", "tuyen-giao", "mat-tran", "trung-tam-y-te", "trung-tam-nong-nghiep"],
    ]


def test_every_account_is_a_demo_account_and_signs_in_only_on_trial(demo, settings, rf):
    assert Account.objects.count() == demo_accounts().count() == 13
    for debug, expected_name in ((True, "vanphong"), (False, None)):
        settings.DEBUG = debug
        account = authenticate(rf.post("/"), username="vanphong", password=DEMO_PASSWORD)
        assert (account and account.username) == expected_name


def test_rights_are_those_of_each_work(demo):
    held = {
        account.username: sorted((assignment.right, assignment.organization.code) for assignment in account.assignments.all())
        for account in demo_accounts()
    }
    assert held["vanphong"] == [("enter", "don-duong"), ("read", "don-duong")]
    assert held["duyet"] == [("lock", "don-duong"), ("read", "don-duong"), ("review", "don-duong")]
    assert held["quantri"] == [("audit", "don-duong"), ("manage", "don-duong"), ("read", "don-duong")]
    for body in THE_TEN:
        assert held[f"bithu-{body}"] == [("write", body)]


def test_the_ten_reports_of_2024_are_approved_and_four_bodies_have_not_begun(demo):
    year = Period.objects.get(code="2024")
    reports = YearlyReport.objects.filter(period=year)
    asked = {version.organization.code for version in expected(year).select_related("organization")}
    begun = {report.organization.code for report in reports}
    assert Counter(report.status for report in reports) == {Status.APPROVED: 10}
    assert begun == set(THE_TEN)
    assert asked - begun == {"thanh-my", "d-ran", "ka-do", "tu-tra"}
    assert begun - asked == set()


def test_only_2024_is_open_and_each_year_follows_the_one_before(demo):
    assert list(Period.objects.filter(is_open=True).values_list("code", flat=True)) == ["2024"]
    years = Period.objects.years().order_by("code").values_list("code", "previous__code")
    assert list(years) == [("2020", None), ("2021", "2020"), ("2022", "2021"), ("2023", "2022"), ("2024", "2023")]
    assert Period.objects.latest_year().code == "2024"


def test_every_paper_went_through_the_steps_of_two_people(demo):
    papers = [*YearlyReport.objects.all(), *Registration.objects.all(), *Speech.objects.all()]
    assert len(papers) == 19 + 6 + 10
    for paper in papers:
        steps = [entry.action for entry in LogEntry.objects.about(paper) if entry.action in ("submit", "approve")]
        assert (paper.status, steps) == (Status.APPROVED, ["submit", "approve"]), paper
        assert paper.decided_by.username == "duyet"
        assert paper.decided_by_id not in paper.authors()


def test_chi_bo_are_as_many_as_the_bodies_say(demo):
    end = dt.date(2024, 12, 31)

    def cells(code):
        return Counter(version.kind.cell_group for version in tree.children(Organization.objects.get(code=code), on=end))

    assert cells("lac-xuan") == {"rural": 15, "armed_forces": 2, "school": 7}
    assert cells("lac-lam") == {"rural": 10, "military": 1, "police": 1, "school": 3}


def test_a_commune_was_merged_on_the_first_of_december_2024(demo):
    district = Organization.objects.get(code="don-duong")

    def communes(on):
        return {version.organization.code for version in tree.children(district, on=on) if version.kind.code == "dang-bo-xa"}

    assert communes(dt.date(2024, 11, 30)) - communes(dt.date(2024, 12, 1)) == {"p-ro"}
    assert Organization.objects.get(code="quang-lap").versions.count() == 2


def test_cited_documents_stand_in_the_register(demo):
    numbered = {}
    for reference in Reference.objects.filter(number__isnull=False).select_related("organization").order_by("pk"):
        numbered.setdefault(reference.organization.code, []).append(f"{reference.sign} {reference.issued_on}")
    assert numbered == SIGNS
    assert Counter(Reference.objects.values_list("organization__code", flat=True)) == REFERENCES


def test_working_models_have_their_official_titles_and_years(demo):
    found = {}
    for registration in Registration.objects.all():
        _, years = found.get(registration.organization.code, ("", []))
        found[registration.organization.code] = (registration.title, sorted([*years, *(period.code for period in registration.periods.all())]))
    assert found == MODELS
    launched = Registration.objects.get(organization__code="quang-lap")
    assert (launched.launched_on, launched.working_group_size) == (dt.date(2024, 3, 29), 18)


def test_working_models_tell_what_came_of_them(demo):
    def table(code):
        registration = Registration.objects.filter(organization__code=code).order_by("pk").last()
        return [(line.before.shown, line.after.shown, line.change) for line in lines_of(registration)]

    assert table("lac-xuan") == [
        ("07/29 (24,14%)", "05/9 (55,56%)", "tăng 31,42 điểm %"),
        ("03", "05", "tăng 02"),
        ("08", "35", "tăng 27"),
    ]
    assert table("da-ron") == [("03", "05", "tăng 02")]
    first, second = Registration.objects.filter(organization__code="mat-tran").order_by("pk")
    assert (first.years.get().state, second.years.get().state) == ("continued", "summed_up")
    assert [(link.earlier, link.kind) for link in second.links_back.all()] == [(first, "continues")]


def test_no_register_of_activities_is_empty(demo):
    assert set(Petition.objects.values_list("state", flat=True)) == set(Petition.State)
    assert Discipline.objects.filter(decided_on__year=2024).aggregate(Sum("count"))["count__sum"] == 9
    assert PlannedDialogue.objects.filter(norm__cadence="quarterly").values("organization").distinct().count() == 11
    without_plan = Inspection.objects.filter(in_programme=True).exclude(organization__in=InspectionPlan.objects.values("organization"))
    assert [row.organization.code for row in without_plan] == ["ka-do"]


def test_invented_people_are_marked(demo):
    assert Member.objects.exists()
    assert not Member.objects.filter(is_invented=False).exists()
    assert not Candidate.objects.filter(is_invented=False).exists()


def test_every_act_of_the_log_has_its_words(demo):
    assert sorted(set(LogEntry.objects.values_list("action", flat=True)) - set(ACTS)) == []
