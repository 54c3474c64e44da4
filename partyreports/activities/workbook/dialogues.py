"""The register of dialogues in Excel. Petitions stay on the page of each meeting: a line of a sheet holds one meeting."""

from organizations.exchange import Exchange, register
from partyreports.activities.forms.dialogues import NO_NAME, DialogueForm
from partyreports.activities.models import Dialogue, Subject
from partyreports.sheets import Field

QUALIFIERS = tuple((word.value, word.label) for word in Dialogue.Qualifier if word)
EXACT = "Để trống khi đếm được đủ."


@register
class Dialogues(Exchange):
    slug = "doi-thoai"
    title = "Sổ đối thoại"
    noun = "cuộc đối thoại"
    table = Dialogue
    form_class = DialogueForm
    list_url = "activities:dialogues"
    year_field = "held_on"
    key = ("organization", "held_on", "place", "kind")
    fields = (
        Field("organization", "Tổ chức chủ trì", "organization", required=True),
        Field("held_on", "Ngày tổ chức", "date", required=True, example="30/08/2024"),
        Field("place", "Thôn, địa điểm", help=f"Tên thôn như trong danh sách thôn, hoặc nơi khác. {NO_NAME}", example="Thôn 1", width=24),
        Field("kind", "Hình thức", "choice", required=True, choices=tuple(Dialogue.Kind.choices), width=20),
        Field("level", "Cấp", "choice", choices=tuple(Dialogue.Level.choices), help="Để trống thì theo loại hình tổ chức.", width=14),
        Field(
            "chair_post",
            "Chức vụ người chủ trì",
            required=True,
            help="Không ghi họ tên.",
            example="Bí thư Đảng ủy xã",
            width=26,
        ),
        Field("people", "Lượt người dân dự", "count", example="82"),
        Field("officials", "Lượt cán bộ dự", "count", example="6"),
        Field("qualifier", "Từ chỉ mức độ của lượt dự", "choice", choices=QUALIFIERS, help=EXACT, width=14),
        Field("opinions", "Lượt ý kiến", "count", help="Không nhiều hơn lượt người dự.", example="8"),
        Field("opinions_qualifier", "Từ chỉ mức độ của lượt ý kiến", "choice", choices=QUALIFIERS, help=EXACT, width=14),
        Field(
            "subjects",
            "Nội dung nêu ra",
            "choices",
            choices=lambda user: [(subject.pk, subject.name) for subject in Subject.objects.all()],
            help="Nhiều nội dung thì cách nhau bằng dấu chấm phẩy.",
            width=40,
        ),
        Field("minutes_number", "Số biên bản", help=NO_NAME, example="05/BB-ĐU", width=16),
        Field("minutes_on", "Ngày biên bản", "date"),
    )

    def rows(self, user):
        return super().rows(user).standing().select_related("village").prefetch_related("subjects").order_by("held_on", "pk")

    def cells(self, row):
        return super().cells(row) | {"place": row.where}

    def told(self, form):
        return super().told(form) | {"place": form.instance.where}
