"""Runs every measurement of this folder: modules with a function `measure()` that prints its lines."""

import importlib
import os
import pkgutil
import platform

import django

import bench


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partyreports.settings")
    django.setup()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores. Medians; compare inside this run only.")
    for found in pkgutil.iter_modules(bench.__path__):
        if found.name != "__main__":
            module = importlib.import_module(f"bench.{found.name}")
            if hasattr(module, "measure"):
                print(f"\n## {(module.__doc__ or found.name).splitlines()[0]}", flush=True)
                module.measure()


if __name__ == "__main__":
    main()
