"""Fields of every form: words, days, and an organisation picked by typing."""

import datetime as dt

import pytest
import time_machine
from django import forms
from django.urls import reverse

from organizations.access import reach
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.models import Right
from tests import makers


def test_words_are_kept_in_one_spelling():
    assert WordsField().clean("  Hoà\u00a0bình\u200b ") == "Hòa bình"
    assert WordsField().clean("Uỷ ban") == "Ủy ban"


@pytest.mark.parametrize(
    ("text", "day"),
    [("05/06/2024", dt.date(2024, 6, 5)), ("5/6/2024", dt.date(2024, 6, 5)), ("25-12-2024", dt.date(2024, 12, 25)), ("", None)],
)
def test_a_day_is_read_day_first(text, day):
    assert DayField(required=False).clean(text) == day


@pytest.mark.parametrize("text", ["32/13/2024", "29/02/2023", "2024", "abc", "5/6/24", "00/00/0000", "9" * 500])
def test_an_impossible_day_is_refused_with_a_sentence(text):
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean(text)
    assert refused.value.messages[0][-1] in ".?"


@time_machine.travel("2026-11-22T20:00:00+07:00", tick=False)
def test_a_day_to_come_is_refused_where_only_the_past_counts():
    field = DayField(past_only=True)

    assert field.clean("22/11/2026") == dt.date(2026, 11, 22)
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("23/11/2026")
    assert refused.value.messages == ["Ngày 23/11/2026 chưa đến: nhập ngày từ hôm nay trở về trước."]
    assert DayField().clean("23/11/2026") == dt.date(2026, 11, 23)


class PickForm(forms.Form):
    organization = OrganizationField()
    other = OrganizationFilterField()

    def __init__(self, user, data):
        super().__init__(data)
        self.fields["organization"].allow(reach(user, Right.ENTER), Right.ENTER)
        self.fields["other"].allow(reach(user))


def picked(user, **data):
    form = PickForm(user, data)
    form.is_valid()
    return form


def test_a_name_without_marks_picks_the_one_body_that_has_it(an, cell):
    assert picked(an, organization="dang uy xa mau").cleaned_data["organization"] == cell
    assert picked(an, organization="Đảng uỷ xã Mẫu").cleaned_data["organization"] == cell


def test_a_part_of_a_name_asks_which_and_offers_buttons(an, cell):
    leaves = [makers.make_organization(name=f"Chi bộ thôn {n}", parent=cell) for n in (1, 2, 10)]

    form = picked(an, organization="thon")

    assert form.errors["organization"] == ["Chọn một tổ chức trong danh sách."]
    assert [offer.name for offer in form.fields["organization"].widget.offered] == ["Chi bộ thôn 1", "Chi bộ thôn 2", "Chi bộ thôn 10"]
    html = str(form["organization"])
    assert 'value="thon"' in html
    assert html.count('type="radio"') == 3
    answered = picked(an, organization="thon", organization_for="thon", organization_choice=str(leaves[2].pk))
    assert answered.cleaned_data["organization"] == leaves[2]
    assert "Chi bộ thôn 10" in str(answered["organization"])


def test_one_body_alone_is_still_asked_about_when_the_name_is_not_whole(an, cell):
    """Picking is the user's; only a filter may take the only one that fits."""
    form = picked(an, organization="mau", other="mau")

    assert form.errors["organization"] == ["Chọn một tổ chức trong danh sách."]
    assert form.cleaned_data["other"] == cell


def test_two_bodies_of_one_name_are_told_apart_by_what_stands_above(binh, district, cell, other_cell):
    account = makers.make_account(rights=[Right.ENTER], organization=district)
    for parent in (cell, other_cell):
        makers.make_organization(name="Chi bộ thôn 1", parent=parent)

    form = picked(account, organization="Chi bộ thôn 1")

    assert sorted(offer.above for offer in form.fields["organization"].widget.offered) == ["Đảng ủy xã Bên", "Đảng ủy xã Mẫu"]


@pytest.mark.parametrize(
    "text", ["thon 9 lac xuan", "chi bo thon 9 dang bo xa lac xuan", "Chi bộ thôn 9 – Đảng bộ xã Lạc Xuân", "thôn 9 Đảng uỷ xã Lạc Xuân"]
)
def test_words_of_the_body_above_narrow_a_name_down(district, other_cell, text):
    account = makers.make_account(rights=[Right.ENTER], organization=district)
    commune = makers.make_organization(name="Đảng ủy xã Lạc Xuân", party_name="Đảng bộ xã Lạc Xuân", parent=district)
    wanted, *_ = [makers.make_organization(name="Chi bộ thôn 9", parent=parent) for parent in (commune, other_cell)]
    makers.make_organization(name="Chi bộ thôn 1", parent=commune)

    form = picked(account, organization=text, other=text)

    assert form.cleaned_data["other"] == wanted
    if " – " in text:
        assert form.cleaned_data["organization"] == wanted
    else:
        assert [offer.pk for offer in form.fields["organization"].widget.offered] == [wanted.pk]


