"""Rosters: who stood where on a date, and opening + in − out = closing for any body, any days and any history of the tree."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations import roster
from organizations.flows import Flow
from organizations.models import Member, Organization, OrganizationVersion, Stay
from organizations.models.movements import MovementRefused
from organizations.models.paths import ChangeRefused
from tests import makers

FIRST = dt.date(2020, 1, 1)
Arrival, Departure = Stay.Arrival, Stay.Departure


def day(n):
    return FIRST + dt.timedelta(days=n)


def new_member(organization, *, admitted_on=dt.date(2015, 5, 19), name="Nguyễn Văn Thử"):
    """A member who stands on no roster yet."""
    return Member.objects.create(
        organization=organization, full_name=name, gender="male", birth_year=1985, admitted_on=admitted_on, standing="probationary", is_active=False
    )


# --- the balance --------------------------------------------------------------------------------------------------------

moves = st.lists(
    st.tuples(
        st.sampled_from(["admit", "transfer", "transfer", "leave", "restore", "elsewhere", "move", "move", "merge", "end", "correct", "take_back"]),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(1, 40),
    ),
    max_size=14,
)


@pytest.fixture
def small_tree(db):
    """A district of two communes with four chi bộ, three members on their rosters and three on none."""
    top = makers.make_organization()
    communes = [makers.make_organization(parent=top) for _ in range(2)]
    cells = [makers.make_organization(parent=communes[n % 2]) for n in range(4)]
    members = [makers.make_member(organization=cells[n]) for n in range(3)] + [new_member(cells[0]) for _ in range(3)]
    return top, communes, cells, members


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=moves, start=st.integers(0, 40), length=st.integers(0, 40))
def test_opening_and_in_less_out_is_closing_for_any_body_days_and_history(small_tree, history, start, length):
    with transaction.atomic():
        _check_balance(*small_tree, history, day(start), day(start + length))
        transaction.set_rollback(True)  # each history begins with the same tree


def _check_balance(top, communes, cells, members, history, first, last):
    for act, which, where, on in history:
        _happen(act, members[which], cells[where % 4], communes[where % 2], day(on))

    balances = roster.balances([top, *communes, *cells], first, last)

    stays, versions = list(Stay.objects.filter(is_temporary=False)), list(OrganizationVersion.objects.all())
    for body in (top, *communes, *cells):
        found, standing = balances[body.pk], _standing(body, stays, versions, last)
        assert found.opening == len(_standing(body, stays, versions, first - roster.DAY))
        assert found.closing == len(standing)
        assert found.opening + found.arrived - found.departed == found.closing
        assert sum(map(len, found.arrivals.values())) == found.arrived
        assert set(roster.members_on(body, on=last).values_list("pk", flat=True)) == standing
        flow = Flow(body, first, last)
        assert flow[0:100] == found.movements
        assert (flow.opening, flow.arrived, flow.departed, flow.closing) == (found.opening, found.arrived, found.departed, found.closing)
        assert flow.arrivals == {reason: len(stays) for reason, stays in found.arrivals.items()}
        assert flow.departures == {reason: len(stays) for reason, stays in found.departures.items()}
    assert roster.count(top, on=last) == balances[top.pk].closing
    today = roster.stays_on(top, on=timezone.localdate())
    assert roster.tallies_today(Organization.objects.now_under(top)) == roster.tallies(today, on=timezone.localdate())


def _happen(act, member, cell, commune, on):
    """Do it when it can be: what is refused changes nothing."""
    stays = Stay.objects.lasting().filter(member=member).order_by("since")
    try:
        if act == "admit":
            Stay.objects.admit(member, cell, on=on, by=None)
        elif act == "transfer":
            Stay.objects.transfer(member, cell, on=on, by=None)
        elif act == "leave":
            Stay.objects.leave(member, on=on, departure=Departure.TO_OUTSIDE, by=None)
        elif act == "restore":
            Stay.objects.restore(member, cell, on=on, by=None)
        elif act == "elsewhere":
            Stay.objects.stay_elsewhere(member, on=on, organization=cell, by=None)
        elif act == "move":
            cell.change(on=on, parent=commune)
        elif act == "merge":
            Stay.objects.merge(member.organization, cell, on=on, by=None)
        elif act == "end":
            cell.end(on=on)
        elif act == "correct" and stays:
            stay = stays[on.day % len(stays)]
            Stay.objects.correct(stay, by=None, **({"until": on} if stay.until and on.day % 2 else {"since": on}))
        elif act == "take_back" and stays:
            Stay.objects.take_back(stays.last(), by=None)
    except (MovementRefused, ChangeRefused):
        pass


def _standing(body, stays, versions, on):
    """Reckoned one member and one body at a time, from parents and days alone."""
    found = []
    for stay in stays:
        here = stay.organization_id if stay.since <= on and not (stay.until and stay.until <= on) else None
        while here is not None:
            version = next((v for v in versions if v.organization_id == here and v.valid_from <= on and not (v.valid_to and v.valid_to <= on)), None)
            if version and here == body.pk:
                found.append(stay.member_id)
            here = version.parent_id if version and here != body.pk else None
    assert len(found) == len(set(found))
    return set(found)
