"""The count beside the cell, the events behind it, the reason for another value: on the entry form, the report, the list and the page of a step."""

import datetime as dt

import pytest

from organizations.models import LogEntry, Right
from organizations.review import Status
from partyreports.activities.models import Dialogue
from partyreports.metrics.models import Figure
from tests.makers import make_account, make_candidate, make_form, make_indicator, make_kind, make_organization, make_report
from tests.metrics.events import make_dialogue

REASON = "Một cuộc chưa có biên bản"


@pytest.fixture
def sessions(db):
    return make_indicator(code="dialogue_sessions", name="Số hội nghị đối thoại", unit="hội nghị")


@pytest.fixture
def opinions(db):
    return make_indicator(code="dialogue_opinions", name="Lượt ý kiến phát biểu", unit="lượt")


@pytest.fixture
def income(db):
    return make_indicator(code="income", name="Thu nhập", unit="tỷ đồng", kind="money", decimals=3)


@pytest.fixture
def report(cell, y2024, an, sessions, opinions, income):
    make_form(indicators=[sessions, opinions, income]).lines.update(is_required=False)
    return make_report(organization=cell, period=y2024, by=an)


@pytest.fixture
def dialogues(cell):
    return [make_dialogue(organization=cell, held_on=dt.date(2024, month, 29), place=f"Nhà văn hóa thôn {month}") for month in (3, 5)]


@pytest.fixture
def post(signed_in, an, report, dialogues):
    """A function: post texts into empty cells as the page does."""

    def send(cells, **others):
        data = {}
        for key, text in cells.items():
            data |= {f"cell-{key}": text, f"seen-{key}": "0", f"was-{key}": ""}
        return signed_in(an).post(f"/bao-cao/{report.pk}/nhap/", {**data, **others})

    return send


def saved():
    return {figure.indicator.key: (figure.text, figure.reason) for figure in Figure.objects.select_related("indicator")}


def cell_of(response, key):
    return next(cell for cell in response.context["sheet"].cells if cell.key == key)


def test_the_form_shows_the_count_beside_the_cell(an, report, dialogues, signed_in):
    response = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/")

    assert [cell_of(response, key).counted for key in ("dialogue_sessions", "dialogue_opinions", "income")] == ["2", "10", ""]
    html = response.content.decode()
    assert f'href="/bao-cao/{report.pk}/so/dialogue_sessions/" hx-get="/bao-cao/{report.pk}/so/dialogue_sessions/"' in html
    assert '<button class="btn btn-link btn-sm take-count" name="take" value="dialogue_sessions"' in html
    assert "Lấy số từ sổ cho 2 ô trống" in html
    assert Figure.objects.count() == 0


def test_a_form_without_registers_has_no_column_for_them(an, report, signed_in):
    html = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/").content.decode()

    assert "Theo sổ" not in html
    assert "Lấy số" not in html


def test_one_count_is_taken_over_by_its_button(post):
    response = post({"dialogue_sessions": "", "dialogue_opinions": "", "income": ""}, take="dialogue_sessions")

    assert response.status_code == 302
    assert saved() == {"dialogue_sessions": ("2", "")}


def test_all_empty_cells_are_filled_at_once_and_no_other(post):
    response = post({"dialogue_sessions": "3", "dialogue_opinions": "", "income": ""}, **{"take": "*", "reason-dialogue_sessions": REASON})

    assert response.status_code == 302
    assert saved() == {"dialogue_sessions": ("3", REASON), "dialogue_opinions": ("10", "")}


def test_another_value_without_a_reason_is_refused_at_its_place_and_kept(post):
    response = post({"dialogue_sessions": "3", "dialogue_opinions": "10", "income": ""})

    assert response.status_code == 200
    cell = cell_of(response, "dialogue_sessions")
    assert (cell.text, cell.kept.sentence, cell.asks_reason) == ("3", "Sổ đếm được 2, đồng chí ghi 3: ghi lý do, hoặc lấy số từ sổ.", True)
    assert saved() == {"dialogue_opinions": ("10", "")}


