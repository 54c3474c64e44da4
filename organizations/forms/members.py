"""Forms of the roster of members. The two marks that the law calls sensitive are never in them: they have their own act."""

from django import forms
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left
from django.utils import timezone

from organizations import roster
from organizations.access import reach
from organizations.ages import add_months, months_between
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.lifetime import outside_life
from organizations.models import LogEntry, Member, Organization, Stay
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.telling import told
from partyreports.vietnamese import DateError, fold, parse_date, screen_date

from .asking import AskingForm
from .persons import NameField

FIELDS = [
    "organization",
    "full_name",
    "gender",
    "birth_year",
    "born_on",
    "standing",
    "admitted_on",
    "official_on",
    "party_post",
    "exempt_since",
]
ARRIVALS = (Stay.Arrival.LISTED, Stay.Arrival.FROM_PROVINCE, Stay.Arrival.FROM_OUTSIDE, Stay.Arrival.RESTORED, Stay.Arrival.REORGANIZED)
YOUNGEST, OLDEST, PROBATION = 18, 60, 12  # years, years, months: Điều lệ Đảng, and guidance on admission
BANDS = {"den-30": (0, 30), "31-40": (31, 40), "41-50": (41, 50), "51-60": (51, 60), "tren-60": (61, 150)}
BAND_WORDS = [("den-30", "đến 30 tuổi"), ("31-40", "31–40 tuổi"), ("41-50", "41–50 tuổi"), ("51-60", "51–60 tuổi"), ("tren-60", "trên 60 tuổi")]
OFFICIAL, PROBATIONARY, EXEMPT = "official", "probationary", "exempt"
GONE, AWAY = "thoi", "tam"
NARROWING = ("sinh_hoat", "tu_cach", "tuoi", "den", "q")


class MemberFilterForm(forms.Form):
    """The roster of a branch on a day."""

    to_chuc = OrganizationFilterField(label="Tổ chức, chi bộ")
    ngay = DayField(label="Tại ngày", required=False, past_only=True)
    sinh_hoat = forms.ChoiceField(label="Sinh hoạt", required=False, choices=[("", "Đang sinh hoạt"), (AWAY, "Tạm thời đến, đi"), (GONE, "Đã thôi")])
    tu_cach = forms.ChoiceField(
        label="Tư cách", required=False, choices=[("", "Tất cả"), *Member.Standing.choices, (EXEMPT, "miễn công tác, sinh hoạt")]
    )
    tuoi = forms.ChoiceField(label="Tuổi", required=False, choices=[("", "Tất cả"), *BAND_WORDS])
    den = forms.ChoiceField(label="Đến trong năm", required=False)
    q = WordsField(label="Họ tên", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.year = user, year
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)
        self.fields["den"].label = f"Đến trong năm {year}"
        self.fields["den"].choices = [("", "Tất cả"), *((reason.value, reason.label) for reason in roster.ARRIVALS)]

    def stays(self, stays):
        """The roster out of `stays` that the filters that could be read ask for, by name; `day`, the one it stands for, is set beside it,
        and `is_wide`, whether it is too wide to be counted before it is shown; `whole`, the bodies whose whole roster it then is."""
        self.full_clean()
        chosen = self.cleaned_data
        branch, self.day = chosen.get("to_chuc"), chosen.get("ngay") or timezone.localdate()
        self.ended_on = branch.ended_on if branch and branch.ended_on and branch.ended_on <= self.day else None
        if chosen.get("sinh_hoat") == GONE:
            later = Stay.objects.lasting().filter(member=OuterRef("member"), since__gt=OuterRef("since"))
            stays = stays.lasting().filter(~Exists(later), until__lte=self.day)
            stays = stays.within(branch) if branch else stays
        elif chosen.get("sinh_hoat") == AWAY:
            stays = stays.filter(is_temporary=True).on(self.day)
            stays = stays.within(branch) if branch else stays
        else:
            # A body that has ended shows whom it had on its last day.
            self.day = self.ended_on - roster.DAY if self.ended_on else self.day
            stays = roster.stays_on(branch, on=self.day, among=stays)
        # A wide roster as it stands is met in the order of names; what the filters leave of it is sorted.
        bodies = Organization.objects.now_under(branch) if branch else reach(self.user, *REGISTERS_SEEN_WITH)
        self.is_wide = roster.is_wide(bodies)
        # What is asked for is the whole roster of today: then every member says where he stands.
        is_whole = self.is_wide and self.day == timezone.localdate() and not any(chosen.get(name) for name in NARROWING)
        self.whole = bodies if is_whole else None
        is_sorted = chosen.get("q") if self.is_wide else any(chosen.get(name) for name in NARROWING)
        by_name = "member__sort" if is_sorted else Left("member__sort", 300)
        return self._narrow(stays, chosen).select_related("member").order_by(by_name, "pk")

    def _narrow(self, stays, chosen):
        official = Q(member__official_on__lte=self.day)
        standings = {OFFICIAL: official, PROBATIONARY: ~official | Q(member__official_on=None), EXEMPT: Q(member__exempt_since__lte=self.day)}
        if chosen.get("tu_cach"):
            stays = stays.filter(standings[chosen["tu_cach"]])
        if chosen.get("tuoi"):
            youngest, oldest = BANDS[chosen["tuoi"]]
            known = Q(member__born_on__gt=add_months(self.day, -12 * (oldest + 1)), member__born_on__lte=add_months(self.day, -12 * youngest))
            years = (self.day.year - oldest, self.day.year - youngest)
            stays = stays.filter(known | Q(member__born_on=None, member__birth_year__range=years))
        if chosen.get("den"):
            stays = stays.filter(arrived_by=chosen["den"], since__year=self.year)
        for word in fold(chosen.get("q", "")).split()[:10]:
            stays = stays.filter(member__search__contains=word)
        return stays


