"""The roster of members in Excel. The masked marks have no column: they are looked at and written one person at a time."""

from organizations.exchange import Exchange, register
from organizations.forms.members import MemberForm
from organizations.models import Member
from partyreports.sheets import Field


@register
class Members(Exchange):
    slug = "dang-vien"
    title = "Sổ đảng viên"
    noun = "đảng viên"
    table = Member
    form_class = MemberForm
    list_url = "organizations:members"
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
    )

    def rows(self, user):
        """Those who take part now: whoever has left is found on his page."""
        return super().rows(user).filter(is_active=True).order_by("organization", "sort", "pk")
