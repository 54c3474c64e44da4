"""The child's side: `python -m partyreports.confined.child FOLDER`, with jobs on standard input and replies on standard output.

FOLDER is the child's own for temporary files, made by the parent; it goes when the child goes. A thread reads the jobs; when the
parent is gone it reads the end of the file and ends the process, whatever the job is doing. (PR_SET_PDEATHSIG would not do: it
follows the thread that started the child, and a web server's threads come and go.)
"""

import importlib
import math
import os
import queue
import resource
import shutil
import sys
import threading
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from partyreports.confined.messages import Job, Reply, pack, unpack_job, unpack_reply

LARGEST_FILE = 64 << 20


def main(folder):
    requests = Connection(os.dup(0), writable=False)
    replies = Connection(os.dup(1), readable=False)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # a job that prints must not spoil the replies
    os.nice(5)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    sys.addaudithook(refuse_sockets)
    jobs = queue.SimpleQueue()
    threading.Thread(target=read_jobs, args=(requests, jobs, folder), daemon=True).start()
    while True:
        replies.send_bytes(answer(jobs.get()))


def read_jobs(requests, jobs, folder):
    try:
        while True:
            jobs.put(unpack_job(requests.recv_bytes()))
    except EOFError:
        if folder.name.startswith("confined-"):
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)


def refuse_sockets(event, _arguments):
    if event.startswith("socket."):
        raise PermissionError(f"a confined job asked for {event}")


def answer(job: Job):
    """The packed Reply to one job. Whatever happens inside, there is one."""
    limit(resource.RLIMIT_AS, job.memory)
    limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + job.seconds) + 1)
    try:
        module, _, name = job.function.partition(":")
        value = getattr(importlib.import_module(module), name)(*job.args, **job.kwargs)
        return pack(Reply("done", value, resident()))
    except (MemoryError, RecursionError):  # both: more than the child can hold
        limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)
        return pack(Reply("memory"))
    except Exception as error:  # whatever it is, the parent raises it in its own name
        limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)
        return told(error)


def told(error):
    """The error itself when the parent may read it, else its traceback."""
    try:
        content = pack(Reply("raised", error, resident()))
        unpack_reply(content)
    except Exception:  # an error may hold anything, and packing it may fail in any way: then its words go alone
        return pack(Reply("crashed", "".join(traceback.format_exception(error))))
    return content


def limit(kind, soft):
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        soft = hard if soft == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(kind, (soft, hard))


def resident():
    """Bytes of memory this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
