"""The petitions of dialogues in Excel: one line for those of one meeting that concern one subject and stand in one state."""

from organizations.exchange import Exchange, register
from organizations.models import Organization
from partyreports.activities.forms.petition_sheet import PetitionSheetForm
from partyreports.activities.models import Petition, Subject
from partyreports.sheets import Field

BY_CODE = "Có mã thì ba cột bên cạnh để trống được."
NO_NAME = "Không ghi tên người dân."


@register
class Petitions(Exchange):
    slug = "kien-nghi"
    title = "Sổ kiến nghị qua đối thoại"
    noun = "dòng kiến nghị"
    table = Petition
    form_class = PetitionSheetForm
    list_url = "activities:dialogues"
    year_field = "dialogue__held_on"
    key = ("dialogue", "subject", "authority", "owner")
    fields = (
        Field("dialogue", "Mã cuộc đối thoại", "count", help=f"Số ở cột Mã của tệp “Sổ đối thoại”. {BY_CODE}", width=11),
        Field("organization", "Tổ chức chủ trì", "organization"),
        Field("held_on", "Ngày tổ chức", "date", example="30/08/2024"),
        Field("place", "Thôn, địa điểm", help="Chỉ cần ghi khi trong ngày có nhiều cuộc.", example="Thôn 1", width=24),
        Field(
            "subject",
            "Lĩnh vực",
            "choice",
            required=True,
            choices=lambda user: [(subject.pk, subject.name) for subject in Subject.objects.all()],
            width=24,
        ),
        Field("count", "Số kiến nghị", "count", required=True, help="Từ 1 trở lên.", example="2"),
        Field("authority", "Cấp có thẩm quyền", "choice", choices=tuple(Petition.Authority.choices), help="Để trống là cấp xã."),
        Field("owner", "Cơ quan giải quyết", help=NO_NAME, example="Ủy ban nhân dân xã", width=26),
        Field("state", "Tình trạng", "choice", choices=tuple(Petition.State.choices), help="Để trống là chưa giải quyết."),
        Field("answer_number", "Số văn bản trả lời", help=NO_NAME, example="45/UBND-VP", width=16),
    )

    def rows(self, user):
        rows = super().rows(user).filter(dialogue__withdrawn_at=None).select_related("dialogue__village", "dialogue__organization", "subject")
        return rows.order_by("dialogue__held_on", "pk")

    def within(self, rows, branch):
        return rows.filter(dialogue__organization__in=Organization.objects.now_under(branch))

    def value(self, row, field):
        match field.name:
            case "dialogue" | "subject":
                return getattr(row, f"{field.name}_id")
            case "organization" | "held_on":
                return getattr(row.dialogue, "organization_id" if field.name == "organization" else "held_on")
            case "place":
                return row.dialogue.where
        return super().value(row, field)
