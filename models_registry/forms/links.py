"""Form that links a model with an earlier one."""

from django import forms

from ..fields import ModelField
from ..links import link, refusal
from ..models import ModelLink, Registration


class LinkForm(forms.Form):
    kind = forms.ChoiceField(label="Quan hệ", choices=ModelLink.Kind.choices, widget=forms.Select(attrs={"autofocus": True}))
    earlier = ModelField(label="Mô hình có trước")

    def __init__(self, user, registration, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.registration = user, registration
        self.fields["earlier"].allow(Registration.objects.visible_to(user).exclude(pk=registration.pk))

    def clean(self):
        facts = super().clean()
        if facts.get("earlier") and facts.get("kind"):
            sentence = refusal(self.registration, facts["earlier"], facts["kind"])
            if sentence:
                self.add_error("earlier", sentence)
        return facts

    def save(self):
        """Raises StepRefused."""
        return link(self.registration, self.cleaned_data["earlier"], self.cleaned_data["kind"], by=self.user)
