"""The years of working models in Excel: one line for a model in a year, with the day and the paper of each state it came to."""

from django.db.models import Prefetch

from organizations.exchange import Exchange, register
from organizations.models import Organization
from partyreports.periods.models import Period
from partyreports.sheets import Field

from ..forms.year_lines import YearLineForm, parts_of, told_of_year
from ..models import ModelYear, Registration, Stage

BY_CODE = "Số ở cột Mã của tệp “Sổ mô hình mới”. Có mã thì hai cột bên cạnh để trống được."
ONCE = "Đã ghi thì không sửa bằng tệp: rút trên trang của mô hình rồi ghi lại."


def named_model():
    """The columns by which a line names its model."""
    return (
        Field("model", "Mã mô hình", "count", help=BY_CODE, width=9),
        Field("organization", "Tổ chức", "organization"),
        Field("title", "Tên mô hình", example="Ngày thứ sáu nghe dân nói", width=40),
    )


def _columns(state):
    day, document, note = parts_of(state)
    words = state.label[:1].upper() + state.label[1:]
    return (
        Field(day, f"{words}: ngày", "date", help=ONCE, example="29/03/2024"),
        Field(document, f"{words}: số văn bản", example="78-CV/ĐU", width=16),
        Field(note, f"{words}: ghi chú", help="Không ghi tên người, tên hộ.", width=24),
    )


class OfModels(Exchange):
    """A register of which each row belongs to one model; `path` leads from the row to it."""

    path = "registration"
    list_url = "models_registry:list"
    seen_with = (*Registration.WORKED_ON_WITH, *Registration.READ_WITH)

    def within(self, rows, branch):
        return rows.filter(**{f"{self.path}__organization__in": Organization.objects.now_under(branch)})


@register
class Years(OfModels):
    slug = "mo-hinh-tinh-trang"
    title = "Tình trạng mô hình theo năm"
    noun = "năm thực hiện mô hình"
    table = ModelYear
    form_class = YearLineForm
    year_field = "period__starts_on"
    key = ("model", "period")
    fields = (
        *named_model(),
        Field("period", "Năm", "choice", required=True, choices=lambda user: [(year.pk, year.code) for year in Period.objects.years()], width=10),
        *(field for state in ModelYear.State for field in _columns(state)),
    )

    def rows(self, user):
        rows = super().rows(user).select_related("registration__organization", "period")
        return rows.prefetch_related(Prefetch("stages", Stage.objects.order_by("pk"))).order_by(
            "registration__organization", "registration", "period__starts_on"
        )

    def cells(self, row):
        cells = told_of_year(row)
        return cells | {"organization": row.organization_id}
