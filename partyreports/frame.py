"""What stands around every page: the words of the left column, the chosen year, the office's name."""

from organizations import tree
from organizations.models import Right
from partyreports.periods.chosen import chosen_period
from partyreports.periods.models import Period

WORK = (Right.READ, Right.WRITE, Right.ENTER, Right.REVIEW, Right.LOCK, Right.AUDIT)


def frame(request):
    """Context of the frame; nothing but the office's name for a visitor."""
    top = tree.root()
    office = top.version() if top else None
    context = {"office_name": (office.party_name or office.name) if office else ""}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return context
    return context | {
        "chosen_period": chosen_period(request),
        "years": list(Period.objects.years()),
        "works": user.holds(*WORK),
        "manages": user.holds(Right.MANAGE),
        "audits": user.holds(Right.AUDIT),
    }
