"""The whole demonstration, in the order in which a district's year goes."""

from organizations.models import LogEntry

from .accounts import CLERK, REVIEWER, make_accounts
from .bodies import FOUNDED, found_bodies, tell_what_happened
from .candidates import follow_candidates
from .dialogues import hold_dialogues
from .figures import assign_targets, close_past_periods, open_periods, write_reports
from .inspections import plan_inspections, record_inspections
from .papers import register_models, write_speeches
from .ratings import award_badges, rate_members
from .registers import cite_documents, invent_members
from .rosters import fill_rosters


def seed():
    """Fill an empty database that holds the catalogue. To be called inside a transaction."""
    bodies = found_bodies()
    tell_what_happened(bodies)
    accounts = make_accounts(bodies, since=FOUNDED)
    clerk, reviewer = accounts[CLERK], accounts[REVIEWER]
    references = cite_documents(bodies, by=clerk)
    invent_members(bodies, by=clerk)
    hold_dialogues(bodies, references, by=clerk)
    plan_inspections(bodies, by=clerk)
    record_inspections(bodies, by=clerk)
    follow_candidates(bodies, by=clerk)
    fill_rosters(bodies, by=clerk)  # after everybody who is named or was admitted: up to the true totals
    rate_members(bodies, by=clerk)
    award_badges(bodies, by=clerk)
    periods = open_periods()
    assign_targets(bodies, periods, by=reviewer)
    registrations = register_models(bodies, periods, references, accounts, reviewer=reviewer)
    write_reports(bodies, periods, clerk=clerk, reviewer=reviewer)
    write_speeches(bodies, periods, registrations, accounts, reviewer=reviewer)
    close_past_periods(periods, by=reviewer)
    LogEntry.write("seed_demo", by=None, organization_pk=bodies["don-duong"].pk, note="Nạp dữ liệu dùng thử")
