"""What the lines of workbooks about one model have alike: the model, named by its number, or by its body and its title."""

from django import forms

from organizations.access import reach
from organizations.fields import OrganizationField, WordsField
from organizations.forms.members import WRITERS
from partyreports.vietnamese import fold

from ..models import Registration

OF_THE_MODEL = ("model", "organization", "title")
NONE = "Không có mô hình nào như dòng này ghi: kiểm tra mã, tổ chức và tên."
SEVERAL = "Tổ chức này có %d mô hình cùng tên: ghi mã của mô hình."


class LineRefused(ValueError):
    """A line that was right alone and can no longer be written: the lines above, or somebody else, have closed its way."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


class ModelLineForm(forms.Form):
    """A line about one model of a body that the user keeps the register of."""

    model = forms.IntegerField(required=False)
    organization = OrganizationField(label="Tổ chức", required=False)
    title = WordsField(label="Tên mô hình", required=False)

    def keep_to(self, user):
        self.user = user
        self.fields["organization"].allow(reach(user, *WRITERS), *WRITERS)

    def named(self, facts):
        """The Registration that the line names; None, with an error, when there is not exactly one."""
        if set(OF_THE_MODEL) & set(self.errors):
            return None
        if not facts.get("model") and not (facts.get("organization") and facts.get("title")):
            self.add_error("model", "Ghi mã mô hình, hoặc ghi tổ chức và tên mô hình.")
            return None
        found = models_of(facts, among=Registration.objects.filter(organization__in=self.fields["organization"].among))
        if len(found) == 1:
            facts.update(told_of(found[0]))
            return found[0]
        where = "model" if facts.get("model") else "title"
        self.add_error(where, SEVERAL % len(found) if found else NONE)
        return None


def models_of(facts, *, among, names=OF_THE_MODEL):
    """Of the queryset `among` the models with this number, body and title, each only where it is given: a list."""
    key, body, title = (facts.get(name) for name in names)
    if key:
        among = among.filter(pk=key)
    if body:
        among = among.filter(organization=body)
    if title and not key:
        among = among.filter(search=fold(title)[:500])
    return [model for model in among.select_related("organization")[:9] if not title or fold(model.title) == fold(title)]


def told_of(model):
    """What a line says of its model."""
    return dict(zip(OF_THE_MODEL, (model.pk, model.organization, model.title), strict=True))
