"""The yearly ratings of members in Excel: those that are written, and with a year asked for a line for each member who has none yet."""

from organizations import ratings, roster
from organizations.exchange import register
from organizations.forms.rating_sheet import RatingSheetForm
from organizations.models import MemberRating, Stay
from partyreports.sheets import Field

from .people import WHO, OfMembers


@register
class Ratings(OfMembers):
    slug = "xep-loai"
    title = "Sổ xếp loại đảng viên"
    noun = "đảng viên của một năm"
    table = MemberRating
    form_class = RatingSheetForm
    list_url = "organizations:ratings"
    year_field = "year"
    key = ("year", "member")
    fields = (
        Field("year", "Năm", "year", required=True, example="2024"),
        Field("organization", "Chi bộ", "organization", help="Nơi sinh hoạt ở cuối năm. Để trống được."),
        *WHO,
        Field(
            "level",
            "Mức xếp loại",
            "choice",
            choices=tuple(MemberRating.Level.choices),
            help="Để trống nếu chưa xếp loại: dòng ấy không ghi gì vào sổ.",
            width=32,
        ),
    )

    def rows(self, user):
        return super().rows(user).select_related("member").order_by("year", "organization", "member__sort", "pk")

    def in_year(self, rows, year):
        return rows.filter(year=year)

    def waiting(self, user, branch, year):
        if not year:
            return []
        stays = roster.stays_on(branch, on=ratings.last_day(year), among=Stay.objects.visible_to(user)).select_related("member")
        stays = stays.exclude(member__in=MemberRating.objects.filter(year=year).values("member")).order_by("organization", "member__sort", "pk")
        return [
            {"year": year, "organization": stay.organization_id, "member": stay.member_id}
            | {"full_name": stay.member.full_name, "birth_year": stay.member.birth_year, "level": ""}
            for stay in stays[: self.most_waiting]
        ]

    def says_nothing(self, cells):
        return not cells.get("level")
