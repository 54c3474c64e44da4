"""Templates of speeches: read from the data files of the room, checked before they are kept."""

import tomllib
from pathlib import Path

from django.db import transaction

from organizations.models import OrganizationKind
from partyreports.metrics.models import Indicator

from . import grammar
from .models import SpeechTemplate

FOLDER = Path(__file__).parent / "data"
LONGEST_TITLE = 400


class TemplateFault(ValueError):
    """A data file that cannot be used; the message names the file and says why."""


def check_text(text):
    """Vietnamese sentences about everything in a template's text that cannot be used, [] when it is sound. One query."""
    found = grammar.faults(text, keys={indicator.key for indicator in Indicator.objects.all()})
    return found if found or grammar.lines_of(text) else ["Mẫu chưa có nội dung."]


def check_title(title):
    """As `check_text`, for the title of a template: one line of words, without figures and conditions."""
    found = [sentence.partition(": ")[2] for sentence in grammar.faults(title)]
    lines = grammar.lines_of(title)
    if len(lines) != 1 or len(title) > LONGEST_TITLE:
        found.append("Trích yếu viết trên một dòng, không quá 400 ký tự.")
    if any(line.conditions or any(slot.mode for slot in line.slots) for line in lines):
        found.append("Trích yếu chỉ dùng chỗ điền bằng chữ, không dùng số liệu và điều kiện.")
    return found


def load_templates():
    """Create the templates of the data files that are not there yet; never touch one that is. Returns how many were created."""
    created = 0
    with transaction.atomic():
        for facts in described():
            if SpeechTemplate.objects.filter(code=facts["code"]).exists():
                continue
            kinds = OrganizationKind.objects.filter(code__in=facts.pop("kinds"))
            text = (FOLDER / facts.pop("file")).read_text("utf-8")
            found = check_text(text) + check_title(facts["title"])
            if found:
                raise TemplateFault(f"{facts['code']}: {found[0]}")
            template = SpeechTemplate.objects.create(text=text, **facts)
            template.kinds.set(kinds)
            created += 1
    return created


def described():
    """What `templates.toml` says of each template: code, name, pattern, kinds, document_type, title, file."""
    file = FOLDER / "templates.toml"
    return tomllib.loads(file.read_text("utf-8"))["template"] if file.exists() else []