def test_another_value_is_saved_with_its_reason(post):
    response = post({"dialogue_sessions": "3"}, **{"reason-dialogue_sessions": REASON})

    assert response.status_code == 302
    assert saved() == {"dialogue_sessions": ("3", REASON)}


def test_a_value_that_agrees_needs_no_reason_and_keeps_none(post):
    post({"dialogue_sessions": "2"}, **{"reason-dialogue_sessions": "thừa"})

    assert saved() == {"dialogue_sessions": ("2", "")}


def test_a_reason_alone_can_be_changed(post, an, report, sessions, signed_in):
    post({"dialogue_sessions": "3"}, **{"reason-dialogue_sessions": "Chưa rõ"})

    data = {"cell-dialogue_sessions": "3", "was-dialogue_sessions": "3", "seen-dialogue_sessions": "1", "reason-dialogue_sessions": REASON}
    signed_in(an).post(f"/bao-cao/{report.pk}/nhap/", data)

    assert saved() == {"dialogue_sessions": ("3", REASON)}


def test_a_saved_cell_that_no_longer_agrees_says_so(post, an, report, cell, signed_in):
    post({"dialogue_sessions": "2"})
    make_dialogue(organization=cell)

    response = signed_in(an).get(f"/bao-cao/{report.pk}/nhap/")

    assert [problem.sentence for problem in response.context["sheet"].errors] == [
        "Số hội nghị đối thoại: ghi 2, sổ đếm được 3. Ghi lý do khác nhau, hoặc lấy số từ sổ."
    ]
    page = signed_in(an).get(f"/bao-cao/{report.pk}/buoc/submit/").content.decode()
    assert "sổ đếm được 3" in page


def test_one_click_shows_the_events(an, report, dialogues, signed_in):
    response = signed_in(an).get(f"/bao-cao/{report.pk}/so/dialogue_sessions/")

    assert [(event.on, event.url) for event in response.context["events"]] == [
        (dialogue.held_on, f"/hoat-dong/doi-thoai/{dialogue.pk}/") for dialogue in dialogues
    ]
    html = response.content.decode()
    assert "Nhà văn hóa thôn 3: 20 lượt dự, 5 lượt ý kiến" in html
    assert "Sổ đối thoại: 2" in html


def test_the_events_open_below_the_line_by_htmx(an, report, dialogues, signed_in):
    html = signed_in(an).get(f"/bao-cao/{report.pk}/so/dialogue_sessions/", headers={"HX-Request": "true"}).content.decode()

    assert html.startswith('<tr class="events-row">')
    assert "<html" not in html


def test_events_out_of_reach_are_counted_and_not_listed(report, dialogues, district, signed_in):
    reader = make_account(rights=[Right.READ], organization=district)
    report.status = Status.APPROVED
    type(report).objects.filter(pk=report.pk).update(
        status="approved",
        submitted_by=reader,
        submitted_at=dt.datetime(2025, 1, 5, tzinfo=dt.UTC),
        decided_by=make_account(),
        decided_at=dt.datetime(2025, 1, 6, tzinfo=dt.UTC),
    )

    response = signed_in(reader).get(f"/bao-cao/{report.pk}/so/dialogue_sessions/")

    assert (response.context["events"], response.context["unseen"]) == ((), 2)
    assert "Nhà văn hóa" not in response.content.decode()


def test_persons_of_a_sensitive_group_are_never_listed(cell, y2024, an, signed_in):
    religious = make_indicator(code="members_admitted", breakdown="religious", name="Kết nạp là người có đạo", unit="đảng viên")
    make_form(indicators=[religious])
    report = make_report(organization=cell, period=y2024, by=an)
    chi_bo = make_organization(parent=cell, kind=make_kind(code="chi-bo", is_cell=True))
    stages = ("outstanding", "sent", "certified", "checked", "filed", "cell_resolved", "committee_resolved", "decided", "admitted")
    days = {stage: dt.date(2024, place + 1, 5) for place, stage in enumerate(stages)}
    make_candidate(organization=chi_bo, full_name="Nguyễn Kín Tiếng", days=days, is_religious=True)

    response = signed_in(an).get(f"/bao-cao/{report.pk}/so/members_admitted:religious/")

    html = response.content.decode()
    assert (response.context["said"], response.context["events"]) == ("1", ())
    assert "cổng chỉ đếm, không liệt kê người" in html
    assert "Kín Tiếng" not in html


