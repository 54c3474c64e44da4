"""The form that chooses the branch one looks at."""

from django import forms

from organizations.access import reach
from organizations.fields import OrganizationField


class BranchForm(forms.Form):
    branch = OrganizationField(label="Tổ chức và các cấp dưới")

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["branch"].allow(reach(user))
