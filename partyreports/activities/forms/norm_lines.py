"""A line of the workbook of planned days: which norm, whose, on what day, in which village, and what came of it."""

from django import forms
from django.db import transaction

from organizations.access import reach
from organizations.fields import DayField, OrganizationField, WordsField
from organizations.forms.asking import AskingForm
from organizations.models import LogEntry
from organizations.telling import told
from partyreports.activities.dialogues import villages_of
from partyreports.activities.models import Dialogue, DialogueNorm, PlannedDialogue
from partyreports.activities.norms import asks_for, bodies_of, stretch_of
from partyreports.activities.persons import look_alikes, refusals
from partyreports.vietnamese import fold, screen_date

from .norms import PLAN, WRITERS

BY_ITSELF = "Định mức theo quý, tháng không ghi cuộc: cuộc đầu tiên trong quý, tháng được tính. Để trống ô này."


class DayTaken(ValueError):
    """A line above has planned a day in the same month or quarter."""

    sentence = "Một dòng ở trên đã ghi ngày dự kiến trong cùng tháng, quý: bỏ một trong hai dòng."


class PlanLineForm(AskingForm, forms.Form):
    norm = forms.IntegerField(required=False)
    organization = OrganizationField(label="Tổ chức")
    planned_on = DayField(label="Ngày dự kiến")
    village = WordsField(label="Thôn", required=False, max_length=120)
    dialogue = forms.IntegerField(required=False)
    note = WordsField(label="Lý do hoãn", required=False, max_length=200)

    def __init__(self, user, *args, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.standing = user, instance
        self.instance = instance or PlannedDialogue()
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.before = told(instance, PLAN) if instance else None
        if instance:
            self.initial |= told_of_plan(instance)

    def clean(self):
        facts = super().clean()
        for name, sentence in list(refusals(facts, {"note": "reason"})):
            self.add_error(name, sentence)
        norm, body, day = self._norm(facts), facts.get("organization"), facts.get("planned_on")
        if not (norm and body and day) or self.errors:
            return facts
        self.instance.norm, self.instance.organization = norm, body
        self._refuse_another_place(norm, body, day)
        if not self.errors:
            self._find(facts, body, day)
        return facts

    def _norm(self, facts):
        found = DialogueNorm.objects.visible_to(self.user).prefetch_related("kinds").filter(pk=facts.get("norm") or 0).first()
        if found is None and "norm" not in self.errors:
            self.add_error("norm", "Ghi mã định mức: số ở cột Mã của tệp “Định mức đối thoại”.")
        return found

    def _refuse_another_place(self, norm, body, day):
        """A day stays with its norm and body, in its month or quarter, where it is the only one."""
        label, first, last = stretch_of(norm, day)
        if self.standing:
            before = PlannedDialogue.objects.get(pk=self.standing.pk)
            if (before.norm_id, before.organization_id) != (norm.pk, body.pk):
                self.add_error("norm", "Không chuyển ngày dự kiến sang định mức khác, tổ chức khác: ghi một dòng mới, để trống ô Mã.")
            elif stretch_of(norm, before.planned_on)[1] != first:
                self.add_error("planned_on", f"Chỉ chuyển sang ngày khác trong cùng {norm.stretch} với ngày {screen_date(before.planned_on)}.")
            return
        if body.pk not in bodies_of(norm, on=day):
            self.add_error("organization", "Định mức này không áp dụng cho tổ chức này.")
        elif not (asks_for(norm, first, last) if not norm.is_by_weekday else asks_for(norm, day, day)):
            self.add_error("planned_on", "Định mức không có hiệu lực vào ngày này.")
        elif other := self._taken(norm, body, first, last).exclude(planned_on=day).first():
            self.add_error(
                "planned_on", f"{label}/{day.year} đã có ngày dự kiến {screen_date(other.planned_on)}: ghi mã của dòng ấy nếu muốn chuyển ngày."
            )

    def _taken(self, norm, body, first, last):
        return PlannedDialogue.objects.filter(norm=norm, organization=body, planned_on__range=(first, last))

    def _find(self, facts, body, day):
        plan, village = self.instance, fold(facts.get("village") or "")
        found = [each for each in villages_of(body, on=day) if fold(each.name) == village] if village else []
        if village and not found:
            self.add_error("village", f"“{facts['village']}” không có trong danh sách thôn của tổ chức này.")
        plan.planned_on, plan.village, plan.note = day, found[0] if found else None, facts.get("note") or ""
        facts["village"] = found[0].name if found else ""
        plan.dialogue = None
        if not facts.get("dialogue"):
            return
        held = Dialogue.objects.counted().filter(pk=facts["dialogue"], organization=body)
        if not plan.norm.is_by_weekday:
            self.add_error("dialogue", BY_ITSELF)
        elif plan.note:
            self.add_error("note", "Đã ghi cuộc đã tổ chức thì không ghi lý do hoãn.")
        else:
            plan.dialogue = (held.filter(planned=None) | held.filter(planned=plan.pk)).first()
            if plan.dialogue is None:
                self.add_error("dialogue", "Không có cuộc nào của tổ chức này mang mã ấy mà chưa gắn với ngày dự kiến khác.")

    def after(self):
        return told(self.instance, PLAN)

    def questions(self):
        return look_alikes(self.cleaned_data["note"])

    @transaction.atomic
    def save(self):
        """Raises DayTaken."""
        plan = self.instance
        _, first, last = stretch_of(plan.norm, plan.planned_on)
        if self._taken(plan.norm, plan.organization, first, last).exclude(pk=plan.pk).exists():
            raise DayTaken
        plan.save()
        LogEntry.write("change" if self.before else "add", by=self.user, about=plan, before=self.before, after=told(plan, PLAN))
        return plan


def told_of_plan(plan):
    """What a line says of a planned day."""
    return {
        "norm": plan.norm_id,
        "organization": plan.organization,
        "planned_on": plan.planned_on,
        "village": str(plan.village or ""),
        "dialogue": plan.dialogue_id,
        "note": plan.note,
    }
