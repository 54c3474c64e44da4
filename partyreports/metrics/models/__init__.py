"""Tables of indicators, forms, rules, targets, yearly reports and their figures."""

from .figures import CellConflict, CellRefused, Figure, Target
from .forms import ReportForm, ReportFormLine
from .indicators import Indicator
from .reports import YearlyReport, stood_in
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
    "stood_in",
]
