"""Forms of the room: a whole report, the targets of a body, and the filters of the list."""

from dataclasses import dataclass

from django import forms

from organizations.access import reach
from organizations.fields import OrganizationFilterField, WordsField
from organizations.models import OrganizationKind, OrganizationVersion
from organizations.review import Status
from partyreports.vietnamese import MISSING, NumberError, fold, normalise, number, parse_figure, write_figure

from . import counted
from .cells import Kept
from .expected import SEEN_WITH
from .fields import FigureField
from .models import CellConflict, CellRefused, Figure, ReportForm, Target
from .models.figures import LONGEST_REASON

RELOAD = "Không rõ bản số liệu đã xem của ô này: tải lại trang rồi nhập lại."
TAKE_ALL = "*"
CHOOSE = "Ô này vừa được người khác ghi: chọn một trong hai số rồi lưu lại."


@dataclass(frozen=True)
class Saved:
    """What became of a form of figures: how many cells were written, what could not be (key → Kept), and why nothing could be, if so."""

    count: int
    kept: dict
    refusal: CellRefused | None = None

    @property
    def has_conflicts(self):
        return any(kept.conflict for kept in self.kept.values())


class FiguresForm(forms.Form):
    """The typed cells of a report. Everything valid is saved; a cell that is not keeps its text and says why.

    For the cell `key` the page sends `cell-key` (what stands in it), `seen-key` (the version its writer saw) and `was-key` (the text he saw),
    and after a conflict `choice-key` ("mine" or "theirs"). A cell that says what its writer saw is left alone; so is one that was not sent.
    Where the registers count the figure there is `reason-key`, why the cell says something else, and `take`: the key of the cell that takes the
    count over, or "*" for all that are empty.
    """

    def __init__(self, report, data=None):
        super().__init__(data)
        self.report = report
        self.indicators = {line.indicator.key: line.indicator for line in report.lines if not line.indicator.is_computed}
        for key, indicator in self.indicators.items():
            self.fields[f"cell-{key}"] = FigureField(indicator)

    def save(self, *, by):
        """Write what was changed and is valid; a Saved says what became of it. Raises nothing a clerk can cause."""
        self.counts = self.report.counts()
        self.saved = {figure.indicator.key: figure for figure in self.report.figures.select_related("indicator")}
        self._take_counts()
        self.full_clean()
        kept, cells = {}, []
        for key, indicator in self.indicators.items():
            if f"cell-{key}" not in self.data or self._text("choice", key) == "theirs":
                continue
            problem = self._problem(key)
            if problem:
                kept[key] = problem
            elif f"cell-{key}" in self.cleaned_data and self._is_changed(key):
                cells.append((indicator, self.cleaned_data[f"cell-{key}"], int(self._text("seen", key))))
        try:
            reasons = {indicator.key: self._reason(indicator.key, entry) for indicator, entry, _ in cells}
            written = self.report.write_many(cells, by=by, reasons=reasons) if cells else None
        except CellRefused as refusal:
            return Saved(0, kept | {indicator.key: self._keep(indicator.key, "Chưa lưu.") for indicator, _, _ in cells}, refusal)
        if written is None:
            return Saved(0, kept)
        return Saved(written.count, kept | {key: self._keep(key, CHOOSE, conflict=conflict) for key, conflict in written.conflicts.items()})

    def _take_counts(self):
        """Put the counts that were asked for into their cells, as if they had been typed."""
        asked = str(self.data.get("take", ""))
        keys = [key for key in self.counts if key == asked or (asked == TAKE_ALL and not self._text("cell", key))]
        if keys:
            self.data = self.data.copy()
        for key in keys:
            self.data[f"cell-{key}"], self.data[f"reason-{key}"] = counted.said(self.counts[key]), ""

    def _reason(self, key, entry):
        """Why the cell differs from the registers; nothing where it does not, or they say nothing."""
        return "" if counted.agrees(entry, self.counts.get(key)) else normalise(self._text("reason", key))[:LONGEST_REASON]

    def _problem(self, key):
        """The Kept of a cell that cannot be written as it was sent, or None."""
        if not self._is_changed(key):
            return None
        if errors := self.errors.as_data().get(f"cell-{key}"):
            return self._keep(key, errors[0].message, suggestions=errors[0].suggestions)
        if not self._text("seen", key).isdecimal() or len(self._text("seen", key)) > 9:
            return self._keep(key, RELOAD)
        if self._text("conflict", key) and self._text("choice", key) != "mine":
            figure = Figure.objects.filter(report=self.report, indicator=self.indicators[key]).select_related("entered_by").first()
            if figure:
                return self._keep(key, CHOOSE, conflict=CellConflict.over(figure, self.cleaned_data[f"cell-{key}"]))
        entry = self.cleaned_data[f"cell-{key}"]
        if not counted.agrees(entry, self.counts.get(key)) and not self._reason(key, entry):
            sentence = f"Sổ đếm được {counted.said(self.counts[key])}, đồng chí ghi {write_figure(entry)}: ghi lý do, hoặc lấy số từ sổ."
            return self._keep(key, sentence)
        return None

    def _is_changed(self, key):
        """False when the cell and the reason beside it still say what their writer saw there."""
        text, was = self._text("cell", key), self._text("was", key)
        if key in self.counts and f"reason-{key}" in self.data and self._has_new_reason(key):
            return True
        if text == was:
            return False
        try:
            return self.cleaned_data.get(f"cell-{key}") != parse_figure(was)
        except NumberError:
            return True

    def _has_new_reason(self, key):
        entry, figure = self.cleaned_data.get(f"cell-{key}"), self.saved.get(key)
        if entry is None or counted.agrees(entry, self.counts[key]):
            return False
        return self._reason(key, entry) != (figure.reason if figure else "")

    def _keep(self, key, sentence, *, suggestions=(), conflict=None):
        reason = self._text("reason", key)[:LONGEST_REASON] if key in self.counts else None
        if conflict:
            return Kept(self._text("cell", key), str(conflict.version), write_figure(conflict.theirs), sentence, conflict=conflict, reason=reason)
        seen = self._text("seen", key) if self._text("seen", key).isdecimal() else "0"
        return Kept(self._text("cell", key), seen, self._text("was", key), sentence, suggestions, reason=reason)

    def _text(self, part, key):
        return str(self.data.get(f"{part}-{key}", "")).strip()


