"""Tables of the tree, its people and their rights, and the log of every step a paper takes."""

from .accounts import Account, Assignment, Right
from .kinds import OrganizationKind
from .log import LogEntry
from .members import Member
from .organization import Organization, OrganizationVersion
from .references import Reference

__all__ = [
    "Account",
    "Assignment",
    "LogEntry",
    "Member",
    "Organization",
    "OrganizationKind",
    "OrganizationVersion",
    "Reference",
    "Right",
]
