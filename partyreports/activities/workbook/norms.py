"""Norms of dialogue in Excel, and the days they plan: a line for each norm, a line for each day."""

from organizations.exchange import Exchange, documents, register
from organizations.exchange.registers import cell_of
from organizations.models import OrganizationKind
from partyreports.activities.forms.norm_lines import PlanLineForm, told_of_plan
from partyreports.activities.forms.norms import NormForm
from partyreports.activities.models import DialogueNorm, PlannedDialogue
from partyreports.activities.models.norms import TIMES, WEEKDAYS
from partyreports.sheets import Field

OF_A_WEEKDAY = "Chỉ chọn khi nhịp là một ngày thứ cố định mỗi tháng."
HELD = "Số ở cột Mã của tệp “Sổ đối thoại”; chỉ ghi với định mức một ngày thứ cố định."
ONE_DOCUMENT = "Số và ký hiệu của một văn bản như trong sổ văn bản viện dẫn. Trùng số thì ghi thêm ngày."


@register
class Norms(Exchange):
    slug = "dinh-muc-doi-thoai"
    title = "Định mức đối thoại"
    noun = "định mức đối thoại"
    table = DialogueNorm
    form_class = NormForm
    list_url = "activities:norms"
    key = ("organization", "cadence", "valid_from")
    fields = (
        Field("organization", "Tổ chức phải thực hiện", "organization", required=True),
        Field("cadence", "Nhịp", "choice", required=True, choices=tuple(DialogueNorm.Cadence.choices), width=28),
        Field("weekday", "Vào thứ", "choice", choices=tuple(WEEKDAYS.items()), help=OF_A_WEEKDAY, width=12),
        Field("nth", "Lần trong tháng", "choice", choices=tuple(TIMES.items()), help=OF_A_WEEKDAY, width=20),
        Field("rotates", "Xoay vòng các thôn", "flag"),
        Field(
            "kinds",
            "Áp dụng cả cho tổ chức trực thuộc",
            "choices",
            choices=lambda user: [(kind.pk, kind.name) for kind in OrganizationKind.objects.order_by("order", "name")],
            help="Loại hình, cách nhau bằng dấu chấm phẩy. Để trống thì chỉ áp dụng cho tổ chức ở cột đầu.",
        ),
        Field("basis", "Căn cứ", help=ONE_DOCUMENT, example="26-CT/HU, ngày 11/09/2023", width=30),
        Field("valid_from", "Từ ngày", "date", required=True, example="01/03/2024"),
        Field("valid_to", "Đến trước ngày", "date", help="Để trống khi còn hiệu lực."),
    )

    def rows(self, user):
        return super().rows(user).select_related("basis").prefetch_related("kinds").order_by("organization", "valid_from", "pk")

    def value(self, row, field):
        return _basis(row.basis) if field.name == "basis" else super().value(row, field)

    def told(self, form):
        return super().told(form) | {"basis": _basis(form.cleaned_data.get("basis"))}

    def bind(self, user, cells, instance=None, **read_once):
        """The document that the cell names, by its key; what names none or several stays a text, which the form refuses in its words."""
        if text := cells.get("basis"):
            keys, unknown = documents.keys_read(text, user, [instance.basis] if instance and instance.basis_id else ())
            cells = cells | {"basis": str(keys[0]) if len(keys) == 1 and not unknown else f"{text} "}
        form = super().bind(user, cells, instance, **read_once)
        form.fields["basis"].error_messages["several"] = documents.SEVERAL
        return form


@register
class PlannedDays(Exchange):
    slug = "lich-doi-thoai"
    title = "Lịch đối thoại theo định mức"
    noun = "ngày đối thoại dự kiến"
    table = PlannedDialogue
    form_class = PlanLineForm
    list_url = "activities:norms"
    year_field = "planned_on"
    key = ("norm", "organization", "planned_on")
    fields = (
        Field("norm", "Mã định mức", "count", required=True, help="Số ở cột Mã của tệp “Định mức đối thoại”.", width=10),
        Field("organization", "Tổ chức", "organization", required=True),
        Field("planned_on", "Ngày dự kiến", "date", required=True, example="26/04/2024"),
        Field("village", "Thôn", help="Tên thôn như trong danh sách thôn.", example="Thôn 1", width=20),
        Field(
            "dialogue", "Mã cuộc đã tổ chức", "count", help="Số ở cột Mã của tệp “Sổ đối thoại”; chỉ ghi với định mức một ngày thứ cố định.", width=12
        ),
        Field("note", "Lý do hoãn", help="Chỉ ghi khi hoãn. Không ghi tên người.", width=30),
    )

    def rows(self, user):
        return super().rows(user).select_related("norm", "organization", "village", "dialogue").order_by("planned_on", "pk")

    def cells(self, row):
        return {name: cell_of(value) for name, value in told_of_plan(row).items()}


def _basis(reference):
    return documents.in_words([reference]) if reference else ""
