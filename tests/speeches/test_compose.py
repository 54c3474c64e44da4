"""From template and figures to a draft: Vietnamese figure style, conditions, gaps that nobody can overlook, and no engine anywhere."""

import datetime as dt
import time

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from organizations.models import LogEntry
from organizations.review import Status
from partyreports.documents import Figure, Heading, ListBlock, Paragraph, plain_text
from partyreports.speeches.compose import compose, draft_of
from partyreports.speeches.gaps import inlines_of
from partyreports.speeches.slots import SALUTATION
from tests import makers


@pytest.fixture
def say(cell, y2024, report):
    """A function: what a template's text says of the commune, one line a block."""

    def composed(text, *, registration=None, title="Bài"):
        template = makers.make_template(text=text, title=title)
        return plain_text(draft_of(organization=cell, period=y2024, template=template, registration=registration).blocks)

    return composed


def test_a_draft_says_the_figures_of_approved_reports(speech):
    assert plain_text(speech.tree).splitlines() == [
        SALUTATION,
        "Kính thưa Hội nghị!",
        "I. Kết quả",
        "Trong năm 2024, Đảng bộ xã Mẫu kết nạp 09 đảng viên, tăng 02 so với năm 2023.",
        "- Nông thôn: 05/9 đồng chí.",
        "- Chỉ tiêu: 09/8, đạt 112,5%, vượt.",
        "Trong năm chưa tổ chức đối thoại.",
        "Xin cảm ơn!",
    ]
    assert (speech.title, speech.place, speech.month, speech.year, speech.day) == (
        "Công tác phát triển đảng viên năm 2024",
        "Đơn Dương",
        1,
        2025,
        None,
    )


def test_forms_of_lines_become_blocks(speech):
    assert [type(block) for block in speech.tree] == [Paragraph, Paragraph, Heading, Paragraph, ListBlock, Paragraph, Paragraph]
    assert [item.inlines[1].bold for item in speech.tree[4].items] == [True, False]


def test_a_figure_knows_indicator_period_body_and_way_of_putting_it(speech, cell):
    keys = [inline.key for inline in inlines_of(speech.tree) if isinstance(inline, Figure)]

    assert keys == [
        f"members_admitted@2024#{cell.pk}",
        f"members_admitted@2024#{cell.pk}?change",
        f"members_admitted:rural@2024/members_admitted@2024#{cell.pk}",
        f"members_admitted@2024#{cell.pk}?result",
        f"members_admitted@2024#{cell.pk}?rate",
        f"members_admitted@2024#{cell.pk}?verdict",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[số: members_admitted_share:rural]]", "55,56%"),
        ("[[số: members_admitted@trước]] · [[số: members_admitted@2023]]", "07 · 07"),
        ("[[chỉ tiêu: members_admitted]]", "08"),
        ("[[tổ chức]] – [[cấp trên]] – [[đảng bộ cấp trên]]", "Đảng ủy xã Mẫu – Huyện ủy Đơn Dương – Đảng bộ huyện Đơn Dương"),
        ("[[năm trước]], [[năm]], [[năm sau]] ở [[địa danh]]: [[trích yếu]]", "2023, 2024, 2025 ở Đơn Dương: Bài"),
        ("{>0 members_admitted}có\n{=0 members_admitted}không", "có"),
        ("{? target:members_admitted}giao\n{! target:members_admitted}không giao", "giao"),
        ("{không mô hình}không gắn mô hình\n{mô hình}gắn mô hình\n{văn bản}có văn bản", "không gắn mô hình"),
    ],
)
def test_slots_and_conditions(say, text, said):
    assert say(text) == said


def test_a_missing_figure_is_a_visible_gap_and_never_nought(say, cell, y2024):
    said = say("Có [[số: dialogue_sessions]] buổi, [[số: dialogue_sessions@trước]] năm trước, [[chỉ tiêu: dialogue_sessions]] được giao.")

    assert said == (
        "Có [chưa có số liệu: Số hội nghị đối thoại] buổi, [chưa có số liệu: Số hội nghị đối thoại, năm 2023] năm trước, "
        "[chưa có chỉ tiêu giao: Số hội nghị đối thoại] được giao."
    )


def test_figures_of_a_report_not_yet_approved_are_gaps(indicators, other_cell, y2024):
    makers.make_report(organization=other_cell, period=y2024, status=Status.SUBMITTED, figures={indicators["members_admitted"]: 4})
    template = makers.make_template(text="Kết nạp [[số: members_admitted]] đảng viên.")

    draft = draft_of(organization=other_cell, period=y2024, template=template)

    assert draft.gaps == ["chưa có số liệu: Đảng viên mới kết nạp"]
    assert draft.figures == []


def test_nothing_happened_is_said_in_words_and_counts_as_nought(say, set_figure, indicators):
    set_figure(indicators["dialogue_sessions"], None, state="nothing")

    assert say("Đối thoại: [[số: dialogue_sessions]].\n{=0 dialogue_sessions}Không có buổi nào.\n{? dialogue_sessions}Có buổi.") == (
        "Đối thoại: không phát sinh.\nKhông có buổi nào."
    )


@pytest.mark.parametrize(
    ("now", "words"),
    [(9, "tăng 02 so với năm 2023"), (7, "bằng năm 2023"), (4, "giảm 03 so với năm 2023"), (0, "giảm 07 so với năm 2023")],
)
def test_a_comparison_chooses_its_word(say, set_figure, indicators, now, words):
    set_figure(indicators["members_admitted"], now)

    assert say("[[so sánh: members_admitted]]") == words


