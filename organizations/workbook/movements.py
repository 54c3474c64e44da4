"""The movements of members in Excel: one line for each stay, with the day and the reason of its beginning and of its end."""

from django.db.models import Q

from organizations.exchange import register
from organizations.forms.movement_sheet import MovementSheetForm
from organizations.models import Stay
from partyreports.sheets import Field

from .people import WHO, OfMembers


@register
class Movements(OfMembers):
    slug = "bien-dong"
    title = "Sổ biến động đảng viên"
    noun = "lần sinh hoạt ở một chi bộ"
    table = Stay
    form_class = MovementSheetForm
    list_url = "organizations:movements"
    year_field = "since"
    keeps = (*OfMembers.keeps, "since", "arrived_by")
    key = ("member", "organization", "since", "arrived_by")
    offers = {"organization": {"kind__is_cell": True}}
    fields = (
        Field("organization", "Chi bộ", "organization", help="Chi bộ của lần sinh hoạt này: chi bộ đến, hoặc chi bộ thôi sinh hoạt."),
        *WHO,
        Field("since", "Từ ngày", "date", help="Ngày đến. Chỉ ghi việc thôi sinh hoạt thì để trống ô này và lý do đến.", example="05/06/2024"),
        Field("arrived_by", "Lý do đến", "choice", choices=tuple(Stay.Arrival.choices), width=28),
        Field("came_from", "Nơi chuyển đến từ", example="Đảng bộ phường 9, Đà Lạt", width=26),
        Field("arrival_basis", "Căn cứ khi đến", example="Giấy giới thiệu số 12-GTSHĐ/HU", width=26),
        Field("until", "Thôi sinh hoạt từ ngày", "date", help="Để trống khi còn sinh hoạt ở đây."),
        Field("left_by", "Lý do đi", "choice", choices=tuple(Stay.Departure.choices), width=28),
        Field("went_to", "Nơi chuyển đến", help="Cũng là nơi sinh hoạt tạm thời, khi nơi đó ở ngoài cổng.", width=26),
        Field("departure_basis", "Căn cứ khi đi", example="Quyết định số 05-QĐ/HU, ngày 12/3/2024", width=26),
    )

    def rows(self, user):
        return super().rows(user).select_related("member", "organization").order_by("since", "pk")

    def in_year(self, rows, year):
        came = Q(since__year=year) & ~Q(arrived_by=Stay.Arrival.LISTED)
        return rows.filter(came | Q(until__year=year))
