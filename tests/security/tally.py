"""Counts of the walk: each test reports its own, the closing summary adds them up, also over several workers."""

from dataclasses import dataclass

NAME = "walk"


@dataclass
class Count:
    """Cells asked, those refused as expected, marks found where they must not be."""

    cells: int = 0
    denied: int = 0
    leaks: int = 0

    def record(self, record_property):
        record_property(NAME, (self.cells, self.denied, self.leaks))


def pytest_terminal_summary(terminalreporter):
    """One line for the whole walk, below the results. tests/conftest.py hands it to pytest."""
    reports = [report for group in ("passed", "failed") for report in terminalreporter.stats.get(group, [])]
    found = [value for report in reports for name, value in getattr(report, "user_properties", []) if name == NAME and report.when == "call"]
    if found:
        cells, denied, leaked = (sum(column) for column in zip(*found, strict=True))
        terminalreporter.write_line(f"walk: {len(found)} address tests, {cells} cells, {denied} denied as expected, {leaked} leaks")
