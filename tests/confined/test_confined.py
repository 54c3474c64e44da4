import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from partyreports import confined
from partyreports.confined import pool

JOBS = "tests.confined.jobs"


@pytest.fixture(autouse=True)
def _no_children_left():
    yield
    confined.close()


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid):
    for _ in range(100):
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def test_the_value_comes_back():
    assert confined.run(f"{JOBS}:add", 2, second=3) == 5


def test_one_child_does_many_jobs():
    assert len({confined.run(f"{JOBS}:process") for _ in range(5)}) == 1


def test_the_jobs_own_exception_is_raised_and_the_child_stays():
    child = confined.run(f"{JOBS}:process")

    with pytest.raises(ValueError, match="hai chữ"):
        confined.run(f"{JOBS}:fail", "hai chữ")

    assert confined.run(f"{JOBS}:process") == child


def test_a_job_that_sleeps_is_stopped_and_the_next_one_works():
    began = time.monotonic()

    with pytest.raises(confined.TimedOut) as stopped:
        confined.run(f"{JOBS}:sleep", 30, seconds=0.5)

    assert time.monotonic() - began < 3
    assert str(stopped.value) == "Việc này chạy quá lâu nên đã được dừng. Vui lòng rút gọn nội dung rồi thử lại."
    assert confined.run(f"{JOBS}:add", 1, 1) == 2


def test_a_job_that_spins_is_stopped_and_its_process_is_gone():
    child = confined.run(f"{JOBS}:process")

    with pytest.raises(confined.TimedOut):
        confined.run(f"{JOBS}:spin", seconds=0.5)

    assert wait_until_gone(child)
    assert confined.run(f"{JOBS}:process") != child


def test_a_job_may_not_take_more_memory_than_it_has():
    with pytest.raises(confined.OutOfMemory) as stopped:
        confined.run(f"{JOBS}:fill", 400, memory=300 << 20)

    assert str(stopped.value) == "Nội dung quá lớn, máy không đủ bộ nhớ để xử lý. Vui lòng rút gọn nội dung rồi thử lại."
    assert confined.run(f"{JOBS}:fill", 400, memory=1 << 30) == 400 << 20


@pytest.mark.parametrize("job", ["fall", "leave"])
def test_a_child_that_dies_is_replaced(job):
    with pytest.raises(confined.Crashed):
        confined.run(f"{JOBS}:{job}")

    assert confined.run(f"{JOBS}:add", 1, 1) == 2


def test_a_child_killed_while_idle_is_replaced():
    child = confined.run(f"{JOBS}:process")
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

    assert confined.run(f"{JOBS}:process") != child


def test_a_child_killed_by_the_system_for_memory_says_so(tmp_path):
    note = tmp_path / "pid"
    with ThreadPoolExecutor() as threads:
        job = threads.submit(confined.run, f"{JOBS}:remember", str(note))
        while not (note.exists() and note.read_text(encoding="ascii")):
            time.sleep(0.02)
        os.kill(int(note.read_text(encoding="ascii")), signal.SIGKILL)

        with pytest.raises(confined.OutOfMemory):
            job.result()


def test_a_child_retires_after_its_number_of_jobs(monkeypatch):
    monkeypatch.setattr(pool, "JOBS_OF_A_CHILD", 3)

    children = [confined.run(f"{JOBS}:process") for _ in range(6)]

    assert children[0] == children[2] != children[3] == children[5]


def test_a_child_that_has_grown_retires(monkeypatch):
    monkeypatch.setattr(pool, "GROWTH_OF_A_CHILD", 50 << 20)
    child = confined.run(f"{JOBS}:process")

    confined.run(f"{JOBS}:fill", 100)

    assert confined.run(f"{JOBS}:process") != child


def test_two_threads_get_two_children_and_a_third_waits():
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: confined.run(f"{JOBS}:sleep", 0.2), range(6)))
        children = set(threads.map(lambda _: confined.run(f"{JOBS}:process"), range(6)))

    assert 1 <= len(children) <= 2


def test_waiting_for_a_free_child_has_an_end():
    with ThreadPoolExecutor(3) as threads:
        slow = [threads.submit(confined.run, f"{JOBS}:sleep", 2) for _ in range(2)]
        time.sleep(0.5)

        with pytest.raises(confined.Busy):
            confined.run(f"{JOBS}:add", 1, seconds=0.2)

        assert [job.result() for job in slow] == [None, None]


def test_printing_does_not_spoil_the_answer():
    assert confined.run(f"{JOBS}:chatter") == "xong"


def test_a_job_has_no_sockets():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.2)

        with pytest.raises(PermissionError, match=r"a confined job asked for socket\."):
            confined.run(f"{JOBS}:connect", listener.getsockname()[1])

        with pytest.raises(TimeoutError):
            listener.accept()


def test_a_job_sees_no_secrets_and_writes_only_for_itself(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "không dành cho tiến trình con")
    state = confined.run(f"{JOBS}:state")

    assert state["nice"] == 5
    assert state["mask"] == "0o77"
    assert "SECRET_KEY" not in state["environment"]
    assert oct(Path(state["folder"]).stat().st_mode) == "0o40700"
    confined.close()
    assert not Path(state["folder"]).exists()


@pytest.mark.parametrize("job", ["stranger", "harmful"])
def test_an_answer_that_is_not_plain_data_is_refused(job):
    with pytest.raises(confined.Crashed):
        confined.run(f"{JOBS}:{job}")


def test_children_end_with_their_parent(tmp_path):
    note = tmp_path / "pid"
    code = f"from partyreports import confined; confined.run({JOBS + ':remember'!r}, {str(note)!r})"
    parent = subprocess.Popen([sys.executable, "-c", code])
    while not (note.exists() and note.read_text(encoding="ascii")):
        time.sleep(0.02)
    child = int(note.read_text(encoding="ascii"))
    assert is_running(child)

    parent.kill()
    parent.wait()

    assert wait_until_gone(child)
