"""Pages of templates: kept by whoever manages the whole portal, tried on a body without saving, never run."""

import pytest
from django.urls import reverse

from organizations.kinds import load_kinds
from organizations.models import LogEntry, Right
from partyreports.documents import plain_text
from partyreports.metrics.catalogue import load_catalogue
from partyreports.speeches.models import Speech, SpeechTemplate
from partyreports.speeches.templates import load_templates
from tests import makers


@pytest.fixture
def keeper(manager, district):
    """The manager, who may also read figures."""
    manager.assignments.create(right=Right.READ, organization=district, valid_from=makers.LONG_AGO)
    return manager


def address(name, template):
    return reverse(f"speeches:{name}", args=[template.pk])


def posted(template, **changed):
    words = {name: getattr(template, name) for name in ("name", "pattern", "document_type", "title", "text", "version")}
    return {**words, "kinds": list(template.kinds.values_list("pk", flat=True)), **changed}


def test_the_pages_of_templates_work_for_whoever_keeps_them(signed_in, keeper, template):
    client = signed_in(keeper)

    assert client.get(reverse("speeches:templates")).status_code == 200
    assert client.get(address("template", template)).status_code == 200


def test_every_indicator_stands_beside_the_text_with_its_code(signed_in, keeper, template, indicators):
    page = signed_in(keeper).get(address("template", template)).content.decode()

    assert [key for key in indicators if f'<code class="figure-token">[[số: {key}]]</code>' not in page] == []


@pytest.mark.parametrize("who", ["an", "binh", "chi"])
def test_the_pages_of_templates_are_not_there_for_others(signed_in, request, who, template):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse("speeches:templates")).status_code == 403
    assert client.get(address("template", template)).status_code == 404
    assert client.post(address("template", template), posted(template, name="Khác")).status_code == 404
    assert client.post(address("switch_template", template), {"version": 1}).status_code == 404
    assert client.post(reverse("speeches:add_template"), {"mau": template.pk}).status_code == 403


def test_a_manager_of_a_branch_does_not_keep_what_all_bodies_share(signed_in, cell, template):
    branch_manager = makers.make_account(rights=[Right.MANAGE], organization=cell)
    client = signed_in(branch_manager)

    assert [client.get(url).status_code for url in (reverse("speeches:templates"), address("template", template))] == [403, 403]


def test_a_visitor_is_sent_to_sign_in(client, template):
    assert client.get(address("template", template)).status_code == 302


def test_saving_makes_a_new_version_and_a_log_line_and_leaves_speeches_alone(signed_in, keeper, speech, template):
    before = plain_text(speech.tree)

    response = signed_in(keeper).post(address("template", template), posted(template, text="Kính thưa [[tổ chức]]!"))

    template.refresh_from_db()
    assert (response.status_code, template.version, template.text) == (302, 2, "Kính thưa [[tổ chức]]!")
    (entry,) = LogEntry.objects.about(template)
    assert (entry.action, entry.before["version"], entry.after["version"]) == ("edit_template", 1, 2)
    assert plain_text(Speech.objects.get(pk=speech.pk).tree) == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[bí mật]]", "Dòng 1: Không có chỗ điền [[bí mật]] trong danh sách: kiểm tra lại cách viết."),
        ("[[số: khong_co]]", "Dòng 1: không có chỉ tiêu mã “khong_co” trong danh mục."),
        ("[[ [[năm]] ]]", "Ngoặc [[ … ]] chưa đủ cặp hoặc lồng vào nhau"),
        ("{% if x %}", "Không có điều kiện"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_words_kept(signed_in, keeper, template, text, sentence):
    response = signed_in(keeper).post(address("template", template), posted(template, text=text))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert response.context["form"]["text"].value() == text
    assert SpeechTemplate.objects.get(pk=template.pk).version == 1


@pytest.mark.parametrize("payload", ["a {{ settings.SECRET_KEY }}", "a {% debug %}", "<script>alert(1)</script>", "a ${x} {0.__class__}"])
def test_a_trial_shows_code_as_words(signed_in, keeper, cell, template, payload):
    response = signed_in(keeper).post(address("template", template), posted(template, text=payload, to_chuc=cell.pk, **{"try": "1"}))

    assert plain_text(response.context["paper"].document.blocks) == payload
    assert "<script>alert" not in response.content.decode()


def test_a_trial_on_a_body_saves_nothing(signed_in, keeper, cell, template):
    words = posted(template, text="Kết nạp [[số: members_admitted]], đối thoại [[số: dialogue_sessions]].", to_chuc=cell.pk)

    response = signed_in(keeper).post(address("template", template), {**words, "try": "1"})

    assert plain_text(response.context["paper"].document.blocks) == "Kết nạp 09, đối thoại [chưa có số liệu: Số hội nghị đối thoại]."
    assert response.context["gaps"] == ["chưa có số liệu: Số hội nghị đối thoại"]
    assert (SpeechTemplate.objects.get(pk=template.pk).version, Speech.objects.count()) == (1, 0)


def test_a_manager_without_the_right_to_read_tries_on_nobody(signed_in, manager, cell, template):
    response = signed_in(manager).post(address("template", template), posted(template, to_chuc=cell.pk, **{"try": "1"}))

    assert (response.context["paper"], response.context["trial"].bodies) == (None, {})


def test_two_keepers_do_not_overwrite_each_other(signed_in, keeper, template):
    template.write(by=keeper, seen_version=1, text="Bản của người kia.")

    response = signed_in(keeper).post(address("template", template), posted(template, version=1, text="Bản của tôi."))

    assert response.status_code == 409
    assert "Bản của người kia." in response.content.decode()
    assert response.context["form"]["text"].value() == "Bản của tôi."
    assert SpeechTemplate.objects.get(pk=template.pk).text == "Bản của người kia."


def test_a_template_is_taken_out_of_use_and_put_back(signed_in, keeper, template):
    client = signed_in(keeper)

    client.post(address("switch_template", template), {"version": 1})
    stale = client.post(address("switch_template", template), {"version": 1})

    template.refresh_from_db()
    assert (template.is_active, template.version, stale.status_code) == (False, 2, 409)


def test_a_copy_begins_out_of_use(signed_in, keeper, template):
    signed_in(keeper).post(reverse("speeches:add_template"), {"mau": template.pk})
    signed_in(keeper).post(reverse("speeches:add_template"), {"mau": template.pk})

    copies = SpeechTemplate.objects.exclude(pk=template.pk)
    assert [(copy.is_active, copy.text, list(copy.kinds.all())) for copy in copies] == [(False, template.text, list(template.kinds.all()))] * 2
    assert LogEntry.objects.filter(action="add", subject="speeches.speechtemplate").count() == 2


def test_the_list_of_templates_asks_the_same_number_of_queries(signed_in, keeper, y2024, django_assert_num_queries):
    client = signed_in(keeper)
    client.get(reverse("speeches:templates"))  # the first page of a session writes when it began
    for rows in (1, 3, 50):
        while SpeechTemplate.objects.count() < rows:
            makers.make_template()
        with django_assert_num_queries(12):
            assert len(client.get(reverse("speeches:templates")).context["templates"]) == rows


def test_loading_never_touches_a_template_that_is_there(db):
    load_kinds()
    load_catalogue()
    created = load_templates()

    SpeechTemplate.objects.filter(code="doi-thoai-xa").update(text="Đã sửa.")

    assert (load_templates(), created > 0) == (0, True)
    assert SpeechTemplate.objects.get(code="doi-thoai-xa").text == "Đã sửa."
