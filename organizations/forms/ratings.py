"""Forms of the yearly ratings: the sheet of a body, and the cap of a year."""

from django import forms
from django.db import transaction

from organizations import ratings, tree
from organizations.access import reach
from organizations.fields import OrganizationFilterField, WordsField
from organizations.models import LogEntry, MemberRating, RatingCap
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.telling import told

NONE = "-"  # what the page sends for a member without a rating
CAP_FIELDS = ["rate", "base", "rounding", "source"]


class RatingFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Tổ chức")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)


class RatingsForm(forms.Form):
    """One choice a member, named by his key. Only what was changed on the page is written; what another has changed meanwhile is asked about."""

    def __init__(self, stays, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stays = stays
        levels = [(NONE, "chưa ghi"), *MemberRating.Level.choices]
        for stay in stays:
            name = f"member-{stay.member_id}"
            self.fields[name] = forms.ChoiceField(required=False, choices=levels, label=stay.member.full_name)

    def clean(self):
        facts, self.chosen = super().clean(), {}
        for stay in self.stays:
            name = f"member-{stay.member_id}"
            mine, seen = facts.get(name, "").replace(NONE, ""), self.data.get(f"seen-{stay.member_id}", stay.level)
            if name not in self.data or name in self.errors or mine == seen:
                continue
            if stay.level not in (seen, mine):
                theirs = MemberRating.Level(stay.level).label if stay.level else "bỏ trống"
                self.add_error(name, f"Người khác vừa ghi “{theirs}”: chọn lại rồi lưu.")
            self.chosen[stay.member_id] = mine
        return facts

    def save(self, year, *, by):
        return ratings.rate(self.stays, year, self.chosen, by=by)


class CapForm(forms.ModelForm):
    class Meta:
        model = RatingCap
        fields = CAP_FIELDS
        field_classes = {"source": WordsField}
        widgets = {"rate": forms.TextInput(attrs={"class": "w-figure", "inputmode": "decimal", "autofocus": True})}
        error_messages = {"rate": {"invalid": "Nhập tỷ lệ bằng số, ví dụ 20."}}

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.before = user, told(self.instance, CAP_FIELDS) if self.instance.pk else None
        self.fields["source"].required = True
        self.fields["source"].error_messages["required"] = "Ghi văn bản quy định giới hạn này."

    @transaction.atomic
    def save(self):
        cap, top = super().save(), tree.root()
        action, key = "change" if self.before else "add", top.pk if top else None
        LogEntry.write(action, by=self.user, about=cap, organization_pk=key, before=self.before, after=told(cap, CAP_FIELDS))
        return cap
