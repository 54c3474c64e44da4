"""The data files of this folder, parsed."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parent


def described(name):
    """The data file `name` as a dict."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
