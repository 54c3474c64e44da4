"""The parent's side of one child process."""

import logging
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection

from partyreports.confined.messages import pack, unpack_reply
from partyreports.confined.outcomes import Crashed, OutOfMemory, TimedOut

LOGGER = logging.getLogger(__name__)
LARGEST_REPLY = 512 << 20
# What libraries print before they give up for want of memory (Python, GLib, C++).
WANT_OF_MEMORY = (b"MemoryError", b"failed to allocate", b"annot allocate memory", b"bad_alloc", b"ut of memory")


class Child:
    """A child process that does one job after another until it is closed or killed."""

    def __init__(self):
        self.done = 0
        self.resident = self.resident_at_first = 0
        self.folder = tempfile.mkdtemp(prefix="confined-")
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        try:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "partyreports.confined.child", self.folder],
                stdin=theirs_in,
                stdout=theirs_out,
                stderr=self.complaints,
                env=self._environment(),
                start_new_session=True,  # Ctrl-C in the terminal is for the parent alone
            )
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
            self.jobs = Connection(ours_out, readable=False)
            self.replies = Connection(ours_in, writable=False)

    def _environment(self):
        """No secret of the parent's goes down: only what Python and the font libraries need."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": self.folder,
            "TMPDIR": self.folder,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONHASHSEED": "0",
            "MALLOC_ARENA_MAX": "2",  # each arena costs 64 MiB of the address space that RLIMIT_AS counts
        }

    def is_alive(self):
        """Whether it waits for a job: an idle child has nothing to say, so a readable pipe means that it hung up."""
        return self.process.poll() is None and not self.replies.closed and not self.replies.poll(0)

    def do(self, job):
        """The value of `job`; raises the job's own exception, TimedOut, OutOfMemory or Crashed. After the last three, kill the child."""
        try:
            self.jobs.send_bytes(pack(job))
            if not self.replies.poll(job.seconds):
                raise TimedOut(f"{job.function} used up {job.seconds} s")
            content = self.replies.recv_bytes(LARGEST_REPLY)
        except (EOFError, OSError) as gone:
            raise self._why(job) from gone
        try:
            reply = unpack_reply(content)
        except pickle.UnpicklingError as refused:
            raise Crashed(f"{job.function}: {refused}") from refused
        self.done += 1
        self.resident = reply.resident
        self.resident_at_first = self.resident_at_first or reply.resident
        match reply.outcome:
            case "done":
                return reply.value
            case "raised":
                raise reply.value
            case "memory":
                raise OutOfMemory(f"{job.function} wanted more than {job.memory} bytes")
        raise Crashed(f"{job.function}: {reply.value}")

    def _why(self, job):
        """What ended the child in the middle of `job`."""
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = None
        size = os.fstat(self.complaints.fileno()).st_size
        complaint = os.pread(self.complaints.fileno(), 4000, max(0, size - 4000))
        details = f"{job.function} ended with {code}: {complaint.decode(errors='replace')}"
        LOGGER.warning("%s", details)
        if code == -signal.SIGXCPU:
            return TimedOut(details)
        if code == -signal.SIGKILL or any(words in complaint for words in WANT_OF_MEMORY):
            return OutOfMemory(details)
        return Crashed(details)

    def kill(self):
        self.process.kill()
        self.close()

    def close(self):
        """Hang up; the child ends by itself. A child that does not is killed."""
        self.jobs.close()
        self.replies.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.complaints.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def forget(self):
        """In a fork of the parent: let go of the pipes, so that the child still ends with its true parent."""
        self.jobs.close()
        self.replies.close()
        self.process.returncode = 0
        self.complaints.close()
