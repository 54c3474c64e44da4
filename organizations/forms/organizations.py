"""Forms of the tree: what it was on a day, and how it changes from a day."""

from django import forms
from django.db import transaction
from django.utils import timezone

from organizations import tree
from organizations.access import Right, may, reach
from organizations.fields import DayField, OrganizationField, WordsField
from organizations.models import Candidate, LogEntry, Organization, OrganizationKind, OrganizationVersion, StageTaken
from organizations.models.paths import ChangeRefused
from partyreports.vietnamese import count, screen_date

from .asking import AskingForm

FACTS = ("name", "party_name", "heading", "kind", "parent", "symbol", "place", "basis")
LABELS = {name: str(OrganizationVersion._meta.get_field(name).verbose_name) for name in FACTS}
LABELS["parent"] = "cấp trên trực tiếp"


class TreeFilterForm(forms.Form):
    """Which day, which words."""

    ngay = DayField(label="Cây tổ chức ngày", required=False)
    q = WordsField(label="Tìm tên", required=False, max_length=200, widget=forms.TextInput(attrs={"placeholder": "không cần dấu", "size": 26}))

    @property
    def on(self):
        """The day asked for, today when none or an impossible one is given."""
        return (self.cleaned_data.get("ngay") if self.is_valid() or hasattr(self, "cleaned_data") else None) or timezone.localdate()

    @property
    def words(self):
        return self.cleaned_data.get("q", "") if hasattr(self, "cleaned_data") else ""


class FactsForm(AskingForm, forms.Form):
    """The facts of an organisation from a day on."""

    on = DayField(label="Từ ngày")
    name = WordsField(label="Tên tổ chức", max_length=200, widget=forms.TextInput(attrs={"class": "w-full"}))
    party_name = WordsField(
        label="Tên đảng bộ", max_length=200, required=False, help_text="In ở dòng trên của tiêu đề văn bản cấp dưới, ví dụ: Đảng bộ xã Quảng Lập."
    )
    heading = WordsField(label="Tên trên tiêu đề văn bản", max_length=200, required=False, help_text="Để trống nếu như tên tổ chức.")
    kind = forms.ModelChoiceField(OrganizationKind.objects.all(), label="Loại hình", empty_label="Chọn loại hình")
    parent = OrganizationField(label="Cấp trên trực tiếp")
    symbol = WordsField(label="Ký hiệu văn bản", max_length=20, required=False, help_text="Ví dụ: ĐU, HU, MT.")
    place = WordsField(label="Địa danh", max_length=80, required=False, help_text="Ghi trước ngày tháng trên văn bản, ví dụ: Quảng Lập.")
    basis = WordsField(label="Căn cứ", max_length=300, required=False, help_text="Quyết định, nghị quyết về việc này: số, ký hiệu, ngày.")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["parent"].allow(reach(user, Right.MANAGE), Right.MANAGE)

    def facts(self):
        return {name: self.cleaned_data[name] for name in FACTS}

    def rehearse(self, act):
        """Do `act` and undo it: what the tree would refuse is told at the day, before anything is written."""
        try:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
        except ChangeRefused as refused:
            self.add_error(refused.field if refused.field in self.fields else "on", refused.sentence)


