"""Tables of the tree, its people and their rights, and the log of every step a paper takes."""

from .accounts import Account, Assignment, Right
from .admission_rules import AdmissionRule
from .badges import BadgeAward
from .candidates import Candidate, StageTaken
from .imports import Import
from .kinds import OrganizationKind
from .log import LogEntry
from .members import Member
from .organization import Organization, OrganizationVersion
from .ratings import MemberRating, RatingCap
from .references import Reference
from .stages import Stage
from .stays import Stay

__all__ = [
    "Account",
    "AdmissionRule",
    "Assignment",
    "BadgeAward",
    "Candidate",
    "Import",
    "LogEntry",
    "Member",
    "MemberRating",
    "Organization",
    "OrganizationKind",
    "OrganizationVersion",
    "RatingCap",
    "Reference",
    "Right",
    "Stage",
    "StageTaken",
    "Stay",
]
