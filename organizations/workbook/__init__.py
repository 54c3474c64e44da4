"""The registers of this room in Excel."""

from organizations.workbook import members, references

__all__ = ["members", "references"]
