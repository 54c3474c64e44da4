"""The register of inspections in Excel: for the reporting line, because outcomes may tell of one known person."""

from organizations.exchange import Exchange, register
from partyreports.activities.forms.inspections import InspectionForm
from partyreports.activities.models import Discipline, Inspection
from partyreports.activities.models.inspections import Doer
from partyreports.sheets import Field

NO_NAME = "Không ghi tên người."


def _count(name):
    return Field(name, Inspection._meta.get_field(name).verbose_name.capitalize(), "count", help="Không có thì để trống.")


@register
class Inspections(Exchange):
    slug = "kiem-tra-giam-sat"
    title = "Sổ kiểm tra, giám sát"
    noun = "cuộc kiểm tra, giám sát"
    table = Inspection
    form_class = InspectionForm
    list_url = "activities:inspections"
    year_field = "started_on"
    seen_with = Discipline.SEEN_WITH
    key = ("organization", "doer", "kind", "started_on", "subject")
    fields = (
        Field("organization", "Tổ chức tiến hành", "organization", required=True),
        Field("doer", "Chủ thể", "choice", required=True, choices=tuple(Doer.choices), width=16),
        Field("kind", "Loại", "choice", required=True, choices=tuple(Inspection.Kind.choices), width=30),
        Field("subject", "Nội dung", help=NO_NAME, example="Chấp hành chế độ đảng phí tại các chi bộ", width=50),
        Field("started_on", "Ngày bắt đầu", "date", required=True, example="12/03/2024"),
        Field("concluded_on", "Ngày kết luận", "date", help="Để trống nếu chưa kết luận.", example="26/04/2024"),
        Field("conclusion_number", "Số thông báo kết luận", help=NO_NAME, example="12-TB/ĐU", width=16),
        Field("in_programme", "Theo chương trình năm", "flag"),
        *(_count(name) for name in (*Inspection.COUNTS, *Inspection.OUTCOMES)),
    )

    def rows(self, user):
        return super().rows(user).standing().order_by("started_on", "pk")
