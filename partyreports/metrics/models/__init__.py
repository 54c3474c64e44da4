"""Tables of indicators, forms, rules, targets, yearly reports and their figures."""

from .forms import ReportForm, ReportFormLine
from .indicators import Indicator
from .reports import Figure, Target, YearlyReport
from .rules import BalanceRule, RuleTerm

__all__ = ["BalanceRule", "Figure", "Indicator", "ReportForm", "ReportFormLine", "RuleTerm", "Target", "YearlyReport"]
