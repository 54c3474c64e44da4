"""Tables of what bodies did during the year: dialogues held, inspections made. No citizen and no inspected member is ever named."""

from .dialogues import Dialogue, Petition, Subject, Village
from .inspections import Discipline, Inspection, InspectionPlan
from .norms import DialogueNorm, PlannedDialogue

__all__ = ["Dialogue", "DialogueNorm", "Discipline", "Inspection", "InspectionPlan", "Petition", "PlannedDialogue", "Subject", "Village"]
