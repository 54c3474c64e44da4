"""The rooms and their order: a module imports only its own room and rooms before it, always at the top of the file."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# From the ground up; docs/decisions.md tells why a room was added.
ROOMS = [
    "partyreports.vietnamese",
    "partyreports.confined",
    "partyreports.documents",
    "partyreports.sheets",
    "organizations",
    "partyreports.periods",
    "models_registry",
    "partyreports.activities",
    "partyreports.metrics",
    "partyreports.summaries",
    "partyreports.speeches",
    "partyreports",
]
TOOLS = ROOMS[:4]  # know no table
ONLY_IN = {
    "weasyprint": "partyreports.documents",
    "docx": "partyreports.documents",
    "pikepdf": "partyreports.documents",
    "xlsxwriter": "partyreports.sheets",
    "openpyxl": "partyreports.sheets",
}
FORBIDDEN_NAMES = {"common", "utils", "helpers", "misc", "signals"}
LONGEST = 300


def modules():
    """(path, dotted name) of every module of the product."""
    for top in ("partyreports", "organizations", "models_registry"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                yield path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name):
    """The deepest room that holds the dotted name, None for a library."""
    inside = [room for room in ROOMS if name == room or name.startswith(room + ".")]
    return max(inside, key=len) if inside else None


def imports(path, name):
    """Dotted names that the module imports, and whether each stands at the top of the file."""
    tree = ast.parse(path.read_text("utf-8"))
    at_top = set(map(id, tree.body))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) in at_top
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*up, *([base] if base else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield (full if room_of(full) != room_of(base) else base), id(node) in at_top


MODULES = list(modules())


def test_the_rooms_stand_where_the_list_says():
    assert [room for room in ROOMS if not (ROOT / Path(*room.split("."))).exists() and not (ROOT / (room.replace(".", "/") + ".py")).exists()] == []


@pytest.mark.parametrize(("path", "name"), MODULES, ids=[name for _, name in MODULES])
def test_a_module_imports_only_its_own_room_and_rooms_before_it(path, name):
    own = ROOMS.index(room_of(name))

    later = sorted({target for target, _ in imports(path, name) if room_of(target) and ROOMS.index(room_of(target)) > own})

    assert later == []


@pytest.mark.parametrize(("path", "name"), MODULES, ids=[name for _, name in MODULES])
def test_imports_of_the_house_stand_at_the_top_of_the_file(path, name):
    assert [target for target, at_top in imports(path, name) if room_of(target) and not at_top] == []


def test_a_library_with_an_owner_is_imported_by_its_room_alone():
    strangers = [
        f"{name} imports {target}"
        for path, name in MODULES
        for target, _ in imports(path, name)
        if target.split(".")[0] in ONLY_IN and room_of(name) != ONLY_IN[target.split(".")[0]]
    ]

    assert strangers == []


def test_tools_know_no_table():
    knowing = [
        f"{name} imports {target}" for path, name in MODULES if room_of(name) in TOOLS for target, _ in imports(path, name) if "db.models" in target
    ]

    assert knowing == []


def test_no_module_is_named_for_nothing():
    assert [name for _, name in MODULES if name.rpartition(".")[2] in FORBIDDEN_NAMES] == []


def test_no_module_has_swollen():
    assert [name for path, name in MODULES if len(path.read_text("utf-8").splitlines()) > LONGEST] == []


def test_every_table_is_declared_in_the_models_of_its_room():
    elsewhere = []
    for path, name in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            bases = {ast.unparse(base) for base in node.bases} if isinstance(node, ast.ClassDef) else set()
            is_table = bool(bases & {"models.Model", "Paper", "AbstractBaseUser"})
            is_abstract = isinstance(node, ast.ClassDef) and "abstract = True" in ast.unparse(node)
            if is_table and not is_abstract and ".models" not in name:
                elsewhere.append(f"{name}.{node.name}")

    assert elsewhere == []
