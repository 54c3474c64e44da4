"""The list of subjects that people raise, as the data file of this room begins it."""

import tomllib
from pathlib import Path

from .models import Subject

FILE = Path(__file__).parent / "data" / "subjects.toml"
STEP = 10  # between two subjects in order, so that an office can put its own in between


def load_subjects():
    """Create the subjects of `data/subjects.toml` that are missing, by name; what exists stays as the office has it. Returns how many are new."""
    known = set(Subject.objects.values_list("name", flat=True))
    names = tomllib.loads(FILE.read_text(encoding="utf-8"))["subject"]
    missing = [Subject(name=name, order=place * STEP) for place, name in enumerate(names, start=1) if name not in known]
    Subject.objects.bulk_create(missing)
    return len(missing)
