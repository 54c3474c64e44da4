"""A line of the workbook of programmes: how many cuộc of one kind one doer of a body is to make in a year."""

import datetime as dt

from django import forms
from django.db import transaction

from organizations.access import reach
from organizations.fields import OrganizationField
from organizations.models import LogEntry
from partyreports.activities.fields import CountField
from partyreports.activities.inspections import strange_doer
from partyreports.activities.models import InspectionPlan

from .inspections import WRITERS

OF_THE_ROW = ("organization", "year", "doer", "kind")
FIRST_YEAR, LAST_YEAR = 2000, 2099


class PlanLineForm(forms.ModelForm):
    organization = OrganizationField(label="Tổ chức")
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    planned = CountField(label="Số cuộc theo chương trình", at_least=1, at_most=999)

    class Meta:
        model = InspectionPlan
        fields = (*OF_THE_ROW, "planned")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        for name in ("min_value", "max_value"):
            self.fields["year"].error_messages[name] = f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}."
        self.before = {"planned": str(self.instance.planned)} if self.instance.pk else None
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        if self.instance.pk:
            for name in OF_THE_ROW:
                if facts[name] != getattr(self.instance, name):
                    self.add_error(name, "Dòng đã có chỉ sửa được số cuộc: ghi một dòng mới, để trống ô Mã.")
            return facts
        body, first, last = facts["organization"], dt.date(facts["year"], 1, 1), dt.date(facts["year"], 12, 31)
        version = body.version(on=last)
        if version is None or (body.ended_on and body.ended_on <= first):
            self.add_error("year", f"Năm {facts['year']} chưa có, hoặc không còn tổ chức này.")
        elif sentence := strange_doer(version, facts["doer"]):
            self.add_error("doer", sentence)
        return facts

    @transaction.atomic
    def save(self):
        plan = super().save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=plan, before=self.before, after={"planned": str(plan.planned)})
        return plan
