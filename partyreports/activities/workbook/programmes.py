"""The programmes of inspection and supervision in Excel: a line for the number of cuộc of one kind by one doer of a body in a year."""

from organizations.exchange import Exchange, register
from partyreports.activities.forms.programme_lines import PlanLineForm
from partyreports.activities.models import Inspection, InspectionPlan
from partyreports.activities.models.inspections import Doer
from partyreports.sheets import Field

FROM_ONE = "Từ 1 trở lên. Bỏ một dòng: để trống ô trên trang chương trình."


@register
class Programmes(Exchange):
    slug = "chuong-trinh-kiem-tra"
    title = "Chương trình kiểm tra, giám sát"
    noun = "dòng chương trình"
    table = InspectionPlan
    form_class = PlanLineForm
    list_url = "activities:programmes"
    year_field = "year"
    key = ("organization", "year", "doer", "kind")
    fields = (
        Field("organization", "Tổ chức", "organization", required=True),
        Field("year", "Năm", "year", required=True, example="2024"),
        Field("doer", "Chủ thể", "choice", required=True, choices=tuple(Doer.choices), width=16),
        Field("kind", "Loại", "choice", required=True, choices=tuple(Inspection.Kind.choices), width=30),
        Field(
            "planned",
            "Số cuộc theo chương trình",
            "count",
            required=True,
            help="Từ 1 trở lên. Bỏ một dòng: để trống ô trên trang chương trình.",
            example="2",
        ),
    )

    def rows(self, user):
        return super().rows(user).order_by("organization", "year", "doer", "kind")

    def in_year(self, rows, year):
        return rows.filter(year=year)
