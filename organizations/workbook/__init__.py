"""The registers of this room in Excel."""

from organizations.workbook import badges, candidates, members, movements, ratings, references

__all__ = ["badges", "candidates", "members", "movements", "ratings", "references"]
