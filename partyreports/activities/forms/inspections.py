"""Forms of inspections and of the year's programme. No field takes a name: an inspection counts bodies and members."""

from django import forms
from django.db import transaction

from organizations.access import Right, reach
from organizations.fields import DayField, OrganizationField, WordsField
from organizations.forms.asking import AskingForm
from organizations.lifetime import outside_life
from organizations.models import LogEntry, Organization, OrganizationVersion
from organizations.telling import told
from partyreports.activities.fields import CountField
from partyreports.activities.inspections import doers_of, strange_doer
from partyreports.activities.models import Inspection, InspectionPlan
from partyreports.activities.models.events import EventChanged
from partyreports.activities.models.inspections import PLACE_OF_OUTCOMES, Doer
from partyreports.activities.persons import look_alikes, refusals
from partyreports.vietnamese import fold, screen_date

from .filters import ALL, YearFilterForm

WRITERS = (Right.ENTER, Right.WRITE)
FIELDS = [
    *("organization", "doer", "kind", "subject", "started_on", "concluded_on", "conclusion_number", "in_programme"),
    *Inspection.COUNTS,
    *Inspection.OUTCOMES,
]
NARROWING = (  # each number is not more than the one before it
    (("members",), "committee_members"),
    (("members",), "violating_members"),
    (("violating_members",), "to_discipline_members"),
    (("to_discipline_members",), "disciplined_members"),
    (("cells", "organisations"), "violating_organisations"),
    (("violating_organisations",), "to_discipline_organisations"),
    (("to_discipline_organisations",), "disciplined_organisations"),
)
NOT_OF_A_CELL = (Inspection.Kind.DUTIES, Inspection.Kind.FINANCE, Inspection.Kind.ASSETS)


class InspectionFilterForm(YearFilterForm):
    chu_the = forms.ChoiceField(label="Chủ thể", required=False, choices=[*ALL, *Doer.choices])
    loai = forms.ChoiceField(label="Loại", required=False, choices=[*ALL, *Inspection.Kind.choices])
    ket_luan = forms.ChoiceField(label="Kết luận", required=False, choices=[*ALL, ("co", "Đã kết luận"), ("chua", "Chưa kết luận")])
    so = forms.ChoiceField(label="Trong sổ", required=False, choices=[("", "Đang tính"), ("rut", "Đã rút")])
    q = WordsField(label="Tìm", required=False, max_length=100, widget=forms.TextInput(attrs={"placeholder": "nội dung, số kết luận"}))

    def narrow(self, inspections):
        """`inspections` with the filters that could be read."""
        inspections = super().narrow(inspections)
        chosen = self.cleaned_data
        if self.period:
            inspections = inspections.in_span(self.period.starts_on, self.period.ends_on)
        if chosen.get("chu_the"):
            inspections = inspections.filter(doer=chosen["chu_the"])
        if chosen.get("loai"):
            inspections = inspections.filter(kind=chosen["loai"])
        if chosen.get("ket_luan"):
            inspections = inspections.filter(concluded_on__isnull=chosen["ket_luan"] == "chua")
        inspections = inspections.exclude(withdrawn_at=None) if chosen.get("so") == "rut" else inspections.standing()
        for word in fold(chosen.get("q", "")).split()[:10]:
            inspections = inspections.filter(search__contains=word)
        return inspections


