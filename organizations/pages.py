"""Pages of a long list."""

from dataclasses import dataclass

from django.core.paginator import Paginator

PAGE_SIZE = 50
LAST = 2_000  # of the pages of a list that is not counted: what lies beyond is found by filters


def page_of(request, queryset, *, size=PAGE_SIZE, total=None):
    """The page of `queryset` that `?trang=` asks for, the nearest one when there is no such page. `total`: its length, where it is known."""
    paginator = Paginator(queryset, size)
    if total is not None:
        paginator.count = total  # counted once, and not again
    return paginator.get_page(request.GET.get("trang"))


@dataclass(frozen=True)
class OpenPage:
    """A page of a list that is too long to be counted before it is shown: whether more follow is all that is known."""

    rows: list
    number: int
    size: int
    has_next: bool
    is_open = True

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def has_previous(self):
        return self.number > 1

    @property
    def previous_page_number(self):
        return self.number - 1

    @property
    def next_page_number(self):
        return self.number + 1

    @property
    def start_index(self):
        return (self.number - 1) * self.size + 1

    @property
    def end_index(self):
        return self.start_index + len(self.rows) - 1


def open_page_of(request, rows, *, size=PAGE_SIZE):
    """The page that `?trang=` asks for, without counting: one row more than it shows is read. `rows`: anything that can be cut."""
    asked = request.GET.get("trang", "")
    number = min(int(asked), LAST) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 10 and int(asked) else 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return OpenPage(found[:size], number, size, len(found) > size)
