"""Tables of indicators, forms, rules, targets, yearly reports and their figures."""

from .figures import CellConflict, CellRefused, Figure, Target
from .forms import ReportForm, ReportFormLine
from .indicators import Indicator
from .reports import YearlyReport
from .rules import BalanceRule, RuleTerm

__all__ = [
    "BalanceRule",
    "CellConflict",
    "CellRefused",
    "Figure",
    "Indicator",
    "ReportForm",
    "ReportFormLine",
    "RuleTerm",
    "Target",
    "YearlyReport",
]