@pytest.mark.parametrize("key", ["income", "nothing", "dialogue_sessions:district"])
def test_only_counted_lines_of_the_form_have_events(an, report, signed_in, key):
    assert signed_in(an).get(f"/bao-cao/{report.pk}/so/{key}/").status_code == 404


def test_the_events_are_404_for_chi_and_lead_a_visitor_to_the_login(report, chi, signed_in, client):
    assert client.get(f"/bao-cao/{report.pk}/so/dialogue_sessions/").status_code == 302
    assert signed_in(chi).get(f"/bao-cao/{report.pk}/so/dialogue_sessions/").status_code == 404


@pytest.fixture
def sent(post, report, an):
    post({"dialogue_sessions": "3", "dialogue_opinions": "10"}, **{"reason-dialogue_sessions": REASON})
    report.refresh_from_db()
    report.take("submit", by=an)
    return report


def test_the_reviewer_reads_the_reason_on_the_report_and_before_he_approves(sent, binh, signed_in):
    client = signed_in(binh)

    assert f'<span class="muted">Khác số của sổ:</span> {REASON}' in client.get(sent.get_absolute_url()).content.decode()
    step = client.get(f"/bao-cao/{sent.pk}/buoc/approve/").content.decode()
    assert f"Số hội nghị đối thoại: ghi 3, sổ đếm được 2. Lý do: {REASON}" in step
    assert REASON in client.get(f"/bao-cao/{sent.pk}/lich-su/dialogue_sessions/").content.decode()


def test_later_changes_are_flagged_on_the_report_and_in_the_list(sent, cell, binh, an, signed_in):
    client = signed_in(binh)
    assert "sau khi trình" not in client.get(sent.get_absolute_url()).content.decode()
    for day in (12, 13):
        make_dialogue(organization=cell, held_on=dt.date(2024, 12, day))

    page = client.get(sent.get_absolute_url()).content.decode()
    assert "2 cuộc đối thoại thêm sau khi trình; số đếm nay là 4 (khi trình 2)" in page
    assert "2 cuộc đối thoại thêm sau khi trình" in client.get("/bao-cao/").content.decode()
    events = client.get(f"/bao-cao/{sent.pk}/so/dialogue_sessions/")
    assert [event.mark for event in events.context["events"]] == ["", "", "thêm sau khi trình", "thêm sau khi trình"]


def test_a_withdrawn_event_is_marked_among_those_the_figure_stands_on(sent, dialogues, an, binh, signed_in):
    Dialogue.objects.get(pk=dialogues[0].pk).withdraw(by=an, reason="Ghi trùng")

    events = signed_in(binh).get(f"/bao-cao/{sent.pk}/so/dialogue_sessions/")

    assert [event.mark for event in events.context["events"]] == ["không còn được đếm", ""]


def test_an_event_written_over_since_is_marked_where_the_count_has_changed(sent, dialogues, an, binh, signed_in):
    changed = Dialogue.objects.get(pk=dialogues[1].pk)
    Dialogue.objects.filter(pk=changed.pk).update(opinions=changed.opinions + 3)
    LogEntry.write("change", by=an, about=changed)

    events = signed_in(binh).get(f"/bao-cao/{sent.pk}/so/dialogue_opinions/")

    assert [event.mark for event in events.context["events"]] == ["", "sửa sau khi trình"]


