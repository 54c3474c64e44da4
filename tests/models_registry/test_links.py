"""Links between models: written on the later one, shown as far as the reader reaches, never in a ring."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from models_registry.links import link, linked_with, unlink
from models_registry.models import ModelLink, Registration
from organizations.models import LogEntry
from organizations.review import StepRefused
from tests import makers

Kind = ModelLink.Kind


@pytest.fixture
def models(an, cell, y2024):
    return [makers.make_registration(organization=cell, title=f"Mô hình {letter}", periods=[y2024]) for letter in "ABC"]


def test_both_models_tell_of_a_link(an, models):
    old, new, _ = models
    link(new, old, Kind.REPLICATES, by=an)

    assert [(linked.words, linked.other, linked.is_own) for linked in linked_with(new, an)] == [("nhân rộng từ", old, True)]
    assert [(linked.words, linked.other, linked.is_own) for linked in linked_with(old, an)] == [("được nhân rộng ở", new, False)]
    assert LogEntry.objects.get(action="link").note == "nhân rộng từ “Mô hình A”"


def test_a_link_to_a_model_out_of_reach_shows_nothing(an, chi, binh, models, other_cell, y2024, signed_in):
    foreign = makers.make_registration(organization=other_cell, title="Mô hình xã Bên", periods=[y2024])
    both = makers.make_link(later=models[0], earlier=foreign)

    assert (linked_with(models[0], an), linked_with(foreign, chi)) == ([], [])
    assert "xã Bên" not in signed_in(an).get(models[0].get_absolute_url()).content.decode()
    assert [linked.link for linked in linked_with(models[0], binh)] == [both]


def test_a_ring_is_refused(an, models):
    first, second, third = models
    link(second, first, Kind.CONTINUES, by=an)
    link(third, second, Kind.REPLICATES, by=an)

    for later, earlier, kind in ((first, third, Kind.REPLACES), (first, second, Kind.RESEMBLES), (first, first, Kind.RESEMBLES)):
        with pytest.raises(StepRefused) as refused:
            link(later, earlier, kind, by=an)
        assert refused.value.reason == "state"
    link(first, third, Kind.RESEMBLES, by=an)
    assert ModelLink.objects.count() == 3


def test_whoever_does_not_keep_the_register_links_nothing(binh, chi, an, models, other_cell):
    foreign = makers.make_registration(organization=other_cell)
    for later, earlier, by in ((models[0], models[1], binh), (models[0], models[1], chi), (models[0], foreign, an)):
        with pytest.raises(StepRefused) as refused:
            link(later, earlier, Kind.CONTINUES, by=by)
        assert refused.value.reason == "right"
    made = makers.make_link(later=models[0], earlier=models[1])
    with pytest.raises(StepRefused):
        unlink(made, by=binh)
    assert ModelLink.objects.count() == 1


def test_an_links_by_typing_words_of_the_title_and_takes_it_back(an, models, signed_in):
    client, address = signed_in(an), reverse("models_registry:add_link", args=[models[2].pk])

    several = client.post(address, {"kind": "continues", "earlier": "mo hinh"})
    done = client.post(address, {"kind": "continues", "earlier": "mo hinh a"})

    assert "earlier" in several.context["form"].errors
    assert (done.status_code, ModelLink.objects.get().earlier) == (302, models[0])
    offered = client.get(reverse("models_registry:search"), {"earlier": "hinh b"}).content.decode()
    assert "Mô hình B" in offered
    client.post(reverse("models_registry:remove_link", args=[ModelLink.objects.get().pk]))
    assert not ModelLink.objects.exists()


def test_a_new_model_is_linked_with_the_one_it_repeats(an, cell, models, y2024, signed_in):
    client = signed_in(an)
    address = f"{reverse('models_registry:add')}?tu={models[0].pk}&quan_he=continues"
    page = client.get(address)
    assert page.context["form"]["title"].value() == "Mô hình A"

    client.post(address, {"title": "Tuyến đường hoa", "field": "dialogue", "periods": [y2024.pk]})
    client.post(
        reverse("models_registry:add"), {"title": "Tiếng kẻng an ninh", "field": "defence", "periods": [y2024.pk], "replicates": models[1].pk}
    )

    made = [(each.later.title, each.kind, each.earlier.title) for each in ModelLink.objects.order_by("pk")]
    assert made == [("Tuyến đường hoa", "continues", "Mô hình A"), ("Tiếng kẻng an ninh", "replicates", "Mô hình B")]


def test_a_model_out_of_reach_is_no_origin(an, other_cell, y2024, signed_in):
    foreign = makers.make_registration(organization=other_cell)

    assert signed_in(an).get(f"{reverse('models_registry:add')}?tu={foreign.pk}").status_code == 404
    answer = signed_in(an).post(
        reverse("models_registry:add"), {"title": "Tuyến đường hoa", "field": "dialogue", "periods": [y2024.pk], "replicates": foreign.pk}
    )
    assert "replicates" in answer.context["form"].errors
    assert Registration.objects.count() == 1


def test_the_database_refuses_a_link_with_itself_and_a_second_one(models):
    makers.make_link(later=models[0], earlier=models[1])
    for earlier in (models[0], models[1]):
        with pytest.raises(IntegrityError), transaction.atomic():
            makers.make_link(later=models[0], earlier=earlier)
