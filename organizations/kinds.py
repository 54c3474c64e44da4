"""Kinds of organisation as the data file of this room names them."""

import tomllib
from pathlib import Path

from .models import OrganizationKind

FILE = Path(__file__).parent / "data" / "kinds.toml"


def load_kinds():
    """Create the kinds of `data/kinds.toml` that are missing, by code; rows that exist stay as the office has them. Returns how many are new."""
    known = set(OrganizationKind.objects.values_list("code", flat=True))
    described = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    missing = [OrganizationKind(**facts) for facts in described if facts["code"] not in known]
    OrganizationKind.objects.bulk_create(missing)
    return len(missing)
