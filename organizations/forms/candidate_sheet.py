"""The form of a line of the workbook of candidates: the person and the days of all his stages at once."""

from dataclasses import dataclass

from django import forms
from django.db import transaction

from organizations.fields import DayField, WordsField
from organizations.lifetime import has_ended, outside_life, outside_membership
from organizations.models import Candidate, Stage
from organizations.models.candidate_acts import BEFORE_ADMISSION
from organizations.models.stages import STEPS, StageRefused, faults
from organizations.standing import Standing
from partyreports.vietnamese import screen_date

from .candidates import CandidateForm

NUMBERED = [stage for stage, step in STEPS.items() if step.number_label]  # whose papers have a column
DATED = [stage for stage in Stage if stage != Stage.OUTSTANDING]  # the first one is the day on which he came onto the list


def number_of(stage):
    """Name of the field that holds the number of a stage."""
    return f"{stage}_number"


@dataclass(frozen=True)
class Shared:
    """What the forms of one file ask alike: names that stand already, and the rules on admission."""

    names: Standing
    book: object


class CandidateSheetForm(CandidateForm):
    """A stage without a day is not there yet; one that stands is corrected by another day and taken back on his own page alone."""

    shared = None

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["listed_on"] = DayField(label=STEPS[Stage.OUTSTANDING].day_label, past_only=True)
        for stage in DATED:
            self.fields[stage.value] = DayField(label=STEPS[stage].day_label, past_only=True, required=False)
        for stage in NUMBERED:
            self.fields[number_of(stage)] = WordsField(label=STEPS[stage].number_label, required=False, max_length=60)
        self.fields["exited_on"] = DayField(label="Thôi theo dõi từ ngày", past_only=True, required=False)
        self.fields["exit"] = forms.ChoiceField(label="Lý do thôi theo dõi", required=False, choices=[("", ""), *Candidate.Exit.choices])
        if self.instance.pk:
            for stage, row in self.instance.taken.items():
                self.initial["listed_on" if stage == Stage.OUTSTANDING else stage] = row.taken_on
                if stage in NUMBERED:
                    self.initial[number_of(stage)] = row.number

    def clean(self):
        facts = super().clean()
        for stage in self.instance.taken if self.instance.pk else ():
            forgotten = stage == Stage.CHECKED and facts.get("exit")  # goes when he is no longer followed
            if stage != Stage.OUTSTANDING and stage not in self.errors and not facts.get(stage) and not forgotten:
                self.add_error(stage, "Bước này đã ghi ngày: ghi nhầm thì bỏ trên trang của đồng chí này.")
        for stage in NUMBERED:
            if facts.get(number_of(stage)) and not facts.get(stage):
                self.add_error(stage, f"Ghi ngày của bước “{stage.label}” khi đã có số văn bản.")
        for stage, sentence in faults(self._all_days()):
            self.add_error("listed_on" if stage == Stage.OUTSTANDING else stage, sentence)
        body = facts.get("organization")
        for stage in DATED if body and not self.instance.pk else ():
            if facts.get(stage) and has_ended(body, facts[stage]):
                self.add_error(stage, outside_life(body, facts[stage]))
        if facts.get("exit") or facts.get("exited_on"):
            self._clean_exit(facts, body)
        return facts

    def _clean_exit(self, facts, body):
        day, reason = facts.get("exited_on"), facts.get("exit")
        if not day or not reason:
            self.add_error("exit" if day else "exited_on", "Ghi cả ngày và lý do thôi theo dõi, hoặc để trống cả hai.")
        elif reason not in BEFORE_ADMISSION or facts.get(Stage.ADMITTED):
            self.add_error("exit", "Người đã được kết nạp thì ghi trên trang của từng người, hoặc ghi biến động ở sổ đảng viên.")
        elif facts.get(Stage.CHECKED):
            self.add_error(Stage.CHECKED.value, "Thôi theo dõi thì ngày xác minh lý lịch bị xóa: để trống ô này.")
        elif facts.get("listed_on") and day < facts["listed_on"]:
            self.add_error("exited_on", f"Chọn một ngày từ {screen_date(facts['listed_on'])}, ngày vào danh sách, trở đi.")
        elif body:
            for sentence in outside_membership(body, day):
                self.add_error("exited_on", sentence)

    def questions(self):
        gone = "Ngày xác minh lý lịch và thông tin được che của đồng chí này sẽ bị xóa, không lấy lại được."
        return [*super().questions(), *([gone] if self.cleaned_data["exit"] and self.instance.pk else [])]

    def days(self):
        return self._all_days()

    def book(self):
        return self.shared.book if self.shared else super().book()

    def namesakes(self, name, born_on):
        if self.shared and not self.shared.names.has_other(self.instance.pk, name, born_on):
            return ()
        return super().namesakes(name, born_on)

    @transaction.atomic
    def save(self):
        candidate = super().save()
        waiting = [stage for stage in self._all_days() if self._differs(candidate, stage)]
        while waiting:
            refusals = []
            for stage in waiting:
                try:
                    self._write(candidate, stage)
                except StageRefused as refused:
                    refusals.append((stage, refused))  # a day may have to wait until the one beside it has moved
            if len(refusals) == len(waiting):
                raise refusals[0][1]
            waiting = [stage for stage, _ in refusals]
        if self.cleaned_data["exit"]:
            candidate.stop(self.cleaned_data["exit"], on=self.cleaned_data["exited_on"], by=self.user)
        return candidate

    def _all_days(self):
        names = {Stage.OUTSTANDING: "listed_on"} | {stage: stage.value for stage in DATED}
        return {stage: self.cleaned_data[name] for stage, name in names.items() if self.cleaned_data.get(name)}

    def _number(self, candidate, stage):
        row = candidate.taken.get(stage)
        return self.cleaned_data[number_of(stage)] if stage in NUMBERED else row.number if row else ""

    def _differs(self, candidate, stage):
        row = candidate.taken.get(stage)
        return row is None or (row.taken_on, row.number) != (self._all_days()[stage], self._number(candidate, stage))

    def _write(self, candidate, stage):
        act = candidate.correct if stage in candidate.taken else candidate.take
        act(stage, on=self._all_days()[stage], number=self._number(candidate, stage), by=self.user)
