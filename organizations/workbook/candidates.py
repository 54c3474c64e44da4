"""The register of candidates in Excel. The masked marks have no column: they are looked at and written one person at a time."""

from organizations.exchange import Exchange, register
from organizations.forms.candidate_sheet import DATED, NUMBERED, CandidateSheetForm, Shared, number_of
from organizations.models import AdmissionRule, Candidate, Member, Stage
from organizations.models.stages import STEPS
from organizations.standing import Standing
from partyreports.sheets import Field
from partyreports.vietnamese import fold


@register
class Candidates(Exchange):
    slug = "quan-chung"
    title = "Sổ quần chúng ưu tú và kết nạp"
    noun = "quần chúng ưu tú"
    table = Candidate
    form_class = CandidateSheetForm
    list_url = "organizations:candidates"
    body = "body"  # once admitted, where he takes part
    names_people = True
    offers = {"organization": {"kind__is_cell": True}}
    key = ("organization", "full_name", "born_on")
    fields = (
        Field("organization", "Chi bộ giúp đỡ", "organization", required=True),
        Field("full_name", "Họ và tên", required=True, example="Nguyễn Văn Mẫu", width=28),
        Field("gender", "Giới tính", "choice", required=True, choices=tuple(Member.Gender.choices), width=10),
        Field("born_on", "Ngày sinh", "date", required=True, example="19/05/2000"),
        Field("introduced_by", "Đơn vị giới thiệu", example="Đoàn Thanh niên xã", width=24),
        Field("has_schooling", "Tốt nghiệp trung học cơ sở trở lên", "flag"),
        Field("is_rural", "Ở nông thôn", "flag"),
        Field("is_official", "Cán bộ, công chức, viên chức", "flag"),
        Field("is_youth", "Trong độ tuổi đoàn", "flag"),
        Field("is_mass_member", "Do đoàn thể giới thiệu", "flag"),
        Field("is_militia", "Dân quân", "flag"),
        Field("is_village_guard", "Thôn đội trưởng, tổ an ninh trật tự", "flag"),
        Field("in_service", "Đang thực hiện nghĩa vụ quân sự", "flag"),
        Field("is_readmission", "Kết nạp lại", "flag"),
        Field("left_party_on", "Ngày ra khỏi Đảng trước đây", "date", help="Chỉ ghi khi kết nạp lại."),
        Field("listed_on", STEPS[Stage.OUTSTANDING].day_label, "date", required=True, example="05/01/2024"),
        *(Field(stage.value, STEPS[stage].day_label, "date") for stage in DATED),
        *(Field(number_of(stage), f"{STEPS[stage].number_label} – {stage.label}") for stage in NUMBERED),
        Field("exited_on", "Thôi theo dõi từ ngày", "date", help="Để trống khi còn theo dõi. Ngày xác minh lý lịch thì xóa."),
        Field("exit", "Lý do thôi theo dõi", "choice", choices=tuple(Candidate.Exit.choices), width=24),
    )

    def rows(self, user):
        return super().rows(user).select_related("member").prefetch_related("stages").order_by("organization", "sort", "pk")

    def within(self, rows, branch):
        return rows.within(branch)

    def prepare(self, user, lines, rows):
        names = [fold(line.cells["full_name"]) for line in lines if line.cells.get("full_name")]
        return Shared(Standing.read(Candidate.objects.visible_to(user), "search", names, "born_on"), AdmissionRule.objects.book())

    def value(self, row, field):
        stage = "outstanding" if field.name == "listed_on" else field.name.removesuffix("_number")
        if stage not in Stage.values:
            return super().value(row, field)
        taken = row.taken.get(stage)
        if field.kind == "date":
            return taken.taken_on if taken else None
        return taken.number if taken else ""

    def may_change(self, row):
        if row.member_id:
            return "Đồng chí này đã được kết nạp: sửa trên trang của từng người."
        return "Đã ghi thôi theo dõi đồng chí này: theo dõi lại thì ghi trên trang của từng người." if row.exit else ""
