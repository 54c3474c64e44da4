"""Pages of speeches: An writes, Bình reviews, Chi sees nothing of them."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks import default_task_backend
from docx import Document as Word

from organizations.models import LogEntry, Right
from organizations.review import Status
from partyreports.documents import Paragraph, Text, blocks_to_json, plain_text
from partyreports.speeches.figures import figure_id
from partyreports.speeches.gaps import inlines_of
from partyreports.speeches.models import Speech, SpeechTemplate
from partyreports.speeches.typed_text import to_lines
from tests import makers

PAGES = ["show", "edit", "preview", "details", "history", "pdf", "docx"]


def address(name, speech):
    return reverse(f"speeches:{name}", args=[speech.pk])


def page_words(response):
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_speech_works_for_an(signed_in, an, speech, name):
    response = signed_in(an).get(address(name, speech))
    response.close()

    assert response.status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_speech_is_not_there_for_chi(signed_in, chi, speech, name):
    assert signed_in(chi).get(address(name, speech)).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "take_over"])
def test_a_visitor_is_sent_to_sign_in(client, speech, name):
    response = client.get(address(name, speech))

    assert (response.status_code, response.url) == (302, f"{reverse('sign_in')}?next={address(name, speech)}")


@pytest.mark.parametrize("name", ["edit", "details", "preview", "take_over"])
def test_chi_posts_in_vain(signed_in, chi, speech, name):
    response = signed_in(chi).post(address(name, speech), {"text": "x", "format": "lines", "version": 1})

    assert response.status_code == 404
    assert Speech.objects.get(pk=speech.pk).version == 1


@pytest.mark.parametrize("name", ["edit", "details", "take_over"])
def test_a_reviewer_reads_and_does_not_write(signed_in, binh, speech, name):
    client = signed_in(binh)

    assert client.get(address("show", speech)).status_code == 200
    assert client.post(address(name, speech), {"text": "x", "format": "lines", "version": 1}).status_code == 403


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.LOCKED])
@pytest.mark.parametrize("name", ["edit", "details", "take_over"])
def test_what_was_sent_up_is_not_written_on(signed_in, an, cell, y2024, status, name):
    speech = makers.make_speech(organization=cell, period=y2024, status=status)

    response = signed_in(an).post(address(name, speech), {"text": "Chữ mới.", "format": "lines", "version": 1})

    assert response.status_code == 409
    assert "không sửa được" in page_words(response)


def test_a_reader_sees_final_speeches_only(signed_in, cell, y2024, auditor):
    draft = makers.make_speech(organization=cell, period=y2024)
    final = makers.make_speech(organization=cell, period=y2024, status=Status.APPROVED)
    client = signed_in(auditor)

    assert [client.get(address("show", speech)).status_code for speech in (draft, final)] == [404, 200]


# The list ---------------------------------------------------------------------------------------------------------------


def test_the_list_holds_the_speeches_of_the_chosen_year(signed_in, an, cell, other_cell, y2023, y2024):
    makers.make_speech(organization=cell, period=y2024, title="Bài năm nay", status=Status.APPROVED)
    makers.make_speech(organization=cell, period=y2024, title="Bài đang viết")
    makers.make_speech(organization=cell, period=y2023, title="Bài năm ngoái")
    makers.make_speech(organization=other_cell, period=y2024, title="Bài của xã bên")

    said = page_words(signed_in(an).get(reverse("speeches:list")))

    assert [title in said for title in ("Bài năm nay", "Bài đang viết", "Bài năm ngoái", "Bài của xã bên")] == [True, True, False, False]
    assert "Đã duyệt 1/2 bài của 1 tổ chức" in said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tim": "doi thoai"}, ["Công tác đối thoại"]),
        ({"tim": "xa mau"}, ["Công tác đối thoại", "Phát triển đảng viên"]),
        ({"trang_thai": "approved"}, ["Phát triển đảng viên"]),
        ({"kieu": "dialogue"}, ["Công tác đối thoại"]),
        ({"tim": "không có", "trang_thai": "lạ"}, ["Công tác đối thoại", "Phát triển đảng viên"]),
        ({"tim": "khong co bai nao"}, []),
    ],
)
def test_the_list_is_filtered_without_marks(signed_in, an, cell, y2024, asked, found):
    template = makers.make_template(pattern=SpeechTemplate.Pattern.DIALOGUE)
    makers.make_speech(organization=cell, period=y2024, title="Công tác đối thoại", template=template)
    makers.make_speech(organization=cell, period=y2024, title="Phát triển đảng viên", status=Status.APPROVED)

    page = signed_in(an).get(reverse("speeches:list"), asked).context["page"]

    assert sorted(speech.title for speech in page) == found


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_same_number_of_queries_for_any_number_of_rows(signed_in, binh, district, y2024, rows, django_assert_num_queries):
    for _ in range(rows):
        makers.make_speech(organization=makers.make_organization(parent=district), period=y2024, template=makers.make_template())
    client = signed_in(binh)

    with django_assert_num_queries(12):
        assert len(client.get(reverse("speeches:list")).context["rows"]) == rows


def test_an_empty_portal_says_so(signed_in, an):
    client = signed_in(an)

    assert "chưa mở kỳ báo cáo nào" in page_words(client.get(reverse("speeches:list")))
    assert "chưa mở kỳ báo cáo nào" in page_words(client.get(reverse("speeches:compose")))


# Composing --------------------------------------------------------------------------------------------------------------


def test_a_draft_is_made_in_two_presses(signed_in, an, cell, template):
    client = signed_in(an)

    chosen = client.get(reverse("speeches:compose"))
    form = chosen.context["form"]
    made = client.post(reverse("speeches:compose"), {name: form[name].value() for name in ("to_chuc", "mau", "mo_hinh")})

    assert (chosen.context["draft"].gaps, len(chosen.context["draft"].figures)) == ([], 6)
    speech = Speech.objects.get()
    assert (made.status_code, made.url) == (302, speech.get_absolute_url())
    assert (speech.organization, speech.template, speech.registration) == (cell, template, None)


def test_the_template_that_fits_the_figures_best_is_chosen_beforehand(signed_in, an, report):
    makers.make_template(name="A nhiều chỗ trống", text="[[số: dialogue_sessions]] [[số: budget_revenue]] [[số: members_admitted]]")
    makers.make_template(name="B ít số", text="Kính thưa Hội nghị!")
    best = makers.make_template(name="C đủ số", text="[[số: members_admitted]]\n{? dialogue_sessions}[[số: dialogue_sessions]]")

    assert signed_in(an).get(reverse("speeches:compose")).context["form"].cleaned_data["mau"] == best


def test_the_model_of_the_year_is_chosen_beforehand_and_can_be_left_out(signed_in, an, cell, y2024, template):
    model = makers.make_registration(organization=cell, periods=[y2024], status=Status.APPROVED)
    makers.make_registration(organization=cell, periods=[y2024])
    client = signed_in(an)

    form = client.get(reverse("speeches:compose")).context["form"]
    without = client.get(reverse("speeches:compose"), {"to_chuc": cell.pk, "mau": template.pk, "mo_hinh": ""}).context["form"]

    assert (form.cleaned_data["mo_hinh"], list(form.fields["mo_hinh"].queryset)) == (model, [model])
    assert without.cleaned_data["mo_hinh"] is None


def test_nobody_composes_for_a_body_that_is_not_his(signed_in, an, other_cell, template):
    signed_in(an).post(reverse("speeches:compose"), {"to_chuc": other_cell.pk, "mau": template.pk, "mo_hinh": ""})

    assert not Speech.objects.filter(organization=other_cell).exists()


def test_a_template_of_another_kind_or_out_of_use_is_refused(signed_in, an, cell, template):
    strange = makers.make_template(kind=makers.make_kind(code="mat-tran", name="Mặt trận"))
    retired = makers.make_template(is_active=False)
    client = signed_in(an)

    for wrong in (strange, retired):
        response = client.post(reverse("speeches:compose"), {"to_chuc": cell.pk, "mau": wrong.pk, "mo_hinh": ""})
        assert "Chọn một mẫu dùng cho loại hình của tổ chức này." in page_words(response)
    assert not Speech.objects.exists()


def test_whoever_may_not_write_is_told(signed_in, binh, template):
    assert signed_in(binh).get(reverse("speeches:compose")).status_code == 403


# Editing ----------------------------------------------------------------------------------------------------------------


def test_an_edit_is_saved_with_its_figures(signed_in, an, speech):
    name = figure_id(next(inline for inline in inlines_of(speech.tree) if inline.text == "09"))
    html = f'<h2>I. Mới</h2><p>Kết nạp <span data-figure="{name}">999</span> đảng viên.</p>'

    response = signed_in(an).post(address("edit", speech), {"text": html, "format": "html", "version": 1})

    saved = Speech.objects.get(pk=speech.pk)
    assert (response.status_code, response.url) == (302, speech.get_absolute_url())
    assert plain_text(saved.tree) == "I. Mới\nKết nạp 09 đảng viên."
    assert saved.tree[1].inlines[1].key == f"members_admitted@2024#{speech.organization_id}"
    assert (saved.version, saved.history()[0].action, saved.history()[0].actor_pk) == (2, "edit_speech", an.pk)


def test_typed_lines_are_saved_without_javascript(signed_in, an, speech):
    client = signed_in(an)
    lines = client.get(address("edit", speech)).context["bench"].lines

    client.post(address("edit", speech), {"text": lines.replace("Xin cảm ơn!", "Xin trân trọng cảm ơn!"), "format": "lines", "version": 1})

    assert plain_text(Speech.objects.get(pk=speech.pk).tree) == plain_text(speech.tree).replace("Xin cảm ơn!", "Xin trân trọng cảm ơn!")


def test_a_figure_of_the_report_may_be_put_in(signed_in, an, speech, set_figure, indicators):
    set_figure(indicators["dialogue_sessions"], 10)
    client = signed_in(an)
    offered = {about: name for name, _, about, _ in client.get(address("edit", speech)).context["bench"].choices}

    client.post(address("edit", speech), {"text": f"Được [[số {offered['Số hội nghị đối thoại, năm 2024']}]] buổi.", "format": "lines", "version": 1})

    saved = Speech.objects.get(pk=speech.pk)
    assert plain_text(saved.tree) == "Được 10 buổi."
    assert saved.tree[0].inlines[1].key == f"dialogue_sessions@2024#{speech.organization_id}"


def test_the_second_of_two_who_save_sees_both_texts_and_loses_nothing(an, cell, speech):
    other = makers.make_account(username="hoa", full_name="Lý Thị Hoa", rights=[Right.WRITE], organization=cell)
    first, second = Client(), Client()
    for browser, account in ((first, other), (second, an)):
        browser.force_login(account, backend="partyreports.signin.AccountBackend")
    figure = next(inline for inline in inlines_of(speech.tree) if inline.text == "09")

    first.post(address("edit", speech), {"text": "Bản của Hoa.", "format": "lines", "version": 1})
    mine = f"<p>Bản của An có <span data-figure='{figure_id(figure)}'>09</span> người.</p>"
    conflict = second.post(address("edit", speech), {"text": mine, "format": "html", "version": 1})

    assert conflict.status_code == 409
    said, bench = page_words(conflict), conflict.context["bench"]
    assert "Lý Thị Hoa đã lưu bài này trước đồng chí" in said
    assert "Bản của Hoa." in said
    assert bench.lines == f"Bản của An có [[số {figure_id(figure)}: 09]] người."
    assert plain_text(Speech.objects.get(pk=speech.pk).tree) == "Bản của Hoa."

    again = second.post(address("edit", speech), {"text": mine, "format": "html", "version": bench.seen_version})

    # The figure that Hoa had taken out is known again from the version that An saw.
    assert again.status_code == 302
    assert plain_text(Speech.objects.get(pk=speech.pk).tree) == "Bản của An có 09 người."
    assert [entry.action for entry in speech.history()] == ["edit_speech", "edit_speech", "compose"]


def test_text_that_cannot_be_taken_stays_on_the_page(signed_in, an, speech):
    deep = "<b>" * 60 + "Chữ đã gõ"

    response = signed_in(an).post(address("edit", speech), {"text": deep, "format": "html", "version": 1})

    assert response.status_code == 200
    assert "lồng nhau quá nhiều lớp" in page_words(response)
    assert response.context["bench"].lines == deep
    assert Speech.objects.get(pk=speech.pk).version == 1


def test_text_typed_while_the_speech_went_up_is_handed_back(signed_in, an, speech):
    speech.take("submit", by=an)

    response = signed_in(an).post(address("edit", speech), {"text": "Chữ đã gõ.", "format": "lines", "version": 1})

    assert response.status_code == 409
    assert "Chữ đã gõ." in page_words(response)


@pytest.mark.parametrize("tampered", [{"version": "x"}, {"version": ""}, {"format": "pickle"}, {"version": "-1"}])
def test_tampered_fields_write_nothing(signed_in, an, speech, tampered):
    response = signed_in(an).post(address("edit", speech), {"text": "Chữ đã gõ.", "format": "lines", "version": 1, **tampered})

    assert (response.status_code, Speech.objects.get(pk=speech.pk).version) == (200, 1)
    assert "Chữ đã gõ." in page_words(response)


def test_a_preview_shows_what_is_typed_and_saves_nothing(signed_in, an, speech):
    response = signed_in(an).post(address("preview", speech), {"text": "Câu chưa lưu.", "format": "lines", "version": 1})

    assert "Câu chưa lưu." in page_words(response)
    assert Speech.objects.get(pk=speech.pk).version == 1


PAYLOADS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% debug %}", "<b hx-get=/x>chữ</b>", "javascript:alert(1)"]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", ["show", "edit", "preview", "history", "details"])
def test_what_people_type_is_shown_as_words_on_every_page(signed_in, an, cell, y2024, payload, name):
    speech = makers.make_speech(
        organization=cell, period=y2024, title=f"Tên {payload}", place=payload[:70], blocks=blocks_to_json([Paragraph((Text(payload),))])
    )
    speech.write(by=an, seen_version=1, title=f"Tên khác {payload}")

    said = page_words(signed_in(an).get(address(name, speech)))

    assert "<script>alert" not in said
    assert "<img src=x" not in said
    assert "<b hx-get" not in said
    assert "49" not in [word.strip() for word in said.split()]


def test_the_policy_of_the_editing_page_names_the_nonce_of_its_import_map(signed_in, an, speech):
    response = signed_in(an).get(address("edit", speech))

    nonce = response.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in page_words(response)
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert " style=" not in page_words(response)


# Facts of the paper, figures taken over -----------------------------------------------------------------------------------


def details(speech, **changed):
    facts = {"document_type": "THAM LUẬN", "title": "Tên mới", "place": "Xã Mẫu", "day": "", "month": "1", "year": "2025", "number": ""}
    return {**facts, "version": speech.version, **changed}


def test_the_facts_of_the_paper_are_saved(signed_in, an, speech):
    response = signed_in(an).post(address("details", speech), details(speech, day="05", title="Uỷ ban  đối thoại"))

    saved = Speech.objects.get(pk=speech.pk)
    assert response.status_code == 302
    assert (saved.title, saved.place, saved.day, saved.search) == ("Ủy ban  đối thoại", "Xã Mẫu", 5, "uy ban doi thoai")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": "31", "month": "2"}, "Không có ngày 31/02/2025. Đồng chí muốn nhập 28/02/2025 hay 01/03/2025?"),
        ({"day": "5", "month": ""}, "Nhập tháng khi đã nhập ngày."),
        ({"month": "13"}, "Nhập tháng bằng chữ số, từ 1 đến 12."),
        ({"year": "hai nghìn"}, "Nhập năm bằng chữ số, từ 1990 đến 2100."),
        ({"title": "  "}, "Ghi trích yếu của bài."),
    ],
)
def test_impossible_facts_are_refused_at_their_place(signed_in, an, speech, changed, sentence):
    response = signed_in(an).post(address("details", speech), details(speech, **changed))

    assert response.status_code == 200
    assert sentence in page_words(response)
    assert Speech.objects.get(pk=speech.pk).version == 1


def test_facts_saved_by_somebody_else_are_shown_beside(signed_in, an, speech):
    speech.write(by=an, seen_version=1, title="Tên của người kia")

    response = signed_in(an).post(address("details", speech), {**details(speech), "version": 1})

    assert response.status_code == 409
    assert "Tên của người kia" in page_words(response)
    assert "Tên mới" in page_words(response)
    assert 'name="version" value="2"' in page_words(response)


def test_a_new_figure_is_taken_over_when_asked(signed_in, an, speech, set_figure, indicators):
    set_figure(indicators["members_admitted"], 11)
    client = signed_in(an)
    doubts = client.get(address("show", speech)).context["paper"].doubts

    one = client.post(address("take_over", speech), {"version": 1, "figure": doubts.figures[0].where})
    stale = client.post(address("take_over", speech), {"version": 1})
    everything = client.post(address("take_over", speech), {"version": 2})

    assert [response.status_code for response in (one, stale, everything)] == [302, 409, 302]
    assert "kết nạp 11 đảng viên, tăng 04 so với năm 2023" in plain_text(Speech.objects.get(pk=speech.pk).tree)
    assert client.get(address("show", speech)).context["paper"].doubts.figures == []


def test_figures_are_taken_over_by_post_alone(signed_in, an, speech):
    assert signed_in(an).get(address("take_over", speech)).status_code == 405


# Steps, history, files ----------------------------------------------------------------------------------------------------


def test_a_speech_goes_up_and_is_approved_and_printed_in_the_background(signed_in, an, binh, speech, django_capture_on_commit_callbacks):
    speech.write(by=an, seen_version=1, title="Công tác phát triển đảng viên")
    signed_in(an).post(reverse("speeches:step", args=[speech.pk, "submit"]), {"seen_version": 2})
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(binh).post(reverse("speeches:step", args=[speech.pk, "approve"]), {"seen_version": 3})

    assert Speech.objects.get(pk=speech.pk).status == Status.APPROVED
    assert [(result.task.name, result.args) for result in default_task_backend.results] == [("print_papers", [speech.pk])]


def test_the_history_tells_what_changed(signed_in, an, speech):
    changed = to_lines(speech.tree).replace("Xin cảm ơn!", "Xin trân trọng cảm ơn!")
    client = signed_in(an)
    client.post(address("edit", speech), {"text": changed, "format": "lines", "version": 1})
    speech.refresh_from_db()
    client.post(address("details", speech), details(speech))

    changes = client.get(address("history", speech)).context["changes"]

    assert [change.entry.action for change in changes] == ["edit_speech", "edit_speech", "compose"]
    assert changes[0].fields == (("trích yếu", "Công tác phát triển đảng viên năm 2024", "Tên mới"), ("địa danh", "Đơn Dương", "Xã Mẫu"))
    assert (changes[1].gone, changes[1].come) == (("Xin cảm ơn!",), ("Xin trân trọng cảm ơn!",))


def test_files_are_handed_over_with_a_readable_name_and_logged(signed_in, an, speech):
    client = signed_in(an)

    pdf, word = client.get(address("pdf", speech)), client.get(address("docx", speech))

    assert pdf.headers["Content-Disposition"] == 'attachment; filename="2024_ThamLuan_XaMau_BanThao.pdf"'
    assert word.headers["Content-Disposition"] == 'attachment; filename="2024_ThamLuan_XaMau_BanThao.docx"'
    assert (pdf.headers["X-Content-Type-Options"], pdf.headers["Content-Type"]) == ("nosniff", "application/pdf")
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"
    paragraphs = [paragraph.text for paragraph in Word(io.BytesIO(b"".join(word.streaming_content))).paragraphs]
    assert "Trong năm 2024, Đảng bộ xã Mẫu kết nạp 09 đảng viên, tăng 02 so với năm 2023." in paragraphs
    assert [(entry.action, entry.place) for entry in LogEntry.objects.about(speech)][1:] == [("download", "PDF"), ("download", "DOCX")]


def test_a_paper_that_cannot_be_printed_says_why(signed_in, an, speech):
    Speech.objects.filter(pk=speech.pk).update(year=1995)

    response = signed_in(an).get(address("pdf", speech))

    assert response.status_code == 422
    assert "Chưa có quy định thể thức" in page_words(response)
    assert not LogEntry.objects.filter(action="download").exists()
