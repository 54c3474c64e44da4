"""The form of a line of the workbook of yearly ratings."""

from django import forms
from django.utils import timezone

from organizations import ratings
from organizations.models import MemberRating
from organizations.people import stay_on

from .person_sheet import PersonSheetForm

FIRST = 2000


class RatingSheetForm(PersonSheetForm):
    """The level of one member for one year, in the chi bộ on whose roster he stood at its end."""

    year = forms.IntegerField(label="Năm")
    level = forms.ChoiceField(label="Mức xếp loại", required=False, choices=[("", "chưa ghi"), *MemberRating.Level.choices])

    field_order = ["year", "organization", "member", "full_name", "birth_year", "level"]

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST <= year <= timezone.localdate().year:
            raise forms.ValidationError(f"Nhập năm từ {FIRST} đến năm nay.")
        return year

    def clean(self):
        facts = super().clean()
        if not facts.get("level"):
            self.add_error("level", "Chọn mức xếp loại; bỏ mức đã ghi thì làm trên trang xếp loại của chi bộ.")
        if self.person is None or "year" not in facts:
            return facts
        self.stay = stay_on(self.person, ratings.last_day(facts["year"]))
        if self.stay is None:
            self.add_error("full_name", f"Đồng chí này không có trong danh sách chi bộ nào ở cuối năm {facts['year']}.")
            return facts
        body = facts.get("organization")
        if body and body.pk != self.stay.organization_id and not self._was_rated_in(body):
            self.add_error("organization", f"Cuối năm {facts['year']} đồng chí này không sinh hoạt ở đây: để trống ô này, hoặc kiểm tra lại người.")
        self.refuse_without_right(self.stay.organization_id)
        facts["organization"] = self.stay.organization_id
        return facts

    def _was_rated_in(self, body):
        return self.instance is not None and self.instance.organization_id == body.pk

    def save(self):
        self.stay.level = self.instance.level if self.instance else ""
        return ratings.rate([self.stay], self.cleaned_data["year"], {self.person.pk: self.cleaned_data["level"]}, by=self.user)
