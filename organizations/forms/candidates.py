"""Forms of the register of candidates. The two sensitive marks are never in them: they have their own act."""

from django import forms
from django.db import transaction
from django.utils import timezone

from organizations.access import reach
from organizations.admission import due_candidates, warnings
from organizations.days import months_by_calendar
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.lifetime import has_ended, outside_life, stood
from organizations.models import AdmissionRule, Candidate, LogEntry, Stage, StageTaken
from organizations.models.members import REGISTERS_SEEN_WITH, WRITERS
from organizations.telling import told
from partyreports.vietnamese import fold, screen_date

from .asking import AskingForm
from .persons import NameField

PERSON = ["organization", "full_name", "gender", "born_on"]  # once admitted, these are written in the roster of members
MARKS = [
    *["has_schooling", "is_rural", "is_official", "is_youth", "is_mass_member", "is_militia", "is_village_guard", "in_service"],
    *["is_readmission", "left_party_on"],
]
FIELDS = [*PERSON, "introduced_by", *MARKS]
YOUTH = 30  # years, counted to the month: the age of the Youth Union ends with them
YEAR = {"size": 6, "inputmode": "numeric", "maxlength": 4}


class CandidateFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Tổ chức, chi bộ")
    buoc = forms.ChoiceField(label="Đã qua bước", required=False, choices=[("", "Tất cả"), *Stage.choices])
    nam = forms.IntegerField(
        label="Trong năm", required=False, min_value=1930, max_value=2100, widget=forms.TextInput(attrs=YEAR),
        error_messages={"invalid": "Nhập năm bằng bốn chữ số."},
    )  # fmt: skip
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Đang theo dõi"), ("ket-nap", "Đã kết nạp"), ("thoi", "Đã thôi theo dõi"), ("het", "Tất cả")],
    )
    han = forms.ChoiceField(
        label="Đến hạn",
        required=False,
        choices=[("", "Không lọc"), ("0", "Đã quá hạn"), ("15", "Trong 15 ngày"), ("30", "Trong 30 ngày"), ("90", "Trong 90 ngày")],
    )
    q = WordsField(label="Họ tên", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)

    def narrow(self, candidates):
        """`candidates` with the filters that could be read, and how many of them came to each stage (in the year asked for): dict by stage."""
        self.full_clean()
        chosen = self.cleaned_data
        if chosen.get("to_chuc"):
            candidates = candidates.within(chosen["to_chuc"])
        if chosen.get("tinh_trang") == "ket-nap":
            candidates = candidates.filter(member__isnull=False)
        elif chosen.get("tinh_trang") == "thoi":
            candidates = candidates.exclude(exit="")
        elif not chosen.get("tinh_trang") and not chosen.get("nam"):
            candidates = candidates.followed()  # what happened in a year happened to whoever has stopped since, too
        if chosen.get("han"):
            candidates = due_candidates(candidates, within=int(chosen["han"]) or -1)
        for word in fold(chosen.get("q", "")).split()[:10]:
            candidates = candidates.filter(search__contains=word)
        stages = StageTaken.objects.filter(taken_on__year=chosen["nam"]) if chosen.get("nam") else StageTaken.objects.all()
        if chosen.get("buoc"):
            narrowed = candidates.filter(pk__in=stages.filter(stage=chosen["buoc"]).values("candidate"))
        else:
            narrowed = candidates.filter(pk__in=stages.values("candidate")) if chosen.get("nam") else candidates
        return narrowed, stages.filter(candidate__in=candidates.order_by())


