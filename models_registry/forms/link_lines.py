"""A line of the workbook of links: one model, and the earlier one it goes on from, repeats, replaces or resembles."""

from django import forms

from organizations.access import reach
from organizations.fields import OrganizationField, WordsField
from organizations.review import StepRefused

from ..links import link, refusal
from ..models import ModelLink, Registration
from .lines import NONE, SEVERAL, LineRefused, ModelLineForm, models_of, told_of

EARLIER = ("earlier", "earlier_organization", "earlier_title")
SEEN_WITH = (*Registration.WORKED_ON_WITH, *Registration.READ_WITH)


class LinkLineForm(ModelLineForm):
    kind = forms.ChoiceField(label="Quan hệ", choices=ModelLink.Kind.choices)
    earlier = forms.IntegerField(required=False)
    earlier_organization = OrganizationField(label="Tổ chức của mô hình có trước", required=False)
    earlier_title = WordsField(label="Tên mô hình có trước", required=False)

    def __init__(self, user, *args, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.keep_to(user)
        self.fields["earlier_organization"].allow(reach(user, *SEEN_WITH), *SEEN_WITH)
        self.instance = instance
        if instance:
            self.initial |= told_of_link(instance)

    def clean(self):
        facts = super().clean()
        later, earlier = self.named(facts), self._earlier(facts)
        if not (later and earlier and facts.get("kind")):
            return facts
        self.later, self.before = later, earlier
        standing = ModelLink.objects.filter(later=later, earlier=earlier).first()
        if self.instance and self.instance != standing:
            self.add_error("earlier", "Không đổi liên kết này sang mô hình khác: ghi một dòng mới, để trống ô Mã.")
        elif standing:
            if standing.kind != facts["kind"]:
                self.add_error("kind", "Hai mô hình này đã được liên kết: bỏ liên kết ấy trên trang của mô hình rồi ghi lại.")
        elif sentence := refusal(later, earlier, facts["kind"]):
            self.add_error("earlier", sentence)
        return facts

    def _earlier(self, facts):
        if set(EARLIER) & set(self.errors):
            return None
        if not facts.get("earlier") and not (facts.get("earlier_organization") and facts.get("earlier_title")):
            self.add_error("earlier", "Ghi mã mô hình có trước, hoặc ghi tổ chức và tên của mô hình ấy.")
            return None
        found = models_of(facts, among=Registration.objects.visible_to(self.user), names=EARLIER)
        if len(found) == 1:
            facts.update(zip(EARLIER, told_of(found[0]).values(), strict=True))
            return found[0]
        self.add_error("earlier" if facts.get("earlier") else "earlier_title", SEVERAL % len(found) if found else NONE)
        return None

    def save(self):
        """Raises LineRefused when the lines above have closed the way."""
        try:
            return link(self.later, self.before, self.cleaned_data["kind"], by=self.user)
        except StepRefused as refused:
            raise LineRefused(refused.sentence) from refused


def told_of_link(made):
    """What a line says of a link."""
    return {**told_of(made.later), "kind": made.kind, **dict(zip(EARLIER, told_of(made.earlier).values(), strict=True))}
