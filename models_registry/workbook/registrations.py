"""The register of working models in Excel: what is registered, not what has been approved."""

from django import forms

from organizations.access import reach
from organizations.exchange import Exchange, documents, register
from organizations.fields import OrganizationField
from partyreports.periods.models import Period
from partyreports.sheets import Field

from ..forms.registrations import RegistrationForm
from ..models import PARTS, Registration


class LineForm(RegistrationForm):
    """The form of the page, with the body that its page asks for first."""

    organization = OrganizationField(label="Tổ chức")

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, None, *args, **kwargs)
        self.fields["organization"].allow(reach(user, Registration.WRITTEN_WITH), Registration.WRITTEN_WITH)
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization_id

    def clean_organization(self):
        chosen = self.cleaned_data["organization"]
        if self.instance.pk and chosen != self.instance.organization:
            raise forms.ValidationError("Không chuyển đăng ký sang tổ chức khác: đăng ký mới cho tổ chức ấy.")
        self.organization = chosen
        return chosen


@register
class Models(Exchange):
    slug = "mo-hinh"
    title = "Sổ mô hình mới"
    noun = "mô hình"
    table = Registration
    form_class = LineForm
    list_url = "models_registry:list"
    seen_with = (*Registration.WORKED_ON_WITH, *Registration.READ_WITH)
    writers = (Registration.WRITTEN_WITH,)
    not_written = (
        "Đồng chí xem và xuất được sổ này. Nhập mô hình từ Excel chỉ dành cho người được giao quyền soạn (thường là bí thư, phó bí thư): "
        "đăng ký mô hình là việc của người soạn."
    )
    cites = ("basis",)
    key = ("organization", "title")
    fields = (
        Field("organization", "Tổ chức", "organization", required=True),
        Field("title", "Tên mô hình", required=True, example="Ngày thứ sáu nghe dân nói", width=40),
        Field("field", "Lĩnh vực", "choice", required=True, choices=Registration.Field.choices),
        Field(
            "periods",
            "Năm đăng ký",
            "choices",
            required=True,
            choices=lambda user: [(year.pk, year.code) for year in Period.objects.years().order_by("starts_on")],
            help="Nhiều năm thì cách nhau bằng dấu chấm phẩy.",
        ),
        Field("basis", "Văn bản làm căn cứ", help=documents.HELP, example=documents.EXAMPLE, width=40),
        Field("launched_on", "Ngày ra mắt", "date", example="29/03/2024"),
        Field("working_group_size", "Số thành viên Tổ công tác", "count", example="18"),
        *(Field(name, str(Registration._meta.get_field(name).verbose_name).capitalize(), width=40) for name in PARTS),
    )

    def rows(self, user):
        return super().rows(user).prefetch_related("periods", "basis").order_by("organization", "pk")

    def may_change(self, row):
        return "" if row.is_open else f"Đăng ký đang ở trạng thái “{row.get_status_display()}”: chỉ sửa được sau khi được trả lại."