class InspectionForm(AskingForm, forms.ModelForm):
    organization = OrganizationField(label="Tổ chức tiến hành")
    started_on = DayField(label="Ngày bắt đầu", past_only=True, help_text="Cuộc được tính vào năm của ngày này.")
    concluded_on = DayField(label="Ngày kết luận", past_only=True, required=False, help_text="Để trống nếu chưa kết luận.")

    class Meta:
        model = Inspection
        fields = FIELDS
        field_classes = {"subject": WordsField, "conclusion_number": WordsField}
        labels = {"in_programme": "Có trong chương trình kiểm tra, giám sát của năm"}
        widgets = {
            "subject": forms.TextInput(attrs={"class": "w-full"}),
            "conclusion_number": forms.TextInput(attrs={"class": "w-figure"}),
        }
        help_texts = {
            "subject": "Ghi nội dung và tên tổ chức, ví dụ: chấp hành chế độ đảng phí tại các chi bộ. Không ghi tên người.",
            "conclusion_number": "Ví dụ: 12-TB/ĐU.",
        }

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["doer"].choices = [("", "Chọn"), *Doer.choices]
        self.fields["kind"].choices = [("", "Chọn"), *Inspection.Kind.choices]
        for name in (*Inspection.COUNTS, *Inspection.OUTCOMES):
            label = Inspection._meta.get_field(name).verbose_name.capitalize()
            self.fields[name] = CountField(label=label, required=False)
            self.fields[name].widget.attrs |= {"class": "cell-input", "aria-label": label}
        self.before = None
        if self.instance.pk:
            self.initial["organization"] = self.instance.organization
            self.before = told(self.instance, FIELDS)
        else:
            self.initial |= dict.fromkeys((*Inspection.COUNTS, *Inspection.OUTCOMES), "")
            first = "doer" if self.initial.get("organization") else "organization"
            self.fields[first].widget.attrs["autofocus"] = True

    def rows_of_numbers(self):
        """The numbers as the page lays them out: (words, whose columns: name of a field or None)."""
        words = ("Được kiểm tra, giám sát", "Có vi phạm, khuyết điểm", "Phải thi hành kỷ luật", "Đã thi hành kỷ luật")
        organisations, members = Inspection.OUTCOMES[:3], Inspection.OUTCOMES[3:]
        yield words[0], [self[name] for name in Inspection.COUNTS]
        for line, body, member in zip(words[1:], organisations, members, strict=True):
            yield line, [self[body], self[member]]

    def clean(self):
        facts = super().clean()
        for name, sentence in list(refusals(facts, {"subject": "subject", "conclusion_number": "number"})):
            self.add_error(name, sentence)
        body, day, end = facts.get("organization"), facts.get("started_on"), facts.get("concluded_on")
        if body and day:
            for sentence in outside_life(body, day):
                self.add_error("started_on", sentence)
        if day and end and end < day:
            self.add_error("concluded_on", f"Ngày kết luận không thể trước ngày bắt đầu ({screen_date(day)}).")
        if body and day and facts.get("doer") and "started_on" not in self.errors:
            self.version = body.version(on=day)
            if sentence := strange_doer(self.version, facts["doer"]):
                self.add_error("doer", sentence)
        for wholes, part in NARROWING:
            if any(facts.get(name) is None for name in (*wholes, part)):
                continue
            most = sum(facts[name] for name in wholes)
            if facts[part] > most:
                names = " và ".join(self.fields[name].label.lower() for name in wholes)
                self.add_error(part, f"Không thể nhiều hơn {names} ({most}): xem lại hai số.")
        return facts

    def after(self):
        return told(self.instance, FIELDS)

    def questions(self):
        facts = self.cleaned_data
        asked = look_alikes(facts["subject"], facts["conclusion_number"], instead="chỉ ghi số lượng và tên tổ chức, ")
        if not sum(facts[name] for name in ("cells", "organisations", "members")):
            asked.append("Chưa nhập số chi bộ, tổ chức hoặc đảng viên được kiểm tra, giám sát.")
        if facts["concluded_on"] is None and (self.instance.has_outcomes or facts["conclusion_number"]):
            asked.append("Đã có kết quả hoặc số thông báo kết luận mà chưa nhập ngày kết luận.")
        if facts["doer"] == Doer.CELL and facts["kind"] in NOT_OF_A_CELL:
            asked.append(f"Chi bộ thường không tiến hành {Inspection.Kind(facts['kind']).label}: xem lại chủ thể và loại.")
        if facts["doer"] in (Doer.COMMITTEE, Doer.ADVISORY) and self.version.kind.is_cell:
            asked.append("Chi bộ tiến hành thì chọn chủ thể “chi bộ”: xem lại chủ thể.")
        return [*asked, *self._questions_of_body(facts)]

    def _questions_of_body(self, facts):
        body, day, asked = facts["organization"], facts["started_on"], []
        same = Inspection.objects.standing().filter(organization=body, doer=facts["doer"], kind=facts["kind"], started_on=day)
        if same.exclude(pk=self.instance.pk).exists():
            asked.append(f"Ngày {screen_date(day)} đã có một cuộc cùng chủ thể, cùng loại trong sổ: kiểm tra để không ghi trùng.")
        cells = OrganizationVersion.objects.under(body, on=day).filter(kind__is_cell=True).count()
        if facts["cells"] > cells > 0:
            asked.append(f"Ngày {screen_date(day)} tổ chức này có {cells} chi bộ, đang nhập {facts['cells']} chi bộ: kiểm tra lại số.")
        plans = list(InspectionPlan.objects.filter(organization=body, year=day.year)) if facts["in_programme"] else []
        if plans and not any((plan.doer, plan.kind) == (facts["doer"], facts["kind"]) for plan in plans):
            asked.append(
                f"Chương trình năm {day.year} không có cuộc nào của chủ thể này, loại này: bỏ dấu “có trong chương trình” nếu là cuộc bổ sung."
            )
        return asked

    @transaction.atomic
    def save(self):
        """Write it with a line of the log. Raises EventChanged."""
        if self.instance.pk:
            self.instance.take_hold()
        inspection = super().save()
        after = told(inspection, FIELDS)
        tells = inspection.has_outcomes or (self.before and any(self.before[name] != after[name] for name in Inspection.OUTCOMES))
        place = PLACE_OF_OUTCOMES if tells else ""
        LogEntry.write("change" if self.before else "add", by=self.user, about=inspection, place=place, before=self.before, after=after)
        return inspection


