"""Pages of a long list."""

from django.core.paginator import Paginator

PAGE_SIZE = 50


def page_of(request, queryset, *, size=PAGE_SIZE, total=None):
    """The page of `queryset` that `?trang=` asks for, the nearest one when there is no such page. `total`: its length, where it is known."""
    paginator = Paginator(queryset, size)
    if total is not None:
        paginator.count = total  # counted once, and not again
    return paginator.get_page(request.GET.get("trang"))
