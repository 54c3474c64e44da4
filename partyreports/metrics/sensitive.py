"""Numbers of sensitive groups (religion, ethnic minority): in a named body one of them may be one known person.

Inside the reporting line, those who type, write, review or lock on the body's branch, every number is shown. Whoever may only read finds such
numbers in the summary, which hides the small ones and what they could be found from; in a single report they are all hidden, for what is
hidden in the summary must not be found by adding up reports.
"""

from organizations.access import Right, rights_on

SENSITIVE = {"religious", "ethnic_minority"}  # breakdowns of the catalogue
REPORTING_LINE = {Right.ENTER, Right.WRITE, Right.REVIEW, Right.LOCK}
HIDDEN = "ẩn"


def is_in_reporting_line(user, branch):
    return bool(rights_on(user, branch) & REPORTING_LINE)


def is_sensitive(indicator):
    """True for a count of such a group and for whatever is divided from one. Reads numerator and denominator."""
    parts = [indicator, indicator.numerator, indicator.denominator] if indicator.is_computed else [indicator]
    return any(part.breakdown in SENSITIVE for part in parts if part)