class ProgrammeForm(AskingForm, forms.Form):
    """How many cuộc of each kind the programme of one body and year foresees, from each doer: a small grid. An empty cell is none."""

    def __init__(self, user, organization, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.organization, self.year = user, organization, year
        standing = self._standing()
        self.before, self.doers = {}, doers_of(organization, year)
        for kind in Inspection.Kind:
            for doer in self.doers:
                name = f"{kind.value}-{doer.value}"
                self.fields[name] = CountField(label=f"{kind.label}, {doer.label}".capitalize(), required=False, at_most=999)
                self.initial[name] = standing.get(name, "")
                self.before[name] = standing.get(name, 0)
        self.fields[f"{Inspection.Kind.PROGRAMME.value}-{self.doers[0].value}"].widget.attrs["autofocus"] = True

    def after(self):
        return self.cleaned_data

    def rows(self, programme):
        """(kind in words, [(bound field, its Attainment or None)]) for each kind."""
        for kind in Inspection.Kind:
            yield kind.label, [(self[f"{kind.value}-{doer.value}"], programme.lines.get((doer.value, kind.value))) for doer in self.doers]

    @transaction.atomic
    def save(self):
        """Write the rows that differ, each with a line of the log. Raises EventChanged when somebody has written them since they were read."""
        Organization.objects.select_for_update().get(pk=self.organization.pk)
        if self._standing() != {name: number for name, number in self.before.items() if number}:
            raise EventChanged
        rows = {f"{plan.kind}-{plan.doer}": plan for plan in self._plans()}
        for name, planned in self.cleaned_data.items():
            if planned == self.before[name]:
                continue
            kind, doer = name.split("-")
            plan = rows.get(name) or InspectionPlan(organization=self.organization, year=self.year, doer=doer, kind=kind)
            before = {"planned": str(self.before[name])} if plan.pk else None
            if planned:
                plan.planned = planned
                plan.save()
                LogEntry.write("change" if before else "add", by=self.user, about=plan, before=before, after={"planned": str(planned)})
            else:
                LogEntry.write("remove", by=self.user, about=plan, before=before)
                plan.delete()

    def _plans(self):
        return InspectionPlan.objects.filter(organization=self.organization, year=self.year)

    def _standing(self):
        return {f"{plan.kind}-{plan.doer}": plan.planned for plan in self._plans()}
