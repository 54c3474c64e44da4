"""How a body's paper is headed on a date: parent line, issuer line, place."""

from partyreports.documents import Letterhead

from . import tree
from .models import OrganizationKind


def letterhead(organization, *, on, place="", day=None, month=None, year=None, number=""):
    """The documents.Letterhead of `organization` as it was called and placed on the date `on`.

    The first line is the parent's đảng bộ name for committees and chi bộ, the parent's committee name for advisory bodies, and the
    body's own name for the Front, whose standing body signs below. Source: composition of the left header, 36-HD/VPTW and NĐ 30/2020.
    """
    version = organization.version(on=on)
    kind, own = version.kind, version.heading or version.name
    above = tree.names([version.parent], on=on).get(version.parent_id) if version.parent_id else None
    if kind.parent_line == OrganizationKind.ParentLine.OWN_NAME:
        first, second = own, kind.standing_body
    elif kind.parent_line == OrganizationKind.ParentLine.COMMITTEE:
        first, second = above.heading or above.name if above else "", own
    else:
        first, second = above.party_name or above.name if above else "", own
    return Letterhead(
        style=kind.letterhead_style,
        parent=first.upper(),
        issuer=second.upper(),
        number=number,
        place=place or version.place,
        day=day,
        month=month,
        year=year,
    )
