"""The form of a line of the workbook of petitions: which meeting, then what one line of its petitions says."""

from django import forms
from django.db import transaction

from organizations.access import reach
from organizations.fields import DayField, OrganizationField, WordsField
from organizations.forms.asking import AskingForm
from organizations.models import LogEntry
from partyreports.activities.models import Dialogue, Petition
from partyreports.activities.persons import look_alikes
from partyreports.vietnamese import fold, screen_date

from .dialogues import WRITERS, PetitionForm, told_of

OF_THE_MEETING = ("dialogue", "organization", "held_on", "place")


class PetitionSheetForm(AskingForm, PetitionForm):
    """A meeting is named by its number, or by who held it, when and where."""

    dialogue = forms.IntegerField(required=False)
    organization = OrganizationField(label="Tổ chức chủ trì", required=False)
    held_on = DayField(label="Ngày tổ chức", required=False)
    place = WordsField(label="Thôn, địa điểm", required=False)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)
        self.fields["authority"].required = self.fields["state"].required = False
        if self.instance.pk:
            self.initial |= told_of_meeting(self.instance.dialogue)

    def clean_authority(self):
        return self.cleaned_data["authority"] or Petition.Authority.COMMUNE

    def clean_state(self):
        return self.cleaned_data["state"] or Petition.State.OPEN

    def clean(self):
        facts = super().clean()
        if set(OF_THE_MEETING) & set(self.errors):
            return facts
        meeting = self._meeting(facts)
        if meeting and self.instance.pk and meeting.pk != self.instance.dialogue_id:
            self.add_error("dialogue", "Không chuyển kiến nghị sang cuộc đối thoại khác: sửa trên trang của từng cuộc.")
        elif meeting:
            self.instance.dialogue = meeting
            facts |= told_of_meeting(meeting)
        return facts

    def questions(self):
        return look_alikes(self.cleaned_data["owner"], self.cleaned_data["answer_number"])

    @transaction.atomic
    def save(self):
        """Write it as a change of its meeting, with a line of the log. Raises EventChanged."""
        meeting = Dialogue.objects.select_related("village").get(pk=self.instance.dialogue_id)
        before = told_of(meeting)
        meeting.take_hold()
        meeting.save(update_fields=["version"])
        petition = super().save()
        LogEntry.write("change", by=self.user, about=meeting, before=before, after=told_of(meeting))
        return petition

    def _meeting(self, facts):
        """The one standing meeting that the line names, of a body where the user writes; None, with an error, when there is not exactly one."""
        code, body, day = facts.get("dialogue"), facts.get("organization"), facts.get("held_on")
        if not code and not (body and day):
            self.add_error("dialogue", "Ghi mã cuộc đối thoại, hoặc ghi tổ chức chủ trì và ngày tổ chức.")
            return None
        found = Dialogue.objects.standing().filter(organization__in=self.fields["organization"].among).select_related("village")
        found = found.filter(pk=code) if code else found.filter(organization=body, held_on=day)
        place = fold(facts.get("place") or "")
        meetings = [meeting for meeting in found if not place or fold(meeting.where) == place]
        if code and meetings and (body or meetings[0].organization, day or meetings[0].held_on) != (meetings[0].organization, meetings[0].held_on):
            meetings = []
        if len(meetings) == 1:
            return meetings[0]
        where = "dialogue" if code else "held_on"
        if meetings:
            self.add_error(where, f"Ngày {screen_date(day)} có {len(meetings):02d} cuộc đối thoại: ghi mã hoặc địa điểm của cuộc này.")
        else:
            self.add_error(where, "Không có cuộc đối thoại nào như dòng này ghi: kiểm tra mã, tổ chức, ngày và địa điểm.")
        return None


def told_of_meeting(dialogue):
    """What a line says of its meeting."""
    return {"dialogue": dialogue.pk, "organization": dialogue.organization, "held_on": dialogue.held_on, "place": dialogue.where}
