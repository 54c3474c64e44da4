"""Forms of movements: who is transferred, leaves, comes back, or takes part elsewhere for a time; corrections; the filter of a year's movements."""

import datetime as dt

from django import forms

from organizations import roster, tree
from organizations.access import reach
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.flows import Flow
from organizations.models import Candidate, Stay
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.models.movements import MovementRefused
from partyreports.vietnamese import count, screen_date

from .asking import AskingForm

BASIS = "Ví dụ: Quyết định số 05-QĐ/HU, ngày 12/3/2024."
COMEBACKS = (Stay.Arrival.RESTORED, Stay.Arrival.FROM_PROVINCE, Stay.Arrival.FROM_OUTSIDE)


class MovementForm(forms.Form):
    """One movement of `member`; the table of stays does the work and says what cannot be."""

    on = DayField(label="Từ ngày", past_only=True)
    basis = WordsField(label="Căn cứ", required=False, max_length=120, help_text=BASIS)

    def __init__(self, user, member, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.member = user, member
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def act(self):
        """True when it is done; False when it cannot be, and the form says why. Raises MovementRefused when the member has moved meanwhile."""
        try:
            self.write(**self.cleaned_data)
        except MovementRefused as refused:
            if refused.is_stale:
                raise
            self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
            return False
        return True

    def _allow(self, name):
        self.fields[name].allow(reach(self.user, *WRITERS), *WRITERS)


class TransferForm(MovementForm):
    to = OrganizationField(label="Chuyển đến chi bộ")
    is_reorganization = forms.BooleanField(label="Do sắp xếp tổ chức", required=False, help_text="Chi bộ sáp nhập, chia tách hoặc giải thể.")

    field_order = ["to", "on", "is_reorganization", "basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._allow("to")

    def write(self, **facts):
        Stay.objects.transfer(self.member, facts.pop("to"), by=self.user, **facts)


class MergeForm(AskingForm, MovementForm):
    """Everybody of one chi bộ goes to another. `moved` says how many, once it is done."""

    to = OrganizationField(label="Chi bộ tiếp nhận")
    on = DayField(label="Từ ngày", past_only=True, help_text="Ngày chi bộ tiếp nhận bắt đầu có tên các đồng chí này trong danh sách.")
    basis = WordsField(
        label="Quyết định sắp xếp",
        max_length=120,
        help_text=BASIS,
        error_messages={"required": "Ghi số, ký hiệu và ngày của quyết định sắp xếp tổ chức."},
    )

    field_order = ["to", "on", "basis"]

    def __init__(self, user, organization, *args, **kwargs):
        super().__init__(user, None, *args, **kwargs)
        self.organization = organization
        self._allow("to")

    def questions(self):
        facts = self.cleaned_data
        members = Stay.objects.lasting().filter(organization=self.organization, until=None).count()
        guests = Stay.objects.filter(organization=self.organization, is_temporary=True, until=None, went_to="").count()
        candidates = Candidate.objects.filter(organization=self.organization, member=None, exit="").count()
        names = tree.told_apart([self.organization, facts["to"]])
        return [
            f"{count(members)} đảng viên của “{names[self.organization.pk]}” có tên trong danh sách "
            f"“{names[facts['to'].pk]}” từ ngày {screen_date(facts['on'])}, "
            "lý do: do sắp xếp tổ chức.",
            *([f"Còn {count(guests)} đồng chí nơi khác đang sinh hoạt tạm thời ở đây: ghi kết thúc cho từng đồng chí."] if guests else []),
            *([f"Còn {count(candidates)} quần chúng ưu tú: chuyển từng người sang chi bộ tiếp nhận ở “Sửa thông tin”."] if candidates else []),
        ]

    def write(self, **facts):
        self.moved = Stay.objects.merge(self.organization, facts.pop("to"), by=self.user, **facts)


class LeaveForm(MovementForm):
    on = DayField(label="Từ ngày", past_only=True, help_text="Ngày đầu tiên không còn trong danh sách; từ trần thì ghi ngày mất.")
    departure = forms.ChoiceField(
        label="Lý do", choices=[("", "Chọn lý do"), *((reason.value, reason.label) for reason in roster.DEPARTURES)],
        error_messages={"required": "Chọn lý do thôi sinh hoạt."},
    )  # fmt: skip
    went_to = WordsField(label="Nơi chuyển đến", required=False, max_length=200, help_text="Ghi khi chuyển đi, ví dụ: Đảng bộ phường 9, Đà Lạt.")

    field_order = ["departure", "on", "went_to", "basis"]

    def write(self, **facts):
        Stay.objects.leave(self.member, by=self.user, **facts)


class ComebackForm(MovementForm):
    arrived_by = forms.ChoiceField(label="Lý do", choices=[(reason.value, reason.label) for reason in COMEBACKS])
    organization = OrganizationField(label="Về chi bộ")
    came_from = WordsField(label="Nơi chuyển đến từ", required=False, max_length=200)

    field_order = ["arrived_by", "organization", "on", "came_from", "basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._allow("organization")

    def write(self, **facts):
        Stay.objects.arrive(self.member, facts.pop("organization"), by=self.user, **facts)


class ElsewhereForm(MovementForm):
    organization = OrganizationField(label="Chi bộ nơi sinh hoạt tạm thời", required=False, help_text="Khi nơi đó có trong cổng.")
    place = WordsField(label="Hoặc nơi khác", required=False, max_length=200, help_text="Khi nơi đó ở ngoài cổng, ví dụ: Đảng bộ phường 9, Đà Lạt.")

    field_order = ["organization", "place", "on", "basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._allow("organization")

    def write(self, **facts):
        Stay.objects.stay_elsewhere(self.member, by=self.user, **facts)


class ReturnForm(MovementForm):
    def __init__(self, user, stay, *args, **kwargs):
        super().__init__(user, stay.member, *args, **kwargs)
        self.stay = stay
        self.fields["on"].label = "Kết thúc từ ngày"

    def write(self, **facts):
        Stay.objects.come_back(self.stay, by=self.user, **facts)


class StayForm(MovementForm):
    """Correct what was written of one stay: days, reasons, places and bases."""

    since = DayField(label="Từ ngày", past_only=True)
    arrived_by = forms.ChoiceField(label="Lý do đến", choices=[(reason.value, reason.label) for reason in roster.ARRIVALS])
    came_from = WordsField(label="Nơi chuyển đến từ", required=False, max_length=200)
    arrival_basis = WordsField(label="Căn cứ khi đến", required=False, max_length=120)
    until = DayField(label="Thôi sinh hoạt từ ngày", past_only=True)
    left_by = forms.ChoiceField(label="Lý do đi", choices=[(reason.value, reason.label) for reason in roster.DEPARTURES])
    went_to = WordsField(label="Nơi chuyển đến", required=False, max_length=200)
    departure_basis = WordsField(label="Căn cứ khi đi", required=False, max_length=120)

    def __init__(self, user, stay, *args, **kwargs):
        names = ["since", "arrived_by", "came_from", "arrival_basis"] + ["until", "left_by", "went_to", "departure_basis"] * bool(stay.until)
        super().__init__(user, stay.member, *args, initial={name: getattr(stay, name) for name in names}, **kwargs)
        self.stay = stay
        self.fields = {name: self.fields[name] for name in names}
        self.fields["since"].widget.attrs["autofocus"] = True

    def write(self, **facts):
        Stay.objects.correct(self.stay, by=self.user, **facts)


class TakeBackForm(MovementForm):
    reason = WordsField(label="Lý do hủy", max_length=200, error_messages={"required": "Ghi lý do hủy biến động này."})

    def __init__(self, user, stay, *args, **kwargs):
        super().__init__(user, stay.member, *args, **kwargs)
        self.stay = stay
        self.fields = {"reason": self.fields["reason"]}
        self.fields["reason"].widget.attrs["autofocus"] = True

    def write(self, **facts):
        Stay.objects.take_back(self.stay, by=self.user, **facts)


class MovementFilterForm(forms.Form):
    """The movements of a branch over some days: a year, unless others are typed."""

    to_chuc = OrganizationFilterField(label="Tổ chức, chi bộ")
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)
    ly_do = forms.ChoiceField(label="Lý do", required=False)

    def __init__(self, user, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)
        came = [(f"den-{reason.value}", f"đến: {reason.label}") for reason in roster.ARRIVALS]
        went = [(f"di-{reason.value}", f"đi: {reason.label}") for reason in roster.DEPARTURES]
        self.fields["ly_do"].choices = [("", "Tất cả"), ("den", "mọi lý do đến"), ("di", "mọi lý do đi"), *came, *went]

    def clean(self):
        facts = super().clean()
        facts["tu"] = facts.get("tu") or dt.date(self.year, 1, 1)
        facts["den"] = facts.get("den") or dt.date(facts["tu"].year, 12, 31)
        if facts["den"] < facts["tu"]:
            self.add_error("den", "Ngày cuối phải bằng hoặc sau ngày đầu.")
            facts["den"] = dt.date(facts["tu"].year, 12, 31)
        return facts

    @property
    def wanted(self):
        """("den" or "di", reason), "" where all are."""
        way, _, reason = self.cleaned_data.get("ly_do", "").partition("-")
        return way, reason

    def flow(self, branch):
        """The movements of a branch too wide to be read as a whole."""
        way, reason = self.wanted
        return Flow(branch, self.cleaned_data["tu"], self.cleaned_data["den"], way=way, reason=reason)

    def narrow(self, movements):
        """Those of `movements` that came or went for the reason chosen."""
        way, reason = self.wanted
        return [move for move in movements if (not way or move.is_arrival == (way == "den")) and (not reason or move.reason == reason)]