class ListFilter(forms.Form):
    """Filters of the list of a year; what cannot be understood filters nothing."""

    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), (MISSING, "Chưa nhập")])
    loai = forms.ModelChoiceField(OrganizationKind.objects.none(), label="Loại hình", required=False, empty_label="Tất cả")
    nhanh = OrganizationFilterField(label="Thuộc")
    tim = WordsField(label="Tên tổ chức", required=False, max_length=100)

    def __init__(self, data, *, user, period):
        super().__init__(data)
        self.period = period
        self.fields["trang_thai"].choices = [*self.fields["trang_thai"].choices, *((each, each.label.capitalize()) for each in Status)]
        self.fields["loai"].queryset = OrganizationKind.objects.filter(report_forms__in=ReportForm.objects.of_year(period.year)).distinct()
        self.fields["nhanh"].allow(reach(user, *SEEN_WITH), *SEEN_WITH)

    def narrow(self, versions):
        """The rows of `versions` (expected.bodies) that the filters leave."""
        self.full_clean()
        wanted = self.cleaned_data if self.is_bound else {}
        if wanted.get("trang_thai"):
            versions = versions.filter(status=wanted["trang_thai"])
        if wanted.get("loai"):
            versions = versions.filter(kind=wanted["loai"])
        if wanted.get("nhanh"):
            under = OrganizationVersion.objects.under(wanted["nhanh"], on=self.period.ends_on)
            versions = versions.filter(organization__in=under.values("organization"))
        for word in fold(wanted.get("tim", "")).split():
            versions = versions.filter(search__contains=word)
        return versions


class TargetsForm(forms.Form):
    """What the superior body assigns to one body for a period: a number or nothing for each line of its form.

    The page sends `cell-key` and `was-key`, the text its writer saw: a target that somebody has changed meanwhile is not overwritten.
    """

    def __init__(self, organization, period, lines, data=None):
        super().__init__(data)
        self.organization, self.period = organization, period
        self.indicators = {line.indicator.key: line.indicator for line in lines}
        targets = Target.objects.filter(organization=organization, period=period).select_related("indicator")
        self.saved = {target.indicator.key: number(target.value) for target in targets}
        for key, indicator in self.indicators.items():
            self.fields[f"cell-{key}"] = FigureField(indicator, only_number=True)

    def save(self, *, by):
        """Write what was changed and is valid: how many targets, and key → Kept of those that could not be."""
        self.full_clean()
        count, kept = 0, {}
        for key, indicator in self.indicators.items():
            text, was = (str(self.data.get(f"{part}-{key}", "")).strip() for part in ("cell", "was"))
            if f"cell-{key}" not in self.data or text == was:
                continue
            if errors := self.errors.as_data().get(f"cell-{key}"):
                kept[key] = Kept(text, "", was, errors[0].message, errors[0].suggestions)
                continue
            entry = self.cleaned_data[f"cell-{key}"]
            try:
                is_done = Target.objects.assign(self.organization, self.period, indicator, entry.value, by=by, seen=_number(was))
            except CellRefused as refusal:
                kept[key] = Kept(text, "", was, refusal.sentence)
                continue
            if is_done:
                count += 1
            else:
                now = next(iter(Target.objects.filter(organization=self.organization, period=self.period, indicator=indicator)), None)
                theirs = number(now.value) if now else ""
                sentence = f"Người khác vừa ghi “{theirs}”, đồng chí gõ “{text}”: lưu lần nữa nếu đúng là số của đồng chí, hoặc sửa lại."
                kept[key] = Kept(text, "", theirs, sentence)
        return count, kept

    def rows(self, kept=None):
        """Rows of the page: a dict of indicator, key, text of the cell, text saved as its writer saw it, and what is wrong (Kept or None)."""
        rows = []
        for key, indicator in self.indicators.items():
            said, wrong = self.saved.get(key, ""), (kept or {}).get(key)
            shown = {"text": wrong.text, "was": wrong.was} if wrong else {"text": said, "was": said}
            rows.append({"indicator": indicator, "key": key, "kept": wrong, **shown})
        return rows


def _number(text):
    try:
        return parse_figure(text).value
    except NumberError:
        return None
