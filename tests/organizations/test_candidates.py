"""The register of candidates: written by those who enter or write, one person's path stage by stage, the ceremony that makes a member."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from organizations import admissions_counted as counted
from organizations.models import Candidate, LogEntry, Member, Right, Stage, StageTaken, Stay
from organizations.models.stages import STEPS, StageRefused, open_stages
from tests import makers

DAYS = {
    Stage.OUTSTANDING: dt.date(2023, 3, 1),
    Stage.SENT: dt.date(2023, 5, 10),
    Stage.CERTIFIED: dt.date(2023, 5, 25),
    Stage.CHECKED: dt.date(2023, 9, 5),
    Stage.FILED: dt.date(2023, 10, 2),
    Stage.CELL_RESOLVED: dt.date(2023, 11, 3),
    Stage.COMMITTEE_RESOLVED: dt.date(2023, 12, 1),
    Stage.DECIDED: dt.date(2024, 1, 22),
    Stage.ADMITTED: dt.date(2024, 2, 3),
    Stage.OFFICIAL: dt.date(2025, 3, 20),
}
TYPED = {
    "organization": "Đảng ủy xã Mẫu",
    "full_name": "Đỗ Thị Nguồn",
    "gender": "female",
    "born_on": "19/05/2000",
    "listed_on": "05/01/2024",
    "introduced_by": "Đoàn Thanh niên xã",
    "has_schooling": "on",
    "is_youth": "on",
}


def up_to(stage):
    """The days of every stage from the first to `stage`."""
    return {each: DAYS[each] for each in list(Stage)[: list(Stage).index(stage) + 1]}


def url(name, *args):
    return reverse(f"organizations:{name}", args=args)


@pytest.fixture
def candidate(cell):
    return makers.make_candidate(organization=cell, is_ethnic_minority=True, is_religious=True, is_youth=True)


# --- the path ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.OUTSTANDING])
def test_a_stage_needs_those_before_it(stage, cell):
    before = {each: DAYS[each] for each in Stage if each not in (stage, Stage.SENT, Stage.COMMITTEE_RESOLVED)}
    needed = STEPS[stage].needs[0]
    taken = {each: day for each, day in before.items() if day <= DAYS[stage] and each != needed and needed not in STEPS[each].needs}
    candidate = Candidate.objects.create(organization=cell, full_name="Người Mới", gender="male", born_on=dt.date(1990, 1, 1))
    for each, day in taken.items():
        if set(STEPS[each].needs) <= set(candidate.taken):
            candidate.take(each, on=day, by=None)

    with pytest.raises(StageRefused) as refused:
        candidate.take(stage, on=DAYS[stage], by=None)

    assert refused.value.reason == "order"
    assert not candidate.stages.filter(stage=stage).exists()


def test_the_class_and_the_committee_may_be_recorded_late_or_never():
    assert open_stages({Stage.OUTSTANDING}) == [Stage.SENT, Stage.CERTIFIED, Stage.CHECKED]
    decided = {stage for stage in up_to(Stage.DECIDED) if stage not in (Stage.SENT, Stage.COMMITTEE_RESOLVED)}
    assert open_stages(decided) == [Stage.SENT, Stage.COMMITTEE_RESOLVED, Stage.ADMITTED]


@pytest.mark.parametrize(
    ("stage", "day", "sentence"),
    [
        (Stage.CERTIFIED, dt.date(2023, 5, 9), "Bước “có giấy chứng nhận” không thể trước bước “cử học lớp nhận thức về Đảng” (10/05/2023)."),
        (Stage.OUTSTANDING, dt.date(2023, 5, 11), "Bước “quần chúng ưu tú” không thể sau bước “cử học lớp nhận thức về Đảng” (10/05/2023)."),
        (Stage.CERTIFIED, dt.date(2999, 1, 1), "Ngày 01/01/2999 chưa đến: nhập ngày từ hôm nay trở về trước."),
    ],
)
def test_days_stand_in_the_order_of_the_stages(stage, day, sentence, cell):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.CERTIFIED))

    with pytest.raises(StageRefused) as refused:
        candidate.correct(stage, on=day, by=None)

    assert refused.value.sentence == sentence
    assert StageTaken.objects.get(candidate=candidate, stage=stage).taken_on == DAYS[stage]


def test_the_ceremony_makes_a_probationary_member_and_carries_the_marks_over(an, candidate, cell):
    for stage, day in list(DAYS.items())[1:-1]:
        candidate.take(
            stage, on=dt.date(2024, 1, 15) if day < dt.date(2024, 1, 15) else day, number="12-QĐ/HU" if stage == Stage.DECIDED else "", by=an
        )

    member = Member.objects.get()
    assert candidate.member == member
    assert (member.full_name, member.standing, member.admitted_on, member.official_on) == (
        candidate.full_name,
        "probationary",
        dt.date(2024, 1, 22),  # the decision: the years in the Party count from it
        None,
    )
    assert (member.is_ethnic_minority, member.is_religious, member.born_on, member.organization) == (True, True, candidate.born_on, cell)
    stay = member.stays.get()
    assert (stay.since, stay.arrived_by, stay.arrival_basis, stay.until) == (dt.date(2024, 2, 3), "admitted", "12-QĐ/HU", None)


def test_whoever_is_confirmed_late_is_official_from_the_end_of_his_probation(cell):
    candidate = makers.make_candidate(organization=cell, days=DAYS)

    member = candidate.member
    member.refresh_from_db()
    assert (member.standing, member.official_on) == ("official", dt.date(2025, 2, 3))
    assert candidate.stages.get(stage=Stage.OFFICIAL).taken_on == dt.date(2025, 3, 20)


def test_a_corrected_decision_or_ceremony_moves_the_days_of_the_member(an, cell):
    candidate = makers.make_candidate(organization=cell, days=DAYS)

    candidate.correct(Stage.DECIDED, on=dt.date(2024, 1, 20), number="9-QĐ/HU", by=an)
    candidate.correct(Stage.ADMITTED, on=dt.date(2024, 2, 5), by=an)

    member = Member.objects.get()
    assert (member.admitted_on, member.official_on, member.stays.get().since) == (dt.date(2024, 1, 20), dt.date(2025, 2, 5), dt.date(2024, 2, 5))
    line = LogEntry.objects.about(candidate).filter(action="correct_stage").first()
    assert (line.place, line.before, line.after) == (
        "quyết định kết nạp",
        {"day": "22/01/2024", "paper": ""},
        {"day": "20/01/2024", "paper": "9-QĐ/HU"},
    )


def test_a_ceremony_written_by_mistake_takes_the_member_off_the_roster(an, cell):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))

    with pytest.raises(StageRefused):
        candidate.take_back(Stage.DECIDED, by=an)
    candidate.take_back(Stage.ADMITTED, by=an)

    candidate.refresh_from_db()
    assert (candidate.member, candidate.stage, Member.objects.count()) == (None, Stage.DECIDED, 0)


def test_a_stage_is_written_once_and_by_whoever_may_write_now(an, chi, binh, candidate):
    candidate.take(Stage.SENT, on=dt.date(2024, 3, 1), by=an)

    with pytest.raises(StageRefused) as refused:
        Candidate.objects.get().take(Stage.SENT, on=dt.date(2024, 3, 2), by=an)
    assert refused.value.reason == "state"
    for other in (chi, binh):
        with pytest.raises(PermissionDenied):
            candidate.take(Stage.CERTIFIED, on=dt.date(2024, 4, 1), by=other)
    an.assignments.update(valid_to=dt.date(2020, 1, 1))
    with pytest.raises(PermissionDenied):
        candidate.take(Stage.CERTIFIED, on=dt.date(2024, 4, 1), by=an)
    assert set(StageTaken.objects.values_list("stage", flat=True)) == {Stage.OUTSTANDING, Stage.SENT}


# --- the exits --------------------------------------------------------------------------------------------------------


def test_what_may_be_kept_only_on_the_way_is_deleted_with_an_exit_and_the_log_does_not_tell_it(an, candidate):
    candidate.take(Stage.CHECKED, on=dt.date(2024, 6, 11), by=an)

    candidate.stop("withdrawn", on=dt.date(2024, 7, 1), by=an)

    candidate.refresh_from_db()
    assert (candidate.is_ethnic_minority, candidate.is_religious, candidate.stage, candidate.exit) == (False, False, "outstanding", "withdrawn")
    assert not candidate.stages.filter(stage=Stage.CHECKED).exists()
    lines = LogEntry.objects.about(candidate)
    assert [line.action for line in lines] == ["take_stage", "take_stage", "forget", "stop"]
    assert not [line for line in lines if "11/06/2024" in str([line.before, line.after, line.note, line.snapshot])]


def test_whoever_is_not_confirmed_leaves_the_roster(an, cell):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED), is_religious=True)

    with pytest.raises(StageRefused):
        candidate.stop("dropped", on=dt.date(2025, 3, 1), by=an)
    candidate.stop("not_confirmed", on=dt.date(2025, 3, 1), by=an)

    member = Member.objects.get()
    stay = member.stays.get()
    assert (stay.until, stay.left_by, member.is_active, member.is_religious) == (dt.date(2025, 3, 1), "struck", False, True)
    assert list(counted.not_made_official(dt.date(2025, 1, 1), dt.date(2025, 12, 31))) == [candidate]


def test_not_being_confirmed_is_undone_by_a_button_and_the_roster_is_as_it_was(an, cell, signed_in):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))
    candidate.stop("not_confirmed", on=dt.date(2025, 3, 1), by=an)
    client = signed_in(an)
    assert "Theo dõi trở lại" in client.get(url("candidate", candidate.pk)).content.decode()

    assert client.post(url("resume_candidate", candidate.pk)).status_code == 302

    candidate.refresh_from_db()
    stay = candidate.member.stays.get()
    assert (candidate.exit, candidate.member.is_active, stay.until, stay.left_by) == ("", True, None, "")
    assert candidate.take(Stage.OFFICIAL, on=DAYS[Stage.OFFICIAL], by=an)


def test_an_exit_that_the_roster_tells_otherwise_by_now_is_not_undone(an, cell, signed_in):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))
    candidate.stop("not_confirmed", on=dt.date(2025, 3, 1), by=an)
    stay = candidate.member.stays.get()
    Stay.objects.correct(stay, until=dt.date(2025, 3, 2), by=an)

    assert signed_in(an).post(url("resume_candidate", candidate.pk)).status_code == 409
    candidate.refresh_from_db()
    assert candidate.exit == "not_confirmed"


def test_a_name_put_right_in_the_roster_is_put_right_here(an, cell, signed_in):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))
    facts = {"organization": str(cell.pk), "full_name": "Đỗ Thị Nguyên", "gender": "female", "birth_year": "1999", "born_on": "19/05/1999"}
    typed = {**facts, "standing": "probationary", "admitted_on": "22/01/2024"}

    client, address = signed_in(an), url("edit_member", candidate.member_id)
    form = client.post(address, typed).context
    if form:
        client.post(address, {**typed, "confirmed": form["form"].answer})

    candidate.refresh_from_db()
    assert (candidate.full_name, candidate.gender, candidate.born_on) == ("Đỗ Thị Nguyên", "female", dt.date(1999, 5, 19))
    assert "do thi nguyen" in candidate.search
    assert LogEntry.objects.about(candidate).latest("pk").after["full_name"] == "Đỗ Thị Nguyên"


def test_nobody_is_refused_confirmation_before_he_is_a_member(an, candidate):
    with pytest.raises(StageRefused):
        candidate.stop("not_confirmed", on=dt.date(2025, 3, 1), by=an)


# --- the pages --------------------------------------------------------------------------------------------------------


def test_an_adds_a_candidate_who_is_on_the_list_from_that_day(an, cell, signed_in):
    response = signed_in(an).post(url("add_candidate"), TYPED)

    candidate = Candidate.objects.get()
    assert (response.status_code, response.url) == (302, candidate.get_absolute_url())
    assert (candidate.full_name, candidate.organization, candidate.is_youth, candidate.is_rural) == ("Đỗ Thị Nguồn", cell, True, False)
    assert candidate.stages.get().taken_on == dt.date(2024, 1, 5)
    assert LogEntry.objects.about(candidate).first().action == "add"


def test_save_and_add_another_keeps_the_chi_bo(an, cell, signed_in):
    response = signed_in(an).post(url("add_candidate"), {**TYPED, "another": "1"})

    assert response.url == f"{url('add_candidate')}?to_chuc={cell.pk}"
    html = signed_in(an).get(response.url).content.decode()
    assert 'value="Đảng ủy xã Mẫu"' in html


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"listed_on": "01/01/1999"}, "listed_on", "Ngày vào danh sách phải sau ngày sinh."),
        (
            {"left_party_on": "01/01/2020"},
            "left_party_on",
            "Ngày này chỉ ghi cho người kết nạp lại: đánh dấu “kết nạp lại” hoặc để trống.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_place(change, field, sentence, an, cell, signed_in):
    response = signed_in(an).post(url("add_candidate"), {**TYPED, **change})

    assert response.context["form"].errors == {field: [sentence]}
    assert not Candidate.objects.exists()


@time_machine.travel(dt.date(2026, 11, 22), tick=False)
def test_what_looks_odd_is_asked_about_and_may_be_kept(an, cell, signed_in):
    makers.make_candidate(organization=cell, full_name="Đỗ Thị Nguồn", born_on=dt.date(1960, 5, 19))
    client, data = signed_in(an), {**TYPED, "born_on": "19/05/1960", "is_rural": "on", "is_official": "on", "has_schooling": ""}

    asked = client.post(url("add_candidate"), data).context["form"]
    kept = client.post(url("add_candidate"), {**data, "confirmed": asked.answer})

    assert asked.asked == [
        "Đang đánh dấu cả “ở nông thôn” và “cán bộ, công chức, viên chức”: một người chỉ tính vào một nhóm.",
        "Đã 66 tuổi: kiểm tra dấu “trong độ tuổi đoàn”.",
        "Đã 66 tuổi 6 tháng tính đến tháng này: quá 60 tuổi, tính theo tháng.",
        "Chưa tốt nghiệp trung học cơ sở: kiểm tra có thuộc trường hợp được xem xét riêng không.",
        "Sổ đã có Đỗ Thị Nguồn, cùng ngày sinh, tại Đảng ủy xã Mẫu: kiểm tra để không ghi trùng.",
    ]
    assert kept.status_code == 302
    assert Candidate.objects.count() == 2


def test_a_namesake_out_of_reach_is_not_told_of(an, other_cell, signed_in):
    makers.make_candidate(organization=other_cell, full_name="Đỗ Thị Nguồn", born_on=dt.date(1998, 5, 19))

    response = signed_in(an).post(url("add_candidate"), {**TYPED, "born_on": "19/05/1998"})

    assert response.status_code == 302


def test_an_takes_the_next_stage_with_day_and_number(an, candidate, signed_in):
    form = signed_in(an).get(url("take_stage", candidate.pk)).context["form"]
    assert [value for value, _ in form.fields["stage"].widget.choices] == ["sent", "certified", "checked"]

    response = signed_in(an).post(url("take_stage", candidate.pk), {"stage": "sent", "taken_on": "10/3/2024", "number": "5-CV/ĐU"})

    row = candidate.stages.get(stage="sent")
    assert (response.url, row.taken_on, row.number, row.recorded_by, row.organization) == (
        candidate.get_absolute_url(),
        dt.date(2024, 3, 10),
        "5-CV/ĐU",
        an,
        candidate.organization,
    )
    again = signed_in(an).post(url("take_stage", candidate.pk), {"stage": "sent", "taken_on": "10/3/2024", "number": ""})
    assert again.status_code == 409


def test_the_day_of_the_background_check_stands_alone(an, candidate, signed_in):
    response = signed_in(an).post(url("take_stage", candidate.pk), {"stage": "checked", "taken_on": "10/3/2024", "number": "3-KL/ĐU"})

    assert response.context["form"].errors == {"number": ["Bước “xác minh lý lịch xong” chỉ ghi ngày: bỏ số văn bản."]}


def test_a_stage_against_a_rule_is_asked_about_with_its_source_and_may_be_kept(an, cell, signed_in):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.DECIDED))
    client, data = signed_in(an), {"stage": "admitted", "taken_on": "15/03/2024", "number": ""}

    asked = client.post(url("take_stage", candidate.pk), data).context["form"]
    kept = client.post(url("take_stage", candidate.pk), {**data, "confirmed": asked.answer})

    # 30 working days after 22/01/2024, Tết (08 to 14/02) left out
    assert asked.asked == [
        "Lễ kết nạp sau thời hạn 30 ngày làm việc kể từ ngày quyết định (hạn 11/03/2024). Căn cứ: Hướng dẫn thi hành Điều lệ Đảng."
    ]
    assert kept.status_code == 302
    assert Member.objects.get().stays.get().since == dt.date(2024, 3, 15)


def test_an_corrects_and_takes_back_a_stage(an, candidate, signed_in):
    client = signed_in(an)
    candidate.take(Stage.SENT, on=dt.date(2024, 3, 1), by=an)

    html = client.get(url("correct_stage", candidate.pk, "sent")).content.decode()
    assert 'value="01/03/2024"' in html
    client.post(url("correct_stage", candidate.pk, "sent"), {"taken_on": "02/03/2024", "number": "6"})
    assert candidate.stages.get(stage="sent").taken_on == dt.date(2024, 3, 2)
    assert client.post(url("take_back_stage", candidate.pk, "sent")).status_code == 302
    assert client.post(url("take_back_stage", candidate.pk, "sent")).status_code == 409
    assert client.get(url("correct_stage", candidate.pk, "sent")).status_code == 404


def test_the_exit_says_first_what_will_be_deleted(an, candidate, signed_in):
    client, data = signed_in(an), {"reason": "dropped", "on": "01/07/2024"}

    asked = client.post(url("exit_candidate", candidate.pk), data).context["form"]
    assert asked.asked == ["Ngày xác minh lý lịch và thông tin được che của đồng chí này sẽ bị xóa, không lấy lại được."]
    client.post(url("exit_candidate", candidate.pk), {**data, "confirmed": asked.answer})

    candidate.refresh_from_db()
    assert (candidate.exit, candidate.exited_on) == ("dropped", dt.date(2024, 7, 1))
    assert client.get(url("exit_candidate", candidate.pk)).status_code == 409
    assert client.get(url("take_stage", candidate.pk)).status_code == 409


def test_an_exit_written_by_mistake_is_undone_and_what_was_deleted_stays_deleted(an, candidate, signed_in):
    candidate.stop("moved", on=dt.date(2024, 7, 1), by=an)

    assert signed_in(an).post(url("resume_candidate", candidate.pk)).status_code == 302
    assert signed_in(an).post(url("resume_candidate", candidate.pk)).status_code == 409

    candidate.refresh_from_db()
    assert (candidate.exit, candidate.exited_on, candidate.is_religious) == ("", None, False)
    assert LogEntry.objects.about(candidate).latest("pk").before == {"exit": "chuyển đi nơi khác", "exited_on": "01/07/2024"}


@pytest.mark.parametrize("right", [Right.REVIEW, Right.AUDIT])
def test_others_read_the_register_and_do_not_write_it(right, cell, candidate, signed_in):
    client = signed_in(makers.make_account(rights=[right], organization=cell))

    assert client.get(url("candidates")).status_code == 200
    assert client.get(url("candidate", candidate.pk)).status_code == 200
    for name in ("edit_candidate", "take_stage", "exit_candidate"):
        assert client.get(url(name, candidate.pk)).status_code == 403


def test_outside_the_branch_nobody_is_there(chi, candidate, signed_in):
    for name in ("candidate", "edit_candidate", "take_stage", "exit_candidate"):
        assert signed_in(chi).get(url(name, candidate.pk)).status_code == 404
    assert list(signed_in(chi).get(url("candidates")).context["page"]) == []


def test_a_probationary_member_who_moves_is_confirmed_where_he_is_now(an, binh, chi, cell, other_cell):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.ADMITTED))
    candidate.member.stays.model.objects.transfer(candidate.member, other_cell, on=dt.date(2024, 9, 1), by=None)
    candidate = Candidate.objects.get()

    with pytest.raises(PermissionDenied):
        candidate.take(Stage.OFFICIAL, on=dt.date(2025, 2, 10), by=an)
    row = candidate.take(Stage.OFFICIAL, on=dt.date(2025, 2, 10), by=chi)

    assert (row.organization, candidate in Candidate.objects.visible_to(chi), candidate in Candidate.objects.visible_to(an)) == (
        other_cell,
        True,
        True,
    )


# --- the marks --------------------------------------------------------------------------------------------------------


def test_the_sensitive_marks_are_masked_until_asked_for_with_a_purpose(an, candidate, signed_in):
    client = signed_in(an)
    for address in (url("candidate", candidate.pk), url("edit_candidate", candidate.pk), url("candidates"), url("take_stage", candidate.pk)):
        html = client.get(address).content.decode()
        assert "is_ethnic_minority" not in html
        assert "is_religious" not in html
    assert client.get(url("show_candidate_marks", candidate.pk)).status_code == 405

    shown = client.post(url("show_candidate_marks", candidate.pk), {"purpose": "report"})

    assert shown.context["marks"].initial == {"is_ethnic_minority": True, "is_religious": True}
    line = LogEntry.objects.about(candidate).filter(action="show").get()
    assert (line.note, line.actor_pk, line.before, line.after) == ("Lập số liệu báo cáo năm", an.pk, None, None)


def test_the_marks_are_written_by_whoever_enters_and_the_log_does_not_tell_them(an, binh, candidate, signed_in):
    assert signed_in(binh).post(url("write_candidate_marks", candidate.pk), {}).status_code == 403
    signed_in(an).post(url("write_candidate_marks", candidate.pk), {"is_religious": "on"})

    candidate.refresh_from_db()
    assert (candidate.is_ethnic_minority, candidate.is_religious) == (False, True)
    line = LogEntry.objects.about(candidate).latest("pk")
    assert (line.action, line.place, line.before, line.after) == ("change", "thông tin được che", None, None)


def test_extra_fields_in_a_form_change_nothing(an, candidate, signed_in):
    data = {**TYPED, "is_ethnic_minority": "", "is_religious": "", "stage": "official", "exit": "died", "member": "1", "is_invented": ""}

    signed_in(an).post(url("edit_candidate", candidate.pk), data)

    candidate.refresh_from_db()
    assert (candidate.full_name, candidate.is_religious, candidate.stage, candidate.exit) == ("Đỗ Thị Nguồn", True, "outstanding", "")


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_and_counted_by_stage(an, cell, signed_in):
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=cell)
    makers.make_candidate(organization=leaf, full_name="Lê Văn Đạt", days=up_to(Stage.CERTIFIED))
    makers.make_candidate(organization=leaf, full_name="Võ Thị Ánh", days=DAYS)
    makers.make_candidate(organization=cell, full_name="Trần Văn Bình").stop("withdrawn", on=dt.date(2024, 6, 1), by=an)
    makers.make_candidate(organization=cell, full_name="Hồ Văn Cảnh")
    client = signed_in(an)

    def names(**filters):
        return [candidate.full_name for candidate in client.get(url("candidates"), filters).context["page"]]

    assert names() == ["Hồ Văn Cảnh", "Lê Văn Đạt"]
    assert names(tinh_trang="het") == ["Võ Thị Ánh", "Trần Văn Bình", "Hồ Văn Cảnh", "Lê Văn Đạt"]
    assert names(tinh_trang="ket-nap") == ["Võ Thị Ánh"]
    assert names(tinh_trang="thoi") == ["Trần Văn Bình"]
    assert names(nam="2023", buoc="sent") == ["Võ Thị Ánh", "Lê Văn Đạt"]
    assert names(to_chuc="chi bo thon 1", q="dat") == ["Lê Văn Đạt"]
    funnel = client.get(url("candidates"), {"nam": "2023"}).context["funnel"]
    assert [(stage, number) for stage, _, number in funnel] == [
        ("outstanding", 2),
        ("sent", 2),
        ("certified", 2),
        ("checked", 1),
        ("filed", 1),
        ("cell_resolved", 1),
        ("committee_resolved", 1),
    ]


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_list_asks_the_same_however_many_there_are(number, an, cell, signed_in, django_assert_num_queries):
    rows = Candidate.objects.bulk_create(
        Candidate(organization=cell, full_name=f"Người {n}", gender="male", born_on=dt.date(1995, 1, 1)) for n in range(number)
    )
    StageTaken.objects.bulk_create(StageTaken(candidate=row, organization=cell, stage="outstanding", taken_on=dt.date(2024, 1, 1)) for row in rows)
    client = signed_in(an)
    client.get(url("candidates"))

    with django_assert_num_queries(11):
        assert len(client.get(url("candidates")).context["page"]) == number


@pytest.mark.parametrize(
    ("number", "right"), [("30/QĐ-UBND", "30-QĐ/ĐU"), ("30/QĐ-HU", "30-QĐ/HU"), ("30/2024/QĐ-HU", "30-QĐ/HU"), ("30-QĐ/HU", ""), ("Mẫu 9-KNĐ", "")]
)
def test_a_number_of_the_party_with_a_stroke_of_the_state_is_asked_about(number, right, an, cell, signed_in):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.COMMITTEE_RESOLVED))

    response = signed_in(an).post(url("take_stage", candidate.pk), {"stage": "decided", "taken_on": "22/01/2024", "number": number})

    if right:
        assert [sentence.split("ví dụ ")[1] for sentence in response.context["form"].asked] == [f"{right}: kiểm tra lại."]
    else:
        assert response.status_code == 302


@pytest.mark.parametrize("name", ["Đỗ Thị Nguồn 2", "<b>Nguồn</b>", "..."])
def test_a_name_has_no_digit_and_no_bracket(name, an, cell, signed_in):
    response = signed_in(an).post(url("add_candidate"), {**TYPED, "full_name": name})

    assert response.context["form"].errors == {"full_name": ["Họ và tên chỉ gồm chữ: bỏ chữ số và các dấu < >."]}


def test_a_name_of_the_highland_peoples_is_kept(an, cell, signed_in):
    signed_in(an).post(url("add_candidate"), {**TYPED, "full_name": "K'Brếp Ha-Biên"})

    assert Candidate.objects.get().full_name == "K'Brếp Ha-Biên"


# --- a chi bộ that has ended ------------------------------------------------------------------------------------------


def test_nobody_comes_onto_the_list_of_a_chi_bo_that_has_ended(an, cell, signed_in):
    cell.end(on=dt.date(2024, 1, 1))

    response = signed_in(an).post(url("add_candidate"), {**TYPED, "listed_on": "01/01/2024"})

    sentence = "“Đảng ủy xã Mẫu” đã kết thúc hoạt động từ ngày 01/01/2024: kiểm tra lại ngày, hoặc ghi ở tổ chức tiếp nhận nhiệm vụ."
    assert response.context["form"].errors == {"listed_on": [sentence]}
    assert not Candidate.objects.exists()


def test_a_day_before_the_chi_bo_was_founded_is_asked_about(an, cell, signed_in):
    response = signed_in(an).post(url("add_candidate"), {**TYPED, "born_on": "01/01/1970", "is_youth": "", "listed_on": "31/12/1999"})

    asked = "“Đảng ủy xã Mẫu” hoạt động từ ngày 01/01/2000: chỉ ghi ngày trước đó khi tổ chức có trước không có trong cổng."
    assert asked in response.context["form"].asked


def test_a_stage_after_the_end_of_the_chi_bo_waits_for_the_next_one_and_what_was_before_stays(an, district, cell, signed_in):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.SENT))
    cell.end(on=dt.date(2023, 5, 20))
    heir = makers.make_organization(name="Chi bộ tiếp nhận", parent=district, on=dt.date(2023, 5, 20))
    an.assignments.create(right=Right.ENTER, organization=heir, valid_from=makers.LONG_AGO)
    client = signed_in(an)
    step = {"stage": Stage.CERTIFIED, "taken_on": "25/05/2023", "number": ""}

    refused = client.post(url("take_stage", candidate.pk), step)
    assert refused.context["form"].errors == {
        "taken_on": [
            "“Đảng ủy xã Mẫu” đã kết thúc hoạt động từ ngày 20/05/2023: chuyển người này sang chi bộ tiếp nhận ở “Sửa thông tin”, rồi ghi bước này."
        ]
    }

    typed = {**TYPED, "organization": "Chi bộ tiếp nhận", "full_name": candidate.full_name, "born_on": "19/05/2000", "is_youth": ""}
    asked = client.post(url("edit_candidate", candidate.pk), typed)
    assert asked.context["form"].asked == ["“Đảng ủy xã Mẫu” kết thúc hoạt động từ ngày 20/05/2023: các bước trước ngày đó vẫn tính cho tổ chức này."]
    client.post(url("edit_candidate", candidate.pk), {**typed, "confirmed": asked.context["form"].answer, "seen": asked.context["form"].seen})
    assert client.post(url("take_stage", candidate.pk), step).status_code == 302

    assert [(row.stage, row.organization) for row in candidate.stages.order_by("taken_on")] == [
        (Stage.OUTSTANDING, cell),
        (Stage.SENT, cell),
        (Stage.CERTIFIED, heir),
    ]


def test_a_stage_of_the_time_before_written_late_belongs_to_the_chi_bo_of_that_time(district, cell):
    candidate = makers.make_candidate(organization=cell, days=up_to(Stage.OUTSTANDING))
    cell.end(on=dt.date(2023, 5, 20))
    candidate.organization = makers.make_organization(name="Chi bộ tiếp nhận", parent=district, on=dt.date(2023, 5, 20))
    candidate.save()

    row = candidate.take(Stage.SENT, on=DAYS[Stage.SENT], by=None)

    assert row.organization == cell
