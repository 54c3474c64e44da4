"""How a body's paper is headed and signed on a date: parent line, issuer line, place; post of the signer, recipients."""

from partyreports.documents import Letterhead, Signing
from partyreports.vietnamese import fold, upper

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


def signing(organization, *, on, recipients=()):
    """The documents.Signing of `organization` on a date: for whom and as what one signs; the body above and `recipients` receive it.

    A committee and a chi bộ sign by their secretary in the name of all, an advisory body by its head alone, the Front by the chairman for its
    standing body. Source: authority to sign and Nơi nhận, 36-HD/VPTW, 05-HD/VPTW and NĐ 30/2020.
    """
    version = organization.version(on=on)
    body, post, archive = _signer(version)
    above = tree.names([version.parent_id], on=on)[version.parent_id].name if version.parent_id else ""
    return Signing(upper(body), upper(post), recipients=(*filter(None, (above,)), *recipients, archive))


def _signer(version):
    """(in whose name, "" in its own; post; where a copy is kept) of whoever signs for a body."""
    kind, name = version.kind, version.name
    if kind.letterhead_style == OrganizationKind.LetterheadStyle.STATE:
        return kind.standing_body, "Chủ tịch", "Lưu: VT"
    if kind.is_cell:
        return "Chi bộ", "Bí thư", "Lưu Chi bộ"
    if kind.parent_line == OrganizationKind.ParentLine.COMMITTEE:
        if fold(name).startswith("van phong"):
            return "", "Chánh Văn phòng", "Lưu Văn phòng"
        if fold(name).startswith("uy ban kiem tra"):
            return "Ủy ban Kiểm tra", "Chủ nhiệm", "Lưu Ủy ban Kiểm tra"
        return "", "Trưởng ban", f"Lưu {version.heading or name}"
    committee = " ".join(name.split()[:2])  # Huyện ủy, Đảng ủy, Tỉnh ủy
    committee = committee if fold(committee).endswith(" uy") else "Đảng ủy"
    return committee, "Bí thư", f"Lưu Văn phòng {committee}"


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
