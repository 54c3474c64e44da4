"""The registers of this room in Excel."""

from partyreports.activities.workbook import dialogues, discipline, inspections, norms, petitions, programmes

__all__ = ["dialogues", "discipline", "inspections", "norms", "petitions", "programmes"]
