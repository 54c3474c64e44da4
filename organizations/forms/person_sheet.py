"""What the lines of workbooks share that tell something of a member: who is meant, by his code or by name and year of birth."""

from django import forms
from django.utils.functional import cached_property

from organizations.access import reach
from organizations.fields import OrganizationField, WordsField
from organizations.models.members import REGISTERS_SEEN_WITH
from organizations.people import People, Unknown

ANOTHER = "Dòng này của {}: người khác thì ghi một dòng mới, để trống ô Mã."


class PersonSheetForm(forms.Form):
    """A line about one member. `shared` are the People of the whole file; a form alone reads its own."""

    organization = OrganizationField(label="Chi bộ", required=False)
    member = forms.IntegerField(label="Mã đảng viên", required=False, min_value=1)
    full_name = WordsField(label="Họ và tên", required=False, max_length=120)
    birth_year = forms.IntegerField(label="Năm sinh", required=False)

    shared = None
    bodies_with = REGISTERS_SEEN_WITH  # where the chi bộ of a line may be: it may only tell who is meant

    def __init__(self, user, data=None, *, instance=None, initial=None):
        super().__init__(data, initial=initial)
        self.user, self.instance = user, instance
        self.fields["organization"].allow(reach(user, *self.bodies_with), *self.bodies_with)

    @cached_property
    def people(self):
        if self.shared is not None:
            return self.shared
        facts = self.cleaned_data
        return People.read(self.user, codes=[facts.get("member")], names=[facts.get("full_name")])

    def clean(self):
        facts = super().clean()
        body = facts.get("organization")
        try:
            self.person = self.people.find(facts.get("member"), facts.get("full_name"), facts.get("birth_year"), body.pk if body else None)
        except Unknown as unknown:
            self.person = None
            self.add_error(unknown.field, unknown.sentence)
            return facts
        if self.instance and self.person.pk != self.instance.member_id:
            self.add_error("full_name", ANOTHER.format(self.instance.member))
        facts |= {"member": self.person.pk, "full_name": self.person.full_name, "birth_year": self.person.birth_year}
        return facts

    def refuse_without_right(self, body, *, field="organization"):
        """Say so when the register of that body (its key) is not the user's to write."""
        if body not in self.people.writable:
            self.add_error(field, "Đồng chí không có quyền ghi sổ đảng viên của tổ chức này.")