class CandidateForm(AskingForm, forms.ModelForm):
    """One person. A new one is on the list from a day on; who has been admitted is written in the roster of members, here only his marks."""

    organization = OrganizationField(label="Chi bộ giúp đỡ")
    born_on = DayField(label="Ngày sinh", past_only=True)
    listed_on = DayField(label="Ngày vào danh sách", past_only=True, help_text="Ngày chi bộ đưa vào danh sách quần chúng ưu tú.")
    left_party_on = DayField(label="Ngày ra khỏi Đảng trước đây", past_only=True, required=False, help_text="Chỉ ghi khi xem xét kết nạp lại.")

    class Meta:
        model = Candidate
        fields = [*PERSON, "introduced_by", *MARKS]
        field_classes = {"full_name": NameField, "introduced_by": WordsField}
        help_texts = {
            "introduced_by": "Đoàn thể giới thiệu, ví dụ: Đoàn Thanh niên xã.",
            "is_official": "Số kết nạp chia theo hai nhóm: ở nông thôn; cán bộ, công chức, viên chức.",
        }

    field_order = [*PERSON, "listed_on", "introduced_by", *MARKS]

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["gender"].choices = [("", "Chọn"), *self.fields["gender"].choices[1:]]
        if self.instance.pk:
            del self.fields["listed_on"]
            self.initial["organization"] = self.instance.organization
            self.fields[
                "organization"
            ].help_text = "Chỉ đổi khi ghi nhầm chi bộ, hoặc khi chi bộ đã kết thúc hoạt động. Chuyển đi nơi khác thì ghi thôi theo dõi."
            self.before = told(self.instance, FIELDS)
            self.earlier_body = self.instance.organization
            for name in PERSON if self.instance.member_id else ():
                del self.fields[name]
        first = "full_name" if self.initial.get("organization") or "organization" not in self.fields else "organization"
        self.fields[first if first in self.fields else "introduced_by"].widget.attrs["autofocus"] = True

    def clean(self):
        facts = super().clean()
        if facts.get("left_party_on") and not facts.get("is_readmission"):
            self.add_error("left_party_on", "Ngày này chỉ ghi cho người kết nạp lại: đánh dấu “kết nạp lại” hoặc để trống.")
        born, listed = facts.get("born_on"), facts.get("listed_on")
        if born and listed and listed <= born:
            self.add_error("listed_on", "Ngày vào danh sách phải sau ngày sinh.")
        body = facts.get("organization")
        if body and listed and not self.instance.pk and has_ended(body, listed):
            self.add_error("listed_on", outside_life(body, listed))
        if body and self.instance.pk and body != self.earlier_body:
            late = [row.taken_on for row in self.instance.taken.values() if has_ended(body, row.taken_on) and not self._stays(row)]
            if late:
                self.add_error("organization", outside_life(body, max(late)))
        return facts

    def _stays(self, row):
        """True for a stage that remains with the chi bộ before, when he is followed by another: that one has ended, and it happened there."""
        return row.organization_id != self.earlier_body.pk or (self.earlier_body.ended_on is not None and stood(self.earlier_body, row.taken_on))

    def after(self):
        return told(self.instance, FIELDS)

    def days(self):
        """dict: stage → day, of the stages written with a new person beside the first."""
        return {}

    def questions(self):
        facts, asked = self.cleaned_data, []
        if facts["is_rural"] and facts["is_official"]:
            asked.append("Đang đánh dấu cả “ở nông thôn” và “cán bộ, công chức, viên chức”: một người chỉ tính vào một nhóm.")
        age = months_by_calendar(self.instance.born_on, timezone.localdate())
        if facts["is_youth"] and age > YOUTH * 12 and not self.instance.member_id:
            asked.append(f"Đã {age // 12} tuổi: kiểm tra dấu “trong độ tuổi đoàn”.")
        if "full_name" not in facts:
            return asked
        body, days = facts["organization"], self.days() or {Stage.OUTSTANDING: facts.get("listed_on")}
        if not self.instance.pk and any(day < body.founded_on for day in days.values() if day):
            asked.append(
                f"“{body}” hoạt động từ ngày {screen_date(body.founded_on)}: chỉ ghi ngày trước đó khi tổ chức có trước không có trong cổng."
            )
        if self.instance.pk and body != self.earlier_body and self.earlier_body.ended_on:
            ended = screen_date(self.earlier_body.ended_on)
            asked.append(f"“{self.earlier_body}” kết thúc hoạt động từ ngày {ended}: các bước trước ngày đó vẫn tính cho tổ chức này.")
        if not self.instance.pk:
            asked += [caution.sentence for caution in warnings(self.instance, self.book(), days=self.days())]
        for other in self.namesakes(fold(facts["full_name"]), facts["born_on"]):
            asked.append(f"Sổ đã có {other}, cùng ngày sinh, tại {other.organization}: kiểm tra để không ghi trùng.")
        return asked

    def book(self):
        """The rules on admission."""
        return AdmissionRule.objects.book()

    def namesakes(self, name, born_on):
        """Three candidates at most, within sight, of this folded name and day of birth."""
        others = Candidate.objects.visible_to(self.user).exclude(pk=self.instance.pk)
        return others.filter(search=name, born_on=born_on).select_related("organization")[:3]

    @transaction.atomic
    def save(self):
        candidate = super().save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=candidate, before=self.before, after=told(candidate, FIELDS))
        if not self.before:
            candidate.take(Stage.OUTSTANDING, on=self.cleaned_data["listed_on"], by=self.user)
        elif candidate.organization_id != self.earlier_body.pk:
            # The chi bộ was written wrongly: what happened, happened in the right one. What happened in one that has ended since stays there.
            moved = [row.pk for row in candidate.stages.all() if not self._stays(row)]
            candidate.stages.filter(pk__in=moved).update(organization=candidate.organization)
        return candidate
