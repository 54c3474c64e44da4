"""How every form of the portal is drawn."""

from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting


class AskedField(BoundField):
    """A field that the portal itself asks for: the browser would speak up first, and in its own language."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if attrs.pop("required", False):
            attrs["aria-required"] = "true"
        return attrs


class FormRenderer(TemplatesSetting):
    bound_field_class = AskedField
