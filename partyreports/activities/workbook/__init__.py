"""The registers of this room in Excel."""

from partyreports.activities.workbook import discipline, inspections

__all__ = ["discipline", "inspections"]
