"""What the workbooks about members share: the columns that tell who is meant, and whom the lines of a file name, read at once."""

from organizations.exchange import Exchange
from organizations.people import People
from partyreports.sheets import Field

WHO = (
    Field("member", "Mã đảng viên", "count", help="Số ở cột Mã của tệp “Sổ đảng viên”. Có mã thì họ tên, năm sinh để trống được.", width=11),
    Field("full_name", "Họ và tên", example="Nguyễn Văn Mẫu", width=28),
    Field("birth_year", "Năm sinh", "year", help="Cần ghi khi trùng họ tên.", example="1985"),
)


class OfMembers(Exchange):
    """A register whose lines tell of members that stand in the roster."""

    names_people = True
    offers = {"organization": {"kind__is_cell": True}}
    keeps = ("organization", "member", "full_name", "birth_year")

    def prepare(self, user, lines, rows):
        cells = [line.cells for line in lines]
        named = {each.get("pk") for each in cells}
        codes = [each.get("member") for each in cells] + [row.member_id for row in rows if row.pk in named]
        bodies = {each.get("organization") for each in cells} - {None}
        return People.read(user, codes=codes, names=[each.get("full_name") for each in cells], bodies=bodies)

    def value(self, row, field):
        if field.name in ("full_name", "birth_year"):
            return getattr(row.member, field.name)
        return row.member_id if field.name == "member" else super().value(row, field)

    def name_of(self, row):
        return row.member.full_name

    def form(self, user, data, instance=None):
        return self.form_class(user, data, instance=instance, initial=self.cells(instance) if instance else None)
