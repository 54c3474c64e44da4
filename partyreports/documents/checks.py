"""System checks of what printing needs from the machine; the roof registers them."""

from django.core import checks

from partyreports.documents.fonts import FontsMissing, font_files
from partyreports.documents.layouts import LayoutError, rule_sets


def check_fonts(app_configs, **kwargs):
    """The four fonts are there, with every Vietnamese letter."""
    try:
        font_files()
    except FontsMissing as missing:
        return [checks.Error(str(missing), id="documents.E001")]
    return []


def check_layouts(app_configs, **kwargs):
    """Every file of rules can be read."""
    try:
        rule_sets()
    except LayoutError as wrong:
        return [checks.Error(str(wrong), id="documents.E002")]
    return []
