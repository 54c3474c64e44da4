"""The registers of this room in Excel."""

from models_registry.workbook import links, registrations, results, years

__all__ = ["links", "registrations", "results", "years"]
