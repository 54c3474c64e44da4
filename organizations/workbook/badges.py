"""The badges of members in Excel: those that are written, and with a year asked for a line for each member who reaches one in its rounds."""

from dataclasses import replace

from organizations import badges, roster
from organizations.exchange import register
from organizations.forms.badge_sheet import BadgeSheetForm
from organizations.models import BadgeAward, Stay
from partyreports.sheets import Field
from partyreports.vietnamese import screen_date

from .people import WHO, OfMembers


@register
class Badges(OfMembers):
    slug = "huy-hieu"
    title = "Sổ huy hiệu Đảng"
    noun = "huy hiệu"
    table = BadgeAward
    form_class = BadgeSheetForm
    list_url = "organizations:badges"
    year_field = "round_on"
    key = ("member", "years")
    fields = (
        Field("organization", "Chi bộ", "organization", help="Nơi đang sinh hoạt. Để trống được."),
        *WHO,
        Field("years", "Huy hiệu", "choice", required=True, choices=tuple((str(years), f"{years} năm") for years in badges.YEARS), width=12),
        Field("round_on", "Đợt trao", "date", required=True, help="Ngày của đợt: 03/02, 19/5, 02/9, 07/11.", example="19/05/2024"),
        Field("number", "Số quyết định trao", help="Để trống nếu chưa có quyết định: dòng ấy không ghi gì vào sổ.", example="512-QĐ/TU", width=20),
    )

    def rows(self, user):
        return super().rows(user).select_related("member").order_by("round_on", "pk")

    def within(self, rows, branch):
        return rows.within(branch)

    def body_of(self, row):
        return row.member.organization_id

    def value(self, row, field):
        if field.name == "organization":
            return row.member.organization_id
        return str(row.years) if field.name == "years" else super().value(row, field)

    def may_change(self, row):
        return f"Huy hiệu này đã ghi trao đợt {screen_date(row.round_on)}{f', {row.number}' if row.number else ''}: dòng đã ghi thì giữ nguyên."

    def prepare(self, user, lines, rows):
        people = super().prepare(user, lines, rows)
        due = {}
        for day in sorted({line.cells.get("round_on") for line in lines} - {None}):
            if held := badges.round_on(day):
                stays = roster.stays_on(None, on=day, among=Stay.objects.visible_to(user)).filter(member__in=list(people.members))
                due |= {(day, each.stay.member_id, each.years): each for each in badges.due(stays, held)}
        return replace(people, due=due)

    def waiting(self, user, branch, year):
        found = []
        for held in badges.rounds(year) if year else ():
            stays = roster.stays_on(branch, on=held.on, among=Stay.objects.visible_to(user))
            found += [(held, each) for each in badges.due(stays, held) if not each.award]
        return [
            {"organization": each.member.organization_id, "member": each.member.pk, "full_name": each.member.full_name}
            | {"birth_year": each.member.birth_year, "years": str(each.years), "round_on": held.on, "number": ""}
            for held, each in found[: self.most_waiting]
        ]

    def says_nothing(self, cells):
        return not cells.get("number")