class FoundForm(FactsForm):
    """A new organisation."""

    external_code = forms.RegexField(
        r"^[0-9.]*$",
        label="Mã trong cơ sở dữ liệu đảng viên",
        max_length=20,
        required=False,
        error_messages={"invalid": "Mã chỉ gồm chữ số và dấu chấm, ví dụ 51.012.003.000.001."},
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["on"].label = "Hoạt động từ ngày"

    def clean(self):
        super().clean()
        if not self.errors:
            self.rehearse(lambda: Organization.objects.found(on=self.cleaned_data["on"], **self.facts()))
        return self.cleaned_data

    def questions(self):
        facts, day = self.cleaned_data, screen_date(self.cleaned_data["on"])
        above = tree.names([facts["parent"]], on=facts["on"])[facts["parent"].pk]
        same = tree.search(facts["name"], on=facts["on"], among=reach(self.user, Right.MANAGE))[:3]
        return [
            f"Từ ngày {day}, “{facts['name']}” đứng dưới “{above.name}” trong cây tổ chức.",
            *(f"Đã có tổ chức tên gần như vậy: “{version.name}”. Kiểm tra để không lập trùng." for version in same),
        ]

    @transaction.atomic
    def save(self):
        organization = Organization.objects.found(on=self.cleaned_data["on"], external_code=self.cleaned_data["external_code"], **self.facts())
        LogEntry.write("found", by=self.user, about=organization, after=told(self.facts()) | {"from": self.cleaned_data["on"].isoformat()})
        return organization


class ChangeForm(FactsForm):
    """Other facts from a day on; what came before keeps its own."""

    def __init__(self, user, organization, *args, **kwargs):
        self.organization, self.last = organization, organization.version()
        initial = {name: getattr(self.last, name) for name in FACTS} | {"basis": ""}
        super().__init__(user, *args, initial=initial, **kwargs)
        self.fields["on"].label = "Thay đổi từ ngày"
        # The head of a branch may stand under a body that is not his to manage, or under none: then it stays there.
        self.moves = self.last.parent_id is not None and may(user, Right.MANAGE, self.last.parent_id)
        if not self.moves:
            del self.fields["parent"]

    def facts(self):
        return {name: self.cleaned_data[name] if name in self.cleaned_data else getattr(self.last, name) for name in FACTS}

    def changes(self):
        """(label, before, after) of each fact that differs from those valid on the day before."""
        before, after = told({name: getattr(self.last, name) for name in FACTS}), told(self.facts())
        return [(LABELS[name], before[name], after[name]) for name in FACTS if name != "basis" and before[name] != after[name]]

    def clean(self):
        super().clean()
        if not self.errors:
            # A change that is already written for a later day is what this one follows, not what stands today.
            self.last = self.organization.versions.filter(valid_from__lt=self.cleaned_data["on"]).order_by("valid_from").last() or self.last
            if not self.changes():
                raise forms.ValidationError("Chưa có thông tin nào thay đổi: sửa ít nhất một mục, hoặc bấm “Không lưu”.")
            self.rehearse(lambda: Organization.objects.get(pk=self.organization.pk).change(on=self.cleaned_data["on"], **self.facts()))
        return self.cleaned_data

    def questions(self):
        day = screen_date(self.cleaned_data["on"])
        told_changes = [f"Từ ngày {day}, {label}: “{before or 'để trống'}” → “{after or 'để trống'}”." for label, before, after in self.changes()]
        below = Organization.objects.under(self.organization, on=self.cleaned_data["on"]).count() - 1
        if self.facts()["parent"] != self.last.parent and below > 0:
            told_changes.append(f"{count(below)} tổ chức trực thuộc chuyển theo từ cùng ngày; quyền của các tài khoản tính theo cây mới.")
        return [*told_changes, "Văn bản và số liệu trước ngày này giữ nguyên tên và cấp trên cũ."]

    @transaction.atomic
    def save(self):
        before = told({name: getattr(self.last, name) for name in FACTS})
        self.organization.change(on=self.cleaned_data["on"], **self.facts())
        after = told(self.facts()) | {"from": self.cleaned_data["on"].isoformat()}
        LogEntry.write("change", by=self.user, about=self.organization, before=before, after=after, note=self.cleaned_data["basis"])
        return self.organization


class EndForm(AskingForm, forms.Form):
    """The last day of an organisation has come."""

    on = DayField(label="Kết thúc hoạt động từ ngày", help_text="Ngày đầu tiên tổ chức không còn hoạt động.")
    basis = WordsField(label="Căn cứ", max_length=300, help_text="Quyết định, nghị quyết kết thúc hoạt động: số, ký hiệu, ngày.")

    def __init__(self, user, organization, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.organization = user, organization

    rehearse = FactsForm.rehearse

    def clean(self):
        super().clean()
        if not self.errors:
            self.rehearse(lambda: Organization.objects.get(pk=self.organization.pk).end(on=self.cleaned_data["on"]))
        return self.cleaned_data

    def questions(self):
        day, members = screen_date(self.cleaned_data["on"]), self.organization.members.filter(is_active=True).count()
        return [
            f"Từ ngày {day}, “{self.organization}” không còn trong cây tổ chức; hồ sơ cũ vẫn xem được ở nơi tổ chức từng đứng.",
            *([f"Còn {count(members)} đảng viên đang sinh hoạt tại đây: dùng “Chuyển toàn bộ đảng viên” trong sổ đảng viên."] if members else []),
            *self._candidates(),
            "Việc này không hủy được trên cổng.",
        ]

    def _candidates(self):
        """Who is followed here: of a body that has ended nothing is counted any more."""
        followed = Candidate.objects.followed().filter(organization=self.organization, member=None)
        steps = StageTaken.objects.filter(organization=self.organization, taken_on__gte=self.cleaned_data["on"])
        if number := followed.count():
            yield f"Còn {count(number)} quần chúng ưu tú đang được theo dõi tại đây: chuyển sang chi bộ khác bằng “Sửa” trên trang của từng người."
        if number := steps.count():
            yield f"Từ ngày {screen_date(self.cleaned_data['on'])} sổ còn {count(number)} bước kết nạp đã ghi tại đây: các bước này không được đếm."

    @transaction.atomic
    def save(self):
        self.organization.end(on=self.cleaned_data["on"], basis=self.cleaned_data["basis"])
        after = {"ended_on": self.cleaned_data["on"].isoformat()}
        LogEntry.write("end", by=self.user, about=self.organization, after=after, note=self.cleaned_data["basis"])
        return self.organization


def told(facts):
    """Facts as the log keeps them: words, not keys."""
    return {name: str(value) if value else "" for name, value in facts.items()}
