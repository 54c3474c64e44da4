"""Forms of the badges: which round of which branch, and the decision that awards them."""

from django import forms

from organizations import badges
from organizations.access import reach
from organizations.fields import OrganizationFilterField, WordsField
from organizations.models.members import REGISTERS_SEEN_WITH

STATES = [("", "Tất cả"), ("chua", "chưa ghi trao"), ("roi", "đã ghi trao")]


class BadgeFilterForm(forms.Form):
    to_chuc = OrganizationFilterField(label="Tổ chức, chi bộ")
    dot = forms.ChoiceField(label="Đợt", required=False)
    nam = forms.ChoiceField(label="Huy hiệu", required=False, choices=[("", "Tất cả"), *((str(years), f"{years} năm") for years in badges.YEARS)])
    trao = forms.ChoiceField(label="Ghi trao", required=False, choices=STATES)

    def __init__(self, user, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rounds = badges.rounds(year)
        self.fields["to_chuc"].allow(reach(user, *REGISTERS_SEEN_WITH), *REGISTERS_SEEN_WITH)
        self.fields["dot"].choices = [(held.on.isoformat(), str(held)) for held in self.rounds]

    def round(self, today):
        """The round chosen, else the next one of the year, else its last."""
        self.full_clean()
        chosen = self.cleaned_data.get("dot")
        coming = (held for held in self.rounds if held.on.isoformat() == chosen or (not chosen and held.on >= today))
        held = next(coming, self.rounds[-1])
        self.initial["dot"] = held.on.isoformat()
        if self.is_bound and not chosen:
            self.data = self.data.copy()
            self.data["dot"] = held.on.isoformat()
        return held

    def due(self, stays, held):
        """The DueList that the filters ask for, out of the roster `stays`."""
        years, state = self.cleaned_data.get("nam"), self.cleaned_data.get("trao")
        return badges.DueList(stays, held, years=int(years) if years else None, is_awarded=state == "roi" if state else None)


class AwardForm(forms.Form):
    """The decision, and who got the badge by it."""

    number = WordsField(label="Số quyết định trao", max_length=60, error_messages={"required": "Nhập số quyết định, ví dụ 512-QĐ/TU."})
    members = forms.MultipleChoiceField(label="Đảng viên", error_messages={"required": "Đánh dấu những đồng chí được trao."})

    def __init__(self, rows, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {row.key: row for row in rows if not row.award}
        self.fields["members"].choices = [(key, row.member.full_name) for key, row in self.rows.items()]
        self.fields["number"].widget.attrs["class"] = "form-control w-name"

    def award(self, held, *, by):
        return badges.award([self.rows[key] for key in self.cleaned_data["members"]], held, number=self.cleaned_data["number"], by=by)
