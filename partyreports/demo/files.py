"""The data files of this folder, parsed."""

import tomllib
from pathlib import Path

from partyreports.vietnamese import normalise

FOLDER = Path(__file__).parent


def described(name):
    """The data file `name` as a dict, its words in the one spelling of the portal: ủy, hòa."""
    return tomllib.loads(normalise((FOLDER / name).read_text(encoding="utf-8")))
