"""Runs every measurement of this folder, each in a process of its own: `python -m bench`, or one alone: `python -m bench.pages`."""

import os
import pkgutil
import platform
import subprocess
import sys

import bench

NOT_MEASURED = {"__main__", "screenshots"}


def main():
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores. Medians; compare inside this run only.")
    names = [found.name for found in pkgutil.iter_modules(bench.__path__) if found.name not in NOT_MEASURED]
    codes = []
    for name in names:
        print(f"\n## {name}", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode)  # noqa: S603
    return any(codes)


if __name__ == "__main__":
    sys.exit(main())