def with_year(data):
    """`data` of a form, with the year of birth out of the day where the day alone was typed."""
    if not data or data.get("birth_year") or not data.get("born_on"):
        return data
    try:
        year = parse_date(str(data["born_on"])).year
    except DateError:
        return data
    filled = data.copy()
    filled["birth_year"] = str(year)
    return filled


class MemberForm(AskingForm, forms.ModelForm):
    """What the register keeps of a member; a new one is put on a roster. Where he stands afterwards is written by movements alone."""

    shared = None  # the Standing names, when many forms are filled at once
    organization = OrganizationField(label="Chi bộ đang sinh hoạt")
    born_on = DayField(label="Ngày sinh", past_only=True, required=False, help_text="Ghi khi biết đủ ngày, tháng: tuổi được tính chính xác.")
    admitted_on = DayField(label="Ngày vào Đảng", past_only=True, help_text="Ngày của quyết định kết nạp: tuổi đảng tính từ ngày này.")
    official_on = DayField(label="Ngày chính thức", past_only=True, required=False, help_text="Để trống nếu còn dự bị.")
    exempt_since = DayField(label="Miễn công tác, sinh hoạt từ ngày", required=False)
    arrived_by = forms.ChoiceField(
        label="Lý do có trong danh sách", required=False, initial=Stay.Arrival.LISTED, choices=[(reason.value, reason.label) for reason in ARRIVALS]
    )
    since = DayField(label="Sinh hoạt ở chi bộ này từ ngày", past_only=True, required=False, help_text="Để trống khi lập sổ: tính từ ngày vào Đảng.")
    came_from = WordsField(label="Nơi chuyển đến từ", required=False, max_length=200)
    arrival_basis = WordsField(label="Căn cứ", required=False, max_length=120, help_text="Ví dụ: Giấy giới thiệu số 12-GTSHĐ/HU.")

    class Meta:
        model = Member
        fields = FIELDS
        field_classes = {"full_name": NameField, "party_post": WordsField}
        widgets = {"birth_year": forms.TextInput(attrs={"class": "w-year", "inputmode": "numeric", "maxlength": 4})}
        error_messages = {"birth_year": {"invalid": "Nhập năm sinh bằng bốn chữ số, ví dụ 1985."}}

    def __init__(self, user, data=None, *args, **kwargs):
        super().__init__(with_year(data), *args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["birth_year"].help_text = "Đã ghi đủ ngày sinh thì để trống được."
        self.fields["gender"].choices = [("", "Chọn"), *Member.Gender.choices]
        if self.instance.pk:
            self.before = told(self.instance, FIELDS)
            # Where he stands is shown to be the same, never written here.
            self.fields["organization"].required, self.fields["organization"].widget = False, forms.HiddenInput()
            self.initial["organization"] = self.instance.organization_id
            for name in ("arrived_by", "since", "came_from", "arrival_basis"):
                del self.fields[name]
            self.fields["full_name"].widget.attrs["autofocus"] = True
        else:
            self.before = None
            self.fields["full_name" if self.initial.get("organization") else "organization"].widget.attrs["autofocus"] = True

    def clean_organization(self):
        organization = self.cleaned_data["organization"]
        if self.instance.pk:
            if organization and organization.pk != self.instance.organization_id:
                raise forms.ValidationError("Đổi chi bộ bằng việc “Chuyển sinh hoạt” trên trang của đồng chí đó, không sửa ở đây.")
            return self.instance.organization
        return organization

    def clean_born_on(self):
        born, year = self.cleaned_data["born_on"], self.cleaned_data.get("birth_year")
        if born and year and born.year != year:
            raise forms.ValidationError(f"Ngày sinh không thuộc năm {year}: kiểm tra ngày sinh và năm sinh.")
        return born

    def clean_official_on(self):
        official, admitted = self.cleaned_data["official_on"], self.cleaned_data.get("admitted_on")
        if official and admitted and official < admitted:
            raise forms.ValidationError("Ngày chính thức phải sau ngày vào Đảng.")
        return official

    def clean(self):
        facts = super().clean()
        organization, admitted = facts.get("organization"), facts.get("admitted_on")
        if self.instance.pk or not organization or not admitted:
            return facts
        facts["arrived_by"] = facts.get("arrived_by") or Stay.Arrival.LISTED
        since = facts.get("since")
        if since is None and facts["arrived_by"] != Stay.Arrival.LISTED and "since" not in self.errors:
            self.add_error("since", "Nhập ngày đến chi bộ này.")
        since = facts["since"] = since or max(admitted, organization.founded_on)
        if since < admitted:
            self.add_error("since", f"Ngày này trước ngày vào Đảng ({screen_date(admitted)}): kiểm tra lại hai ngày.")
        for sentence in outside_life(organization, since):
            self.add_error("since", sentence)
        return facts

    def after(self):
        return told(self.instance, FIELDS)

    def questions(self):
        facts, asked = self.cleaned_data, []
        age = facts["admitted_on"].year - facts["birth_year"]
        if not YOUNGEST <= age <= OLDEST:
            asked.append(f"Theo năm sinh, đồng chí này vào Đảng lúc {age} tuổi: kiểm tra năm sinh và ngày vào Đảng.")
        if facts["official_on"] and months_between(facts["admitted_on"], facts["official_on"]) < PROBATION:
            asked.append("Ngày chính thức chưa đủ 12 tháng sau ngày vào Đảng: kiểm tra lại hai ngày này.")
        for other in self.namesakes(fold(facts["full_name"]), facts["birth_year"]):
            asked.append(f"Đã có {other} sinh năm {other.birth_year} tại {other.organization}: kiểm tra để không ghi trùng.")
        return asked

    def namesakes(self, name, birth_year):
        """Three members at most, within sight, of this folded name and year of birth."""
        if self.shared is not None and not self.shared.has_other(self.instance.pk, name, birth_year):
            return ()
        others = Member.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        return others.filter(search=name, birth_year=birth_year).select_related("organization")[:3]

    @transaction.atomic
    def save(self):
        is_new, facts = self.instance.pk is None, self.cleaned_data
        member = super().save()
        LogEntry.write("add" if is_new else "change", by=self.user, about=member, before=self.before, after=told(member, FIELDS))
        if is_new:
            how = {"arrived_by": facts["arrived_by"], "came_from": facts["came_from"], "basis": facts["arrival_basis"]}
            Stay.objects.arrive(member, member.organization, on=facts["since"], by=self.user, **how)
        elif hasattr(member, "candidate"):
            member.candidate.follow_member(by=self.user)
        return member
