"""A line of the workbook of years: one model in one year, the day, the paper and the note of each state it came to."""

from django import forms
from django.db import transaction

from organizations.access import rights_on
from organizations.fields import DayField, WordsField
from organizations.review import StepRefused
from partyreports.periods.models import Period
from partyreports.vietnamese import screen_date

from ..lifecycle import NOT_FINAL, SAID_BY, WRITERS, following, move
from ..models import ModelYear
from .lines import LineRefused, ModelLineForm, told_of

State = ModelYear.State
KEPT = "Bước “{0}” đã ghi: rút bước ấy trên trang của mô hình, có lý do, rồi ghi lại."


def parts_of(state):
    """Names of the columns of a state: the day, the number of the paper, the note."""
    return state.value, f"{state.value}_document", f"{state.value}_note"


class YearLineForm(ModelLineForm):
    """A year that stands; what has no state yet may be written into it, in the order of the states."""

    period = forms.ModelChoiceField(Period.objects.none(), error_messages={"required": "Ghi năm."})

    def __init__(self, user, *args, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.keep_to(user)
        self.instance = self.standing_year = instance
        self.fields["period"].queryset = Period.objects.years()
        for state in State:
            day, document, note = parts_of(state)
            self.fields[day] = DayField(label=f"Ngày {state.label}", required=False, past_only=True)
            self.fields[document] = WordsField(label=f"Văn bản {state.label}", required=False, max_length=80)
            self.fields[note] = WordsField(label=f"Ghi chú {state.label}", required=False, max_length=300)
        if instance:
            self.initial |= told_of_year(instance)

    def clean(self):
        facts, self.new = super().clean(), []
        model = self.named(facts)
        if model and facts.get("period"):
            self._find(model, facts["period"])
        if self.instance and not self.errors:
            self._compare(facts)
        if self.new and not self.errors:
            self._refuse_wrong_order(facts)
        return facts

    def _find(self, model, period):
        if self.standing_year:
            if (model.pk, period) != (self.standing_year.registration_id, self.standing_year.period):
                self.add_error("period", "Không chuyển dòng này sang mô hình khác, năm khác: ghi một dòng mới, để trống ô Mã.")
            return
        self.instance = model.years.select_related("period", "registration").filter(period=period).first()
        if self.instance is None:
            self.add_error("period", "Mô hình này chưa đăng ký cho năm ấy: thêm năm trong đăng ký, hoặc mở năm sau trên trang của mô hình.")

    def _compare(self, facts):
        """Tell the new states from those that stand, which no file changes; a blank cell of a line without a code leaves them as they are."""
        standing = self.instance.stages_by_state
        for state in State:
            names = parts_of(state)
            told = [facts.get(name) or "" for name in names]
            stage = standing.get(state)
            if stage:
                stands = (stage.on, stage.document, stage.note)
                for name, typed, stood in zip(names, told, stands, strict=True):
                    if typed != stood and (typed or self.standing_year):
                        self.add_error(name, KEPT.format(state.label))
            elif told[0]:
                self.new.append(state)
            elif any(told):
                self.add_error(names[0], f"Ghi ngày của bước “{state.label}”.")

    def _refuse_wrong_order(self, facts):
        model, state, standing = self.instance.registration, self.instance.state, self.instance.stages_by_state
        rights, last = rights_on(self.user, model.organization_id), max((stage.on for stage in standing.values()), default=None)
        is_dated = bool(standing) or state != State.REGISTERED
        if not model.is_final:
            self.add_error(self.new[0].value, NOT_FINAL)
            return
        for new in self.new:
            name, day = new.value, facts[new.value]
            if not rights & SAID_BY.get(new, WRITERS):
                self.add_error(name, f"Đồng chí không có quyền ghi “{new.label}” ở tổ chức này.")
            elif new not in following(state, is_dated=is_dated):
                self.add_error(name, f"Sau “{State(state).label}” không ghi “{new.label}” được.")
            elif last and day < last:
                self.add_error(name, f"Không thể trước ngày {screen_date(last)} của bước trước: kiểm tra hai ngày.")
            state, last, is_dated = new, day, True

    @transaction.atomic
    def save(self):
        """Write the new states one after another, each with its stage and line of the log. Raises LineRefused when one cannot follow any more."""
        facts = self.cleaned_data
        for state in self.new:
            on, document, note = (facts[name] for name in parts_of(state))
            try:
                move(self.instance, state, by=self.user, on=on, document=document, note=note, seen=self.instance.state)
            except StepRefused as refused:
                raise LineRefused(refused.sentence) from refused
        return self.instance


def told_of_year(year):
    """What a line says of a year, its stages read with it."""
    cells = {**told_of(year.registration), "period": year.period_id}
    for state in State:
        stage = year.stages_by_state.get(state)
        cells |= dict(zip(parts_of(state), (stage.on, stage.document, stage.note) if stage else (None, "", ""), strict=True))
    return cells
