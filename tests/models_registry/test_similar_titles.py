"""Titles that say nearly the same are pointed out; titles that do not are left alone."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from models_registry.models import Registration
from models_registry.similar_titles import NEAREST, SIMILAR, likeness, similar_titles
from organizations.models import Right
from tests import makers

FRIDAY = "Ngày thứ sáu nghe dân nói"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FRIDAY, "Ngay thu sau nghe dan noi"),
        (FRIDAY, "Ngày thứ Sáu: nghe dân nói"),
        (FRIDAY, "Thứ sáu nghe dân nói"),
        (FRIDAY, "Ngày thứ sáu lắng nghe dân nói"),
        ("Dân quân nắm hộ dân", "Dân quân nắm hộ dân trên địa bàn huyện"),
        ("Nâng cao chất lượng bồi dưỡng quần chúng ưu tú", "Nâng cao chất lượng công tác bồi dưỡng quần chúng ưu tú"),
        ("Camera an ninh thôn", "Thôn camera an ninh"),
    ],
)
def test_one_model_in_two_spellings_is_alike(one, other):
    assert likeness(one, other) >= SIMILAR
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FRIDAY, "Dân quân nắm hộ dân"),
        ("Nâng cao chất lượng sinh hoạt chi bộ", "Nâng cao chất lượng tuyên truyền miệng ở cơ sở"),
        ("Tuyến đường hoa", "Tiếng kẻng an ninh"),
        ("", FRIDAY),
        ("…", "!!!"),
    ],
)
def test_two_models_are_not_alike(one, other):
    assert likeness(one, other) < SIMILAR


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_whichever_title_comes_first(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(st.text(alphabet="abcdđêơ ", min_size=1, max_size=60).filter(lambda text: text.strip()))
def test_a_title_is_wholly_like_itself(title):
    assert likeness(title, title) == 1


def test_the_most_alike_come_first_and_only_those_given(an, cell, other_cell, django_assert_num_queries):
    same = makers.make_registration(organization=cell, title="Ngay thu sau nghe dan noi")
    close = makers.make_registration(organization=cell, title="Thứ sáu nghe dân nói")
    makers.make_registration(organization=other_cell, title=FRIDAY)
    makers.make_registration(organization=cell, title="Dân quân nắm hộ dân")

    with django_assert_num_queries(3):
        found = similar_titles(FRIDAY, among=Registration.objects.visible_to(an))

    assert [each.pk for each in found] == [same.pk, close.pk]
    assert similar_titles(FRIDAY, among=Registration.objects.visible_to(an), besides=same.pk)[0].pk == close.pk


def test_saving_a_title_like_another_is_asked_about_once(an, cell, other_cell, y2024, signed_in):
    makers.make_registration(organization=cell, title=FRIDAY)
    makers.make_registration(organization=other_cell, title="Ngày thứ sáu nghe dân nói ở xã Bên")
    data = {"title": "Ngày thứ Sáu nghe dân nói", "field": "dialogue", "periods": [y2024.pk]}
    client, address = signed_in(an), reverse("models_registry:add")

    asked = client.post(address, data).context["form"]
    kept = client.post(address, {**data, "confirmed": asked.answer})

    assert asked.asked == [
        "Đã có mô hình tên gần giống: “Ngày thứ sáu nghe dân nói” (Đảng ủy xã Mẫu; 2024: đăng ký). "
        "Nếu là một mô hình, sửa đăng ký cũ và thêm năm, không đăng ký lại."
    ]
    assert kept.status_code == 302
    assert Registration.objects.filter(organization=cell).count() == 2


def test_titles_alike_are_shown_while_typing_within_reach(an, cell, other_cell, y2024, signed_in):
    near = makers.make_registration(organization=cell, title=FRIDAY, periods=[y2024])
    makers.make_registration(organization=other_cell, title=FRIDAY)
    client, address = signed_in(an), reverse("models_registry:similar")

    shown = client.get(address, {"title": "ngay thu sau nge dan noi"}).content.decode()
    while_editing = client.get(address, {"title": FRIDAY, "tru": near.pk}).content.decode()

    assert "(Đảng ủy xã Mẫu; 2024: đăng ký)" in shown
    assert (shown.count("Ngày thứ sáu"), shown.count('name="replicates"')) == (2, 2)
    assert FRIDAY not in while_editing
    assert FRIDAY not in client.get(address, {"title": "Ngày"}).content.decode()


def test_a_changed_title_is_found_by_its_new_words_alone(an, cell):
    registration = makers.make_registration(organization=cell, title=FRIDAY)
    registration.title = "Tuyến đường hoa thanh niên"
    registration.save()
    among = Registration.objects.visible_to(an)

    assert similar_titles(FRIDAY, among=among) == []
    assert [each.pk for each in similar_titles("Tuyến đường hoa của thanh niên", among=among)] == [registration.pk]


def test_likeness_of_a_model_to_itself_is_not_asked_about_when_it_is_repeated(an, cell, y2024, signed_in):
    origin = makers.make_registration(organization=cell, title=FRIDAY)
    data = {"title": FRIDAY, "field": "dialogue", "periods": [y2024.pk], "replicates": origin.pk}

    assert signed_in(an).post(reverse("models_registry:add"), data).status_code == 302


def test_a_title_alike_is_found_behind_many_out_of_reach(an, cell, other_cell, y2024):
    within = makers.make_registration(organization=cell, title=f"{FRIDAY} thật", periods=[y2024])
    for _ in range(NEAREST):
        makers.make_registration(organization=other_cell, title=FRIDAY, periods=[y2024])

    assert [each.pk for each in similar_titles(FRIDAY, among=Registration.objects.visible_to(an))] == [within.pk]


# --- out of reach -----------------------------------------------------------------------------------------------------

ELSEWHERE = (
    "Trong toàn đảng bộ còn 01 mô hình đã duyệt có tên gần giống, ngoài phạm vi của đồng chí: trao đổi với văn phòng cấp trên trước khi đăng ký."
)


@pytest.fixture
def neighbours(chi, binh, other_cell, y2024):
    """An approved model of another body, and a draft, which nobody is told about."""
    facts = {"organization": other_cell, "title": f"{FRIDAY} ở xã Bên", "periods": [y2024], "by": chi, "reviewer": binh}
    return [makers.make_registration(status=status, **facts) for status in ("approved", "draft")]


def test_a_writer_learns_that_there_is_one_elsewhere_and_nothing_else_of_it(an, chi, neighbours, signed_in):
    client, address = signed_in(an), reverse("models_registry:similar")

    told = client.get(address, {"title": FRIDAY}).content.decode()

    assert ELSEWHERE in told
    assert "Bên" not in told
    assert ELSEWHERE not in signed_in(chi).get(address, {"title": FRIDAY}).content.decode()  # she sees them both


def test_whoever_registers_nothing_is_told_nothing_of_what_is_out_of_reach(cell, neighbours, signed_in):
    reader = makers.make_account(rights=[Right.READ], organization=cell)

    assert ELSEWHERE not in signed_in(reader).get(reverse("models_registry:similar"), {"title": FRIDAY}).content.decode()


def test_saving_a_title_that_stands_elsewhere_is_asked_about_while_it_is_new(an, cell, neighbours, y2024, signed_in):
    data = {"title": FRIDAY, "field": "dialogue", "periods": [y2024.pk]}
    client, address = signed_in(an), reverse("models_registry:add")

    asked = client.post(address, data).context["form"]
    client.post(address, {**data, "confirmed": asked.answer})
    own = Registration.objects.get(organization=cell)
    again = client.post(reverse("models_registry:edit", args=[own.pk]), {**data, "method": "Mỗi tháng một buổi.", "version": own.version})

    assert asked.asked == [ELSEWHERE]
    assert again.status_code == 302


@pytest.mark.parametrize("number", [1, 3, 50])
def test_what_is_told_while_typing_asks_the_same_however_many_there_are(number, an, chi, binh, other_cell, signed_in, django_assert_num_queries):
    for _ in range(number):
        makers.make_registration(organization=other_cell, title=FRIDAY, status="approved", by=chi, reviewer=binh)
    client, address = signed_in(an), reverse("models_registry:similar")
    client.get(address, {"title": FRIDAY})

    with django_assert_num_queries(9):
        client.get(address, {"title": FRIDAY})
