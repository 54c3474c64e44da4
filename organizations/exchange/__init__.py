"""Registers in Excel, both ways: one class for each register, one set of pages for all. A room describes its registers in its `workbook` module."""

from organizations.exchange import documents
from organizations.exchange.registers import CODE, Exchange, register, registered, registers

__all__ = ["CODE", "Exchange", "documents", "register", "registered", "registers"]
