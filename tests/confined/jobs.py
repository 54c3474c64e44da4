"""Jobs that the tests send to a child."""

import ctypes
import os
import socket
import sys
import time
from pathlib import Path

HELD = []


class Stranger:
    """A class of no room of ours."""


def add(first, second=0):
    return first + second


def process():
    return os.getpid()


def state():
    return {"nice": os.nice(0), "environment": sorted(os.environ), "mask": oct(os.umask(0o077)), "folder": os.environ["TMPDIR"]}


def fail(words):
    raise ValueError(words)


def sleep(seconds):
    time.sleep(seconds)


def spin():
    while True:
        pass


def fill(megabytes):
    HELD.append(bytearray(megabytes << 20))
    return len(HELD[-1])


def fall():
    ctypes.string_at(0)


def leave():
    os._exit(3)


def chatter():
    print("một dòng không phải câu trả lời", flush=True)
    sys.stdout.write("x" * 100_000)
    return "xong"


def connect(port):
    socket.create_connection(("127.0.0.1", port), timeout=1)


def stranger():
    return Stranger()


def harmful():
    class Harm:
        def __reduce__(self):
            return (os.system, ("true",))

    return Harm()


def remember(path):
    Path(path).write_text(str(os.getpid()), encoding="ascii")
    time.sleep(60)
