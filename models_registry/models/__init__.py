"""Tables of working models: registrations, their years and stages, results, links, and the index of titles."""

from .links import ModelLink
from .registrations import PARTS, Registration, RegistrationQuerySet
from .results import ModelResult
from .titles import TitleBand
from .years import ModelYear, Stage

__all__ = ["PARTS", "ModelLink", "ModelResult", "ModelYear", "Registration", "RegistrationQuerySet", "Stage", "TitleBand"]
