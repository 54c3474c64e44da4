"""Which tests a run takes when `make test` goes over two databases: what asks for none runs once, what asks very much is divided.

`SHARE=1/2` takes the first half of the tests marked `shared` and all others; `SHARE=2/2` the second half, and of the others those that ask
for a database. The halves are told apart by the names of the tests, so that each is taken once, whoever divides. Without SHARE all are taken.
"""

import os
import zlib

DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """tests/conftest.py hands it to pytest."""
    words = os.environ.get("SHARE")
    if not words:
        return
    number, of = map(int, words.split("/"))
    left_out = [item for item in items if not is_taken(item, number, of)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if is_taken(item, number, of)]


def is_taken(item, number, of):
    if item.get_closest_marker("shared"):
        return zlib.crc32(item.nodeid.encode()) % of == number - 1
    return number == 1 or asks_database(item)


def asks_database(item):
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(item.fixturenames)
