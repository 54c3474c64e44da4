"""At most two children at once for this process, kept warm and replaced in time."""

import atexit
import os
import queue

from partyreports.confined.messages import Job
from partyreports.confined.outcomes import Busy, Stopped
from partyreports.confined.process import Child

CHILDREN = 2
# Libraries written in C keep memory: a child retires after so many jobs, or when it has grown by so much since its first.
JOBS_OF_A_CHILD = 50
GROWTH_OF_A_CHILD = 256 << 20


class Pool:
    """Places for children. Last in, first out: the warm child is taken before a new one is started."""

    def __init__(self):
        self.places = queue.LifoQueue()
        self.children = set()
        for _ in range(CHILDREN):
            self.places.put(None)

    def run(self, job):
        try:
            child = self.places.get(timeout=job.seconds)
        except queue.Empty:
            raise Busy(job.function) from None
        is_fit = False
        try:
            child = self._ready(child)
            value = child.do(job)
            is_fit = True
            return value
        except Stopped:
            raise
        except Exception:  # the job's own: the child is none the worse for it
            is_fit = True
            raise
        finally:
            if not is_fit or self._is_old(child):
                self._end(child, at_once=not is_fit)
                child = None
            self.places.put(child)

    def _ready(self, child):
        if child is not None and child.is_alive():
            return child
        self._end(child, at_once=True)
        child = Child()
        self.children.add(child)
        return child

    def _is_old(self, child):
        return child.done >= JOBS_OF_A_CHILD or child.resident > child.resident_at_first + GROWTH_OF_A_CHILD

    def _end(self, child, *, at_once):
        if child is None:
            return
        self.children.discard(child)
        if at_once:
            child.kill()
        else:
            child.close()

    def close(self):
        for child in list(self.children):
            self._end(child, at_once=True)

    def forget(self):
        for child in self.children:
            child.forget()


class Here:
    """The pool of this process; a fork begins with a new one."""

    pool = Pool()


def run(function, *args, seconds=60, memory=1 << 30, **kwargs):
    """The value of `function` ("package.module:name") called in a child process, which gets no database, no settings and no sockets.

    `seconds` is wall-clock time for the job, and as much again for waiting until a child is free; `memory` is the child's whole
    address space in bytes. Arguments and value travel pickled; a value is plain data or dataclasses of ours.
    Raises what the function raises, else TimedOut, OutOfMemory, Crashed or Busy (all Stopped, with a `sentence` for people).
    Threads may call it at the same time.
    """
    return Here.pool.run(Job(function, args, kwargs, seconds, memory))


def close():
    """End the children of this process; the next `run` starts new ones."""
    Here.pool.close()


def _start_anew_in_a_fork():
    Here.pool.forget()
    Here.pool = Pool()


atexit.register(close)
os.register_at_fork(after_in_child=_start_anew_in_a_fork)
