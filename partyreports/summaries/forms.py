"""What a reader of a summary chooses: the branch, a section, and whether empty lines show."""

from dataclasses import dataclass

from django import forms

from organizations.models import OrganizationVersion
from partyreports.periods.models import Period

from .sections import slug

MOST_BRANCHES = 300  # a longer list is no help: the rest is reached by going down from these


def branches_to_choose(reached, on):
    """Versions, on a date, of the organisations of `reached` that have others below them, from the top down. One query."""
    standing = OrganizationVersion.objects.on(on)
    parents = standing.exclude(parent=None).values("parent")
    return standing.filter(organization__in=reached).filter(organization__in=parents).order_by("level", "kind__order", "sort")[:MOST_BRANCHES]


@dataclass(frozen=True)
class Section:
    """A section of a summary with the lines that are left of it."""

    name: str
    lines: tuple

    @property
    def anchor(self):
        return slug(self.name)


class SummaryFilter(forms.Form):
    """The filters above a summary; what cannot be understood filters nothing."""

    nhanh = forms.TypedChoiceField(label="Tổ chức", required=False, coerce=int)
    muc = forms.ChoiceField(label="Mục", required=False, error_messages={"invalid_choice": "Không có mục này: chọn lại trong danh sách."})
    chi_co_so = forms.BooleanField(label="Chỉ hiện chỉ tiêu có số", required=False)
    ky = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, summary, branch, versions):
        super().__init__({**data.dict(), "nhanh": branch.pk})
        choices = {version.organization_id: "– " * version.level + (version.party_name or version.name) for version in versions}
        self.fields["nhanh"].choices = list(({branch.pk: summary.name or str(branch)} | choices if branch.pk not in choices else choices).items())
        self.fields["muc"].choices = [("", "Tất cả"), *((slug(section), section) for section in summary.sections)]
        self.summary = summary
        self.full_clean()

    @property
    def section(self):
        """Name of the section chosen, "" for all."""
        return dict(self.fields["muc"].choices).get(self.cleaned_data.get("muc") or None, "")

    @property
    def shows_given_only(self):
        return bool(self.cleaned_data.get("chi_co_so"))

    def sections(self):
        """The sections and lines that the filters leave."""
        names = [self.section] if self.section else self.summary.sections
        found = []
        for name in names:
            lines = tuple(line for line in self.summary.lines if line.section == name and (line.has_figures or not self.shows_given_only))
            if lines:
                found.append(Section(name, lines))
        return found

    def in_words(self):
        """The filters as a printed page or a workbook says them, "" when there are none."""
        words = [f"mục “{self.section}”"] if self.section else []
        words += ["chỉ gồm chỉ tiêu có số"] if self.shows_given_only else []
        return ", ".join(words)


def asked_period(code, chosen):
    """The period `code` of an address, the one chosen at the top when it is empty; None when there is no such period."""
    return Period.objects.select_related("previous").filter(code=code[:20]).first() if code else chosen
