"""Pages of a long list."""

from django.core.paginator import Paginator

PAGE_SIZE = 50


def page_of(request, queryset, *, size=PAGE_SIZE):
    """The page of `queryset` that `?trang=` asks for, the nearest one when there is no such page."""
    return Paginator(queryset, size).get_page(request.GET.get("trang"))
