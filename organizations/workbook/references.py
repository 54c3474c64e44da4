"""The register of cited documents in Excel."""

from organizations.citations import COMMON_KINDS, sign_key
from organizations.exchange import Exchange, documents, register
from organizations.forms.references import ReferenceForm
from organizations.models import Reference
from organizations.standing import Standing
from partyreports.sheets import Field


@register
class References(Exchange):
    slug = "van-ban"
    title = "Sổ văn bản viện dẫn"
    noun = "văn bản"
    table = Reference
    form_class = ReferenceForm
    list_url = "organizations:references"
    year_field = "issued_on"
    cites = ("carries_out",)
    key = ("organization", "kind", "number", "symbol", "issuer", "issued_on", "subject")
    fields = (
        Field("organization", "Tổ chức viện dẫn", "organization", required=True),
        Field("kind", "Loại văn bản", required=True, choices=tuple(COMMON_KINDS), example="Kế hoạch", width=16),
        Field("number", "Số", "count", help="Chỉ ghi số, không ghi ký hiệu.", example="38"),
        Field("symbol", "Ký hiệu", help="Phần sau số, ví dụ KH/ĐU, QĐ-TTg, 2020/NĐ-CP.", example="KH/ĐU", width=14),
        Field("issued_on", "Ngày ban hành", "date", example="28/12/2023"),
        Field("issuer", "Cơ quan ban hành", example="Huyện ủy Đơn Dương", width=30),
        Field(
            "subject", "Trích yếu", help="Viết tiếp sau chữ “về”. Không ghi tên người.", example="công tác phát triển đảng viên năm 2024", width=60
        ),
        Field("carries_out", "Thực hiện văn bản", help=documents.HELP, example=documents.EXAMPLE, width=40),
        Field("kept_at", "Bản chính lưu tại", help="Cổng không giữ bản chụp văn bản.", example="Văn phòng Đảng ủy, cặp 12", width=24),
    )

    def prepare(self, user, lines, rows):
        cells = [line.cells for line in lines]
        signs = [sign_key(each["number"], each["symbol"]) for each in cells if each.get("number") is not None and each.get("symbol")]
        return Standing.read(Reference.objects.visible_to(user), "sign_key", signs)

    def rows(self, user):
        return super().rows(user).prefetch_related("carries_out").order_by("issued_on", "pk")
