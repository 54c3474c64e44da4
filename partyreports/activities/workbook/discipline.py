"""The register of discipline in Excel, for the reporting line alone."""

from organizations.exchange import Exchange, register
from partyreports.activities.forms.discipline import DisciplineForm
from partyreports.activities.models import Discipline
from partyreports.sheets import Field


@register
class Disciplines(Exchange):
    slug = "ky-luat"
    title = "Sổ thi hành kỷ luật"
    noun = "dòng thi hành kỷ luật"
    table = Discipline
    form_class = DisciplineForm
    list_url = "activities:disciplines"
    year_field = "decided_on"
    seen_with = Discipline.SEEN_WITH
    key = ("organization", "decided_on", "authority", "target", "form")
    fields = (
        Field("organization", "Tổ chức", "organization", required=True),
        Field("decided_on", "Ngày quyết định", "date", required=True, example="05/06/2024"),
        Field("target", "Đối tượng", "choice", required=True, choices=tuple(Discipline.Target.choices), width=22),
        Field("form", "Hình thức", "choice", required=True, choices=tuple(Discipline.Form.choices), width=14),
        Field(
            "authority", "Cấp thi hành", "choice", required=True, choices=tuple((doer.value, doer.label) for doer in Discipline.AUTHORITIES), width=16
        ),
        Field("count", "Số lượng", "count", required=True, help="Từ 1 trở lên.", example="1"),
        Field("committee_members", "Trong đó cấp ủy viên", "count", help="Không có thì để trống."),
    )

    def rows(self, user):
        return super().rows(user).standing().order_by("decided_on", "pk")
