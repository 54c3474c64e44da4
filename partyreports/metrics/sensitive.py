"""Sensitive numbers (religion, ethnic minority; violations and discipline): in a named body one of them may be one known person.

Inside the reporting line, those who type, write, review or lock on the body's branch, every number is shown. Whoever may only read finds such
numbers in the summary, which hides the small ones and what they could be found from; in a single report they are all hidden, for what is
hidden in the summary must not be found by adding up reports.
"""

from organizations.access import Right, rights_on

GROUPS = {"religious", "ethnic_minority"}  # breakdowns of the catalogue
DISCIPLINE = ("members_disciplined", "organisations_disciplined", "violation_")  # beginnings of codes
LEAVING = {"expelled", "struck_off", "resigned"}  # breakdowns of members_decrease: whoever was expelled is one of those who left the Party
LEAST_OF_GROUPS, LEAST_OF_DISCIPLINE = 3, 5  # from here on a number is not small
REPORTING_LINE = {Right.ENTER, Right.WRITE, Right.REVIEW, Right.LOCK}
HIDDEN = "ẩn"


def is_in_reporting_line(user, branch):
    return bool(rights_on(user, branch) & REPORTING_LINE)


def least(indicator):
    """From which number on a count of such a group is not small; 0 for a count that nobody has to be shielded from."""
    if indicator.breakdown in GROUPS:
        return LEAST_OF_GROUPS
    return LEAST_OF_DISCIPLINE if indicator.code.startswith(DISCIPLINE) or is_leaving(indicator) else 0


def is_leaving(indicator):
    """True for the members expelled, and for those from whom they could be found: the decrease less its other parts is these three together."""
    return indicator.code == "members_decrease" and indicator.breakdown in LEAVING


def is_sensitive(indicator):
    """True for such a count and for whatever is divided from one. Reads numerator and denominator."""
    parts = [indicator, indicator.numerator, indicator.denominator] if indicator.is_computed else [indicator]
    return any(least(part) for part in parts if part)
