"""The roster of members in Excel. The masked marks have no column: they are looked at and written one person at a time."""

from organizations.exchange import Exchange, register
from organizations.forms.member_sheet import ARRIVAL, MemberSheetForm, arrival_of
from organizations.models import Member, Stay
from organizations.standing import Standing
from partyreports.sheets import Field
from partyreports.vietnamese import fold

REASONS = tuple(choice for choice in Stay.Arrival.choices if choice[0] != Stay.Arrival.TEMPORARY)


@register
class Members(Exchange):
    slug = "dang-vien"
    title = "Sổ đảng viên"
    noun = "đảng viên"
    table = Member
    form_class = MemberSheetForm
    list_url = "organizations:members"
    names_people = True
    offers = {"organization": {"kind__is_cell": True}}
    key = ("organization", "full_name", "birth_year")
    fields = (
        Field(
            "organization", "Chi bộ đang sinh hoạt", "organization", required=True, help="Đổi chi bộ bằng việc “Chuyển sinh hoạt”, không sửa ở đây."
        ),
        Field("full_name", "Họ và tên", required=True, example="Nguyễn Văn Mẫu", width=28),
        Field("gender", "Giới tính", "choice", required=True, choices=tuple(Member.Gender.choices), width=10),
        Field("birth_year", "Năm sinh", "year", required=True, example="1985"),
        Field("born_on", "Ngày sinh", "date", help="Ghi khi biết đủ ngày, tháng.", example="02/09/1985"),
        Field("admitted_on", "Ngày vào Đảng", "date", required=True, example="19/05/2015"),
        Field("official_on", "Ngày chính thức", "date", help="Để trống nếu còn dự bị.", example="19/05/2016"),
        Field("standing", "Tư cách", "choice", required=True, choices=tuple(Member.Standing.choices), width=13),
        Field("party_post", "Chức vụ đảng", example="Phó Bí thư chi bộ"),
        Field("exempt_since", "Miễn công tác, sinh hoạt từ ngày", "date"),
        Field("since", "Sinh hoạt ở chi bộ này từ ngày", "date", help="Chỉ ghi cho đảng viên mới. Để trống khi lập sổ: tính từ ngày vào Đảng."),
        Field("arrived_by", "Lý do có trong danh sách", "choice", choices=REASONS, help="Chỉ ghi cho đảng viên mới. Để trống khi lập sổ.", width=28),
    )

    def rows(self, user):
        """Those who take part now: whoever has left is found on his page."""
        return super().rows(user).filter(is_active=True).prefetch_related("stays").order_by("organization", "sort", "pk")

    def prepare(self, user, lines, rows):
        names = [fold(line.cells["full_name"]) for line in lines if line.cells.get("full_name")]
        return Standing.read(Member.objects.visible_to(user), "search", names, "birth_year")

    def cells(self, row):
        return super().cells(row) | arrival_of(row)

    def value(self, row, field):
        return None if field.name in ARRIVAL else super().value(row, field)
