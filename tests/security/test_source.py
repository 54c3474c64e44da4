"""What no file of the portal may hold: rows fetched past the gate, text taken as HTML, doors left open, keys and passwords."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("organizations", "partyreports", "models_registry")
PYTHON = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)
VIEWS = [path for path in PYTHON if path.name in ("views.py", "session_views.py") or path.parent.name == "views"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
GATES = ("visible_to", "about", "start", "assign")  # `about` and `start` take a row that came through a gate, and a right
# The same for the whole tree: nothing in them belongs to a branch.
SHARED = (
    *("OrganizationKind", "Period", "Indicator", "BalanceRule", "ReportForm", "ReportFormLine"),
    *("AdmissionRule", "RatingCap", "Subject"),
)
# What a view may fetch by itself, with the reason.
REVIEWED = {
    ("organizations/views/accounts.py", "LogEntry.objects.filter(actor_pk=request.user.pk)"): "one's own acts",
    ("organizations/views/accounts.py", "Account.objects.get(pk=pk)"): "read again after `_managed` has let it through",
    ("organizations/views/accounts.py", "Assignment.objects.filter(account=account)"): "of an account that came through the gate",
    (
        "organizations/views/movements.py",
        "Stay.objects.filter(member__in=Member.objects.visible_to(request.user), **facts)",
    ): "of members who came through the gate; temporary stays elsewhere too",
    ("organizations/views/movements.py", "type(branch).objects.now_under(branch)"): "narrows what is reached",
    ("organizations/views/badges.py", "Organization.objects.now_under(branch)"): "whether a branch that came through the gate is wide",
    ("organizations/views/members.py", "Organization.objects.now_under(branch)"): "whether a branch that came through the gate is wide",
    ("organizations/views/movements.py", "Stay.objects.lasting()"): "of a chi bộ that came through the gate",
    ("organizations/views/tree.py", "Organization.objects.filter(pk=pk)"): "of a body that came through the gate",
    ("organizations/views/tree.py", "Organization.objects.now_under(organization)"): "whether a body that came through the gate is wide",
    ("organizations/views/ratings.py", "OrganizationVersion.objects.under(branch, on=on)"): "narrowed to what is reached",
    ("organizations/views/ratings.py", "OrganizationVersion.objects.on(on)"): "narrowed to what is reached",
    ("partyreports/activities/views/dialogues.py", "PlannedDialogue.objects.filter(dialogue=dialogue)"): "of a dialogue that came through the gate",
    ("partyreports/activities/views/dialogues.py", "Dialogue.objects.standing()"): "of a body on which the user writes",
    ("partyreports/activities/views/discipline.py", "Discipline.objects.counted_for(request.user)"): "a gate of its own: masked totals for auditors",
    (
        "partyreports/activities/views/inspections.py",
        "Organization.objects.filter(with_plan | with_any)",
    ): "of plans and inspections that came through the gate",
    ("partyreports/activities/views/dialogues.py", "Dialogue.objects.select_related('village')"): "passed through the gate by `kept_event`",
    ("partyreports/activities/views/events.py", "OrganizationVersion.objects.on(today)"): "whether bodies stand below the user's own",
    ("partyreports/metrics/views/events.py", "Figure.objects.filter(report=report, indicator=indicator)"): "of a report that came through the gate",
    ("models_registry/views/registrations.py", "Registration.objects.get(pk=form.instance.pk)"): "read again after `visible_to`",
    (
        "partyreports/speeches/views/pages.py",
        "OrganizationVersion.objects.filter(search__contains=word)",
    ): "narrows what came through the gate",
    ("partyreports/speeches/views/templates.py", "SpeechTemplate.objects.filter(code__startswith=f'{origin.code[:38]}-ban-')"): "counts copies",
    ("partyreports/speeches/views/templates.py", "SpeechTemplate.objects.create"): "a new row",
    ("partyreports/speeches/views/templates.py", "Registration.objects.final()"): "of a body out of those the form offers",
    ("partyreports/summaries/views.py", "OrganizationVersion.objects.last_standing(on=on)"): "narrowed to what is reached",
}
# Each word, and where it is allowed because the file says why.
FORBIDDEN = {
    "mark_safe": r"\bmark_safe\b|\bSafeString\b|\bSafeData\b",
    "csrf_exempt": r"\bcsrf_exempt\b",
    "raw SQL": r"\.raw\(|\.extra\(|\bRawSQL\b|\bcursor\(\)|connection\.execute",
    "a filter out of the request": r"\*\*\s*request\.(GET|POST)|order_by\(\s*request|__regex|__iregex",
    "eval": r"(?<![\w.])(eval|exec)\(|\bpickle\.loads?\(|\byaml\.load\(|os\.system\(|shell=True",
    "a template out of a string": r"\bTemplate\(|from_string\(",
}
ALLOWED = {
    ("partyreports/confined/messages.py", "eval"),  # what our own parent process sends
    ("partyreports/demo/loading.py", "raw SQL"),  # invented rows by the million, out of no request
}
IN_TEMPLATES = r"\|\s*safe\b|autoescape off|safeseq|\{% debug|<script(?![^>]*\bsrc=)[^>]*>|\sstyle=|\son[a-z]+=\"|javascript:|hx-on|hx-vals=.js:|https?://(?!www\.w3\.org)"
KEYS = r"(?i)(secret_key|password|passwd|token|api_key)\s*[:=]\s*[\"'][A-Za-z0-9+/_-]{24,}[\"']|-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}"


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_views_fetch_rows_through_the_gate(path):
    where = str(path.relative_to(ROOT))

    past = [call for call in fetched(ast.parse(path.read_text())) if (where, call) not in REVIEWED]

    assert past == []


def test_every_reviewed_exception_still_stands():
    calls = {(str(path.relative_to(ROOT)), call) for path in VIEWS for call in fetched(ast.parse(path.read_text()))}

    assert sorted(set(REVIEWED) - calls) == []


def fetched(module):
    """Each `Table.objects.method(…)` of a module that is no gate and of no shared table, as it is written."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr in ("objects", "_base_manager"):
            table = ast.unparse(node.value.value)
            if node.attr not in GATES and table not in SHARED:
                found.append((node, table))
    calls = {id(node.func): node for node in ast.walk(module) if isinstance(node, ast.Call)}
    return [ast.unparse(calls[id(node)]) if id(node) in calls and node.attr != "create" else ast.unparse(node) for node, _ in found]


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_module_holds(word):
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PYTHON
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(FORBIDDEN[word], line.partition("  # ")[0]) and (str(path.relative_to(ROOT)), word) not in ALLOWED
    ]

    assert found == []


def test_no_template_trusts_text_or_holds_a_script():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(IN_TEMPLATES, line)
    ]

    assert found == []


def test_forms_name_their_fields():
    """`__all__` and `exclude` let a field in that is added to the table later."""
    found = []
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                names = {target.id: item.value for item in node.body if isinstance(item, ast.Assign) for target in item.targets}
                open_fields = "exclude" in names or (isinstance(names.get("fields"), ast.Constant) and names["fields"].value == "__all__")
                found += [f"{path.relative_to(ROOT)}:{node.lineno}"] * open_fields

    assert found == []


def test_the_repository_holds_no_key_or_password():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    names = [name for name in listed if name and not name.startswith("static/") and (ROOT / name).is_file()]

    kept = [name for name in names if re.search(r"(^|/)(\.env|.*\.(sqlite3|pem|key|p12|pfx)|secret-key)$", name)]
    lines = [f"{name}: {found.group()[:40]}" for name in names if (found := re.search(KEYS, (ROOT / name).read_text(errors="ignore")))]

    assert (kept, lines) == ([], [])


def test_what_must_not_be_kept_is_ignored_by_git():
    for name in ("var/partyreports.sqlite3", "var/secret-key", ".env", "db.sqlite3"):
        ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0
        assert ignored, name
