"""What a source is: one indicator, its unit, the register it is counted from, and the function that counts."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

OWN, ABOVE = "own", "above"
SOURCES = {}  # indicator key → Source


@dataclass(frozen=True)
class Count:
    """What a register says of one indicator: the number, the word before it ("over": hơn), and the events it was counted from.

    `events` are small identities ("dialogue:12", "stay:5:in"); `number` is how many there are. A count that must not tell whom it counts
    (religion, ethnic minority) and one asked for without its events have a number and no identities.
    """

    value: Decimal
    qualifier: str = ""
    events: tuple = ()
    number: int = 0


@dataclass(frozen=True)
class Register:
    """A register that figures are counted from; `gather(ground)` answers key of a body → what its sources take, where the register is in use."""

    name: str
    title: str  # as people call it: Sổ đối thoại
    gather: Callable
    is_used_when: str  # from when on a body that has no event counts as 0, in words


@dataclass(frozen=True)
class Source:
    """One figure that the portal counts itself.

    `scope` is OWN, the whole branch of the body that reports, or ABOVE: the branch of the body above one of the Front's kind, which stands
    beside the communes it reports of; no other body is asked such a figure.
    """

    key: str
    unit: str
    words: str
    register: Register
    scope: str
    count: Callable


def counts(key, *, unit, words, register, scope=OWN):
    """Register the function below as the source of the indicator `key`: it takes what the register gathered for a body and answers a Count.

    It answers None when the register cannot tell, though it is in use.
    """

    def put(function):
        if key in SOURCES:
            raise ValueError(f"{key} is counted twice.")
        SOURCES[key] = Source(key, unit, words, register, scope, function)
        return function

    return put


def how_many(identities):
    """The Count of events that count one each."""
    identities = tuple(identities)
    return Count(Decimal(len(identities)), "", identities, len(identities))


def sum_of(parts, *, qualifier=""):
    """The Count of (identity, number) pairs: their sum, standing on those that add something."""
    parts = [(identity, number) for identity, number in parts if number]
    return Count(Decimal(sum(number for _, number in parts)), qualifier, tuple(identity for identity, _ in parts), len(parts))


def untold(count):
    """The same Count without telling on whom it stands."""
    return Count(count.value, count.qualifier, (), count.number)
