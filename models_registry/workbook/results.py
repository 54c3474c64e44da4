"""The tables before and after of working models in Excel. Numbers of indicators stay in the reports: a line names the indicator alone."""

from organizations.exchange import register
from partyreports.sheets import Field

from ..forms.lines import told_of
from ..forms.result_lines import ResultLineForm, offered, periods_offered
from ..models import ModelResult
from .years import OfModels, named_model

FROM_REPORTS = "Để trống khi đã chọn chỉ tiêu: số lấy từ báo cáo năm đã duyệt."


def _period(name, title):
    return Field(name, title, "choice", required=True, choices=lambda user: periods_offered(), width=12)


@register
class Results(OfModels):
    slug = "mo-hinh-ket-qua"
    title = "Kết quả mô hình trước và sau"
    noun = "kết quả của mô hình"
    table = ModelResult
    form_class = ResultLineForm
    key = ("model", "label")
    fields = (
        *named_model(),
        Field("key", "Chỉ tiêu của báo cáo năm", "choice", choices=lambda user: offered(), help="Để trống nếu là số riêng của mô hình.", width=40),
        Field("whole", "Trong tổng số", "choice", choices=lambda user: offered(), help="Chọn khi muốn ghi dạng 05/9 kèm tỷ lệ.", width=40),
        Field("label", "Tên kết quả", help="Để trống thì lấy tên chỉ tiêu.", example="Số hộ tham gia", width=30),
        Field("unit", "Đơn vị tính", help="Để trống khi đã chọn chỉ tiêu.", example="hộ", width=12),
        _period("before_period", "Kỳ trước"),
        _period("after_period", "Kỳ sau"),
        Field("before_value", "Số trước", "number", help=FROM_REPORTS),
        Field("before_target", "Chỉ tiêu giao trước", "number", help=FROM_REPORTS),
        Field("after_value", "Số sau", "number", help=FROM_REPORTS),
        Field("after_target", "Chỉ tiêu giao sau", "number", help=FROM_REPORTS),
    )

    def rows(self, user):
        return super().rows(user).select_related("registration__organization").order_by("registration__organization", "registration", "pk")

    def value(self, row, field):
        if field.name in ("model", "organization", "title"):
            told = told_of(row.registration)[field.name]
            return getattr(told, "pk", told)
        return getattr(row, f"{field.name}_id") if field.name.endswith("_period") else super().value(row, field)