def test_bodies_whose_own_name_has_every_word_come_first(district):
    account = makers.make_account(rights=[Right.ENTER], organization=district)
    commune = makers.make_organization(name="Đảng ủy xã Lạc Xuân", parent=district)
    leaf = makers.make_organization(name="Chi bộ xã đội", parent=commune)

    form = picked(account, organization="xa xuan")

    assert [offer.pk for offer in form.fields["organization"].widget.offered] == [commune.pk, leaf.pk]


def test_a_button_does_not_count_for_other_words(an, cell):
    leaf = makers.make_organization(name="Chi bộ thôn 1", parent=cell)

    form = picked(an, organization="Đảng ủy xã Mẫu", organization_for="thon", organization_choice=str(leaf.pk))

    assert form.cleaned_data["organization"] == cell


@pytest.mark.parametrize("choice", ["abc", "-1", "9" * 30, "１２", " "])
def test_a_tampered_choice_is_refused(an, cell, choice):
    form = picked(an, organization="x", organization_for="x", organization_choice=choice)

    assert form.errors["organization"] == ["Không có tổ chức nào tên như vậy trong phạm vi của đồng chí: gõ lại một phần tên, không cần dấu."]


def test_a_body_out_of_reach_is_as_unknown_as_one_that_is_not(an, other_cell):
    by_key = picked(an, organization="x", organization_for="x", organization_choice=str(other_cell.pk))
    by_name = picked(an, organization="Đảng ủy xã Bên")
    unknown = picked(an, organization="Đảng ủy xã Không Có")

    assert by_key.errors["organization"] == by_name.errors["organization"] == unknown.errors["organization"]
    assert "Bên" not in str(by_key["organization"])


def test_a_key_in_an_address_picks_and_shows_the_name(an, cell):
    form = picked(an, other=str(cell.pk), organization="Đảng ủy xã Mẫu")

    assert form.cleaned_data["other"] == cell
    assert 'value="Đảng ủy xã Mẫu"' in str(form["other"])


def test_an_ended_body_can_be_picked_by_its_last_name(an, cell):
    leaf = makers.make_organization(name="Chi bộ cũ", parent=cell)
    leaf.end(on=dt.date(2025, 7, 1))

    assert picked(an, organization="chi bo cu").cleaned_data["organization"] == leaf


def test_bodies_that_have_ended_come_last_and_say_so(an, cell, signed_in):
    ended, standing = (makers.make_organization(name=f"Chi bộ thôn {n}", parent=cell) for n in (1, 2))
    ended.end(on=dt.date(2025, 7, 1))

    page = signed_in(an).get(reverse("organizations:search"), {"ten": "organization", "organization": "chi bo thon"})

    assert [(offer.pk, offer.ended_on) for offer in page.context["choices"]] == [(standing.pk, None), (ended.pk, dt.date(2025, 7, 1))]
    assert page.content.decode().count("đã kết thúc từ 01/07/2025") == 1


def test_an_empty_box_is_required_or_nothing(an, cell):
    form = picked(an, organization="  ", other="")

    assert form.errors["organization"] == ["Gõ tên tổ chức (không cần dấu) rồi chọn trong danh sách hiện ra."]
    assert form.cleaned_data["other"] is None


def test_words_in_the_box_are_escaped(an, cell):
    html = str(picked(an, organization='"><script>alert(1)</script>')["organization"])

    assert "<script>" not in html


def test_suggestions_stay_within_reach_and_within_the_right(an, binh, cell, other_cell, signed_in):
    address = reverse("organizations:search")

    mine = signed_in(an).get(address, {"organization": "xa", "ten": "organization"}).content.decode()
    assert "Đảng ủy xã Mẫu" in mine
    assert "Đảng ủy xã Bên" not in mine
    assert 'name="organization_for" value="xa"' in mine
    for_review = signed_in(an).get(address, {"organization": "xa", "ten": "organization", "quyen": "review"}).content.decode()
    assert "Đảng ủy xã Mẫu" not in for_review
    nobody = signed_in(an).get(address, {"organization": "xa", "ten": '"><script>'})
    assert nobody.status_code == 403
