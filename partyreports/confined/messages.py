"""What travels between parent and child: jobs down, replies up, both pickled.

A child may be parsing a stranger's file, so the parent does not unpickle its replies freely: plain values, our own dataclasses and
exceptions, nothing that runs.
"""

import io
import pickle
from dataclasses import dataclass, is_dataclass
from enum import Enum

PLAIN = (
    {("builtins", name) for name in ("bytearray", "complex", "frozenset", "set", "slice", "range")}
    | {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
    | {("decimal", "Decimal")}
)


@dataclass(frozen=True)
class Job:
    """One call: `function` as "package.module:name", its arguments and its limits (seconds, bytes)."""

    function: str
    args: tuple
    kwargs: dict
    seconds: float
    memory: int


@dataclass(frozen=True)
class Reply:
    """What became of a job: "done" with `value`, "raised" with an exception, "memory", or "crashed" with a text; and the child's size."""

    outcome: str
    value: object = None
    resident: int = 0


class Reader(pickle.Unpickler):
    """Builds plain values, and dataclasses, enumerations and exceptions of our own."""

    def find_class(self, module, name):
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module == "builtins" or module.startswith("partyreports."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (issubclass(found, (Exception, Enum)) or is_dataclass(found)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} may not come out of a child")


def pack(message):
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def unpack_reply(content):
    """The Reply in `content`; raises UnpicklingError when it holds anything but plain values and classes of ours."""
    return Reader(io.BytesIO(content)).load()


def unpack_job(content):
    """The Job in `content`: it came from our own parent, which may send anything."""
    return pickle.loads(content)  # noqa: S301
