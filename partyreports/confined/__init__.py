"""Run a function in a child process, within limits of time and memory."""

from partyreports.confined.outcomes import Busy, Crashed, OutOfMemory, Stopped, TimedOut
from partyreports.confined.pool import close, run

__all__ = ["Busy", "Crashed", "OutOfMemory", "Stopped", "TimedOut", "close", "run"]
