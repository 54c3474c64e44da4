"""Forms of accounts and of what they may do."""

import datetime as dt

from django import forms
from django.db import transaction
from django.utils import timezone

from organizations.access import Right, reach
from organizations.fields import DayField, OrganizationField, OrganizationFilterField, WordsField
from organizations.models import Account, Assignment, LogEntry
from organizations.telling import told
from partyreports.vietnamese import fold, screen_date

FIELDS = ["username", "full_name", "post"]
RIGHT_WORDS = {
    Right.READ: "Đọc: xem số liệu, hồ sơ đã duyệt và tổng kết",
    Right.WRITE: "Soạn: đăng ký mô hình, tham luận, trình lên",
    Right.ENTER: "Nhập: nhập số liệu, ghi sổ theo dõi, trình báo cáo",
    Right.REVIEW: "Duyệt: trả lại kèm lý do, phê duyệt (không duyệt bài mình nhập)",
    Right.LOCK: "Khóa: khóa, mở khóa; mở, đóng kỳ",
    Right.MANAGE: "Quản trị: tài khoản, cây tổ chức, danh mục, mẫu",
    Right.AUDIT: "Giám sát: đọc nhật ký",
}


class AccountFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Được giao quyền trong")
    quyen = forms.ChoiceField(label="Quyền", required=False, choices=[("", "Tất cả"), *Right.choices])
    dung = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Đang dùng"), ("ngung", "Đã ngừng"), ("het", "Tất cả")])
    q = WordsField(label="Họ tên, tên đăng nhập", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "không cần dấu"}))

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, Right.MANAGE, Right.AUDIT), Right.MANAGE, Right.AUDIT)

    def narrow(self, accounts):
        """`accounts` with the filters that could be read."""
        self.full_clean()
        chosen = self.cleaned_data
        if chosen.get("to_chuc") or chosen.get("quyen"):
            given = Assignment.objects.current()
            given = given.filter(right=chosen["quyen"]) if chosen.get("quyen") else given
            given = given.within(chosen["to_chuc"]) if chosen.get("to_chuc") else given
            accounts = accounts.filter(pk__in=given.values("account"))
        if chosen.get("dung") != "het":
            accounts = accounts.filter(is_active=chosen.get("dung") != "ngung")
        for word in fold(chosen.get("q", "")).split()[:10]:
            accounts = accounts.filter(search__contains=word)
        return accounts


class AccountForm(forms.ModelForm):
    """Who someone is. What he may do stands in his assignments."""

    class Meta:
        model = Account
        fields = FIELDS
        field_classes = {"full_name": WordsField, "post": WordsField}
        help_texts = {"username": "Chữ thường không dấu, chữ số, dấu chấm, gạch nối. Ví dụ: nguyenvanan."}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.before = told(self.instance, FIELDS) if self.instance.pk else None

    def clean_username(self):
        return self.cleaned_data["username"].lower()

    @transaction.atomic
    def save(self):
        account = super().save()
        if self.before:
            place = account.assignments.values_list("organization", flat=True).first()
            LogEntry.write("change", by=self.user, about=account, organization_pk=place, before=self.before, after=told(account, FIELDS))
        return account


class RightsForm(forms.Form):
    """Rights on one branch, from a day to a day."""

    organization = OrganizationField(label="Phạm vi: tổ chức này và mọi cấp dưới")
    rights = forms.MultipleChoiceField(
        label="Quyền",
        choices=list(RIGHT_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một quyền."},
    )
    valid_from = DayField(label="Từ ngày", initial=timezone.localdate)
    valid_to = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa có thời hạn.")

    def __init__(self, user, *args, account=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.account = user, account
        self.fields["organization"].allow(reach(user, Right.MANAGE), Right.MANAGE)

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu.")
        if not self.errors and self.account:
            held = self.account.assignments.unfinished(on=first).filter(organization=self.cleaned_data["organization"])
            for right in held.filter(right__in=self.cleaned_data["rights"]).values_list("right", flat=True).distinct():
                self.add_error("rights", f"Tài khoản đã có quyền {Right(right).label} trên tổ chức này: bỏ chọn, hoặc kết thúc quyền cũ trước.")
        return self.cleaned_data

    @transaction.atomic
    def give(self, account):
        """Write one assignment and one log line for each right chosen."""
        chosen = self.cleaned_data
        for right in chosen["rights"]:
            assignment = Assignment.objects.create(
                account=account,
                right=right,
                organization=chosen["organization"],
                valid_from=chosen["valid_from"],
                valid_to=chosen["valid_to"],
                given_by=self.user,
            )
            _log("give_right", assignment, by=self.user, to=assignment.valid_to)


class EndAssignmentForm(forms.Form):
    """The last day of an assignment."""

    last = DayField(label="Hết hiệu lực sau ngày", help_text="Để ngày hôm qua nếu quyền hết hiệu lực ngay bây giờ.")

    def __init__(self, assignment, *args, **kwargs):
        kwargs.setdefault("initial", {"last": timezone.localdate() - dt.timedelta(days=1)})
        super().__init__(*args, **kwargs)
        self.assignment = assignment

    def clean_last(self):
        last, today = self.cleaned_data["last"], timezone.localdate()
        if last < today - dt.timedelta(days=1):
            raise forms.ValidationError(f"Quyền đã dùng đến hôm nay: nhập từ ngày {screen_date(today - dt.timedelta(days=1))} trở đi.")
        return last

    @transaction.atomic
    def save(self, *, by):
        """End it; an assignment that would end before it began is taken away, for it has never counted a whole day."""
        assignment, last = self.assignment, self.cleaned_data["last"]
        _log("end_right", assignment, by=by, to=last)
        if last < assignment.valid_from:
            assignment.delete()
        else:
            assignment.valid_to = last
            assignment.save(update_fields=["valid_to"])


def _log(action, assignment, *, by, to):
    """One line about the account, in the branch of the right."""
    facts = {"right": assignment.get_right_display(), "branch": str(assignment.organization), "from": screen_date(assignment.valid_from)}
    facts["to"] = screen_date(to) if to else ""
    LogEntry.write(action, by=by, about=assignment.account, organization_pk=assignment.organization_id, after=facts)