@pytest.mark.parametrize(("result", "words"), [(9, "vượt"), (8, "đạt"), (7, "chưa đạt")])
def test_a_verdict_chooses_its_word(say, set_figure, indicators, result, words):
    set_figure(indicators["members_admitted"], result)

    assert say("[[đánh giá: members_admitted]]") == words


def test_money_is_said_with_its_unit(say, set_figure, indicators):
    set_figure(indicators["budget_revenue"], 6108340000)

    assert say("[[số: budget_revenue]]") == "6.108.340.000 đồng"


def test_parts_of_a_model_become_paragraphs_and_items(say, cell, y2024):
    model = makers.make_registration(
        organization=cell, title="Lắng nghe dân nói", periods=[y2024], method="Mỗi tháng một buổi.\n- Chọn thôn\n- Mời dân", working_group_size=8
    )

    said = say("Mô hình “[[mô hình]]”, Tổ công tác [[mô hình.tổ công tác]] người.\n[[mô hình.cách thức]]\n[[mô hình.hạn chế]]", registration=model)

    assert said.splitlines() == [
        "Mô hình “Lắng nghe dân nói”, Tổ công tác 08 người.",
        "Mỗi tháng một buổi.",
        "- Chọn thôn",
        "- Mời dân",
        "[chưa có nội dung: phần hạn chế của mô hình]",
    ]


def test_cited_documents_are_joined_and_sorted_by_day(say, cell):
    makers.make_reference(
        organization=cell, kind="Kế hoạch", number=41, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 21), subject="phát triển đảng viên"
    )
    makers.make_reference(organization=cell, kind="Nghị quyết", number=5, symbol="NQ/ĐU", issued_on=dt.date(2023, 1, 10))

    assert say("{văn bản}Theo [[các văn bản]].\n[[các văn bản: kế hoạch]]") == (
        "Theo Nghị quyết số 05-NQ/ĐU, ngày 10/01/2023; Kế hoạch số 41-KH/ĐU, ngày 21/12/2023 về phát triển đảng viên.\n"
        "Kế hoạch số 41-KH/ĐU, ngày 21/12/2023 về phát triển đảng viên"
    )


def test_documents_alone_on_an_item_are_an_item_each(say, cell, y2024):
    plan = makers.make_reference(organization=cell, kind="Kế hoạch", number=41, symbol="KH/ĐU", issued_on=dt.date(2023, 12, 21))
    makers.make_reference(organization=cell, kind="Nghị quyết", number=5, symbol="NQ/ĐU", issued_on=dt.date(2023, 1, 10))
    model = makers.make_registration(organization=cell, title="Lắng nghe dân nói", periods=[y2024])
    model.basis.add(plan)

    assert say("Gồm:\n{văn bản}- [[các văn bản]]\n+ [[mô hình.căn cứ]]", registration=model).splitlines() == [
        "Gồm:",
        "- Nghị quyết số 05-NQ/ĐU, ngày 10/01/2023;",
        "- Kế hoạch số 41-KH/ĐU, ngày 21/12/2023.",
        "+ Kế hoạch số 41-KH/ĐU, ngày 21/12/2023.",
    ]
    assert say("- [[các văn bản: Đề án]]") == "- [chưa có nội dung: văn bản loại Đề án]"


PAYLOADS = [
    "{{ 7*7 }}", "a {{ 7*7 }}", "a {% load static %}{% include 'x' %}", "a ${7+7} #{7+7} <%= 7+7 %>", "a {{ settings.SECRET_KEY }}",
    "a {{ ''.__class__.__mro__ }}", "a {0.__class__} %(SECRET_KEY)s %s", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "a `id` $(id)", "a \\u007b\\u007b7*7}}", "a {% debug %}", "a {{ request.user.password }}", "a {{ form.as_p }}|safe", "a @import url(file:///etc/passwd)",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_looks_like_code_stays_the_words_it_is(say, payload):
    started = time.monotonic()

    said = say(payload)

    assert said == payload
    assert settings.SECRET_KEY not in said
    assert time.monotonic() - started < 1


def test_slots_in_what_a_person_wrote_are_not_filled_in(say, cell, y2024):
    model = makers.make_registration(
        organization=cell, title="Mô hình [[năm]] [[số: members_admitted]]", periods=[y2024], method="**đậm** [[tổ chức]]"
    )

    said = say("[[mô hình]]\n[[mô hình.cách thức]]", registration=model)

    assert said == "Mô hình [[năm]] [[số: members_admitted]]\n**đậm** [[tổ chức]]"


def test_only_who_writes_for_the_body_composes(cell, y2024, template, chi, binh):
    for stranger in (chi, binh):
        with pytest.raises(PermissionDenied):
            compose(organization=cell, period=y2024, template=template, by=stranger)


def test_composing_is_logged_with_the_template_and_the_words(speech, an, template):
    (entry,) = LogEntry.objects.about(speech)

    assert (entry.action, entry.actor_pk, entry.note) == ("compose", an.pk, "Mẫu “Phát triển đảng viên”, bản 1")
    assert entry.after == {"blocks": speech.blocks, "title": speech.title, "edition": 1}


def test_a_long_template_asks_no_more_queries_than_a_short_one(cell, y2024, report, django_assert_num_queries):
    lines = "\n".join(["[[số: members_admitted]] [[so sánh: members_admitted]] [[số: members_admitted:rural@trước]]"] * 100)
    template = makers.make_template(text=lines)

    with django_assert_num_queries(12):
        draft_of(organization=cell, period=y2024, template=template)
