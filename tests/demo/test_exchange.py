"""Every register of the demonstration goes out to Excel and comes back without changing a single row."""

import pytest

from organizations import tree
from organizations.exchange import registered, registers
from organizations.models import Right
from tests import makers
from tests.exchanging import export, import_file


@pytest.mark.parametrize("slug", sorted(registers()))
def test_a_register_taken_out_and_brought_back_changes_nothing(slug, demo):
    account = makers.make_account(rights=list(Right), organization=tree.root())

    work = import_file(slug, by=account, content=export(slug, by=account))

    rows = registered(slug).rows(account).count()
    assert (work.sentence, work.errors, work.changes) == ("" if rows else work.sentence, [], [])
    assert work.unchanged == rows
