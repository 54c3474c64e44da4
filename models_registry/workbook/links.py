"""The links between working models in Excel: which goes on from which."""

from organizations.exchange import register
from organizations.exchange.registers import cell_of
from partyreports.sheets import Field

from ..forms.link_lines import LinkLineForm, told_of_link
from ..models import ModelLink
from .years import BY_CODE, OfModels, named_model


@register
class Links(OfModels):
    slug = "mo-hinh-lien-ket"
    title = "Liên kết giữa các mô hình"
    noun = "liên kết mô hình"
    path = "later"
    table = ModelLink
    form_class = LinkLineForm
    key = ("model", "earlier")
    fields = (
        *named_model(),
        Field("kind", "Quan hệ", "choice", required=True, choices=tuple(ModelLink.Kind.choices), width=16),
        Field("earlier", "Mã mô hình có trước", "count", help=BY_CODE, width=9),
        Field("earlier_organization", "Tổ chức của mô hình có trước", "organization"),
        Field("earlier_title", "Tên mô hình có trước", width=40),
    )

    def rows(self, user):
        return super().rows(user).select_related("later__organization", "earlier__organization").order_by("later__organization", "later", "pk")

    def cells(self, row):
        return {name: cell_of(value) for name, value in told_of_link(row).items()}
