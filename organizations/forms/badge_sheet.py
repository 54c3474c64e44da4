"""The form of a line of the workbook of badges."""

from django import forms

from organizations import badges
from organizations.ages import party_age
from organizations.fields import DayField, WordsField
from organizations.people import lasting
from partyreports.vietnamese import join_words, screen_date

from .person_sheet import PersonSheetForm


class BadgeSheetForm(PersonSheetForm):
    """One badge of one member, awarded in a round by a decision. Who reaches it in that round is reckoned as on the page of the round."""

    years = forms.ChoiceField(label="Huy hiệu", choices=[(str(years), f"{years} năm") for years in badges.YEARS])
    round_on = DayField(label="Đợt trao")
    number = WordsField(label="Số quyết định trao", max_length=60, error_messages={"required": "Nhập số quyết định, ví dụ 512-QĐ/TU."})

    field_order = ["organization", "member", "full_name", "birth_year", "years", "round_on", "number"]

    def clean_round_on(self):
        day = self.cleaned_data["round_on"]
        self.held = badges.round_on(day)
        if self.held is None:
            days = join_words([screen_date(held.on) for held in badges.rounds(day.year)], conjunction="hoặc")
            raise forms.ValidationError(f"Không có đợt trao ngày {screen_date(day)}: chọn {days}.")
        return day

    def clean(self):
        facts = super().clean()
        body = facts.get("organization")
        if self.person is None:
            return facts
        facts["organization"] = self.person.organization_id
        if body and body.pk not in {stay.organization_id for stay in self.person.stays.all()}:
            self.add_error("organization", "Đồng chí này không sinh hoạt ở đây: để trống ô này, hoặc kiểm tra lại người.")
        if "years" not in facts or "round_on" not in facts or self.instance:
            return facts
        self.due = self.people.due.get((self.held.on, self.person.pk, int(facts["years"])))
        if self.due is None:
            age = party_age(self.person, lasting(self.person), on=self.held.on).in_party
            self.add_error("years", f"{self.held}: đồng chí này được {age} tuổi đảng, không thuộc đợt trao huy hiệu {facts['years']} năm.")
        else:
            self.refuse_without_right(self.due.stay.organization_id)
        return facts

    def save(self):
        return badges.award([self.due], self.held, number=self.cleaned_data["number"], by=self.user)