@pytest.fixture
def sent_with_a_gap(post, report, an):
    """Sent up with the opinions left empty, though the register knows them."""
    post({"dialogue_sessions": "2"})
    report.refresh_from_db()
    report.take("submit", by=an)
    return report


def test_before_sending_up_the_clerk_is_told_of_empty_cells_that_the_registers_know(post, an, report, signed_in):
    post({"dialogue_sessions": "2"})

    page = signed_in(an).get(f"/bao-cao/{report.pk}/buoc/submit/").content.decode()

    sentence = "Sổ có số cho 1 ô còn để trống: Lượt ý kiến phát biểu. Lấy số từ sổ trước khi trình."
    assert f'<a href="/bao-cao/{report.pk}/nhap/#cell-tu-so">{sentence}</a>' in page
    assert 'id="cell-tu-so"' in signed_in(an).get(f"/bao-cao/{report.pk}/nhap/").content.decode()
    assert signed_in(an).post(f"/bao-cao/{report.pk}/buoc/submit/", {"note": ""}).status_code == 302


def test_the_reviewer_reads_what_the_registers_knew_of_cells_left_empty(sent_with_a_gap, binh, signed_in):
    client = signed_in(binh)

    response = client.get(sent_with_a_gap.get_absolute_url())
    cell = cell_of(response, "dialogue_opinions")
    assert (cell.shown, cell.shown_count) == ("", "10")
    assert "chưa nhập · sổ: 10" in response.content.decode()
    assert "Sổ có số cho 1 ô còn để trống: Lượt ý kiến phát biểu." in client.get(f"/bao-cao/{sent_with_a_gap.pk}/buoc/approve/").content.decode()
    assert client.get(f"/bao-cao/{sent_with_a_gap.pk}/so/dialogue_opinions/").context["said"] == "10"


def test_what_was_counted_of_an_empty_cell_is_kept_and_its_changes_are_flagged(sent_with_a_gap, cell, an, binh, signed_in):
    make_dialogue(organization=cell, opinions=7)

    html = signed_in(binh).get(sent_with_a_gap.get_absolute_url()).content.decode()

    assert "chưa nhập · sổ: 10" in html
    assert "1 cuộc đối thoại thêm sau khi trình; số đếm nay là 17 (khi trình 10)" in html
    snapshot = LogEntry.objects.about(sent_with_a_gap).get(action="submit").snapshot["figures"]["dialogue_opinions"]
    assert (snapshot["state"], snapshot["counted"]["value"]) == ("missing", "10")


def test_a_returned_report_counts_empty_cells_anew_and_takes_them_over(sent_with_a_gap, cell, an, binh, signed_in):
    sent_with_a_gap.take("return", by=binh, note="Thiếu lượt ý kiến.")
    make_dialogue(organization=cell, opinions=7)

    data = {"cell-dialogue_opinions": "", "was-dialogue_opinions": "", "seen-dialogue_opinions": "1", "take": "dialogue_opinions"}
    signed_in(an).post(f"/bao-cao/{sent_with_a_gap.pk}/nhap/", data)

    assert saved() == {"dialogue_sessions": ("2", ""), "dialogue_opinions": ("17", "")}


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_form_costs_as_much_for_fifty_events_as_for_one(cell, y2024, an, sessions, signed_in, django_assert_num_queries, count):
    make_form(indicators=[sessions])
    report = make_report(organization=cell, period=y2024, by=an)
    for _ in range(count):
        make_dialogue(organization=cell)
    client = signed_in(an)

    with django_assert_num_queries(26):
        client.get(f"/bao-cao/{report.pk}/nhap/")
    with django_assert_num_queries(18):
        client.get(f"/bao-cao/{report.pk}/so/dialogue_sessions/")


def test_the_events_are_found_from_body_and_year_alone(an, report, dialogues, chi, signed_in):
    address = f"/bao-cao/ky/2024/{report.organization_id}/so/dialogue_sessions/"

    assert len(signed_in(an).get(address).context["events"]) == 2
    assert signed_in(chi).get(address).status_code == 404
