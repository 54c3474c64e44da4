"""The registers of this room in Excel."""

from partyreports.activities.workbook import dialogues, discipline, inspections, petitions

__all__ = ["dialogues", "discipline", "inspections", "petitions"]
