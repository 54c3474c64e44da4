"""Every kind of event is told with its day and its link to whoever sees the register, and to nobody else."""

import datetime as dt

import pytest

from organizations.models import BadgeAward, MemberRating, Stay
from partyreports.activities.models import InspectionPlan, Petition, Subject
from partyreports.metrics.events import READERS, told
from tests.makers import make_candidate, make_member, make_registration
from tests.metrics.events import make_dialogue, make_discipline, make_inspection


@pytest.fixture
def identities(cell):
    """One event of each kind in An's body, and how its line begins."""
    dialogue = make_dialogue(organization=cell, place="Hội trường")
    petition = Petition.objects.create(dialogue=dialogue, subject=Subject.objects.create(name="Đất đai"), count=2)
    plan = InspectionPlan.objects.create(organization=cell, year=2024, doer="committee", kind="programme", planned=2)
    member = make_member(organization=cell, full_name="Nguyễn Văn Thử")
    stay = member.stays.get()
    candidate = make_candidate(organization=cell, full_name="Trần Thị Chúng")
    rating = MemberRating.objects.create(member=member, organization=cell, year=2024, level="good")
    badge = BadgeAward.objects.create(member=member, years=30, round_on=dt.date(2024, 2, 3))
    return {
        f"dialogue:{dialogue.pk}": "Hội trường: 20 lượt dự, 5 lượt ý kiến",
        f"petition:{petition.pk}": "Đất đai: 2 kiến nghị, chưa giải quyết",
        f"inspection:{make_inspection(organization=cell).pk}": "Kiểm tra theo chương trình (cấp ủy)",
        f"discipline:{make_discipline(organization=cell).pk}": "Thi hành kỷ luật ngày 05/06/2024",
        f"plan:{plan.pk}": "Kiểm tra theo chương trình (cấp ủy): 2 cuộc theo chương trình",
        f"stay:{stay.pk}": "Nguyễn Văn Thử",
        f"stay:{stay.pk}:in": "Nguyễn Văn Thử: có tên khi lập sổ",
        f"stage:{candidate.stages.get().pk}": "Trần Thị Chúng: quần chúng ưu tú",
        f"candidate:{candidate.pk}": "Trần Thị Chúng",
        f"rating:{rating.pk}": "Nguyễn Văn Thử",
        f"badge:{badge.pk}": "Nguyễn Văn Thử: 30 năm",
        f"body:{cell.pk}": "Đảng ủy xã Mẫu",
        f"model:{make_registration(organization=cell, title='Thắp sáng đường thôn').pk}": "Thắp sáng đường thôn",
    }


def test_every_kind_of_event_has_its_line(identities, an, signed_in):
    seen = told(list(identities), an)

    assert {event.identity: event.label for event in seen.events} == identities
    assert {identity.partition(":")[0] for identity in identities} == set(READERS)
    assert seen.unseen == 0
    client = signed_in(an)
    assert {client.get(event.url).status_code for event in seen.events} == {200}


def test_whoever_does_not_see_the_registers_is_told_of_bodies_alone(identities, chi):
    seen = told(list(identities), chi)

    assert [event.identity.partition(":")[0] for event in seen.events] == ["body"]
    assert seen.unseen == len(identities) - 1


def test_an_event_that_is_gone_is_only_counted(identities, an):
    stay = next(identity for identity in identities if identity.startswith("stay"))
    Stay.objects.all().delete()

    assert told([stay], an).unseen == 1
