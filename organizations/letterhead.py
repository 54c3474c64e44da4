"""How a body's paper is headed on a date: parent line, issuer line, place."""

from partyreports.documents import Letterhead
from partyreports.vietnamese import upper

from . import tree
from .models import OrganizationKind


def letterhead(organization, *, on, place="", day=None, month=None, year=None, number=""):
    """The documents.Letterhead of `organization` as it was called and placed on the date `on`."""
    version = organization.version(on=on)
    first, second = _lines(version, on=on)
    return Letterhead(
        style=version.kind.letterhead_style,
        parent=first,
        issuer=second,
        number=number,
        place=place or version.place,
        day=day,
        month=month,
        year=year,
    )


def lines(organization, *, on):
    """The two lines on the left of the letterhead on `on`, in capitals; the first is "" at the top of the tree.

    The first line is the parent's đảng bộ name for committees and chi bộ, the parent's committee name for advisory bodies, and the
    body's own name for the Front, whose standing body signs below. Source: composition of the left header, 36-HD/VPTW and NĐ 30/2020.
    """
    return _lines(organization.version(on=on), on=on)


def _lines(version, *, on):
    kind, own = version.kind, version.heading or version.name
    above = tree.names([version.parent_id], on=on)[version.parent_id] if version.parent_id else None
    if kind.parent_line == OrganizationKind.ParentLine.OWN_NAME:
        first, second = own, kind.standing_body
    elif above is None:
        first, second = "", own
    elif kind.parent_line == OrganizationKind.ParentLine.COMMITTEE:
        first, second = above.heading or above.name, own
    else:
        first, second = above.party_name or above.name, own
    return upper(first), upper(second)
