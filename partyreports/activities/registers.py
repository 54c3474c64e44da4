"""What the registers of the room counted in a year: for the page that leads to all registers."""

from organizations.registers import COUNTED, days_of, within
from partyreports.vietnamese import count, number

from . import dialogues, inspections
from .models import Dialogue, Inspection


def counted(user, branch, year):
    """dict: register → (number in words, what it counts) of the dialogues and inspections of `year` that `user` sees. Constant queries."""
    held = within(Dialogue.objects.visible_to(user), branch).standing().filter(held_on__range=days_of(year))
    talks = dialogues.totals(held)
    begun = within(Inspection.objects.visible_to(user), branch).standing().filter(started_on__range=days_of(year))
    checks = inspections.totals(begun)
    parts = dict(talks.parts)
    return {
        "dialogues": [
            (count(talks.sessions), "cuộc"),
            (parts["lượt người dự"], "lượt người dự"),
            (parts["lượt ý kiến"], "lượt ý kiến"),
            (number(talks.under_way + talks.unsolved), "kiến nghị chưa giải quyết xong"),
        ],
        "inspections": [
            (count(checks.inspections), "cuộc kiểm tra"),
            (count(checks.supervisions), "cuộc giám sát"),
            (count(checks.concluded), "cuộc đã kết luận"),
        ],
    }


COUNTED.append(counted)
