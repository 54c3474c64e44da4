"""The registers of this room in Excel."""

from organizations.workbook import candidates, members, references

__all__ = ["candidates", "members", "references"]
