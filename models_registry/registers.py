"""What the register of models counted in a year: for the page that leads to all registers."""

from organizations.registers import COUNTED, within
from partyreports.vietnamese import count

from .counts import counts_of
from .models import Registration


def counted(user, branch, year):
    """dict: register → (number in words, what it counts): models of `year` that `user` sees, and their states. One query of its own."""
    counts = counts_of(within(Registration.objects.visible_to(user), branch), str(year))
    return {"models": [(count(counts.total), "mô hình"), *((count(state.number), state.label.lower()) for state in counts.states)]}


COUNTED.append(counted)
