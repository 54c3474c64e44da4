"""Rows of dialogues for tests, keyword-only, with sensible rest."""

import datetime as dt

from partyreports.activities.models import Dialogue, DialogueNorm, Subject, Village


def make_village(*, organization, name="Thôn 1", **fields):
    return Village.objects.get_or_create(organization=organization, name=name, defaults=fields)[0]


def make_subject(*, name="Đường giao thông"):
    return Subject.objects.get_or_create(name=name)[0]


def make_dialogue(*, organization, held_on=dt.date(2024, 3, 29), petitions=(), **fields):
    """A dialogue; `petitions` are dicts of the fields of its petitions, the subject by its name."""
    defaults = {"chair_post": "Bí thư Đảng ủy xã", "people": 20, "officials": 5, "opinions": 5}
    dialogue = Dialogue.objects.create(organization=organization, held_on=held_on, **{**defaults, **fields})
    for facts in petitions:
        dialogue.petitions.create(**{**facts, "subject": make_subject(name=facts.get("subject", "Đường giao thông"))})
    return dialogue


def make_norm(*, organization, cadence="quarterly", valid_from=dt.date(2024, 1, 1), kinds=(), **fields):
    norm = DialogueNorm.objects.create(organization=organization, cadence=cadence, valid_from=valid_from, **fields)
    norm.kinds.set(kinds)
    return norm


def make_friday_norm(*, organization, **fields):
    """Every last Friday of the month, the villages in turn."""
    return make_norm(organization=organization, cadence="monthly_weekday", weekday=5, nth=-1, rotates=True, **fields)


def typed(**fields):
    """What a clerk types into the form of a dialogue, without petitions."""
    empty = {"kien-nghi-TOTAL_FORMS": "3", "kien-nghi-INITIAL_FORMS": "0", "kien-nghi-MIN_NUM_FORMS": "0", "kien-nghi-MAX_NUM_FORMS": "40"}
    blank = {f"kien-nghi-{n}-{name}": value for n in range(3) for name, value in BLANK.items()}
    facts = {
        "held_on": "29/03/2024",
        "place": "",
        "level": "",
        "kind": "regular",
        "chair_post": "Bí thư Đảng ủy xã",
        "people": "20",
        "officials": "5",
    }
    return {
        **empty,
        **blank,
        **facts,
        "qualifier": "",
        "opinions": "5",
        "opinions_qualifier": "",
        "minutes_number": "",
        "minutes_on": "",
        **{name: str(value) for name, value in fields.items()},
    }


BLANK = {"subject": "", "count": "", "state": "open", "authority": "commune", "owner": "", "answer_number": ""}
