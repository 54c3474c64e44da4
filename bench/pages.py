"""Pages and files of the demo portal over HTTP, as a browser asks for them: SQLite, one gunicorn worker, warm."""

import re
import statistics

from bench.visitor import Visitor
from tests import live

RUNS = 25


def first_link(visitor, path, pattern):
    """The address of the first link on the page `path` that matches `pattern`."""
    found = re.search(f'href="({pattern})"', visitor.text(path))
    if found is None:
        raise SystemExit(f"{path} has no link like {pattern}.")
    return found.group(1)


def main():
    with live.demo_portal() as (address, _env):
        clerk, reviewer, secretary = (Visitor(address, name) for name in ("vanphong", "duyet", "bithu-lac-xuan"))
        blank = first_link(clerk, "/bao-cao/?trang_thai=missing", r"/bao-cao/ky/2024/\d+/")
        speech = first_link(secretary, "/tham-luan/", r"/tham-luan/\d+/")
        for visitor, words, path in [
            (clerk, "home page of the clerk", "/"),
            (reviewer, "home page of the reviewer", "/"),
            (clerk, "list of reports", "/bao-cao/"),
            (clerk, "entry form of a commune", clerk.send(blank)),
            (reviewer, "summary of the district", "/tong-ket/"),
            (reviewer, "its Excel", first_link(reviewer, "/tong-ket/", r"/tong-ket/[^\"]*excel[^\"]*")),
            (secretary, "a speech", speech),
            (secretary, "its PDF, stored", f"{speech}pdf/"),
            (secretary, "its DOCX, stored", f"{speech}docx/"),
        ]:
            times = visitor.times(path.replace("&amp;", "&"), runs=RUNS)
            print(f"{words:<32}{statistics.median(times):8.1f} ms   (min {min(times):.1f}, max {max(times):.1f})")


if __name__ == "__main__":
    main()
